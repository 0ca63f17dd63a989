/**
 * Draft -> Word (.docx): automatic numbers, brackets as text, tracked changes, footnotes, attributions as
 * comments, EXERCISE and symbol in the header. The same draft gives the same bytes; no author, no date of its
 * own. The draft itself goes along in a custom part, so that ids and alternatives come back (`read.ts`).
 */
import { renderMarkdown } from "../canonical/render.ts";
import type { Attribution, Draft, Mark, Note, Revision } from "../model.ts";
import { type Paragraph, paragraphsOf, type Run, runsOf } from "../paragraphs.ts";
import { pack } from "./archive.ts";
import { Ordinals } from "./ordinals.ts";
import {
  contentTypes,
  coreProperties,
  documentRelations,
  draftPart,
  packageRelations,
  styles,
  wordPart,
} from "./parts.ts";
import { escapeXml } from "./xml.ts";

/** Twentieths of a point by which each level is indented. */
export const INDENT = 567;
/** The author of comments that say who stands behind an alternative. */
export const BACKERS = "Parley";

/** Between the paragraphs of a page's header or footer, which are one entry of the draft's header. */
export const EDGE_JOINT = " | ";

export interface WordOptions {
  /**
   * Leaves out the part with the draft itself and the comments that say who stands behind an alternative: nothing then
   * goes along that does not stand on the page, the draft's own comments excepted.
   */
  readonly withoutModel?: boolean;
}

export function writeWord(draft: Draft, { withoutModel = false }: WordOptions = {}): Uint8Array {
  const writer = new Writer(draft.notes, !withoutModel);
  const body = writer.body(draft);
  const edges = pageEdges(draft);
  const parts = new Map<string, string>();
  const references = edges.map(({ name }) => `<w:${name}Reference w:type="default" r:id="${name}"/>`);
  const section = `<w:sectPr>${references.join("")}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>`;
  parts.set("word/document.xml", wordPart("document", `<w:body>${body}${section}</w:body>`));
  parts.set("word/styles.xml", styles(draft.language ?? "en"));
  parts.set("word/numbering.xml", wordPart("numbering", writer.ordinals.render(INDENT)));
  for (const { name, root, lines } of edges) {
    const written = lines.map(
      (line) => `<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>${textRun(line, [])}</w:p>`,
    );
    parts.set(`word/${name}1.xml`, wordPart(root, written.join("")));
  }
  parts.set("word/footnotes.xml", wordPart("footnotes", writer.footnotes()));
  const comments = writer.comments();
  if (comments !== "") parts.set("word/comments.xml", wordPart("comments", comments));
  parts.set("docProps/core.xml", coreProperties(draft.title));
  if (!withoutModel) parts.set("customXml/item1.xml", draftPart(renderMarkdown(draft)));
  const names = [...parts.keys()];
  return pack(
    new Map([
      ["[Content_Types].xml", contentTypes(names)],
      ["_rels/.rels", packageRelations],
      ["word/_rels/document.xml.rels", documentRelations(names)],
      ...parts,
    ]),
  );
}

/** What stands on the edges of every page: EXERCISE and the symbol, and what the source had there. */
function pageEdges(draft: Draft) {
  const own = [draft.exercise && "EXERCISE", draft.symbol].filter(Boolean).join(" · ");
  const edges = [
    { name: "header", root: "hdr", lines: [own, ...(draft.other?.["header"]?.split(EDGE_JOINT) ?? [])] },
    { name: "footer", root: "ftr", lines: draft.other?.["footer"]?.split(EDGE_JOINT) ?? [] },
  ];
  return edges
    .map((edge) => ({ ...edge, lines: edge.lines.filter((line) => line !== "") }))
    .filter(({ lines }) => lines.length > 0);
}

class Writer {
  readonly ordinals = new Ordinals();
  readonly #notes: readonly Note[];
  readonly #saysBackers: boolean;
  /** Comments that say who stands behind an alternative; numbered after the draft's own. */
  readonly #backers: string[] = [];
  #changes = 0;

