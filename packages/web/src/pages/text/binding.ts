/** On whom a closed text is not binding, said in the text itself: a note to each clause that an affected party has not accepted. */
import { settledDraft, type Text } from "@parley/core";
import { clauses, type Draft, type Inline, type Note, type NoteId, rewrite } from "@parley/text";
import { useMemo } from "react";
import { useWords } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";

/** `draft`: the text's own, or what became of it. While the text is open nothing is said: nothing binds anybody. */
export function useBindingNotes(draft: Draft, text: Text): Draft {
  const t = useWords();
  const looks = useLooks();
  return useMemo(() => {
    const { closed, accepted, refused } = text;
    if (!closed) return draft;
    const left = new Set(clauses(settledDraft(text).draft).map(({ id }) => id));
    const notes: Note[] = [];
    const noted = rewrite(draft, {
      clause: (clause) => {
        const concerned = left.has(clause.id) ? (clause.concerns ?? []) : [];
        const free = concerned.filter((party) => !accepted[party]?.includes(clause.id));
        const marks = free.map((party): Inline => {
          const id = `not-binding-${notes.length + 1}` as NoteId;
          const said = refused[party]?.includes(clause.id)
            ? "end.affected.note.refused"
            : "end.affected.note";
          const who = looks.get(party)?.name ?? party;
          notes.push({
            id,
            kind: "footnote",
            content: [{ type: "text", text: t(said, { who }) }],
          });
          return { type: "note", note: id };
        });
        return [{ ...clause, content: [...clause.content, ...marks] }];
      },
    });
    return { ...noted, notes: [...noted.notes, ...notes] };
  }, [draft, text, looks, t]);
}
