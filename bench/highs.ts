/**
 * The same problems as mixed-integer programs for HiGHS (the `highs` package, WebAssembly): a peer to measure
 * against and a second opinion to agree with. Its answers are floating point, within its tolerances.
 *
 * One binary for each option, at most one of an issue, inner issues as often as their option is chosen; a
 * fraction for each interaction, which the objective drives to its end.
 */
import { createRequire } from "node:module";
import { frontier, type Problem, type ProblemIssue } from "@parley/solver";
import type { Highs } from "highs";

/** Its types describe what `require` gives. */
const loadHighs = createRequire(import.meta.url)("highs") as () => Promise<Highs>;

/** One instance for all: loading it takes longer than most problems. */
let loaded: Promise<Highs> | undefined;

export function highs(): Promise<Highs> {
  loaded ??= loadHighs();
  return loaded;
}

interface Program {
  /** Rows, as text of the LP format. */
  readonly rows: string[];
  readonly binaries: readonly string[];
  readonly bounds: string[];
  /** For each party, its gain as terms over the variables, and the constant. */
  readonly gains: readonly { readonly terms: ReadonlyMap<string, number>; readonly constant: number }[];
}

export interface PeerAnswer {
  /** Of the objective; null where there is no outcome, or a limit came first. */
  readonly value: number | null;
  /** A limit came first. */
  readonly late: boolean;
  /** Relative, of the best answer that it had by then to its bound; infinite where it had none. */
  readonly gap: number;
  readonly gains: readonly number[];
}

/** The seconds of CPU time that one program may take. */
export interface PeerLimits {
  readonly seconds: number;
}

function programOf(problem: Problem): Program {
  const names = new Map<string, string>();
  const binaries: string[] = [];
  const rows: string[] = [];
  const bounds: string[] = [];
  const nameOf = ([issue, option]: readonly [string, string]): string =>
    names.get(JSON.stringify([issue, option])) ?? "";
  const declare = (issues: readonly ProblemIssue[], holder: string | null): void => {
    for (const { id, options } of issues) {
      const own = options.map((option) => {
        const name = `x${names.size}`;
        names.set(JSON.stringify([id, option.id]), name);
        binaries.push(name);
        declare(option.issues ?? [], name);
        return name;
      });
      rows.push(`${own.join(" + ")}${holder === null ? " = 1" : ` - ${holder} = 0`}`);
    }
  };
  declare(problem.issues, null);
  const gains = problem.parties.map(({ walkAway }) => ({
    terms: new Map<string, number>(),
    constant: -walkAway,
  }));
  const add = (party: string, name: string, points: number): void => {
    const terms = gains[problem.parties.findIndex(({ id }) => id === party)]?.terms;
    terms?.set(name, (terms.get(name) ?? 0) + points);
  };
  for (const [party, ofParty] of Object.entries(problem.scores)) {
    for (const [issue, ofIssue] of Object.entries(ofParty))
      for (const [option, points] of Object.entries(ofIssue)) add(party, nameOf([issue, option]), points);
  }
  for (const ref of Object.values(problem.redLines ?? {}).flat()) rows.push(`${nameOf(ref)} = 0`);
  for (const [one, other] of problem.excludes ?? []) {
    if (nameOf(one) === nameOf(other)) rows.push(`${nameOf(one)} = 0`);
    else rows.push(`${nameOf(one)} + ${nameOf(other)} <= 1`);
  }
  for (const [one, other] of problem.requires ?? []) {
    if (nameOf(one) !== nameOf(other)) rows.push(`${nameOf(one)} - ${nameOf(other)} <= 0`);
  }
  for (const [k, { party, when, points }] of (problem.interactions ?? []).entries()) {
    const sums = when.map(([issue, options]) => options.map((option) => nameOf([issue, option])));
    const paid = `z${k}`;
    add(party, paid, points);
    bounds.push(`0 <= ${paid} <= 1`);
    if (points > 0) for (const sum of sums) rows.push(`${paid} - ${sum.join(" - ")} <= 0`);
    else rows.push(`${[paid, ...sums.flat().map((name) => `- ${name}`)].join(" ")} >= ${1 - sums.length}`);
  }
  return { rows, binaries, bounds, gains };
}

/** Adds a row `gain - g = -constant` for each party, so that g is what it gains. */
function withGains(program: Program): void {
  for (const [p, { terms, constant }] of program.gains.entries()) {
    const sum = [...terms].map(([name, points]) => signed(points, name)).join(" ");
    program.rows.push(`${sum} - g${p} = ${-constant}`);
    program.bounds.push(`g${p} free`);
  }
}

function signed(factor: number, name: string): string {
  return `${factor < 0 ? "-" : "+"} ${decimal(Math.abs(factor))} ${name}`;
}

/** Without an exponent, which the LP format would read as a name. */
function decimal(value: number): string {
  return value >= 1e-5 && value < 1e15 ? String(value) : value.toFixed(20);
}

