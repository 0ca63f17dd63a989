/** How deep a paragraph stands, from its indentation and the style of its number. */

type Style = "decimal" | "letter" | "roman" | "bullet";

interface Step {
  readonly indent: number;
  readonly style: string;
  last: string;
}

/** Keeps the lists that stand open. Feed it the paragraphs in order. */
export class Levels {
  #steps: Step[] = [];

  /** A heading ends all lists. */
  clear(): void {
    this.#steps = [];
  }

  /** The level of a paragraph with a number; `indent` in columns. */
  numbered(ordinal: string, indent: number): number {
    while ((this.#steps.at(-1)?.indent ?? -1) > indent) this.#steps.pop();
    const style = this.#styleOf(ordinal);
    const same = this.#steps.findLastIndex((step) => step.style === style && step.indent === indent);
    if (same >= 0) {
      this.#steps.length = same + 1;
      const step = this.#steps[same];
      if (step) step.last = ordinal;
      return same;
    }
    this.#steps.push({ indent, style, last: ordinal });
    return this.#steps.length - 1;
  }

  /** The level of a paragraph without a number. */
  plain(indent: number): number {
    while (indent > 0 && (this.#steps.at(-1)?.indent ?? -1) >= indent) this.#steps.pop();
    if (indent === 0) {
      if ((this.#steps[0]?.indent ?? 0) > 0) this.#steps = [];
      return 0;
    }
    return this.#steps.length;
  }

  /** Style and dress: "(a)" and "a." are different, "(i)" after "(h)" is a letter. */
  #styleOf(typed: string): string {
    const ordinal = typed
      .replace(/^(?:PP|OP)\s?\d.*$/, "1.")
      .replace(/^(?:ALT|Alt\.?)\s|(?<=\d)[.\s]{0,2}(?:alt|Alt|ALT)\b.*$/g, "");
    const core = /[\p{L}\p{N}]+/u.exec(ordinal)?.[0] ?? "";
    const dress = `${ordinal.startsWith("(") ? "(" : ""}${/[.)]$/.exec(ordinal)?.[0] ?? ""}`;
    const kind = (style: Style) => `${dress}${core === core.toUpperCase() ? "A" : "a"}${style}`;
    if (core === "") return "bullet";
    if (/^\d/.test(core)) return `decimal${/\./.test(ordinal.slice(0, -1)) ? "." : ""}`;
    const before = this.#steps.findLast((step) => step.style === kind("letter"))?.last ?? "";
    const previous = /[\p{L}]/u.exec(before)?.[0] ?? "";
    const follows = core.length === 1 && previous !== "" && core.charCodeAt(0) === previous.charCodeAt(0) + 1;
    return /^[ivxIVX]+$/.test(core) && !follows ? kind("roman") : kind("letter");
  }
}
