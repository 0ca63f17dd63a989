/**
 * Word (.docx) -> draft. Numbers as Word shows them, tracked changes and comments with their authors, footnotes,
 * tables, hidden text (as editorial). Words of headers and footers are no clauses: they are reported.
 *
 * A document that Parley wrote has the draft itself in a part of its own; it is taken if the words that a reader
 * sees are still those that Parley wrote. Else the words count, and get back the ids that still fit.
 */
import { adoptIds } from "../adopt.ts";
import { TextError } from "../error.ts";
import { MAX_LEVEL } from "../limits.ts";
import { Lines } from "../lines.ts";
import { parseMarkdown } from "../markdown.ts";
import type { Cell, NoteId } from "../model.ts";
import { readTypedOrdinal } from "../ordinal.ts";
import { assemble } from "../reading/assemble.ts";
import { Levels } from "../reading/levels.ts";
import {
  type Piece,
  type SourceDocument,
  type SourceNote,
  type SourceParagraph,
  textOf,
} from "../reading/source.ts";
import type { Reading, Repair } from "../report.ts";
import { unpack } from "./archive.ts";
import { Numbering } from "./numbering.ts";
import { DRAFT_NAMESPACE } from "./parts.ts";
import { Position, readRuns } from "./runs.ts";
import { type NumberingUse, readNumbering, Styles } from "./styles.ts";
import { BACKERS, INDENT, writeWord } from "./write.ts";
import { child, type Element, elements, isOn, parseXml, textInside, valOf } from "./xml.ts";

const WANTED =
  /^(?:word\/(?:document|styles|numbering|footnotes|endnotes|comments|header\d*|footer\d*)\.xml)$|^customXml\/item\d+\.xml$/;
/** Throws a `TextError` if the bytes are no Word document, or one that is damaged or unsafe to unpack. */
export function readWord(bytes: Uint8Array): Reading {
  const parts = unpack(bytes, (name) => WANTED.test(name));
  const source = readSource(parts);
  const own = ownDraft(parts);
  return own === undefined ? assemble(source) : readOwn(own, source);
}

/** The Markdown that Parley put along. */
function ownDraft(parts: ReadonlyMap<string, Uint8Array>): string | undefined {
  for (const [name, bytes] of parts) {
    if (!name.startsWith("customXml/")) continue;
    const root = parseXml(bytes, name);
    if (root.name === "draft" && root.attributes["xmlns"] === DRAFT_NAMESPACE) return textInside(root);
  }
  return undefined;
}

function readOwn(markdown: string, source: SourceDocument): Reading {
  let kept: Reading;
  try {
    kept = parseMarkdown(markdown);
  } catch (error) {
    if (error instanceof TextError) return assemble(source);
    throw error;
  }
  const written = unpack(writeWord(kept.draft), (name) => WANTED.test(name));
  if (fingerprint(readSource(written)) === fingerprint(source)) return kept;
  return adoptIds(assemble(withoutBackers(source)), kept.draft);
}

/** Without the comments in which Parley says who stands behind an alternative. */
function withoutBackers(source: SourceDocument): SourceDocument {
  const backers = new Set<string>(
    source.notes
      .filter(
        ({ author, pieces }) => author === BACKERS && /^(?:Proposed|Supported) by /.test(textOf(pieces)),
      )
      .map(({ id }) => id),
  );
  const paragraphs = source.paragraphs.map((paragraph) => ({
    ...paragraph,
    pieces: paragraph.pieces.filter((piece) => piece.type !== "note" || !backers.has(piece.note)),
  }));
  return { ...source, paragraphs, notes: source.notes.filter(({ id }) => !backers.has(id)) };
}

/** All that a reader sees: numbers, words, which of them are changes and whose, notes. */
function fingerprint(source: SourceDocument): string {
  const said = (pieces: readonly Piece[]) => {
    const parts: string[] = [];
    let setting = "";
    for (const piece of pieces) {
      const { kind, author, date } = (piece.type === "text" && piece.revision) || {};
      const next = [kind, author, date].join("\u0001");
      if (next !== setting) parts.push(`\u0000${next}`);
      setting = next;
      parts.push(piece.type === "text" ? piece.text : `\u0002${piece.note.slice(0, 2)}`);
    }
    return parts.join("");
  };
  const paragraphs = source.paragraphs.map(({ ordinal, pieces }) => `${ordinal} ${said(pieces)}`);
  const notes = source.notes.map(({ kind, author, pieces }) => `${kind} ${author ?? ""} ${said(pieces)}`);
  return [source.title, ...paragraphs, ...notes].join("\u0003");
}

