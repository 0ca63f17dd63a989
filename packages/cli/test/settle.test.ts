import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseMarkdown } from "@parley/text";
import { describe, expect, test } from "vitest";
import { exercise, folderWith, parley, type Run } from "./command-line.ts";

const draft = join(exercise, "draft.md");
const files = (folder: string): string[] =>
  readdirSync(join(exercise, folder)).map((name) => join(exercise, folder, name));
const settleExercise = (...more: string[]): Run =>
  parley(["settle", draft, "--preferences", ...files("preferences"), ...more]);

const small = `---
format: parley-draft/1
title: Small
---

1. The port [opens]{=opens}/[stays closed]{#port =closed} [on Monday]{#day}. {#first}

2. Corvia lends [two]{=two}/[three]{#ships =three} ships on [date]{#date placeholder}. {#second concerns="corvia"}
`;
const party = (id: string, more: object = {}): string =>
  JSON.stringify({
    format: "parley-preferences/1",
    party: id,
    provenance: "illustrative",
    walkAway: 0,
    scores: {},
    ...more,
  });

/** Settles the small draft with these files beside it. */
function settleSmall(preferences: Readonly<Record<string, string>>, caseFile?: object): Run {
  const folder = folderWith({ "draft.md": small, ...preferences });
  if (caseFile) writeFileSync(join(folder, "case.json"), JSON.stringify(caseFile));
  const named = Object.keys(preferences).map((name) => join(folder, name));
  return parley(["settle", join(folder, "draft.md"), "--preferences", ...named, "--json"]);
}

describe("parley settle on the exercise", () => {
  const { status, out } = settleExercise();

  test("says which option was taken in each bracket, who gains what, and that it is proven", () => {
    expect(status).toBe(0);
    expect(out).toMatch(/^EXERCISE/);
    expect(out).toMatch(/nash.*Optimal,\s+proven/s);
    expect(out).toMatch(/relief-measures +wide +civil aviation parts/);
    expect(out).toMatch(/Orvane +71 +46 +\+25/);
    expect(out).toMatch(/Tolvend +77 +61 +\+16/);
  });

  test("says whose preferences bargained and whose only informed, and which red lines of theirs it crosses", () => {
    expect(out).toMatch(
      /These bargained:\n +Orvane.*\n +Tolvend.*\nThese only informed:\n +Belune.*\n +Straits Union/,
    );
    expect(out).toMatch(/Straits Union: crosses its red line violation = release/);
  });

  test("lists placeholders and open-ended members left", () => {
    expect(out).toMatch(/date +\[date\] +words still missing/);
    expect(out).toMatch(/scope +\[other\] +the list of alternatives is open-ended/);
  });

  test("marks in the clean text what does not bind the affected neighbour without its acceptance", () => {
    const clean = out.slice(out.indexOf("The clean text"));
    expect(clean).toMatch(/EXERCISE/);
    expect(clean).toMatch(/energy installations and ports of the other\.\[\^not-binding-1\]/);
    expect(clean).toMatch(/\[\^not-binding-1\]: Not binding on Belune without its acceptance\./);
  });

  test("gives the same bytes on a second run", () => {
    expect(settleExercise().out).toBe(out);
    expect(settleExercise("--json").out).toBe(settleExercise("--json").out);
  });

  test("reports in lines of at most 80 columns", () => {
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });

  test("--out writes a text without brackets, but for the placeholder", () => {
    const folder = folderWith({});
    const file = join(folder, "clean.md");
    const run = settleExercise("--out", file);
    expect(run.status).toBe(0);
    expect(run.out).toContain(`The clean text is in ${file}.`);
    const { draft: clean, repairs } = parseMarkdown(readFileSync(file, "utf8"));
    expect(repairs).toEqual([]);
    expect(clean.exercise).toBe(true);
    const { brackets } = JSON.parse(parley(["brackets", file, "--json"]).out) as {
      brackets: { kind: string }[];
    };
    expect(brackets.map(({ kind }) => kind)).toEqual(["placeholder"]);
  });

  test("builds the same problem as solve on the folder", () => {
    const settled = JSON.parse(settleExercise("--json", "--solution", "egalitarian").out) as {
      utilities: unknown;
    };
    const solved = JSON.parse(parley(["solve", exercise, "--solution", "egalitarian", "--json"]).out) as {
      solutions: { egalitarian: { utilities: unknown } };
    };
    expect(settled.utilities).toEqual(solved.solutions.egalitarian.utilities);
  });

  test("shows with each variant of one side's scores how assumptions change the package", () => {
    const others = files("preferences").filter((name) => !name.endsWith("tolvend.json"));
    const choices = [join(exercise, "preferences/tolvend.json"), ...files("variants")].map((variant) => {
      const run = parley(["settle", draft, "--preferences", ...others, variant, "--json"]);
      expect(run.status).toBe(0);
      return JSON.stringify((JSON.parse(run.out) as { choices: unknown }).choices);
    });
    expect(new Set(choices).size).toBe(3);
  });
});

