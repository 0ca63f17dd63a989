/**
 * The inside of a Markdown paragraph -> pieces: emphasis, escapes, links, notes, a few HTML tags, entities, comments, and
 * the spans in which converters put what else Word says: `[words]{.underline}`, `[words]{.insertion author="A"}`.
 * Delimiters that find no partner are characters; a link's address stays, in round brackets, behind its text.
 */
import { MARKS, type Mark, type Revision } from "../model.ts";
import type { Piece } from "./source.ts";

/** A paragraph's characters, and where in it and in the source each of its lines begins. */
export interface Flat {
  readonly text: string;
  readonly starts: readonly { readonly text: number; readonly source: number }[];
}

/** Where a character stands in the source. */
export function offsetIn({ starts }: Flat, index: number): number {
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle]?.text ?? 0) <= index) low = middle;
    else high = middle;
  }
  const start = starts[low];
  return start ? start.source + index - start.text : 0;
}

const NOTE = /\[\^([\p{L}\p{N}._-]{1,60})\]/uy;
const LINK_END = /\]\(((?:https?:|mailto:|file:|ftp:|#|\/|\.)[^\s()]{0,500})(?:\s"[^"]*")?\)/y;
const PICTURE_END = /\]\(([^\s()]{1,500})(?:\s"[^"]*")?\)/y;
const REFERENCE_END = /\]\[([^[\]]{1,60})\]/y;
/** The attributes of a span, if they have a class: `{.mark}`, `{#id .deletion author="A" date="..."}`. */
const SPAN_END = /\]\{((?:[^{}"]|"[^"]{0,200}"){0,400}?)\}/y;
const COMMENT = /<!--([\s\S]*?)-->/y;
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
const SPAN_MARKS: Readonly<Record<string, Mark>> = {
  underline: "underline",
  ul: "underline",
  strikeout: "strike",
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

/** `links`: the names of links that the document defines; `escaped`: its escaped square brackets are brackets. */
export interface Conventions {
  readonly links: ReadonlySet<string>;
  readonly escaped: boolean;
}

export function readSpans(flat: Flat, conventions: Conventions): Piece[] {
  return new Spans(flat, conventions).run();
}

/** What is set from the opening to the closing bracket of a link or span, and what stands behind. */
interface SpanEnd {
  readonly length: number;
  readonly address: string;
  readonly mark?: Mark;
  readonly revision?: Revision;
}

class Spans {
  readonly #text: string;
  readonly #flat: Flat;
  readonly #conventions: Conventions;
  readonly #closing: ReadonlyMap<number, number>;
  readonly #lastCommentEnd: number;
  readonly #switches: ReadonlyMap<number, readonly Mark[]>;
  /** Brackets of links: characters that vanish, and where the address follows. */
  readonly #spanEnds = new Map<number, SpanEnd>();
  #revision: Revision | undefined;
  readonly #pieces: Piece[] = [];
  readonly #marks = new Set<Mark>();
  #run = "";
  #runAt = 0;

  constructor(flat: Flat, conventions: Conventions) {
    this.#text = flat.text;
    this.#flat = flat;
    this.#lastCommentEnd = flat.text.lastIndexOf("-->");
    this.#conventions = conventions;
    this.#closing = closingBrackets(flat.text);
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
      return marks.reduce((sum, mark) => sum + (mark === "emphasis" ? 1 : 2), 0);
    }
    const end = this.#spanEnds.get(index);
    if (end) {
      if (end.address !== "") this.#literal(` (${end.address})`, index);
      if (end.mark) this.#toggle(end.mark);
      if (end.revision) this.#revise(undefined);
      return end.length;
    }
    switch (char) {
      case "\\":
        return this.#escape(index);
      case "[":
        return this.#bracket(index);
      case "<":
        return this.#comment(index) || this.#tag(index);
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
    const bracket = this.#conventions.escaped && (next === "[" || next === "]");
    if (next === "\n" || bracket) this.#write(next, index + 1);
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
    const closing = this.#closing.get(index);
    const end = closing === undefined ? undefined : this.#endAt(index, closing);
    if (closing === undefined || !end) return this.#take(index);
    this.#spanEnds.set(closing, end);
    if (end.mark) this.#toggle(end.mark);
    if (end.revision) this.#revise(end.revision);
    return 1;
  }

  /** What the closing bracket says of the words behind the opening one at `from`, if it is not only a bracket. */
  #endAt(from: number, at: number): SpanEnd | undefined {
    LINK_END.lastIndex = at;
    REFERENCE_END.lastIndex = at;
    SPAN_END.lastIndex = at;
    PICTURE_END.lastIndex = at;
    const isPicture = this.#text[from - 1] === "!";
    const link = (isPicture ? PICTURE_END : LINK_END).exec(this.#text);
    if (link) return { length: link[0].length, address: link[1] ?? "" };
    const reference = REFERENCE_END.exec(this.#text);
    const isLink = (name: string) => this.#conventions.links.has(name.toLowerCase());
    if (reference && isLink(reference[1] ?? "")) return { length: reference[0].length, address: "" };
    if (at - from < 70 && isLink(this.#text.slice(from + 1, at))) {
      return { length: this.#text.startsWith("[]", at + 1) ? 3 : 1, address: "" };
    }
    const span = SPAN_END.exec(this.#text);
    return span?.[1] === undefined ? undefined : this.#span(span[1], span[0].length);
  }

  #span(attributes: string, length: number): SpanEnd | undefined {
    const name = /(?:^|\s)\.([a-z][\w-]*)/.exec(attributes)?.[1];
    if (name === undefined) return undefined;
    const value = (key: string) => new RegExp(`(?:^|\\s)${key}="([^"]*)"`).exec(attributes)?.[1];
    const end = { length, address: "" };
    if (name === "insertion" || name === "deletion") {
      const date = value("date");
      const said = { kind: name, author: value("author") ?? "" } as const;
      return this.#revision ? end : { ...end, revision: date === undefined ? said : { ...said, date } };
    }
    const mark =
      name === "comment-start" ? "editorial" : Object.hasOwn(SPAN_MARKS, name) ? SPAN_MARKS[name] : undefined;
    return mark === undefined || this.#marks.has(mark) ? end : { ...end, mark };
  }

  #revise(revision: Revision | undefined): void {
    this.#flush();
    this.#revision = revision;
  }

  /** A comment is about the text; one without words is nothing. */
  #comment(index: number): number {
    if (this.#lastCommentEnd < index) return 0;
    COMMENT.lastIndex = index;
    const comment = COMMENT.exec(this.#text);
    if (!comment) return 0;
    const words = comment[1]?.trim() ?? "";
    if (words === "") return comment[0].length;
    this.#flush();
    const marks = MARKS.filter((mark) => mark === "editorial" || this.#marks.has(mark));
    this.#pieces.push({ type: "text", at: this.#offset(index), text: `{${words}}`, literal: true, marks });
    return comment[0].length;
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
    if (end !== -1 && !/[{[\]]|^(?:\+\+|--|~~|==)/.test(inside) && !this.#marks.has("editorial"))
      this.#toggle("editorial");
  }

  #toggle(mark: Mark): void {
    this.#flush();
    if (!this.#marks.delete(mark)) this.#marks.add(mark);
  }

  #offset(index: number): number {
    return offsetIn(this.#flat, index);
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
    this.#pieces.push({ type: "text", at: this.#offset(index), text, ...this.#said(), literal: true });
  }

  #flush(): void {
    if (this.#run !== "") {
      this.#pieces.push({ type: "text", at: this.#runAt, text: this.#run, ...this.#said() });
    }
    this.#run = "";
  }

  #said(): { marks?: readonly Mark[]; revision?: Revision; literal?: true } {
    const marks = MARKS.filter((mark) => this.#marks.has(mark));
    const revision = this.#revision;
    return {
      ...(marks.length > 0 && { marks }),
      ...(revision && { revision }),
      ...(revision?.kind === "deletion" && { literal: true as const }),
    };
  }
}

/** For each opening bracket that is not escaped where it closes. */
function closingBrackets(text: string): Map<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === "\\") at++;
    else if (char === "[") open.push(at);
    else if (char === "]") {
      const from = open.pop();
      if (from !== undefined) closing.set(from, at);
    }
  }
  return closing;
}

/** The runs of `*`, `_` and `~~` that find their partners, by place. */
function emphasis(text: string): Map<number, readonly Mark[]> {
  const switches = new Map<number, Mark[]>();
  const open = new Map<string, number>();
  const put = (at: number, mark: Mark) => switches.set(at, [...(switches.get(at) ?? []), mark]);
  for (const match of text.matchAll(
    /(?<!\\)(?:\*{1,3}(?!\*)(?<!\*{4})|_{1,2}(?!_)(?<!_{3})|~~(?!~)(?<!~~~))/g,
  )) {
    const { index } = match;
    const [run] = match;
    const before = text[index - 1] ?? " ";
    const after = text[index + run.length] ?? " ";
    const word = run[0] === "_";
    const canOpen = /\S/.test(after) && !(word && /[\p{L}\p{N}]/u.test(before));
    const canClose = /\S/.test(before) && !(word && /[\p{L}\p{N}]/u.test(after));
    const wanted: Mark[] =
      run === "~~"
        ? ["strike"]
        : run.length === 3
          ? ["strong", "emphasis"]
          : [run.length === 2 ? "strong" : "emphasis"];
    let at = index;
    for (const mark of wanted) {
      const key = `${run[0]}${mark}`;
      const opened = open.get(key);
      if (opened !== undefined && canClose) {
        put(opened, mark);
        put(at, mark);
        open.delete(key);
      } else if (canOpen) open.set(key, at);
      at += mark === "emphasis" ? 1 : 2;
    }
  }
  return switches;
}
