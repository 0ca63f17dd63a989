/**
 * Word (.docx) -> draft. Numbers as Word shows them, tracked changes and comments with their authors, footnotes,
 * tables, hidden text (as editorial). Words of headers and footers are no clauses: the draft's header keeps them.
 *
 * A document that Parley wrote has the draft itself in a part of its own; it is taken if the words that a reader
 * sees are still those that Parley wrote. Else the words count, and get back the ids that still fit.
 */
import { adoptIds } from "../adopt.ts";
import { TextError } from "../error.ts";
import { Lines } from "../lines.ts";
import { parseMarkdown } from "../markdown.ts";
import type { Draft } from "../model.ts";
import { assemble } from "../reading/assemble.ts";
import { type Piece, type SourceDocument, textOf } from "../reading/source.ts";
import type { Reading } from "../report.ts";
import { unpack } from "./archive.ts";
import { BodyReader } from "./body.ts";
import { Numbering } from "./numbering.ts";
import { DRAFT_NAMESPACE } from "./parts.ts";
import { Styles } from "./styles.ts";
import { BACKERS, EDGE_JOINT, writeWord } from "./write.ts";
import { child, type Element, parseXml, textInside } from "./xml.ts";

const WANTED =
  /^word\/(?:document|styles|numbering|footnotes|endnotes|comments|header|footer)\d*\.xml$|^customXml\/item\d+\.xml$/i;
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
  const adopted = adoptIds(assemble(withoutBackers(source)), kept.draft);
  return { ...adopted, draft: withEdges(adopted.draft, source) };
}

/** The page's header and footer as they are now; the symbol is in the header of its own accord. */
function withEdges({ other: kept = {}, ...draft }: Draft, source: SourceDocument): Draft {
  const now = Object.entries(source.other ?? {}).map(([key, words]) => {
    const lines = words.split(EDGE_JOINT).filter((line) => key !== "header" || line !== draft.symbol);
    return [key, lines.join(EDGE_JOINT)] as const;
  });
  const others = Object.entries(kept).filter(([key]) => key !== "header" && key !== "footer");
  const other = Object.fromEntries([...others, ...now.filter(([, words]) => words !== "")]);
  return Object.keys(other).length > 0 ? { ...draft, other } : draft;
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
  const header = JSON.stringify([source.title, source.symbol, source.exercise, source.other]);
  return [header, ...paragraphs, ...notes].join("\u0003");
}

function readSource(parts: ReadonlyMap<string, Uint8Array>): SourceDocument {
  const all = (stem: string) =>
    [...parts]
      .filter(([name]) => new RegExp(`^word/${stem}\\d*\\.xml$`, "i").test(name))
      .map(([name, bytes]) => parseXml(bytes, name));
  const body = child(all("document")[0], "body");
  if (!body) {
    throw new TextError("not-word", { line: 1, column: 1 }, "this is not a Word document, or it is cut off.");
  }
  const styles = new Styles(all("styles")[0]);
  const numbering = new Numbering(all("numbering")[0], (style) => styles.paragraph(style).numbering?.numId);
  const reader = new BodyReader(styles, numbering);
  reader.blocks(body, undefined);
  const notes = [
    ...reader.notes(all("footnotes")[0], "footnote", "fn"),
    ...reader.notes(all("endnotes")[0], "endnote", "en"),
    ...reader.notes(all("comments")[0], "comment", "cm"),
  ];
  const lines = new Lines(reader.shown);
  const place = (at: number) => lines.place(at);
  const { exercise, symbol, header } = ownHeader(pageEdges(all("header"), styles));
  const footer = pageEdges(all("footer"), styles);
  const other = {
    ...(header.length > 0 && { header: header.join(EDGE_JOINT) }),
    ...(footer.length > 0 && { footer: footer.join(EDGE_JOINT) }),
  };
  return {
    title: reader.title,
    ...(symbol !== undefined && { symbol }),
    ...(exercise && { exercise }),
    ...(Object.keys(other).length > 0 && { other }),
    paragraphs: reader.paragraphs,
    notes,
    repairs: reader.leftOut.map((at) => ({
      place: place(at),
      code: "part-left-out",
      done: "a document of another format, a chart or a diagram that is put in here is not read; it was left out",
    })),
    place,
  };
}

/** What stands on the edges of the pages: each paragraph once, though first and other pages may repeat it. */
function pageEdges(roots: readonly Element[], styles: Styles): string[] {
  const reader = new BodyReader(styles, new Numbering(undefined, () => undefined));
  for (const root of roots) reader.blocks(root, undefined);
  const words = reader.paragraphs.map(({ ordinal, pieces }) =>
    `${ordinal} ${textOf(pieces)}`.replace(/\s+/gu, " ").trim(),
  );
  return [...new Set(words)].filter((line) => line !== "");
}

/** The line that Parley writes at the head of every page of an exercise, and the others. */
function ownHeader(lines: readonly string[]): {
  exercise: true | undefined;
  symbol: string | undefined;
  header: readonly string[];
} {
  const own = lines.map((line) => /^EXERCISE(?: · (.+))?$/u.exec(line)).find((match) => match !== null);
  return {
    exercise: own ? true : undefined,
    symbol: own?.[1],
    header: lines.filter((line) => line !== own?.[0]),
  };
}
