/** The body of a Word document -> paragraphs and notes, with the numbers that Word shows. */
import { MAX_LEVEL } from "../limits.ts";
import type { Cell, NoteId } from "../model.ts";
import { readTypedOrdinal } from "../ordinal.ts";
import { typedHeadingLevel } from "../reading/heading.ts";
import { Levels } from "../reading/levels.ts";
import {
  cut,
  type Piece,
  type SourceNote,
  type SourceParagraph,
  textOf,
  trimStart,
} from "../reading/source.ts";
import type { Numbered, Numbering } from "./numbering.ts";
import { Position, readRuns } from "./runs.ts";
import { type NumberingUse, readNumbering, type Styles } from "./styles.ts";
import { INDENT } from "./write.ts";
import { child, type Element, elements, indentOf, isOn, valOf } from "./xml.ts";

export class BodyReader {
  readonly paragraphs: SourceParagraph[] = [];
  title = "";
  /** The text as counted for places: a line for each paragraph. */
  shown = "";
  readonly #styles: Styles;
  readonly #numbering: Numbering;
  readonly #position = new Position();
  readonly #levels = new Levels();
  /** Where whole documents of other formats are put in, which are not read. */
  readonly #leftOut: number[] = [];
  #last = -1;
  /** For each list how many of its levels number headings; and how far in the paragraphs of first levels stand. */
  readonly #headingLevels = new Map<string, number>();
  readonly #margins: number[] = [];
  #tables = 0;

  constructor(styles: Styles, numbering: Numbering) {
    this.#styles = styles;
    this.#numbering = numbering;
  }

  blocks(parent: Element, cell: Cell | undefined): void {
    for (const element of elements(parent)) {
      if (element.name === "p") this.#paragraph(element, cell);
      else if (element.name === "tbl" && !cell) this.#table(element);
      else if (element.name === "altChunk") this.#leftOut.push(this.#position.at);
      else if (element.name === "AlternateContent") this.blocks(child(element, "Choice") ?? element, cell);
      else if (!element.name.endsWith("Pr")) this.blocks(element, cell);
    }
  }

  get leftOut(): readonly number[] {
    return this.#leftOut;
  }

