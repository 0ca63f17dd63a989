/** Every alternative in one table, with its points: exact where a step is too coarse. */
import { marked, pointsOf } from "@parley/core";
import type { ReactElement } from "react";
import { Input, NumberField } from "react-aria-components";
import { useWords } from "../../messages/words.ts";
import { useNames } from "../../source/names.ts";
import type { Side } from "./side.ts";
import { MarkWords } from "./steps.tsx";

export function Points({ side: { view, ours } }: { side: Side }): ReactElement {
  const t = useWords();
  const names = useNames(view.draft);
  const { valuation } = ours;
  return (
    <>
      <p>{t("points.what")}</p>
      <table className="points-table">
        <thead>
          <tr>
            <th scope="col">{t("points.bracket")}</th>
            <th scope="col">{t("points.alternative")}</th>
            <th scope="col">{t("points.points")}</th>
            <th scope="col">{t("points.step")}</th>
          </tr>
        </thead>
        {names.order
          .filter(({ options }) => options.length > 0)
          .map(({ bracket, options }) => (
            <tbody key={bracket.id}>
              {options.map((option, index) => {
                const mark = valuation.marks[bracket.id]?.[option.id];
                const name = names.words(bracket.id, option.id);
                return (
                  <tr key={option.id}>
                    {index === 0 ? (
                      <th rowSpan={options.length} scope="rowgroup">
                        {names.bracket(bracket.id)}
                      </th>
                    ) : null}
                    <td className="set-words">{name}</td>
                    <td>
                      <NumberField
                        aria-label={`${t("points.points")}: ${name}`}
                        className="points-field"
                        formatOptions={{ maximumFractionDigits: 2 }}
                        onChange={(value) =>
                          ours.change(
                            marked(
                              valuation,
                              [bracket.id, option.id],
                              Number.isFinite(value) ? value : undefined,
                            ),
                          )
                        }
                        value={mark === undefined ? Number.NaN : pointsOf(mark)}
                      >
                        <Input />
                      </NumberField>
                    </td>
                    <td>{typeof mark === "string" ? <MarkWords mark={mark} /> : null}</td>
                  </tr>
                );
              })}
            </tbody>
          ))}
      </table>
    </>
  );
}
