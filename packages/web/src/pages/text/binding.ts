/** On whom a text is not binding, said in the text itself and in its language: a note to each clause that concerns an affected party. */
import { settledDraft, type Text } from "@parley/core";
import { type Clause, clauses, type Draft, type Inline, type Note, type NoteId, rewrite } from "@parley/text";
import { useMemo } from "react";
import { type MessageId, useWordsIn } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";

/** What is to be said of this clause and a party that it concerns, where something is. */
type Said = (clause: Clause, party: string) => MessageId | undefined;

/** `draft`: the text's own, or what became of it. While the text is open nothing is said: nothing binds anybody. */
export function useBindingNotes(draft: Draft, text: Text): Draft {
  const said = useMemo((): Said | undefined => {
    const { closed, accepted, refused } = text;
    if (!closed) return undefined;
    const left = new Set(clauses(settledDraft(text).draft).map(({ id }) => id));
    return ({ id }, party) => {
      if (!left.has(id) || accepted[party]?.includes(id)) return undefined;
      return refused[party]?.includes(id) ? "end.affected.note.refused" : "end.affected.note";
    };
  }, [text]);
  return useNoted(draft, said);
}

/** Who is given a text that was released is not given who has accepted what. */
export function useReleasedNotes(draft: Draft): Draft {
  return useNoted(draft, onlyIfAccepted);
}

const onlyIfAccepted: Said = () => "end.affected.note.onlyIf";

function useNoted(draft: Draft, said: Said | undefined): Draft {
  const t = useWordsIn(draft.language);
  const looks = useLooks();
  return useMemo(() => {
    if (!said) return draft;
    const notes: Note[] = [];
    const noted = rewrite(draft, {
      clause: (clause) => {
        const marks = (clause.concerns ?? []).flatMap((party): Inline[] => {
          const note = said(clause, party);
          if (!note) return [];
          const id = `not-binding-${notes.length + 1}` as NoteId;
          const text = t(note, { who: looks.get(party)?.name ?? party });
          notes.push({ id, kind: "footnote", content: [{ type: "text", text }] });
          return [{ type: "note", note: id }];
        });
        return [{ ...clause, content: [...clause.content, ...marks] }];
      },
    });
    return { ...noted, notes: [...noted.notes, ...notes] };
  }, [draft, said, looks, t]);
}
