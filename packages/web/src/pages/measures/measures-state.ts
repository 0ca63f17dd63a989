/** All measures that the sitting seat is given, and what their links come to. */
import {
  type GraphFindings,
  graphFindings,
  type Lever,
  type Measure,
  type MeasureNode,
  measureGraph,
  type Room,
} from "@parley/core";
import { useMemo } from "react";
import { type Placed, usePlaced } from "../../source/beside.ts";
import { useView } from "../../source/view.ts";

const measures = (room: Room): Room["measures"] => room.measures;
const levers = (room: Room): Room["levers"] => room.levers;

export function useMeasures(): readonly Placed<Measure>[] {
  return usePlaced(measures);
}

export function useLevers(): readonly Placed<Lever>[] {
  return usePlaced(levers);
}

export interface Graph {
  readonly nodes: readonly MeasureNode[];
  readonly findings: GraphFindings;
}

/** Links stay within a room, so the rooms' graphs are one graph in parts. `draft`: one that is being written. */
export function useGraph(draft?: MeasureNode): Graph {
  const { rooms } = useView();
  return useMemo(() => {
    const nodes = [...measureGraph(rooms.consulted), ...measureGraph(rooms.table), ...(draft ? [draft] : [])];
    return { nodes, findings: graphFindings(nodes) };
  }, [rooms, draft]);
}

/**
 * A column for each measure: after all that it waits for. Where each waits for the other, the one that was proposed first
 * is placed as if it did not wait. What begins together and waits for nothing stands beside its own.
 */
export function columnsOf(nodes: readonly MeasureNode[]): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  const known = new Set(nodes.map(({ id }) => id));
  let left = nodes;
  while (left.length > 0) {
    const free = left.filter(({ after }) => after.every((one) => columns.has(one) || !known.has(one)));
    const placed = free.length > 0 ? free : left.slice(0, 1);
    for (const { id, after, together } of placed) {
      const before = Math.max(-1, ...after.map((one) => columns.get(one) ?? -1)) + 1;
      const beside = Math.max(0, ...together.map((one) => columns.get(one) ?? 0));
      columns.set(id, Math.max(before, after.length === 0 ? beside : 0));
    }
    left = left.filter(({ id }) => !columns.has(id));
  }
  return columns;
}
