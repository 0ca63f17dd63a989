/** What a line needs before its first message: formats that both sides accept, a channel, and a desk on each side. */
import { type Channel, membersOf, startingFormats } from "@parley/core";
import { type ReactElement, useState } from "react";
import { Button, Checkbox, CheckboxGroup, Label } from "react-aria-components";
import { ActButton } from "../../frame/act-button.tsx";
import { Choose } from "../../frame/choose.tsx";
import { Field } from "../../frame/field.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import type { Placed } from "../../source/beside.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useFormats } from "./desk-state.ts";
import { FormatList } from "./format-list.tsx";
import { ProposeFormat } from "./propose-format.tsx";

const audience = "table";

export function SetUp({ channels }: { channels: readonly Placed<Channel>[] }): ReactElement {
  const t = useWords();
  const placed = useFormats();
  const may = useMay();
  const { act, busy, refusal } = useActing();
  const { sitting, state } = useSnapshot();
  const known = new Set(placed.map(({ item }) => item.code));
  const missing = startingFormats.filter(({ code }) => !known.has(code));
  const proposeAll = async () => {
    for (const format of missing) {
      const done = await act({ kind: "FormatProposed", audience, body: JSON.parse(JSON.stringify(format)) });
      if (!done) return;
    }
  };
  const acceptAll = async () => {
    for (const { item, audience: where } of waiting) {
      if (!(await act({ kind: "FormatAccepted", audience: where, body: { format: item.id } }))) return;
    }
  };
  const waiting = placed.filter(
    ({ item }) => !item.inForce && sitting && !item.acceptedBy.includes(sitting.seat),
  );
  const post = Object.values(state.people.posts).find((one) => one.seat === sitting?.seat);
  return (
    <details className="set-up" open={channels.length === 0}>
      <summary>{t("desk.setUp")}</summary>
      <div className="stack">
        <FormatList
          formats={placed}
          mayAccept={(one) => waiting.includes(one) && may("FormatAccepted", one.audience)}
          onAccept={(format, where) =>
            void act({ kind: "FormatAccepted", audience: where, body: { format } })
          }
        />
        <div className="acts">
          {missing.length > 0 && may("FormatProposed", audience) ? (
            <Button className="button" isDisabled={busy} onPress={() => void proposeAll()}>
              {t("desk.formats.propose", { count: missing.length })}
            </Button>
          ) : null}
          {waiting.length > 1 && may("FormatAccepted", audience) ? (
            <Button className="button" isDisabled={busy} onPress={() => void acceptAll()}>
              {t("desk.formats.accept", { count: waiting.length })}
            </Button>
          ) : null}
        </div>
        {may("FormatProposed", audience) ? <ProposeFormat formats={placed.map(({ item }) => item)} /> : null}
        {channels.length === 0 && may("ChannelOpened", audience) ? <OpenChannel /> : null}
        {!post && may("PostOpened", "public") ? <OpenPost /> : null}
        {channels.map(({ item, audience: where }) =>
          sitting && post && item.parties.includes(sitting.seat) && !item.posts[sitting.seat] ? (
            <Button
              className="button"
              isDisabled={busy}
              key={item.id}
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
          ) : null,
        )}
        <Refused why={refusal} />
      </div>
    </details>
  );
}

function OpenChannel(): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { state, sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const [name, setName] = useState("");
  const [other, setOther] = useState<string>();
  const others = Object.values(state.people.seats).filter(
    ({ id, kind }) => id !== sitting?.seat && (kind === "principal" || kind === "affected"),
  );
  const chosen = other ?? others[0]?.id;
  return (
    <SentForm
      className="stack-narrow"
      onSend={() => {
        const parties = [sitting?.seat ?? "", chosen ?? ""];
        void act({ kind: "ChannelOpened", audience, body: { name, parties } });
      }}
    >
      <Field isRequired label={t("desk.channel.name")} onChange={setName} value={name} />
      <Choose
        choices={others.map(({ id }) => ({ id, name: looks.get(id)?.name ?? id }))}
        label={t("desk.channel.with")}
        onChoose={setOther}
        value={chosen}
      />
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
