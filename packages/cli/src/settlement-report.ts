/** A settlement in words and columns. */
import type { SolvedPackage } from "@parley/solver";
import { counted, figure, signed } from "./figures.ts";
import { columns, cut, fill } from "./layout.ts";
import type { Left, PartyResult, Settlement } from "./settlement.ts";
import type { Style } from "./terminal.ts";

const rules: Readonly<Record<string, string>> = {
  nash: "the largest product of the principals' gains",
  "kalai-smorodinsky": "the largest smallest share of what each principal could gain at most",
  egalitarian: "the largest smallest gain of a principal",
  utilitarian: "the largest sum of the principals' gains",
};

export function settlementReport(
  name: string,
  solved: SolvedPackage,
  settlement: Settlement,
  style: Style,
): string {
  const parts = [
    [fill(`Reference package: ${name}, ${rules[name]}. ${proofOf(solved)}`, 2)],
    partyLines(settlement, style),
    choiceLines(settlement, style),
    leftLines(settlement, style),
    notBindingLines(settlement, style),
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function proofOf(solved: SolvedPackage): string {
  if (solved.status === "bounded") {
    return `Not proven: its value is ${figure(solved.value)}, and none is above ${figure(solved.bound)} (at most ${figure(solved.gap * 100)}% off).`;
  }
  return solved.tied
    ? "Optimal, proven; tied with other gains, and chosen by the order of the parties."
    : "Optimal, proven.";
}

function partyLines({ parties }: Settlement, style: Style): string[] {
  const head = ["", "points", "walk-away", "gain", "preferences"];
  const row = (party: PartyResult): string[] => [
    `  ${party.name}`,
    figure(party.utility),
    figure(party.walkAway),
    signed(party.gain),
    party.provenance,
  ];
  const bargained = parties.filter((party) => party.bargained);
  const informed = parties.filter((party) => !party.bargained);
  const rows = [head, ["These bargained:"], ...bargained.map(row)];
  if (informed.length > 0) rows.push(["These only informed:"], ...informed.map(row));
  const warnings = parties.flatMap(warningsOf);
  return [
    style.strong("Whose preferences, and what the package is worth to each"),
    columns(rows, [1, 2, 3]),
    "  Points are each party's own and compare with nobody else's.",
    ...warnings.map((warning) => style.bad(fill(`  ${warning}`, 4))),
  ];
}

function warningsOf(party: PartyResult): string[] {
  const said = (option: readonly [string, string]): string => option.join(" = ");
  return [
    ...party.crossedRedLines.map((option) => `${party.name}: crosses its red line ${said(option)}.`),
    ...party.brokenLinkages.map(
      ({ kind, linkage: [first, second] }) =>
        `${party.name}: against its linkage, ${said(first)} ${kind} ${said(second)}.`,
    ),
    ...(party.scoredAnotherDraft
      ? [`${party.name}: its preferences name another version of this draft.`]
      : []),
  ];
}

function choiceLines({ choices }: Settlement, style: Style): string[] {
  const bracket = Math.max(...choices.map((choice) => choice.bracket.length));
  const option = Math.max(...choices.map((choice) => choice.option.length));
  const room = Math.max(20, 80 - bracket - option - 6);
  const lines: string[] = [];
  let section = "";
  for (const choice of choices) {
    if (choice.section !== section) lines.push(choice.section);
    section = choice.section;
    const words = choice.words === "" ? "(no text)" : choice.words;
    lines.push(
      `  ${choice.bracket.padEnd(bracket)}  ${choice.option.padEnd(option)}  ${style.quiet(cut(words, room))}`,
    );
  }
  return [style.strong(`What was taken in each of ${counted(choices.length, "bracket")}`), ...lines];
}

const missing: Readonly<Record<Left["kind"], string>> = {
  placeholder: "words still missing",
  "open-ended": "the list of alternatives is open-ended",
  "nothing to choose": "no alternative is written yet",
  "in a note": "it stands in a note, where nobody chooses",
};

function leftLines({ left }: Settlement, style: Style): string[] {
  if (left.length === 0) return [];
  const rows = left.map(({ bracket, kind, words }) => [
    `  ${bracket}`,
    words === "" ? "" : `[${words}]`,
    missing[kind],
  ]);
  const lines = columns(rows).split("\n");
  return [style.strong("Left to write or to confirm"), ...lines.map((line) => cut(line, 80))];
}

function notBindingLines({ notBinding }: Settlement, style: Style): string[] {
  const places = new Map<string, Map<string, string[]>>();
  for (const { section, ordinal, parties } of notBinding) {
    for (const party of parties) {
      const sections = places.get(party) ?? new Map<string, string[]>();
      places.set(party, sections.set(section, [...(sections.get(section) ?? []), ordinal]));
    }
  }
  if (places.size === 0) return [];
  const said = (sections: ReadonlyMap<string, string[]>): string =>
    [...sections]
      .map(([section, ordinals]) => `${section}: ${ordinals.filter((ordinal) => ordinal !== "").join(" ")}`)
      .join("; ");
  return [
    style.strong("Not binding without acceptance"),
    ...[...places].map(([party, sections]) => fill(`  ${party}: ${said(sections)}`, 4)),
  ];
}