  constructor(notes: readonly Note[], saysBackers: boolean) {
    this.#notes = notes;
    this.#saysBackers = saysBackers;
  }

  body(draft: Draft): string {
    const title =
      draft.title === ""
        ? ""
        : `<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>${textRun(draft.title, [])}</w:p>`;
    const paragraphs = paragraphsOf(draft);
    const parts: string[] = [];
    for (let index = 0; index < paragraphs.length; ) {
      const table = paragraphs[index]?.cell?.table;
      let end = index + 1;
      while (table !== undefined && paragraphs[end]?.cell?.table === table) end++;
      const group = paragraphs.slice(index, end);
      parts.push(
        table === undefined ? group.map((one) => this.#paragraph(one)).join("") : this.#table(group),
      );
      index = end;
    }
    return title + parts.join("");
  }

  #table(cells: readonly Paragraph[]): string {
    const rows = new Map<number, Map<number, Paragraph[]>>();
    for (const paragraph of cells) {
      const { row = 0, column = 0 } = paragraph.cell ?? {};
      const inRow = rows.get(row) ?? new Map<number, Paragraph[]>();
      rows.set(row, inRow.set(column, [...(inRow.get(column) ?? []), paragraph]));
    }
    const width = Math.max(...cells.map(({ cell }) => (cell?.column ?? 0) + (cell?.columns ?? 1)));
    const border = ["top", "left", "bottom", "right", "insideH", "insideV"]
      .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`)
      .join("");
    const body = [...rows.values()].map((row) => {
      const filled = [...row.values()].map((paragraphs) => {
        const columns = paragraphs[0]?.cell?.columns ?? 1;
        const span = columns > 1 ? `<w:tcPr><w:gridSpan w:val="${columns}"/></w:tcPr>` : "";
        return `<w:tc>${span}${paragraphs.map((one) => this.#paragraph(one)).join("")}</w:tc>`;
      });
      return `<w:tr>${filled.join("")}</w:tr>`;
    });
    const grid = '<w:gridCol w:w="2000"/>'.repeat(Math.min(width, 60));
    return `<w:tbl><w:tblPr><w:tblBorders>${border}</w:tblBorders></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${body.join("")}</w:tbl><w:p/>`;
  }

  #paragraph({ form, level, ordinal, runs, direction }: Paragraph): string {
    const ilvl = form === "heading" ? level - 1 : level;
    const list = ordinal === "" ? undefined : this.ordinals.use(ordinal, ilvl);
    const pPr = [
      form === "heading" && `<w:pStyle w:val="Heading${level}"/>`,
      list && `<w:numPr><w:ilvl w:val="${list.ilvl}"/><w:numId w:val="${list.numId}"/></w:numPr>`,
      direction && "<w:bidi/>",
      !list && form === "paragraph" && level > 0 && `<w:ind w:left="${INDENT * level}"/>`,
    ].filter(Boolean);
    const change = wholeChange(runs);
    if (change) pPr.push(`<w:rPr>${this.#change(change, "")}</w:rPr>`);
    const typed =
      list || ordinal === ""
        ? ""
        : this.#text({ type: "text", text: `${ordinal} `, ...(change && { revision: change }) });
    return `<w:p>${pPr.length > 0 ? `<w:pPr>${pPr.join("")}</w:pPr>` : ""}${typed}${this.#runs(runs)}</w:p>`;
  }

  #runs(runs: readonly Run[]): string {
    return runs.map((run) => (run.type === "note" ? this.#note(run.note) : this.#text(run))).join("");
  }

  #text(run: Extract<Run, { type: "text" }>): string {
    const { revision, marks = [], by } = run;
    const deleted = revision?.kind === "deletion";
    const written = textRun(run.text, marks, deleted);
    if (by && this.#saysBackers) return this.#backed(written, by);
    if (!revision) return written;
    return this.#change(revision, written);
  }

  #change({ kind, author, date }: Revision, written: string): string {
    const name = kind === "deletion" ? "del" : "ins";
    const when = date === undefined ? "" : ` w:date="${escapeXml(date)}"`;
    return `<w:${name} w:id="${++this.#changes}" w:author="${escapeXml(author)}"${when}>${written}</w:${name}>`;
  }

  /** The sign of an alternative with a comment that says who stands behind it. */
  #backed(written: string, by: readonly Attribution[]): string {
    const named = (role: Attribution["role"]) =>
      by.filter((one) => one.role === role).map(({ party }) => party);
    const said = [
      named("proposes").length > 0 && `Proposed by ${named("proposes").join("; ")}.`,
      named("supports").length > 0 && `Supported by ${named("supports").join("; ")}.`,
    ].filter(Boolean);
    const id = this.#notes.length + this.#backers.length;
    this.#backers.push(comment(id, BACKERS, undefined, textRun(said.join(" "), [])));
    return `<w:commentRangeStart w:id="${id}"/>${written}<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`;
  }

  #note(id: string): string {
    const index = this.#notes.findIndex((note) => note.id === id);
    const note = this.#notes[index];
    if (!note) return "";
    if (note.kind === "comment") return `<w:r><w:commentReference w:id="${index}"/></w:r>`;
    return `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="${index + 1}"/></w:r>`;
  }

  footnotes(): string {
    const separators = [
      '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>',
      '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>',
    ];
    const notes = this.#notes.map((note, index) => {
      if (note.kind === "comment") return "";
      const mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>';
      return `<w:footnote w:id="${index + 1}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>${mark}${this.#runs(runsOf(note.content))}</w:p></w:footnote>`;
    });
    return [...separators, ...notes].join("");
  }

  comments(): string {
    const own = this.#notes.map((note, index) =>
      note.kind === "comment"
        ? comment(index, note.author ?? "", note.date, this.#runs(runsOf(note.content)))
        : "",
    );
    return [...own, ...this.#backers].join("");
  }
}

