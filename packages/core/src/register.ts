/**
 * A register: things in the order in which they were entered, each named by the id of the event that made it. Entering
 * one more costs the same however many there are, so a case of many thousand events folds in time that grows with their
 * number. Everything else is `Table`, whose put copies the table.
 *
 * It is plain JSON and never changed in place: a tree of lists of 64, branching by the characters of the id. Ids are
 * hashes, so three levels hold a quarter of a million; the entries on the way down are copied, nothing else.
 */
import type { EventId } from "@parley/ledger/event";

export interface Register<V> {
  readonly size: number;
  readonly root: Branch<V>;
}

/** One place for each character of base64url. */
type Branch<V> = readonly (Branch<V> | Entered<V> | null)[];
interface Entered<V> {
  readonly order: number;
  readonly item: V;
}
interface Named {
  readonly id: EventId;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const places: ReadonlyMap<string, number> = new Map([...alphabet].map((letter, place) => [letter, place]));
const emptyBranch: Branch<never> = Array.from(alphabet, () => null);

export const emptyRegister: Register<never> = { size: 0, root: emptyBranch };

/** Where an id goes at this depth, or undefined for a text that is no id. */
function placeOf(id: string, depth: number): number | undefined {
  return places.get(id.charAt(depth));
}

export function itemOf<V extends Named>(register: Register<V>, id: string): V | undefined {
  let branch = register.root;
  for (let depth = 0; ; depth++) {
    const place = placeOf(id, depth);
    const found = place === undefined ? null : branch[place];
    if (!found) return undefined;
    if (!isBranch(found)) return found.item.id === id ? found.item : undefined;
    branch = found;
  }
}

/** With this item: in the place of the one with its id, or after all others. */
export function enter<V extends Named>(register: Register<V>, item: V): Register<V> {
  const known = itemOf(register, item.id) !== undefined;
  const root = entered(register.root, 0, { order: register.size, item });
  return { size: register.size + (known ? 0 : 1), root };
}

function entered<V extends Named>(branch: Branch<V>, depth: number, next: Entered<V>): Branch<V> {
  const place = placeOf(next.item.id, depth);
  if (place === undefined) throw new RangeError("what is entered is named by an id");
  const found = branch[place];
  const changed = branch.slice();
  if (!found) changed[place] = next;
  else if (isBranch(found)) changed[place] = entered(found, depth + 1, next);
  else if (found.item.id === next.item.id) changed[place] = { ...next, order: found.order };
  else changed[place] = entered(entered(emptyBranch, depth + 1, found), depth + 1, next);
  return changed;
}

function isBranch<V>(found: Branch<V> | Entered<V>): found is Branch<V> {
  return Array.isArray(found);
}

/** Lists made before: many ask for the items of the same register. */
const listed = new WeakMap<object, readonly unknown[]>();

/** All items, in the order in which they were entered first. */
export function itemsOf<V extends Named>(register: Register<V>): readonly V[] {
  const known = listed.get(register);
  if (known) return known as readonly V[];
  const items = new Array<V>(register.size);
  const walk = (branch: Branch<V>): void => {
    for (const found of branch) {
      if (!found) continue;
      if (isBranch(found)) walk(found);
      else items[found.order] = found.item;
    }
  };
  walk(register.root);
  listed.set(register, items);
  return items;
}
