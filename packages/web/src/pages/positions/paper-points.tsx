/** What a paper's alternatives are worth to one's own party, said to the circle and to nobody else. */
import type { SeatId } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button, Input, NumberField } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks } from "../../source/case-context.tsx";
import { useNames } from "../../source/names.ts";
import type { OpenedPaper } from "./paper.ts";

type Points = Readonly<Record<string, Readonly<Record<string, number>>>>;

export function PaperPoints({ opened, seat }: { opened: OpenedPaper; seat: SeatId }): ReactElement | null {
  const t = useWords();
  const may = useMay();
  const looks = useLooks();
  const { draft, seats, log, paper, scores } = opened;
  const names = useNames(draft);
  const { act, busy, refusal } = useActing();
  const [points, setPoints] = useState<Points>(scores[seat] ?? {});
  const scored = names.order.filter(({ options }) => options.length > 0);
  if (scored.length === 0 || !may("PaperScored", "circle")) return null;
  const set = (bracket: string, option: string, value: number) => {
    const { [option]: _, ...rest } = points[bracket] ?? {};
    const own = Number.isFinite(value) ? { ...rest, [option]: value } : rest;
    setPoints({ ...points, [bracket]: own });
  };
  const submit = () => {
    const value = { format: "parley-paper-scores/1", scores: points };
    void act({
      kind: "PaperScored",
      log,
      body: { paper: paper.id },
      seal: { purpose: "scores", value, seats },
    });
  };
  return (
    <details className="set-up">
      <summary>{t("paper.points")}</summary>
      <SentForm className="stack-narrow" onSend={submit}>
        <p className="small">{t("paper.points.what")}</p>
        <table className="points-table">
          <thead>
            <tr>
              <th scope="col">{t("points.bracket")}</th>
              <th scope="col">{t("points.alternative")}</th>
              <th scope="col">{t("points.points")}</th>
            </tr>
          </thead>
          {scored.map(({ bracket, options }) => (
            <tbody key={bracket.id}>
              {options.map((option, index) => {
                const name = names.option(bracket.id, option.id);
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
                        onChange={(value) => set(bracket.id, option.id, value)}
                        value={points[bracket.id]?.[option.id] ?? Number.NaN}
                      >
                        <Input />
                      </NumberField>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          ))}
        </table>
        <Learns lesson={{ given: seats.map((one) => looks.get(one)?.name ?? one).join(", ") }} />
        <div className="acts">
          <Button className="button primary" isDisabled={busy} type="submit">
            {t("paper.points.do")}
          </Button>
        </div>
        <Refused why={refusal} />
      </SentForm>
    </details>
  );
}
