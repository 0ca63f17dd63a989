// What `npm start` and `npm test` need on a fresh clone: the locked dependencies and the build.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Runs a command with its output shown; ends this process with one sentence if it fails. */
function run(command, args, sentence) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (status === 0) return;
  console.error(`${sentence}${error ? ` (${error.message})` : ""}`);
  process.exit(status ?? 1);
}

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Parley needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and try again.`,
  );
  process.exit(1);
}

/** The dependencies stand if npm's own record of them is no older than the lockfile. */
function dependenciesStand() {
  const record = resolve(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  return statSync(record).mtimeMs >= statSync(resolve(root, "package-lock.json")).mtimeMs;
}

export function setUp() {
  requireNode();
  if (!dependenciesStand()) {
    run(
      "npm",
      ["ci", "--no-audit", "--no-fund"],
      "The dependencies could not be installed: is the npm registry reachable from here?",
    );
  }
  run("npm", ["run", "--silent", "build"], "Parley could not be built.");
  return JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")).version;
}
