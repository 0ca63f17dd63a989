/** The inside of a Word paragraph -> pieces: runs with their marks, tracked changes, notes, fields. */
import { MARKS, type Mark, type Revision } from "../model.ts";
import type { Piece, TextPiece } from "../reading/source.ts";
import { type ParagraphStyle, readMarks, type Styles } from "./styles.ts";
import { symbol } from "./symbols.ts";
import { child, type Element, elements, valOf } from "./xml.ts";

/** Counts the characters of a document, so that every piece has its place. */
export class Position {
  at = 0;
}

export interface RunsRead {
  readonly pieces: Piece[];
  /** Text boxes that hang on the paragraph. */
  readonly boxes: Element[];
  /** Where a chart or diagram stands, whose words are in a part of its own. */
  readonly drawn: readonly number[];
}

const NOTE_PREFIX: Readonly<Record<string, string>> = {
  footnoteReference: "fn",
  endnoteReference: "en",
  commentReference: "cm",
};

/** `inherited`: what the style of the paragraph sets. */
export function readRuns(
  paragraph: Element,
  styles: Styles,
  position: Position,
  inherited?: ParagraphStyle["marks"],
): RunsRead {
  const reader = new RunReader(styles, position, inherited ?? new Map());
  reader.children(paragraph, undefined);
  return { pieces: reader.pieces, boxes: reader.boxes, drawn: reader.drawn };
}

class RunReader {
  readonly pieces: Piece[] = [];
  readonly boxes: Element[] = [];
  readonly drawn: number[] = [];
  readonly #inherited: ParagraphStyle["marks"];
  readonly #styles: Styles;
  readonly #position: Position;
  /** For each field that stands open whether its result has begun; what comes before is a command. */
  readonly #fields: boolean[] = [];

  constructor(styles: Styles, position: Position, inherited: ParagraphStyle["marks"]) {
    this.#inherited = inherited;
    this.#styles = styles;
    this.#position = position;
  }

  children(element: Element, revision: Revision | undefined): void {
    for (const inner of elements(element)) {
      if (inner.name === "r") this.#run(inner, revision);
      else if (inner.name === "ins" || inner.name === "moveTo")
        this.children(inner, revisionOf(inner, "insertion"));
      else if (inner.name === "del" || inner.name === "moveFrom")
        this.children(inner, revisionOf(inner, "deletion"));
      else if (inner.name === "AlternateContent") this.children(child(inner, "Choice") ?? inner, revision);
      else if (inner.name === "t") this.#write(textOf(inner), [], revision, false);
      else if (!inner.name.endsWith("Pr")) this.children(inner, revision);
    }
  }

  #run(run: Element, revision: Revision | undefined): void {
    const rPr = child(run, "rPr");
    const on = new Map([...this.#inherited, ...this.#styles.marks(valOf(rPr, "rStyle")), ...readMarks(rPr)]);
    if (on.get("hidden")) on.set("editorial", true);
    const marks = MARKS.filter((mark) => on.get(mark));
    this.#content(run, marks, revision);
  }

  #content(run: Element, marks: readonly Mark[], revision: Revision | undefined): void {
    for (const part of elements(run)) {
      const write = (text: string, literal = false) => this.#write(text, marks, revision, literal);
      switch (part.name) {
        case "t":
          write(textOf(part));
          break;
        case "delText":
          write(textOf(part), true);
          break;
        case "tab":
        case "ptab":
          write("\t");
          break;
        case "br":
        case "cr":
          if (!isPageEnd(part)) write("\n");
          else if (this.pieces.length > 0) write(" ");
          break;
        case "noBreakHyphen":
          write("\u2011");
          break;
        case "sym":
        case "symEx":
          write(symbol(part.attributes["char"] ?? "", part.attributes["font"] ?? ""));
          break;
        case "ruby":
          this.children(child(part, "rubyBase") ?? part, revision);
          write("(");
          this.children(child(part, "rt") ?? { ...part, children: [] }, revision);
          write(")");
          break;
        case "fldChar":
          this.#field(part.attributes["fldCharType"] ?? "");
          break;
        case "AlternateContent":
          this.#content(child(part, "Choice") ?? part, marks, revision);
          break;
        case "footnoteReference":
        case "endnoteReference":
        case "commentReference":
          this.#note(part);
          break;
        default:
          this.#findBoxes(part, write);
      }
    }
  }

  #field(type: string): void {
    if (type === "begin") this.#fields.push(false);
    else if (type === "separate") this.#fields[this.#fields.length - 1] = true;
    else if (type === "end") this.#fields.pop();
  }

  #note(part: Element): void {
    const note = `${NOTE_PREFIX[part.name]}${part.attributes["id"] ?? ""}`;
    this.pieces.push({ type: "note", at: this.#position.at, note });
  }

  #write(text: string, marks: readonly Mark[], revision: Revision | undefined, literal: boolean): void {
    if (text === "" || this.#fields.includes(false)) return;
    const deleted = literal || revision?.kind === "deletion";
    const piece: TextPiece = {
      type: "text",
      at: this.#position.at,
      text,
      ...(marks.length > 0 && { marks }),
      ...(revision && { revision }),
      ...(deleted && { literal: true as const }),
    };
    this.pieces.push(piece);
    this.#position.at += text.length;
  }

  /** Text boxes, and the words of drawings: `write` takes what is drawn as letters, such as a watermark. */
  #findBoxes(element: Element, write: (text: string) => void): void {
    if (element.name === "txbxContent") this.boxes.push(element);
    else if (element.name === "textpath") write(element.attributes["string"] ?? "");
    else if (element.name === "chart" || element.name === "relIds") this.drawn.push(this.#position.at);
    else if (element.name === "AlternateContent") this.#findBoxes(child(element, "Choice") ?? element, write);
    else for (const inner of elements(element)) this.#findBoxes(inner, write);
  }
}

/** The end of a page or column parts no line of the text. */
function isPageEnd(element: Element): boolean {
  return element.attributes["type"] === "page" || element.attributes["type"] === "column";
}

function revisionOf(element: Element, kind: Revision["kind"]): Revision {
  const { author = "", date } = element.attributes;
  return date === undefined ? { kind, author } : { kind, author, date };
}

/** Without soft hyphens, which only say where a word may be parted. */
function textOf(element: Element): string {
  return element.children
    .filter((one) => typeof one === "string")
    .join("")
    .replace(/\u00ad/g, "")
    .replace(/[^\P{Cc}\t\n]|\r/gu, " ")
    .replace(/\n/g, " ");
}
