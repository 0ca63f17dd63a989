/**
 * Paragraphs of a source -> words, notes and paired brackets. Every opening bracket has its closing one here:
 * what the source lacks is added, what it has too many is left out, and both are reported.
 */

import { tailStart } from "../edges.ts";
import { type Place, TextError } from "../error.ts";
import { MAX_BRACKETS, MAX_DEPTH, MAX_LEVEL } from "../limits.ts";
import type { Repair } from "../report.ts";
import { type Boundary, type BracketSign, pairBrackets } from "./balance.ts";
import { type Label, readLabel } from "./label.ts";
import { literalBrackets } from "./literal.ts";
import { type NotePiece, type Piece, type SourceParagraph, type TextPiece, textOf } from "./source.ts";

export type Token =
  | TextPiece
  | NotePiece
  | { readonly type: "open"; readonly at: number; readonly pair: number }
  | { readonly type: "close"; readonly at: number; readonly pair: number };

export interface TokenParagraph extends Omit<SourceParagraph, "pieces"> {
  /** The label with which it begins, and where; not among the tokens. */
  readonly label?: Label;
  readonly at: number;
  readonly tokens: readonly Token[];
}

/** A pair of brackets: the paragraphs in which it opens and closes; `edges`: it begins and ends with them. */
export interface Pair {
  readonly at: number;
  readonly opens: number;
  readonly closes: number;
  readonly edges: boolean;
}

export interface Tokenized {
  readonly paragraphs: readonly TokenParagraph[];
  readonly pairs: readonly Pair[];
  readonly repairs: readonly Repair[];
}

interface Sign extends BracketSign {
  /** Its place among the tokens of its paragraph. */
  readonly token: number;
}
type Raw =
  | TextPiece
  | NotePiece
  | { readonly type: "open"; readonly at: number; readonly sign: number }
  | { readonly type: "close"; readonly at: number; readonly sign: number };

export function tokenize(
  paragraphsRead: readonly SourceParagraph[],
  placeOf: (at: number) => Place,
): Tokenized {
  const source = paragraphsRead.flatMap(splitAtLabels);
  const cut = source.map(({ pieces }) => cutLabel(pieces));
  const boundaries = source.map(({ form }, index): Boundary => {
    if (form === "heading") return "heading";
    return cut[index]?.label ? "label" : "paragraph";
  });
  const { tokens, pairs, repairs } = pairSigns(
    cut.map(({ pieces }) => pieces),
    boundaries,
    placeOf,
  );
  const paragraphs = source.map(({ pieces, ...paragraph }, index): TokenParagraph => {
    const label = cut[index]?.label;
    const at = pieces[0]?.at ?? 0;
    return { ...paragraph, ...(label && { label }), at, tokens: tokens[index] ?? [] };
  });
  return { paragraphs, pairs, repairs };
}

function pairSigns(
  paragraphs: readonly (readonly Piece[])[],
  boundaries: readonly Boundary[],
  placeOf: (at: number) => Place,
): { tokens: readonly Token[][]; pairs: readonly Pair[]; repairs: readonly Repair[] } {
  const signs: Sign[] = [];
  const raw = paragraphs.map((pieces, index) =>
    cutSigns(pieces, index, boundaries[index] === "heading", signs, placeOf),
  );
  const partners = pairBrackets(signs, boundaries);
  checkDepth(signs, partners, placeOf);
  const repairs: Repair[] = [];
  const pairs: Pair[] = [];
  const pairing = new Pairing(signs, partners, pairs, repairs, placeOf);
  return { tokens: raw.map((tokens, index) => pairing.paragraph(tokens, index)), pairs, repairs };
}

/** A note's brackets are its own: none reaches into the text or another note. It has no label of an alternative. */
export function tokenizeNote(
  pieces: readonly Piece[],
  placeOf: (at: number) => Place,
): { tokens: readonly Token[]; repairs: readonly Repair[] } {
  const { tokens, repairs } = pairSigns([pieces], ["paragraph"], placeOf);
  return { tokens: tokens[0] ?? [], repairs };
}

