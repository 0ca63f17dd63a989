/** A message in an agreed format: prepared by one officer, checked by a second, then sent. */

import {
  type Channel,
  checkMessage,
  type Format,
  type FormatField,
  membersOf,
  type RoomName,
} from "@parley/core";
import type { EventId } from "@parley/ledger";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { Button, Checkbox } from "react-aria-components";
import { ActButton } from "../../frame/act-button.tsx";
import { Choose } from "../../frame/choose.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { LockMark } from "../../frame/marks.tsx";
import { useReading } from "../../frame/reading.ts";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing } from "../../source/acting.ts";
import { type Placed, useNow } from "../../source/beside.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { No } from "../../source/no.ts";
import { rowOf, useChannels, useRows } from "./desk-state.ts";
import { Fields } from "./message-view.tsx";
import { drop, type Prepared, prepare, putCheck } from "./prepared.ts";
import { useDeskWords } from "./words.ts";

export function PrepareForm({
  lines,
  formats,
  answers,
  onDone,
}: {
  /** Over which it can go. */
  lines: readonly Placed<Channel>[];
  formats: readonly Placed<Format>[];
  answers: EventId | undefined;
  onDone: () => void;
}): ReactElement {
  const t = useWords();
  const source = useCase();
  const { locale } = useReading();
  const { label, line } = useDeskWords();
  const looks = useLooks();
  const { sitting } = useSnapshot();
  const seat = sitting?.seat;
  const [lineId, setLine] = useState<string>();
  const channel = lines.find(({ item }) => item.id === lineId) ?? lines[0];
  const fitting = formats
    .filter(({ audience }) => audience === channel?.audience)
    .map(({ item }) => item)
    .filter(({ purpose }) => (purpose === "reply") === (answers !== undefined));
  const [formatId, setFormat] = useState<string>();
  const format = fitting.find(({ id }) => id === formatId) ?? fitting[0];
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  const [refusal, setRefusal] = useState<No>();
  const form = useRef<HTMLFormElement>(null);
  // Whoever opened it by a key writes on by keys.
  useEffect(() => form.current?.querySelector<HTMLElement>("button")?.focus(), []);
  const otherOf = ({ item }: Placed<Channel>) => item.parties.find((party) => party !== seat);
  const to = channel && otherOf(channel);
  const over =
    lines.length > 1 ? (
      <Choose
        choices={lines.map((one) => {
          const other = otherOf(one);
          const who = (other && looks.get(other)?.name) ?? "";
          return { id: one.item.id, name: t("said.of", { what: who, words: one.item.name }) };
        })}
        label={t("desk.channel.with")}
        onChoose={setLine}
        value={channel?.item.id}
      />
    ) : null;
  if (!format || !to) {
    return (
      <div className="stack-narrow">
        {over}
        <p className="quiet">{t("desk.noFormat")}</p>
        <div className="acts">
          <Button className="button" onPress={onDone}>
            {t("act.cancel")}
          </Button>
        </div>
      </div>
    );
  }
  const given = Object.fromEntries(
    format.fields.flatMap(({ field, type }) => {
      const value = (fields[field] ?? "").trim();
      if (value === "") return [];
      return [[field, type === "time" && !value.endsWith("Z") ? `${value}:00.000Z` : value]];
    }),
  );
  const required = format.fields.filter(({ required }) => required);
  const submit = async () => {
    const message = {
      channel: channel.item.id,
      format: format.id,
      to,
      fields: given,
      ...(answers === undefined ? {} : { answers }),
    };
    const text = t("said.of", { what: t("desk.prepared"), words: `${format.code} ${line(format, given)}` });
    const no = await prepare(source, message, channel.audience, text);
    setRefusal(no);
    if (!no) onDone();
  };
  return (
    <SentForm className="prepare stack private" ref={form} onSend={submit}>
      <h2>{t(answers ? "desk.reply" : "desk.new")}</h2>
      <p className="private-mark">
        <LockMark />
        {t("desk.prepare.private")}
      </p>
      {over}
      <Choose
        choices={fitting.map((one) => ({
          id: one.id,
          name: `${one.code} – ${t(`desk.purpose.${one.purpose}`)}`,
        }))}
        label={t("desk.format")}
        onChoose={setFormat}
        value={format.id}
      />
      {format.fields.map((field) => (
        <FieldInput
          field={field}
          key={`${format.id} ${field.field}`}
          label={label(format, field.field)}
          locale={locale}
          onChange={(value) => setFields({ ...fields, [field.field]: value })}
          value={fields[field.field] ?? ""}
        />
      ))}
      <Second ahead by={sitting?.member} />
      <div className="acts">
        <ActButton
          label={t("desk.prepare")}
          needs={required.map(({ field }) => [label(format, field), given[field] !== undefined])}
        />
        <Button className="button" onPress={onDone}>
          {t("act.cancel")}
        </Button>
      </div>
      <Refused why={refusal} />
    </SentForm>
  );
}