function readSource(parts: ReadonlyMap<string, Uint8Array>): SourceDocument {
  const xml = (name: string) => {
    const bytes = parts.get(`word/${name}.xml`);
    return bytes && parseXml(bytes, `word/${name}.xml`);
  };
  const document = xml("document");
  const body = child(document, "body");
  if (!body) {
    throw new TextError("not-word", { line: 1, column: 1 }, "this is not a Word document, or it is cut off.");
  }
  const styles = new Styles(xml("styles"));
  const numbering = new Numbering(xml("numbering"), (style) => styles.paragraph(style).numbering?.numId);
  const reader = new BodyReader(styles, numbering);
  reader.blocks(body, undefined);
  const notes = [
    ...reader.notes(xml("footnotes"), "footnote", "fn"),
    ...reader.notes(xml("endnotes"), "endnote", "en"),
    ...reader.notes(xml("comments"), "comment", "cm"),
  ];
  const lines = new Lines(reader.shown);
  return {
    title: reader.title,
    paragraphs: reader.paragraphs,
    notes,
    repairs: pageEdges(parts),
    place: (at) => lines.place(at),
  };
}

/** What stands on the edges of the pages, word for word. */
function pageEdges(parts: ReadonlyMap<string, Uint8Array>): Repair[] {
  return [...parts].flatMap(([name, bytes]): Repair[] => {
    const kind = /^word\/(header|footer)\d*\.xml$/.exec(name)?.[1];
    if (!kind) return [];
    const pieces = elements(parseXml(bytes, name)).map((one) => textInside(one));
    const words = pieces.join(" ").replace(/\s+/gu, " ").trim();
    const done = `the ${kind} "${words}" stands on the pages, not in the text; it was left out`;
    return words === "" ? [] : [{ place: { line: 1, column: 1 }, code: "part-left-out", done }];
  });
}

class BodyReader {
  readonly paragraphs: SourceParagraph[] = [];
  title = "";
  /** The text as counted for places: a line for each paragraph. */
  shown = "";
  readonly #styles: Styles;
  readonly #numbering: Numbering;
  readonly #position = new Position();
  readonly #levels = new Levels();
  #last = -1;
  #tables = 0;

  constructor(styles: Styles, numbering: Numbering) {
    this.#styles = styles;
    this.#numbering = numbering;
  }

  blocks(parent: Element, cell: Cell | undefined): void {
    for (const element of elements(parent)) {
      if (element.name === "p") this.#paragraph(element, cell);
      else if (element.name === "tbl" && !cell) this.#table(element);
      else if (element.name === "AlternateContent") this.blocks(child(element, "Choice") ?? element, cell);
      else if (!element.name.endsWith("Pr")) this.blocks(element, cell);
    }
  }

