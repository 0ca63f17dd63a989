/**
 * Displayed numbers -> Word's automatic numbering. Each pattern ("Article %1", "(%2)") at each level is a list
 * of its own; a number that does not follow the one before it begins the list anew with that number, so that
 * Word shows exactly what the draft says. What fits no pattern ("3.3bis") is written as text.
 */
import { formatNumber } from "./number-formats.ts";
import { escapeXml } from "./xml.ts";

const FORMATS = ["decimal", "lowerRoman", "lowerLetter", "upperRoman", "upperLetter"] as const;
type Format = (typeof FORMATS)[number];
const MAX_ILVL = 8;
const PATTERN = /^([^\d%]*?)(\d{1,5}|[a-z]{1,4}|[A-Z]{1,4})([.)]?)$/;

interface Pattern {
  readonly abstract: number;
  readonly prefix: string;
  readonly format: Format;
  readonly suffix: string;
  readonly ilvl: number;
  numId: number;
  value: number;
}

export interface ListUse {
  readonly numId: number;
  readonly ilvl: number;
}

export class Ordinals {
  readonly #patterns = new Map<string, Pattern>();
  readonly #lists: { readonly abstract: number; readonly ilvl: number; readonly start: number }[] = [];

  /** The list that shows this number here, or undefined if it must be text. */
  use(ordinal: string, ilvl: number): ListUse | undefined {
    const match = PATTERN.exec(ordinal);
    if (!match || ilvl > MAX_ILVL) return undefined;
    const [, prefix = "", core = "", suffix = ""] = match;
    if (/[A-Za-z]/.test(core) && !(prefix === "" || /[\s(]$/.test(prefix))) return undefined;
    if (/[A-Za-z]$/.test(core) && suffix === "" && prefix === "") return undefined;
    const key = (format: Format) => [prefix, format, suffix, ilvl].join("\u0000");
    const shows = (format: Format, value: number) => formatNumber(value, format) === core;
    for (const format of FORMATS) {
      const known = this.#patterns.get(key(format));
      if (known && shows(format, known.value + 1)) {
        known.value++;
        return { numId: known.numId, ilvl };
      }
    }
    for (const format of FORMATS) {
      const value = numberShown(core, format);
      if (value === undefined) continue;
      const known = this.#patterns.get(key(format));
      const abstract = known?.abstract ?? this.#patterns.size;
      this.#lists.push({ abstract, ilvl, start: value });
      const numId = this.#lists.length;
      this.#patterns.set(key(format), { abstract, prefix, format, suffix, ilvl, numId, value });
      return { numId, ilvl };
    }
    return undefined;
  }

  /** `numbering.xml` for all numbers used so far. */
  render(indent: number): string {
    const abstract = [...this.#patterns.values()].map(({ abstract: id, prefix, format, suffix, ilvl }) => {
      const text = escapeXml(`${prefix}%${ilvl + 1}${suffix}`);
      const left = indent * (ilvl + 1);
      return `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="${ilvl}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${left}" w:hanging="${indent}"/></w:pPr></w:lvl></w:abstractNum>`;
    });
    const lists = this.#lists.map(
      ({ abstract: id, ilvl, start }, index) =>
        `<w:num w:numId="${index + 1}"><w:abstractNumId w:val="${id}"/><w:lvlOverride w:ilvl="${ilvl}"><w:startOverride w:val="${start}"/></w:lvlOverride></w:num>`,
    );
    return [...abstract, ...lists].join("");
  }
}

/** The number that is shown so in a format, if it is a small one. */
function numberShown(core: string, format: Format): number | undefined {
  if (format === "decimal") return /^(?:0|[1-9]\d*)$/.test(core) ? Number(core) : undefined;
  for (let value = 1; value <= 100; value++) if (formatNumber(value, format) === core) return value;
  return undefined;
}
