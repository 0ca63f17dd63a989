/** What the graph of measures shows, in words, while it is being drafted. */
import { ordersWithin } from "@parley/core";
import type { ReactElement } from "react";
import { useWords } from "../../messages/words.ts";
import type { Graph } from "./measures-state.ts";

export function Findings({
  graph: { nodes, findings },
  nameOf,
}: {
  graph: Graph;
  nameOf: (id: string) => string;
}): ReactElement {
  const t = useWords();
  const list = (ids: readonly string[]) =>
    ids.map((id) => t("measure.named", { title: nameOf(id) })).join(t("said.comma"));
  const orders = (ids: readonly string[]) =>
    ordersWithin(nodes, ids)
      .map(({ measure, order, others }) =>
        t(`measure.finding.${order}`, { measure: list([measure]), others: list(others) }),
      )
      .join(t("said.semicolon"));
  const lines = [
    ...findings.deadlocks.map((round) => ({
      key: `deadlock ${round.join(" ")}`,
      grave: true,
      words: t("measure.finding.deadlock", { orders: orders(round) }),
    })),
    ...(
      [
        ["blocked", findings.blocked],
        ["withoutVerifier", findings.withoutVerifier],
        ["withoutStart", findings.withoutStart],
        ["withoutRelease", findings.withoutRelease],
      ] as const
    ).flatMap(([kind, ids]) =>
      ids.length > 0
        ? [
            {
              key: kind,
              grave: kind === "blocked",
              words: t(`measure.finding.${kind}`, { measures: list(ids), count: ids.length }),
            },
          ]
        : [],
    ),
  ];
  if (lines.length === 0) return <p className="quiet">{t("measure.finding.none")}</p>;
  return (
    <ul className="findings">
      {lines.map(({ key, grave, words }) => (
        <li data-grave={grave || undefined} key={key}>
          {words}
        </li>
      ))}
    </ul>
  );
}
