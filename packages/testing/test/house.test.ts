import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");

test("the lockfile names no download address", () => {
  expect(readFileSync(resolve(root, "package-lock.json"), "utf8")).not.toMatch(/"resolved": *"https?:/);
});

test("no tracked file names a path of one machine", () => {
  const files = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8" })
    .split("\0")
    .filter(Boolean);
  expect(files.length).toBeGreaterThan(20);
  const found = files.filter((file) => readText(file).includes(`${root}/`));
  expect(found).toEqual([]);
});

function readText(file: string): string {
  try {
    return readFileSync(resolve(root, file), "utf8");
  } catch {
    return "";
  }
}
