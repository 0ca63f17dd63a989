/**
 * What a text would give away when it goes out: comments, tracked changes and their authors, words about the
 * text, hidden words, notes to oneself. `cleanDraft` takes out what can be taken out without a judgement; words
 * that merely sound internal are only listed, since they may be meant.
 */
import type { Block, Draft, Inline, NoteId } from "./model.ts";
import { joinInlines } from "./normal.ts";
import { rewrite } from "./rewrite.ts";
import { visit } from "./walk.ts";

export type LeakKind =
  | "comment"
  | "tracked-change"
  | "editorial"
  | "note-author"
  | "header"
  | "internal-words"
  | "metadata"
  | "hidden-text"
  | "model";

/** `where`: a clause, note or part; `what`: shortened words; `removable`: cleaning takes it out. */
export interface Leak {
  readonly kind: LeakKind;
  readonly where: string;
  readonly what: string;
  readonly removable: boolean;
}

const INTERNAL =
  /\b(?:internal(?: only| use)?|not for (?:circulation|distribution|release)|do not (?:share|circulate|forward)|for (?:our|your) eyes only|bottom line|red line|fall-?back position|speaking notes?|to ?do|nb:|tbc with capital)\b/iu;
/** Header keys that say what the text is; others may say who wrote it. */
const PLAIN_KEYS = new Set(["kind", "date", "format"]);

export function findLeaks(draft: Draft): Leak[] {
  const leaks: Leak[] = [];
  const add = (kind: LeakKind, where: string, what: string, removable = true) =>
    leaks.push({ kind, where, what: what.replace(/\s+/gu, " ").slice(0, 80), removable });
  for (const [key, value] of Object.entries(draft.other ?? {})) {
    if (!PLAIN_KEYS.has(key)) add("header", key, value);
  }
  let clause = "";
  const look = (inline: Inline, where: string) => {
    if (inline.type !== "text") return;
    const { text, marks, revision } = inline;
    if (revision)
      add("tracked-change", where, `${revision.kind} by ${revision.author || "nobody named"}: ${text}`);
    if (marks?.includes("editorial")) add("editorial", where, text);
    const internal = INTERNAL.exec(text);
    if (internal && !marks?.includes("editorial")) {
      add("internal-words", where, text.slice(Math.max(0, internal.index - 30)), false);
    }
  };
  visit(draft, {
    clause: ({ id }) => {
      clause = id;
    },
    inline: (inline) => look(inline, clause),
  });
  for (const note of draft.notes) {
    const words = note.content.map((inline) => (inline.type === "text" ? inline.text : "")).join("");
    if (note.kind === "comment") add("comment", note.id, `${note.author || "nobody named"}: ${words}`);
    else if (note.author !== undefined && note.kind === "footnote") add("note-author", note.id, note.author);
    if (note.kind !== "comment") for (const inline of note.content) look(inline, note.id);
  }
  return leaks;
}

/**
 * Without comments, tracked changes (insertions are taken up, deletions gone), words about the text, authors of
 * footnotes and header entries that may name a person. A reservation keeps its party.
 */
export function cleanDraft(draft: Draft): { draft: Draft; removed: Leak[]; left: Leak[] } {
  const leaks = findLeaks(draft);
  const comments = new Set<NoteId>(draft.notes.filter(({ kind }) => kind === "comment").map(({ id }) => id));
  const inlines = (list: readonly Inline[]) =>
    joinInlines(
      list.flatMap((inline): Inline[] => {
        if (inline.type === "note") return comments.has(inline.note) ? [] : [inline];
        if (inline.type !== "text") return [inline];
        const { revision, ...plain } = inline;
        const gone = revision?.kind === "deletion" || inline.marks?.includes("editorial");
        return gone ? [] : [plain];
      }),
    );
  const emptied = new Set<string>();
  visit(draft, {
    clause: ({ id, content }) => content.length > 0 && inlines(content).length === 0 && emptied.add(id),
  });
  const cleaned = rewrite(
    { ...draft, notes: draft.notes.filter(({ id }) => !comments.has(id)) },
    {
      inlines,
      clause: (clause): Block[] => (emptied.has(clause.id) && clause.ordinal === "" ? [] : [clause]),
    },
  );
  const other = Object.entries(draft.other ?? {}).filter(([key]) => PLAIN_KEYS.has(key));
  const { other: _, ...rest } = cleaned;
  const notes = cleaned.notes.map(({ author, date: __, ...note }) =>
    note.kind === "reservation" && author !== undefined ? { ...note, author } : note,
  );
  return {
    draft: { ...rest, ...(other.length > 0 && { other: Object.fromEntries(other) }), notes },
    removed: leaks.filter(({ removable }) => removable),
    left: leaks.filter(({ removable }) => !removable),
  };
}
