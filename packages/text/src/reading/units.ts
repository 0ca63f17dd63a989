/**
 * Paragraphs -> clauses and brackets around clauses.
 *
 * A bracket that begins and ends with paragraphs becomes a bracket around clauses. One that crosses them
 * otherwise stays inside a single clause, which then takes in all paragraphs it touches, with breaks between.
 */
import { trimTail } from "../edges.ts";
import type { Clause, ClauseBreak, ClauseId, Inline, NoteId } from "../model.ts";
import { readLabel } from "./label.ts";
import { type BareBracket, type Context, joinMembers } from "./members.ts";
import type { Pair, Token, Tokenized, TokenParagraph } from "./tokens.ts";

/** A clause with the label it began with, or a bracket around such, before alternatives are put together. */
export type Unit =
  | {
      readonly type: "clause";
      readonly clause: Clause;
      readonly label: TokenParagraph["label"];
      readonly at: number;
    }
  | { readonly type: "around"; readonly at: number; readonly units: readonly Unit[] };

type Item = Token | ClauseBreak;

export function unitsOf({ paragraphs, pairs }: Tokenized, context: Context): Unit[] {
  const runs = mergedRuns(pairs);
  const ends = new Map(runs.map(({ start, end }) => [start, end]));
  const around = pairsAround(pairs, runs);
  const root: Unit[] = [];
  const open: { at: number; units: Unit[] }[] = [];
  const add = (unit: Unit) => (open.at(-1)?.units ?? root).push(unit);
  for (let index = 0; index < paragraphs.length; ) {
    const until = ends.get(index) ?? index;
    const items = paragraphs.slice(index, until + 1).flatMap((paragraph, nth) => itemsOf(paragraph, nth > 0));
    const first = paragraphs[index];
    index = until + 1;
    if (!first) break;
    const opening = items.filter((item) => item.type === "open" && around.has(item.pair));
    const closing = items.filter((item) => item.type === "close" && around.has(item.pair));
    const inside = items.filter(
      (item) => !((item.type === "open" || item.type === "close") && around.has(item.pair)),
    );
    let { label } = first;
    let start = clauseOf(first, []);
    if (label && opening.length > 0) {
      add({ type: "clause", clause: start, label, at: first.at });
      start = { ...start, ordinal: "", level: start.level + (start.ordinal === "" ? 0 : 1) };
      label = undefined;
    }
    for (const item of opening) open.push({ at: placeOf([item]), units: [] });
    const cut = label ? undefined : innerLabel(inside);
    const content = inlinesOf(cut?.items ?? inside, context);
    add({ type: "clause", clause: { ...start, content }, label: label ?? cut?.label, at: first.at });
    for (const _ of closing) {
      const closed = open.pop();
      if (closed) add({ type: "around", at: closed.at, units: closed.units });
    }
  }
  return root;
}

/** Paragraphs that must be one clause, from the first to the last, and where the first bracket that crosses them opens. */
interface Merged {
  readonly start: number;
  readonly end: number;
  readonly at: number;
}

function mergedRuns(pairs: readonly Pair[]): Merged[] {
  const runs: Merged[] = [];
  for (const { at, opens, closes, edges } of pairs) {
    if (closes === opens || edges) continue;
    const last = runs.at(-1);
    if (!last || opens > last.end) runs.push({ start: opens, end: closes, at });
    else runs[runs.length - 1] = { ...last, end: Math.max(last.end, closes) };
  }
  return runs;
}

/** The pairs that become brackets around clauses: those with edges, unless they are inside a merged run. */
function pairsAround(pairs: readonly Pair[], runs: readonly Merged[]): Set<number> {
  const around = new Set<number>();
  let run = 0;
  pairs.forEach((pair, index) => {
    if (pair.closes === pair.opens || !pair.edges) return;
    while ((runs[run]?.end ?? Number.POSITIVE_INFINITY) < pair.opens) run++;
    const here = runs[run];
    const inRun = here && here.start <= pair.opens && pair.closes <= here.end;
    const aroundRun = here && here.start === pair.opens && here.end === pair.closes && pair.at < here.at;
    if (!inRun || aroundRun) around.add(index);
  });
  return around;
}

function itemsOf(paragraph: TokenParagraph, follows: boolean): Item[] {
  if (!follows) return [...paragraph.tokens];
  const { form, level, ordinal, label, tokens } = paragraph;
  const at = tokens[0]?.at ?? 0;
  const start: ClauseBreak = { type: "break", clause: "" as ClauseId, form, level, ordinal };
  const said: Item[] = label ? [{ type: "text", at, text: `${label.label} ` }] : [];
  return [start, ...said, ...tokens];
}

function placeOf(items: readonly Item[]): number {
  const first = items.find((item) => item.type !== "break");
  return first && "at" in first ? first.at : 0;
}

/** The label of an alternative behind opening brackets: "[Option 1: ...]" alone in its paragraph. */
function innerLabel(
  items: readonly Item[],
): { label: NonNullable<TokenParagraph["label"]>; items: Item[] } | undefined {
  const index = items.findIndex((item) => item.type === "text" && item.text.trim() !== "");
  const item = items[index];
  const led = items.slice(0, index).some(({ type }) => type === "open");
  if (item?.type !== "text" || !led) return undefined;
  const label = readLabel(item.text.trimStart());
  const [opened] = items;
  const last = items.findLast((one) => one.type !== "text" || /[^\s.,;:]/u.test(one.text));
  const whole = opened?.type === "open" && last?.type === "close" && last.pair === opened.pair;
  if (!label || !whole) return undefined;
  const rest = item.text.trimStart().slice(label.label.length).trimStart();
  return { label, items: [...items.slice(0, index), { ...item, text: rest }, ...items.slice(index + 1)] };
}

function clauseOf(paragraph: TokenParagraph, content: readonly Inline[]): Clause {
  const { form, level, ordinal, direction, cell } = paragraph;
  return {
    type: "clause",
    id: "" as ClauseId,
    form,
    level,
    ordinal,
    content,
    ...(direction && { direction }),
    ...(cell && { cell }),
  };
}

/** Puts brackets together from their signs. Nesting is bounded; pairs are complete. */
export function inlinesOf(items: readonly Item[], context: Context): Inline[] {
  const stack: { at: number; items: (Inline | BareBracket)[] }[] = [{ at: 0, items: [] }];
  const out = () => stack.at(-1)?.items;
  for (const item of items) {
    if (item.type === "open") stack.push({ at: item.at, items: [] });
    else if (item.type === "close") {
      const closed = stack.length > 1 ? stack.pop() : undefined;
      if (closed) out()?.push({ type: "bare", at: closed.at, content: joinMembers(closed.items, context) });
    } else if (item.type === "break") out()?.push(item);
    else if (item.type === "note") out()?.push({ type: "note", note: item.note as NoteId });
    else if (item.text !== "") {
      const { text, marks = [], revision } = item;
      out()?.push({ type: "text", text, ...(marks.length > 0 && { marks }), ...(revision && { revision }) });
    }
  }
  return trimmed(joinMembers(stack[0]?.items ?? [], context));
}

/** A clause neither begins nor ends with white space. */
function trimmed(inlines: Inline[]): Inline[] {
  const list = [...inlines];
  const first = list[0];
  if (first?.type === "text") list[0] = { ...first, text: first.text.replace(/^[ \t\n]+/, "") };
  const last = list.at(-1);
  if (last?.type === "text") list[list.length - 1] = { ...last, text: trimTail(last.text) };
  return list.filter((inline) => inline.type !== "text" || inline.text !== "");
}