/** A line inside a paragraph that begins with the label of an alternative is a paragraph too. */
function splitAtLabels(paragraph: SourceParagraph): SourceParagraph[] {
  const text = textOf(paragraph.pieces);
  const begins = [...text.matchAll(/\n(?=[^\S\n]{0,20}\S)/g)].filter(({ index }) =>
    readLabel(text.slice(index + 1, index + 100).trimStart()),
  );
  if (begins.length === 0) return [paragraph];
  const parts: Piece[][] = [[]];
  let at = 0;
  for (const piece of paragraph.pieces) {
    const length = piece.type === "text" ? piece.text.length : 0;
    let from = 0;
    for (const { index } of begins) {
      if (piece.type !== "text" || index < at || index >= at + length) continue;
      parts.at(-1)?.push({ ...piece, at: piece.at + from, text: piece.text.slice(from, index - at) });
      from = index - at + 1;
      parts.push([]);
    }
    if (piece.type !== "text") parts.at(-1)?.push(piece);
    else parts.at(-1)?.push({ ...piece, at: piece.at + from, text: piece.text.slice(from) });
    at += length;
  }
  const { ordinal, level } = paragraph;
  const deeper = paragraph.form === "paragraph" && ordinal !== "" ? Math.min(level + 1, MAX_LEVEL) : level;
  return parts.map((pieces, index) =>
    index === 0 ? { ...paragraph, pieces } : { ...paragraph, ordinal: "", level: deeper, pieces },
  );
}

/** Takes the label of an alternative off the start. */
function cutLabel(pieces: readonly Piece[]): { label: Label | undefined; pieces: readonly Piece[] } {
  const text = textOf(pieces);
  const space = /^\s*/.exec(text)?.[0].length ?? 0;
  const label = readLabel(text.slice(space, space + 80));
  if (!label || pieces[0]?.type === "note") return { label: undefined, pieces };
  const after = text.slice(space + label.label.length);
  let cut = space + label.label.length + (/^\s*/.exec(after)?.[0].length ?? 0);
  const rest: Piece[] = [];
  for (const piece of pieces) {
    if (piece.type !== "text" || cut === 0) rest.push(piece);
    else if (cut >= piece.text.length) cut -= piece.text.length;
    else {
      rest.push({ ...piece, at: piece.at + cut, text: piece.text.slice(cut) });
      cut = 0;
    }
  }
  return { label, pieces: rest };
}

