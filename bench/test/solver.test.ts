import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { measureSolver } from "../solver.ts";

const full = process.env["BENCH_SOLVER"] === "full";

test("the bench of the solver runs", { timeout: 600_000 }, () => {
  const rows = measureSolver(full);
  for (const { what, cpuMs, claim, size, bruteForceMs } of rows) {
    expect(cpuMs, what).toBeGreaterThan(0);
    if (!full) expect(claim, what).toMatch(/exact|optimal/);
    const peer = bruteForceMs === undefined ? "" : `brute force ${bruteForceMs.toFixed(1)} ms`;
    if (full)
      process.stdout.write(
        `${what.padEnd(60)} ${cpuMs.toFixed(1).padStart(10)} ms  ${claim} ${size ?? ""} ${peer}\n`,
      );
  }
  if (!full) return;
  const folder = resolve(import.meta.dirname, "../results");
  mkdirSync(folder, { recursive: true });
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version };
  writeFileSync(resolve(folder, "solver.json"), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
});
