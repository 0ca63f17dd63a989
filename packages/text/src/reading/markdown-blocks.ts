/**
 * Markdown of the world -> paragraphs: headings, lists by indentation, block quotes, pipe tables, notes. Markup
 * that carries no words (attribute lists, rules, table lines) goes; every word stays.
 */

import { MAX_LEVEL } from "../limits.ts";
import { Lines } from "../lines.ts";
import type { Cell, NoteId } from "../model.ts";
import { readTypedOrdinal } from "../ordinal.ts";
import { typedHeadingLevel } from "./heading.ts";
import { readLabel } from "./label.ts";
import { Levels } from "./levels.ts";
import { type Conventions, type Flat, offsetIn, readSpans } from "./markdown-spans.ts";
import { cut, type SourceDocument, type SourceNote, type SourceParagraph, textOf } from "./source.ts";

const HEADING = /^ {0,3}(#{1,6})(?:[ \t]+|$)/;
const NOTE = /^\[\^([\p{L}\p{N}._-]{1,60})\]:[ \t]*/u;
const REFERENCE =
  /^ {0,3}\[([^[\]^][^[\]]{0,60})\]:[ \t]+<?(?:https?:|mailto:|www\.|[#/.])\S*[ \t]*(?:"[^"]*")?[ \t]*$/;
/** A line that is never shown, in which people keep notes: "[//]: # (internal note)". */
const HIDDEN = /^ {0,3}\[([^[\]^][^[\]]{0,60})\]:[ \t]+(?:#|<>)[ \t]+(?:\((.*)\)|"([^"]*)"|'([^']*)')[ \t]*$/;
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const ATTRIBUTES = /^[ \t]*\{:[^{}]*\}[ \t]*$/;
const TABLE_LINE = /^[ \t]*\|?[ \t:]*-{2,}[-| \t:]*$/;
const BULLET = /^[*+-][ \t]+/;

export function readMarkdownBlocks(
  source: string,
  header: { readonly values: ReadonlyMap<string, string>; readonly lines: number } | undefined,
): SourceDocument {
  return new Blocks(source, header?.lines ?? 0).run(header?.values ?? new Map());
}

interface OpenParagraph {
  readonly indent: number;
  readonly lines: { from: number; to: number }[];
}

class Blocks {
  readonly #source: string;
  readonly #skip: number;
  readonly #lines: Lines;
  readonly #levels = new Levels();
  readonly #paragraphs: SourceParagraph[] = [];
  readonly #notes = new Map<string, SourceNote>();
  readonly #conventions: Conventions;
  /** Where the last comment of the source ends, and whether one stands open. */
  readonly #lastCommentEnd: number;
  #inComment: boolean;
  #open: OpenParagraph | undefined;
  #note: string | undefined;
  #table: { name: string; row: number } | undefined;
  #tables = 0;

  constructor(source: string, skip: number) {
    this.#source = source;
    this.#skip = skip;
    this.#lines = new Lines(source);
    this.#inComment = false;
    this.#lastCommentEnd = source.lastIndexOf("-->");
    const links = [...source.matchAll(new RegExp(REFERENCE, "gm"))].map((match) => match[1] ?? "");
    this.#conventions = {
      links: new Set(links.map((name) => name.toLowerCase())),
      escaped: escapesBrackets(source),
    };
  }

  run(values: ReadonlyMap<string, string>): SourceDocument {
    const lines = this.#source.split("\n");
    let at = 0;
    lines.forEach((line, index) => {
      if (index >= this.#skip) this.#line(line, at);
      at += line.length + 1;
    });
    this.#close();
    const other = [...values].filter(([key]) => key !== "title");
    return {
      title: values.get("title") ?? "",
      ...(other.length > 0 && { other: Object.fromEntries(other) }),
      paragraphs: this.#paragraphs,
      notes: [...this.#notes.values()],
      repairs: this.#conventions.escaped
        ? [
            {
              place: this.#lines.place(this.#source.indexOf("\\[")),
              code: "escapes-read",
              done: "all square brackets here are escaped, as converters write them; they were read as brackets",
            },
          ]
        : [],
      place: (offset) => this.#lines.place(offset),
    };
  }

  #line(whole: string, start: number): void {
    const quote = /^(?: {0,3}>[ \t]?)+/.exec(whole)?.[0].length ?? 0;
    const line = whole.slice(quote);
    const at = start + quote;
    const words = line.trim();
    const margin = line.length - line.trimStart().length;
    const indent = line.slice(0, margin).replaceAll("\t", "    ").length;
    if (this.#inComment && this.#open) {
      this.#open.lines.push({ from: at + margin, to: at + line.length });
      this.#inComment = !words.includes("-->");
      return;
    }
    if (!/^\s*\|/.test(line) || words === "") this.#table = undefined;
    if (words === "" || ATTRIBUTES.test(line) || (RULE.test(line) && !/\p{L}/u.test(line))) this.#close();
    else if (HIDDEN.test(line)) this.#hidden(line, at + margin);
    else if (this.#table && TABLE_LINE.test(line)) return;
    else if (/^\s*\|.*\|\s*$/.test(line)) this.#row(line, at);
    else if (HEADING.test(line)) this.#heading(line, at);
    else if (NOTE.test(words) && indent === 0) this.#beginNote(words, at);
    else this.#text(words, at + margin, at + line.length, indent);
  }

  /** Words about the text, as a comment is. */
  #hidden(line: string, at: number): void {
    this.#close();
    const [, name = "", ...said] = HIDDEN.exec(line) ?? [];
    const words = [/\p{L}/u.test(name) ? `${name}:` : "", ...said].filter(Boolean).join(" ");
    if (words === "") return;
    this.#paragraphs.push({
      form: "paragraph",
      level: 0,
      ordinal: "",
      pieces: [{ type: "text", at, text: `{${words}}`, literal: true, marks: ["editorial"] }],
    });
  }

  #text(words: string, from: number, to: number, indent: number): void {
    const open = this.#open;
    const begins =
      BULLET.test(words) || readTypedOrdinal(words, "paragraph") !== undefined || readLabel(unmarked(words));
    if (open && !begins) {
      open.lines.push({ from, to });
      return;
    }
    this.#close();
    if (this.#note !== undefined && indent < 2) this.#note = undefined;
    this.#open = { indent, lines: [{ from, to }] };
    const opened = this.#source.slice(from, to).lastIndexOf("<!--");
    this.#inComment = opened > words.lastIndexOf("-->") && this.#lastCommentEnd > from + opened;
  }

  #heading(line: string, at: number): void {
    this.#close();
    this.#note = undefined;
    const [head = "", hashes = ""] = HEADING.exec(line) ?? [];
    this.#levels.clear();
    const closing = /[ \t]+#+[ \t]*$/.exec(line)?.[0].length ?? 0;
    this.#push(flatten(this.#source, [{ from: at + head.length, to: at + line.length - closing }]), {
      form: "heading",
      level: hashes.length,
    });
  }

  #beginNote(words: string, at: number): void {
    this.#close();
    const [head = "", id = ""] = NOTE.exec(words) ?? [];
    this.#note = id;
    const from = at + this.#source.slice(at).search(/\S/) + head.length;
    this.#open = {
      indent: 0,
      lines: [{ from, to: at + this.#source.slice(at).indexOf(words) + words.length }],
    };
  }

  #close(): void {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    const flat = flatten(this.#source, open.lines);
    if (this.#note !== undefined) this.#addToNote(this.#note, flat);
    else this.#push(flat, { form: "paragraph", indent: open.indent });
  }

  #addToNote(name: string, flat: Flat): void {
    const before = this.#notes.get(name);
    const pieces = readSpans(flat, this.#conventions);
    const first = pieces[0]?.at ?? 0;
    this.#notes.set(name, {
      id: name as NoteId,
      kind: "footnote",
      pieces: before ? [...before.pieces, { type: "text", at: first, text: "\n" }, ...pieces] : pieces,
    });
  }

  #push(
    flat: Flat,
    as: { form: "heading"; level: number } | { form: "paragraph"; indent: number; cell?: Cell },
  ): void {
    const bullet = as.form === "paragraph" ? BULLET.exec(flat.text) : null;
    const read = bullet
      ? { ordinal: "•", from: 0, length: bullet[0].length }
      : readTypedOrdinal(flat.text, as.form);
    if (as.form === "paragraph" && !as.cell && !read && this.#typedHeading(flat)) return;
    const { from = 0, length = 0 } = read ?? {};
    const rest = withoutPart(flat, from, length);
    const level =
      as.form === "heading"
        ? as.level
        : read
          ? this.#levels.numbered(read.ordinal, as.indent)
          : this.#levels.plain(as.indent);
    this.#paragraphs.push({
      form: as.form,
      level: Math.min(level, as.form === "heading" ? 6 : MAX_LEVEL),
      ordinal: read?.ordinal ?? "",
      pieces: readSpans(rest, this.#conventions),
      ...(as.form === "paragraph" && as.cell && { cell: as.cell }),
    });
  }

  /** "**Article 6**": a heading that is only set like one. */
  #typedHeading(flat: Flat): boolean {
    if (!/\d|[IVX]/.test(flat.text.slice(0, 80)) || flat.text.length > 200) return false;
    const pieces = readSpans(flat, this.#conventions);
    const text = textOf(pieces);
    const level = typedHeadingLevel(text);
    const number = level === undefined ? undefined : readTypedOrdinal(text, "heading");
    if (level === undefined || !number) return false;
    this.#levels.clear();
    const rest = cut(pieces, number.from, number.length);
    this.#paragraphs.push({ form: "heading", level, ordinal: number.ordinal, pieces: rest });
    return true;
  }

  #row(line: string, at: number): void {
    this.#close();
    this.#table ??= { name: `t${++this.#tables}`, row: 0 };
    const { name, row } = this.#table;
    const cells = [...line.matchAll(/(?<=\|)(?:[^|\\]|\\.)*(?=\|)/g)];
    cells.forEach((cell, column) => {
      const from = at + cell.index;
      const flat = flatten(this.#source, [{ from, to: from + cell[0].length }]);
      this.#push(flat, { form: "paragraph", indent: 0, cell: { table: name, row, column } });
    });
    this.#table.row++;
  }
}

