/**
 * Labelled paragraphs -> option blocks: "Option 1: ... Option 2: ... {End of options}".
 *
 * A block begins with a label and goes on with labels of the same series and depth, rising in number. An
 * alternative has all paragraphs up to the next label. The last one ends where the source says so, at a
 * heading, at a paragraph of a higher rank, before a number that does not go on from its own, or, if its label
 * stood in a paragraph with text and the other alternatives were one paragraph each, with that paragraph.
 */
import { saysNoText } from "../classify.ts";
import {
  type Block,
  type BlockBracket,
  type BracketId,
  type Clause,
  DROP,
  KEEP,
  type Option,
  type OptionId,
} from "../model.ts";
import { plainText } from "../walk.ts";
import { type Label, saysEndOfOptions } from "./label.ts";
import type { Unit } from "./units.ts";

export type OnBlock = (bracket: BlockBracket, at: number) => void;

interface Alternative {
  readonly label: Label;
  /** Its first words stand behind the label, in one paragraph. */
  readonly withText: boolean;
  readonly units: Unit[];
}

export function blocksOf(units: readonly Unit[], onBlock: OnBlock): Block[] {
  const blocks: Block[] = [];
  for (let index = 0; index < units.length; ) {
    const unit = units[index];
    if (!unit) break;
    if (unit.type === "around") {
      blocks.push(optionalBlock(unit, onBlock));
      index++;
    } else if (unit.label) {
      const { ordinal } = unit.clause;
      if (ordinal !== "") blocks.push({ ...unit.clause, content: [] });
      const { alternatives, end } = alternativesFrom(units, index);
      if (ordinal === "" && alternatives.length === 1 && isNumber(unit.label)) {
        blocks.push({ ...unit.clause, ordinal: unit.label.label });
        index++;
        continue;
      }
      blocks.push(optionBlock(alternatives, unit.at, onBlock));
      index = end;
    } else {
      blocks.push(unit.clause);
      index++;
    }
  }
  return blocks;
}

/** "ALT 3.2" without others: the number of a paragraph that may stand for paragraph 3.2. */
function isNumber({ label, series }: Label): boolean {
  return series === "decimal" && /^alt/iu.test(label) && !label.endsWith(":");
}

/** A label behind a number counts as one deeper: "1. Option 1: ..." and, below, "Option 2: ...". */
function depthOf(unit: Extract<Unit, { type: "clause" }>): number {
  return unit.clause.level + (unit.clause.ordinal === "" ? 0 : 1);
}

function alternativesFrom(
  units: readonly Unit[],
  from: number,
): { alternatives: Alternative[]; end: number } {
  const first = units[from];
  if (first?.type !== "clause" || !first.label) return { alternatives: [], end: from + 1 };
  const base = depthOf(first);
  const alternatives: Alternative[] = [begin(first, first.label)];
  let index = from + 1;
  for (; index < units.length; index++) {
    const unit = units[index];
    const last = alternatives.at(-1);
    if (!unit || !last) break;
    if (unit.type === "clause" && unit.clause.form === "heading") break;
    const depth = unit.type === "clause" ? depthOf(unit) : undefined;
    const atMargin = first.clause.ordinal !== "" && depth === base - 1 && numberOf(unit) === "";
    const beside = depth === base || atMargin;
    const sibling = unit.type === "clause" && unit.label?.series === last.label.series && beside;
    if (unit.type === "clause" && unit.label && sibling) {
      if (unit.clause.ordinal !== "" || !continues(last.label, unit.label)) break;
      alternatives.push(begin(unit, unit.label));
      continue;
    }
    if (unit.type === "clause" && saysEndOfOptions(plainText(unit.clause.content))) {
      last.units.push(unit);
      index++;
      break;
    }
    if (leaves(unit, base) || !belongs(unit, index)) break;
    last.units.push(unit);
  }
  return { alternatives, end: index };

  function belongs(unit: Unit, at: number): boolean {
    const last = alternatives.at(-1);
    const beside = last?.withText === true && first?.type === "clause" && isBeside(unit, first.clause);
    const elsewhere = goesOnElsewhere(unit, last, base);
    if (depthIn(unit) > base && !beside && !elsewhere) return true;
    if (last && anotherFollows(units, at, last.label, base)) return true;
    if (elsewhere) return false;
    if (last?.units.length === 0) return true;
    const opened = last?.units[0];
    if (last?.withText && opened?.type === "clause" && saysNoText(plainText(opened.clause.content)))
      return false;
    if (!last?.withText) return !(opened?.type === "clause" && saysNoText(plainText(opened.clause.content)));
    return alternatives
      .slice(0, -1)
      .some((one) => one.units.filter((inner) => !deeper(inner, base)).length > 1);
  }
}

