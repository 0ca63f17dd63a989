import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { folderWith, parley } from "./command-line.ts";

const root = resolve(import.meta.dirname, "../../..");

/** Starts `parley serve` and waits for the line that says it is ready. */
async function serve(...args: string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(
    process.execPath,
    [join(root, "packages/cli/bin/parley.js"), "serve", "--port", "0", "--log-level", "silent", ...args],
    { cwd: root, stdio: ["ignore", "pipe", "inherit"] },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  for await (const line of createInterface({ input: child.stdout! })) {
    const url = /^Parley is ready at (\S+)$/.exec(line)?.[1];
    if (url !== undefined) return { child, url };
  }
  throw new Error("the server ended before it was ready");
}

// Each command is a process of its own: on a busy machine that takes a while.
const patienceMs = 600_000;

test("a store is served, exported, backed up, checked, and comes up elsewhere", {
  timeout: patienceMs,
}, async () => {
  const folder = folderWith({});
  const data = join(folder, "data");
  const { child, url } = await serve("--data", data, "--demo");
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: "ok" });

  const file = join(folder, "case.parley");
  expect(parley(["export", "exercise straits", "--data", data, "--out", file])).toMatchObject({ status: 0 });
  const saved = join(folder, "saved.backup");
  expect(parley(["admin", "backup", saved, "--data", data])).toMatchObject({ status: 0 });
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);

  const imported = join(folder, "imported");
  expect(parley(["import", file, "--data", imported])).toMatchObject({ status: 0 });
  const restored = join(folder, "restored");
  expect(parley(["admin", "restore", saved, "--data", restored])).toMatchObject({ status: 0 });
  const report = JSON.parse(parley(["admin", "check", "--json", "--data", restored]).out) as object;
  expect(report).toMatchObject({ faults: [] });
  expect(parley(["export", "exercise straits", "--data", restored]).out).toBe(readFileSync(file, "utf8"));

  const spoiled = join(folder, "spoiled.parley");
  writeFileSync(spoiled, readFileSync(file, "utf8").replace("Orvane", "Orvana"));
  expect(parley(["import", spoiled, "--data", join(folder, "other")])).toMatchObject({
    status: 2,
    log: expect.stringMatching(/line 2: /) as string,
  });
});

test.each([
  [["serve", "--host", "0.0.0.0"], /would serve plain HTTP to the network/],
  [["admin"], /is not one of link/],
])("%j is bad usage: one line and exit status 2", (args, sentence) => {
  const { status, out, log } = parley(args);
  expect({ status, out }).toEqual({ status: 2, out: "" });
  expect(log).toMatch(sentence);
});
