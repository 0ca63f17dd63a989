import { expect, test } from "vitest";
import { writeResults } from "../results.ts";
import { benchText } from "../text.ts";

const full = process.env["BENCH"] === "text";

test("the bench of texts runs", { timeout: 1_200_000 }, () => {
  const figures = (full ? [100, 300] : [1]).flatMap(benchText);
  for (const { work, pages, cpuMs, peakMb } of figures) {
    process.stdout.write(`${pages} pages, ${work}: ${Math.round(cpuMs)} ms CPU, ${Math.round(peakMb)} MB\n`);
    expect(cpuMs).toBeGreaterThan(0);
  }
  expect(new Set(figures.map(({ work }) => work)).size).toBe(7);
  if (full) writeResults("text", {}, { figures });
});
