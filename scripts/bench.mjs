// `npm run bench` measures the solver beside HiGHS and brute force, `npm run bench:peers` beside NegMAS.
// Both print a table and write bench/results/<name>.json; small sizes of both run with the tests.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./setup.mjs";

const name = process.argv[2] ?? "solver";
const { status } = spawnSync(
  process.execPath,
  [join(root, "node_modules/vitest/vitest.mjs"), "run", "--maxWorkers=1", `bench/test/${name}.test.ts`],
  { cwd: root, stdio: "inherit", env: { ...process.env, BENCH: name } },
);
process.exitCode = status ?? 1;
