/**
 * Two versions -> one text with the changes marked as tracked changes, for reading and for Word. Brackets are
 * characters in it, so that a change of a bracket shows too; it is for showing, not for working on. Footnotes and
 * reservations are compared as the text is, whatever their numbers; comments are left out.
 */
import type { Block, Clause, ClauseId, Draft, Inline, Note, NoteId, Revision, Text } from "../model.ts";
import { joinInlines } from "../normal.ts";
import { type Paragraph, paragraphsOf, type Run, runsOf } from "../paragraphs.ts";
import { diffWords, type Edit } from "./diff.ts";
import { matchParagraphs } from "./match.ts";

/** `author` and `date` (RFC 3339) are put on every change. */
export function redline(before: Draft, after: Draft, author: string, date?: string): Draft {
  const mark = (kind: Revision["kind"]): Revision =>
    date === undefined ? { kind, author } : { kind, author, date };
  const notes = new ComparedNotes(before, after);
  const marked = (old: readonly string[], now: readonly string[]) =>
    joinInlines(diffWords(old, now).flatMap((edit) => notes.inlines(edit, mark)));
  const old = paragraphsOf(before);
  const now = paragraphsOf(after);
  const oldWords = old.map(({ runs }) => notes.tokens(runs, "before"));
  const nowWords = now.map(({ runs }) => notes.tokens(runs, "after"));
  const { from, moved } = matchParagraphs(oldWords, nowWords);
  const kept = new Map(
    [...from].filter(([index]) => !moved.has(index)).map(([index, source]) => [source, index]),
  );
  const blocks: Block[] = [];
  let shown = 0;
  const removeUntil = (end: number) => {
    for (; shown < end; shown++) {
      if (kept.has(shown)) continue;
      blocks.push(clauseOf(blocks.length, old[shown], marked(oldWords[shown] ?? [], [])));
    }
  };
  now.forEach((paragraph, index) => {
    const source = moved.has(index) ? undefined : from.get(index);
    if (source !== undefined) {
      removeUntil(source);
      shown = source + 1;
    }
    const words = source === undefined ? [] : (oldWords[source] ?? []);
    blocks.push(clauseOf(blocks.length, paragraph, marked(words, nowWords[index] ?? [])));
  });
  removeUntil(old.length);
  return { ...after, blocks, notes: notes.all(marked) };
}

type Version = "before" | "after";

/** The mark of a note among the words; no text has such a character. */
const NOTE_TOKEN = "\uffff";

/** The notes of both versions under names of their own: those of the new version, and of the old one what it has not. */
class ComparedNotes {
  readonly #notes: readonly { readonly note: Note; readonly old: Note | undefined; readonly gone: boolean }[];
  readonly #byName: ReadonlyMap<string, { readonly note: Note; readonly gone: boolean }>;
  readonly #names: Readonly<Record<Version, ReadonlyMap<NoteId, NoteId>>>;

  constructor(before: Draft, after: Draft) {
    const old = before.notes.filter(({ kind }) => kind !== "comment");
    const now = after.notes.filter(({ kind }) => kind !== "comment");
    const words = (list: readonly Note[]) => list.map(({ content }) => wordsIn(runsOf(content)));
    const { from } = matchParagraphs(words(old), words(now));
    const matched = new Set(from.values());
    const gone = old.filter((_, index) => !matched.has(index));
    const stand = now.map((note, index) => ({ note, old: old[from.get(index) ?? -1], gone: false }));
    const all = [...stand, ...gone.map((note) => ({ note, old: note, gone: true }))];
    const name = (index: number) => `n${index + 1}` as NoteId;
    this.#notes = all.map((one, index) => ({ ...one, note: { ...one.note, id: name(index) } }));
    this.#byName = new Map(this.#notes.map((one) => [one.note.id, one]));
    this.#names = {
      before: new Map(all.flatMap((one, index) => (one.old ? [[one.old.id, name(index)]] : []))),
      after: new Map(now.map(({ id }, index) => [id, name(index)])),
    };
  }

  /** Words, white space, brackets and marks of notes, each by itself. */
  tokens(runs: readonly Run[], version: Version): string[] {
    return runs.flatMap((run, index) => {
      if (run.type === "note") {
        const name = this.#names[version].get(run.note);
        return name === undefined ? [] : [NOTE_TOKEN + name];
      }
      return runs[index - 1]?.type === "text" ? [] : wordsIn(textFrom(runs, index));
    });
  }

  inlines({ change, words }: Edit, mark: (kind: Revision["kind"]) => Revision): Inline[] {
    const revision = change === "same" ? undefined : mark(change === "inserted" ? "insertion" : "deletion");
    return words.flatMap((word): Inline[] => {
      if (word.length === 1 || !word.startsWith(NOTE_TOKEN)) return [textOf(word, revision)];
      const note = this.#byName.get(word.slice(1));
      // A mark that only stands elsewhere now is shown there.
      return note && (change !== "deleted" || note.gone) ? [{ type: "note", note: note.note.id }] : [];
    });
  }

  all(marked: (old: readonly string[], now: readonly string[]) => Inline[]): Note[] {
    return this.#notes.map(({ note, old, gone }) => {
      const was = old ? wordsIn(runsOf(old.content)) : [];
      return { ...note, content: marked(was, gone ? [] : wordsIn(runsOf(note.content))) };
    });
  }
}

/** The runs of text from one on, up to the mark of a note. */
function textFrom(runs: readonly Run[], index: number): readonly Run[] {
  const end = runs.findIndex((run, at) => at > index && run.type === "note");
  return runs.slice(index, end === -1 ? runs.length : end);
}

function wordsIn(runs: readonly Run[]): string[] {
  const text = runs.map((run) => (run.type === "text" ? run.text : "")).join("");
  return text.match(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu) ?? [];
}

function textOf(text: string, revision: Revision | undefined): Text {
  return revision ? { type: "text", text, revision } : { type: "text", text };
}

function clauseOf(index: number, paragraph: Paragraph | undefined, content: readonly Inline[]): Clause {
  const { form = "paragraph", level = 0, ordinal = "", direction } = paragraph ?? {};
  return {
    type: "clause",
    id: `p${index + 1}` as ClauseId,
    form,
    level,
    ordinal,
    content,
    ...(direction && { direction }),
  };
}
