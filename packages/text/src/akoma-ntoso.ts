/**
 * Draft -> Akoma Ntoso 1.0 (OASIS, namespace .../akn/3.0), document type `doc`, mapped as
 * `docs/formats/akoma-ntoso.md` says. Brackets are containers and inlines named `bracket` and `alternative`, with
 * attributes in a namespace of Parley's own, which the schema lets stand on any element.
 */
import { renderMarkdown } from "./canonical/render.ts";
import type {
  Block,
  BlockBracket,
  Clause,
  Draft,
  Inline,
  InlineBracket,
  Mark,
  Note,
  Option,
} from "./model.ts";
import { isOpenEnded } from "./walk.ts";
import { escapeXml } from "./word/xml.ts";

export const AKN_NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0";
export const PARLEY_NAMESPACE = "urn:parley:draft:1";

export interface AkomaNtosoOptions {
  /** Year-month-day of the text; 0001-01-01 where it is not known. */
  readonly date?: string;
  /** The draft itself goes along in `meta`, for Parley to read back; never in a clean copy. */
  readonly withModel?: boolean;
}

export function renderAkomaNtoso(
  draft: Draft,
  { date = UNKNOWN_DATE, withModel = false }: AkomaNtosoOptions = {},
): string {
  const writer = new Writer(draft.notes);
  const body = writer.blocks(draft.blocks);
  const exercise = draft.exercise ? ' parley:exercise="true"' : "";
  return `<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="${AKN_NAMESPACE}" xmlns:parley="${PARLEY_NAMESPACE}">
<doc name="negotiatingText">
${meta(draft, date, withModel)}
<preface><p>${preface(draft)}</p></preface>
<mainBody${exercise}>${body === "" ? "<p/>" : body}</mainBody>
</doc>
</akomaNtoso>
`;
}

function preface(draft: Draft): string {
  const exercise = draft.exercise ? "EXERCISE " : "";
  const symbol = draft.symbol === undefined ? "" : `<docNumber>${escapeXml(draft.symbol)}</docNumber> `;
  return `${exercise}${symbol}<docTitle>${escapeXml(draft.title)}</docTitle>`;
}

/** Stands for a date that is not known. */
export const UNKNOWN_DATE = "0001-01-01";

/** Codes of two letters, and of three as the schema wants them. */
export const LANGUAGES: Readonly<Record<string, string>> = {
  ar: "ara",
  en: "eng",
  es: "spa",
  fr: "fra",
  ru: "rus",
  uk: "ukr",
  zh: "zho",
};

function meta(draft: Draft, date: string, withModel: boolean): string {
  const model = withModel
    ? `<proprietary source="#parley"><parley:draft>${escapeXml(renderMarkdown(draft))}</parley:draft></proprietary>`
    : "";
  const name = (draft.symbol ?? draft.title).replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80) || "draft";
  const work = `/akn/un/doc/negotiatingText/${date}/${escapeXml(name)}`;
  const language = LANGUAGES[(draft.language ?? "en").slice(0, 2)] ?? "und";
  const properties = (uri: string) =>
    `<FRBRthis value="${uri}/!main"/><FRBRuri value="${uri}"/><FRBRdate date="${escapeXml(date)}" name="text"/><FRBRauthor href="#parties" as="#author"/>`;
  return `<meta><identification source="#parley"><FRBRWork>${properties(work)}<FRBRcountry value="un"/></FRBRWork><FRBRExpression>${properties(`${work}/${language}`)}<FRBRlanguage language="${language}"/></FRBRExpression><FRBRManifestation>${properties(`${work}/${language}.xml`)}</FRBRManifestation></identification><references source="#parley"><TLCOrganization eId="parley" href="/ontology/organization/parley" showAs="Parley"/><TLCOrganization eId="parties" href="/ontology/organization/parties" showAs="The parties"/><TLCRole eId="author" href="/ontology/role/author" showAs="Author"/></references>${model}</meta>`;
}

/** A clause, bracket or table with what stands under it. */
interface Node {
  readonly rank: number;
  readonly block: Block;
  readonly cells: readonly Clause[];
  readonly children: Node[];
}

