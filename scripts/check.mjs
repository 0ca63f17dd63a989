// All that CI runs, in the order in which faults are cheapest to find.
// The last line is the tests' count in plain words, for people and for CI.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./setup.mjs";

const report = join(mkdtempSync(join(tmpdir(), "parley-check-")), "tests.json");
const steps = [
  ["format and lint", ["biome", "ci", "--error-on-warnings", "."]],
  ["types", ["tsc", "-b"]],
  ["types of tests", ["tsc", "-p", "tsconfig.test.json"]],
  ["arrows", ["node", "scripts/arrows.mjs"]],
  ["dead code", ["knip", "--no-progress"]],
  ["tests", ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]],
];

let failed = "";
for (const [name, [command, ...args]] of steps) {
  console.log(`\n# ${name}`);
  const started = Date.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, PATH: `${join(root, "node_modules/.bin")}:${process.env.PATH}` },
  });
  console.log(
    `# ${name}: ${status === 0 ? "good" : "FAILED"} in ${((Date.now() - started) / 1000).toFixed(1)} s`,
  );
  if (status !== 0) {
    failed = name;
    break;
  }
}
const counts = readCounts();
rmSync(join(report, ".."), { recursive: true, force: true });
if (counts) {
  const skipped = counts.numPendingTests + counts.numTodoTests;
  console.log(
    `${counts.numPassedTests} passed, ${counts.numFailedTests} failed${skipped ? `, ${skipped} skipped` : ""}`,
  );
}
if (failed) console.error(`\nThe check stopped at: ${failed}.`);
process.exit(failed ? 1 : 0);

function readCounts() {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return undefined;
  }
}
