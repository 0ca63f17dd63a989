import { expect, test } from "vitest";
import {
  installNegmas,
  lineOf,
  measurePeers,
  negmasVersion,
  olderNegmas,
  type PeerTask,
  peerTasks,
} from "../peers.ts";
import { writeResults } from "../results.ts";
import { additiveProblem, even } from "../solver-problems.ts";

const full = process.env["BENCH"] === "peers";

test("the bench beside NegMAS runs, with NegMAS where it can be installed", { timeout: 3_600_000 }, () => {
  const sample: PeerTask = {
    what: "2 parties, 4 x 3",
    method: "enumeration",
    problem: additiveProblem({ parties: 2, options: even(4, 3), seed: 1 }),
  };
  expect(lineOf(sample)).toMatchObject({ method: "enumeration", issues: [3, 3, 3, 3] });
  if (!full) {
    expect(measurePeers([sample], [])).toMatchObject([
      { what: sample.what, ours: { points: expect.any(Number) } },
    ]);
    return;
  }
  const versions = [negmasVersion, olderNegmas];
  const missing = versions.map(installNegmas).find((why) => why !== null);
  if (missing !== undefined) {
    process.stdout.write(
      `NegMAS ${versions.join(" and ")} could not be installed from PyPI, nothing is compared: ${missing}\n`,
    );
    return;
  }
  const rows = measurePeers(peerTasks(), versions);
  const ms = (time: number | undefined): string =>
    time === undefined ? "-" : time.toFixed(time < 100 ? 1 : 0);
  for (const { what, ours, negmas, olderNegmas: older, ratio, firstRatio } of rows) {
    process.stdout.write(
      `${what.padEnd(55)} ours ${ms(ours.cpuMs).padStart(7)} ms (first ${ms(ours.firstMs)}), ${ours.points} points   NegMAS ${ms(negmas?.cpuMs).padStart(7)} ms (${olderNegmas}: ${ms(older?.cpuMs)}), ${negmas?.points} points, ${negmas?.same ? "the same" : "others"} on one reading   ${ratio?.toFixed(0)} times (first ${firstRatio?.toFixed(0)})\n`,
    );
    if (negmas?.unread)
      process.stdout.write(
        `  NegMAS does not read its files, so it enumerated what we read: ${negmas.unread}\n`,
      );
  }
  writeResults("peers", { negmas: negmasVersion, olderNegmas }, { rows });
  for (const { what, negmas } of rows) expect(negmas?.same, what).toBe(true);
});
