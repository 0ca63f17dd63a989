/** Plain text -> paragraphs. Empty lines separate them, and so do lines that begin with a number or a label. */

import { MAX_LEVEL } from "../limits.ts";
import { Lines } from "../lines.ts";
import { readOrdinal } from "../ordinal.ts";
import { readLabel } from "./label.ts";
import { Levels } from "./levels.ts";
import type { Piece, SourceDocument, SourceNote, SourceParagraph } from "./source.ts";

/** `[^1]: ...` or `[1] ...` at the start of a paragraph at the end of the text. */
const NOTE = /^\[\^?([\p{L}\p{N}]{1,20})\]:\s+/u;
const NOTE_MARK = /\[\^([\p{L}\p{N}._-]{1,40})\]/gu;

export function readPlainLines(source: string): SourceDocument {
  const lines = new Lines(source);
  const levels = new Levels();
  const paragraphs: SourceParagraph[] = [];
  const notes: SourceNote[] = [];
  for (const block of blocksOf(source)) {
    const note = NOTE.exec(block.text);
    if (note?.[1] && block.indent === 0) {
      const id = note[1] as SourceNote["id"];
      if (notes.every((one) => one.id !== id)) {
        notes.push({ id, kind: "footnote", pieces: piecesOf(block, note[0].length) });
        continue;
      }
    }
    const heading = headingLevel(block.text);
    const form = heading === undefined ? "paragraph" : "heading";
    const read = readOrdinal(block.text, form);
    if (heading !== undefined) levels.clear();
    const level =
      heading ?? (read ? levels.numbered(read.ordinal, block.indent) : levels.plain(block.indent));
    paragraphs.push({
      form,
      level: Math.min(level, form === "heading" ? 6 : MAX_LEVEL),
      ordinal: read?.ordinal ?? "",
      pieces: piecesOf(block, read?.length ?? 0),
    });
  }
  return { title: "", paragraphs, notes, repairs: [], place: (at) => lines.place(at) };
}

interface TextBlock {
  /** Lines joined by single spaces. */
  readonly text: string;
  readonly indent: number;
  /** The part of `text` and the source offset with which each line begins. */
  readonly starts: readonly { readonly text: number; readonly source: number }[];
}

function* blocksOf(source: string): Generator<TextBlock> {
  let text = "";
  let indent = 0;
  let starts: { text: number; source: number }[] = [];
  let at = 0;
  for (const line of source.split("\n")) {
    const words = line.trim();
    const begins = words === "" || readOrdinal(words, "paragraph") || readLabel(words) || NOTE.test(words);
    if (begins && text !== "") {
      yield { text, indent, starts };
      text = "";
      starts = [];
    }
    if (words !== "") {
      const margin = line.length - line.trimStart().length;
      if (text === "") indent = line.slice(0, margin).replaceAll("\t", "    ").length;
      else text += " ";
      starts.push({ text: text.length, source: at + margin });
      text += words;
      if (headingLevel(text) !== undefined) {
        yield { text, indent, starts };
        text = "";
        starts = [];
      }
    }
    at += line.length + 1;
  }
  if (text !== "") yield { text, indent, starts };
}

const HEADING =
  /^(?:Article|ARTICLE|Section|SECTION|Chapter|CHAPTER|Part|PART|Annex|ANNEX|Appendix|APPENDIX|Статья|Глава|Артикул|المادة|Artículo|Preamble|PREAMBLE)(?:\s[\dIVXLCA-Z٠-٩]+(?:\s?(?:bis|ter|quater))?)?(?:[\s.:–—-].{0,100})?$/u;
const CAPITALS = /^[\p{Lu}\p{N}\s,.'’:()–—-]{4,100}$/u;

/** 1 for chapters, parts and annexes, 2 for articles; undefined if it is no heading. */
function headingLevel(text: string): number | undefined {
  if (text.length > 120) return undefined;
  const capitals = CAPITALS.test(text) && /\p{Lu}{3}/u.test(text);
  if (!capitals && (!HEADING.test(text) || /[.;,]$/.test(text))) return undefined;
  return /^(?:Article|ARTICLE|Section|SECTION|Статья|المادة|Artículo)/u.test(text) ? 2 : 1;
}

/** The pieces of a block from a place in its text on; one piece a line, since each begins somewhere else. */
function piecesOf(block: TextBlock, from: number): Piece[] {
  const pieces: Piece[] = [];
  block.starts.forEach((start, index) => {
    const end = block.starts[index + 1]?.text ?? block.text.length;
    const begin = Math.max(from, start.text);
    if (begin >= end) return;
    addPieces(pieces, block.text.slice(begin, end), start.source + begin - start.text);
  });
  return pieces;
}

function addPieces(pieces: Piece[], text: string, at: number): void {
  let from = 0;
  for (const match of text.matchAll(NOTE_MARK)) {
    if (match.index > from) pieces.push({ type: "text", at: at + from, text: text.slice(from, match.index) });
    pieces.push({ type: "note", at: at + match.index, note: match[1] ?? "" });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ type: "text", at: at + from, text: text.slice(from) });
}
