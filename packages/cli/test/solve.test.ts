import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { exercise, folderWith, parley, spawnParley } from "./command-line.ts";

interface Bracket {
  readonly id: string;
  readonly options: readonly { readonly id: string }[];
  readonly parent?: { readonly bracket: string; readonly option: string };
}
type Scores = Record<string, Record<string, number>>;
type Chosen = Map<string, string>;

const parties = ["orvane", "tolvend"];
const preferences = parties.map(
  (party) =>
    JSON.parse(readFileSync(join(exercise, "preferences", `${party}.json`), "utf8")) as {
      walkAway: number;
      scores: Scores;
      redLines: [string, string][];
    },
);
const requires = (
  JSON.parse(readFileSync(join(exercise, "case.json"), "utf8")) as { requires: [string, string][][] }
).requires;

/** Every outcome of the brackets, one after another, by plain recursion: the oracle of this test. */
function everyOutcome(brackets: readonly Bracket[], see: (chosen: Chosen) => void): void {
  const chosen: Chosen = new Map();
  const choose = (at: number): void => {
    const bracket = brackets[at];
    if (!bracket) see(chosen);
    else if (!isOpen(bracket, chosen)) choose(at + 1);
    else {
      for (const { id } of bracket.options) {
        chosen.set(bracket.id, id);
        choose(at + 1);
      }
      chosen.delete(bracket.id);
    }
  };
  choose(0);
}

function isOpen({ options, parent }: Bracket, chosen: Chosen): boolean {
  return options.length > 0 && (!parent || chosen.get(parent.bracket) === parent.option);
}

/** The utility vectors that red lines and linkages leave, each with how many outcomes have it. */
function bruteForce(): Map<string, { utilities: number[]; outcomes: number }> {
  const { brackets } = JSON.parse(parley(["brackets", join(exercise, "draft.md"), "--json"]).out) as {
    brackets: Bracket[];
  };
  const vectors = new Map<string, { utilities: number[]; outcomes: number }>();
  everyOutcome(brackets, (chosen) => {
    const has = ([bracket, option]: readonly string[]): boolean => chosen.get(bracket as string) === option;
    if (preferences.some(({ redLines }) => redLines.some(has))) return;
    if (requires.some(([first, second]) => has(first as string[]) && !has(second as string[]))) return;
    const utilities = preferences.map(({ scores }) =>
      [...chosen].reduce((sum, [bracket, option]) => sum + (scores[bracket]?.[option] ?? 0), 0),
    );
    const key = utilities.join();
    const known = vectors.get(key);
    if (known) known.outcomes++;
    else vectors.set(key, { utilities, outcomes: 1 });
  });
  return vectors;
}

describe("parley solve on the exercise", () => {
  const run = parley(["solve", exercise, "--frontier", "--json"]);
  const document = JSON.parse(run.out) as {
    notice: string;
    problem: { outcomes: string };
    solutions: Record<string, { status: string; utilities: Record<string, number>; tied: boolean }>;
    frontier: { exact: boolean; points: { utilities: Record<string, number>; inZone: boolean }[] };
  };
  const vectors = bruteForce();
  const walkAway = preferences.map((given) => given.walkAway);
  const all = [...vectors.values()].map(({ utilities }) => utilities as [number, number]);
  const efficient = all
    .filter(([a, b]) => !all.some(([x, y]) => x >= a && y >= b && x + y > a + b))
    .sort(([a], [b]) => b - a);
  const zone = efficient.filter((vector) => vector.every((value, p) => value >= (walkAway[p] ?? 0)));
  const gains = (vector: readonly number[]): [number, number] => [
    (vector[0] ?? 0) - (walkAway[0] ?? 0),
    (vector[1] ?? 0) - (walkAway[1] ?? 0),
  ];
  const best = (rule: (a: number, b: number) => number): readonly number[] =>
    zone.reduce((so, next) => (rule(...gains(next)) > rule(...gains(so)) ? next : so));

  test("its frontier is the one that brute force finds", () => {
    expect(run.status).toBe(0);
    expect(document.frontier.exact).toBe(true);
    const listed = document.frontier.points.map(({ utilities }) => parties.map((party) => utilities[party]));
    expect(listed).toEqual(efficient);
    expect(document.frontier.points.filter(({ inZone }) => inZone)).toHaveLength(zone.length);
  });

  test("its reference packages are those that brute force finds, each by its own rule", () => {
    const ideals = gains([Math.max(...zone.map(([a]) => a)), Math.max(...zone.map(([, b]) => b))]);
    const expected = {
      nash: best((a, b) => a * b),
      "kalai-smorodinsky": best((a, b) => Math.min(a / ideals[0], b / ideals[1])),
      // Ties: egalitarian by the sum, utilitarian by the product.
      egalitarian: best((a, b) => Math.min(a, b) * 1000 + a + b),
      utilitarian: best((a, b) => (a + b) * 1e6 + a * b),
    };
    for (const [name, vector] of Object.entries(expected)) {
      const solution = document.solutions[name];
      expect(solution).toMatchObject({ status: "optimal", tied: false });
      expect(parties.map((party) => solution?.utilities[party])).toEqual(vector);
    }
  });

  test("it teaches: four different packages, each of one outcome only, and everybody gains", () => {
    const chosen = Object.values(document.solutions).map(({ utilities }) =>
      parties.map((party) => utilities[party]),
    );
    expect(new Set(chosen.map((vector) => vector.join())).size).toBe(4);
    for (const vector of chosen) {
      expect(vectors.get(vector.join())?.outcomes).toBe(1);
      expect(Math.min(...gains(vector as number[]))).toBeGreaterThan(0);
    }
  });

  test("all its output says EXERCISE", () => {
    expect(document.notice).toMatch(/^EXERCISE/);
    expect(parley(["solve", exercise]).out).toMatch(/^EXERCISE/);
  });
});

