/**
 * What a text would give away when it goes out: comments, tracked changes and their authors, words about the
 * text, hidden words, who supports an alternative without being named in the text, notes to oneself, addresses of
 * places inside a house. `cleanDraft` takes out what can be taken out without a judgement; words that merely sound
 * internal and addresses are only listed, since they may be meant.
 */
import type { Block, Bracket, Draft, Inline, NoteId } from "./model.ts";
import { joinInlines } from "./normal.ts";
import { rewrite } from "./rewrite.ts";
import { type AnyOption, brackets, bracketsInNotes, visit } from "./walk.ts";

export type LeakKind =
  | "comment"
  | "tracked-change"
  | "editorial"
  | "note-author"
  | "header"
  | "internal-words"
  | "metadata"
  | "hidden-text"
  | "supporters"
  | "model";

/** `where`: a clause, note or part; `what`: shortened words; `removable`: cleaning takes it out. */
export interface Leak {
  readonly kind: LeakKind;
  readonly where: string;
  readonly what: string;
  readonly removable: boolean;
}

/** "internal" as treaties say it of waters or a market is no note to oneself. */
const INTERNAL =
  /\b(?:internal(?!\s(?:waters?|affairs|displacement|displaced|markets?|laws?|legislation|armed|conflicts?|security|borders?|rules?|procedures?|audit|oversight|controls?|order|regulations?|legal|jurisdiction|matters?|disturbances?|organi[sz]ation|transport|taxes|revenue|combustion)\b)|not for (?:circulation|distribution|release)|do not (?:share|circulate|forward|distribute|quote|cite)|for (?:our|your) eyes(?: only)?|eyes only|(?:our|the|their) bottom lines?|bottom line|(?:our|their|a|the) red lines?|red lines?:|fall-?back(?: position| option)?|speaking notes?|talking points?|to-do|TODO|tbc with capital|(?:check|clear|consult) with capital|awaiting instructions|instructions (?:from|of) capital|privileged and confidential|we (?:can|could|would) (?:accept|live with|concede))\b|\bnb:|<!--/giu;
/** An address that only those inside can open: of this machine, of a network of its own, of a shared folder. */
const INTERNAL_ADDRESS =
  /\b(?:file:\/\/\S|(?:https?|ftps?|smb|webdav):\/\/(?:[^\s/@]{1,100}@)?(?:localhost|127(?:\.\d{1,3}){3}|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|169\.254(?:\.\d{1,3}){2}|\[(?:::1|f[cde][\da-f:]{2,40})\]|[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:local|localdomain|internal|intranet|intra|lan|corp|home|private)|[\w-]{1,63})(?=[:/\s).,;\]]|$)(?!\.\w))|(?<![\\\w])\\\\[\w.$-]{1,63}\\[\w$]/giu;
/** Header keys that say what the text is; others may say who wrote it. */
const PLAIN_KEYS = new Set(["kind", "date", "format"]);

export function findLeaks(draft: Draft): Leak[] {
  const leaks: Leak[] = [];
  const add = (kind: LeakKind, where: string, what: string, removable = true) =>
    leaks.push({ kind, where, what: what.replace(/\s+/gu, " ").slice(0, 80), removable });
  for (const [key, value] of Object.entries(draft.other ?? {})) {
    if (!PLAIN_KEYS.has(key)) add("header", key, value);
  }
  const soundsInternal = (text: string, where: string) => {
    for (const pattern of [INTERNAL, INTERNAL_ADDRESS]) {
      for (const { index } of text.matchAll(pattern)) {
        add("internal-words", where, text.slice(Math.max(0, index - 30), index + 50), false);
      }
    }
  };
  const look = (inline: Inline, where: string) => {
    if (inline.type !== "text") return;
    const { text, marks, revision } = inline;
    if (revision)
      add("tracked-change", where, `${revision.kind} by ${revision.author || "nobody named"}: ${text}`);
    if (marks?.includes("editorial")) add("editorial", where, text);
  };
  soundsInternal(draft.title, "title");
  let clause = "";
  visit(draft, {
    clause: ({ id, content }) => {
      clause = id;
      soundsInternal(readable(content), clause);
    },
    inline: (inline) => look(inline, clause),
  });
  for (const { bracket } of [...brackets(draft), ...bracketsInNotes(draft)]) {
    const names = (bracket.options as readonly AnyOption[]).flatMap(({ attributions = [] }) =>
      attributions.filter(({ role }) => role === "supports").map(({ party }) => party),
    );
    if (names.length > 0) add("supporters", bracket.id, names.join(", "));
  }
  for (const note of draft.notes) {
    const words = note.content.map((inline) => (inline.type === "text" ? inline.text : "")).join("");
    if (note.kind === "comment") add("comment", note.id, `${note.author || "nobody named"}: ${words}`);
    else if (note.author !== undefined && note.kind === "footnote") add("note-author", note.id, note.author);
    if (note.kind === "comment") continue;
    soundsInternal(readable(note.content), note.id);
    for (const inline of note.content) look(inline, note.id);
  }
  return leaks;
}

/** The words that stay when words about the text go. */
function readable(content: readonly Inline[]): string {
  return content
    .map((inline) => {
      if (inline.type === "text") return inline.marks?.includes("editorial") ? "" : inline.text;
      return inline.type === "bracket"
        ? inline.options.map((option) => readable(option.content)).join(" ")
        : "\n";
    })
    .join("");
}

/** Without those who only support: they stand nowhere on the page. */
function withoutSupporters<C, B extends Bracket<C>>(bracket: B & Bracket<C>): B {
  const options = bracket.options.map(({ attributions = [], ...option }) => {
    const proposing = attributions.filter(({ role }) => role === "proposes");
    return proposing.length > 0 ? { ...option, attributions: proposing } : option;
  });
  return { ...bracket, options };
}

/**
 * Without comments, tracked changes (insertions are taken up, deletions gone), words about the text, authors of
 * footnotes, names of mere supporters and header entries that may name a person. A reservation keeps its party.
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
  /** Clauses of which nothing is left: without a number, or all of whose words were taken out. */
  const emptied = new Set<string>();
  visit(draft, {
    clause: ({ id, form, ordinal, content }) => {
      if (content.length === 0 || inlines(content).length > 0) return;
      const takenOut = content.some((one) => one.type === "text" && one.revision?.kind === "deletion");
      if (ordinal === "" || (takenOut && form === "paragraph")) emptied.add(id);
    },
  });
  const cleaned = rewrite(
    { ...draft, notes: draft.notes.filter(({ id }) => !comments.has(id)) },
    {
      inlines,
      inline: (bracket): Inline[] => [withoutSupporters(bracket)],
      block: (bracket): Block[] => [withoutSupporters(bracket)],
      clause: (clause): Block[] => (emptied.has(clause.id) ? [] : [clause]),
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
