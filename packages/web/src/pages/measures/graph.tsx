/** The measures as a picture: what begins after what, what begins together, and what falls if another is suspended. */
import { type Measure, type MeasureNode, measureState } from "@parley/core";
import type { ReactElement } from "react";
import { PartyCode } from "../../frame/party.tsx";
import { useWords } from "../../messages/words.ts";
import type { Placed } from "../../source/beside.ts";
import { useLooks } from "../../source/case-context.tsx";
import { draftId, type Writing } from "./measure-draft.ts";
import { columnsOf, type Graph } from "./measures-state.ts";

/** In CSS pixels; `.graph-node` in measures.css has the same. */
const width = 200;
const height = 92;
const gapX = 64;
const gapY = 22;

export function MeasureGraph({
  graph,
  measures,
  chosen,
  now,
  draft,
  onChoose,
}: {
  graph: Graph;
  measures: readonly Placed<Measure>[];
  chosen: string | undefined;
  now: string;
  /** The one that is being written, which nobody is given yet. */
  draft: Pick<Writing, "title" | "owner"> | undefined;
  onChoose: (id: string) => void;
}): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const places = placesOf(graph.nodes);
  const columns = Math.max(0, ...[...places.values()].map(({ column }) => column)) + 1;
  const rows = Math.max(0, ...[...places.values()].map(({ row }) => row)) + 1;
  const size = { inlineSize: columns * (width + gapX) - gapX, blockSize: rows * (height + gapY) - gapY };
  const locked = new Set(graph.findings.deadlocks.flat());
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section aria-label={t("measure.graph")} className="graph-frame" tabIndex={0}>
      <div className="graph" dir="ltr" style={size}>
        <svg aria-hidden="true" height={size.blockSize} width={size.inlineSize}>
          <marker
            id="edge-head"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            markerWidth="9"
            orient="auto"
            refX="8"
            refY="4.5"
            viewBox="0 0 9 9"
          >
            <path d="M0 0L9 4.5L0 9Z" fill="context-stroke" />
          </marker>
          {linesOf(graph.nodes).map(({ from, to, kind }) => {
            const [a, b] = [places.get(from), places.get(to)];
            if (!a || !b) return null;
            const stuck = kind !== "release" && locked.has(from) && locked.has(to);
            return (
              <path
                className={`edge ${kind}${stuck ? " stuck" : ""}`}
                d={curve(a, b, aside[kind])}
                key={`${from} ${to} ${kind}`}
                markerEnd={kind === "together" ? undefined : "url(#edge-head)"}
              />
            );
          })}
        </svg>
        {measures.map(({ item }) => {
          const place = places.get(item.id);
          const look = looks.get(item.owner);
          if (!place) return null;
          const state = measureState(item, now);
          return (
            <button
              aria-pressed={item.id === chosen}
              className="graph-node"
              data-locked={locked.has(item.id) || undefined}
              data-state={state}
              key={item.id}
              onClick={() => onChoose(item.id)}
              style={{ insetInlineStart: xOf(place), insetBlockStart: yOf(place) }}
              type="button"
            >
              <span className="node-title">
                {look ? <PartyCode look={look} /> : null} <bdi>{item.title}</bdi>
              </span>
              <span className="small">{t(`measure.state.${state}`)}</span>
            </button>
          );
        })}
        {draft ? <DraftNode draft={draft} locked={locked.has(draftId)} place={places.get(draftId)} /> : null}
      </div>
      <p className="small quiet legend">{t("measure.graph.legend")}</p>
    </section>
  );
}

function DraftNode({
  draft: { title, owner },
  place,
  locked,
}: {
  draft: Pick<Writing, "title" | "owner">;
  place: Place | undefined;
  locked: boolean;
}): ReactElement | null {
  const t = useWords();
  const look = useLooks().get(owner);
  if (!place) return null;
  return (
    <div
      className="graph-node"
      data-locked={locked || undefined}
      data-state="draft"
      style={{ insetInlineStart: xOf(place), insetBlockStart: yOf(place) }}
    >
      <span className="node-title">
        {look ? <PartyCode look={look} /> : null} <bdi>{title}</bdi>
      </span>
      <span className="small">{t("measure.graph.draft")}</span>
    </div>
  );
}

interface Place {
  readonly column: number;
  readonly row: number;
}

function placesOf(nodes: readonly MeasureNode[]): ReadonlyMap<string, Place> {
  const columns = columnsOf(nodes);
  const filled = new Map<number, number>();
  // Columns that nothing stands in are closed up.
  const order = [...new Set(nodes.map(({ id }) => columns.get(id) ?? 0))].sort((a, b) => a - b);
  return new Map(
    nodes.map(({ id }) => {
      const column = order.indexOf(columns.get(id) ?? 0);
      const row = filled.get(column) ?? 0;
      filled.set(column, row + 1);
      return [id, { column, row }];
    }),
  );
}

function xOf({ column }: Place): number {
  return column * (width + gapX);
}

function yOf({ row }: Place): number {
  return row * (height + gapY);
}

/** Two measures may be tied in several ways: each kind of line leaves and comes at a height of its own. */
const aside = { after: -14, together: 0, release: 14 } as const;

/** From the measure that is waited for to the one that waits; within a column, beside the cards. */
function curve(from: Place, to: Place, shift: number): string {
  const [y1, y2] = [yOf(from) + height / 2 + shift, yOf(to) + height / 2 + shift];
  if (from.column === to.column) {
    const x = xOf(from) + width;
    return `M${x} ${y1} C${x + 40} ${y1} ${x + 40} ${y2} ${x} ${y2}`;
  }
  const [x1, x2] = from.column < to.column ? [xOf(from) + width, xOf(to)] : [xOf(from), xOf(to) + width];
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1} C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

function linesOf(nodes: readonly MeasureNode[]): readonly {
  readonly from: string;
  readonly to: string;
  readonly kind: "after" | "together" | "release";
}[] {
  return nodes.flatMap(({ id, after, together, releases }) => [
    ...after.map((from) => ({ from, to: id, kind: "after" as const })),
    ...together.map((from) => ({ from, to: id, kind: "together" as const })),
    ...releases.flatMap((release) =>
      "measure" in release ? [{ from: release.measure, to: id, kind: "release" as const }] : [],
    ),
  ]);
}
