import { expect, test } from "vitest";
import { measureGraphs } from "../measure-graph.ts";

const asked = Number(process.env["BENCH_MEASURES"] ?? 10_000);

test("what the graph of measures shows takes time in proportion to the measures", () => {
  measureGraphs(asked / 10);
  const some = measureGraphs(asked / 10);
  const many = measureGraphs(asked);
  for (const { measures, ...ms } of [some, many]) {
    const figures = Object.entries(ms).map(([shape, figure]) => `${shape} ${figure.toFixed(1)} ms`);
    process.stdout.write(`${measures} measures: ${figures.join(", ")} of CPU\n`);
  }
  // In proportion it is 10 times as long, with the square 100 times.
  for (const shape of ["chain", "round", "random"] as const) {
    expect(many[shape], shape).toBeLessThan(40 * Math.max(some[shape], 0.5));
  }
});
