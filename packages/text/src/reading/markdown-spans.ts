/**
 * The inside of a Markdown paragraph -> pieces: emphasis, escapes, links, notes, a few HTML tags, entities.
 * Delimiters that find no partner are characters; a link's address stays, in round brackets, behind its text.
 */
import { MARKS, type Mark } from "../model.ts";
import type { Piece } from "./source.ts";

/** A paragraph's characters, and for each its offset in the source. */
export interface Flat {
  readonly text: string;
  readonly offsets: readonly number[];
}

const NOTE = /\[\^([\p{L}\p{N}._-]{1,60})\]/uy;
const LINK_END = /\]\(((?:https?:|mailto:|#|\/|\.)[^\s()]{0,500})(?:\s"[^"]*")?\)/y;
const REFERENCE_END = /\]\[([^[\]]{1,60})\]/y;
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]{0,12})(?:\s[^<>:]{0,200}(?::[^<>]{0,200})?)?\/?>/y;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-zA-Z]{2,8}));/y;
const ATTRIBUTES = /\{:[^{}]{0,200}\}/y;
const TAG_MARKS: Readonly<Record<string, Mark>> = {
  em: "emphasis",
  i: "emphasis",
  strong: "strong",
  b: "strong",
  u: "underline",
  s: "strike",
  del: "strike",
  sup: "superscript",
  sub: "subscript",
};
const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  deg: "°",
};

/** `references`: the names of links that the document defines. */
export function readSpans(flat: Flat, references: ReadonlySet<string>): Piece[] {
  return new Spans(flat, references).run();
}

class Spans {
  readonly #text: string;
  readonly #offsets: readonly number[];
  readonly #references: ReadonlySet<string>;
  readonly #switches: ReadonlyMap<number, readonly Mark[]>;
  /** Brackets of links: characters that vanish, and where the address follows. */
  readonly #linkEnds = new Map<number, { length: number; address: string }>();
  readonly #pieces: Piece[] = [];
  readonly #marks = new Set<Mark>();
  #run = "";
  #runAt = 0;

  constructor(flat: Flat, references: ReadonlySet<string>) {
    this.#text = flat.text;
    this.#offsets = flat.offsets;
    this.#references = references;
    this.#switches = emphasis(flat.text);
  }

