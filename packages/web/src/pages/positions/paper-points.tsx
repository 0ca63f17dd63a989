/** What a paper's alternatives are worth to one's own party, said to the circle and to nobody else. */
import type { SeatId } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { PointsTable } from "../../frame/points-table.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useSeatNames } from "../../source/case-context.tsx";
import { useNames } from "../../source/names.ts";
import type { OpenedPaper } from "./paper.ts";

type Points = Readonly<Record<string, Readonly<Record<string, number>>>>;

export function PaperPoints({ opened, seat }: { opened: OpenedPaper; seat: SeatId }): ReactElement | null {
  const t = useWords();
  const may = useMay();
  const namesOf = useSeatNames();
  const { draft, seats, log, paper, scores } = opened;
  const names = useNames(draft);
  const { act, busy, refusal } = useActing();
  const [points, setPoints] = useState<Points>(scores[seat] ?? {});
  if (names.order.every(({ options }) => options.length === 0) || !may("PaperScored", "circle")) return null;
  const set = (bracket: string, option: string, value: number | undefined) => {
    const { [option]: _, ...rest } = points[bracket] ?? {};
    const own = value === undefined ? rest : { ...rest, [option]: value };
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
        <PointsTable names={names} onChange={set} pointsOf={(bracket, option) => points[bracket]?.[option]} />
        <Learns lesson={{ given: namesOf(seats) }} />
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
