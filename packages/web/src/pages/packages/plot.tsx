/**
 * What each package is worth to whom: a plane for two parties, parallel lines for more. The table beside it has the same
 * rows; the plot explains and decides nothing, so it is a picture to a screen reader.
 */
import * as Plot from "@observablehq/plot";
import type { Problem } from "@parley/solver";
import { type ReactElement, useEffect, useRef, useState } from "react";
import type { PartyLook } from "../../frame/party-codes.ts";
import { useWords } from "../../messages/words.ts";
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

/** As wide as there is room, so that on a phone the words stay as large as they are. */
const widest = 640;
const margins = { marginTop: 24, marginRight: 24, marginBottom: 44, marginLeft: 56 };

export function PackagesPlot(props: PlotProps): ReactElement {
  const t = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [, setRoom] = useState(widest);
  const { problem, looks } = props;
  // A phone that is turned has another width; the words stay as large as they are.
  useEffect(() => {
    const place = box.current;
    if (!place) return;
    const watcher = new ResizeObserver(() => setRoom(place.clientWidth || widest));
    watcher.observe(place);
    return () => watcher.disconnect();
  }, []);
  const name = (id: string) => looks.get(id)?.name ?? id;
  const [first, second] = problem.parties;
  const label = t("packages.plot", { a: name(first?.id ?? ""), b: name(second?.id ?? "") });
  useEffect(() => {
    const place = box.current;
    if (!place) return;
    const words = {
      worth: (id: string) => t("packages.plot.worth", { who: name(id) }),
      home: (id: string) => t("packages.plot.home", { who: name(id) }),
      inHand: t("packages.inHand"),
      left: t("packages.plot.left"),
    };
    const width = Math.min(widest, place.clientWidth || widest);
    const plot =
      problem.parties.length === 2 ? planeOf(props, words, width) : linesOf(props, words, name, width);
    plot.setAttribute("aria-hidden", "true");
    // A style written into the page is what the server's policy forbids; packages.css has what it says.
    for (const style of plot.querySelectorAll("style")) style.remove();
    const press = () => {
      const { value } = plot as { value?: Row | { readonly row: Row } | null };
      if (value) props.onChoose("row" in value ? value.row : value);
    };
    plot.addEventListener("click", press);
    place.replaceChildren(plot);
    return () => plot.removeEventListener("click", press);
  });
  return (
    <figure className="packages-plot">
      <figcaption className="small quiet">{label}</figcaption>
      <div ref={box} />
    </figure>
  );
}

interface PlotWords {
  readonly worth: (id: string) => string;
  readonly home: (id: string) => string;
  readonly inHand: string;
  readonly left: string;
}

function planeOf(
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
    style: {
      fontFamily: "var(--sans)",
      fontSize: "13px",
      background: "transparent",
      color: "var(--ink)",
      overflow: "visible",
    },
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
      Plot.text([words.home(a.id)], {
        x: (xs[0] + a.walkAway) / 2,
        // Between the other's walk-away and the top, so that no line runs through the words.
        y: (b.walkAway + ys[1]) / 2,
        // Upright only where the words have room beside the axis.
        ...(scaled(a.walkAway, xs, 0, width) - margins.marginLeft < 170 ? { rotate: -90 } : {}),
        fill: "var(--ink-2)",
      }),
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
      Plot.tip(
        rows,
        Plot.pointer({
          x,
          y,
          title: (row: Row) => [nameOf(row), ...differences(row)].join("\n"),
          lineWidth: 34,
          fill: "var(--raised)",
          stroke: "var(--rule-2)",
          maxRadius: 24,
        }),
      ),
    ],
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

