import type { EventId } from "@parley/ledger/event";
import { jsonHash } from "@parley/ledger/hash";
import fc from "fast-check";
import { expect, test } from "vitest";
import { emptyRegister, enter, itemOf, itemsOf, type Register } from "../src/register.ts";

interface Item {
  readonly id: EventId;
  readonly word: number;
}
const item = (name: number, word = name): Item => ({ id: jsonHash({ name }) as string as EventId, word });

test("a register holds what a map holds, in the same order, and old registers stay as they were", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(300), fc.nat()), { maxLength: 400 }), (puts) => {
      const map = new Map<string, Item>();
      let register: Register<Item> = emptyRegister;
      for (const [name, word] of puts) {
        const before = JSON.stringify(register);
        const next = item(name, word);
        const entered = enter(register, next);
        expect(JSON.stringify(register)).toBe(before);
        register = entered;
        map.set(next.id, next);
      }
      expect(itemsOf(register)).toEqual([...map.values()]);
      expect(register.size).toBe(map.size);
      for (const [id, one] of map) expect(itemOf(register, id)).toBe(one);
      expect(JSON.parse(JSON.stringify(register))).toEqual(register);
    }),
    { numRuns: 30 },
  );
});

test("ids that begin alike are told apart, and what is no id finds nothing", () => {
  const alike = ["A".repeat(42), "A".repeat(41)].map((start, word) => ({
    id: start.padEnd(43, "B") as EventId,
    word,
  }));
  const register = alike.reduce<Register<Item>>(enter, emptyRegister);
  expect(alike.map(({ id }) => itemOf(register, id)?.word)).toEqual([0, 1]);
  for (const none of ["", "A", "constructor", "\u0000", "A".repeat(60)]) {
    expect(itemOf(register, none)).toBeUndefined();
  }
  expect(() => enter(register, { id: "ö" as EventId, word: 0 })).toThrow(RangeError);
});
