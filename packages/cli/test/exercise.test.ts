/** What the exercise promises to those who play it and teach with it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bargainingOf, choiceTree, type Preferences, readCaseFile, readPreferences } from "@parley/core";
import { solve } from "@parley/solver";
import { parseMarkdown, renderMarkdown } from "@parley/text";
import { describe, expect, test } from "vitest";
import { exercise, parley } from "./command-line.ts";

const source = readFileSync(join(exercise, "draft.md"), "utf8");
const { draft, repairs, made } = parseMarkdown(source);
const tree = choiceTree(draft);
const read = (file: string): Preferences => readPreferences(readFileSync(join(exercise, file), "utf8"), tree);
const four = ["orvane", "tolvend", "belune", "straits-union"].map((party) =>
  read(`preferences/${party}.json`),
);
const variants = readdirSync(join(exercise, "variants")).map((name) => read(`variants/${name}`));

describe("the exercise", () => {
  test("has a draft in canonical form, with 12 to 20 brackets, some of them nested", () => {
    expect({ repairs, made }).toEqual({ repairs: [], made: [] });
    expect(renderMarkdown(draft)).toBe(source);
    const { counts } = JSON.parse(parley(["brackets", join(exercise, "draft.md"), "--json"]).out) as {
      counts: { brackets: number; deepest: number };
    };
    expect(counts.brackets).toBeGreaterThanOrEqual(12);
    expect(counts.brackets).toBeLessThanOrEqual(20);
    expect(counts.deepest).toBe(3);
  });

  test.each([...four, ...variants])(
    "gives 100 points to each party, a reason for every score, and a red line: %#",
    (given) => {
      const best = Object.values(given.scores).map((options) => Math.max(...Object.values(options)));
      expect(best.reduce((sum, points) => sum + points, 0)).toBe(100);
      expect(Object.keys(given.reasons)).toEqual(Object.keys(given.scores));
      expect(given.redLines).toHaveLength(1);
      expect(given.provenance).toBe("illustrative");
    },
  );

  test.each([
    ["orvane", [["halt", "limited"]]],
    [
      "tolvend",
      [
        ["relief", "step"],
        ["relief", "on-signature"],
      ],
    ],
    ["belune", [["halt", "limited"]]],
    [
      "straits-union",
      [
        ["participation", "consulted"],
        ["participation", "working-groups"],
      ],
    ],
  ] as const)("leaves %s below its walk-away value without its must-have", (party, mustHave) => {
    const given = four.find((one) => one.party === party) as Preferences;
    const { requires } = readCaseFile(readFileSync(join(exercise, "case.json"), "utf8"));
    const without = { ...given, requires, redLines: [...given.redLines, ...mustHave] };
    const { nash } = solve(bargainingOf(draft, undefined, [without]).problem, { solutions: ["nash"] });
    expect(nash?.status).toBe("no-agreement");
  });

  test("its role sheets show the points of the preferences, and say EXERCISE", () => {
    for (const given of four) {
      const sheet = readFileSync(join(exercise, `roles/${given.party}.md`), "utf8");
      const rows = [...sheet.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, bracket, points]) => [
        bracket,
        points,
      ]);
      const expected = Object.entries(given.scores).map(([bracket, options]) => [
        bracket,
        Object.entries(options)
          .map(([option, points]) => `${option} ${points}`)
          .join(", "),
      ]);
      expect(rows).toEqual(expected);
      expect(sheet).toContain(`${given.walkAway} points`);
    }
    for (const name of readdirSync(join(exercise, "roles"))) {
      expect(readFileSync(join(exercise, "roles", name), "utf8")).toMatch(/^# EXERCISE/);
    }
  });

  test("its teacher's notes show the figures that parley solve prints", () => {
    const notes = readFileSync(join(exercise, "teacher-notes.md"), "utf8");
    const { out } = parley(["solve", exercise, "--frontier"]);
    for (const [, name, orvane, tolvend] of notes.matchAll(
      /^\| ([a-z-]+) \| (\d+ \(\+\d+\)) \| (\d+ \(\+\d+\)) \|/gm,
    )) {
      expect(out.replace(/ +/g, " ")).toContain(`${name} ${orvane} ${tolvend} optimal`);
    }
    const [, inZone, efficient] = /(\d+) of the (\d+) efficient packages/.exec(notes) ?? [];
    expect(out).toContain(`${efficient} points, exact; * ${inZone} in the agreement zone`);
  });
});