describe("who decides", () => {
  const parties = [
    { id: "alda", name: "Alda", code: "A", seat: "principal" },
    { id: "corvia", name: "Corvia", code: "C", seat: "affected" },
  ];
  const caseFile = { format: "parley-case/1", name: "small", title: "Small", parties };
  const alda = party("alda", { scores: { port: { opens: 3 }, ships: { three: 2 } } });

  test("the red lines and linkages of an affected party are reported and bind nobody", () => {
    const corvia = party("corvia", {
      walkAway: 5,
      scores: { ships: { two: 9 } },
      redLines: [["ships", "three"]],
      requires: [
        [
          ["port", "opens"],
          ["day", "drop"],
        ],
      ],
    });
    const { status, out } = settleSmall({ "alda.json": alda, "corvia.json": corvia }, caseFile);
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      utilities: { alda: 5 },
      parties: [
        { party: "alda", bargained: true, gain: 5 },
        { party: "corvia", bargained: false, utility: 0, gain: -5, crossedRedLines: [["ships", "three"]] },
      ],
      notBinding: [{ clause: "second", parties: ["Corvia"] }],
      left: [{ bracket: "date", kind: "placeholder" }],
    });
  });

  test("without a case every preferences file is a principal's", () => {
    const corvia = party("corvia", { redLines: [["ships", "three"]] });
    const { out } = settleSmall({ "alda.json": alda, "corvia.json": corvia });
    expect(JSON.parse(out)).toMatchObject({ utilities: { alda: 3, corvia: 0 } });
  });

  test("linkages of the text itself constrain", () => {
    const linked = {
      ...caseFile,
      excludes: [
        [
          ["port", "opens"],
          ["ships", "three"],
        ],
      ],
    };
    expect(JSON.parse(settleSmall({ "alda.json": alda }, linked).out)).toMatchObject({
      utilities: { alda: 3 },
    });
  });

  test("red lines on every option of a bracket are infeasible: exit status 1, with the conflict", () => {
    const stuck = party("alda", {
      redLines: [
        ["port", "opens"],
        ["port", "closed"],
      ],
    });
    const { status, out } = settleSmall({ "alda.json": stuck });
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      status: "infeasible",
      conflict: [{ party: "alda" }, { party: "alda" }],
    });
  });

  test("no zone of agreement is exit status 1, with what would have to give", () => {
    const { status, out } = settleSmall({ "alda.json": party("alda", { walkAway: 1 }) });
    expect(status).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ status: "no-agreement", nearest: { lower: { alda: 1 } } });
  });
});

