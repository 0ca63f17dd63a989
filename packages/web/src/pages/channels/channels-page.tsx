/** Who said what to whom? What is said in a channel is sealed to its members and leaves no trace in the shared record. */
import { type CircleState, itemsOf, type Message, roomsOf, type Seat, type SeatId } from "@parley/core";
import { base64url, type LogId } from "@parley/ledger";
import { useQuery } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { ChooseParties } from "../../frame/choose-parties.tsx";
import { Learns } from "../../frame/learns.tsx";
import { LockMark } from "../../frame/marks.tsx";
import { PartyCode, PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { Notice } from "../../frame/states.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useCase, useLooks, useSeatNames, useSnapshot } from "../../source/case-context.tsx";
import { circleAmong } from "../../source/circles.ts";
import { type ChannelId, usePlenary, useReading, useUnread } from "../../source/unread.ts";
import { useView } from "../../source/view.ts";
import { type Reference, readMessage, rightlyNamed, useReferable } from "./references.ts";
import { Compose, Said } from "./said.tsx";
import "./channels.css";

export function ChannelsPage(): ReactElement {
  const t = useWords();
  const { circles, sitting } = useSnapshot();
  const mine = [...circles].filter(([, { state }]) => sitting && state.seats.includes(sitting.seat));
  const [open, setOpen] = useState<LogId | "new" | "plenary">();
  const { people } = useView();
  const opens = useMay()("CircleOpened", "circle");
  const inPlenary = sitting !== undefined && roomsOf(people, sitting.seat).includes("table");
  // Another chair at the same table may not be in the channel that was open.
  const chosen =
    open === "new" || (open === "plenary" && inPlenary) || mine.some(([log]) => log === open)
      ? open
      : undefined;
  const said = usePlenary();
  const log = chosen ?? mine[0]?.[0] ?? (inPlenary && said.length > 0 ? "plenary" : "new");
  const circle = log === "new" || log === "plenary" ? undefined : circles.get(log);
  if (!sitting || (!opens && !inPlenary && mine.length === 0)) {
    return (
      <Notice page={t("nav.channels")} kind="denied" title={t("state.denied.title")}>
        {t("channels.none")}
      </Notice>
    );
  }
  return (
    <div className="channels">
      <h1 className="visually-hidden">{t("nav.channels")}</h1>
      <nav aria-label={t("nav.channels")} className="channel-list">
        {inPlenary ? (
          <button
            aria-current={log === "plenary" ? "true" : undefined}
            className="channel-name"
            onClick={() => setOpen("plenary")}
            type="button"
          >
            {t("channels.plenary")}
            <Unread channel="plenary" count={said.length} />
          </button>
        ) : null}
        {mine.map(([id, { state }]) => (
          <ChannelName key={id} log={id} onOpen={() => setOpen(id)} open={id === log} state={state} />
        ))}
        <Button className="button small" onPress={() => setOpen("new")}>
          {t("channels.new")}
        </Button>
      </nav>
      {circle && log !== "new" && log !== "plenary" ? (
        <Channel key={log} log={log} seat={sitting.seat} state={circle.state} />
      ) : log === "plenary" ? (
        <Plenary seat={sitting.seat} />
      ) : (
        <NewChannel onOpened={setOpen} seat={sitting.seat} />
      )}
    </div>
  );
}

function ChannelName({
  log,
  state,
  open,
  onOpen,
}: {
  log: LogId;
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
      <Unread channel={log} count={state.messages.size} />
    </button>
  );
}

/** What is new in a channel, or else how much was said. */
function Unread({ channel, count }: { channel: ChannelId; count: number }): ReactElement | null {
  const t = useWords();
  const unread = useUnread().get(channel);
  if (unread) return <b className="small">{t("channels.unread", { count: unread })}</b>;
  return count > 0 ? <span className="quiet small">{count}</span> : null;
}

function SeatCode({ seat }: { seat: SeatId }): ReactElement | null {
  const look = useLooks().get(seat);
  return look ? <PartyCode look={look} /> : null;
}

function ChannelTitle({ state }: { state: CircleState }): ReactElement {
  const t = useWords();
  const namesOf = useSeatNames();
  const among = state.seats.length === 1 ? t("channels.internal") : namesOf(state.seats);
  // Whoever opened it named it, and can have named it after others.
  return <span>{state.name ? t("said.beside", { what: state.name, beside: among }) : among}</span>;
}

function NewChannel({ seat, onOpened }: { seat: SeatId; onOpened: (log: LogId) => void }): ReactElement {
  const t = useWords();
  const namesOf = useSeatNames();
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
    // What these say to each other stays in one place.
    const there = circleAmong(source.snapshot(), seats);
    if (there) return onOpened(there.log);
    const nonce = base64url(crypto.getRandomValues(new Uint8Array(16)));
    if (!(await act({ kind: "CircleOpened", body: { seats, nonce } }))) return;
    const opened = [...source.snapshot().circles.keys()].find((log) => !known.has(log));
    if (opened) onOpened(opened);
  };
  return (
    <section className="channel new-channel stack">
      <h2>{t("channels.new")}</h2>
      {others.length > 0 ? (
        <ChooseParties among={others} chosen={chosen} label={t("channels.with")} onChoose={setChosen} />
      ) : null}
      {chosen.length === 0 ? <p className="quiet">{t("channels.internal.what")}</p> : null}
      <Learns
        lesson={{
          given: namesOf([seat, ...chosen]),
          ...(source.kept === "server" ? { infer: t("channels.infer") } : {}),
        }}
      />
      <div className="acts">
        <Button className="button primary" isDisabled={busy} onPress={() => void open()}>
          {t("channels.open")}
        </Button>
      </div>
      <Refused why={refusal} />
    </section>
  );
}

