/** A channel as each side sees it: its state, its last test and last use, and who is at the desk that serves it. */
import { type Channel, type ChannelStatus, lastUses, membersOf, type Post, type SeatId } from "@parley/core";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Button, Checkbox, CheckboxGroup, Label } from "react-aria-components";
import { ActButton } from "../../frame/act-button.tsx";
import { Choose } from "../../frame/choose.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { LockMark } from "../../frame/marks.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords, type Words } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import type { Placed } from "../../source/beside.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import { type Row, useOurPost } from "./desk-state.ts";
import { useDeskWords } from "./words.ts";

const statuses: readonly ChannelStatus[] = ["untested", "tested", "inUse", "degraded", "suspended"];

export function ChannelPanel({
  placed,
  rows,
}: {
  placed: Placed<Channel>;
  rows: readonly Row[];
}): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { utc } = useDeskWords();
  const { people } = useSnapshot().state;
  const may = useMay();
  const { item: channel, room, audience } = placed;
  const { used, tested } = lastUses(room, channel.id);
  const seat = useSnapshot().sitting?.seat;
  const ours = seat !== undefined && channel.parties.includes(seat);
  return (
    <section className="channel-panel stack-narrow">
      <h2>{channel.name}</h2>
      <table>
        <caption className="visually-hidden">{t("desk.channel.states")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("desk.channel.side")}</th>
            <th scope="col">{t("desk.channel.state")}</th>
            <th scope="col">{t("desk.channel.desk")}</th>
          </tr>
        </thead>
        <tbody>
          {channel.parties.map((party) => {
            const look = looks.get(party);
            const said = channel.states[party];
            const post = people.posts[channel.posts[party] ?? ""];
            return (
              <tr key={party}>
                <th scope="row">{look ? <PartyName look={look} /> : party}</th>
                <td data-status={said?.status ?? "untested"}>
                  {t(`desk.status.${said?.status ?? "untested"}`)}
                  {said ? <span className="quiet small"> {utc(said.at)}</span> : null}
                  {said?.note ? (
                    <span className="block small">
                      <bdi>{said.note}</bdi>
                    </span>
                  ) : null}
                </td>
                <td>{holdersOf(people, post, t)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="small quiet">
        {t("desk.channel.tested", { time: tested ? `${utc(tested)} UTC` : t("desk.never") })}{" "}
        {t("desk.channel.used", { time: used ? `${utc(used)} UTC` : t("desk.never") })}
      </p>
      {ours && may("ChannelStateStated", audience) ? <StateIt placed={placed} seat={seat} /> : null}
      {ours ? <Shift channel={channel} rows={rows} /> : null}
    </section>
  );
}

/** How one's own side sees the channel; the other side's view stands beside it. */
function StateIt({
  placed: { item: channel, audience },
  seat,
}: {
  placed: Placed<Channel>;
  seat: SeatId;
}): ReactElement {
  const t = useWords();
  const { act, busy, refusal } = useActing("send");
  const said = channel.states[seat]?.status ?? "untested";
  const [status, setStatus] = useState<ChannelStatus>(said);
  const [note, setNote] = useState("");
  const submit = async () => {
    const words = note.trim() === "" ? {} : { note: note.trim() };
    const body = { channel: channel.id, status, ...words };
    if (await act({ kind: "ChannelStateStated", audience, body })) setNote("");
  };
  return (
    <SentForm className="stack-narrow" onSend={submit}>
      <div className="pair">
        <Choose
          choices={statuses.map((id) => ({ id, name: t(`desk.status.${id}`) }))}
          label={t("desk.channel.say")}
          onChoose={(id) => setStatus(statuses.find((one) => one === id) ?? status)}
          value={status}
        />
        <Field label={t("desk.channel.note")} onChange={setNote} value={note} />
      </div>
      <Learns lesson={{ given: t(`audience.${audience}`) }} />
      <div className="acts">
        <Button
          className="button small"
          isDisabled={busy || (status === said && note.trim() === "")}
          type="submit"
        >
          {t("desk.channel.say.do")}
        </Button>
      </div>
      <Refused why={refusal} />
    </SentForm>
  );
}

function holdersOf(people: Parameters<typeof membersOf>[0], post: Post | undefined, t: Words): string {
  return post?.holders.map((holder) => people.members[holder]?.name ?? "").join(t("said.comma")) ?? "";
}

/** The shift, and its handover: who holds the desk, what is still open, and a note for whoever comes. */
function Shift({ channel, rows }: { channel: Channel; rows: readonly Row[] }): ReactElement | null {
  const t = useWords();
  const { state, sitting } = useSnapshot();
  const { post } = useOurPost()(channel);
  const { act, busy, refusal } = useActing("send");
  const { utc, line } = useDeskWords();
  const [open, setOpen] = useState(false);
  const [next, setNext] = useState<readonly string[]>([]);
  const [note, setNote] = useState("");
  const { people } = state;
  if (!post || !sitting) return null;
  const member = people.members[sitting.member];
  const holds = post.holders.includes(sitting.member) || member?.role === "head";
  const left = rows.filter(({ waits, reading }) => waits !== undefined || reading.meetLeft !== undefined);
  const items = left.map(({ notification, format, reading }) =>
    t("said.of", {
      what: `${utc(notification.at)} UTC ${format.code} ${line(format, notification.fields)}`,
      words: t(`desk.delivery.${reading.delivery}`),
    }),
  );
  const hand = async () => {
    const text = [note.trim(), ...items].filter(Boolean).join("\n");
    const done = await act({
      kind: "PostHandedOver",
      body: { post: post.id, holders: [...next] },
      seal: { purpose: "handover", value: { format: "parley-handover/1", text }, seats: [sitting.seat] },
    });
    if (done) setOpen(false);
  };
  return (
    <div className="shift stack-narrow">
      <h3>
        {t("desk.shift")}
        {t("said.colon")}
        {holdersOf(people, post, t)}{" "}
        <span className="quiet small">{t("desk.shift.since", { time: `${utc(post.since)} UTC` })}</span>
      </h3>
      <LastNote post={post} />
      {holds && !open ? (
        <Button className="button small" onPress={() => setOpen(true)}>
          {t("desk.handover")}
        </Button>
      ) : null}
      {open ? (
        <SentForm className="private stack-narrow handover" onSend={hand}>
          <p className="private-mark">
            <LockMark />
            {t("desk.handover.private")}
          </p>
          <CheckboxGroup className="field" onChange={setNext} value={[...next]}>
            <Label>{t("desk.handover.to")}</Label>
            {membersOf(people, post.seat)
              .filter(({ role }) => role !== "interpreter")
              .map(({ id, name, office }) => (
                <Checkbox className="choice check" key={id} value={id}>
                  <span>
                    {name} <span className="quiet small">{office}</span>
                  </span>
                </Checkbox>
              ))}
          </CheckboxGroup>
          <div>
            <h4>{t("desk.handover.open", { count: items.length })}</h4>
            <ul className="small">
              {items.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </div>
          <Field label={t("desk.handover.note")} onChange={setNote} rows={3} value={note} />
          <Learns lesson={{ given: t("audience.public"), read: t("desk.handover.read") }} />
          <div className="acts">
            <ActButton
              busy={busy}
              label={t("desk.handover.do")}
              needs={[[t("desk.handover.to"), next.length > 0]]}
            />
            <Button className="button" onPress={() => setOpen(false)}>
              {t("act.cancel")}
            </Button>
          </div>
        </SentForm>
      ) : null}
      <Refused why={refusal} />
    </div>
  );
}

/** What the last shift left in writing, for its own delegation only. */
function LastNote({ post }: { post: Post }): ReactElement | null {
  const t = useWords();
  const source = useCase();
  const { entries, sitting } = useSnapshot();
  const last = entries.findLast(
    ({ event }) => event.kind === "PostHandedOver" && event.body["post"] === post.id && event.sealed,
  );
  const opened = useQuery({
    queryKey: ["handover", source.id, last?.signature ?? "", sitting?.device ?? ""],
    queryFn: async () => (last ? ((await source.unseal(last.event)) ?? null) : null),
    staleTime: Infinity,
  });
  const value = opened.data;
  const text =
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as { readonly text?: unknown }).text
      : undefined;
  if (typeof text !== "string" || text === "") return null;
  return (
    <div className="private handover">
      <p className="private-mark">
        <LockMark />
        {t("desk.handover.last")}
      </p>
      <p className="note">{text}</p>
    </div>
  );
}
