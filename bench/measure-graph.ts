/**
 * What the graph of measures costs, in CPU time on one core: findings and a cascade over measures in one long chain, in one
 * round of waiting, and tied at random. As many measures in ten graphs and in one must take about as long: so the same is
 * allocated and cached in both. The least of several runs is taken: what other programs on the machine add is not the graph's.
 *
 * `BENCH_MEASURES=10000 npx vitest run bench/test/measure-graph.test.ts` prints the figures.
 */
import { graphFindings, type MeasureNode, pulledDown, pulledDownBy } from "@parley/core";
import { Draw, measureNode } from "@parley/testing";

export interface GraphCost {
  readonly measures: number;
  readonly graphs: number;
  /** Milliseconds of CPU for all findings and one cascade each way, of all graphs. */
  readonly chain: number;
  readonly round: number;
  readonly random: number;
}

const runs = 7;

/** `measures` in all, in as many graphs as said. */
export function measureGraphs(measures: number, graphs = 1): GraphCost {
  const cost = (made: (size: number) => readonly MeasureNode[]) => {
    const all = Array.from({ length: graphs }, () => made(measures / graphs));
    const times = Array.from({ length: runs }, () => {
      const before = process.cpuUsage();
      for (const nodes of all) {
        graphFindings(nodes);
        pulledDown(nodes, "m0");
        pulledDownBy(nodes, `m${nodes.length - 1}`);
      }
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    });
    return Math.min(...times);
  };
  return { measures, graphs, chain: cost(chain), round: cost(round), random: cost(random) };
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
