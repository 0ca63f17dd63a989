/** `numbering.xml`: the numbers that Word shows, counted as Word counts them. */
import { formatNumber } from "./number-formats.ts";
import type { NumberingUse } from "./styles.ts";
import { child, type Element, elements, indentOf, isOn, valOf } from "./xml.ts";

interface Level {
  readonly start: number;
  readonly format: string;
  readonly text: string;
  readonly restartAfter: number | undefined;
  readonly style: string | undefined;
  readonly legal: boolean;
  /** Twentieths of a point, or undefined if the level says nothing. */
  readonly indent: number | undefined;
}

/** A number as shown; `list`: which counts go together; `indent`: as the level says. */
export interface Numbered {
  readonly ordinal: string;
  readonly ilvl: number;
  readonly list: string;
  readonly indent: number | undefined;
}

interface List {
  readonly abstract: string;
  readonly overrides: ReadonlyMap<number, { start: number | undefined; level: Level | undefined }>;
}

const LEVELS = 9;

export class Numbering {
  readonly #levels = new Map<string, (Level | undefined)[]>();
  readonly #lists = new Map<string, List>();
  readonly #counts = new Map<string, (number | undefined)[]>();
  readonly #begun = new Set<string>();

  /** `listOfStyle`: the list that a numbering style names, for lists defined by such a style. */
  constructor(root: Element | undefined, listOfStyle: (style: string) => string | undefined) {
    const links = new Map<string, string>();
    for (const element of elements(root)) {
      const id = element.attributes[element.name === "num" ? "numId" : "abstractNumId"] ?? "";
      if (element.name === "abstractNum") {
        const levels: (Level | undefined)[] = new Array(LEVELS).fill(undefined);
        for (const lvl of elements(element)) {
          const index = Number(lvl.attributes["ilvl"]);
          if (lvl.name === "lvl" && index >= 0 && index < LEVELS) levels[index] = readLevel(lvl);
        }
        this.#levels.set(id, levels);
        const link = valOf(element, "numStyleLink");
        if (link !== undefined) links.set(id, link);
      }
      if (element.name === "num") this.#lists.set(id, readList(element));
    }
    for (const [id, style] of links) {
      const target = this.#lists.get(listOfStyle(style) ?? "");
      const levels = target && this.#levels.get(target.abstract);
      if (levels) this.#levels.set(id, levels);
    }
  }

  /** The next number of a list, and how deep it stands: as said, else as a level names one of the paragraph's styles. */
  next(use: NumberingUse, styles: readonly string[]): Numbered | undefined {
    const list = this.#lists.get(use.numId);
    const abstract = list && this.#levels.get(list.abstract);
    if (!list || !abstract) return undefined;
    const levels = abstract.map((level, index) => list.overrides.get(index)?.level ?? level);
    const ofStyle = styles
      .map((style) => levels.findIndex((one) => one?.style === style))
      .find((index) => index >= 0);
    const ilvl = Math.min(Math.max(use.ilvl ?? ofStyle ?? 0, 0), LEVELS - 1);
    const level = levels[ilvl];
    if (!level) return undefined;
    const counts = this.#counts.get(list.abstract) ?? new Array<number | undefined>(LEVELS).fill(undefined);
    this.#counts.set(list.abstract, counts);
    this.#count(use.numId, list, levels, counts, ilvl);
    const { indent } = level;
    return { ordinal: this.#show(level, levels, counts), ilvl, list: list.abstract, indent };
  }

  #count(
    numId: string,
    list: List,
    levels: readonly (Level | undefined)[],
    counts: (number | undefined)[],
    ilvl: number,
  ): void {
    const override = list.overrides.get(ilvl)?.start;
    const first = !this.#begun.has(`${numId}/${ilvl}`);
    this.#begun.add(`${numId}/${ilvl}`);
    const count = counts[ilvl];
    if (first && override !== undefined) counts[ilvl] = override;
    else counts[ilvl] = count === undefined ? (levels[ilvl]?.start ?? 1) : count + 1;
    for (let above = 0; above < ilvl; above++) counts[above] ??= levels[above]?.start ?? 1;
    for (let below = ilvl + 1; below < LEVELS; below++) {
      const restart = levels[below]?.restartAfter;
      if (restart === 0 || (restart !== undefined && ilvl + 1 > restart)) continue;
      counts[below] = undefined;
    }
  }

  #show(
    level: Level,
    levels: readonly (Level | undefined)[],
    counts: readonly (number | undefined)[],
  ): string {
    if (level.format === "bullet") return "•";
    if (level.format === "none" && !/%\d/.test(level.text)) return level.text.trim();
    return level.text
      .replace(/%(\d)/g, (_, digit: string) => {
        const index = Number(digit) - 1;
        const of = levels[index];
        const format = level.legal ? "decimal" : (of?.format ?? "decimal");
        return formatNumber(counts[index] ?? of?.start ?? 1, format);
      })
      .trim();
  }
}

function readLevel(lvl: Element): Level {
  const restart = valOf(lvl, "lvlRestart");
  return {
    start: Number(valOf(lvl, "start") ?? "1") || 0,
    format:
      valOf(lvl, "numFmt") ?? valOf(child(child(lvl, "AlternateContent"), "Fallback"), "numFmt") ?? "decimal",
    text: valOf(lvl, "lvlText") ?? "",
    restartAfter: restart === undefined ? undefined : Number(restart),
    style: valOf(lvl, "pStyle"),
    legal: isOn(lvl, "isLgl") ?? false,
    indent: indentOf(child(lvl, "pPr")),
  };
}

function readList(num: Element): List {
  const overrides = new Map<number, { start: number | undefined; level: Level | undefined }>();
  for (const override of elements(num)) {
    if (override.name !== "lvlOverride") continue;
    const start = valOf(override, "startOverride");
    const lvl = child(override, "lvl");
    overrides.set(Number(override.attributes["ilvl"]), {
      start: start === undefined ? undefined : Number(start),
      level: lvl && readLevel(lvl),
    });
  }
  return { abstract: valOf(num, "abstractNumId") ?? "", overrides };
}
