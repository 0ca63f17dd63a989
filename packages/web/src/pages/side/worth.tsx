/** What the text is worth to us now, in sight wherever one marks: agreed brackets and what-ifs counted, the rest open between its best and its worst. */
import { unmarked } from "@parley/core";
import { utilityRange } from "@parley/solver";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { type MessageId, useWords } from "../../messages/words.ts";
import { useFigures } from "../../source/figures.ts";
import { useKnown } from "./known.ts";
import type { Side } from "./side.ts";

export function Worth({ side }: { side: Side }): ReactElement {
  const t = useWords();
  const { points } = useFigures();
  const known = useKnown(side);
  const { of, whatIfs, setWhatIfs, ours, tree } = side;
  const total = unmarked({ ...ours.valuation, marks: {} }, tree).length;
  const left = unmarked(ours.valuation, tree).length;
  const { least, most } = utilityRange(known.left, whatIfs);
  const low = least[of] ?? 0;
  const high = most[of] ?? 0;
  const count = Object.keys(whatIfs).length;
  return (
    <div className="worth small">
      <span>{t("side.marked", { done: total - left, total })}</span>
      <span>
        <span className="quiet">{t("worth.now")}</span>{" "}
        {count > 0 ? <span className="quiet">{t("worth.whatIfs", { count })} </span> : null}
        <strong className="worth-figure">
          {low === high
            ? t("worth.exact", { points: points(low) })
            : t("worth.range", { least: points(low), most: points(high) })}
        </strong>
      </span>
      <span>{t(standing(low, high, known.walkAway))}</span>
      {count > 0 ? (
        <Button className="button plain small" onPress={() => setWhatIfs({})}>
          {t("side.whatIf.clear")}
        </Button>
      ) : null}
    </div>
  );
}

function standing(low: number, high: number, walkAway: number | undefined): MessageId {
  if (walkAway === undefined) return "worth.unknown";
  if (low >= walkAway) return "worth.above";
  return high < walkAway ? "worth.below" : "worth.depends";
}