function FieldInput({
  field,
  label,
  locale,
  value,
  onChange,
}: {
  field: FormatField;
  label: string;
  locale: string;
  value: string;
  onChange: (value: string) => void;
}): ReactElement {
  const t = useWords();
  if (field.codes) {
    const choices = Object.entries(field.codes).map(([code, words]) => ({
      id: code,
      name: t("said.of", { what: code, words: words[locale] ?? Object.values(words)[0] ?? "" }),
    }));
    return <Choose choices={choices} label={label} onChoose={onChange} value={value || undefined} />;
  }
  const type = field.type === "time" ? "datetime-local" : field.type === "count" ? "number" : "text";
  return (
    <Field
      label={label}
      min={0}
      onChange={onChange}
      rows={field.type === "text" ? 2 : undefined}
      type={type}
      value={value}
    />
  );
}

/** A message that waits for the second officer, or for being sent. */
export function PreparedItem({ prepared, format }: { prepared: Prepared; format: Format }): ReactElement {
  const t = useWords();
  const source = useCase();
  const { utc, line } = useDeskWords();
  const { act, busy, refusal } = useActing("send");
  const { state, sitting } = useSnapshot();
  const [compared, setCompared] = useState(false);
  const [no, setNo] = useState<No>();
  const { id, message, audience, check, by, at, queued } = prepared;
  const nameOf = (member: string) => state.people.members[member]?.name ?? "";
  const mine = sitting?.member === by;
  const sign = async () => {
    const check = await source.sign(checkMessage(source.id, message));
    if (!check) return;
    const text = t("said.of", {
      what: t("desk.checked"),
      words: `${format.code} ${line(format, message.fields)}`,
    });
    setNo(await putCheck(source, id, check, text));
  };
  const send = () => {
    if (!check) return;
    const { by: _, ...signature } = check;
    void act({ kind: "NotificationSent", audience, body: { message: { ...message }, check: signature } });
  };
  return (
    <li className="prepared private stack-narrow">
      <p className="row">
        <LockMark />
        <b>{format.code}</b>
        <span className="small quiet">
          {t("desk.preparedBy", { name: nameOf(by), time: `${utc(at)} UTC` })}
        </span>
      </p>
      <Over message={message} />
      <Fields fields={message.fields} format={format} />
      {queued ? (
        <p role="status">
          <b>{t("desk.queued")}</b>
        </p>
      ) : check ? (
        <Sending
          busy={busy}
          checker={nameOf(check.by)}
          mayNot={check.by === sitting?.member}
          onSend={send}
          audience={audience}
        />
      ) : mine ? (
        <Second by={by} />
      ) : (
        <>
          <Checkbox className="choice check" isSelected={compared} onChange={setCompared}>
            {t("desk.compared")}
          </Checkbox>
          <Button className="button primary" isDisabled={!compared || busy} onPress={() => void sign()}>
            {t("desk.check")}
          </Button>
        </>
      )}
      {queued ? null : (
        <Button className="button small plain" onPress={() => void drop(source, id, t("desk.dropped"))}>
          {t("desk.drop")}
        </Button>
      )}
      <Refused why={refusal ?? no} />
    </li>
  );
}

/** To whom it goes, over which line, and what it answers: that is signed with the fields. */
function Over({ message: { to, channel, answers } }: { message: Prepared["message"] }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { utc } = useDeskWords();
  const over = useChannels().find(({ item }) => item.id === channel)?.item.name ?? channel;
  const answered = rowOf(useRows(useNow()), answers);
  return (
    <dl className="fields">
      <div>
        <dt>{t("desk.channel.with")}</dt>
        <dd>{t("said.of", { what: looks.get(to)?.name ?? to, words: over })}</dd>
      </div>
      {answers === undefined ? null : (
        <div>
          <dt>{t("desk.answers")}</dt>
          <dd>
            {answered
              ? t("said.beside", {
                  what: answered.format.code,
                  beside: `${utc(answered.notification.at)} UTC`,
                })
              : answers}
          </dd>
        </div>
      )}
    </dl>
  );
}

function Sending({
  checker,
  mayNot,
  busy,
  audience,
  onSend,
}: {
  checker: string;
  mayNot: boolean;
  busy: boolean;
  audience: RoomName;
  onSend: () => void;
}): ReactElement {
  const t = useWords();
  if (mayNot) return <p className="small">{t("desk.checkedByYou")}</p>;
  return (
    <>
      <p className="small">{t("desk.checkedBy", { name: checker })}</p>
      <Learns lesson={{ given: t(`audience.${audience}`) }} />
      <Button className="button primary" isDisabled={busy} onPress={onSend}>
        {t("desk.send")}
      </Button>
    </>
  );
}

/** Who of the delegation may check what this member prepares: heads, deputies and watch officers. Before it is prepared, only that nobody may. */
function Second({ by, ahead = false }: { by: string | undefined; ahead?: boolean }): ReactElement | null {
  const t = useWords();
  const { kept } = useCase();
  const { state, sitting } = useSnapshot();
  const names = (sitting ? membersOf(state.people, sitting.seat) : [])
    .filter(({ id, role }) => id !== by && ["head", "deputy", "watchOfficer"].includes(role))
    .map(({ name }) => name);
  if (names.length === 0) {
    return <p role="status">{t(kept === "browser" ? "desk.noSecond.alone" : "desk.noSecond")}</p>;
  }
  if (ahead) return null;
  return <p className="small">{t("desk.needsSecond", { names: names.join(t("said.comma")) })}</p>;
}
