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

test("a store is served, exported, backed up, checked, and comes up elsewhere", async () => {
  const folder = folderWith({});
  const data = join(folder, "data");
  const { child, url } = await serve("--data", data, "--demo");
  expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: "ok" });

  const file = join(folder, "case.parley");
  expect(parley(["export", "exercise straits", "--data", data, "--out", file])).toMatchObject({ status: 0 });
  expect(parley(["export", "exercise straits", "--as", "belune", "--data", data]).out).toContain(
    '"seat":"belune"',
  );
  const saved = join(folder, "saved.backup");
  expect(parley(["admin", "backup", saved, "--data", data])).toMatchObject({ status: 0 });
  expect(parley(["admin", "link", "A. Person", "--url", url, "--data", data]).out).toMatch(/#link=/);
  expect(parley(["import", file, "--data", data])).toMatchObject({
    status: 2,
    log: expect.stringMatching(/in use by another server/) as string,
  });
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);

  const imported = join(folder, "imported");
  expect(parley(["import", file, "--data", imported])).toMatchObject({ status: 0 });
  expect(parley(["import", file, "--data", imported]).log).toMatch(/were here already/);
  const restored = join(folder, "restored");
  expect(parley(["admin", "restore", saved, "--data", restored])).toMatchObject({ status: 0 });
  for (const store of [data, imported, restored]) {
    const report = JSON.parse(parley(["admin", "check", "--json", "--data", store]).out) as object;
    expect(report).toMatchObject({ faults: [] });
  }
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
  [["serve", "--port", "many"], /--port .* is a whole number/],
  [["serve", "--public-url", "ftp://x"], /--public-url is an https origin/],
  [["serve", "--demo", "--public-url", "https://talks.example"], /--demo has public keys/],
  [["serve", "now"], /one argument too many/],
  [["admin"], /is not one of link/],
  [["admin", "link"], /a NAME is missing/],
  [["export"], /a CASE is missing/],
])("%j is bad usage: one line and exit status 2", (args, sentence) => {
  const { status, out, log } = parley(args);
  expect({ status, out }).toEqual({ status: 2, out: "" });
  expect(log).toMatch(sentence);
});
