/** Draft -> canonical Markdown, such that reading it again gives the same draft (in its normal form). */
import {
  type Attribution,
  type Block,
  type BlockBracket,
  type Bracket,
  type Cell,
  type Clause,
  type Draft,
  type Inline,
  type InlineBracket,
  MARKS,
  type Mark,
  type Note,
  type Option,
  type Revision,
  type Text,
} from "../model.ts";
import { readOrdinal } from "../ordinal.ts";
import { joinNames, keyValue, renderAttributes } from "./attributes.ts";
import { renderHeader } from "./header.ts";

export function renderMarkdown(draft: Draft): string {
  const notes = draft.notes.map((note) => `\n${renderNote(note)}\n`);
  return `${renderHeader(draft)}${renderBlocks(draft.blocks)}${notes.join("")}`;
}

function renderBlocks(blocks: readonly Block[]): string {
  return blocks
    .map((block) => `\n${block.type === "clause" ? renderClause(block) : renderFence(block)}\n`)
    .join("");
}

function renderClause(clause: Clause): string {
  const heading = clause.form === "heading";
  const start = heading ? `${"#".repeat(clause.level)} ` : "    ".repeat(clause.level);
  const read = readOrdinal(`${clause.ordinal} x`, clause.form);
  const plain = clause.ordinal !== "" && read?.ordinal === clause.ordinal;
  const words = renderContent(clause.content);
  const shown = plain ? `${clause.ordinal} ${words}` : words;
  const mistaken = readOrdinal(shown, clause.form)?.ordinal !== (plain ? clause.ordinal : undefined);
  const content = mistaken ? `\\${words}` : words;
  const attributes = renderAttributes([
    `#${clause.id}`,
    !plain && clause.ordinal !== "" && keyValue("ordinal", clause.ordinal),
    clause.concerns && keyValue("concerns", joinNames(clause.concerns)),
    clause.direction,
    clause.cell && keyValue("cell", renderCell(clause.cell)),
  ]);
  return `${start}${[plain ? clause.ordinal : "", content, attributes].filter((part) => part !== "").join(" ")}`;
}

function renderCell({ table, row, column, columns = 1, rows = 1 }: Cell): string {
  const span = columns > 1 || rows > 1 ? `:${columns}:${rows}` : "";
  return `${table}:${row}:${column}${span}`;
}

function renderNote(note: Note): string {
  const attributes = renderAttributes([
    note.kind !== "footnote" && `kind=${note.kind}`,
    keyValue("author", note.author),
    keyValue("date", note.date),
  ]);
  return [`[^${note.id}]:`, renderContent(note.content), attributes].filter((part) => part !== "").join(" ");
}

const FENCES = {
  optional: "optional",
  alternation: "alternation",
  "option-block": "options",
  placeholder: "placeholder",
} as const;

function renderFence(bracket: BlockBracket): string {
  const alone = bracket.kind === "optional" || bracket.kind === "placeholder";
  const own = renderAttributes([
    ...ownAttributes(bracket),
    ...(alone ? loneAttributes(bracket.options) : []),
  ]);
  const members = bracket.options.map((option) => {
    if (alone) return renderBlocks(option.content);
    const attributes = renderAttributes(memberAttributes(option));
    const label = escapeText(option.label ?? "").replace(/\n/g, "\\\n");
    return `\n:: ${label === "" ? "" : `${label} `}${attributes}\n${renderBlocks(option.content)}`;
  });
  return `::: ${FENCES[bracket.kind]} ${own}\n${members.join("")}\n:::`;
}

