import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig, settings } from "../src/config.ts";

const guide = resolve(import.meta.dirname, "../../../docs/guide/operation.md");

describe("settings", () => {
  test("come from flags, then the environment, then the table", () => {
    const environment = { PARLEY_PORT: "8000", PARLEY_DATA: "/env" };
    expect(readConfig({ data: "/flag" }, environment)).toMatchObject({
      data: "/flag",
      port: 8000,
      host: "127.0.0.1",
      demo: false,
    });
  });

  test.each([
    [{ host: "0.0.0.0" }, /plain HTTP/],
    [{ host: "::" }, /plain HTTP/],
    [{ port: "70000" }, /up to 65535/],
    [{ port: "-1" }, /whole number/],
    [{ "public-url": "http://talks.example" }, /https origin/],
    [{ "public-url": "https://talks.example/path" }, /https origin/],
    [{ demo: true, "public-url": "https://talks.example" }, /loopback only/],
    [{ "openid-issuer": "https://id.example" }, /go together/],
    [{ demo: "perhaps" }, /yes or no/],
    [{ "log-level": "loud" }, /one of fatal, error/],
    [{ "max-body-bytes": "0" }, /at least 1/],
    [{ "rate-limit": "0" }, /at least 1/],
  ])("%j are refused at the start", (flags, sentence) => {
    expect(() => readConfig(flags, {})).toThrow(sentence);
  });

  test("the network is served behind a named TLS proxy, and the demonstration only by a second word", () => {
    expect(readConfig({ host: "0.0.0.0", "public-url": "https://talks.example/" }, {}).publicUrl).toBe(
      "https://talks.example",
    );
    expect(
      readConfig({ demo: true, "demo-public": true, "public-url": "https://talks.example" }, {}).demo,
    ).toBe(true);
  });

  test("all stand in the guide, with their defaults", () => {
    const text = readFileSync(join(guide), "utf8");
    for (const { flag, variable, fallback, meaning } of Object.values(settings)) {
      expect(text).toContain(
        `| \`--${flag}\` | \`${variable}\` | ${fallback === "" ? "" : `\`${fallback}\``} | ${meaning} |`,
      );
    }
  });
});
