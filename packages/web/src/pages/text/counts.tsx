/** The state of the text at a glance: a bar in the three status colours, and the same in words. */
import type { PlacedBracket } from "@parley/text";
import type { ReactElement } from "react";
import { useWords } from "../../messages/words.ts";
import type { TextView } from "../../source/text-view.ts";
import "./counts.css";

export function Counts({
  order,
  statusOf,
}: {
  order: readonly PlacedBracket[];
  statusOf: TextView["statusOf"];
}): ReactElement {
  const t = useWords();
  const count = { open: 0, adref: 0, closed: 0 };
  for (const { bracket } of order) count[statusOf(bracket.id)] += 1;
  const total = order.length;
  return (
    <div>
      {total > 0 ? (
        <div aria-hidden="true" className="counts">
          {(["closed", "adref", "open"] as const).map((status) =>
            count[status] > 0 ? (
              <span
                data-status={status}
                key={status}
                style={{ inlineSize: `${(100 * count[status]) / total}%` }}
              />
            ) : null,
          )}
        </div>
      ) : null}
      <p className="count-words small quiet">
        <span>{t("counts.title", { count: total })}</span>
        {total > 0 ? <span>{t("counts.open", { count: count.open })}</span> : null}
        {count.adref > 0 ? <span>{t("counts.adref", { count: count.adref })}</span> : null}
        {count.closed > 0 ? <span>{t("counts.closed", { count: count.closed })}</span> : null}
      </p>
    </div>
  );
}
