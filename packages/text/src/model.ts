/**
 * The model of a draft: clauses in reading order, and the square brackets in them.
 *
 * A draft is a list of blocks. A block is a clause, or a bracket that encloses whole clauses. Inside a clause
 * stand text, note marks and brackets; brackets nest. Everything is plain JSON data and never changed in place.
 *
 * The tree of clauses is carried by `form` and `level` (see `outline.ts`), not by nesting, because real
 * brackets open in one paragraph and close in another one at a different depth.
 */

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };
export type ClauseId = Branded<"ClauseId">;
export type BracketId = Branded<"BracketId">;
export type OptionId = Branded<"OptionId">;
export type NoteId = Branded<"NoteId">;

/** How text is set. `editorial`: words about the text, such as "{End of options}"; they leave with the brackets. */
export type Mark = "emphasis" | "strong" | "underline" | "strike" | "superscript" | "subscript" | "editorial";
/** The order in which marks are listed on a text. */
export const MARKS: readonly Mark[] = [
  "emphasis",
  "strong",
  "underline",
  "strike",
  "superscript",
  "subscript",
  "editorial",
];

/** A tracked change: who put these words in, or took them out, and when (as written in the source). */
export interface Revision {
  readonly kind: "insertion" | "deletion";
  readonly author: string;
  readonly date?: string;
}

/** A run of text. `"\n"` is a line break inside the clause. Neighbours differ in marks or revision. */
export interface Text {
  readonly type: "text";
  readonly text: string;
  readonly marks?: readonly Mark[];
  readonly revision?: Revision;
}

/** Where a footnote, comment or reservation is anchored. */
export interface NoteMark {
  readonly type: "note";
  readonly note: NoteId;
}

/**
 * The start of a new clause inside a bracket that began in the middle of an earlier one. Only a bracket that
 * is not aligned with clauses needs it; aligned ones are blocks.
 */
export interface ClauseBreak {
  readonly type: "break";
  readonly clause: ClauseId;
  readonly form: ClauseForm;
  readonly level: number;
  readonly ordinal: string;
}

export type Inline = Text | NoteMark | ClauseBreak | InlineBracket;

/** `proposes`: its own wording; `supports`: stands behind another's. */
export interface Attribution {
  readonly party: string;
  readonly role: "proposes" | "supports";
}

/**
 * One alternative. Ids are unique within the bracket. An optional text has exactly `keep` and `drop`.
 * `open`: an open-ended member such as "[other]", or the words of a placeholder; not to be chosen.
 * `noText`: choosing it leaves no text; its content is only how the source says so ("No text on this").
 */
export interface Option<Content> {
  readonly id: OptionId;
  readonly content: readonly Content[];
  readonly label?: string;
  readonly attributions?: readonly Attribution[];
  readonly open?: true;
  readonly noText?: true;
}

export type BracketKind = "optional" | "alternation" | "option-block" | "placeholder";
export const BRACKET_KINDS: readonly BracketKind[] = [
  "optional",
  "alternation",
  "option-block",
  "placeholder",
];

/** Text that is not agreed. `ambiguous`: the kind is the reader's guess, for a person to confirm. */
export interface Bracket<Content> {
  readonly type: "bracket";
  readonly id: BracketId;
  readonly kind: BracketKind;
  readonly options: readonly Option<Content>[];
  readonly ambiguous?: true;
}
export interface InlineBracket extends Bracket<Inline> {}
export interface BlockBracket extends Bracket<Block> {}

export type ClauseForm = "heading" | "paragraph";

/** A place in a table: rows and columns count from 0. */
export interface Cell {
  readonly table: string;
  readonly row: number;
  readonly column: number;
  readonly columns?: number;
  readonly rows?: number;
}

/**
 * A numbered unit of text. `id` is for life, `ordinal` only display: "Article 2", "1.", "(a)", "" for none.
 * `level`: for headings 1 (highest) to 6; for paragraphs 0 (under the heading), 1 for (a), 2 for (i), ...
 * `concerns`: the affected parties on whom the clause is binding only by their acceptance.
 */
export interface Clause {
  readonly type: "clause";
  readonly id: ClauseId;
  readonly form: ClauseForm;
  readonly level: number;
  readonly ordinal: string;
  readonly content: readonly Inline[];
  readonly concerns?: readonly string[];
  readonly direction?: "rtl";
  readonly cell?: Cell;
}

export type Block = Clause | BlockBracket;

/** `reservation`: a party's noted objection to the text; `comment`: about the text, never part of it. */
export interface Note {
  readonly id: NoteId;
  readonly kind: "footnote" | "reservation" | "comment";
  readonly content: readonly Inline[];
  readonly author?: string;
  readonly date?: string;
}

/** `exercise`: between fictional states; all output then says EXERCISE. `other`: what else the header says. */
export interface Draft {
  readonly title: string;
  readonly symbol?: string;
  readonly language?: string;
  readonly exercise?: true;
  readonly other?: Readonly<Record<string, string>>;
  readonly blocks: readonly Block[];
  readonly notes: readonly Note[];
}

export const KEEP: OptionId = "keep" as OptionId;
export const DROP: OptionId = "drop" as OptionId;
/** The id of a placeholder's only, open member. */
export const BLANK: OptionId = "blank" as OptionId;
