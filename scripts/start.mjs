// `npm start`: sets up. Until there is a web table it settles the sample exercise on the terminal.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root, setUp } from "./setup.mjs";

const version = setUp();
const exercise = "examples/exercise-straits";
const preferences = readdirSync(join(root, exercise, "preferences"))
  .sort()
  .map((name) => `${exercise}/preferences/${name}`);

console.log(`
Parley ${version}. There is no web table yet: this settles the sample exercise here.

Two fictional powers negotiate one text. What is not agreed stands in brackets.
Each side has said, in private, what every alternative is worth to it. Parley
finds a package that no other betters for one side without costing the other,
proves it, and puts it into the text. It proposes; it decides nothing.
`);
const { status } = spawnSync(
  process.execPath,
  ["packages/cli/bin/parley.js", "settle", `${exercise}/draft.md`, "--preferences", ...preferences],
  { cwd: root, stdio: ["ignore", "inherit", "inherit"] },
);
console.log(`
Next:
  npx parley brackets ${exercise}/draft.md      the text with its brackets
  npx parley solve ${exercise} --frontier       all efficient packages
  ${exercise}/README.md                         the exercise, to play and to teach
`);
process.exitCode = status ?? 1;
