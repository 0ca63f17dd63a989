/**
 * The shortest edit from one sequence of words to another (Myers 1986, "An O(ND) Difference Algorithm"), up to
 * 1,000 edits; beyond that everything between common ends counts as replaced, so time and memory are bounded.
 */

export interface Edit {
  readonly change: "same" | "inserted" | "deleted";
  readonly words: readonly string[];
}

const MOST_EDITS = 1_000;

export function diffWords(before: readonly string[], after: readonly string[]): Edit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const edits = new Edits();
  edits.add("same", before.slice(0, start));
  between(before.slice(start, before.length - end), after.slice(start, after.length - end), edits);
  edits.add("same", before.slice(before.length - end));
  return edits.list;
}

/** Edits in order, neighbours of the same kind joined. */
class Edits {
  readonly list: { readonly change: Edit["change"]; readonly words: string[] }[] = [];

  add(change: Edit["change"], words: readonly string[]): void {
    if (words.length === 0) return;
    const last = this.list.at(-1);
    if (last?.change !== change) this.list.push({ change, words: [...words] });
    else for (const word of words) last.words.push(word);
  }
}

function between(before: readonly string[], after: readonly string[], edits: Edits): void {
  const trace = before.length > 0 && after.length > 0 ? furthest(before, after) : undefined;
  if (!trace) {
    edits.add("deleted", before);
    edits.add("inserted", after);
    return;
  }
  const backwards: (readonly [Edit["change"], string])[] = [];
  let x = before.length;
  let y = after.length;
  for (let d = trace.length; d >= 0; d--) {
    const reached = trace[d - 1];
    const k = x - y;
    const down = reached !== undefined && isDown(reached, k, d);
    const fromK = down ? k + 1 : k - 1;
    const fromX = reached ? (reached[fromK + d] ?? 0) : 0;
    const fromY = reached ? fromX - fromK : 0;
    while (x > fromX && y > fromY && before[x - 1] === after[y - 1]) {
      backwards.push(["same", before[--x] ?? ""]);
      y--;
    }
    if (!reached) break;
    if (down) backwards.push(["inserted", after[--y] ?? ""]);
    else backwards.push(["deleted", before[--x] ?? ""]);
  }
  for (const [change, word] of backwards.reverse()) edits.add(change, [word]);
}

/** Is the furthest place on diagonal `k` after `d` edits reached by an insertion? `reached`: after `d - 1`. */
function isDown(reached: Int32Array, k: number, d: number): boolean {
  return k === -d || (k !== d && (reached[k - 1 + d] ?? 0) < (reached[k + 1 + d] ?? 0));
}

/**
 * For each number of edits the furthest place in `before` on the diagonals from `-d - 1` to `d + 1`, without the last
 * number, which reaches the end; undefined beyond the limit.
 */
function furthest(before: readonly string[], after: readonly string[]): Int32Array[] | undefined {
  const trace: Int32Array[] = [];
  for (let d = 0; d <= MOST_EDITS; d++) {
    const reached = trace.at(-1);
    const next = new Int32Array(2 * d + 3);
    for (let k = -d; k <= d; k += 2) {
      let x = 0;
      if (reached) x = isDown(reached, k, d) ? (reached[k + 1 + d] ?? 0) : (reached[k - 1 + d] ?? 0) + 1;
      let y = x - k;
      while (x < before.length && y < after.length && before[x] === after[y]) {
        x++;
        y++;
      }
      next[k + d + 1] = x;
      if (x >= before.length && y >= after.length) return trace;
    }
    trace.push(next);
  }
  return undefined;
}
