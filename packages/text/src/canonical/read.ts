/**
 * Canonical Markdown -> draft. The syntax is in `docs/formats/draft-markdown.md`. One pass over the lines:
 * header, then paragraphs, headings, fences of brackets around clauses, and notes.
 */
import { TextError } from "../error.ts";
import { MAX_DEPTH, MAX_LEVEL, MAX_SOURCE_LENGTH } from "../limits.ts";
import type {
  Block,
  BlockBracket,
  BracketKind,
  Cell,
  Clause,
  ClauseForm,
  ClauseId,
  Draft,
  Note,
  NoteId,
} from "../model.ts";
import { nameIds } from "../naming.ts";
import { readOrdinal } from "../ordinal.ts";
import type { Reading } from "../report.ts";
import { brackets, plainText } from "../walk.ts";
import { type Attributes, NO_ATTRIBUTES, readAttributes, splitNames } from "./attributes.ts";
import { type FrontMatter, headerOf } from "./header.ts";
import { bracketOf, buildInlines, type Member } from "./inline.ts";
import { lex } from "./lexer.ts";
import { Log } from "./log.ts";

const FENCE = /^[ \t]*:::[ \t]*(optional|alternation|options|placeholder)[ \t]*(?=\{|$)/;
const FENCE_END = /^[ \t]*:::[ \t]*$/;
const MEMBER = /^[ \t]*::(?:[ \t]|$)/;
const NOTE = /^\[\^([\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*)\]:/u;
const HEADING = /^(#{1,6})(?:[ \t]|$)/;
const KINDS: Readonly<Record<string, BracketKind>> = {
  optional: "optional",
  alternation: "alternation",
  options: "option-block",
  placeholder: "placeholder",
};

interface Fence {
  readonly at: number;
  readonly kind: BracketKind;
  readonly attributes: Attributes;
  readonly members: Member<Block>[];
  blocks: Block[];
  member: Attributes | undefined;
}

/** `source`: with `\n` line ends; `lines`: the same, split. Throws a `TextError` on bad ids, fences and limits. */
export function readCanonical(source: string, lines: readonly string[], front: FrontMatter): Reading {
  return new Reader(source, lines, front).read();
}

class Reader {
  readonly #source: string;
  readonly #lines: readonly string[];
  readonly #front: FrontMatter;
  readonly #log: Log;
  readonly #root: Block[] = [];
  readonly #fences: Fence[] = [];
  readonly #notes: Note[] = [];
  #line: number;
  #at = 0;

  constructor(source: string, lines: readonly string[], front: FrontMatter) {
    if (source.length > MAX_SOURCE_LENGTH) {
      throw new TextError(
        "too-large",
        { line: 1, column: 1 },
        `the text is over ${MAX_SOURCE_LENGTH} characters.`,
      );
    }
    this.#source = source;
    this.#lines = lines;
    this.#front = front;
    this.#log = new Log(source);
    this.#line = front.lines;
    for (const line of lines.slice(0, front.lines)) this.#at += line.length + 1;
  }

  read(): Reading {
    while (this.#line < this.#lines.length) this.#block(this.#lines[this.#line] ?? "");
    const unclosed = this.#fences.at(-1);
    if (unclosed)
      throw this.#log.error("bad-fence", unclosed.at, 'this ":::" is never closed by a line ":::".');
    this.#addMissingNotes();
    const unnamed: Draft = { ...headerOf(this.#front), blocks: this.#root, notes: this.#notes };
    const { draft, made } = nameIds(unnamed);
    const list = (of: Draft) => brackets(of).map(({ bracket }) => bracket);
    const places = this.#log.places(list(unnamed), list(draft));
    return { draft, repairs: this.#log.repairs, ambiguities: [], made, places };
  }

  #block(line: string): void {
    if (line.trim() === "") this.#advance(line);
    else if (FENCE.test(line)) this.#openFence(line);
    else if (FENCE_END.test(line)) this.#closeFence(line);
    else if (MEMBER.test(line)) this.#member(line);
    else if (NOTE.test(line)) this.#note();
    else this.#push(this.#clause(line));
  }

  #advance(line: string): void {
    this.#line++;
    this.#at += line.length + 1;
  }

  /** Takes the lines of one paragraph; gives its end. `alone`: the first line is all of it. */
  #paragraphEnd(alone: boolean): number {
    for (;;) {
      const line = this.#lines[this.#line] ?? "";
      this.#advance(line);
      if (this.#line >= this.#lines.length) break;
      const next = this.#lines[this.#line] ?? "";
      const broken = (/\\*$/.exec(line)?.[0].length ?? 0) % 2 === 1;
      if (!broken && (alone || this.#startsBlock(next))) break;
    }
    return this.#at - 1;
  }

  #startsBlock(line: string): boolean {
    const text = line.trimStart();
    if (text === "" || MEMBER.test(line) || /^:::/.test(text) || NOTE.test(line) || HEADING.test(line))
      return true;
    return readOrdinal(text, "paragraph") !== undefined;
  }

  #clause(line: string): Clause {
    const start = this.#at;
    const hashes = HEADING.exec(line)?.[1];
    const form: ClauseForm = hashes ? "heading" : "paragraph";
    const indent = /^[ \t]*/.exec(line)?.[0].replaceAll("\t", "    ").length ?? 0;
    const skip = hashes?.length ?? 0;
    const end = this.#paragraphEnd(form === "heading");
    const from = start + skip + (/^[ \t]*/.exec(this.#source.slice(start + skip, end))?.[0].length ?? 0);
    const read = readOrdinal(this.#source.slice(from, Math.min(end, from + 200)), form);
    const { tokens, attributes, unclosed } = lex(this.#source, from + (read?.length ?? 0), end);
    if (unclosed !== undefined) {
      this.#log.repair(unclosed, "mark-closed", "this mark was closed at the end of its paragraph");
    }
    const said = attributes.values.get("level");
    const level = hashes ? hashes.length : Math.min(MAX_LEVEL, Math.round(indent / 4));
    return {
      type: "clause",
      id: this.#log.id("clause", attributes.id, start) as ClauseId,
      form,
      level: said === undefined ? level : this.#log.level(said, form, start),
      ordinal: attributes.values.get("ordinal") ?? read?.ordinal ?? "",
      content: buildInlines(tokens, this.#log),
      ...clauseExtras(attributes),
    };
  }

  #note(): void {
    const start = this.#at;
    const head = NOTE.exec(this.#lines[this.#line] ?? "");
    const { tokens, attributes } = lex(
      this.#source,
      start + (head?.[0].length ?? 0),
      this.#paragraphEnd(false),
    );
    const kind = attributes.values.get("kind");
    const author = attributes.values.get("author");
    const date = attributes.values.get("date");
    this.#notes.push({
      id: this.#log.id("note", head?.[1], start) as NoteId,
      kind: kind === "reservation" || kind === "comment" ? kind : "footnote",
      content: buildInlines(tokens, this.#log),
      ...(author !== undefined && { author }),
      ...(date !== undefined && { date }),
    });
  }

  #openFence(line: string): void {
    if (this.#fences.length >= MAX_DEPTH) {
      throw this.#log.error("too-deep", this.#at, `brackets are nested more than ${MAX_DEPTH} deep.`);
    }
    const head = FENCE.exec(line);
    const from = this.#at + (head?.[0].length ?? 0);
    const read = line.length > (head?.[0].length ?? 0) ? readAttributes(this.#source, from) : undefined;
    if (line.slice(head?.[0].length ?? 0).trim() !== "" && read === undefined) {
      throw this.#log.error("bad-fence", from, "these braces cannot be read: write {#id}.");
    }
    const kind = KINDS[head?.[1] ?? ""] ?? "optional";
    const attributes = read?.attributes ?? NO_ATTRIBUTES;
    this.#fences.push({ at: this.#at, kind, attributes, members: [], blocks: [], member: undefined });
    this.#advance(line);
  }

  #member(line: string): void {
    const fence = this.#fences.at(-1);
    if (!fence || fence.kind === "optional" || fence.kind === "placeholder") {
      throw this.#log.error(
        "bad-fence",
        this.#at,
        '"::" starts an alternative only inside "::: options" or "::: alternation".',
      );
    }
    this.#endMember(fence);
    const from = this.#at + line.indexOf("::") + 2;
    const { tokens, attributes } = lex(this.#source, from, this.#at + line.length);
    const label = tokens.map((token) => (token.type === "text" ? token.text : "")).join("");
    const values = new Map(attributes.values);
    if (label !== "") values.set("label", label);
    fence.member = { ...attributes, values };
    this.#advance(line);
  }

  #endMember(fence: Fence): void {
    if (fence.member) fence.members.push({ content: fence.blocks, attributes: fence.member });
    else if (fence.blocks.length > 0) {
      throw this.#log.error(
        "bad-fence",
        fence.at,
        'text stands before the first alternative ("::") of this bracket.',
      );
    }
    fence.blocks = [];
  }

  #closeFence(line: string): void {
    const fence = this.#fences.pop();
    if (!fence) throw this.#log.error("bad-fence", this.#at, 'this ":::" closes nothing.');
    const { kind, attributes } = fence;
    if (kind === "optional" || kind === "placeholder") fence.member = attributes;
    this.#endMember(fence);
    const bracket: BlockBracket = {
      type: "bracket",
      ...bracketOf(kind, attributes, fence.members, blockWords),
    };
    if (bracket.options.length === 0)
      throw this.#log.error("bad-fence", fence.at, "this bracket has no alternative.");
    this.#log.bracket(bracket, fence.at);
    this.#push(bracket);
    this.#advance(line);
  }

  #push(block: Block): void {
    (this.#fences.at(-1)?.blocks ?? this.#root).push(block);
  }

  #addMissingNotes(): void {
    const known = new Set<string>(this.#notes.map((note) => note.id));
    for (const [id, place] of this.#log.usedNotes) {
      if (known.has(id)) continue;
      this.#log.repairs.push({
        place,
        code: "note-missing",
        done: `note "${id}" is nowhere: an empty one was made`,
        values: { note: id },
      });
      this.#notes.push({ id: id as NoteId, kind: "footnote", content: [] });
    }
  }
}

/** The words of an alternative made of clauses, where it is only one: "No text". */
function blockWords(blocks: readonly Block[]): string {
  const [first, ...more] = blocks;
  return first?.type === "clause" && more.length === 0 ? plainText(first.content) : "";
}

function clauseExtras({ flags, values }: Attributes): Pick<Clause, "concerns" | "direction" | "cell"> {
  const concerns = splitNames(values.get("concerns") ?? "");
  const cell = readCell(values.get("cell"));
  return {
    ...(concerns.length > 0 && { concerns }),
    ...(flags.has("rtl") && { direction: "rtl" as const }),
    ...(cell && { cell }),
  };
}

/** `table:row:column`, then columns and rows spanned, if more than one. */
function readCell(value: string | undefined): Cell | undefined {
  const match = /^([^:]+):(\d{1,5}):(\d{1,5})(?::(\d{1,5}):(\d{1,5}))?$/.exec(value ?? "");
  if (!match) return undefined;
  const [, table = "", row, column, columns = "1", rows = "1"] = match;
  return {
    table,
    row: Number(row),
    column: Number(column),
    ...(columns !== "1" && { columns: Number(columns) }),
    ...(rows !== "1" && { rows: Number(rows) }),
  };
}
