/** What linkages leave of the values that are left, block by block. */
import type { Field } from "./field.ts";

/** Takes out values whose partners are gone; false where a variable has none left. */
export function propagate({ first, variableOf, blocks }: Field, alive: Uint8Array): boolean {
  const left = new Int32Array(first.length - 1);
  for (let v = 0; v < alive.length; v++) {
    const home = variableOf[v] as number;
    if (alive[v]) left[home] = (left[home] as number) + 1;
  }
  if (left.includes(0)) return false;
  /** True where all that is left of a variable is among these: then those across cannot be chosen. */
  const settled = (these: Int32Array): boolean => {
    let inside = 0;
    for (let k = 0; k < these.length; k++) inside += alive[these[k] as number] as number;
    return inside > 0 && inside === left[variableOf[these[0] as number] as number];
  };
  let changed = true;
  const remove = (those: Int32Array): boolean => {
    for (let k = 0; k < those.length; k++) {
      const v = those[k] as number;
      if (!alive[v]) continue;
      alive[v] = 0;
      changed = true;
      const home = variableOf[v] as number;
      left[home] = (left[home] as number) - 1;
      if (left[home] === 0) return false;
    }
    return true;
  };
  while (changed) {
    changed = false;
    for (let b = 0; b < blocks.length; b++) {
      const block = blocks[b] as Field["blocks"][number];
      if (settled(block.left) && !remove(block.right)) return false;
      if (settled(block.right) && !remove(block.left)) return false;
    }
  }
  return true;
}
