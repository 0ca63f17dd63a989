/**
 * What happened between two versions of a text: clauses changed, moved, added, removed, renumbered; brackets
 * closed, and how, opened, changed, moved. By words, so that neither new numbers nor new ids mislead.
 *
 * How a bracket closed is read from the words that now stand between what stood before and behind it: those of
 * an alternative (it won), none (dropped), others (a compromise).
 */
import type {
  BlockBracket,
  BracketId,
  Clause,
  ClauseId,
  Draft,
  Inline,
  InlineBracket,
  OptionId,
} from "../model.ts";
import { type AnyBracket, type AnyOption, brackets, clauses, clausesIn, isAround } from "../walk.ts";
import { contentWords } from "../words.ts";
import { diffWords, type Edit } from "./diff.ts";
import { matchParagraphs } from "./match.ts";

export interface ClauseChange {
  readonly before?: ClauseId;
  readonly after?: ClauseId;
  readonly change: "same" | "changed" | "added" | "removed";
  readonly moved: boolean;
  /** The number as it was and as it is, if it is another. */
  readonly renumbered?: readonly [string, string];
  readonly edits: readonly Edit[];
}

export type Closing =
  | { readonly how: "won"; readonly option: OptionId; readonly words: string }
  | { readonly how: "dropped" }
  | { readonly how: "compromise"; readonly words: string }
  | { readonly how: "clause-removed" };

export interface BracketChange {
  readonly change: "closed" | "opened" | "changed" | "same";
  readonly moved: boolean;
  readonly before?: BracketId;
  readonly after?: BracketId;
  readonly clause?: ClauseId;
  /** The words of all alternatives, as they were, or, if it is new, as they are. */
  readonly words: string;
  readonly closing?: Closing;
}

export interface Comparison {
  readonly clauses: readonly ClauseChange[];
  readonly brackets: readonly BracketChange[];
}

export function compareDrafts(before: Draft, after: Draft): Comparison {
  const old = new Side(before);
  const now = new Side(after);
  const { from, moved } = matchParagraphs(old.words, now.words);
  return { clauses: clauseChanges(old, now, from, moved), brackets: bracketChanges(old, now, from, moved) };
}

interface Placed {
  readonly bracket: AnyBracket;
  readonly words: string;
  /** The clause, by its place in the list, in which it opens; `BEFORE_ALL` if no clause has begun. */
  readonly clause: number;
}
const BEFORE_ALL = -1;

class Side {
  readonly clauses: readonly Clause[];
  readonly words: readonly (readonly string[])[];
  readonly brackets: readonly Placed[];

  constructor(draft: Draft) {
    this.clauses = clauses(draft);
    this.words = this.clauses.map(({ content }) => contentWords(content));
    const places = new Map(this.clauses.map(({ id }, index) => [id, index]));
    let last = BEFORE_ALL;
    this.brackets = brackets(draft).map(({ bracket, clause }) => {
      last = (clause && places.get(clause)) ?? last;
      return { bracket, words: contentWords([bracket]).join(" "), clause: last };
    });
  }
}

function clauseChanges(
  old: Side,
  now: Side,
  from: ReadonlyMap<number, number>,
  moved: ReadonlySet<number>,
): ClauseChange[] {
  const changes = now.clauses.map((clause, index): ClauseChange => {
    const source = from.get(index);
    const before = source === undefined ? undefined : old.clauses[source];
    const edits = diffWords(source === undefined ? [] : (old.words[source] ?? []), now.words[index] ?? []);
    if (!before) return { after: clause.id, change: "added", moved: false, edits };
    return {
      before: before.id,
      after: clause.id,
      change: edits.every(({ change }) => change === "same") ? "same" : "changed",
      moved: moved.has(index),
      ...(before.ordinal !== clause.ordinal && { renumbered: [before.ordinal, clause.ordinal] as const }),
      edits,
    };
  });
  const kept = new Set(from.values());
  const removed = old.clauses.flatMap((clause, index): ClauseChange[] => {
    if (kept.has(index)) return [];
    return [
      { before: clause.id, change: "removed", moved: false, edits: diffWords(old.words[index] ?? [], []) },
    ];
  });
  return [...changes, ...removed];
}

