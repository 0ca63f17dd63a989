/** Powers of a third party are the principals' to lend; a case without any says so. Each shows what it may do about its own. */
import { holderOf, type Power, powers, principals, type SeatId } from "@parley/core";
import { Fragment, type ReactElement } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { Act } from "../../source/case-source.ts";

export function Powers(): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { people } = useSnapshot().state;
  const { sitting } = useSnapshot();
  const may = useMay();
  const { act, busy, refusal } = useActing();
  const thirds = Object.values(people.seats).filter(
    ({ kind, standing }) => standing && (kind === "mediator" || kind === "host"),
  );
  const absent = Object.values(people.seats).filter(
    ({ kind, declaredAtOpening, taken }) => kind === "principal" && declaredAtOpening && !taken,
  );
  const send = (kind: Act["kind"], body: Act["body"]) => void act({ kind, body });
  const lends = may("PowerGranted", "public");
  const reads = may("ReadingGranted", "public");
  const mine = sitting?.seat ?? ("" as SeatId);
  const readers = people.readers[mine] ?? [];
  return (
    <section>
      <h2>{t("case.powers")}</h2>
      <dl className="facts-list">
        {powers.map((power) => {
          const holder = holderOf(people, power);
          const look = holder && looks.get(holder);
          return (
            <div key={power}>
              <dt>{t(`power.${power}`)}</dt>
              <dd className="row">
                {look ? <PartyName look={look} /> : <span className="quiet">{t("power.nobody")}</span>}
                {principals(people)
                  .filter((other) => other !== mine && people.grants[power][other] !== undefined && !holder)
                  .map((other) => (
                    <span className="small" key={other}>
                      {t("lend.theirs", {
                        who: people.seats[other]?.name ?? other,
                        to: people.seats[people.grants[power][other] ?? ""]?.name ?? "",
                      })}
                    </span>
                  ))}
                {lends ? <Lend busy={busy} power={power} seat={mine} send={send} thirds={thirds} /> : null}
              </dd>
            </div>
          );
        })}
        {thirds.map(({ id, name }) => {
          const look = looks.get(id);
          const letting = Object.values(people.seats).filter(
            (seat) => seat.id !== mine && people.readers[seat.id]?.includes(id),
          );
          if (letting.length === 0) return null;
          return (
            <div key={id}>
              <dt>{t("lend.reads", { who: letting.map((seat) => seat.name).join(t("said.comma")) })}</dt>
              <dd className="row">{look ? <PartyName look={look} /> : name}</dd>
            </div>
          );
        })}
        {reads && thirds.length > 0 ? (
          <div>
            <dt>{t("lend.reading")}</dt>
            <dd className="row">
              {thirds.map(({ id, name }) => {
                const look = looks.get(id);
                return readers.includes(id) ? (
                  <Fragment key={id}>
                    {look ? <PartyName look={look} /> : name}
                    <Button
                      aria-label={t("said.of", {
                        what: t("lend.takeBack"),
                        words: [t("lend.reading"), name].join(t("said.comma")),
                      })}
                      className="button plain small"
                      isDisabled={busy}
                      onPress={() => send("ReadingRevoked", { to: id })}
                    >
                      {t("lend.takeBack")}
                    </Button>
                  </Fragment>
                ) : (
                  <Button
                    aria-label={t("said.of", { what: t("lend.reading"), words: t("lend.to", { who: name }) })}
                    className="button small"
                    isDisabled={busy}
                    key={id}
                    onPress={() => send("ReadingGranted", { to: id })}
                  >
                    {t("lend.to", { who: name })}
                  </Button>
                );
              })}
            </dd>
          </div>
        ) : null}
      </dl>
      {thirds.length === 0 ? <p className="small quiet">{t("lend.nobody")}</p> : null}
      {(lends || reads) && thirds.length > 0 ? (
        <div className="stack-narrow">
          {lends ? (
            <p className="small quiet">
              {absent.length > 0
                ? t("lend.untaken", {
                    who: absent.map(({ name }) => name).join(t("said.comma")),
                  })
                : t("lend.rule")}
            </p>
          ) : null}
          <Learns lesson={{ given: t("audience.public") }} />
        </div>
      ) : null}
      <Refused why={refusal} />
    </section>
  );
}

function Lend({
  power,
  seat,
  thirds,
  send,
  busy,
}: {
  power: Power;
  seat: SeatId;
  thirds: readonly { readonly id: SeatId; readonly name: string }[];
  send: (kind: Act["kind"], body: Act["body"]) => void;
  busy: boolean;
}): ReactElement {
  const t = useWords();
  const { people } = useSnapshot().state;
  const lent = people.grants[power][seat];
  const to = people.seats[lent ?? ""]?.name;
  if (lent !== undefined) {
    return (
      <span className="row small">
        {holderOf(people, power) === lent ? null : `${t("lend.ours", { who: to ?? lent })} `}
        <Button
          aria-label={t("said.of", { what: t("lend.takeBack"), words: t(`power.${power}`) })}
          className="button plain small"
          isDisabled={busy}
          onPress={() => send("PowerRevoked", { power })}
        >
          {t("lend.takeBack")}
        </Button>
      </span>
    );
  }
  return (
    <span className="row">
      {thirds.map(({ id, name }) => (
        <Button
          aria-label={t("said.of", { what: t(`power.${power}`), words: t("lend.to", { who: name }) })}
          className="button small"
          isDisabled={busy}
          key={id}
          onPress={() => send("PowerGranted", { power, to: id })}
        >
          {t("lend.to", { who: name })}
        </Button>
      ))}
    </span>
  );
}