  notes(root: Element | undefined, name: string, prefix: string): SourceNote[] {
    return elements(root).flatMap((element): SourceNote[] => {
      const { id = "", type, author, date } = element.attributes;
      if (element.name !== name || (type !== undefined && type !== "normal")) return [];
      const pieces = [...within(element, "p")].flatMap((paragraph, index): Piece[] => {
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
    const { pieces, boxes, drawn } = readRuns(element, this.#styles, this.#position, style.marks);
    this.#leftOut.push(...drawn);
    const direct = readNumbering(pPr);
    const use: NumberingUse | undefined = direct && {
      numId: direct.numId === "" ? (style.numbering?.numId ?? "") : direct.numId,
      ilvl: direct.ilvl,
    };
    const number = this.#numbering.next(
      use ?? style.numbering ?? { numId: "", ilvl: undefined },
      style.chain,
    );
    const text = textOf(pieces);
    const isTitle = /^title$/i.test(style.name) && this.title === "" && this.paragraphs.length === 0;
    if (isTitle && text.trim() !== "" && isPlain(pieces)) this.title = text.trim();
    else if (text.trim() !== "" || number?.ordinal || pieces.some(({ type }) => type === "note")) {
      const outline = valOf(pPr, "outlineLvl");
      const rank = outline === undefined ? style.outline : Number(outline);
      const rtl = isOn(pPr, "bidi") ?? style.rtl;
      const indent = indentOf(pPr) ?? (number ? (number.indent ?? style.indent) : undefined) ?? 0;
      const placed = this.#placed(pieces, text, rank, number, indent, cell);
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
    number: Numbered | undefined,
    indent: number,
    cell: Cell | undefined,
  ): SourceParagraph {
    const styled = rank !== undefined && rank < 6 ? rank + 1 : undefined;
    const heading = styled ?? (number || cell ? undefined : typedHeadingLevel(text));
    const form = heading === undefined ? "paragraph" : "heading";
    const typed = number ? undefined : readTypedOrdinal(text.trimStart(), form);
    const margin = text.length - text.trimStart().length;
    const rest = trimStart(typed ? cut(pieces, margin + typed.from, margin + typed.length) : pieces);
    const ordinal = number?.ordinal ?? typed?.ordinal ?? "";
    if (heading !== undefined) {
      this.#levels.clear();
      this.#last = -1;
      this.#margins.length = 0;
      if (number) {
        const levels = Math.max(number.ilvl + 1, this.#headingLevels.get(number.list) ?? 0);
        this.#headingLevels.set(number.list, levels);
      }
      return { form, level: heading, ordinal, pieces: rest };
    }
    let level = Math.max(0, Math.min(this.#last + 1, Math.round(indent / INDENT)));
    if (number) level = this.#levelOf(number, indent);
    else if (typed) level = this.#levels.numbered(typed.ordinal, Math.round(indent / (INDENT / 4)));
    if (number || typed) this.#last = level;
    return { form, level: Math.min(level, MAX_LEVEL), ordinal, pieces: rest };
  }

  /** As deep as its list says, below headings of the same list; lists of one level by how far in they stand. */
  #levelOf({ ilvl, list }: Numbered, indent: number): number {
    const below = ilvl - (this.#headingLevels.get(list) ?? 0);
    if (ilvl > 0) return Math.max(0, below);
    const last = () => this.#margins.at(-1);
    while ((last() ?? Number.NEGATIVE_INFINITY) > indent + 100) this.#margins.pop();
    if ((last() ?? Number.NEGATIVE_INFINITY) < indent - 100) this.#margins.push(indent);
    return this.#margins.length - 1;
  }

  #table(table: Element): void {
    const name = `t${++this.#tables}`;
    /** For each column the paragraphs of the cell that goes down from above, and the last row it reaches. */
    const down = new Map<number, { readonly from: number; readonly to: number; last: number }>();
    const end = (column: number) => {
      const { from, to, last } = down.get(column) ?? { from: 0, to: 0, last: 0 };
      down.delete(column);
      for (let at = from; at < to; at++) this.#reachDown(at, last);
    };
    [...within(table, "tr")].forEach((row, index) => {
      let column = Number(valOf(child(row, "trPr"), "gridBefore") ?? "0") || 0;
      for (const cell of within(row, "tc")) {
        const columns = Math.min(Number(valOf(child(cell, "tcPr"), "gridSpan") ?? "1") || 1, 100);
        const before = this.paragraphs.length;
        const merge = child(child(cell, "tcPr"), "vMerge");
        const above = merge && merge.attributes["val"] !== "restart" ? down.get(column) : undefined;
        if (above) above.last = index;
        else end(column);
        this.blocks(cell, { table: name, row: index, column, ...(columns > 1 && { columns }) });
        if (merge && !above) down.set(column, { from: before, to: this.paragraphs.length, last: index });
        column += columns;
      }
    });
    for (const column of [...down.keys()]) end(column);
  }

  /** The cell of this paragraph goes down to a row. */
  #reachDown(at: number, last: number): void {
    const paragraph = this.paragraphs[at];
    const { cell } = paragraph ?? {};
    if (!paragraph || !cell || last === cell.row) return;
    this.paragraphs[at] = { ...paragraph, cell: { ...cell, rows: last + 1 - cell.row } };
  }
}

/** The outermost elements of a name, through content controls, tracked changes and whatever else wraps them. */
function* within(parent: Element, name: string): Generator<Element> {
  for (const element of elements(parent)) {
    if (element.name === name) yield element;
    else if (element.name === "AlternateContent") yield* within(child(element, "Choice") ?? element, name);
    else if (!element.name.endsWith("Pr")) yield* within(element, name);
  }
}

/** Nothing but words: no note, no tracked change, no bracket. */
function isPlain(pieces: readonly Piece[]): boolean {
  return pieces.every((piece) => piece.type === "text" && !piece.revision && !/[[\]]/.test(piece.text));
}
