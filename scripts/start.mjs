// `npm start`: sets up and opens the negotiating table with the demonstration, which keeps what happens in `.parley/demo`.
import { spawn } from "node:child_process";
import { root, setUp } from "./setup.mjs";

const version = setUp();
console.log(`
Parley ${version}. The table opens with two cases: an exercise between fictional states, in which you can take every seat,
and the meeting of Riyadh as it was reported, to read. Ctrl-C ends it; what happened is kept.

On the terminal instead:
  npx parley brackets examples/exercise-straits/draft.md      the text with its brackets
  npx parley solve examples/exercise-straits --frontier       all efficient packages
  examples/exercise-straits/README.md                         the exercise, to play and to teach
`);
const words = process.argv.slice(2);
const given = (name) => words.some((word) => word === name || word.startsWith(`${name}=`));
const data = given("--data") ? [] : ["--data", ".parley/demo"];
const quiet = given("--log-level") ? [] : ["--log-level", "warn"];
const serve = ["packages/cli/bin/parley.js", "serve", "--demo", ...data, ...quiet, ...words];
const table = spawn(process.execPath, serve, { cwd: root, stdio: "inherit" });
// The server ends in its own order; this only waits for it.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => table.kill(signal));
table.on("exit", (status) => {
  process.exitCode = status ?? 0;
});