/** How deep a unit stands, if it can stand in an alternative at all. */
function depthIn(unit: Unit): number {
  return unit.type === "clause" ? depthOf(unit) : -1;
}

/** A numbered paragraph as deep as the labels, which have no numbers, is one of those among which the block stands. */
function isBeside(unit: Unit, label: Clause): boolean {
  return (
    unit.type === "clause" &&
    unit.clause.ordinal !== "" &&
    label.ordinal === "" &&
    unit.clause.level <= label.level
  );
}

/** "4." behind an alternative whose last paragraph was "2.": it goes on from somewhere else. */
function goesOnElsewhere(unit: Unit, last: Alternative | undefined, base: number): boolean {
  const number = figureAt(unit, base);
  const before = last?.units.map((inner) => figureAt(inner, base)).findLast((figure) => figure !== undefined);
  return number !== undefined && before !== undefined && number !== before && number !== before + 1;
}

function figureAt(unit: Unit, level: number): number | undefined {
  if (unit.type !== "clause" || unit.clause.level !== level) return undefined;
  const figure = /^(\d{1,3})(?![\d.]*\d)/.exec(unit.clause.ordinal)?.[1];
  return figure === undefined ? undefined : Number(figure);
}

function begin(unit: Extract<Unit, { type: "clause" }>, label: Label): Alternative {
  const clause: Clause = { ...unit.clause, ordinal: "", level: depthOf(unit) };
  const withText = clause.content.length > 0;
  return { label, withText, units: withText ? [{ ...unit, clause, label: undefined }] : [] };
}

function numberOf(unit: Unit): string | undefined {
  return unit.type === "clause" ? unit.clause.ordinal : undefined;
}

function deeper(unit: Unit, base: number): boolean {
  return unit.type === "clause" && unit.clause.level > base;
}

function continues(before: Label, label: Label): boolean {
  if (label.series !== before.series) return false;
  return label.rank > before.rank || (label.rank === before.rank && label.suffix !== before.suffix);
}

/** A paragraph of higher rank than the alternatives ends their block. */
function leaves(unit: Unit, base: number): boolean {
  return unit.type === "clause" && unit.clause.level < base;
}

/** Does the next label of this series and depth come before the block must end? */
function anotherFollows(units: readonly Unit[], from: number, label: Label, base: number): boolean {
  for (let index = from; index < Math.min(units.length, from + 200); index++) {
    const unit = units[index];
    if (unit?.type !== "clause") continue;
    if (unit.clause.form === "heading" || leaves(unit, base)) return false;
    if (unit.label && depthOf(unit) === base && unit.label.series === label.series) {
      return continues(label, unit.label);
    }
  }
  return false;
}

function optionBlock(alternatives: readonly Alternative[], at: number, onBlock: OnBlock): BlockBracket {
  const options = alternatives.map(({ label, units }): Option<Block> => {
    const content = blocksOf(units, onBlock);
    const [first, ...more] = content;
    const noText = more.length === 0 && first?.type === "clause" && saysNoText(plainText(first.content));
    return { id: "" as OptionId, content, label: label.label, ...(noText && { noText: true as const }) };
  });
  const bracket: BlockBracket = { type: "bracket", id: "" as BracketId, kind: "option-block", options };
  onBlock(bracket, at);
  return bracket;
}

function optionalBlock(unit: Extract<Unit, { type: "around" }>, onBlock: OnBlock): BlockBracket {
  const content = blocksOf(unit.units, onBlock);
  const bracket: BlockBracket = {
    type: "bracket",
    id: "" as BracketId,
    kind: "optional",
    options: [
      { id: KEEP, content },
      { id: DROP, content: [], noText: true },
    ],
  };
  onBlock(bracket, unit.at);
  return bracket;
}
