/** The packages as rows: what each is worth to whom, and how large an error it survives. */
import type { Problem } from "@parley/solver";
import type { ReactElement } from "react";
import { PartyName } from "../../frame/party.tsx";
import { useWords } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";
import { useFigures } from "../../source/figures.ts";
import { useFirst } from "./first.tsx";
import type { Row } from "./rows.ts";
import type { Solved } from "./solving.worker.ts";

const firstRows = 10;

export function PackagesTable({
  rows,
  problem,
  solved,
  inHand,
  nameOf,
  onChoose,
}: {
  rows: readonly Row[];
  problem: Problem;
  solved: Solved;
  inHand: Row;
  nameOf: (row: Row) => string;
  onChoose: (key: string) => void;
}): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { points, gain, atMost, atLeast } = useFigures();
  const { shown, more } = useFirst(rows, firstRows, ({ key }) => key === inHand.key);
  return (
    <div className="packages-table">
      <p className="small quiet">
        {solved.exact
          ? t("packages.exact", { count: rows.length })
          : t("packages.partial", { count: rows.length, share: atMost(solved.epsilon ?? 1) })}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("packages.row")}</th>
            {problem.parties.map(({ id }) => (
              <th className="figure" key={id} scope="col">
                <PartyName look={looks.get(id) ?? { name: id, code: id, hue: 0 }} />
              </th>
            ))}
            <th className="figure" scope="col" title={t("packages.row.margin.what")}>
              {t("packages.row.margin")}
            </th>
          </tr>
        </thead>
        <tbody>
          <tr className="text-now">
            <th scope="row">{t("packages.textNow")}</th>
            {problem.parties.map(({ id }) => (
              <td className="figure" key={id}>
                {points(solved.left.least[id] ?? 0)} … {points(solved.left.most[id] ?? 0)}
              </td>
            ))}
            <td className="figure">–</td>
          </tr>
          <tr className="text-now">
            <th scope="row">{t("packages.noDeal")}</th>
            {problem.parties.map(({ id, walkAway }) => (
              <td className="figure" key={id}>
                {points(walkAway)}
              </td>
            ))}
            <td className="figure">–</td>
          </tr>
          {shown.map((row) => (
            <tr data-chosen={row.key === inHand.key || undefined} key={row.key}>
              <th scope="row">
                <button
                  aria-pressed={row.key === inHand.key}
                  className="link"
                  onClick={() => onChoose(row.key)}
                  type="button"
                >
                  {nameOf(row)}
                </button>
                {row.inZone ? null : (
                  <span className="quiet small">
                    {" "}
                    · {t("said.of", { what: t("packages.row.zone"), words: t("packages.no") })}
                  </span>
                )}
                {row.unproven === undefined ? null : (
                  <span className="quiet small">
                    {" "}
                    · {t("packages.ref.bounded", { share: atMost(row.unproven) })}
                  </span>
                )}
              </th>
              {problem.parties.map(({ id }) => (
                <td className="figure" key={id}>
                  {points(row.utilities[id] ?? 0)} <span className="quiet">({gain(row.gains[id] ?? 0)})</span>
                </td>
              ))}
              <td className="figure">{row.margin === null || row.margin < 0 ? "–" : atLeast(row.margin)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
      <dl className="small references">
        {[...new Set(rows.flatMap(({ names }) => names))].map((name) => (
          <div key={name}>
            <dt>{t(`packages.ref.${name}`)}</dt>
            <dd>{t(`packages.ref.${name}.what`)}</dd>
          </div>
        ))}
      </dl>
      <p className="small quiet">
        {t("said.of", { what: t("packages.row.margin"), words: t("packages.row.margin.what") })}{" "}
        {t("packages.ref.note")}
      </p>
    </div>
  );
}
