/** What every reader of texts from elsewhere makes of its source, before brackets are looked at. */
import type { Place } from "../error.ts";
import type { Cell, ClauseForm, Mark, Note, Revision } from "../model.ts";
import type { Repair } from "../report.ts";

/**
 * Text as it stands, its characters one after another in the source from `at`. `literal`: its square brackets
 * are only characters (escaped, part of a link, deleted).
 */
export interface TextPiece {
  readonly type: "text";
  readonly at: number;
  readonly text: string;
  readonly marks?: readonly Mark[];
  readonly revision?: Revision;
  readonly literal?: true;
}
export interface NotePiece {
  readonly type: "note";
  readonly at: number;
  readonly note: string;
}
export type Piece = TextPiece | NotePiece;

/** `level` as in the model; `pieces` without the ordinal. */
export interface SourceParagraph {
  readonly form: ClauseForm;
  readonly level: number;
  readonly ordinal: string;
  readonly pieces: readonly Piece[];
  readonly direction?: "rtl";
  readonly cell?: Cell;
}

export interface SourceNote extends Omit<Note, "content"> {
  readonly pieces: readonly Piece[];
}

/** `place`: line and column of a piece's `at`; for Word the paragraph and the character in it. */
export interface SourceDocument {
  readonly title: string;
  readonly symbol?: string;
  readonly language?: string;
  readonly exercise?: true;
  readonly other?: Readonly<Record<string, string>>;
  readonly paragraphs: readonly SourceParagraph[];
  readonly notes: readonly SourceNote[];
  readonly repairs: readonly Repair[];
  readonly place: (at: number) => Place;
}

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
}

/** Without the characters from one place in the text to another. */
export function cut(pieces: readonly Piece[], from: number, to: number): Piece[] {
  return changed(pieces, from, to, () => []);
}

/** With what stands from one place in the text to another put in other words or marks, piece by piece. */
export function changed(
  pieces: readonly Piece[],
  from: number,
  to: number,
  change: (part: TextPiece) => readonly Piece[],
): Piece[] {
  let at = 0;
  return pieces.flatMap((piece): readonly Piece[] => {
    if (piece.type !== "text") return [piece];
    const start = at;
    at += piece.text.length;
    if (at <= from || start >= to) return [piece];
    const [begin, end] = [Math.max(0, from - start), Math.min(piece.text.length, to - start)];
    const part = (first: number, last: number): TextPiece[] =>
      first === last ? [] : [{ ...piece, at: piece.at + first, text: piece.text.slice(first, last) }];
    return [...part(0, begin), ...part(begin, end).flatMap(change), ...part(end, piece.text.length)];
  });
}

/** Without white space before the first word. */
export function trimStart(pieces: readonly Piece[]): Piece[] {
  const text = textOf(pieces);
  return cut(pieces, 0, text.length - text.trimStart().length);
}