function rankOf(block: Block): number {
  if (block.type === "clause") return block.form === "heading" ? block.level : 100 + block.level;
  for (const option of block.options) if (option.content[0]) return rankOf(option.content[0]);
  return 100;
}

/** The tree that form and level describe; cells of one table are one node. */
function outline(blocks: readonly Block[]): Node[] {
  const roots: Node[] = [];
  const above: Node[] = [];
  for (const block of blocks) {
    const rank = rankOf(block);
    const before = above.at(-1);
    const table = block.type === "clause" ? block.cell?.table : undefined;
    if (table !== undefined && before?.cells[0]?.cell?.table === table && block.type === "clause") {
      above[above.length - 1] = { ...before, cells: [...before.cells, block] };
      const siblings = above.at(-2)?.children ?? roots;
      siblings[siblings.length - 1] = above.at(-1) ?? before;
      continue;
    }
    while (above.length > 0 && (above.at(-1)?.rank ?? 0) >= rank) above.pop();
    while (above.at(-1)?.block.type === "bracket" || (above.at(-1)?.cells.length ?? 0) > 0) above.pop();
    const cells = table !== undefined && block.type === "clause" ? [block] : [];
    const node: Node = { rank, block, cells, children: [] };
    (above.at(-1)?.children ?? roots).push(node);
    above.push(node);
  }
  return roots;
}

const MARKS: Readonly<Record<Mark, readonly [string, string]>> = {
  emphasis: ["<i>", "</i>"],
  strong: ["<b>", "</b>"],
  underline: ["<u>", "</u>"],
  superscript: ["<sup>", "</sup>"],
  subscript: ["<sub>", "</sub>"],
  strike: ['<inline name="strike">', "</inline>"],
  editorial: ['<inline name="editorial">', "</inline>"],
};

class Writer {
  readonly #notes: ReadonlyMap<string, Note>;
  readonly #shown = new Set<string>();

  constructor(notes: readonly Note[]) {
    this.#notes = new Map(notes.map((note) => [note.id, note]));
  }

  blocks(blocks: readonly Block[]): string {
    return outline(blocks)
      .map((node) => this.#node(node))
      .join("\n");
  }

  #node(node: Node): string {
    if (node.cells.length > 0) return this.#table(node.cells);
    return node.block.type === "clause" ? this.#clause(node.block, node.children) : this.#block(node.block);
  }

  #clause(clause: Clause, children: readonly Node[]): string {
    const [open, close] = elementOf(clause);
    const concerns = clause.concerns ? ` parley:concerns="${escapeXml(clause.concerns.join("; "))}"` : "";
    const num = clause.ordinal === "" ? "" : `<num>${escapeXml(clause.ordinal)}</num>`;
    const inside = children.map((child) => this.#node(child)).join("\n");
    const words = this.inlines(clause.content);
    const start = `<${open} eId="c-${clause.id}"${concerns}>${num}`;
    if (clause.form === "heading") {
      return `${start}<heading>${words}</heading>${inside === "" ? "<content><p/></content>" : inside}</${close}>`;
    }
    const text =
      inside === "" ? `<content><p>${words}</p></content>` : `<intro><p>${words}</p></intro>\n${inside}`;
    return `${start}${text}</${close}>`;
  }

