/** Runs the real, built command, as a person would. */
import { spawn, spawnSync } from "node:child_process";
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

/** `parley` as it runs, for what happens meanwhile. It is ended with the test. */
export function spawnParley(args: readonly string[]): {
  /** Resolves once its log matches, or it has ended. */
  saysInLog(what: RegExp): Promise<void>;
  interrupt(): void;
  readonly ended: Promise<Run>;
} {
  const child = spawn(process.execPath, [join(root, "packages/cli/bin/parley.js"), ...args], { cwd: root });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let out = "";
  let log = "";
  child.stdout.on("data", (part: Buffer) => {
    out += part.toString();
  });
  child.stderr.on("data", (part: Buffer) => {
    log += part.toString();
  });
  const ended = new Promise<Run>((resolve) => child.on("close", (status) => resolve({ status, out, log })));
  const saysInLog = async (what: RegExp): Promise<void> => {
    const heard = new Promise<void>((resolve) => {
      child.stderr.on("data", () => what.test(log) && resolve());
    });
    await Promise.race([heard, ended]);
  };
  return { saysInLog, interrupt: () => child.kill("SIGINT"), ended };
}

/** A folder for one test, with these files in it; removed afterwards. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "parley-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
