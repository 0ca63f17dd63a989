/**
 * Packages between three parties or more: parallel lines. Each upright is a party on a scale of its own, from the least to
 * the most that a package here gives it; each line is a package. The shaded foot of an upright is where the party would
 * go home.
 */
import * as Plot from "@observablehq/plot";
import {
  heightOf,
  margins,
  narrow,
  type PlotProps,
  type PlotWords,
  plotStyle,
  pointed,
  spread,
} from "./plot-frame.ts";
import type { Row } from "./rows.ts";

/** More lines than this are a grey field; the table has every row. */
const mostLines = 200;
const lineHeight = 17;
const marginBottom = 12;
/** From the last upright to the names beside it. */
const labelGap = 12;
/** As wide as these are at least, or as the longest of their words. */
const labelWidth = { narrow: 104, wide: 138 };

interface Mark {
  readonly row: Row;
  readonly id: string;
  /** From 0 at the foot of the party's upright to 1 at its head. */
  readonly at: number;
}

/** The name of a package beside its mark, in lines under one another. */
interface Label extends Mark {
  readonly lines: readonly string[];
}

export function linesOf(
  { problem, rows, left, inHand, tabled, nameOf, differences, looks }: PlotProps,
  words: PlotWords,
  width: number,
) {
  const height = heightOf(width);
  const ids = problem.parties.map(({ id }) => id);
  const last = ids.at(-1);
  const shown = rows.slice(0, mostLines);
  const ends = new Map(
    problem.parties.map(({ id, walkAway }) => [
      id,
      spread([...[...shown, ...tabled].map((row) => row.utilities[id] ?? 0), walkAway]),
    ]),
  );
  const share = (id: string, value: number) => {
    const [low = 0, high = 1] = ends.get(id) ?? [];
    return (value - low) / (high - low || 1);
  };
  const inside = (value: number) => Math.min(1, Math.max(0, value));
  const isInHand = (row: Row) => row.key === inHand?.key;
  const isNamed = (row: Row) => row.names.length > 0;
  const marksOf = (some: readonly Row[]): Mark[] =>
    some.flatMap((row) => ids.map((id) => ({ row, id, at: share(id, row.utilities[id] ?? 0) })));
  // What is drawn last lies over the others.
  const marks = marksOf([
    ...shown.filter((row) => !isNamed(row) && !isInHand(row)),
    ...shown.filter((row) => isNamed(row) && !isInHand(row)),
    ...shown.filter(isInHand),
  ]);
  const walkAways = problem.parties.map(({ id, walkAway }) => ({ id, at: share(id, walkAway) }));
  const leftOf = ids.map((id) => ({
    id,
    low: inside(share(id, left.least[id] ?? 0)),
    high: inside(share(id, left.most[id] ?? 1)),
  }));
  const offered = tabled.flatMap(({ utilities, label }) =>
    ids.map((id) => ({ id, label, at: share(id, utilities[id] ?? 0) })),
  );
  const isNarrow = width < narrow;
  const nameAt = (id: string) => (isNarrow ? looks.get(id)?.code : looks.get(id)?.name) ?? id;
  const room = height - margins.marginTop - marginBottom;
  const widthOf = measure();
  const labelled = marks.filter(({ row, id }) => id === last && (isNamed(row) || isInHand(row)));
  const wide = Math.max(
    isNarrow ? labelWidth.narrow : labelWidth.wide,
    ...labelled.flatMap(({ row }) => nameOf(row).split(" ").map(widthOf)),
  );
  const labels = apart(
    labelled.map((mark) => ({ ...mark, lines: wrapped(nameOf(mark.row), wide, widthOf) })),
    lineHeight / room,
  );
  const halo = { fill: "var(--ink-2)", stroke: "var(--sheet)", strokeWidth: 4 };
  return Plot.plot({
    width,
    height,
    ...margins,
    marginBottom,
    marginLeft: 8,
    marginRight: labelGap + wide,
    style: plotStyle,
    x: {
      type: "point",
      domain: ids,
      label: null,
      tickFormat: nameAt,
      tickSize: 0,
      axis: "top",
      padding: 0.25,
    },
    y: { domain: [0, 1], axis: null },
    marks: [
      Plot.ruleX(walkAways, {
        x: "id",
        y1: 0,
        y2: "at",
        stroke: "var(--ink)",
        strokeOpacity: 0.09,
        strokeWidth: 26,
      }),
      Plot.ruleX(ids, { stroke: "var(--rule-2)" }),
      Plot.ruleX(leftOf, { x: "id", y1: "low", y2: "high", stroke: "var(--ink-3)", strokeWidth: 3 }),
      Plot.line(marks, {
        x: "id",
        y: "at",
        z: ({ row }: Mark) => row.key,
        stroke: ({ row }: Mark) =>
          isInHand(row) ? "var(--focus)" : isNamed(row) ? "var(--ink)" : "var(--rule-2)",
        strokeWidth: ({ row }: Mark) => (isInHand(row) ? 3 : isNamed(row) ? 2 : 1),
      }),
      Plot.dot(walkAways, { x: "id", y: "at", symbol: dash, stroke: "var(--ink)", strokeWidth: 2 }),
      Plot.dot(offered, { x: "id", y: "at", r: 5, symbol: "times", stroke: "var(--ink)", strokeWidth: 2 }),
      Plot.text(
        offered.filter(({ id }) => id === ids[0]),
        { x: "id", y: "at", text: "label", dx: 9, dy: 12, textAnchor: "start", ...halo },
      ),
      Plot.text(labels, {
        x: "id",
        y: "at",
        text: ({ lines }: Label) => lines.join("\n"),
        dx: labelGap,
        textAnchor: "start",
        fontWeight: 600,
        lineHeight: 1.2,
        fill: ({ row }: Mark) => (isInHand(row) ? "var(--focus)" : "var(--ink)"),
      }),
      Plot.text(walkAways.slice(0, 1), {
        x: "id",
        y: "at",
        text: ({ id }: { id: string }) => words.home(nameAt(id)),
        dx: 16,
        dy: 10,
        textAnchor: "start",
        ...halo,
      }),
      pointed(marks, { x: "id", y: "at" }, ({ row }) => row, { nameOf, differences }),
    ],
  });
}

