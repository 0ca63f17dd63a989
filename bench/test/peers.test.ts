import { expect, test } from "vitest";
import { installNegmas, lineOf, measurePeers, negmasVersion, type PeerTask, peerTasks } from "../peers.ts";
import { writeResults } from "../results.ts";
import { additiveProblem, even } from "../solver-problems.ts";

const full = process.env["BENCH"] === "peers";

test("the bench beside NegMAS runs, with NegMAS where it can be installed", { timeout: 1_800_000 }, () => {
  const sample: PeerTask = {
    what: "2 parties, 4 x 3",
    method: "enumeration",
    problem: additiveProblem({ parties: 2, options: even(4, 3), seed: 1 }),
  };
  expect(JSON.parse(lineOf(sample))).toMatchObject({ method: "enumeration", issues: [3, 3, 3, 3] });
  if (!full) {
    expect(measurePeers([sample], false)).toMatchObject([
      { what: sample.what, ours: { points: expect.any(Number) } },
    ]);
    return;
  }
  const missing = installNegmas();
  if (missing !== null) {
    process.stdout.write(
      `NegMAS ${negmasVersion} could not be installed from PyPI, nothing is compared: ${missing}\n`,
    );
    return;
  }
  const rows = measurePeers(peerTasks(), true);
  for (const { what, ours, negmas, ratio } of rows) {
    process.stdout.write(
      `${what.padEnd(50)} ours ${ours.cpuMs.toFixed(1).padStart(8)} ms (first ${ours.firstMs.toFixed(1)}), ${ours.points} points   NegMAS ${negmas?.cpuMs.toFixed(0).padStart(8)} ms, ${negmas?.points} points   ${ratio?.toFixed(0)} times\n`,
    );
  }
  writeResults("peers", { negmas: negmasVersion }, { rows });
});
