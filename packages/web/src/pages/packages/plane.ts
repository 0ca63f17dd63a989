/** Packages between two parties: a plane, with the named ones named on it, walk-away values as shaded sides. */
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

export function planeOf(
  { problem, rows, left, inHand, tabled, nameOf, differences }: PlotProps,
  words: PlotWords,
  width: number,
) {
  const height = heightOf(width);
  const [a, b] = problem.parties;
  if (!a || !b) throw new RangeError("a plane has two parties");
  const x = (row: { utilities: Row["utilities"] }) => row.utilities[a.id] ?? 0;
  const y = (row: { utilities: Row["utilities"] }) => row.utilities[b.id] ?? 0;
  const all = [...rows, ...tabled];
  const xs = spread([...all.map(x), a.walkAway]);
  const ys = spread([...all.map(y), b.walkAway]);
  const named = rows.filter((row) => row.names.length > 0);
  const labels = placedLabels(
    named.map((row) => ({
      row,
      px: scaled(x(row), xs, 0, width),
      py: scaled(y(row), ys, 1, width),
      text: nameOf(row),
    })),
    width,
  );
  return Plot.plot({
    width,
    height,
    ...margins,
    marginTop: topOf(width),
    style: plotStyle,
    x: { domain: xs, label: words.worth(a.id), labelArrow: "none", ticks: 6, labelAnchor: "center" },
    y: { domain: ys, label: words.worth(b.id), labelArrow: "none", ticks: 6 },
    marks: [
      Plot.rect([0], {
        x1: xs[0],
        x2: a.walkAway,
        y1: ys[0],
        y2: ys[1],
        fill: "var(--ink)",
        fillOpacity: 0.07,
      }),
      Plot.rect([0], {
        x1: xs[0],
        x2: xs[1],
        y1: ys[0],
        y2: b.walkAway,
        fill: "var(--ink)",
        fillOpacity: 0.07,
      }),
      Plot.ruleX([a.walkAway], { stroke: "var(--ink-3)", strokeDasharray: "4 3" }),
      Plot.ruleY([b.walkAway], { stroke: "var(--ink-3)", strokeDasharray: "4 3" }),
      homeOf(words.home(a.id), a.walkAway, b.walkAway, [xs, ys], width),
      Plot.text([words.home(b.id)], {
        x: a.walkAway,
        y: b.walkAway,
        dx: 6,
        dy: 6,
        textAnchor: "start",
        lineAnchor: "top",
        fill: "var(--ink-2)",
      }),
      ...leftOpen(left, [a.id, b.id], [xs, ys], words.left),
      Plot.dot(rows, {
        x,
        y,
        r: 3.5,
        fill: (row: Row) => (row.inZone ? "var(--ink)" : "var(--sheet)"),
        stroke: "var(--ink)",
        strokeWidth: 1,
      }),
      Plot.dot(named, { x, y, r: 6, fill: "var(--ink)" }),
      ...labels.map(({ row, text, dx, dy, anchor }) =>
        Plot.text([row], {
          x,
          y,
          text: () => text,
          dx,
          dy,
          textAnchor: anchor,
          fontWeight: 600,
          fill: "var(--ink)",
          stroke: "var(--sheet)",
          strokeWidth: 4,
        }),
      ),
      Plot.dot(tabled, { x, y, r: 5, symbol: "times", stroke: "var(--ink)", strokeWidth: 2 }),
      Plot.text(tabled, {
        x,
        y,
        text: "label",
        dx: -9,
        dy: 14,
        textAnchor: "end",
        fill: "var(--ink-2)",
        stroke: "var(--sheet)",
        strokeWidth: 4,
      }),
      ...(inHand ? [Plot.dot([inHand], { x, y, r: 10, stroke: "var(--focus)", strokeWidth: 2 })] : []),
      pointed(rows, { x, y }, (row) => row, { nameOf, differences }),
    ],
  });
}

/** On a phone the words of the first party's shaded side stand above it, under those of the axis. */
function topOf(width: number): number {
  return width < narrow ? margins.marginTop + 18 : margins.marginTop;
}

/** Where the first party would go home: upright where its side is slender, and above it where that would reach the points. */
function homeOf(
  said: string,
  walkAway: number,
  othersWalkAway: number,
  [xs, ys]: readonly [readonly [number, number], readonly [number, number]],
  width: number,
) {
  if (width < narrow) {
    return Plot.text([said], {
      x: xs[0],
      y: ys[1],
      dy: -5,
      textAnchor: "start",
      lineAnchor: "bottom",
      fill: "var(--ink-2)",
    });
  }
  return Plot.text([said], {
    x: (xs[0] + walkAway) / 2,
    // Between the other's walk-away and the top, so that no line runs through the words.
    y: (othersWalkAway + ys[1]) / 2,
    ...(scaled(walkAway, xs, 0, width) - margins.marginLeft < 170 ? { rotate: -90 } : {}),
    fill: "var(--ink-2)",
  });
}

/** Along each axis, in brackets, what the text as it stands leaves open; it shrinks as brackets are settled. */
function leftOpen(
  { least, most }: PlotProps["left"],
  [a, b]: readonly [string, string],
  [xs, ys]: readonly [readonly [number, number], readonly [number, number]],
  said: string,
) {
  const within = (value: number, [low, high]: readonly [number, number]) =>
    Math.min(high, Math.max(low, value));
  const [x1, x2] = [within(least[a] ?? xs[0], xs), within(most[a] ?? xs[1], xs)];
  const [y1, y2] = [within(least[b] ?? ys[0], ys), within(most[b] ?? ys[1], ys)];
  const line = { stroke: "var(--ink-3)", strokeWidth: 3 };
  return [
    Plot.ruleY([ys[0]], { x1, x2, ...line }),
    Plot.ruleX([xs[0]], { y1, y2, ...line }),
    Plot.text([said], { x: x2, y: ys[0], dx: -4, dy: -8, textAnchor: "end" as const, fill: "var(--ink-2)" }),
  ];
}

/** Where a value falls, in pixels: 0 for the horizontal axis, 1 for the vertical. */
function scaled(value: number, [low, high]: readonly [number, number], axis: 0 | 1, width: number): number {
  const share = (value - low) / (high - low);
  return axis === 0
    ? margins.marginLeft + share * (width - margins.marginLeft - margins.marginRight)
    : heightOf(width) -
        margins.marginBottom -
        share * (heightOf(width) - topOf(width) - margins.marginBottom);
}

interface Label {
  readonly row: Row;
  readonly text: string;
  readonly px: number;
  readonly py: number;
}

/** Labels stand above their points, on the side with room: a frontier falls, so that there nothing else is. */
function placedLabels(labels: readonly Label[], width: number) {
  const lineHeight = 17;
  const taken: { left: number; right: number; y: number }[] = [];
  return [...labels]
    .sort((one, other) => other.py - one.py)
    .map(({ row, text, px, py }) => {
      const long = text.length * 7;
      const before = px + 9 + long > width;
      const left = before ? px - 12 - long : px + 9;
      let y = py - 11;
      while (taken.some((t) => Math.abs(t.y - y) < lineHeight && t.left < left + long && left < t.right))
        y -= 2;
      taken.push({ left, right: left + long, y });
      return {
        row,
        text,
        dx: before ? -9 : 9,
        dy: y - py,
        anchor: before ? ("end" as const) : ("start" as const),
      };
    });
}
