/**
 * Which paragraph of one version is which of another, by their words, whatever their numbers and places: first
 * the ones with the same words, then, of the rest, those that share most words and pairs of words, best first.
 *
 * Only likely pairs are looked at, so that time grows with the length of the text: paragraphs that share what few
 * others have, and those at the place where the one before would have its next.
 */

export interface Matching {
  /** For each of `after` its counterpart in `before`. */
  readonly from: ReadonlyMap<number, number>;
  /** Those of `after` whose counterpart stood elsewhere among the others. */
  readonly moved: ReadonlySet<number>;
}

/** Share of common words and pairs from which two paragraphs count as the same one, changed. */
const ALIKE = 0.4;
/** What more paragraphs than this have says nothing about which is which. */
const FEW = 50;
/** How many likely pairs of a paragraph are looked at whole, where part of what they share is what many have. */
const LOOKED_AT = 20;
/** How far from the expected place a paragraph is looked for that has nothing of its own. */
const NEAR = 2;

export function matchParagraphs(
  before: readonly (readonly string[])[],
  after: readonly (readonly string[])[],
): Matching {
  const from = new Map<number, number>();
  const taken = new Set<number>();
  const take = (old: number, now: number) => {
    from.set(now, old);
    taken.add(old);
  };
  const byWords = new Map<string, number[]>();
  for (let index = before.length - 1; index >= 0; index--) {
    listOf(byWords, before[index]?.join(" ") ?? "").push(index);
  }
  after.forEach((words, index) => {
    const same = byWords.get(words.join(" "))?.pop();
    if (same !== undefined) take(same, index);
  });
  for (const { old, now } of likely(before, after, taken, from)) {
    if (!taken.has(old) && !from.has(now)) take(old, now);
  }
  return { from, moved: outOfOrder(from) };
}

interface Likely {
  readonly old: number;
  readonly now: number;
  readonly alike: number;
}

/** Pairs of paragraphs left over that are alike, the most alike first. */
function likely(
  before: readonly (readonly string[])[],
  after: readonly (readonly string[])[],
  taken: ReadonlySet<number>,
  from: ReadonlyMap<number, number>,
): Likely[] {
  const oldRuns = before.map((words, index) => (taken.has(index) ? undefined : runsOf(words)));
  const holders = new Map<string, number[]>();
  oldRuns.forEach((runs, index) => {
    for (const run of runs ?? []) listOf(holders, run).push(index);
  });
  const pairs: Likely[] = [];
  let next = 0;
  after.forEach((words, now) => {
    const source = from.get(now);
    if (source !== undefined) {
      next = source + 1;
      return;
    }
    const runs = runsOf(words);
    const shared = new Map<number, number>();
    let common = 0;
    for (const run of runs) {
      const found = holders.get(run) ?? [];
      if (found.length > FEW) common++;
      else for (const old of found) shared.set(old, (shared.get(old) ?? 0) + 1);
    }
    if (common > 0) {
      for (let old = next - NEAR; old <= next + NEAR; old++) {
        if (oldRuns[old] && !shared.has(old)) shared.set(old, 0);
      }
    }
    next++;
    const add = (old: number, count: number, size: number) => {
      const alike = (2 * count) / (runs.size + size);
      if (alike >= ALIKE) pairs.push({ old, now, alike });
    };
    const candidates = [...shared].filter(
      ([old, count]) => 2 * (count + common) >= ALIKE * (runs.size + (oldRuns[old]?.size ?? 0)),
    );
    if (common === 0) for (const [old, count] of candidates) add(old, count, oldRuns[old]?.size ?? 0);
    else {
      candidates.sort(([a, left], [b, right]) => right - left || Math.abs(a - now) - Math.abs(b - now));
      for (const [old] of candidates.slice(0, LOOKED_AT)) {
        const other = oldRuns[old];
        if (other) add(old, inBoth(runs, other), other.size);
      }
    }
  });
  const distance = ({ old, now }: Likely) => Math.abs(old - now);
  return pairs.sort((a, b) => b.alike - a.alike || distance(a) - distance(b));
}

function inBoth(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let count = 0;
  for (const one of left) if (right.has(one)) count++;
  return count;
}

function listOf(lists: Map<string, number[]>, key: string): number[] {
  const known = lists.get(key);
  if (known) return known;
  const list: number[] = [];
  lists.set(key, list);
  return list;
}

/** Its words, and its pairs of neighbouring words. */
function runsOf(words: readonly string[]): Set<string> {
  return new Set([...words, ...words.slice(1).map((word, index) => `${words[index]} ${word}`)]);
}

/** Those outside the longest rising sequence of counterparts (patience sorting). */
function outOfOrder(from: ReadonlyMap<number, number>): Set<number> {
  const entries = [...from].sort(([a], [b]) => a - b);
  const tops: number[] = [];
  const before: (number | undefined)[] = [];
  entries.forEach(([, old], index) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((entries[tops[middle] ?? 0]?.[1] ?? 0) < old) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? tops[low - 1] : undefined;
    tops[low] = index;
  });
  const moved = new Set(entries.map(([now]) => now));
  for (let index = tops.at(-1); index !== undefined; index = before[index]) {
    const entry = entries[index];
    if (entry) moved.delete(entry[0]);
  }
  return moved;
}
