/**
 * Akoma Ntoso -> draft. A file that Parley wrote has the draft itself in its `meta`; it is taken if writing it
 * again gives this very file, to the character. Else the words count: units with a heading are headings, other
 * blocks of text paragraphs with the number of their unit, cells of tables keep their place, brackets are as
 * `docs/formats/akoma-ntoso.md` says. Of the file's `meta` language and date are read. No document type is accepted, and depth and number of elements are bounded.
 */
import { adoptIds } from "./adopt.ts";
import { LANGUAGES, renderAkomaNtoso, UNKNOWN_DATE } from "./akoma-ntoso.ts";
import { TextError } from "./error.ts";
import { MAX_LEVEL } from "./limits.ts";
import { Lines } from "./lines.ts";
import { parseMarkdown } from "./markdown.ts";
import type { Cell, Mark, NoteId, Revision } from "./model.ts";
import { assemble } from "./reading/assemble.ts";
import {
  type Piece,
  type SourceDocument,
  type SourceNote,
  type SourceParagraph,
  textOf,
} from "./reading/source.ts";
import type { Reading } from "./report.ts";
import { child, type Element, elements, parseXml, textInside } from "./word/xml.ts";

/** Places are lines of the words as read, one a paragraph. Throws a `TextError` if it is no safe Akoma Ntoso. */
export function readAkomaNtoso(source: string): Reading {
  const root = parseXml(new TextEncoder().encode(source), "Akoma Ntoso", "not-akoma-ntoso");
  if (root.name !== "akomaNtoso") {
    throw new TextError("not-akoma-ntoso", { line: 1, column: 1 }, "this XML is not Akoma Ntoso.");
  }
  const own = ownDraft(root);
  if (own === undefined) return assemble(readSource(root, false));
  const date = find(root, "FRBRdate")?.attributes["date"];
  const written = renderAkomaNtoso(own.draft, { withModel: true, ...(date !== undefined && { date }) });
  return written === source ? own : adoptIds(assemble(readSource(root, true)), own.draft);
}

/** The Markdown that Parley put along, if it can be read. */
function ownDraft(root: Element): Reading | undefined {
  const kept = child(find(root, "proprietary"), "draft");
  if (!kept) return undefined;
  try {
    return parseMarkdown(textInside(kept));
  } catch (error) {
    if (error instanceof TextError) return undefined;
    throw error;
  }
}

function find(element: Element | undefined, name: string): Element | undefined {
  if (element?.name === name) return element;
  for (const inner of elements(element)) {
    const found = find(inner, name);
    if (found) return found;
  }
  return undefined;
}

/** `ownPreface`: the preface only repeats the header of a draft that is known. */
function readSource(root: Element, ownPreface: boolean): SourceDocument {
  const reader = new AknReader(ownPreface);
  for (const inner of elements(root)) reader.block(inner, 0, -1);
  const lines = new Lines(reader.shown);
  return {
    ...properties(root),
    paragraphs: reader.paragraphs,
    notes: reader.notes,
    repairs: [],
    place: (at) => lines.place(at),
  };
}

/** What the file says of the text as a whole. Language codes of three letters that have one of two get that. */
function properties(root: Element): Omit<SourceDocument, "paragraphs" | "notes" | "repairs" | "place"> {
  const said = (name: string) => {
    const element = find(root, name);
    return element && plain(textInside(element));
  };
  const symbol = said("docNumber");
  const code = find(root, "FRBRlanguage")?.attributes["language"];
  const short = Object.entries(LANGUAGES).find(([, long]) => long === code)?.[0];
  const language = short ?? (code === "und" ? undefined : code);
  const date = find(find(root, "FRBRExpression"), "FRBRdate")?.attributes["date"];
  const exercise = find(root, "mainBody")?.attributes["exercise"] === "true";
  const known = date !== undefined && /^\d{4}-\d\d-\d\d$/.test(date) && date !== UNKNOWN_DATE;
  return {
    title: said("docTitle") ?? "",
    ...(symbol && { symbol }),
    ...(language && { language }),
    ...(exercise && { exercise: true as const }),
    ...(known && { other: { date } }),
  };
}