async function maximise(objective: string, program: Program, { seconds }: PeerLimits): Promise<PeerAnswer> {
  const text = `Maximize
 o: ${objective}
Subject To
${program.rows.map((row, k) => ` r${k}: ${row}`).join("\n")}
Bounds
${program.bounds.map((bound) => ` ${bound}`).join("\n")}
Binary
 ${program.binaries.join(" ")}
End`;
  const engine = await highs();
  const { modelStatus: statuses, callbackType } = engine.constants;
  return engine.withModel(async (model): Promise<PeerAnswer> => {
    model.readModel({ format: "lp", data: text });
    model.options.set({ output_flag: false, mip_rel_gap: 0, mip_abs_gap: 1e-9 });
    const started = process.cpuUsage();
    const { modelStatus } = model.run({
      [callbackType.mipInterrupt]: (event) => {
        const { user, system } = process.cpuUsage(started);
        if (user + system > seconds * 1e6) event.interrupt();
      },
    });
    const optimal = modelStatus === statuses.optimal;
    const late = !optimal && modelStatus !== statuses.infeasible;
    const values = optimal ? model.getSolution().colValue : [];
    return {
      value: optimal ? model.getObjectiveValue() : null,
      late,
      gap: late ? Number(model.info.get("mip_gap")) : 0,
      gains: program.gains.map((_, p) => values[model.getColByName(`g${p}`)] ?? Number.NaN),
    };
  });
}

/** The largest sum of gains of outcomes that leave everybody its walk-away value. */
export function utilitarianByHighs(problem: Problem, limits: PeerLimits): Promise<PeerAnswer> {
  const program = programInZone(problem);
  return maximise(problem.parties.map((_, p) => `+ g${p}`).join(" "), program, limits);
}

/** The largest smallest gain / scale. */
export function fairestByHighs(
  problem: Problem,
  scales: readonly number[],
  limits: PeerLimits,
): Promise<PeerAnswer> {
  const program = programInZone(problem);
  for (const [p, scale] of scales.entries())
    if (scale > 0) program.rows.push(`g${p} - ${decimal(scale)} t >= 0`);
  return maximise("t", program, limits);
}

/** The least total lowering of walk-away values that leaves an outcome for all; null where there is no outcome. */
export async function nearestByHighs(problem: Problem, limits: PeerLimits): Promise<PeerAnswer> {
  const program = programOf(problem);
  withGains(program);
  // From 0 on, as variables of the LP format are.
  for (const p of program.gains.keys()) program.rows.push(`g${p} + l${p} >= 0`);
  const found = await maximise(problem.parties.map((_, p) => `- l${p}`).join(" "), program, limits);
  return { ...found, value: found.value === null ? null : 0 - found.value };
}

/** The largest gain of each party within the zone. */
export async function idealsByHighs(problem: Problem, limits: PeerLimits): Promise<(number | null)[]> {
  const ideals: (number | null)[] = [];
  for (const p of problem.parties.keys())
    ideals.push((await maximise(`g${p}`, programInZone(problem), limits)).value);
  return ideals;
}

/**
 * The largest product of gains, all of which must be able to be above zero, by tangents on the logarithm: the
 * sum of tangents bounds the sum of logarithms from above, and a tangent is added at each outcome found.
 * Ends when bound and value are within the gap (of the geometric mean).
 */
export async function nashByHighs(
  problem: Problem,
  gap: number,
  limits: PeerLimits,
): Promise<{ readonly value: number | null; readonly programs: number }> {
  const program = programInZone(problem);
  const parties = [...problem.parties.keys()];
  const cut = (p: number, gain: number): number =>
    program.rows.push(`s${p} ${signed(-1 / gain, `g${p}`)} <= ${Math.log(gain) - 1}`);
  for (const p of parties) program.bounds.push(`s${p} free`);
  const most = await idealsByHighs(problem, limits);
  for (const p of parties)
    for (const share of [0.3, 0.5, 0.7, 1]) cut(p, Math.max(1e-9, (most[p] ?? 1) * share));
  let best = Number.NEGATIVE_INFINITY;
  for (let programs = 1; programs <= 60; programs++) {
    const { value, gains } = await maximise(parties.map((p) => `+ s${p}`).join(" "), program, limits);
    if (value === null) return { value: null, programs };
    best = Math.max(
      best,
      gains.reduce((sum, gain) => sum + Math.log(Math.max(gain, 1e-300)), 0),
    );
    if ((value - best) / parties.length <= gap) return { value: Math.exp(best / parties.length), programs };
    for (const p of parties) cut(p, gains[p] as number);
  }
  return { value: null, programs: 60 };
}

function programInZone(problem: Problem): Program {
  const program = programOf(problem);
  withGains(program);
  for (const p of program.gains.keys()) program.rows.push(`g${p} >= 0`);
  return program;
}

/**
 * The frontier of two parties whose points are whole numbers, by one program for each point: the most for the
 * first party, then for the second, with more for the second than the last point had. Null where a limit came
 * first.
 */
export async function frontierByHighs(problem: Problem, limits: PeerLimits): Promise<number[][] | null> {
  const [, second] = problem.parties;
  if (!second || problem.parties.length > 2) throw new TypeError("two parties are needed");
  const share = 1 / (1 + Math.abs(frontier(problem, { maxPoints: 1, maxNodes: 1 }).ranges[second.id] ?? 0));
  const program = programOf(problem);
  withGains(program);
  const points: number[][] = [];
  for (let least = Number.NEGATIVE_INFINITY; ; ) {
    const rows = Number.isFinite(least) ? [...program.rows, `g1 >= ${least}`] : program.rows;
    const { value, gains, late } = await maximise(`g0 + ${decimal(share)} g1`, { ...program, rows }, limits);
    if (value === null) return late ? null : points;
    const utilities = gains.map((gain, p) => Math.round(gain + (problem.parties[p]?.walkAway ?? 0)));
    points.push(utilities);
    least = Math.round(gains[1] as number) + 1;
  }
}
