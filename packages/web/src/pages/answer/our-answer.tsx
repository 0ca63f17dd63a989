/** One answer, final, sealed to whoever holds answers; without a custodian it is given openly. */
import type { Proposal, SeatId } from "@parley/core";
import { answerPurpose } from "@parley/ledger";
import { type ReactElement, useState } from "react";
import { Button } from "react-aria-components";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Over, OverFoot } from "../../frame/over.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { keepAnswer } from "../../source/acceptances.ts";
import { useMay } from "../../source/acting.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { CaseSource } from "../../source/case-source.ts";
import { answerAmong, openCircle } from "../../source/circles.ts";
import { type No, saysNo } from "../../source/no.ts";
import { isTyped } from "../../source/step-up.ts";
import type { TextView } from "../../source/text-view.ts";

type Answer = "accept" | "decline";

export function OurAnswer({
  proposal,
  seat,
  view,
}: {
  proposal: Proposal;
  seat: SeatId;
  view: TextView;
}): ReactElement | null {
  const t = useWords();
  const source = useCase();
  const looks = useLooks();
  const snapshot = useSnapshot();
  const may = useMay(view.text);
  const [refusal, setRefusal] = useState<No>();
  const custodian = proposal.custodian?.seat;
  if (!may(custodian ? "AnswerSealed" : "PackageAccepted", custodian ? "circle" : view.audience)) return null;
  const holder = custodian ? (looks.get(custodian)?.name ?? custodian) : "";
  const answered = custodian
    ? answerAmong(snapshot, proposal.id, seat, custodian) !== undefined
    : proposal.acceptedBy.includes(seat);
  const send = async (answer: Answer) => {
    const no = custodian
      ? await sendSealed(source, proposal, seat, custodian, answer)
      : await source.append({
          kind: answer === "accept" ? "PackageAccepted" : "PackageDeclined",
          audience: view.audience,
          body: { proposal: proposal.id },
        });
    setRefusal(no);
  };
  const lesson = custodian
    ? {
        given: t("answer.lesson.given", { who: holder }),
        read: t("answer.lesson.read", { who: holder }),
        infer: t("answer.lesson.infer"),
      }
    : { given: t(`audience.${view.audience}`) };
  return (
    <section className="our-answer stack">
      <h3>{t("answer.your")}</h3>
      {answered ? (
        <p role="status">
          <strong>{custodian ? t("answer.sent", { who: holder }) : t("answer.open.sent")}</strong>
        </p>
      ) : (
        <p>
          <strong>{t("answer.once")}</strong> {custodian ? null : t("answer.open.what")}
        </p>
      )}
      <Learns done={answered} lesson={lesson} />
      {answered ? null : (
        <div className="acts">
          {(["accept", "decline"] as const).map((answer) => (
            <Confirm
              answer={answer}
              key={answer}
              onConfirmed={() => send(answer)}
              sends={t(custodian ? "answer.send" : "answer.open.send")}
              who={looks.get(seat)?.name ?? seat}
            />
          ))}
        </div>
      )}
      <Refused why={refusal} />
    </section>
  );
}

/** The step before what cannot be taken back. */
function Confirm({
  answer,
  who,
  sends,
  onConfirmed,
}: {
  answer: Answer;
  who: string;
  /** What the last button is called: only what is sealed is said to be. */
  sends: string;
  onConfirmed: () => Promise<void>;
}): ReactElement {
  const t = useWords();
  const [written, setWritten] = useState("");
  const same = isTyped(written, who);
  return (
    <Over grave label={t(`answer.${answer}`)} look="primary" title={t(`answer.confirm.${answer}`, { who })}>
      {(close) => (
        <>
          <p>{t("answer.once")}</p>
          <Field
            autoComplete="off"
            autoFocus
            label={t("answer.stepUp", { who })}
            onChange={setWritten}
            value={written}
          />
          <OverFoot close={close}>
            <Button
              className="button primary"
              isDisabled={!same}
              onPress={() => void onConfirmed().then(close)}
            >
              {sends}
            </Button>
          </OverFoot>
        </>
      )}
    </Over>
  );
}

async function sendSealed(
  source: CaseSource,
  proposal: Proposal,
  seat: SeatId,
  custodian: SeatId,
  answer: Answer,
): Promise<No | undefined> {
  const log = await openCircle(source, [seat, custodian]);
  if (typeof log !== "string") return log;
  const written = await source.writeAnswer(answer, proposal.id);
  if (!written) return saysNo("no-device", "No device of this seat is at hand.");
  const no = await source.append({
    kind: "AnswerSealed",
    log,
    body: { proposal: proposal.id, hash: written.hash },
    seal: { purpose: answerPurpose, value: written.value, seats: [custodian] },
  });
  if (!no) await keepAnswer(source, proposal.id, written.value);
  return no;
}