  notes(root: Element | undefined, name: string, prefix: string): SourceNote[] {
    return elements(root).flatMap((element): SourceNote[] => {
      const { id = "", type, author, date } = element.attributes;
      if (element.name !== name || (type !== undefined && type !== "normal")) return [];
      const paragraphs = elements(element).filter((one) => one.name === "p");
      const pieces = paragraphs.flatMap((paragraph, index): Piece[] => {
        const read = readRuns(paragraph, this.#styles, this.#position).pieces;
        const at = read[0]?.at ?? this.#position.at;
        return index === 0 ? read : [{ type: "text", at, text: "\n" }, ...read];
      });
      return [
        {
          id: `${prefix}${id}` as NoteId,
          kind: name === "comment" ? "comment" : "footnote",
          pieces: trimStart(pieces),
          ...(author !== undefined && author !== "" && { author }),
          ...(date !== undefined && { date }),
        },
      ];
    });
  }

  #paragraph(element: Element, cell: Cell | undefined): void {
    const pPr = child(element, "pPr");
    const styleId = valOf(pPr, "pStyle");
    const style = this.#styles.paragraph(styleId);
    const { pieces, boxes } = readRuns(element, this.#styles, this.#position);
    const direct = readNumbering(pPr);
    const use: NumberingUse | undefined = direct && {
      numId: direct.numId === "" ? (style.numbering?.numId ?? "") : direct.numId,
      ilvl: direct.ilvl,
    };
    const number = this.#numbering.next(use ?? style.numbering ?? { numId: "", ilvl: undefined }, styleId);
    const text = textOf(pieces);
    if (/^title$/i.test(style.name) && this.title === "" && this.paragraphs.length === 0)
      this.title = text.trim();
    else if (text.trim() !== "" || number?.ordinal || pieces.length > 0) {
      const outline = valOf(pPr, "outlineLvl");
      const rank = outline === undefined ? style.outline : Number(outline);
      const rtl = isOn(pPr, "bidi") ?? style.rtl;
      const indent =
        Number(child(pPr, "ind")?.attributes["left"] ?? child(pPr, "ind")?.attributes["start"] ?? 0) || 0;
      const placed = this.#placed(pieces, text, rank, number, indent);
      this.paragraphs.push({ ...placed, ...(rtl && { direction: "rtl" as const }), ...(cell && { cell }) });
    }
    this.shown += `${text.replaceAll("\n", " ")}\n`;
    this.#position.at = this.shown.length;
    for (const box of boxes) this.blocks(box, cell);
  }

  /** Form, level and number: as the styles and lists say, else as the text does. */
  #placed(
    pieces: readonly Piece[],
    text: string,
    rank: number | undefined,
    number: { ordinal: string; ilvl: number } | undefined,
    indent: number,
  ): SourceParagraph {
    const form = rank !== undefined && rank < 6 ? "heading" : "paragraph";
    const typed = number ? undefined : readTypedOrdinal(text.trimStart(), form);
    const margin = text.length - text.trimStart().length;
    const rest = trimStart(typed ? cut(pieces, margin + typed.from, margin + typed.length) : pieces);
    const ordinal = number?.ordinal ?? typed?.ordinal ?? "";
    if (form === "heading") {
      this.#levels.clear();
      this.#last = -1;
      return { form, level: (rank ?? 0) + 1, ordinal, pieces: rest };
    }
    let level = Math.max(0, Math.min(this.#last + 1, Math.round(indent / INDENT)));
    if (number) level = number.ilvl;
    else if (typed) level = this.#levels.numbered(typed.ordinal, Math.round(indent / (INDENT / 4)));
    if (number || typed) this.#last = level;
    return { form, level: Math.min(level, MAX_LEVEL), ordinal, pieces: rest };
  }

  #table(table: Element): void {
    const name = `t${++this.#tables}`;
    /** For each column the paragraphs of the cell that goes down from above. */
    const down = new Map<number, readonly [from: number, to: number]>();
    elements(table)
      .filter((row) => row.name === "tr")
      .forEach((row, index) => {
        let column = 0;
        for (const cell of elements(row)) {
          if (cell.name !== "tc") continue;
          const columns = Math.min(Number(valOf(child(cell, "tcPr"), "gridSpan") ?? "1") || 1, 100);
          const before = this.paragraphs.length;
          const merge = child(child(cell, "tcPr"), "vMerge");
          const above = merge && merge.attributes["val"] !== "restart" ? down.get(column) : undefined;
          for (let at = above?.[0] ?? 0; at < (above?.[1] ?? 0); at++) {
            const high = this.paragraphs[at];
            const rows = index + 1 - (high?.cell?.row ?? index);
            if (high?.cell) this.paragraphs[at] = { ...high, cell: { ...high.cell, rows } };
          }
          this.blocks(cell, { table: name, row: index, column, ...(columns > 1 && { columns }) });
          if (!merge) down.delete(column);
          else if (!above) down.set(column, [before, this.paragraphs.length]);
          column += columns;
        }
      });
  }
}

/** Without the characters from one place in the text to another. */
function cut(pieces: readonly Piece[], from: number, to: number): Piece[] {
  let at = 0;
  return pieces.flatMap((piece): Piece[] => {
    if (piece.type !== "text") return [piece];
    const start = at;
    at += piece.text.length;
    if (at <= from || start >= to) return [piece];
    const [before, after] = [piece.text.slice(0, Math.max(0, from - start)), piece.text.slice(to - start)];
    const rest = { ...piece, at: piece.at + to - start, text: after };
    return [{ ...piece, text: before }, ...(to < at ? [rest] : [])].filter(({ text }) => text !== "");
  });
}

/** Without white space before the first word. */
function trimStart(pieces: readonly Piece[]): Piece[] {
  const text = textOf(pieces);
  return cut(pieces, 0, text.length - text.trimStart().length);
}
