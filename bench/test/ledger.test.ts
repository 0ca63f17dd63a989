import { expect, test } from "vitest";
import { measureLedger } from "../ledger.ts";

const events = process.env["BENCH_EVENTS"];

test("the bench of the ledger runs", { timeout: 600_000 }, async () => {
  const rows = await measureLedger(Number(events ?? 40));
  expect(rows.length).toBeGreaterThan(12);
  for (const { what, perSecond, seconds, note } of rows) {
    expect(what).not.toBe("");
    expect(perSecond ?? seconds ?? note).toBeTruthy();
    const figure =
      perSecond?.toLocaleString("en") ?? (seconds === undefined ? "" : `${seconds.toFixed(2)} s`);
    if (events !== undefined)
      process.stdout.write(`${what.padEnd(60)} ${figure.padStart(12)}  ${note ?? ""}\n`);
  }
});
