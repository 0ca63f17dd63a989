import { expect, test } from "vitest";
import { highs } from "../highs.ts";
import { writeResults } from "../results.ts";
import { goals, measureSolver, samples, tableOf } from "../solver.ts";

const full = process.env["BENCH"] === "solver";

test("the bench of the solver runs", { timeout: 1_800_000 }, async () => {
  const bench = await measureSolver(full ? goals() : samples());
  for (const { what, ours, highs: peer } of bench.rows) {
    expect(ours.cpuMs, what).toBeGreaterThan(0);
    if (full) continue;
    expect(ours.claim, what).toMatch(/exact|optimal/);
    expect(peer?.claim ?? "", what).not.toMatch(/^not in/);
  }
  expect(tableOf(bench).split("\n").length).toBeGreaterThan(bench.rows.length);
  if (!full) return;
  process.stdout.write(tableOf(bench));
  writeResults("solver", { highs: (await highs()).version.string }, bench);
});
