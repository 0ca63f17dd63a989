/** Runs the real, built command, as a person would. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";

export const root: string = resolve(import.meta.dirname, "../../..");
export const exercise: string = join(root, "examples/exercise-straits");

export interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly log: string;
}

/** Runs `parley` at the root of the checkout. Needs the build, which `npm test` makes first. */
export function parley(args: readonly string[], input = ""): Run {
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [join(root, "packages/cli/bin/parley.js"), ...args],
    { cwd: root, input, encoding: "utf8", timeout: 60_000, maxBuffer: 256 * 1024 * 1024 },
  );
  if (error) throw error;
  return { status, out: stdout, log: stderr };
}

/** A folder for one test, with these files in it; removed afterwards. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "parley-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
