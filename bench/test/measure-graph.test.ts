import { expect, test } from "vitest";
import { measureGraphs } from "../measure-graph.ts";

const asked = Number(process.env["BENCH_MEASURES"] ?? 10_000);

test("what the graph of measures shows takes time in proportion to the measures", () => {
  const ten = measureGraphs(asked, 10);
  const one = measureGraphs(asked);
  for (const { measures, graphs, ...ms } of [ten, one]) {
    const figures = Object.entries(ms).map(([shape, figure]) => `${shape} ${figure.toFixed(1)} ms`);
    process.stdout.write(`${measures} measures, graphs ${graphs}: ${figures.join(", ")} of CPU\n`);
  }
  // In proportion it is as long, with the square 10 times.
  for (const shape of ["chain", "round", "random"] as const) {
    expect(one[shape], shape).toBeLessThan(5 * ten[shape]);
  }
});
