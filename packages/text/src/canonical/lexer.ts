/**
 * Characters of one canonical paragraph -> tokens. `\` makes the next character plain (at the end of a line:
 * a line break). Runs of `*`, `~` switch: one the first mark, two the second, three both; `^` superscript,
 * `_` underline; `{{` `}}` editorial; `{ins ...}` `{del ...}` `{/ins}` `{/del}` tracked changes.
 */
import { trimTail } from "../edges.ts";
import { MARKS, type Mark, type Revision } from "../model.ts";
import { type Attributes, NO_ATTRIBUTES, readAttributes } from "./attributes.ts";

export type Token =
  | {
      readonly type: "text";
      readonly at: number;
      readonly text: string;
      readonly marks: readonly Mark[];
      readonly revision: Revision | undefined;
    }
  | { readonly type: "open"; readonly at: number }
  | { readonly type: "slash"; readonly at: number }
  | { readonly type: "close"; readonly at: number; readonly attributes: Attributes }
  | { readonly type: "note"; readonly at: number; readonly note: string }
  | { readonly type: "break"; readonly at: number; readonly attributes: Attributes };

export interface Lexed {
  readonly tokens: readonly Token[];
  /** The attributes that end the paragraph: those of its clause. */
  readonly attributes: Attributes;
  /** Where a mark was switched on and never off, if so. */
  readonly unclosed: number | undefined;
}

