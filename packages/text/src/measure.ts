/** Brackets counted by clause and by who holds them, and over versions: figures for a table or a plot. */
import { type Counts, countBrackets } from "./counts.ts";
import type { BracketKind, ClauseId, Draft } from "./model.ts";
import { brackets, clauses, plainText } from "./walk.ts";

export interface ClauseMeasure {
  /** The heading under which the brackets stand; undefined before the first one. */
  readonly clause: ClauseId | undefined;
  readonly ordinal: string;
  readonly heading: string;
  readonly brackets: number;
}

export interface HolderMeasure {
  readonly party: string;
  /** Brackets of which the party proposes an alternative, or supports one. */
  readonly proposes: number;
  readonly supports: number;
}

export interface Measure {
  readonly counts: Counts;
  readonly words: number;
  readonly byClause: readonly ClauseMeasure[];
  readonly byHolder: readonly HolderMeasure[];
  /** Brackets in which nobody is named. */
  readonly unattributed: number;
}

/** Counts by the headings of the highest level that has more than one. */
export function measureDraft(draft: Draft): Measure {
  const holders = new Map<string, { proposes: number; supports: number }>();
  let unattributed = 0;
  for (const { bracket } of brackets(draft)) {
    const named = { proposes: new Set<string>(), supports: new Set<string>() };
    for (const { attributions = [] } of bracket.options) {
      for (const { party, role } of attributions) named[role].add(party);
    }
    if (named.proposes.size + named.supports.size === 0) unattributed++;
    for (const role of ["proposes", "supports"] as const) {
      for (const party of named[role]) {
        const counts = holders.get(party) ?? { proposes: 0, supports: 0 };
        counts[role]++;
        holders.set(party, counts);
      }
    }
  }
  const byHolder = [...holders].map(([party, counts]) => ({ party, ...counts }));
  const words = clauses(draft).reduce(
    (sum, { content }) => sum + (plainText(content).match(/\S+/gu)?.length ?? 0),
    0,
  );
  byHolder.sort((a, b) => b.proposes + b.supports - a.proposes - a.supports || (a.party < b.party ? -1 : 1));
  return { counts: countBrackets(draft), words, byClause: measureClauses(draft), byHolder, unattributed };
}

function measureClauses(draft: Draft): ClauseMeasure[] {
  const headings = clauses(draft).filter(({ form }) => form === "heading");
  const levels = [...new Set(headings.map(({ level }) => level))].sort((a, b) => a - b);
  const level = levels.find((one) => headings.filter((heading) => heading.level === one).length > 1);
  const measures: { clause: ClauseId | undefined; ordinal: string; heading: string; brackets: number }[] = [
    { clause: undefined, ordinal: "", heading: "", brackets: 0 },
  ];
  const heads = new Map(
    headings.filter((heading) => heading.level === level).map((heading) => [heading.id, heading]),
  );
  const counts = new Map<ClauseId | undefined, number>();
  for (const { clause } of brackets(draft)) counts.set(clause, (counts.get(clause) ?? 0) + 1);
  for (const { id } of clauses(draft)) {
    const head = heads.get(id);
    if (head)
      measures.push({ clause: id, ordinal: head.ordinal, heading: plainText(head.content), brackets: 0 });
    const last = measures.at(-1);
    if (last) last.brackets += counts.get(id) ?? 0;
  }
  return measures.filter(({ clause, brackets: count }) => clause !== undefined || count > 0);
}

export interface CoursePoint {
  readonly version: string;
  readonly brackets: number;
  readonly byKind: Readonly<Record<BracketKind, number>>;
  readonly words: number;
}

/** The course of a text over its versions, in the order given: one point each, for a plot. */
export function bracketCourse(
  versions: readonly { readonly version: string; readonly draft: Draft }[],
): CoursePoint[] {
  return versions.map(({ version, draft }) => {
    const { counts, words } = measureDraft(draft);
    return { version, brackets: counts.brackets, byKind: counts.byKind, words };
  });
}