const MARKS: Readonly<Record<string, Mark>> = {
  i: "emphasis",
  b: "strong",
  u: "underline",
  sup: "superscript",
  sub: "subscript",
  strike: "strike",
  editorial: "editorial",
};

/** Elements whose words are one paragraph, with all that is in them. */
const TEXT = /^(?:p|block|heading|subheading|crossHeading|docTitle|longTitle|listIntroduction|listWrapUp)$/;

class AknReader {
  readonly paragraphs: SourceParagraph[] = [];
  readonly notes: SourceNote[] = [];
  shown = "";
  readonly #ownPreface: boolean;
  /** The number of the unit that waits for its first words, and signs of brackets that open before them. */
  #ordinal = "";
  #opening = "";
  /** The cell in which it stands; tables in cells are words of those. */
  #cell: Cell | undefined;
  #tables = 0;

  constructor(ownPreface: boolean) {
    this.#ownPreface = ownPreface;
  }

  /** `headings`: how many headings it stands under; `level`: of the unit around it, -1 for none. */
  block(element: Element, headings: number, level: number): void {
    const { name } = element;
    if (name === "meta" || (name === "preface" && (this.#ownPreface || saysOnlyTitle(element)))) return;
    if (name === "table" && !this.#cell) {
      this.#table(element, headings);
      return;
    }
    const words = element.children.some((one) => typeof one === "string" && one.trim() !== "");
    if (TEXT.test(name) || words) {
      this.#paragraph(element, "paragraph", level);
      return;
    }
    if (element.attributes["name"] === "alternative") {
      this.#alternative(element, headings, level);
      return;
    }
    const heading = child(element, "heading");
    const num = child(element, "num");
    if (num) {
      this.#flush(level);
      this.#ordinal = plain(textInside(num));
    }
    if (heading) this.#paragraph(heading, "heading", headings);
    const inside = heading ? -1 : level + (num ? 1 : 0);
    for (const inner of elements(element)) {
      if (inner !== num && inner !== heading) this.block(inner, headings + (heading ? 1 : 0), inside);
    }
    if (num) this.#flush(inside);
  }

  #table(table: Element, headings: number): void {
    const name = `t${++this.#tables}`;
    const caption = child(table, "caption");
    if (caption) this.#paragraph(caption, "paragraph", 0);
    /** For each column how many rows from here the cell above still takes. */
    const taken: number[] = [];
    rowsOf(table).forEach((row, index) => {
      let column = 0;
      for (const cell of elements(row)) {
        if (cell.name !== "td" && cell.name !== "th") continue;
        while ((taken[column] ?? 0) > index) column++;
        const columns = spanOf(cell, "colspan");
        const rows = spanOf(cell, "rowspan");
        for (let at = column; at < column + columns; at++) taken[at] = index + rows;
        const span = { ...(columns > 1 && { columns }), ...(rows > 1 && { rows }) };
        this.#cell = { table: name, row: index, column, ...span };
        const before = this.paragraphs.length;
        this.block(cell, headings, 0);
        const empty = this.paragraphs.length === before;
        if (empty)
          this.paragraphs.push({ form: "paragraph", level: 0, ordinal: "", pieces: [], cell: this.#cell });
        this.#cell = undefined;
        column += columns;
      }
    });
  }

  #alternative(element: Element, headings: number, level: number): void {
    if (element.attributes["noText"] === "true" && plain(textInside(element)) === "") return;
    const label = child(element, "num");
    this.#opening += `[${label ? `${plain(textInside(label))} ` : ""}`;
    for (const inner of elements(element)) if (inner !== label) this.block(inner, headings, level);
    const last = this.paragraphs.at(-1);
    if (this.#opening !== "" || !last) this.#paragraph({ ...element, children: [] }, "paragraph", level);
    const closed = this.paragraphs.pop();
    if (!closed) return;
    const at = this.shown.length - 1;
    this.paragraphs.push({ ...closed, pieces: [...closed.pieces, { type: "text", at, text: "]" }] });
  }

  /** A number without words of its own is a paragraph too. */
  #flush(level: number): void {
    if (this.#ordinal !== "")
      this.#paragraph({ name: "p", attributes: {}, children: [] }, "paragraph", level);
  }

  #paragraph(element: Element, form: SourceParagraph["form"], level: number): void {
    const pieces: Piece[] = [];
    const start = this.shown.length;
    if (this.#opening !== "") pieces.push({ type: "text", at: start, text: this.#opening });
    this.#inlines(element, pieces, [], undefined);
    if (pieces.length === 0 && this.#ordinal === "") return;
    const most = form === "heading" ? Math.min(level + 1, 6) : Math.min(Math.max(level, 0), MAX_LEVEL);
    const cell = form === "paragraph" ? this.#cell : undefined;
    this.paragraphs.push({ form, level: most, ordinal: this.#ordinal, pieces, ...(cell && { cell }) });
    this.#ordinal = "";
    this.#opening = "";
    this.shown += `${textOf(pieces).replaceAll("\n", " ")}\n`;
  }

  #inlines(element: Element, out: Piece[], marks: readonly Mark[], revision: Revision | undefined): void {
    const write = (text: string) => {
      if (text === "") return;
      const at = this.shown.length + textOf(out).length;
      const literal = revision?.kind === "deletion";
      out.push({
        type: "text",
        at,
        text,
        ...(marks.length > 0 && { marks }),
        ...(revision && { revision }),
        ...(literal && { literal }),
      });
    };
    for (const inner of element.children) {
      if (typeof inner === "string") write(inner.replace(/\s+/gu, " "));
      else if (inner.name === "eol" || inner.name === "br") write("\n");
      else if (inner.name === "authorialNote") this.#note(inner, out);
      else if (inner.name === "noteRef") {
        const note = (inner.attributes["href"] ?? "").replace(/^#/, "");
        out.push({ type: "note", at: this.shown.length + textOf(out).length, note });
      } else if (inner.attributes["name"] === "alternative") {
        if (inner.attributes["noText"] === "true" && inner.children.length === 0) continue;
        write(`[${inner.attributes["label"] ? `${inner.attributes["label"]} ` : ""}`);
        this.#inlines(inner, out, marks, revision);
        write("]");
      } else if (inner.name === "ins" || inner.name === "del") {
        const kind = inner.name === "ins" ? "insertion" : "deletion";
        this.#inlines(inner, out, marks, { kind, author: inner.attributes["author"] ?? "" });
      } else {
        const mark = MARKS[inner.attributes["name"] ?? inner.name];
        this.#inlines(inner, out, mark && !marks.includes(mark) ? [...marks, mark] : marks, revision);
      }
    }
  }

  #note(element: Element, out: Piece[]): void {
    const id = element.attributes["eId"] ?? `note-${this.notes.length + 1}`;
    const pieces: Piece[] = [];
    this.#inlines(element, pieces, [], undefined);
    const { class: said, author } = element.attributes;
    const kind = said === "reservation" || said === "comment" ? said : "footnote";
    this.notes.push({ id: id as NoteId, kind, pieces, ...(author !== undefined && { author }) });
    out.push({ type: "note", at: this.shown.length + textOf(out).length, note: id });
  }
}

/** A preface with nothing but title and symbol, which the draft's header has. */
function saysOnlyTitle(preface: Element): boolean {
  if (["docTitle", "docNumber"].includes(preface.name)) return true;
  return preface.children.every((one) =>
    typeof one === "string" ? /^\s*(?:EXERCISE\s*)?$/.test(one) : saysOnlyTitle(one),
  );
}

/** The rows of a table, also in groups. */
function rowsOf(table: Element): Element[] {
  return elements(table).flatMap((inner) => {
    if (inner.name === "tr") return [inner];
    return inner.name === "table" || inner.name === "caption" ? [] : rowsOf(inner);
  });
}

function spanOf(cell: Element, attribute: "colspan" | "rowspan"): number {
  const span = Number(cell.attributes[attribute] ?? 1);
  return Number.isInteger(span) && span > 0 ? Math.min(span, 100) : 1;
}

function plain(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