  run(): Piece[] {
    for (let index = 0; index < this.#text.length; ) index += this.#step(index);
    this.#flush();
    return this.#pieces;
  }

  /** Takes what stands at `index`; gives its length. */
  #step(index: number): number {
    const char = this.#text[index] ?? "";
    const marks = this.#switches.get(index);
    if (marks) {
      for (const mark of marks) this.#toggle(mark);
      return marks.reduce((sum, mark) => sum + (mark === "strong" ? 2 : 1), 0);
    }
    const end = this.#linkEnds.get(index);
    if (end) {
      if (end.address !== "") this.#literal(` (${end.address})`, index);
      return end.length;
    }
    switch (char) {
      case "\\":
        return this.#escape(index);
      case "[":
        return this.#bracket(index);
      case "<":
        return this.#tag(index);
      case "&":
        return this.#entity(index);
      case "{":
        ATTRIBUTES.lastIndex = index;
        return ATTRIBUTES.exec(this.#text)?.[0].length ?? this.#take(index);
      default:
        return this.#take(index);
    }
  }

  #escape(index: number): number {
    const next = this.#text[index + 1];
    if (next === undefined || !/[!-/:-@[-`{-~\n]/.test(next)) return this.#take(index);
    if (next === "\n") this.#write("\n", index + 1);
    else this.#literal(next, index + 1);
    return 2;
  }

  #bracket(index: number): number {
    NOTE.lastIndex = index;
    const note = NOTE.exec(this.#text);
    if (note) {
      this.#flush();
      this.#pieces.push({ type: "note", at: this.#offset(index), note: note[1] ?? "" });
      return note[0].length;
    }
    return this.#link(index) ? 1 : this.#take(index);
  }

  /** Is the bracket that opens here the text of a link? Then its end is noted. */
  #link(index: number): boolean {
    const last = Math.min(this.#text.length, index + 400);
    for (let at = index + 1, depth = 1; at < last; at++) {
      const char = this.#text[at];
      if (char === "[") depth++;
      if (char !== "]" || --depth > 0) continue;
      LINK_END.lastIndex = at;
      REFERENCE_END.lastIndex = at;
      const link = LINK_END.exec(this.#text);
      const reference = REFERENCE_END.exec(this.#text);
      if (link) this.#linkEnds.set(at, { length: link[0].length, address: link[1] ?? "" });
      else if (reference && this.#references.has((reference[1] ?? "").toLowerCase())) {
        this.#linkEnds.set(at, { length: reference[0].length, address: "" });
      } else return false;
      return true;
    }
    return false;
  }

  #tag(index: number): number {
    TAG.lastIndex = index;
    const tag = TAG.exec(this.#text);
    if (!tag) return this.#take(index);
    const name = (tag[2] ?? "").toLowerCase();
    const mark = Object.hasOwn(TAG_MARKS, name) ? TAG_MARKS[name] : undefined;
    if (name === "br") this.#write("\n", index);
    if (mark) {
      this.#flush();
      if (tag[1] === "/") this.#marks.delete(mark);
      else this.#marks.add(mark);
    }
    return tag[0].length;
  }

  #entity(index: number): number {
    ENTITY.lastIndex = index;
    const entity = ENTITY.exec(this.#text);
    if (!entity) return this.#take(index);
    const [whole, decimal, hex, name = ""] = entity;
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : Number.NaN;
    const known = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    const char = code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : known;
    if (char === undefined) return this.#take(index);
    this.#literal(char, index);
    return whole.length;
  }

  #take(index: number): number {
    const char = this.#text[index] ?? "";
    if (char === "{") this.#editorial(index);
    this.#write(char, index);
    if (char === "}" && this.#marks.has("editorial")) this.#toggle("editorial");
    return 1;
  }

  /** Words in braces are about the text. */
  #editorial(index: number): void {
    const end = this.#text.indexOf("}", index);
    const inside = end === -1 ? "" : this.#text.slice(index + 1, end);
    if (end !== -1 && !/[{[\]]/.test(inside) && !this.#marks.has("editorial")) this.#toggle("editorial");
  }

  #toggle(mark: Mark): void {
    this.#flush();
    if (!this.#marks.delete(mark)) this.#marks.add(mark);
  }

  #offset(index: number): number {
    return this.#offsets[index] ?? 0;
  }

  #write(char: string, index: number): void {
    const at = this.#offset(index);
    if (this.#run !== "" && at !== this.#runAt + this.#run.length) this.#flush();
    if (this.#run === "") this.#runAt = at;
    this.#run += char;
  }

  /** Characters that are never brackets. */
  #literal(text: string, index: number): void {
    this.#flush();
    this.#pieces.push({ type: "text", at: this.#offset(index), text, literal: true, ...this.#said() });
  }

  #flush(): void {
    if (this.#run !== "") {
      this.#pieces.push({ type: "text", at: this.#runAt, text: this.#run, ...this.#said() });
    }
    this.#run = "";
  }

  #said(): { marks?: readonly Mark[] } {
    const marks = MARKS.filter((mark) => this.#marks.has(mark));
    return marks.length > 0 ? { marks } : {};
  }
}

/** The runs of `*` and `_` that find their partners, by place. */
function emphasis(text: string): Map<number, readonly Mark[]> {
  const switches = new Map<number, Mark[]>();
  const open = new Map<string, number>();
  const put = (at: number, mark: Mark) => switches.set(at, [...(switches.get(at) ?? []), mark]);
  for (const match of text.matchAll(/(?<!\\)(?:\*{1,3}(?!\*)(?<!\*{4})|_{1,2}(?!_)(?<!_{3}))/g)) {
    const { index } = match;
    const [run] = match;
    const before = text[index - 1] ?? " ";
    const after = text[index + run.length] ?? " ";
    const word = run[0] === "_";
    const canOpen = /\S/.test(after) && !(word && /[\p{L}\p{N}]/u.test(before));
    const canClose = /\S/.test(before) && !(word && /[\p{L}\p{N}]/u.test(after));
    const wanted: Mark[] =
      run.length === 3 ? ["strong", "emphasis"] : [run.length === 2 ? "strong" : "emphasis"];
    let at = index;
    for (const mark of wanted) {
      const key = `${run[0]}${mark}`;
      const opened = open.get(key);
      if (opened !== undefined && canClose) {
        put(opened, mark);
        put(at, mark);
        open.delete(key);
      } else if (canOpen) open.set(key, at);
      at += mark === "strong" ? 2 : 1;
    }
  }
  return switches;
}
