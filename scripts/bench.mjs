// `npm run bench` measures the solver beside HiGHS and brute force, `npm run bench:peers` beside NegMAS,
// `npm run bench:text` drafts of 100 and 300 pages, and `npm run bench:server` the server with the goals' sizes, beside
// the raw store's own limit (some ten minutes).
// Each prints its figures and writes bench/results/<name>.json; small sizes of all run with the tests.
// `npm run bench:long-case` opens the exercise with 100,000 entries more in Chromium, and prints its figures.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./setup.mjs";

const name = process.argv[2] ?? "solver";
const file = name === "long-case" ? "packages/web/test/long-case.test.ts" : `bench/test/${name}.test.ts`;
const { status } = spawnSync(
  process.execPath,
  [join(root, "node_modules/vitest/vitest.mjs"), "run", "--maxWorkers=1", file],
  { cwd: root, stdio: "inherit", env: { ...process.env, BENCH: name, LONG_CASE: "100000" } },
);
process.exitCode = status ?? 1;
