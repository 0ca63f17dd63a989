/**
 * What the graph of measures costs, in CPU time on one core: findings and a cascade over measures in one long chain, in one
 * round of waiting, and tied at random. Ten times the measures must take about ten times as long. The least of several runs
 * is taken: what other programs on the machine add is not the graph's.
 *
 * `BENCH_MEASURES=10000 npx vitest run bench/test/measure-graph.test.ts` prints the figures.
 */
import { graphFindings, type MeasureNode, pulledDown, pulledDownBy } from "@parley/core";
import { Draw, measureNode } from "@parley/testing";

export interface GraphCost {
  readonly measures: number;
  /** Milliseconds of CPU for all findings and one cascade each way. */
  readonly chain: number;
  readonly round: number;
  readonly random: number;
}

const runs = 7;

export function measureGraphs(measures: number): GraphCost {
  const cost = (nodes: readonly MeasureNode[]) => {
    const times = Array.from({ length: runs }, () => {
      const before = process.cpuUsage();
      graphFindings(nodes);
      pulledDown(nodes, "m0");
      pulledDownBy(nodes, `m${nodes.length - 1}`);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    });
    return Math.min(...times);
  };
  return {
    measures,
    chain: cost(chain(measures)),
    round: cost(round(measures)),
    random: cost(random(measures)),
  };
}

const node = (at: number, rest: Partial<MeasureNode>): MeasureNode => measureNode(`m${at}`, rest);

function chain(size: number): readonly MeasureNode[] {
  return Array.from({ length: size }, (_, at) =>
    at === 0
      ? node(at, {})
      : node(at, { after: [`m${at - 1}`], releases: [{ when: "suspension", measure: `m${at - 1}` }] }),
  );
}

function round(size: number): readonly MeasureNode[] {
  return Array.from({ length: size }, (_, at) => node(at, { after: [`m${(at + 1) % size}`] }));
}

function random(size: number): readonly MeasureNode[] {
  const draw = new Draw(1);
  const some = (rate: number): readonly string[] =>
    Array.from({ length: draw.chance(rate) ? 1 + draw.below(3) : 0 }, () => `m${draw.below(size)}`);
  return Array.from({ length: size }, (_, at) =>
    node(at, {
      after: some(0.5),
      together: some(0.2),
      verified: draw.chance(0.7),
      started: draw.chance(0.5),
      releases: some(0.5).map((measure) => ({ when: "suspension", measure })),
    }),
  );
}