/** Splits pieces at their brackets. */
function cutSigns(
  pieces: readonly Piece[],
  paragraph: number,
  heading: boolean,
  signs: Sign[],
  placeOf: (at: number) => Place,
): Raw[] {
  const text = textOf(pieces);
  const literal = literalBrackets(text, heading);
  const firstWord = text.search(/[^\s[\]"“„«(]/u);
  const lastWord = tailStart(text, /[\s[\].,;:]/) - 1;
  const raw: Raw[] = [];
  let before = 0;
  for (const piece of pieces) {
    if (piece.type !== "text" || piece.literal) raw.push(piece);
    else {
      let from = 0;
      for (const match of piece.text.matchAll(/[[\]]/g)) {
        const { index } = match;
        if (literal.has(before + index)) continue;
        if (index > from) raw.push({ ...piece, at: piece.at + from, text: piece.text.slice(from, index) });
        from = index + 1;
        const at = piece.at + index;
        const type = match[0] === "[" ? "open" : "close";
        const edge = type === "open" ? before + index < firstWord : before + index > lastWord;
        if (signs.length >= 2 * MAX_BRACKETS) {
          throw new TextError(
            "too-many-brackets",
            placeOf(at),
            `the text has more than ${MAX_BRACKETS} brackets.`,
          );
        }
        signs.push({ type, paragraph, at, edge, token: raw.length });
        raw.push({ type, at, sign: signs.length - 1 });
      }
      if (from < piece.text.length) raw.push({ ...piece, at: piece.at + from, text: piece.text.slice(from) });
    }
    if (piece.type === "text") before += piece.text.length;
  }
  return raw;
}

/** Numbers the pairs, leaves out closing brackets without an opening one, closes those left open. */
class Pairing {
  readonly #signs: readonly Sign[];
  readonly #partners: readonly (number | undefined)[];
  readonly #pairs: Pair[];
  readonly #repairs: Repair[];
  readonly #placeOf: (at: number) => Place;
  readonly #numbers = new Map<number, number>();

  constructor(
    signs: readonly Sign[],
    partners: readonly (number | undefined)[],
    pairs: Pair[],
    repairs: Repair[],
    placeOf: (at: number) => Place,
  ) {
    this.#signs = signs;
    this.#partners = partners;
    this.#pairs = pairs;
    this.#repairs = repairs;
    this.#placeOf = placeOf;
  }

  paragraph(raw: readonly Raw[], paragraph: number): Token[] {
    /** Pairs that were left open, and the token before which each is closed. */
    const added: { pair: number; before: number; at: number }[] = [];
    const tokens: Token[] = [];
    raw.forEach((token, index) => {
      for (const { pair, at } of added.filter(({ before }) => before === index).reverse()) {
        tokens.push({ type: "close", at, pair });
      }
      if (token.type === "open") {
        const partner = this.#partners[token.sign];
        const pair = this.#open(token.sign, partner === undefined ? undefined : this.#signs[partner]);
        if (partner === undefined) {
          const before = this.#closeBefore(raw, index, token.sign, paragraph);
          added.push({ pair, before, at: token.at });
          this.#repair(
            token.at,
            "bracket-added",
            "this bracket was never closed; it was closed in its paragraph",
          );
        }
        tokens.push({ type: "open", at: token.at, pair });
      } else if (token.type === "close") {
        const partner = this.#partners[token.sign];
        const pair = partner === undefined ? undefined : this.#numbers.get(partner);
        if (pair === undefined) {
          this.#repair(
            token.at,
            "bracket-removed",
            "this closing bracket has no opening one; it was left out",
          );
        } else tokens.push({ type: "close", at: token.at, pair });
      } else tokens.push(token);
    });
    const atEnd = added.filter(({ before }) => before >= raw.length).reverse();
    return closeAtEnd(tokens, atEnd);
  }

  #open(sign: number, close: Sign | undefined): number {
    const open = this.#signs[sign];
    const at = open?.at ?? 0;
    const opens = open?.paragraph ?? 0;
    const edges = (open?.edge ?? false) && (close?.edge ?? false);
    this.#numbers.set(sign, this.#pairs.length);
    this.#pairs.push({ at, opens, closes: close?.paragraph ?? opens, edges });
    return this.#pairs.length - 1;
  }

  /** Where a bracket left open can be closed without crossing another: at best at the paragraph's end. */
  #closeBefore(raw: readonly Raw[], from: number, sign: number, paragraph: number): number {
    for (let index = from + 1; index < raw.length; index++) {
      const token = raw[index];
      if (token?.type !== "open" && token?.type !== "close") continue;
      const partner = this.#partners[token.sign];
      if (partner === undefined) continue;
      const leaves = token.type === "open" && this.#signs[partner]?.paragraph !== paragraph;
      if (leaves || (token.type === "close" && partner < sign)) return index;
    }
    return raw.length;
  }

  #repair(at: number, code: Repair["code"], done: string): void {
    this.#repairs.push({ place: this.#placeOf(at), code, done });
  }
}

/** Closes brackets at a paragraph's end, before its last punctuation. */
function closeAtEnd(tokens: Token[], added: readonly { pair: number; at: number }[]): Token[] {
  if (added.length === 0) return tokens;
  const closing = added.map(({ pair, at }): Token => ({ type: "close", at, pair }));
  const last = tokens.at(-1);
  const cut = last?.type === "text" ? tailStart(last.text, /[\s.,;:]/) : 0;
  if (last?.type !== "text" || cut === 0 || cut === last.text.length) return [...tokens, ...closing];
  return [
    ...tokens.slice(0, -1),
    { ...last, text: last.text.slice(0, cut) },
    ...closing,
    { ...last, at: last.at + cut, text: last.text.slice(cut) },
  ];
}

/** Refuses nesting that is too deep; brackets never closed count to the end of their paragraph. */
function checkDepth(
  signs: readonly Sign[],
  partners: readonly (number | undefined)[],
  placeOf: (at: number) => Place,
): void {
  let depth = 0;
  let loose = 0;
  signs.forEach((sign, index) => {
    if (sign.paragraph !== signs[index - 1]?.paragraph) loose = 0;
    const paired = partners[index] !== undefined;
    if (paired) depth += sign.type === "open" ? 1 : -1;
    else if (sign.type === "open") loose++;
    if (depth + loose > MAX_DEPTH) {
      throw new TextError("too-deep", placeOf(sign.at), `brackets are nested more than ${MAX_DEPTH} deep.`);
    }
  });
}
