/** `parley verify` on a case that was really kept, and on what a dishonest keeper or a broken disk makes of it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { SignedCase } from "@parley/testing";
import { beforeAll, describe, expect, test } from "vitest";
import { folderWith, parley } from "./command-line.ts";

let file: string;
let head: string;
let newer: string;
let other: string;

beforeAll(async () => {
  const talks = await SignedCase.seated("EXERCISE of verification");
  file = new TextDecoder().decode(await talks.file());
  head = await talks.checkpoint();
  await talks.issue("aldia", "Void", {});
  newer = await talks.checkpoint();
  other = await (await SignedCase.open("another EXERCISE")).checkpoint();
});

const folder = (files: Readonly<Record<string, string>> = {}): string =>
  folderWith({ "case.parley": file, head, newer, other, ...files });

describe("parley verify", () => {
  test("says what it found, and that a missing tail is not excluded", () => {
    const run = parley(["verify", join(folder(), "case.parley")]);
    expect([run.status, run.log]).toEqual([0, ""]);
    expect(run.out).toContain("EXERCISE");
    expect(run.out).toContain("Everything in this record verifies.");
    expect(run.out).toContain("whether newer entries are missing is not proven");
  });

  test("reads standard input, and gives the answer as JSON", () => {
    const run = parley(["verify", "-", "--json"], file);
    expect(run.status).toBe(0);
    const answer = JSON.parse(run.out) as Record<string, unknown>;
    expect(answer).toMatchObject({
      format: "parley-verification/1",
      valid: true,
      seat: null,
      tail: "unproven",
      signatures: "verified",
      title: "EXERCISE of verification",
      logs: [{ log: "shared", redacted: 0, cosignatures: 0 }],
    });
    expect(answer).not.toHaveProperty("state");
  });

  test("with a head from elsewhere proves that nothing up to it is missing", () => {
    const at = folder();
    const good = parley(["verify", join(at, "case.parley"), "--head", join(at, "head")]);
    expect(good.status).toBe(0);
    expect(good.out).toContain("nothing up to them is missing");
    const short = parley(["verify", join(at, "case.parley"), "--head", join(at, "newer"), "--json"]);
    expect(short.status).toBe(1);
    expect(JSON.parse(short.out)).toMatchObject({
      valid: false,
      fault: { code: "tail-missing", log: "shared" },
    });
    expect(parley(["verify", join(at, "case.parley"), "--head", join(at, "other")]).out).toContain(
      "unknown-log",
    );
  });

  test("names the first thing that is wrong, and its line", () => {
    const lines = file.split("\n");
    lines[3] = (lines[3] as string).replace(/"salt":"./, '"salt":"_');
    const run = parley(["verify", join(folder({ "bent.parley": lines.join("\n") }), "bent.parley")]);
    expect(run.status).toBe(1);
    expect(run.out).toMatch(
      /^This record does not verify\.\nline 4, log shared, entry 2: [^(]*\(bad-signature\)\n$/,
    );
    const cut = parley(["verify", "-"], file.slice(0, 3000));
    expect(cut.status).toBe(1);
    expect(cut.out).toContain("bad-export");
  });

  test("is bad usage with no file, a file that is not there, or a head that is none", () => {
    const at = folder();
    writeFileSync(join(at, "text"), "hello");
    for (const args of [
      ["verify"],
      ["verify", join(at, "absent")],
      ["verify", at],
      ["verify", join(at, "case.parley"), "--head", join(at, "text")],
      ["verify", join(at, "case.parley"), "--head", join(at, "absent")],
    ]) {
      const run = parley(args);
      expect([args, run.status, run.out]).toEqual([args, 2, ""]);
      expect(run.log.trimEnd().split("\n")).toHaveLength(1);
    }
  });
});
