import { expect, test } from "vitest";
import { measureFold } from "../core.ts";

const events = process.env["BENCH_EVENTS"];

test("the bench of the fold runs", { timeout: 600_000 }, () => {
  const cost = measureFold(Number(events ?? 100));
  expect(cost.events).toBeGreaterThan(0);
  expect(cost.admitAndApply).toBeGreaterThan(0);
  if (events !== undefined) process.stdout.write(`${JSON.stringify(cost)}\n`);
});
