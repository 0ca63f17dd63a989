/** Who said what to whom? What is said in a channel is sealed to its members and leaves no trace in the shared record. */
import { type CircleState, itemsOf, type Message, type Seat, type SeatId } from "@parley/core";
import { base64url, type LogId } from "@parley/ledger";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Button, Checkbox, CheckboxGroup, Label, TextArea, TextField } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { LockMark } from "../../frame/marks.tsx";
import { PartyCode, PartyName } from "../../frame/party.tsx";
import { Notice } from "../../frame/states.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useActing } from "../../source/acting.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import "./channels.css";

export function ChannelsPage(): ReactElement {
  const t = useWords();
  const { circles, sitting } = useSnapshot();
  const mine = [...circles].filter(([, { state }]) => sitting && state.seats.includes(sitting.seat));
  const [open, setOpen] = useState<LogId | "new">();
  // Another chair at the same table may not be in the channel that was open.
  const chosen = open === "new" || mine.some(([log]) => log === open) ? open : undefined;
  const log = chosen ?? mine[0]?.[0] ?? "new";
  const circle = log === "new" ? undefined : circles.get(log);
  if (!sitting) return <Notice page={t("nav.channels")} kind="denied" title={t("state.denied.title")} />;
  return (
    <div className="channels">
      <h1 className="visually-hidden">{t("nav.channels")}</h1>
      <nav aria-label={t("nav.channels")} className="channel-list">
        {mine.map(([id, { state }]) => (
          <ChannelName key={id} onOpen={() => setOpen(id)} open={id === log} state={state} />
        ))}
        <Button className="button small" onPress={() => setOpen("new")}>
          {t("channels.new")}
        </Button>
      </nav>
      {circle && log !== "new" ? (
        <Channel key={log} log={log} seat={sitting.seat} state={circle.state} />
      ) : (
        <NewChannel onOpened={setOpen} seat={sitting.seat} />
      )}
    </div>
  );
}

function ChannelName({
  state,
  open,
  onOpen,
}: {
  state: CircleState;
  open: boolean;
  onOpen: () => void;
}): ReactElement {
  return (
    <button aria-current={open ? "true" : undefined} className="channel-name" onClick={onOpen} type="button">
      <span className="row">
        {state.seats.map((seat) => (
          <SeatCode key={seat} seat={seat} />
        ))}
        <ChannelTitle state={state} />
      </span>
      {state.messages.size > 0 ? <span className="quiet small">{state.messages.size}</span> : null}
    </button>
  );
}

function SeatCode({ seat }: { seat: SeatId }): ReactElement | null {
  const look = useLooks().get(seat);
  return look ? <PartyCode look={look} /> : null;
}

function ChannelTitle({ state }: { state: CircleState }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  if (state.name) return <span>{state.name}</span>;
  if (state.seats.length === 1) return <span>{t("channels.internal")}</span>;
  return <span>{state.seats.map((seat) => looks.get(seat)?.name ?? seat).join(", ")}</span>;
}

function NewChannel({ seat, onOpened }: { seat: SeatId; onOpened: (log: LogId) => void }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const source = useCase();
  const { act, busy, refusal } = useActing();
  const { people } = useSnapshot().state;
  const others = Object.values(people.seats).filter(
    (other: Seat) =>
      other.id !== seat && other.taken && other.kind !== "observer" && other.kind !== "recorder",
  );
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const open = async () => {
    const known = new Set(source.snapshot().circles.keys());
    const seats = [seat, ...(chosen as readonly SeatId[])];
    const nonce = base64url(crypto.getRandomValues(new Uint8Array(16)));
    if (!(await act({ kind: "CircleOpened", body: { seats, nonce } }))) return;
    const opened = [...source.snapshot().circles.keys()].find((log) => !known.has(log));
    if (opened) onOpened(opened);
  };
  return (
    <section className="channel new-channel stack">
      <h2>{t("channels.new")}</h2>
      <CheckboxGroup className="field" onChange={setChosen} value={[...chosen]}>
        <Label>{t("channels.with")}</Label>
        {others.map(({ id }) => {
          const look = looks.get(id);
          return look ? (
            <Checkbox className="choice check" key={id} value={id}>
              <PartyName look={look} />
            </Checkbox>
          ) : null;
        })}
      </CheckboxGroup>
      {chosen.length === 0 ? <p className="quiet">{t("channels.internal.what")}</p> : null}
      <Learns lesson={{ given: readersOf([seat, ...chosen], looks) }} />
      <div className="acts">
        <Button className="button primary" isDisabled={busy} onPress={() => void open()}>
          {t("channels.open")}
        </Button>
      </div>
      {refusal ? (
        <p className="fault" role="alert">
          {refusal}
        </p>
      ) : null}
    </section>
  );
}

