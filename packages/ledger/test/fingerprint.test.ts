import { type CaseId, type DeviceId, type KeyChange, safetyNumber } from "@parley/ledger";
import { describe, expect, test } from "vitest";

const caseId = "case" as CaseId;
const added = (seq: number, device: string): KeyChange => ({
  seq,
  device: device as DeviceId,
  change: "added",
});
const anna = [added(1, "a1"), added(2, "a2")];
const boris = [added(3, "b1")];

describe("a safety number", () => {
  test("is sixty digits, the same for both who read it", () => {
    const number = safetyNumber(caseId, anna, boris);
    expect(number).toMatch(/^(\d{5} ){11}\d{5}$/);
    expect(safetyNumber(caseId, boris, anna)).toBe(number);
    expect(safetyNumber(caseId, anna, anna)).toBe(safetyNumber(caseId, anna, anna));
  });

  test("differs once either key history differs, or the case", () => {
    const numbers = [
      safetyNumber(caseId, anna, boris),
      safetyNumber("other" as CaseId, anna, boris),
      safetyNumber(caseId, anna, [added(3, "b2")]),
      safetyNumber(caseId, anna.slice(0, 1), boris),
      safetyNumber(caseId, [...anna, { seq: 9, device: "a1" as DeviceId, change: "revoked" }], boris),
      safetyNumber(caseId, [added(1, "a1"), added(4, "a2")], boris),
    ];
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
