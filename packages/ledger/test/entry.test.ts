import { type Entry, isHash, isTimestamp, type Json, MalformedError, readEntry, seal } from "@parley/ledger";
import { describe, expect, test } from "vitest";
import { ToyCase, toyDevice } from "./toy-case.ts";

const anna = await toyDevice("Anna");
const boris = await toyDevice("Boris");
const toy = await ToyCase.open(anna);
const circle = await toy.openCircle(anna, "delegation");
const context = { case: toy.id, log: circle, kind: "Said", author: anna.id, purpose: "message" };
const sealed = await seal(
  context,
  "secret",
  [anna, boris].map(({ id, keys }) => ({ device: id, keys })),
);
const entry: Entry = await toy.sign(anna, toy.draft(anna, { text: "hello" }, { log: circle, sealed }));

type Mutable = { [name: string]: Mutable } & unknown[];

/** The place of the fault after one change, or undefined if the entry still reads. */
function faultAfter(change: (entry: Mutable) => void): string | undefined {
  const changed = structuredClone(entry) as unknown as Mutable;
  change(changed);
  try {
    readEntry(changed as unknown as Json);
    return undefined;
  } catch (error) {
    if (error instanceof MalformedError && error.code === "bad-shape") return error.place;
    throw error;
  }
}
const set = (path: string, value: unknown) => (target: Mutable) => {
  const names = path.split(".");
  const last = names.pop()!;
  const holder = names.reduce((inner, name) => inner[name]!, target);
  if (value === undefined) delete holder[last];
  else holder[last] = value as Mutable;
};

describe("an entry from outside", () => {
  test("is read if it has exactly the members of its envelope", () => {
    expect(readEntry(entry as unknown as Json)).toEqual(entry);
    expect(faultAfter(() => undefined)).toBeUndefined();
    expect(faultAfter(set("event.sealed", undefined))).toBeUndefined();
    expect(faultAfter(set("event.log", "shared"))).toBeUndefined();
  });

  test.each([
    ["extra", 1, "entry"],
    ["at", undefined, "entry.at"],
    ["at", 5, "entry.at"],
    ["at", "2025-02-18T10:00:00Z", "entry.at"],
    ["signature", "short", "entry.signature"],
    ["signature", 1, "entry.signature"],
    ["shared", { size: 1 }, "entry.shared.root"],
    ["shared", [], "entry.shared"],
    ["event", null, "event"],
    ["event.extra", 1, "event"],
    ["event.v", "1", "event.v"],
    ["event.n", -1, "event.n"],
    ["event.n", 1.5, "event.n"],
    ["event.case", "case", "event.case"],
    ["event.log", "other", "event.log"],
    ["event.author", `${"A".repeat(42)}B`, "event.author"],
    ["event.kind", "", "event.kind"],
    ["event.kind", "a b", "event.kind"],
    ["event.salt", "", "event.salt"],
    ["event.audience", "everyone", "event.audience"],
    ["event.after", {}, "event.after.root"],
    ["event.after.size", -1, "event.after.size"],
    ["event.after.root", "x", "event.after.root"],
    ["event.shared.root", "x", "event.shared.root"],
    ["event.body", [], "event.body"],
    ["event.body", "text", "event.body"],
    ["event.sealed", 1, "event.sealed"],
    ["event.sealed.purpose", "A b", "event.sealed.purpose"],
    ["event.sealed.ciphertext", "!", "event.sealed.ciphertext"],
    ["event.sealed.to", {}, "event.sealed.to"],
    ["event.sealed.to.0", 1, "event.sealed.to[0]"],
    ["event.sealed.to.0.device", "x", "event.sealed.to[0].device"],
    ["event.sealed.to.0.enc", 1, "event.sealed.to[0].enc"],
    ["event.sealed.to.0.key", "!", "event.sealed.to[0].key"],
  ])("with %s as %j is refused at %s", (path, value, place) => {
    expect(faultAfter(set(path, value))).toBe(place);
  });

  test("names each recipient once, in order", () => {
    expect(faultAfter((one) => (one["event"]!["sealed"]!["to"] as unknown[]).reverse())).toBe(
      "event.sealed.to[1]",
    );
    expect(
      faultAfter((one) => {
        const to = one["event"]!["sealed"]!["to"] as unknown[];
        to[1] = to[0];
      }),
    ).toBe("event.sealed.to[1]");
  });

  test("is never repeated in the error, which may be shown to others", () => {
    const secret = "our-red-line";
    for (const path of ["event.salt", "event.kind", "signature", "at"]) {
      const changed = structuredClone(entry) as unknown as Mutable;
      set(path, `${secret}!`)(changed);
      expect(() => readEntry(changed as unknown as Json)).toThrow(expect.not.stringContaining(secret));
    }
  });
});

describe("times and hashes", () => {
  test.each([
    "2024-02-29T23:59:59.999Z",
    "2000-02-29T00:00:00.000Z",
    "2025-01-31T00:00:00.000Z",
    "2025-04-30T00:00:00.000Z",
  ])("%s is a time", (text) => {
    expect(isTimestamp(text)).toBe(true);
  });
  test.each([
    "2025-02-29T00:00:00.000Z",
    "2100-02-29T00:00:00.000Z",
    "2025-04-31T00:00:00.000Z",
    "2025-13-01T00:00:00.000Z",
    "2025-01-01T24:00:00.000Z",
    "2025-01-01T00:60:00.000Z",
    "2025-01-01T00:00:60.000Z",
    "2025-01-01T00:00:00.000+00:00",
    "2025-01-01t00:00:00.000z",
    "2025-01-01T00:00:00.00Z",
    "2025-1-01T00:00:00.000Z",
  ])("%s is none", (text) => {
    expect(isTimestamp(text)).toBe(false);
  });
  test("a hash is 43 characters whose last carries no stray bits", () => {
    expect(isHash("A".repeat(43))).toBe(true);
    expect(isHash(`${"A".repeat(42)}B`)).toBe(false);
    expect(isHash("A".repeat(42))).toBe(false);
    expect(isHash(7)).toBe(false);
    expect(isHash(undefined)).toBe(false);
  });
});
