/**
 * Two versions -> one text with the changes marked as tracked changes, for reading and for Word. Brackets are
 * characters in it, so that a change of a bracket shows too; it is for showing, not for working on. Words keep how they
 * are set, and set otherwise they are the same words. Footnotes and reservations are compared as the text is, whatever
 * their numbers; comments are left out.
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
  const marked = (old: readonly Token[], now: readonly Token[]) => {
    const [before, after] = [old.values(), now.values()];
    const inlines = diffWords(sayings(old), sayings(now)).flatMap(({ change, words }) =>
      words.flatMap(() => {
        const was = change === "inserted" ? undefined : before.next().value;
        const token = change === "deleted" ? was : after.next().value;
        return token ? notes.inlines(token, change, mark) : [];
      }),
    );
    return joinInlines(inlines);
  };
  const old = paragraphsOf(before);
  const now = paragraphsOf(after);
  const oldWords = old.map(({ runs }) => notes.tokens(runs, "before"));
  const nowWords = now.map(({ runs }) => notes.tokens(runs, "after"));
  const { from, moved } = matchParagraphs(oldWords.map(sayings), nowWords.map(sayings));
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

/** A word, white space, a bracket or the mark of a note, and as it is set: a word may be set in parts. */
interface Token {
  readonly says: string;
  readonly parts: readonly Text[];
}

const sayings = (tokens: readonly Token[]): string[] => tokens.map(({ says }) => says);

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
    const words = (list: readonly Note[]) => list.map((note) => sayings(noteTokens(note)));
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

  tokens(runs: readonly Run[], version: Version): Token[] {
    return runs.flatMap((run, index) => {
      if (run.type === "note") {
        const name = this.#names[version].get(run.note);
        return name === undefined ? [] : [{ says: NOTE_TOKEN + name, parts: [] }];
      }
      return runs[index - 1]?.type === "text" ? [] : tokensIn(textFrom(runs, index));
    });
  }

  inlines(
    { says, parts }: Token,
    change: Edit["change"],
    mark: (kind: Revision["kind"]) => Revision,
  ): readonly Inline[] {
    if (says.length === 1 || !says.startsWith(NOTE_TOKEN)) {
      if (change === "same") return parts;
      const revision = mark(change === "inserted" ? "insertion" : "deletion");
      return parts.map((part) => ({ ...part, revision }));
    }
    const note = this.#byName.get(says.slice(1));
    // A mark that only stands elsewhere now is shown there.
    return note && (change !== "deleted" || note.gone) ? [{ type: "note", note: note.note.id }] : [];
  }

  all(marked: (old: readonly Token[], now: readonly Token[]) => Inline[]): Note[] {
    return this.#notes.map(({ note, old, gone }) => {
      const content = marked(old ? noteTokens(old) : [], gone ? [] : noteTokens(note));
      return { ...note, content };
    });
  }
}

/** A note has no marks of notes. */
function noteTokens({ content }: Note): Token[] {
  return tokensIn(runsOf(content).filter((run) => run.type === "text"));
}

/** The text from one run on, up to the mark of a note. */
function textFrom(runs: readonly Run[], index: number): TextRun[] {
  const end = runs.findIndex((run, at) => at > index && run.type === "note");
  return runs.slice(index, end === -1 ? runs.length : end).filter((run) => run.type === "text");
}

type TextRun = Extract<Run, { type: "text" }>;

function tokensIn(runs: readonly TextRun[]): Token[] {
  const words = runs.map(({ text }) => text).join("");
  let at = 0;
  let used = 0;
  const take = (length: number): Text[] => {
    const { text = "", marks } = runs[at] ?? {};
    const part = text.slice(used, used + length);
    used += part.length;
    if (used === text.length) [at, used] = [at + 1, 0];
    const rest = length - part.length;
    return [{ type: "text", text: part, ...(marks && { marks }) }, ...(rest > 0 ? take(rest) : [])];
  };
  return (words.match(/[\p{L}\p{M}\p{N}]+|\s+|[^\p{L}\p{M}\p{N}\s]/gu) ?? []).map((says) => ({
    says,
    parts: take(says.length),
  }));
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