  #block(bracket: BlockBracket): string {
    const options = bracket.options.map((option) => {
      const label = option.label === undefined ? "" : `<num>${escapeXml(option.label)}</num>`;
      const inside = this.blocks(option.content);
      return `<hcontainer name="alternative" eId="b-${bracket.id}__${option.id}"${optionAttributes(option)}>${label}${inside === "" ? "<content><p/></content>" : inside}</hcontainer>`;
    });
    return `<hcontainer name="bracket" eId="b-${bracket.id}"${bracketAttributes(bracket)}>${options.join("\n")}</hcontainer>`;
  }

  #table(cells: readonly Clause[]): string {
    const first = cells[0];
    const rows = new Map<number, Clause[]>();
    for (const clause of cells) {
      const row = clause.cell?.row ?? 0;
      rows.set(row, [...(rows.get(row) ?? []), clause]);
    }
    const body = [...rows.values()].map((row) => {
      const filled = row.map((clause) => {
        const { columns = 1, rows: down = 1 } = clause.cell ?? {};
        const span = `${columns > 1 ? ` colspan="${columns}"` : ""}${down > 1 ? ` rowspan="${down}"` : ""}`;
        const ordinal = clause.ordinal === "" ? "" : `${escapeXml(clause.ordinal)} `;
        return `<td eId="c-${clause.id}"${span}><p>${ordinal}${this.inlines(clause.content)}</p></td>`;
      });
      return `<tr>${filled.join("")}</tr>`;
    });
    return `<paragraph eId="table-c-${first?.id}"><content><table>${body.join("")}</table></content></paragraph>`;
  }

  inlines(inlines: readonly Inline[]): string {
    return inlines.map((inline) => this.#inline(inline)).join("");
  }

  #inline(inline: Inline): string {
    switch (inline.type) {
      case "text": {
        let words = escapeXml(inline.text).replace(/\n/g, "<eol/>");
        for (const mark of inline.marks ?? []) words = `${MARKS[mark][0]}${words}${MARKS[mark][1]}`;
        if (!inline.revision) return words;
        const name = inline.revision.kind === "insertion" ? "ins" : "del";
        return `<${name} parley:author="${escapeXml(inline.revision.author)}">${words}</${name}>`;
      }
      case "note":
        return this.#note(inline.note);
      case "break":
        return `<eol/><inline name="clause" eId="c-${inline.clause}">${escapeXml(inline.ordinal)}</inline> `;
      case "bracket":
        return this.#bracket(inline);
    }
  }

  #bracket(bracket: InlineBracket): string {
    const options = bracket.options.map((option) => {
      const label = option.label === undefined ? "" : ` parley:label="${escapeXml(option.label)}"`;
      const eId = `b-${bracket.id}__${option.id}`;
      return `<inline name="alternative" eId="${eId}"${optionAttributes(option)}${label}>${this.inlines(option.content)}</inline>`;
    });
    return `<inline name="bracket" eId="b-${bracket.id}"${bracketAttributes(bracket)}>${options.join("")}</inline>`;
  }

  /** A note stands where its first mark is; further marks refer to it. */
  #note(id: string): string {
    const note = this.#notes.get(id);
    if (!note) return "";
    if (this.#shown.has(id)) return `<noteRef href="#n-${id}"/>`;
    this.#shown.add(id);
    const author = note.author === undefined ? "" : ` parley:author="${escapeXml(note.author)}"`;
    return `<authorialNote eId="n-${id}" class="${note.kind}" placement="bottom"${author}><p>${this.inlines(note.content)}</p></authorialNote>`;
  }
}

/** The element for a clause, by what it is called or how deep it stands. */
function elementOf(clause: Clause): [open: string, close: string] {
  if (clause.form === "paragraph") {
    const name = ["paragraph", "point"][clause.level] ?? "indent";
    return [name, name];
  }
  const named = /^(article|chapter|section|part|title)\b/i.exec(clause.ordinal)?.[1]?.toLowerCase();
  return named ? [named, named] : ['hcontainer name="heading"', "hcontainer"];
}

function bracketAttributes(bracket: InlineBracket | BlockBracket): string {
  const open = isOpenEnded(bracket) ? ' parley:openEnded="true"' : "";
  return ` parley:kind="${bracket.kind}"${open}${bracket.ambiguous ? ' parley:ambiguous="true"' : ""}`;
}

function optionAttributes(option: Option<unknown>): string {
  const names = (role: "proposes" | "supports") =>
    (option.attributions ?? [])
      .filter((attribution) => attribution.role === role)
      .map(({ party }) => party)
      .join("; ");
  return [
    ` parley:option="${option.id}"`,
    option.open && ' parley:open="true"',
    option.noText && ' parley:noText="true"',
    names("proposes") && ` parley:by="${escapeXml(names("proposes"))}"`,
    names("supports") && ` parley:supports="${escapeXml(names("supports"))}"`,
  ]
    .filter(Boolean)
    .join("");
}
