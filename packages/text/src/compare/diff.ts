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
  const edits: Edit[] = [];
  add(edits, "same", before.slice(0, start));
  const inside = shortest(before.slice(start, before.length - end), after.slice(start, after.length - end));
  for (const { change, words } of inside) add(edits, change, words);
  add(edits, "same", before.slice(before.length - end));
  return edits;
}

function add(edits: Edit[], change: Edit["change"], words: readonly string[]): void {
  if (words.length === 0) return;
  const last = edits.at(-1);
  if (last?.change === change) edits[edits.length - 1] = { change, words: [...last.words, ...words] };
  else edits.push({ change, words });
}

function shortest(before: readonly string[], after: readonly string[]): Edit[] {
  const trace = furthest(before, after);
  const edits: Edit[] = [];
  if (!trace) {
    add(edits, "deleted", before);
    add(edits, "inserted", after);
    return edits;
  }
  const backwards: [Edit["change"], string][] = [];
  let x = before.length;
  let y = after.length;
  for (let d = trace.length - 1; d >= 0; d--) {
    const v = trace[d] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -d || (k !== d && (v.get(k - 1) ?? -1) < (v.get(k + 1) ?? -1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : (v.get(fromK) ?? 0);
    const fromY = d === 0 ? 0 : fromX - fromK;
    while (x > fromX && y > fromY && x > 0 && y > 0 && before[x - 1] === after[y - 1]) {
      backwards.push(["same", before[--x] ?? ""]);
      y--;
    }
    if (d === 0) break;
    if (down) backwards.push(["inserted", after[--y] ?? ""]);
    else backwards.push(["deleted", before[--x] ?? ""]);
  }
  for (const [change, word] of backwards.reverse()) add(edits, change, [word]);
  return edits;
}

/** For each number of edits the furthest place in `before` on each diagonal; undefined beyond the limit. */
function furthest(before: readonly string[], after: readonly string[]): Map<number, number>[] | undefined {
  const trace: Map<number, number>[] = [];
  let v = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= Math.min(before.length + after.length, MOST_EDITS); d++) {
    trace.push(v);
    const next = new Map(v);
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && (v.get(k - 1) ?? -1) < (v.get(k + 1) ?? -1));
      let x = down ? (v.get(k + 1) ?? 0) : (v.get(k - 1) ?? 0) + 1;
      let y = x - k;
      while (x < before.length && y < after.length && before[x] === after[y]) {
        x++;
        y++;
      }
      next.set(k, x);
      if (x >= before.length && y >= after.length) return trace;
    }
    v = next;
  }
  return undefined;
}
