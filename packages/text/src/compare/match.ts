/**
 * Which paragraph of one version is which of another, by their words, whatever their numbers and places: first
 * the ones with the same words, then, of the rest, those that share most words and pairs of words, best first.
 */

export interface Matching {
  /** For each of `after` its counterpart in `before`. */
  readonly from: ReadonlyMap<number, number>;
  /** Those of `after` whose counterpart stood elsewhere among the others. */
  readonly moved: ReadonlySet<number>;
}

/** Share of common words and pairs from which two paragraphs count as the same one, changed. */
const ALIKE = 0.4;

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
  before.forEach((words, index) => {
    const key = words.join(" ");
    byWords.set(key, [...(byWords.get(key) ?? []), index]);
  });
  after.forEach((words, index) => {
    const same = byWords.get(words.join(" "))?.shift();
    if (same !== undefined) take(same, index);
  });
  for (const { old, now } of likely(before, after, taken, from)) {
    if (!taken.has(old) && !from.has(now)) take(old, now);
  }
  return { from, moved: outOfOrder(from) };
}

function likely(
  before: readonly (readonly string[])[],
  after: readonly (readonly string[])[],
  taken: ReadonlySet<number>,
  from: ReadonlyMap<number, number>,
) {
  const holders = new Map<string, number[]>();
  before.forEach((words, index) => {
    if (taken.has(index)) return;
    for (const run of runsOf(words)) holders.set(run, [...(holders.get(run) ?? []), index]);
  });
  const pairs: { old: number; now: number; alike: number }[] = [];
  after.forEach((words, now) => {
    if (from.has(now)) return;
    const runs = runsOf(words);
    const shared = new Map<number, number>();
    for (const run of runs) {
      const found = holders.get(run) ?? [];
      if (found.length > 50) continue;
      for (const old of found) shared.set(old, (shared.get(old) ?? 0) + 1);
    }
    for (const [old, count] of shared) {
      const alike = (2 * count) / (runs.size + runsOf(before[old] ?? []).size);
      if (alike >= ALIKE) pairs.push({ old, now, alike });
    }
  });
  const distance = ({ old, now }: { old: number; now: number }) => Math.abs(old - now);
  return pairs.sort((a, b) => b.alike - a.alike || distance(a) - distance(b));
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
