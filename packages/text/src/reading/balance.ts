/**
 * Which closing bracket belongs to which opening one, in a text where some are missing or too many.
 *
 * Brackets of a paragraph that are balanced in it belong together. For the rest, the pairing of least cost:
 * a bracket left without its partner costs 1; a pair across paragraphs costs more the less it looks meant (it
 * does not begin and end with a paragraph, it crosses headings or labels of alternatives, it is long). A beam
 * search keeps the cheapest 24 partial pairings, so time and memory are linear in the number of brackets.
 */

/** A bracket in reading order. `edge`: it opens at the start, or closes at the end, of its paragraph. */
export interface BracketSign {
  readonly type: "open" | "close";
  readonly paragraph: number;
  readonly at: number;
  readonly edge: boolean;
}

/** What stands between one paragraph and the one before it. */
export type Boundary = "paragraph" | "label" | "heading";

const BEAM = 24;
const ALONE = 1;
const MISALIGNED = 0.7;
const CROSSING: Readonly<Record<Boundary, number>> = { paragraph: 0.15, label: 0.3, heading: 0.5 };
/** Of pairs that begin and end with paragraphs. */
const ALIGNED: Readonly<Record<Boundary, number>> = { paragraph: 0.02, label: 0.03, heading: 0.1 };
const PER_CHARACTER = 1e-7;

interface Open {
  readonly index: number;
  readonly depth: number;
  readonly below: Open | undefined;
}
interface Pair {
  readonly open: number;
  readonly close: number;
  readonly before: Pair | undefined;
}
interface State {
  readonly cost: number;
  readonly stack: Open | undefined;
  readonly pairs: Pair | undefined;
}

/** For each sign the index of its partner, or undefined if it has none. */
export function pairBrackets(
  signs: readonly BracketSign[],
  boundaries: readonly Boundary[],
): (number | undefined)[] {
  const partners: (number | undefined)[] = signs.map(() => undefined);
  const rest = pairWithin(signs, partners);
  const costs = new Costs(boundaries);
  let states: State[] = [{ cost: 0, stack: undefined, pairs: undefined }];
  for (const index of rest) states = cheapest(states.flatMap((state) => step(state, index, signs, costs)));
  const final = (state: State) => state.cost + ALONE * depth(state.stack);
  const best = states.reduce((a, b) => (final(b) < final(a) ? b : a));
  for (let pair = best.pairs; pair; pair = pair.before) {
    partners[pair.open] = pair.close;
    partners[pair.close] = pair.open;
  }
  return partners;
}

/** Pairs the brackets of paragraphs that are balanced in themselves; gives the others. */
function pairWithin(signs: readonly BracketSign[], partners: (number | undefined)[]): number[] {
  const rest: number[] = [];
  let from = 0;
  while (from < signs.length) {
    let to = from;
    while (signs[to]?.paragraph === signs[from]?.paragraph) to++;
    const pairs = balanced(signs, from, to);
    if (pairs) {
      for (const [open, close] of pairs) {
        partners[open] = close;
        partners[close] = open;
      }
    } else for (let index = from; index < to; index++) rest.push(index);
    from = to;
  }
  return rest;
}

function balanced(signs: readonly BracketSign[], from: number, to: number): [number, number][] | undefined {
  const stack: number[] = [];
  const pairs: [number, number][] = [];
  for (let index = from; index < to; index++) {
    if (signs[index]?.type === "open") stack.push(index);
    else {
      const open = stack.pop();
      if (open === undefined) return undefined;
      pairs.push([open, index]);
    }
  }
  return stack.length === 0 ? pairs : undefined;
}

function step(state: State, index: number, signs: readonly BracketSign[], costs: Costs): State[] {
  const sign = signs[index];
  const alone: State = { ...state, cost: state.cost + ALONE };
  if (!sign) return [state];
  if (sign.type === "open")
    return [{ ...state, stack: { index, depth: depth(state.stack) + 1, below: state.stack } }];
  const next: State[] = [alone];
  let { stack, cost } = state;
  for (let skipped = 0; stack && skipped < 4; skipped++) {
    const open = signs[stack.index];
    if (open) {
      next.push({
        cost: cost + costs.between(open, sign),
        stack: stack.below,
        pairs: { open: stack.index, close: index, before: state.pairs },
      });
    }
    stack = stack.below;
    cost += ALONE;
  }
  return next;
}

/** The cheapest states, one for each set of brackets still open. */
function cheapest(states: State[]): State[] {
  const seen = new Set<number>();
  const kept: State[] = [];
  for (const state of states.sort((a, b) => a.cost - b.cost)) {
    const top = (state.stack?.index ?? -1) * 1000 + (depth(state.stack) % 1000);
    if (seen.has(top)) continue;
    seen.add(top);
    kept.push(state);
    if (kept.length === BEAM) break;
  }
  return kept;
}

function depth(stack: Open | undefined): number {
  return stack?.depth ?? 0;
}

class Costs {
  readonly #crossing: number[] = [0];
  readonly #aligned: number[] = [0];

  /** `boundaries[i]`: what stands before paragraph i. */
  constructor(boundaries: readonly Boundary[]) {
    for (const boundary of boundaries) {
      this.#crossing.push((this.#crossing.at(-1) ?? 0) + CROSSING[boundary]);
      this.#aligned.push((this.#aligned.at(-1) ?? 0) + ALIGNED[boundary]);
    }
  }

  between(open: BracketSign, close: BracketSign): number {
    const length = (close.at - open.at) * PER_CHARACTER;
    if (open.paragraph === close.paragraph) return length;
    const aligned = open.edge && close.edge;
    const sums = aligned ? this.#aligned : this.#crossing;
    const crossed = (sums[close.paragraph + 1] ?? 0) - (sums[open.paragraph + 1] ?? 0);
    return length + crossed + (open.edge ? 0 : MISALIGNED) + (close.edge ? 0 : MISALIGNED);
  }
}
