/** Every alternative in one table, with its points: exact where a step is too coarse. */
import type { ReactElement, ReactNode } from "react";
import { Input, NumberField } from "react-aria-components";
import { useWords } from "../messages/words.ts";
import type { Names } from "../source/names.ts";
import "./points-table.css";

export function PointsTable({
  names,
  pointsOf,
  onChange,
  beside,
}: {
  names: Names;
  /** Nothing where none were given. */
  pointsOf: (bracket: string, option: string) => number | undefined;
  onChange: (bracket: string, option: string, points: number | undefined) => void;
  /** What else is said of each alternative, and the column's name. */
  beside?: { readonly title: string; readonly of: (bracket: string, option: string) => ReactNode };
}): ReactElement {
  const t = useWords();
  return (
    <table className="points-table">
      <thead>
        <tr>
          <th scope="col">{t("points.bracket")}</th>
          <th scope="col">{t("points.alternative")}</th>
          <th scope="col">{t("points.points")}</th>
          {beside ? <th scope="col">{beside.title}</th> : null}
        </tr>
      </thead>
      {names.order
        .filter(({ options }) => options.length > 0)
        .map(({ bracket, options }) => (
          <tbody key={bracket.id}>
            {options.map((option, index) => {
              const name = names.words(bracket.id, option.id);
              return (
                <tr key={option.id}>
                  {index === 0 ? (
                    <th rowSpan={options.length} scope="rowgroup">
                      {names.bracket(bracket.id)}
                    </th>
                  ) : null}
                  <td className="set-words">
                    <bdi>{name}</bdi>
                  </td>
                  <td>
                    <NumberField
                      aria-label={t("said.of", { what: t("points.points"), words: name })}
                      className="points-field"
                      formatOptions={{ maximumFractionDigits: 2 }}
                      onChange={(value) =>
                        onChange(bracket.id, option.id, Number.isFinite(value) ? value : undefined)
                      }
                      value={pointsOf(bracket.id, option.id) ?? Number.NaN}
                    >
                      <Input />
                    </NumberField>
                  </td>
                  {beside ? <td className="beside">{beside.of(bracket.id, option.id)}</td> : null}
                </tr>
              );
            })}
          </tbody>
        ))}
    </table>
  );
}
