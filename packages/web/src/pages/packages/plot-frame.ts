/** What the plane and the lines share: what they are given, their measures, and what a point says when it is pointed at. */
import * as Plot from "@observablehq/plot";
import type { Problem } from "@parley/solver";
import type { PartyLook } from "../../frame/party-codes.ts";
import type { Row } from "./rows.ts";

export interface PlotProps {
  readonly problem: Problem;
  readonly rows: readonly Row[];
  readonly inHand: Row | undefined;
  /** What the text leaves open, by party. */
  readonly left: { readonly least: Row["utilities"]; readonly most: Row["utilities"] };
  /** Packages that were put to the parties, with what they are worth here. */
  readonly tabled: readonly { readonly utilities: Row["utilities"]; readonly label: string }[];
  readonly looks: ReadonlyMap<string, PartyLook>;
  readonly nameOf: (row: Row) => string;
  /** What reads as different from the package in hand, a line each. */
  readonly differences: (row: Row) => readonly string[];
  readonly onChoose: (row: Row) => void;
}

export interface PlotWords {
  readonly worth: (id: string) => string;
  readonly home: (id: string) => string;
  readonly left: string;
}

/** Narrower than this the words that stand beside a mark would lie over others. */
export const narrow = 480;

export const margins = { marginTop: 24, marginRight: 24, marginBottom: 44, marginLeft: 56 };

export const plotStyle = {
  fontFamily: "var(--sans)",
  fontSize: "13px",
  background: "transparent",
  color: "var(--ink)",
  overflow: "visible",
};

export function heightOf(width: number): number {
  return Math.round(width * 0.62 + 74);
}

/** From the least to the most of these, with a little room on both sides. */
export function spread(values: readonly number[]): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low || 1) * 0.08;
  return [low - room, high + room];
}

/** The name of the nearest package, and what in it reads as different from the one in hand. */
export function pointed<T>(
  marks: readonly T[],
  place: { readonly x: string | ((mark: T) => number); readonly y: string | ((mark: T) => number) },
  rowOf: (mark: T) => Row,
  { nameOf, differences }: Pick<PlotProps, "nameOf" | "differences">,
) {
  // Several marks are of one package, and its differences are looked for once.
  const said = new Map<Row, string>();
  const say = (row: Row): string => {
    const words = said.get(row) ?? [nameOf(row), ...differences(row)].join("\n");
    said.set(row, words);
    return words;
  };
  return Plot.tip(
    marks,
    Plot.pointer({
      ...place,
      title: (mark: T) => say(rowOf(mark)),
      lineWidth: 34,
      fill: "var(--raised)",
      stroke: "var(--rule-2)",
      maxRadius: 24,
    }),
  );
}
