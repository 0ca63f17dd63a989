/** One notification in full: its fields as both sides have them, who signed what when, its clocks and the next step. */
import { type ClockReading, meetingFor } from "@parley/core";
import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing } from "../../source/acting.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { Row } from "./desk-state.ts";
import type { Message } from "./prepared.ts";
import { useDeskWords } from "./words.ts";

export function MessageView({
  row,
  atDesk,
  onReply,
}: {
  row: Row;
  atDesk: boolean;
  onReply: () => void;
}): ReactElement {
  const t = useWords();
  const source = useCase();
  const looks = useLooks();
  const { act, busy, refusal } = useActing("send");
  const { notification, format, audience, reading, toUs, room } = row;
  const from = looks.get(notification.by);
  const canAcknowledge = toUs && notification.received && !notification.acknowledged;
  const meeting = meetingFor(room, notification.id);
  return (
    <section aria-labelledby="message-title" className="message-view stack">
      <h2 id="message-title">
        {format.code} <span className="quiet small">{t(`desk.purpose.${format.purpose}`)}</span>
      </h2>
      {from ? <PartyName look={from} /> : null}
      <Fields fields={notification.fields} format={format} />
      <Steps row={row} />
      {reading.next ? (
        <p className="next-step">
          <b>{t("desk.next")}</b> <bdi>{reading.next}</bdi>
        </p>
      ) : null}
      <KeepersWord reading={reading} />
      {meeting ? (
        <p className="small">
          <Link params={{ caseId: source.id }} to="/case/$caseId/contacts">
            {meeting.title}
          </Link>
        </p>
      ) : null}
      {atDesk && (canAcknowledge || (toUs && !notification.replied)) ? (
        <>
          <Learns lesson={{ given: t(`audience.${audience}`), infer: t("desk.infer.acknowledge") }} />
          <div className="acts">
            {canAcknowledge ? (
              <Button
                className="button primary"
                isDisabled={busy}
                onPress={() =>
                  void act({
                    kind: "NotificationAcknowledged",
                    audience,
                    body: { notification: notification.id },
                  })
                }
              >
                {t("desk.acknowledge")} <kbd>A</kbd>
              </Button>
            ) : null}
            {toUs && !notification.replied ? (
              <Button className="button" onPress={onReply}>
                {t("desk.reply")} <kbd>R</kbd>
              </Button>
            ) : null}
          </div>
        </>
      ) : null}
      <Refused why={refusal} />
    </section>
  );
}

export function Fields({
  format,
  fields,
}: {
  format: Row["format"];
  fields: Message["fields"];
}): ReactElement {
  const { label, value } = useDeskWords();
  return (
    <dl className="fields">
      {format.fields
        .filter(({ field }) => fields[field] !== undefined)
        .map(({ field }) => (
          <div key={field}>
            <dt>{label(format, field)}</dt>
            <dd>
              <bdi>{value(format, field, fields[field] ?? "")}</bdi>
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** Sent, received, acknowledged, replied: each by a device, at the keeper's time. */
function Steps({ row: { notification, format } }: { row: Row }): ReactElement {
  const t = useWords();
  const { utc } = useDeskWords();
  const { people } = useSnapshot().state;
  const nameOf = (device: string | undefined) =>
    people.members[people.devices[device ?? ""]?.member ?? ""]?.name ?? "";
  const { received, acknowledged, replied } = notification;
  const { clocks } = format;
  const minutes = (count: number | undefined) =>
    count === undefined ? "" : ` ${t("desk.within", { hours: count / 60 })}`;
  return (
    <ol className="list steps small">
      <li>
        <b>{t("desk.delivery.sent")}</b> {utc(notification.at)}{" "}
        <span className="quiet">{t("desk.checkedBy", { name: nameOf(notification.checkedBy) })}</span>
      </li>
      <li data-done={received ? "true" : undefined}>
        <b>{t("desk.delivery.received")}</b>{" "}
        {received
          ? t("said.beside", { what: utc(received.at), beside: nameOf(received.device) })
          : minutes(clocks.receive)}
      </li>
      <li data-done={acknowledged ? "true" : undefined}>
        <b>{t("desk.delivery.acknowledged")}</b>{" "}
        {acknowledged
          ? t("said.beside", { what: utc(acknowledged.at), beside: nameOf(acknowledged.device) })
          : minutes(clocks.acknowledge)}
      </li>
      {clocks.reply !== undefined || replied ? (
        <li data-done={replied ? "true" : undefined}>
          <b>{t("desk.delivery.replied")}</b> {replied ? utc(replied.at) : minutes(clocks.reply)}
        </li>
      ) : null}
      {clocks.meet === undefined ? null : (
        <li>
          <b>{t("desk.clock.meet")}</b> {minutes(clocks.meet)}
        </li>
      )}
    </ol>
  );
}

/** That time passed is the keeper's word; that and in which order things were done is signed. */
function KeepersWord({ reading }: { reading: ClockReading }): ReactElement | null {
  const t = useWords();
  if (reading.onKeepersWord.length === 0) return null;
  return (
    <p className="small keepers-word">
      {reading.onKeepersWord.map((claim) => t(`desk.late.${claim}`)).join(t("said.semicolon"))}
      {t("said.colon")}
      <span className="quiet">{t("desk.keepersWord")}</span>
    </p>
  );
}
