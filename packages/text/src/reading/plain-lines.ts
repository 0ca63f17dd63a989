/**
 * Plain text -> paragraphs. Empty lines separate them, and so do lines that begin with a number or a label. EXERCISE alone
 * at the start says that the text is one.
 */

import { MAX_LEVEL } from "../limits.ts";
import { Lines } from "../lines.ts";
import { readTypedOrdinal } from "../ordinal.ts";
import { headingLevel } from "./heading.ts";
import { readLabel } from "./label.ts";
import { Levels } from "./levels.ts";
import type { Piece, SourceDocument, SourceNote, SourceParagraph } from "./source.ts";

/** How notes begin and are marked in a text; of each pattern the one group that matched is the note's name. */
interface NoteForms {
  readonly start: RegExp;
  readonly mark: RegExp;
}

/**
 * `[^1]: ...` at the start of a paragraph, marked `[^1]`. Also `[1] ...` at the start of a line, where the same
 * number stands before it tight on a word or a stop: "obligations[1]".
 */
function noteForms(source: string): NoteForms {
  const marked = new Map<string, number>();
  for (const match of source.matchAll(/(?<=[\p{L}.,;:)"”»])\[(\d{1,3})\](?![\p{L}\d%])/gu)) {
    if (!marked.has(match[1] ?? "")) marked.set(match[1] ?? "", match.index);
  }
  const starts = [...source.matchAll(/^\[(\d{1,3})\][^\S\n]+(?=\S)/gmu)];
  const bare = starts.filter((match) => (marked.get(match[1] ?? "") ?? match.index) < match.index);
  const names = [...new Set(bare.map((match) => match[1]))].join("|");
  const start = "^\\[\\^?([\\p{L}\\p{N}]{1,20})\\]:\\s+";
  const mark = "\\[\\^([\\p{L}\\p{N}._-]{1,40})\\]";
  if (names === "") return { start: new RegExp(start, "u"), mark: new RegExp(mark, "gu") };
  return {
    start: new RegExp(`${start}|^\\[(${names})\\]\\s+`, "u"),
    mark: new RegExp(`${mark}|(?<=[\\p{L}.,;:)"”»])\\[(${names})\\](?![\\p{L}\\d%])`, "gu"),
  };
}

export function readPlainLines(source: string): SourceDocument {
  const lines = new Lines(source);
  const levels = new Levels();
  const paragraphs: SourceParagraph[] = [];
  const notes: SourceNote[] = [];
  const forms = noteForms(source);
  let exercise = false;
  for (const block of blocksOf(source, forms)) {
    if (block.text === "EXERCISE" && paragraphs.length === 0) {
      exercise = true;
      continue;
    }
    const note = forms.start.exec(block.text);
    if (note && block.indent === 0) {
      const id = (note[1] ?? note[2]) as SourceNote["id"];
      if (notes.every((one) => one.id !== id)) {
        notes.push({ id, kind: "footnote", pieces: piecesOf(block, forms, note[0].length) });
        continue;
      }
    }
    const heading = headingLevel(block.text);
    const form = heading === undefined ? "paragraph" : "heading";
    const read = readTypedOrdinal(block.text, form);
    if (heading !== undefined) levels.clear();
    const level =
      heading ?? (read ? levels.numbered(read.ordinal, block.indent) : levels.plain(block.indent));
    paragraphs.push({
      form,
      level: Math.min(level, form === "heading" ? 6 : MAX_LEVEL),
      ordinal: read?.ordinal ?? "",
      pieces: [...piecesOf(block, forms, 0, read?.from ?? 0), ...piecesOf(block, forms, read?.length ?? 0)],
    });
  }
  return {
    title: "",
    ...(exercise && { exercise }),
    paragraphs,
    notes,
    repairs: [],
    place: (at) => lines.place(at),
  };
}

interface TextBlock {
  /** Lines joined by single spaces. */
  readonly text: string;
  readonly indent: number;
  /** The part of `text` and the source offset with which each line begins. */
  readonly starts: readonly { readonly text: number; readonly source: number }[];
}

function* blocksOf(source: string, forms: NoteForms): Generator<TextBlock> {
  let text = "";
  let indent = 0;
  let starts: { text: number; source: number }[] = [];
  let at = 0;
  const lines = source.split("\n");
  for (const [nth, line] of lines.entries()) {
    const words = line.trim();
    const begins =
      words === "" || readTypedOrdinal(words, "paragraph") || readLabel(words) || forms.start.test(words);
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
      if (headingLevel(text) !== undefined && !isTitled(text, lines[nth + 1], lines[nth + 2])) {
        yield { text, indent, starts };
        text = "";
        starts = [];
      }
    }
    at += line.length + 1;
  }
  if (text !== "") yield { text, indent, starts };
}

/** "Article 6" alone in its line, and its title alone in the next one. */
function isTitled(text: string, next = "", afterNext = ""): boolean {
  const number = readTypedOrdinal(text, "heading");
  if (number?.length !== text.length || afterNext.trim() !== "") return false;
  const title = next.trim();
  return (
    /^[[“"]*\p{Lu}.{0,100}[^.;:,]$/u.test(title) && !readTypedOrdinal(title, "paragraph") && !readLabel(title)
  );
}

/** The pieces of a part of a block's text; one piece a line, since each begins somewhere else. */
function piecesOf(block: TextBlock, forms: NoteForms, from: number, to: number = block.text.length): Piece[] {
  const pieces: Piece[] = [];
  block.starts.forEach((start, index) => {
    const end = Math.min(to, block.starts[index + 1]?.text ?? to);
    const begin = Math.max(from, start.text);
    if (begin >= end) return;
    addPieces(pieces, forms, block.text.slice(begin, end), start.source + begin - start.text);
  });
  return pieces;
}

function addPieces(pieces: Piece[], { mark }: NoteForms, text: string, at: number): void {
  let from = 0;
  for (const match of text.matchAll(mark)) {
    if (match.index > from) pieces.push({ type: "text", at: at + from, text: text.slice(from, match.index) });
    pieces.push({ type: "note", at: at + match.index, note: match[1] ?? match[2] ?? "" });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ type: "text", at: at + from, text: text.slice(from) });
}
