/** What each alternative is worth to one's own side, in points; a step that was marked stands beside them. */
import { marked, pointsOf } from "@parley/core";
import type { ReactElement } from "react";
import { PointsTable } from "../../frame/points-table.tsx";
import { useWords } from "../../messages/words.ts";
import { useNames } from "../../source/names.ts";
import type { Side } from "./side.ts";
import { MarkWords } from "./steps.tsx";

export function Points({ side: { view, ours } }: { side: Side }): ReactElement {
  const t = useWords();
  const names = useNames(view.draft);
  const { valuation } = ours;
  const markOf = (bracket: string, option: string) => valuation.marks[bracket]?.[option];
  return (
    <>
      <p>{t("points.what")}</p>
      <PointsTable
        beside={{
          title: t("points.step"),
          of: (bracket, option) => {
            const mark = markOf(bracket, option);
            return typeof mark === "string" ? <MarkWords mark={mark} /> : null;
          },
        }}
        names={names}
        onChange={(bracket, option, points) => ours.change(marked(valuation, [bracket, option], points))}
        pointsOf={(bracket, option) => {
          const mark = markOf(bracket, option);
          return mark === undefined ? undefined : pointsOf(mark);
        }}
      />
    </>
  );
}