function bracketChanges(
  old: Side,
  now: Side,
  from: ReadonlyMap<number, number>,
  moved: ReadonlySet<number>,
): BracketChange[] {
  const counterpart = new Map([
    [BEFORE_ALL, BEFORE_ALL],
    ...[...from].map(([after, before]) => [before, after] as const),
  ]);
  const pairs = pairBrackets(old, now, counterpart);
  const changes = old.brackets.map((placed, index): BracketChange => {
    const { bracket, words, clause } = placed;
    const found = pairs.get(index);
    const at = old.clauses[clause]?.id;
    const where = at === undefined ? {} : { clause: at };
    const match = found === undefined ? undefined : now.brackets[found];
    if (!match) {
      const closing = closingOf(placed, old, now, counterpart);
      return { change: "closed", moved: false, before: bracket.id, ...where, words, closing };
    }
    return {
      change: match.words === words && match.bracket.kind === bracket.kind ? "same" : "changed",
      moved: counterpart.get(clause) !== match.clause || moved.has(match.clause),
      before: bracket.id,
      after: match.bracket.id,
      ...where,
      words,
    };
  });
  const kept = new Set(pairs.values());
  const opened = now.brackets.flatMap(({ bracket, words, clause }, index): BracketChange[] => {
    if (kept.has(index)) return [];
    const at = now.clauses[clause]?.id;
    return [
      { change: "opened", moved: false, after: bracket.id, ...(at !== undefined && { clause: at }), words },
    ];
  });
  return [...changes, ...opened];
}

/** How many brackets of a clause are looked at to find one that is alike. */
const LOOKED_AT = 200;

/** For each bracket before its counterpart: same words in the same clause, anywhere, alike in the same clause. */
function pairBrackets(old: Side, now: Side, counterpart: ReadonlyMap<number, number>): Map<number, number> {
  const pairs = new Map<number, number>();
  const taken = new Set<number>();
  const pass = (
    fits: (before: Placed, after: Placed) => boolean,
    key: (placed: Placed, side: Side) => string,
  ) => {
    /** Those that are free, by their key, the first of them last. */
    const free = new Map<string, number[]>();
    for (let index = now.brackets.length - 1; index >= 0; index--) {
      const placed = now.brackets[index];
      if (!placed || taken.has(index)) continue;
      const name = key(placed, now);
      const others = free.get(name);
      if (others) others.push(index);
      else free.set(name, [index]);
    }
    old.brackets.forEach((placed, index) => {
      if (pairs.has(index)) return;
      const candidates = free.get(key(placed, old)) ?? [];
      const last = Math.max(0, candidates.length - LOOKED_AT);
      for (let at = candidates.length - 1; at >= last; at--) {
        const one = candidates[at] ?? -1;
        const match = now.brackets[one];
        if (!match || !fits(placed, match)) continue;
        candidates.splice(at, 1);
        pairs.set(index, one);
        taken.add(one);
        return;
      }
    });
  };
  const clauseKey = ({ clause }: Placed, side: Side) =>
    String(side === old ? (counterpart.get(clause) ?? `-${clause}`) : clause);
  pass(
    () => true,
    (placed, side) => `${clauseKey(placed, side)} ${placed.words}`,
  );
  pass(
    ({ words }) => words.includes(" "),
    ({ words }) => words,
  );
  pass(alike, clauseKey);
  return pairs;
}

/** Half of the words or more in common. */
function alike(before: Placed, after: Placed): boolean {
  const left = before.words.split(" ");
  const right = new Set(after.words.split(" "));
  const shared = left.filter((word) => right.has(word)).length;
  return shared > 0 && (2 * shared) / (left.length + right.size) >= 0.5;
}

