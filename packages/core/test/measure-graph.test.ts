import { Draw, measureNode as node } from "@parley/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  graphFindings,
  type MeasureNode,
  ordersWithin,
  pulledDown,
  pulledDownBy,
  type ReleaseNode,
} from "../src/measure-graph.ts";

/** Links also to measures that are not there, and to itself. */
function randomGraph(seed: number, size: number, links: number): readonly MeasureNode[] {
  const draw = new Draw(seed);
  const some = (rate: number): readonly string[] =>
    Array.from({ length: draw.chance(rate) ? 1 + draw.below(links) : 0 }, () => `m${draw.below(size + 1)}`);
  const release = (): ReleaseNode =>
    draw.pick<ReleaseNode>([
      { when: "date" },
      { when: "finding", established: draw.chance(0.5) },
      { when: "suspension", measure: `m${draw.below(size + 1)}` },
      { when: "violation", measure: `m${draw.below(size + 1)}` },
    ]);
  return Array.from({ length: size }, (_, i) => ({
    id: `m${i}`,
    after: some(0.5),
    together: some(0.2),
    verified: draw.chance(0.7),
    started: draw.chance(0.5),
    releases: Array.from({ length: draw.below(3) }, release),
  }));
}

/** By the definitions alone: transitive closures of relations over the measures. */
function bruteForce(measures: readonly MeasureNode[]) {
  const ids = measures.map(({ id }) => id);
  const closure = (pairs: readonly (readonly [string, string])[]): ReadonlySet<string> => {
    const related = new Set(pairs.map(([a, b]) => `${a} ${b}`));
    for (const via of ids)
      for (const a of ids)
        for (const b of ids) {
          if (related.has(`${a} ${via}`) && related.has(`${via} ${b}`)) related.add(`${a} ${b}`);
        }
    return related;
  };
  const known = (id: string) => measures.find((measure) => measure.id === id);
  const same = closure([
    ...ids.map((id) => [id, id] as const),
    ...measures.flatMap(({ id, together }) =>
      together.filter(known).flatMap((other) => [[id, other] as const, [other, id] as const]),
    ),
  ]);
  const together = (a: string, b: string) => same.has(`${a} ${b}`);
  const waits = closure(
    measures.flatMap(({ id, after }) =>
      after
        .filter(known)
        .flatMap((other) =>
          ids
            .filter((a) => together(a, id))
            .flatMap((a) => ids.filter((b) => together(b, other)).map((b) => [a, b] as const)),
        ),
    ),
  );
  const dead = ids.filter((id) => waits.has(`${id} ${id}`));
  const fallsWith = closure(
    measures.flatMap(({ id, releases }) =>
      releases.flatMap((one) => ("measure" in one && known(one.measure) ? [[id, one.measure] as const] : [])),
    ),
  );
  return {
    deadlocks: new Set(
      dead.map((id) =>
        dead
          .filter((other) => waits.has(`${id} ${other}`) && waits.has(`${other} ${id}`))
          .sort()
          .join(" "),
      ),
    ),
    blocked: ids.filter((id) => !dead.includes(id) && dead.some((other) => waits.has(`${id} ${other}`))),
    withoutStart: ids.filter((id) =>
      measures.every((other) => !together(id, other.id) || (!other.started && other.after.length === 0)),
    ),
    withoutRelease: measures
      .filter(({ releases }) =>
        releases.some((one) => {
          if (one.when === "date") return false;
          if (one.when === "finding") return !one.established;
          return !known(one.measure) || (one.when === "violation" && !known(one.measure)?.verified);
        }),
      )
      .map(({ id }) => id),
    falls: (from: string) => ids.filter((id) => id !== from && fallsWith.has(`${id} ${from}`)),
    fallsWith: (from: string) => ids.filter((id) => id !== from && fallsWith.has(`${from} ${id}`)),
  };
}

test("on random graphs it finds what the definitions say, tried out one by one", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 9 }), (seed, size) => {
      const measures = randomGraph(seed, size, 2);
      const found = graphFindings(measures);
      const truth = bruteForce(measures);
      expect(new Set(found.deadlocks.map((round) => [...round].sort().join(" ")))).toEqual(truth.deadlocks);
      expect([...found.blocked].sort()).toEqual([...truth.blocked].sort());
      expect([...found.withoutStart].sort()).toEqual([...truth.withoutStart].sort());
      expect([...found.withoutRelease].sort()).toEqual([...truth.withoutRelease].sort());
      expect(found.withoutVerifier).toEqual(measures.filter(({ verified }) => !verified).map(({ id }) => id));
      for (const { id } of measures) {
        expect([...pulledDown(measures, id)].sort()).toEqual([...truth.falls(id)].sort());
        expect([...pulledDownBy(measures, id)].sort()).toEqual([...truth.fallsWith(id)].sort());
      }
    }),
    { numRuns: 400, seed: 8 },
  );
});

test("a deadlock is a round in which each waits for the next", () => {
  const measures = [
    node("halt", { after: ["relief"] }),
    node("relief", { after: ["inspection"] }),
    node("inspection", { after: ["halt"] }),
    node("summit", { after: ["halt"] }),
  ];
  const { deadlocks, blocked } = graphFindings(measures);
  const [round] = deadlocks;
  expect(deadlocks).toHaveLength(1);
  round?.forEach((id, i) => {
    const next = round[(i + 1) % round.length];
    expect(measures.find((measure) => measure.id === id)?.after).toContain(next);
  });
  expect(blocked).toEqual(["summit"]);
});

test("two that begin together wait for each other when one is to come after the other", () => {
  const measures = [node("a", { together: ["b"] }), node("b", { after: ["a"] })];
  expect(graphFindings(measures).deadlocks.map((round) => [...round].sort())).toEqual([["a", "b"]]);
});

test("who waits for whom in a deadlock is said as the measures say it, and who begins with whom is said once", () => {
  const measures = [
    node("halt", { after: ["relief", "summit"], together: ["launch"] }),
    node("launch", { together: ["halt"] }),
    node("relief", { after: ["launch"] }),
    node("summit"),
  ];
  const [round = []] = graphFindings(measures).deadlocks;
  expect([...round].sort()).toEqual(["halt", "launch", "relief"]);
  // The summit is in no deadlock: that the halt waits for it is not what holds these up.
  expect(ordersWithin(measures, ["halt", "launch", "relief"])).toEqual([
    { measure: "halt", order: "after", others: ["relief"] },
    { measure: "halt", order: "together", others: ["launch"] },
    { measure: "relief", order: "after", others: ["launch"] },
  ]);
  expect(ordersWithin(measures, ["launch", "halt"])).toEqual([
    { measure: "launch", order: "together", others: ["halt"] },
  ]);
});

test("a chain of 10,000 measures is gone through to its end, each way", () => {
  const chain = Array.from({ length: 10_000 }, (_, at) => {
    const before = `m${at - 1}`;
    return node(
      `m${at}`,
      at > 0 ? { after: [before], releases: [{ when: "suspension", measure: before }] } : {},
    );
  });
  expect(graphFindings(chain).deadlocks).toEqual([]);
  expect(pulledDown(chain, "m0")).toHaveLength(9999);
  expect(pulledDownBy(chain, "m9999")).toHaveLength(9999);
});