/** Has the source square brackets, and are all of them escaped? Then a converter wrote it. */
function escapesBrackets(source: string): boolean {
  const escaped = source.match(/\\\[/g)?.length ?? 0;
  const others = source.match(/(?<!\\)\[(?!\^)[^[\]]{0,200}\](?![({:])/g)?.length ?? 0;
  return escaped >= 3 && others * 20 < escaped;
}

/** Text without the emphasis around its first word, to see a label: "**Option 1:**". */
function unmarked(words: string): string {
  return words.replace(/^[*_]{1,3}/, "");
}

/** Without the characters from one place to another, such as a number at the start. */
function withoutPart(flat: Flat, from: number, to: number): Flat {
  if (from === to) return flat;
  const before = flat.starts.filter(({ text }) => text < from);
  const after = flat.starts.filter(({ text }) => text > to);
  const starts = [
    ...before,
    { text: from, source: offsetIn(flat, to) },
    ...after.map(({ text, source }) => ({ text: text - to + from, source })),
  ];
  return { text: flat.text.slice(0, from) + flat.text.slice(to), starts };
}

/** Lines joined by spaces; two spaces or a `\` at a line's end make a line break. */
function flatten(source: string, lines: readonly { from: number; to: number }[]): Flat {
  let text = "";
  const starts: { text: number; source: number }[] = [];
  lines.forEach(({ from, to }, index) => {
    const line = source.slice(from, to);
    const words = line.trim();
    const start = from + line.length - line.trimStart().length;
    const last = index === lines.length - 1;
    const broken = !last && (/ {2}$/.test(line) || /(?<!\\)(?:\\\\)*\\$/.test(words));
    const kept = broken ? words.replace(/\\$/, "") : words;
    starts.push({ text: text.length, source: start });
    text += kept;
    if (!last) text += broken ? "\n" : " ";
  });
  return { text, starts };
}