function comment(id: number, author: string, date: string | undefined, runs: string): string {
  const dated = date === undefined ? "" : ` w:date="${escapeXml(date)}"`;
  return `<w:comment w:id="${id}" w:author="${escapeXml(author)}"${dated}><w:p>${runs}</w:p></w:comment>`;
}

const MARK_XML: Readonly<Record<Mark, string>> = {
  strong: "<w:b/>",
  emphasis: "<w:i/>",
  strike: "<w:strike/>",
  editorial: '<w:color w:val="7F7F7F"/>',
  underline: '<w:u w:val="single"/>',
  superscript: '<w:vertAlign w:val="superscript"/>',
  subscript: '<w:vertAlign w:val="subscript"/>',
};
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;

/** The one change by which all words of a paragraph came or went; then its end and its number did too. */
function wholeChange(runs: readonly Run[]): Revision | undefined {
  const words = runs.filter((run) => run.type === "text");
  const first = words[0]?.revision;
  const same = ({ revision }: (typeof words)[number]) =>
    revision?.kind === first?.kind && revision?.author === first?.author && revision?.date === first?.date;
  return first && words.every(same) ? first : undefined;
}

function textRun(text: string, marks: readonly Mark[], deleted = false): string {
  const order: readonly Mark[] = [
    "strong",
    "emphasis",
    "strike",
    "editorial",
    "underline",
    "superscript",
    "subscript",
  ];
  const properties = order.filter((mark) => marks.includes(mark)).map((mark) => MARK_XML[mark]);
  if (RTL.test(text)) properties.push("<w:rtl/>");
  const rPr = properties.length > 0 ? `<w:rPr>${properties.join("")}</w:rPr>` : "";
  const tag = deleted ? "w:delText" : "w:t";
  const parts = text.split(/([\n\t])/).map((part) => {
    if (part === "\n") return "<w:br/>";
    if (part === "\t") return "<w:tab/>";
    return part === "" ? "" : `<${tag} xml:space="preserve">${escapeXml(part)}</${tag}>`;
  });
  return `<w:r>${rPr}${parts.join("")}</w:r>`;
}