function readersOf(seats: readonly string[], looks: ReturnType<typeof useLooks>): string {
  return seats.map((seat) => looks.get(seat)?.name ?? seat).join(", ");
}

function Channel({ log, state, seat }: { log: LogId; state: CircleState; seat: SeatId }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { act, busy, refusal, done } = useActing();
  const [words, setWords] = useState("");
  const send = async () => {
    const value = { text: words.trim() };
    const sent = await act({
      kind: "MessageSent",
      log,
      body: {},
      seal: { purpose: "message", value, seats: state.seats },
    });
    if (sent) setWords("");
  };
  return (
    <section className={state.seats.length === 1 ? "channel private" : "channel"}>
      <header className="row">
        <h2>
          <ChannelTitle state={state} />
        </h2>
        <span className="private-mark">
          <LockMark />
          {t("private.only", { who: readersOf(state.seats, looks) })}
        </span>
      </header>
      {state.messages.size === 0 ? <p className="quiet">{t("channels.empty")}</p> : null}
      <ol className="list messages">
        {itemsOf(state.messages).map((message) => (
          <MessageItem key={message.id} log={log} message={message} mine={message.seat === seat} />
        ))}
      </ol>
      <form
        className="compose stack-narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <TextField className="field" onChange={setWords} value={words}>
          <Label>{t("channels.write")}</Label>
          <TextArea
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && words.trim()) void send();
            }}
            rows={3}
          />
        </TextField>
        <Learns done={done} lesson={{ given: readersOf(state.seats, looks), infer: t("channels.infer") }} />
        <Button className="button primary" isDisabled={!words.trim() || busy} type="submit">
          {t("channels.send")}
        </Button>
        {refusal ? (
          <p className="fault" role="alert">
            {refusal}
          </p>
        ) : null}
      </form>
    </section>
  );
}

function MessageItem({ log, message, mine }: { log: LogId; message: Message; mine: boolean }): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const looks = useLooks();
  const source = useCase();
  const { state, sitting } = useSnapshot();
  const look = looks.get(message.seat);
  const opened = useQuery({
    queryKey: ["message", source.id, message.id, sitting?.device],
    queryFn: async () => (await unsealMessage(source, log, message)) ?? null,
    staleTime: Infinity,
  });
  return (
    <li className="message" data-mine={mine || undefined}>
      <p className="row small quiet">
        {look ? <PartyName look={look} /> : null}
        <span>{state.people.members[message.by]?.name}</span>
        <time dateTime={message.at}>{minute(message.at)}</time>
      </p>
      <p className="said">{opened.isPending ? "" : (opened.data ?? t("channels.unreadable"))}</p>
    </li>
  );
}

async function unsealMessage(
  source: ReturnType<typeof useCase>,
  log: LogId,
  message: Message,
): Promise<string | undefined> {
  const { circles } = source.snapshot();
  const entry = circles.get(log)?.byId.get(message.id);
  const value = entry && (await source.unseal(entry.event));
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const { text } = value as { readonly text?: unknown };
  return typeof text === "string" ? text : undefined;
}