/** A short line across, where a walk-away value is. */
const dash = {
  draw: (path: { moveTo(x: number, y: number): void; lineTo(x: number, y: number): void }) => {
    path.moveTo(-13, 0);
    path.lineTo(13, 0);
  },
};

/** How wide words are, drawn as a label is. */
function measure(): (words: string) => number {
  const pen = document.createElement("canvas").getContext("2d");
  const family = getComputedStyle(document.documentElement).getPropertyValue("--sans");
  if (pen) pen.font = `600 ${plotStyle.fontSize} ${family}`;
  return (words) => pen?.measureText(words).width ?? 0;
}

/** As many words a line as there is room for. */
function wrapped(name: string, room: number, widthOf: (words: string) => number): readonly string[] {
  const [first = "", ...others] = name.split(" ");
  const lines = [first];
  for (const word of others) {
    const longer = `${lines.at(-1)} ${word}`;
    if (widthOf(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The same labels at places where they stand under one another, and none under the foot. */
function apart(labels: readonly Label[], line: number): readonly Label[] {
  const half = ({ lines }: Label) => (lines.length * line) / 2;
  let above = Number.POSITIVE_INFINITY;
  const fromTop = [...labels]
    .sort((one, other) => other.at - one.at)
    .map((label) => {
      const at = Math.min(label.at, above - half(label));
      above = at - half(label);
      return { ...label, at };
    });
  let foot = 0;
  return fromTop.reverse().map((label) => {
    const at = Math.max(label.at, foot + half(label));
    foot = at + half(label);
    return { ...label, at };
  });
}