describe("bad input is one line that names file and place, and exit status 2", () => {
  const seats = { format: "parley-case/1", name: "small", title: "Small" };
  const alda = { id: "alda", name: "Alda", code: "A", seat: "principal" };

  test.each([
    ["an unknown bracket", { scores: { prt: { opens: 1 } } }, /scores\.prt: there is no bracket "prt"/],
    [
      "an unknown option",
      { scores: { port: { open: 1 } } },
      /scores\.port\.open: the bracket "port" has no option "open"/,
    ],
    [
      "a placeholder that is scored",
      { scores: { date: { blank: 1 } } },
      /scores\.date: there is no bracket "date"/,
    ],
    [
      "a score that is not a number",
      { scores: { port: { opens: "3" } } },
      /scores\.port\.opens: expected a number/,
    ],
    ["an unknown key", { socres: {} }, /socres: unknown key/],
    [
      "an unknown provenance",
      { provenance: "guessed" },
      /provenance: expected stated, imputed, illustrative/,
    ],
    ["a walk-away that is missing", { walkAway: undefined }, /walkAway/],
    ["a red line that names nothing", { redLines: [["port", "shut"]] }, /redLines\[0\]/],
    ["a reason for nothing", { reasons: { prt: "x" } }, /reasons\.prt/],
  ])("%s", (_, more, sentence) => {
    expectRefused(settleSmall({ "alda.json": party("alda", more) }), /alda\.json: /, sentence);
  });

  test("a key twice in one object", () => {
    const twice = party("alda").replace('"walkAway":0', '"walkAway":0,"walkAway":9');
    expectRefused(settleSmall({ "alda.json": twice }), /alda\.json: /, /"walkAway" occurs twice/);
  });

  test("preferences of a party that has no seat", () => {
    const run = settleSmall(
      { "alda.json": party("alda"), "brun.json": party("brun") },
      { ...seats, parties: [alda] },
    );
    expectRefused(run, /brun\.json: /, /"brun" has no seat in this case \(seats: alda\)/);
  });

  test("preferences of a seat that has none to give", () => {
    const host = { id: "host", name: "Sedna", code: "S", seat: "host" };
    const run = settleSmall(
      { "alda.json": party("alda"), "host.json": party("host") },
      { ...seats, parties: [alda, host] },
    );
    expectRefused(run, /host\.json: /, /the seat of Sedna is host/);
  });

  test("a principal without preferences", () => {
    const brun = { ...alda, id: "brun", name: "Brun", code: "B" };
    const run = settleSmall({ "alda.json": party("alda") }, { ...seats, parties: [alda, brun] });
    expectRefused(run, /case\.json: /, /preferences of Brun \(brun\) are missing/);
  });

  test("two files of one party", () => {
    const run = settleSmall({ "alda.json": party("alda"), "again.json": party("alda") });
    expectRefused(run, /again\.json: /, /given twice/);
  });

  test("a linkage of the case that names nothing", () => {
    const requires = [
      [
        ["port", "opens"],
        ["quay", "keep"],
      ],
    ];
    const run = settleSmall({ "alda.json": party("alda") }, { ...seats, parties: [alda], requires });
    expectRefused(run, /case\.json: /, /requires\[0\]\[1\]\[0\]: there is no/);
  });

  test("a file that is not there, a folder, and bytes that are no text", () => {
    const folder = folderWith({ "draft.md": small });
    mkdirSync(join(folder, "inner"));
    writeFileSync(join(folder, "bytes.json"), Uint8Array.of(0xff, 0xfe, 0x00));
    for (const [name, sentence] of [
      ["nothing.json", /no such file/],
      ["inner", /is a folder/],
      ["bytes.json", /not UTF-8/],
    ] as const) {
      const run = parley(["settle", join(folder, "draft.md"), "--preferences", join(folder, name)]);
      expectRefused(run, new RegExp(`${name}: `), sentence);
    }
  });

  test("50 MB of brackets nested 100,000 deep, in a few seconds", () => {
    const tower = `${"[".repeat(100_000)}x${"]".repeat(100_000)}\n\n`;
    const folder = folderWith({ "huge.md": tower.repeat(250), "deep.md": tower });
    const started = performance.now();
    for (const name of ["huge.md", "deep.md"]) {
      expectRefused(parley(["brackets", join(folder, name)]), new RegExp(`${name}: line 1`), /over|deep/);
    }
    expectRefused(parley(["brackets", "-"], tower), /standard input: line 1/, /deep/);
    expect(performance.now() - started).toBeLessThan(60_000);
  });

  test("a clean text of a kind that is not written", () => {
    expectRefused(settleExercise("--out", "text.pdf"), /text\.pdf/, /\.md, \.txt, \.docx/);
  });
});

function expectRefused({ status, out, log }: Run, place: RegExp, sentence: RegExp): void {
  expect({ status, out }).toEqual({ status: 2, out: "" });
  expect(log).toMatch(place);
  expect(log).toMatch(sentence);
  expect(log.trimEnd().split("\n")).toHaveLength(1);
}
