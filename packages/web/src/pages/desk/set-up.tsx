/** What a line needs before its first message: formats that both sides accept, a channel, and a desk on each side. */
import { type Channel, holdsStance, membersOf, type RoomName, roomsOf, startingFormats } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button, Checkbox, CheckboxGroup, Label } from "react-aria-components";
import { ActButton } from "../../frame/act-button.tsx";
import { Choose } from "../../frame/choose.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import type { Placed } from "../../source/beside.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { isStarting, useFormats } from "./desk-state.ts";
import { FormatList } from "./format-list.tsx";
import { ProposeFormat } from "./propose-format.tsx";

/** `lines`: the channels of our side. What is proposed goes to those who are given these; without any, to those at our own table. */
export function SetUp({ lines }: { lines: readonly Placed<Channel>[] }): ReactElement {
  const t = useWords();
  const placed = useFormats();
  const may = useMay();
  const { act, busy, refusal } = useActing();
  const { sitting, state } = useSnapshot();
  const [first = homeOf(may), ...more] = new Set(lines.map(({ audience }) => audience));
  const audiences = [first, ...more] as const;
  const lacking = audiences.map((audience) => {
    const known = placed
      .filter((one) => one.audience === audience && (one.item.inForce || isStarting(one.item)))
      .map(({ item }) => item.code);
    return { audience, missing: startingFormats.filter(({ code }) => !known.includes(code)) };
  });
  const proposeAll = async ({ audience, missing }: (typeof lacking)[number]) => {
    for (const format of missing) {
      const done = await act({ kind: "FormatProposed", audience, body: JSON.parse(JSON.stringify(format)) });
      if (!done) return;
    }
  };
  const acceptAll = async () => {
    for (const { item, audience: where } of known) {
      if (!(await act({ kind: "FormatAccepted", audience: where, body: { format: item.id } }))) return;
    }
  };
  const waiting = placed.filter(
    ({ item }) => !item.inForce && sitting && !item.acceptedBy.includes(sitting.seat),
  );
  const accepts = waiting.filter(({ audience }) => may("FormatAccepted", audience));
  // Any other is read before it is accepted, and accepted by itself.
  const known = accepts.filter(({ item }) => isStarting(item));
  const post = Object.values(state.people.posts).find((one) => one.seat === sitting?.seat);
  return (
    <details className="set-up" open={lines.length === 0}>
      <summary>{t("desk.setUp")}</summary>
      <div className="stack">
        <FormatList
          formats={placed}
          mayAccept={(one) => accepts.includes(one)}
          onAccept={(format, where) =>
            void act({ kind: "FormatAccepted", audience: where, body: { format } })
          }
        />
        {[...new Set(accepts.map(({ audience }) => audience))].map((audience) => (
          <Learns key={audience} lesson={{ given: t(`audience.${audience}`) }} />
        ))}
        {known.length > 1 ? (
          <div className="acts">
            <Button className="button" isDisabled={busy} onPress={() => void acceptAll()}>
              {t("desk.formats.accept", { count: known.length })}
            </Button>
          </div>
        ) : null}
        {lacking.map((one) =>
          one.missing.length > 0 && may("FormatProposed", one.audience) ? (
            <div className="stack-narrow" key={one.audience}>
              <Learns lesson={{ given: t(`audience.${one.audience}`) }} />
              <div className="acts">
                <Button className="button" isDisabled={busy} onPress={() => void proposeAll(one)}>
                  {t("desk.formats.propose", { count: one.missing.length })}
                </Button>
              </div>
            </div>
          ) : null,
        )}
        {may("FormatProposed", first) ? (
          <ProposeFormat audiences={audiences} formats={placed.map(({ item }) => item)} />
        ) : null}
        {may("ChannelOpened", first) ? <OpenChannel lines={lines} /> : null}
        {!post && may("PostOpened", "public") ? <OpenPost /> : null}
        {lines.map(({ item, audience: where }) =>
          sitting && post && !item.posts[sitting.seat] && may("ChannelPostNamed", where) ? (
            <div className="stack-narrow" key={item.id}>
              <Learns lesson={{ given: t(`audience.${where}`) }} />
              <div className="acts">
                <Button
                  className="button"
                  isDisabled={busy}
                  onPress={() =>
                    void act({
                      kind: "ChannelPostNamed",
                      audience: where,
                      body: { channel: item.id, post: post.id },
                    })
                  }
                >
                  {t("desk.post.serves", { post: post.name, channel: item.name })}
                </Button>
              </div>
            </div>
          ) : null,
        )}
        <Refused why={refusal} />
      </div>
    </details>
  );
}

/** The narrowest audience in which our side sets up a line: an affected party is given nothing that is for the table alone. */
function homeOf(may: ReturnType<typeof useMay>): RoomName {
  return may("ChannelOpened", "table") ? "table" : "consulted";
}

/** With whoever we have no line yet. Both are given what is sent over it. */
function OpenChannel({ lines }: { lines: readonly Placed<Channel>[] }): ReactElement | null {
  const t = useWords();
  const looks = useLooks();
  const { state, sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const [name, setName] = useState("");
  const [other, setOther] = useState<string>();
  const may = useMay();
  const others = Object.values(state.people.seats).filter(
    (seat) =>
      seat.id !== sitting?.seat &&
      holdsStance(seat) &&
      !lines.some(({ item }) => item.parties.includes(seat.id)),
  );
  const chosen = (others.find(({ id }) => id === other) ?? others[0])?.id;
  if (!chosen) return null;
  const audience = roomsOf(state.people, chosen).includes("table") ? homeOf(may) : "consulted";
  return (
    <SentForm
      className="stack-narrow"
      onSend={async () => {
        const parties = [sitting?.seat ?? "", chosen];
        if (await act({ kind: "ChannelOpened", audience, body: { name, parties } })) setName("");
      }}
    >
      <Field isRequired label={t("desk.channel.name")} onChange={setName} value={name} />
      <Choose
        choices={others.map(({ id }) => ({ id, name: looks.get(id)?.name ?? id }))}
        label={t("desk.channel.with")}
        onChoose={setOther}
        value={chosen}
      />
      <Learns lesson={{ given: t(`audience.${audience}`) }} />
      <ActButton busy={busy} label={t("desk.channel.open")} needs={[[t("desk.channel.name"), name]]} />
      <Refused why={refusal} />
    </SentForm>
  );
}

function OpenPost(): ReactElement {
  const t = useWords();
  const { state, sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const [name, setName] = useState("");
  const [holders, setHolders] = useState<readonly string[]>([]);
  if (!sitting) return <span />;
  return (
    <SentForm
      className="stack-narrow"
      onSend={() => act({ kind: "PostOpened", body: { name, holders: [...holders] } })}
    >
      <Field isRequired label={t("desk.post.name")} onChange={setName} value={name} />
      <CheckboxGroup className="field" onChange={setHolders} value={[...holders]}>
        <Label>{t("desk.handover.to")}</Label>
        {membersOf(state.people, sitting.seat).map((member) => (
          <Checkbox className="choice check" key={member.id} value={member.id}>
            {member.name}
          </Checkbox>
        ))}
      </CheckboxGroup>
      <Learns lesson={{ given: t("audience.public") }} />
      <ActButton
        busy={busy}
        label={t("desk.post.open")}
        needs={[
          [t("desk.post.name"), name],
          [t("desk.handover.to"), holders.length > 0],
        ]}
      />
      <Refused why={refusal} />
    </SentForm>
  );
}