/** A clause's or note's content; white space at its edges and signs that would start a block are escaped. */
function renderContent(inlines: readonly Inline[]): string {
  const words = new InlineRenderer().render(inlines);
  return words
    .replace(/^(?=[#:>+|-])/, "\\")
    .replace(/^[ \t]/, "\\$&")
    .replace(/((?:^|[^\\])(?:\\\\)*)([ \t])$/, "$1\\$2");
}

/** Writes inline content; marks and revisions are closed at every bracket, so that each part stands alone. */
class InlineRenderer {
  #out = "";
  #marks: readonly Mark[] = [];
  #revision: Revision | undefined;

  render(inlines: readonly Inline[]): string {
    this.#inlines(inlines);
    this.#set([], undefined);
    return this.#out;
  }

  #inlines(inlines: readonly Inline[]): void {
    for (const inline of inlines) {
      if (inline.type === "text") this.#text(inline);
      else {
        this.#set([], undefined);
        if (inline.type === "note") this.#out += `[^${inline.note}]`;
        else if (inline.type === "bracket") this.#bracket(inline);
        else {
          const attributes = renderAttributes([
            `#${inline.clause}`,
            inline.form === "heading" && "heading",
            `level=${inline.level}`,
            inline.ordinal !== "" && keyValue("ordinal", inline.ordinal),
          ]);
          this.#out += `{break ${attributes.slice(1)}`;
        }
      }
    }
  }

  #text(text: Text): void {
    const afterBracket = this.#out.endsWith("}") || this.#out.endsWith("]");
    this.#set(text.marks ?? [], text.revision);
    const escaped = escapeText(text.text);
    this.#out += afterBracket && /^[/:]/.test(escaped) ? `\\${escaped}` : escaped;
  }

  #bracket(bracket: InlineBracket): void {
    const alone = bracket.kind === "optional" || bracket.kind === "placeholder";
    const members = alone ? bracket.options.slice(0, 1) : bracket.options;
    members.forEach((option, index) => {
      const last = index === members.length - 1;
      this.#out += "[";
      this.#inlines(option.content);
      this.#set([], undefined);
      const attributes = renderAttributes([
        ...(last ? ownAttributes(bracket) : []),
        ...(last ? [flagOf(bracket)] : []),
        ...(alone ? loneAttributes(bracket.options) : memberAttributes(option)),
        !alone && keyValue("label", option.label),
      ]);
      this.#out += `]${attributes}${last ? "" : "/"}`;
    });
  }

  /** Closes and opens marks so that exactly these hold. */
  #set(marks: readonly Mark[], revision: Revision | undefined): void {
    const same = JSON.stringify(revision) === JSON.stringify(this.#revision);
    if (!same && this.#revision) {
      this.#toggleMarks(this.#marks);
      this.#marks = [];
      this.#out += this.#revision.kind === "insertion" ? "{/ins}" : "{/del}";
    }
    if (!same && revision) {
      this.#toggleMarks(this.#marks);
      this.#marks = [];
      const { kind, author, date } = revision;
      this.#out += `{${kind === "insertion" ? "ins" : "del"} ${keyValue("author", author)}${date === undefined ? "" : ` ${keyValue("date", date)}`}}`;
    }
    this.#revision = revision;
    this.#toggleMarks(
      MARKS.filter((mark) => this.#marks.includes(mark) !== marks.includes(mark)),
      marks,
    );
    this.#marks = marks;
  }

  /** `then`: the marks that hold afterwards, to tell the opening of `{{` from its closing. */
  #toggleMarks(changed: readonly Mark[], then: readonly Mark[] = []): void {
    const has = (mark: Mark) => changed.includes(mark);
    if (has("editorial")) this.#out += then.includes("editorial") ? "{{" : "}}";
    this.#out += "*".repeat((has("emphasis") ? 1 : 0) + (has("strong") ? 2 : 0));
    this.#out += "~".repeat((has("subscript") ? 1 : 0) + (has("strike") ? 2 : 0));
    this.#out += has("superscript") ? "^" : "";
    this.#out += has("underline") ? "_" : "";
  }
}

function escapeText(text: string): string {
  return text
    .replace(/[\\[\]{}*^~_]/g, "\\$&")
    .replace(/\n([ \t]?)/g, (_, space: string) => `\\\n${space && `\\${space}`}`);
}

/** The flag that says the kind where the number of members does not. */
function flagOf(bracket: InlineBracket): string | undefined {
  if (bracket.kind === "placeholder") return "placeholder";
  if (bracket.kind === "option-block") return "options";
  return bracket.kind === "alternation" && bracket.options.length === 1 ? "alternation" : undefined;
}

function ownAttributes(bracket: Bracket<unknown>): (string | false | undefined)[] {
  return [`#${bracket.id}`, bracket.ambiguous && "ambiguous"];
}

function loneAttributes(options: readonly Option<unknown>[]): (string | undefined)[] {
  const [kept, dropped] = options;
  return [
    ...attributionItems("by", "supports", kept?.attributions),
    ...attributionItems("against", "againstSupports", dropped?.attributions),
  ];
}

function memberAttributes(option: Option<unknown>): (string | false | undefined)[] {
  return [
    `=${option.id}`,
    option.open && "open",
    option.noText && "none",
    ...attributionItems("by", "supports", option.attributions),
  ];
}

function attributionItems(by: string, supports: string, attributions: readonly Attribution[] = []) {
  const named = (role: Attribution["role"]) =>
    attributions.filter((attribution) => attribution.role === role).map(({ party }) => party);
  const item = (key: string, names: string[]) =>
    names.length === 0 ? undefined : keyValue(key, joinNames(names));
  return [item(by, named("proposes")), item(supports, named("supports"))];
}
