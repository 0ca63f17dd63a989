import { expect, test } from "vitest";
import { benchText } from "../text.ts";

const pages = (process.env["BENCH_PAGES"] ?? "1").split(",").map(Number);

test.each(pages)("reads, writes and compares %i pages", { timeout: 600_000 }, (size) => {
  const figures = benchText(size);
  for (const { work, cpuMs, peakMb } of figures) {
    process.stderr.write(`${size} pages, ${work}: ${Math.round(cpuMs)} ms CPU, ${Math.round(peakMb)} MB\n`);
  }
  expect(figures).toHaveLength(7);
  for (const { cpuMs } of figures) expect(cpuMs).toBeGreaterThan(0);
});