function closingOf(
  { bracket, clause }: Placed,
  old: Side,
  now: Side,
  counterpart: ReadonlyMap<number, number>,
): Closing {
  if (isAround(bracket)) return closingAround(bracket, old, counterpart);
  const content = old.clauses[clause]?.content ?? [];
  const after = counterpart.get(clause);
  if (after === undefined) {
    const whole = content.length === 1 && content[0]?.type === "bracket" && content[0].id === bracket.id;
    const canGo = whole && bracket.options.some(({ noText }) => noText);
    return { how: canGo ? "dropped" : "clause-removed" };
  }
  const sides = around(content, bracket);
  if (!sides) return { how: "clause-removed" };
  const words = between(sides, now.words[after] ?? []);
  const standing = words.length === 0 ? standingOption(bracket, sides, now.words[after] ?? []) : undefined;
  if (standing) return { how: "won", option: standing.id, words: contentWords(standing.content).join(" ") };
  const said = words.join(" ");
  for (const option of bracket.options) {
    const own = option.noText ? [] : contentWords(option.content);
    if (own.join(" ") !== said) continue;
    return option.noText || words.length === 0
      ? { how: "dropped" }
      : { how: "won", option: option.id, words: said };
  }
  if (words.length === 0) return { how: "dropped" };
  const near = bracket.options.find(
    (option) => !option.noText && isMostly(words, contentWords(option.content)),
  );
  return near ? { how: "won", option: near.id, words: said } : { how: "compromise", words: said };
}

/**
 * Where nothing seems left of a bracket: the alternative all of whose words stand in the new text after all, since words
 * behind the bracket that are like its own had been taken for those.
 */
function standingOption(
  { options }: AnyBracket,
  [before, behind]: readonly [readonly string[], readonly string[]],
  text: readonly string[],
): AnyOption | undefined {
  const changed = (edits: readonly Edit[]) =>
    edits.reduce((sum, { change, words }) => sum + (change === "same" ? 0 : words.length), 0);
  const without = changed(diffWords([...before, ...behind], text));
  return (options as readonly AnyOption[]).find((option) => {
    const own = option.noText ? [] : contentWords(option.content);
    if (own.length === 0) return false;
    const left = changed(diffWords([...before, ...own, ...behind], text));
    return left < without && left + own.length <= without;
  });
}

/** Of a bracket around clauses: the alternative whose clauses are still there won. */
function closingAround(bracket: BlockBracket, old: Side, counterpart: ReadonlyMap<number, number>): Closing {
  const there = new Set([...counterpart.keys()].map((index) => old.clauses[index]?.id));
  const kept = bracket.options.filter(
    (option) => !option.noText && clausesIn(option.content).some(({ id }) => there.has(id)),
  );
  const words = kept.flatMap(({ content }) => contentWords(content)).join(" ");
  const [only] = kept;
  if (!only) return { how: bracket.options.some(({ noText }) => noText) ? "dropped" : "clause-removed" };
  return kept.length === 1 ? { how: "won", option: only.id, words } : { how: "compromise", words };
}

/** All words taken from an alternative, in order: it won, and brackets inside it closed too. */
function isMostly(words: readonly string[], option: readonly string[]): boolean {
  let at = 0;
  for (const word of option) if (word === words[at]) at++;
  return at === words.length && words.length * 2 >= option.length;
}

/** The words of a clause before and behind one of its brackets. */
function around(content: readonly Inline[], bracket: AnyBracket): [string[], string[]] | undefined {
  for (const [index, inline] of content.entries()) {
    if (inline.type !== "bracket") continue;
    const sides = inline.id === bracket.id ? ([[], []] as const) : aroundInside(inline, bracket);
    if (!sides) continue;
    const before = contentWords(content.slice(0, index));
    const behind = contentWords(content.slice(index + 1));
    return [
      [...before, ...sides[0]],
      [...sides[1], ...behind],
    ];
  }
  return undefined;
}

function aroundInside(outer: InlineBracket, bracket: AnyBracket): [string[], string[]] | undefined {
  for (const { content } of outer.options) {
    const inside = around(content, bracket);
    if (inside) return inside;
  }
  return undefined;
}

/** The words of `text` that stand between the last words of one side and the first of the other. */
function between(
  [before, behind]: readonly [readonly string[], readonly string[]],
  text: readonly string[],
): string[] {
  const edits = diffWords([...before, ...behind], text);
  let old = 0;
  let now = 0;
  let from = 0;
  let to: number | undefined;
  for (const { change, words } of edits) {
    if (change === "inserted") now += words.length;
    else if (change === "deleted") old += words.length;
    else {
      for (let nth = 0; nth < words.length; nth++) {
        if (old + nth < before.length) from = now + nth + 1;
        else to ??= now + nth;
      }
      old += words.length;
      now += words.length;
    }
  }
  return text.slice(from, to ?? text.length);
}