const SWITCHES: Readonly<Record<string, readonly [Mark, Mark?]>> = {
  "*": ["emphasis", "strong"],
  "~": ["subscript", "strike"],
  "^": ["superscript"],
  _: ["underline"],
};
const NOTE = /\[\^([\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*)\]/uy;
const PLAIN = /[^\\[\]{}*~^_\n]+/y;

/** Lexes `source` from `start` to `end`; the range holds no blank line. */
export function lex(source: string, start: number, end: number): Lexed {
  return new Lexer(source, start, end).run();
}

class Lexer {
  readonly #source: string;
  readonly #end: number;
  readonly #tokens: Token[] = [];
  readonly #marks = new Set<Mark>();
  #at: number;
  #text = "";
  #textAt = 0;
  /** Units of `#text` that end with an escape, so that white space there counts. */
  #kept = 0;
  #revision: Revision | undefined;
  #attributes: Attributes = NO_ATTRIBUTES;
  #marked = 0;

  constructor(source: string, start: number, end: number) {
    this.#source = source;
    this.#at = start;
    this.#end = end;
  }

  run(): Lexed {
    this.#skipSpace();
    while (this.#at < this.#end) this.#step();
    this.#text = this.#text.slice(0, this.#kept) + trimTail(this.#text.slice(this.#kept));
    this.#flush();
    const unclosed = this.#marks.size > 0 ? this.#marked : undefined;
    return { tokens: this.#tokens, attributes: this.#attributes, unclosed };
  }

  #step(): void {
    const at = this.#at;
    PLAIN.lastIndex = at;
    const plain = PLAIN.exec(this.#source);
    if (plain) {
      this.#at = Math.min(at + plain[0].length, this.#end);
      this.#write(this.#source.slice(at, this.#at), at);
      return;
    }
    const char = this.#source[at] ?? "";
    const next = at + 1 < this.#end ? this.#source[at + 1] : undefined;
    if (char === "\\" && next !== undefined) {
      this.#write(next, at);
      this.#kept = this.#text.length;
      this.#at += 2;
      if (next === "\n") this.#skipSpace();
    } else if (char === "\n") {
      this.#write(" ", at);
      this.#at++;
      this.#skipSpace();
    } else if (char === "[") this.#open();
    else if (char === "]") this.#close();
    else if (SWITCHES[char]) this.#switch(char, SWITCHES[char]);
    else if ((char === "{" || char === "}") && next === char) {
      this.#toggle("editorial");
      this.#at += 2;
    } else if (char !== "{" || !this.#directive()) {
      this.#write(char, at);
      this.#at++;
    }
  }

  #open(): void {
    NOTE.lastIndex = this.#at;
    const note = NOTE.exec(this.#source);
    this.#flush();
    if (note && this.#at + note[0].length <= this.#end) {
      this.#tokens.push({ type: "note", at: this.#at, note: note[1] ?? "" });
      this.#at += note[0].length;
    } else this.#tokens.push({ type: "open", at: this.#at++ });
  }

  #close(): void {
    this.#flush();
    const at = this.#at++;
    const read = this.#source[this.#at] === "{" ? readAttributes(this.#source, this.#at) : undefined;
    this.#tokens.push({ type: "close", at, attributes: read?.attributes ?? NO_ATTRIBUTES });
    if (read) this.#at = read.end;
    if (this.#at + 1 < this.#end && this.#source.startsWith("/[", this.#at)) {
      this.#tokens.push({ type: "slash", at: this.#at++ });
    }
  }

  #switch(char: string, [one, two]: readonly [Mark, Mark?]): void {
    let run = 1;
    while (run < (two ? 3 : 1) && this.#at + run < this.#end && this.#source[this.#at + run] === char) run++;
    if (run !== 2) this.#toggle(one);
    if (two && run >= 2) this.#toggle(two);
    this.#at += run;
  }

  /** Takes what stands in braces here, if it is something. */
  #directive(): boolean {
    const read = readDirective(this.#source, this.#at, this.#end);
    if (!read) return false;
    if (read.is === "clause") this.#attributes = read.attributes;
    else this.#flush();
    if (read.is === "break") {
      this.#tokens.push({ type: "break", at: this.#at, attributes: read.attributes });
    }
    if (read.is === "revision") this.#revision = read.revision;
    this.#at = read.end;
    return true;
  }

  #toggle(mark: Mark): void {
    this.#flush();
    if (!this.#marks.delete(mark)) this.#marks.add(mark);
    this.#marked = this.#at;
  }

  #write(chars: string, at: number): void {
    if (this.#text === "") this.#textAt = at;
    this.#text += chars;
  }

  #flush(): void {
    if (this.#text === "") return;
    const marks = MARKS.filter((mark) => this.#marks.has(mark));
    this.#tokens.push({
      type: "text",
      at: this.#textAt,
      text: this.#text,
      marks,
      revision: this.#revision,
    });
    this.#text = "";
    this.#kept = 0;
  }

  #skipSpace(): void {
    while (this.#at < this.#end && /[ \t]/.test(this.#source[this.#at] ?? "")) this.#at++;
  }
}

type Directive =
  | { readonly is: "break" | "clause"; readonly attributes: Attributes; readonly end: number }
  | { readonly is: "revision"; readonly revision: Revision | undefined; readonly end: number };

function readDirective(source: string, at: number, end: number): Directive | undefined {
  const over = /\{\/(?:ins|del)\}/y;
  over.lastIndex = at;
  if (over.test(source)) return { is: "revision", revision: undefined, end: over.lastIndex };
  const named = /\{(break|ins|del)(?=[ }])/y;
  named.lastIndex = at;
  const name = named.exec(source)?.[1];
  if (name === undefined) {
    const read = readAttributes(source, at);
    if (!read || source.slice(read.end, end).trim() !== "") return undefined;
    return { is: "clause", attributes: read.attributes, end };
  }
  const read = readAttributes(source, at + name.length);
  if (!read) return undefined;
  const { attributes } = read;
  if (name === "break") return { is: "break", attributes, end: read.end };
  const date = attributes.values.get("date");
  const revision: Revision = {
    kind: name === "ins" ? "insertion" : "deletion",
    author: attributes.values.get("author") ?? "",
    ...(date !== undefined && { date }),
  };
  return { is: "revision", revision, end: read.end };
}