function Channel({ log, state, seat }: { log: LogId; state: CircleState; seat: SeatId }): ReactElement {
  const t = useWords();
  const namesOf = useSeatNames();
  const { act, busy, refusal, done } = useActing();
  const send = (text: string, refs: readonly Reference[]) => {
    const value = { text, refs: refs.map(({ name, to, id }) => ({ name, to, id })) };
    return act({
      kind: "MessageSent",
      log,
      body: {},
      seal: { purpose: "message", value, seats: state.seats },
    });
  };
  const seen = useCase().kept === "server" ? { infer: t("channels.infer") } : {};
  const lesson = { given: namesOf(state.seats), ...seen };
  useReading(log, itemsOf(state.messages).at(-1)?.at);
  return (
    <section className={state.seats.length === 1 ? "channel private" : "channel"}>
      <header className="row">
        <h2>
          <ChannelTitle state={state} />
        </h2>
        <span className="private-mark">
          <LockMark />
          {t("private.only", { who: namesOf(state.seats) })}
        </span>
      </header>
      {state.messages.size === 0 ? <p className="quiet">{t("channels.empty")}</p> : null}
      <ol className="list messages">
        {itemsOf(state.messages).map((message) => (
          <MessageItem key={message.id} log={log} message={message} mine={message.seat === seat} />
        ))}
      </ol>
      <Compose
        busy={busy}
        channel={log}
        label={t("channels.send")}
        lesson={<Learns done={done} lesson={lesson} />}
        onSend={send}
      />
      <Refused why={refusal} />
    </section>
  );
}

/** What is said to everybody at the table: on the record, and sealed to nobody. */
function Plenary({ seat }: { seat: SeatId }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { minute } = useMoments();
  const may = useMay();
  const said = usePlenary();
  const referable = useReferable();
  const { act, busy, refusal, done } = useActing();
  useReading("plenary", said.at(-1)?.at);
  const send = (text: string) =>
    act({ kind: "StatementMade", audience: "table", body: { form: "statement", text, about: [] } });
  return (
    <section className="channel">
      <header className="row">
        <h2>{t("channels.plenary")}</h2>
        <span className="small quiet">{t("channels.plenary.what")}</span>
      </header>
      {said.length === 0 ? <p className="quiet">{t("channels.empty")}</p> : null}
      <ol className="list messages">
        {said.map((one) => {
          const look = looks.get(one.by);
          return (
            <li className="message" data-mine={one.by === seat || undefined} key={one.id}>
              <p className="row small quiet">
                {look ? <PartyName look={look} /> : null}
                <time dateTime={one.at}>{minute(one.at)}</time>
              </p>
              <Said refs={referable} words={one.text} />
            </li>
          );
        })}
      </ol>
      {may("StatementMade", "table") ? (
        <Compose
          busy={busy}
          channel="plenary"
          label={t("channels.say")}
          lesson={<Learns done={done} lesson={{ given: t("audience.table") }} />}
          onSend={send}
        />
      ) : null}
      <Refused why={refusal} />
    </section>
  );
}

function MessageItem({ log, message, mine }: { log: LogId; message: Message; mine: boolean }): ReactElement {
  const t = useWords();
  const { minute } = useMoments();
  const looks = useLooks();
  const source = useCase();
  const { state, sitting } = useSnapshot();
  const { packages } = useView();
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
      {opened.data ? (
        <Said refs={rightlyNamed(opened.data.refs, packages)} words={opened.data.text} />
      ) : (
        <p className="said">{opened.isPending ? "" : t("channels.unreadable")}</p>
      )}
    </li>
  );
}

async function unsealMessage(
  source: ReturnType<typeof useCase>,
  log: LogId,
  message: Message,
): Promise<ReturnType<typeof readMessage>> {
  const { circles } = source.snapshot();
  const entry = circles.get(log)?.byId.get(message.id);
  return entry && readMessage(await source.unseal(entry.event));
}
