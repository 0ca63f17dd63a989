/** One board in UTC: what waits for this desk first, then everything else that went over the line. */
import type { EventId } from "@parley/ledger";
import type { ReactElement } from "react";
import { PartyCode } from "../../frame/party.tsx";
import { useWords } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";
import type { Row } from "./desk-state.ts";
import { useDeskWords } from "./words.ts";

export function Board({
  rows,
  chosen,
  onChoose,
}: {
  rows: readonly Row[];
  chosen: EventId | undefined;
  onChoose: (id: EventId) => void;
}): ReactElement {
  const t = useWords();
  return (
    <table className="board">
      <caption className="visually-hidden">{t("desk.board")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("desk.column.sent")}</th>
          <th scope="col">{t("desk.column.way")}</th>
          <th scope="col">{t("desk.column.message")}</th>
          <th scope="col">{t("desk.column.state")}</th>
          <th scope="col">{t("desk.column.clock")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <BoardRow
            chosen={row.notification.id === chosen}
            key={row.notification.id}
            onChoose={() => onChoose(row.notification.id)}
            row={row}
          />
        ))}
      </tbody>
    </table>
  );
}

function BoardRow({
  row,
  chosen,
  onChoose,
}: {
  row: Row;
  chosen: boolean;
  onChoose: () => void;
}): ReactElement {
  const looks = useLooks();
  const { utc, line } = useDeskWords();
  const { notification, format, waits } = row;
  const [from, to] = [looks.get(notification.by), looks.get(notification.to)];
  return (
    <tr aria-current={chosen ? "true" : undefined} data-waits={waits}>
      <td>
        <time dateTime={notification.at}>{utc(notification.at)}</time>
      </td>
      <td className="way">
        {from ? <PartyCode look={from} /> : null} <span aria-hidden="true" className="onward" />{" "}
        {to ? <PartyCode look={to} /> : null}
      </td>
      <td>
        <button className="link" id={`row-${notification.id}`} onClick={onChoose} type="button">
          <b>{format.code}</b> <bdi>{line(format, notification.fields)}</bdi>
        </button>
      </td>
      <td>
        <Delivery row={row} />
      </td>
      <td>
        <Clock row={row} />
      </td>
    </tr>
  );
}

/** What is on the record of it, and what waits for this desk. */
function Delivery({ row }: { row: Row }): ReactElement {
  const t = useWords();
  const { reading, waits } = row;
  return (
    <span className="delivery">
      {t(`desk.delivery.${reading.delivery}`)}
      {waits && waits !== "chase" ? <b> {t(`desk.waits.${waits}`)}</b> : null}
    </span>
  );
}

/** The clock that runs out first, or what was late: late is a fact, and rests on the keeper's clock. */
function Clock({ row: { reading } }: { row: Row }): ReactElement | null {
  const t = useWords();
  const { span } = useDeskWords();
  const late = lateOf(reading);
  if (late) return <b className="late">{t(`desk.late.${late}`)}</b>;
  const running = (
    [
      ["receive", reading.receiveLeft],
      ["acknowledge", reading.acknowledgeLeft],
      ["reply", reading.replyLeft],
      ["meet", reading.meetLeft],
    ] as const
  )
    .filter((one): one is [(typeof one)[0], number] => one[1] !== undefined)
    .sort(([, a], [, b]) => a - b)[0];
  if (!running) return null;
  return (
    <span className="clock">
      {t(`desk.clock.${running[0]}`)} <span className="figure">{span(running[1])}</span>
    </span>
  );
}

const claims = [
  "undelivered",
  "replyOverdue",
  "acknowledgeOverdue",
  "meetingOverdue",
  "answeredLate",
  "metLate",
] as const;

function lateOf({ onKeepersWord }: Row["reading"]): (typeof claims)[number] | undefined {
  return claims.find((claim) => onKeepersWord.includes(claim));
}
