/** The custodian's side: who has answered what, and the one word that all are then given. */
import { type Proposal, principals, type SeatId } from "@parley/core";
import { countAnswers, type ReceivedAnswer } from "@parley/ledger";
import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { LockMark } from "../../frame/marks.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing } from "../../source/acting.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { CaseSnapshot, CaseSource } from "../../source/case-source.ts";
import { answerAmong } from "../../source/circles.ts";
import type { TextView } from "../../source/text-view.ts";

export function Custody({
  proposal,
  seat,
  view,
  now,
}: {
  proposal: Proposal;
  seat: SeatId;
  view: TextView;
  now: string;
}): ReactElement {
  const t = useWords();
  const source = useCase();
  const looks = useLooks();
  const snapshot = useSnapshot();
  const { act, busy, refusal, done } = useActing();
  const asked = principals(snapshot.state.people);
  const sealed = asked.map((party) => answerOf(snapshot, proposal, party, seat)?.id ?? "");
  const opened = useQuery({
    queryKey: ["answers", source.id, proposal.id, sealed.join(" ")],
    queryFn: () => openAnswers(source, proposal, asked, seat),
    staleTime: Infinity,
    structuralSharing: false,
  });
  const received = opened.data ?? [];
  const acceptances = countAnswers(asked, received, proposal.answersUntil);
  const due = now >= proposal.answersUntil;
  const say = (kind: "PackageAgreed" | "PackageNotAgreed") =>
    void act({
      kind,
      audience: view.audience,
      body: {
        proposal: proposal.id,
        ...(kind === "PackageAgreed" ? { acceptances: [...(acceptances ?? [])] } : {}),
      },
    });
  return (
    <section className="for-us private stack">
      <header className="row">
        <h3>{t("answer.custody")}</h3>
        <span className="private-mark">
          <LockMark />
          {t("private.only", { who: looks.get(seat)?.name ?? seat })}
        </span>
      </header>
      <p className="small">{t("answer.custody.what")}</p>
      <p>{t("answer.custody.count", { given: received.length, all: asked.length })}</p>
      <ul className="list">
        {asked.map((party) => {
          const answer = received.find((one) => one.party === party);
          const said = answer ? (answer.reading.answer === "accept" ? "accepts" : "declines") : "waits";
          return (
            <li className="row" key={party}>
              <PartyName look={looks.get(party) ?? { name: party, code: party, hue: 0 }} />
              <span>{t(`answer.custody.${said}`)}</span>
            </li>
          );
        })}
      </ul>
      <Learns
        done={done}
        lesson={{ given: t(`audience.${view.audience}`), infer: t("answer.custody.infer") }}
      />
      <div className="acts">
        <Button
          className="button primary"
          isDisabled={busy || !acceptances}
          onPress={() => say("PackageAgreed")}
        >
          {t("answer.custody.agreed")}
        </Button>
        <Button
          className="button"
          isDisabled={busy || !due || acceptances !== undefined}
          onPress={() => say("PackageNotAgreed")}
        >
          {t("answer.custody.notAgreed")}
        </Button>
      </div>
      <Refused why={refusal} />
    </section>
  );
}

function answerOf(snapshot: CaseSnapshot, proposal: Proposal, party: SeatId, custodian: SeatId) {
  const found = answerAmong(snapshot, proposal.id, party, custodian);
  const entry = found?.circle.byId.get(found.answer.id);
  return found && entry ? { ...found.answer, event: entry.event } : undefined;
}

async function openAnswers(
  source: CaseSource,
  proposal: Proposal,
  asked: readonly SeatId[],
  custodian: SeatId,
): Promise<readonly ReceivedAnswer[]> {
  const snapshot = source.snapshot();
  const found = asked.flatMap((party) => {
    const answer = answerOf(snapshot, proposal, party, custodian);
    return answer ? [{ party, ...answer }] : [];
  });
  return Promise.all(
    found.map(async ({ party, at, hash, event }) => {
      const keys = snapshot.state.people.devices[event.author]?.keys;
      const place = { case: source.id, proposal: proposal.id, party, device: event.author };
      const reading = keys && (await source.readAnswer(event, place, hash, keys));
      return { party, at, reading: reading ?? { answer: "decline", because: "unopenable" } };
    }),
  );
}