function linesOf(
  { problem, rows, left, inHand, nameOf, differences }: PlotProps,
  words: PlotWords,
  name: (id: string) => string,
  width: number,
) {
  const height = heightOf(width);
  const ids = problem.parties.map(({ id }) => id);
  const shown = rows.slice(0, 200);
  const ends = new Map(
    problem.parties.map(({ id, walkAway }) => [
      id,
      spread([...shown.map((row) => row.utilities[id] ?? 0), walkAway]),
    ]),
  );
  // Each party's own scale from bottom to top: points of different parties are not set against each other.
  const share = (id: string, value: number) => {
    const [low = 0, high = 1] = ends.get(id) ?? [];
    return (value - low) / (high - low || 1);
  };
  const marks = shown.flatMap((row) =>
    ids.map((id) => ({ row, id, at: share(id, row.utilities[id] ?? 0), outcome: row.outcome })),
  );
  const walkAways = problem.parties.map(({ id, walkAway }) => ({ id, at: share(id, walkAway) }));
  const inside = (value: number) => Math.min(1, Math.max(0, value));
  const leftOf = ids.map((id) => ({
    id,
    low: inside(share(id, left.least[id] ?? 0)),
    high: inside(share(id, left.most[id] ?? 1)),
  }));
  const stroke = ({ row }: { row: Row }) =>
    row.key === inHand?.key ? "var(--focus)" : row.names.length > 0 ? "var(--ink)" : "var(--rule-2)";
  return Plot.plot({
    width,
    height,
    ...margins,
    marginRight: 150,
    style: { fontFamily: "var(--sans)", fontSize: "13px", background: "transparent", color: "var(--ink)" },
    x: { type: "point", domain: ids, label: null, tickFormat: name, axis: "top", padding: 0.2 },
    y: { domain: [0, 1], axis: null },
    marks: [
      Plot.ruleX(ids, { stroke: "var(--rule-2)" }),
      Plot.ruleX(leftOf, { x: "id", y1: "low", y2: "high", stroke: "var(--ink-3)", strokeWidth: 3 }),
      Plot.line(marks, {
        x: "id",
        y: "at",
        z: (d: { row: Row }) => d.row.key,
        stroke,
        strokeWidth: (d: { row: Row }) => (d.row.key === inHand?.key ? 3 : d.row.names.length > 0 ? 2 : 1),
      }),
      Plot.tickY(walkAways, {
        x: "id",
        y: "at",
        stroke: "var(--ink)",
        strokeDasharray: "4 3",
        strokeWidth: 2,
      }),
      Plot.text(
        marks.filter(({ row, id }) => row.names.length > 0 && id === ids.at(-1)),
        {
          x: "id",
          y: "at",
          text: (d: { row: Row }) => nameOf(d.row),
          dx: 12,
          textAnchor: "start",
          fontWeight: 600,
        },
      ),
      Plot.text(walkAways.slice(0, 1), {
        x: "id",
        y: "at",
        text: () => words.home(name(ids[0] ?? "")),
        dx: 8,
        dy: 10,
        textAnchor: "start",
        fill: "var(--ink-2)",
        stroke: "var(--sheet)",
        strokeWidth: 4,
      }),
      Plot.tip(
        marks,
        Plot.pointer({
          x: "id",
          y: "at",
          title: ({ row }: { row: Row }) => [nameOf(row), ...differences(row)].join("\n"),
          lineWidth: 34,
          fill: "var(--raised)",
          stroke: "var(--rule-2)",
          maxRadius: 24,
        }),
      ),
    ],
  });
}

function heightOf(width: number): number {
  return Math.round(width * 0.62 + 74);
}

function spread(values: readonly number[]): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low || 1) * 0.08;
  return [low - room, high + room];
}

/** Where a value falls, in pixels: 0 for the horizontal axis, 1 for the vertical. */
function scaled(value: number, [low, high]: readonly [number, number], axis: 0 | 1, width: number): number {
  const share = (value - low) / (high - low);
  return axis === 0
    ? margins.marginLeft + share * (width - margins.marginLeft - margins.marginRight)
    : heightOf(width) -
        margins.marginBottom -
        share * (heightOf(width) - margins.marginTop - margins.marginBottom);
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