const example = {
  format: "parley-problem/1",
  name: "example",
  parties: [
    { id: "a", walkAway: 30 },
    { id: "b", walkAway: 25 },
  ],
  issues: [
    {
      id: "halt",
      options: [
        { id: "none" },
        { id: "partial", issues: [{ id: "scope", options: [{ id: "energy" }, { id: "energy-and-ports" }] }] },
      ],
    },
    { id: "embassies", options: [{ id: "keep" }, { id: "restore" }] },
  ],
  scores: {
    a: { halt: { partial: 40 }, scope: { "energy-and-ports": 10 } },
    b: { embassies: { restore: 30 }, scope: { energy: 10 } },
  },
  redLines: { a: [["halt", "none"]] },
  interactions: [
    {
      party: "b",
      when: [
        ["halt", ["partial"]],
        ["embassies", ["restore"]],
      ],
      points: 2,
    },
  ],
};

describe("parley solve on a problem file", () => {
  test("reads standard input and prints the document of the contract", () => {
    const { status, out } = parley(["solve", "-", "--frontier", "--json"], JSON.stringify(example));
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      format: "parley-solution/1",
      problem: { name: "example", parties: ["a", "b"], issues: 3, outcomes: "6", arithmetic: "exact" },
      solutions: { nash: { status: "optimal", utilities: { a: 40, b: 42 }, value: 13.0384048104 } },
      frontier: { exact: true, epsilon: 0, size: 2 },
    });
  });

  test("--walk-away overrides, and no zone of agreement is exit status 1 with what would have to give", () => {
    const { status, out } = parley(
      ["solve", "-", "--walk-away", "a=51", "--solution", "nash"],
      JSON.stringify(example),
    );
    expect(status).toBe(1);
    expect(out).toMatch(/No agreement/);
    expect(out).toMatch(/a by 1, to 50/);
  });

  test("red lines on every option of an issue are infeasible: exit status 1, with the conflict", () => {
    const redLines = {
      a: [["halt", "none"]],
      b: [["halt", "partial"]],
    };
    const { status, out } = parley(["solve", "-"], JSON.stringify({ ...example, redLines }));
    expect(status).toBe(1);
    expect(out).toMatch(/red line of a: halt = none/);
    expect(out).toMatch(/red line of b: halt = partial/);
  });

  test.each([
    [{ ...example, score: {} }, /unknown key/],
    [
      { ...example, scores: { a: { halt: { partial: "forty" } } } },
      /scores\.a\.halt\.partial: expected a number/,
    ],
    [{ ...example, scores: { c: {} } }, /there is no party "c"/],
    [{ format: "parley-problem/2" }, /expected "parley-problem\/1"/],
  ])("bad input %# is one line that names file and place, and exit status 2", (problem, sentence) => {
    const file = join(folderWith({ "problem.json": JSON.stringify(problem) }), "problem.json");
    const { status, out, log } = parley(["solve", file]);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(log).toContain(`${file}: `);
    expect(log).toMatch(sentence);
    expect(log.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("parley solve on files of other tools", () => {
  const domain = `<negotiation_template><utility_space><objective index="0" name="root">
    <issue index="1" name="price" vtype="discrete"><item index="1" value="low"/><item index="2" value="high"/></issue>
  </objective></utility_space></negotiation_template>`;
  const profile = (low: number, high: number): string => `<utility_space><objective index="0" name="root">
    <weight index="1" value="1"/><issue index="1" name="price" vtype="discrete">
    <item index="1" value="low" evaluation="${low}"/><item index="2" value="high" evaluation="${high}"/></issue>
    </objective><discount_factor value="0.9"/><reservation value="0.2"/></utility_space>`;
  const partiesOf = (words: readonly string[]) =>
    (JSON.parse(parley(["solve", ...words, "--json"]).out) as { problem: { parties: string[] } }).problem
      .parties;

  test("a folder has its parties in bytewise order of file names, files are taken in their order", () => {
    const folder = folderWith({ "d.xml": domain, "Seller.xml": profile(1, 4), "buyer.xml": profile(4, 1) });
    expect(partiesOf([folder])).toEqual(["Seller", "buyer"]);
    const files = ["buyer.xml", "Seller.xml", "d.xml"].map((name) => join(folder, name));
    expect(partiesOf(files)).toEqual(["buyer", "Seller"]);
    const { status, out, log } = parley(["solve", folder, "--frontier"]);
    expect(status).toBe(0);
    expect(out).toMatch(/d: 2 parties, 1 issue, 2 outcomes/);
    expect(log).toMatch(/file of buyer asks for a discount of 0.9, which is not applied/);
  });

  test.each([
    [["d.xml"], /d\.xml: no GENIUS profile/],
    [["d.xml", "broken.xml"], /broken\.xml: this is not well-formed XML/],
    [[".", "d.xml"], /: a folder is a whole problem/],
    [["p.json", "p.json"], /p\.json: several JSON files must be/],
  ])("%j is refused with the file at fault, and exit status 2", (names, sentence) => {
    const files = { "d.xml": domain, "broken.xml": "<utility_space>", "p.json": "{}" };
    const here = folderWith(files);
    const { status, out, log } = parley(["solve", ...names.map((name) => join(here, name))]);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(log).toMatch(sentence);
  });

  test("a folder without anything to solve says so", () => {
    const { status, log } = parley(["solve", folderWith({ "readme.md": "" })]);
    expect(status).toBe(2);
    expect(log).toMatch(/: this folder has neither case\.json nor a domain/);
  });
});

describe("a solve that would take too long", () => {
  /**
   * Five parties, forty issues of eight options and linkages, scores of twenty bits: efficient points beyond
   * counting, so no method ends in a minute.
   */
  function large(): string {
    const numbers = (seed: number) => Math.imul(seed + 1, 0x9e37_79b1) >>> 12;
    const parties = [..."abcde"];
    const issues = Array.from({ length: 40 }, (_, i) => ({
      id: `i${i}`,
      options: Array.from({ length: 8 }, (_, o) => ({ id: `o${o}` })),
    }));
    const scores = Object.fromEntries(
      parties.map((party, p) => [
        party,
        Object.fromEntries(
          issues.map(({ id, options }, i) => [
            id,
            Object.fromEntries(options.map((option, o) => [option.id, numbers(p * 331 + i * 17 + o * 5)])),
          ]),
        ),
      ]),
    );
    const excludes = Array.from({ length: 39 }, (_, i) => [
      [`i${i}`, `o${i % 8}`],
      [`i${i + 1}`, `o${(i * 3) % 8}`],
    ]);
    const walkAways = parties.map((id) => ({ id, walkAway: 0 }));
    return JSON.stringify({
      format: "parley-problem/1",
      name: "large",
      parties: walkAways,
      issues,
      scores,
      excludes,
    });
  }

  test("ends at its time limit with what is known, and says how far that is", () => {
    const { status, out } = parley(["solve", "-", "--frontier", "--time-limit", "1", "--json"], large());
    expect(status).toBe(0);
    const { solutions, frontier } = JSON.parse(out) as {
      solutions: Record<string, { status: string }>;
      frontier: { exact: boolean };
    };
    for (const { status: reached } of Object.values(solutions))
      expect(reached).toMatch(/optimal|bounded|unknown/);
    expect(frontier.exact).toBe(false);
  });

  test("can be interrupted with Ctrl-C without loss", async () => {
    const file = join(folderWith({ "large.json": large() }), "large.json");
    const running = spawnParley(["solve", file, "--frontier", "--time-limit", "50", "--json"]);
    await running.saysInLog(/Ctrl-C/);
    const interrupted = performance.now();
    running.interrupt();
    const { status, out } = await running.ended;
    expect(status).toBe(0);
    expect(performance.now() - interrupted).toBeLessThan(20_000);
    expect(JSON.parse(out)).toMatchObject({ format: "parley-solution/1", frontier: { exact: false } });
  });
});
