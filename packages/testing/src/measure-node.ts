/** A measure of the graph that nothing is wrong with, but for what a test says of it. */
import type { MeasureNode } from "@parley/core";

export function measureNode(id: string, rest: Partial<MeasureNode> = {}): MeasureNode {
  return { id, after: [], together: [], verified: true, started: true, releases: [], ...rest };
}
