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

/** A column for each measure: after all that it waits for; measures in a deadlock stand where they were met first. */
export function columnsOf(nodes: readonly MeasureNode[]): ReadonlyMap<string, number> {
  const columns = new Map(nodes.map(({ id }) => [id, 0]));
  // As many rounds as there are measures at most: a round of waiting would never end by itself.
  for (let round = 0; round < nodes.length; round++) {
    let moved = false;
    for (const { id, after, together } of nodes) {
      const before = Math.max(-1, ...after.map((one) => columns.get(one) ?? -1)) + 1;
      const beside = Math.max(0, ...together.map((one) => columns.get(one) ?? 0));
      const column = Math.min(Math.max(before, beside, columns.get(id) ?? 0), nodes.length);
      if (column !== columns.get(id)) {
        columns.set(id, column);
        moved = true;
      }
    }
    if (!moved) break;
    if (round > 12) break;
  }
  return columns;
}
