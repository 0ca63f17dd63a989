/** Working out a common stance: a paper with brackets that only its circle reads, scored, settled and joined there. */

import { holdsStance, type SeatId } from "@parley/core";
import type { LogId } from "@parley/ledger";
import { TextError } from "@parley/text";
import { type ReactElement, useState } from "react";
import { Button, Label, TextArea, TextField } from "react-aria-components";
import { ActButton, type Needs } from "../../frame/act-button.tsx";
import { ChooseParties } from "../../frame/choose-parties.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { LockMark } from "../../frame/marks.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { SentForm } from "../../frame/sent-form.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useCase, useLooks, useSeatNames, useSnapshot } from "../../source/case-context.tsx";
import { openCircle } from "../../source/circles.ts";
import type { No } from "../../source/no.ts";
import { type OpenedPaper, paperText, plainWords, usePapers } from "./paper.ts";
import { PaperPackages } from "./paper-packages.tsx";
import { PaperPoints } from "./paper-points.tsx";

export function Papers({ seat }: { seat: SeatId }): ReactElement | null {
  const t = useWords();
  const may = useMay();
  const papers = usePapers();
  const writes = may("PaperSealed", "circle");
  if (papers.length === 0 && !writes) return null;
  return (
    <section className="stack">
      <h2>{t("paper.title")}</h2>
      <p className="small quiet">{t("paper.what")}</p>
      {papers.map((one) => (
        <PaperView key={one.paper.id} opened={one} seat={seat} />
      ))}
      {writes ? <NewPaper seat={seat} /> : null}
    </section>
  );
}

function PaperView({ opened, seat }: { opened: OpenedPaper; seat: SeatId }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const may = useMay();
  const readers = useSeatNames();
  const { act, busy, refusal } = useActing();
  const { paper, draft, seats, parties, log, common, scores } = opened;
  const joins = !paper.joinedBy.includes(seat) && may("PaperJoined", "circle");
  return (
    <article className="paper private stack-narrow">
      <header className="row spread">
        <h3>{paper.subject}</h3>
        <span className="private-mark">
          <LockMark />
          {t("private.only", { who: readers(seats) })}
        </span>
      </header>
      <p className="set-words paper-words" dir="auto">
        {plainWords(draft)}
      </p>
      <ul className="list small">
        {parties.map((one) => {
          const look = looks.get(one);
          const joined = paper.joinedBy.includes(one) ? [t("paper.joined")] : [];
          const done = [...(scores[one] ? [t("paper.scored")] : []), ...joined];
          return (
            <li className="row" key={one}>
              {look ? <PartyName look={look} /> : null}
              <span className="quiet">{done.join(t("said.semicolon")) || t("paper.silent")}</span>
            </li>
          );
        })}
      </ul>
      {common ? (
        <Release opened={opened} />
      ) : (
        <>
          <PaperPoints key={paper.id} opened={opened} seat={seat} />
          <PaperPackages opened={opened} />
          <Revise opened={opened} />
        </>
      )}
      {joins ? (
        <>
          <Learns lesson={{ given: readers(seats) }} />
          <div className="acts">
            <Button
              className="button small primary"
              isDisabled={busy}
              onPress={() => void act({ kind: "PaperJoined", log, body: { paper: paper.id } })}
            >
              {t("paper.join")}
            </Button>
          </div>
        </>
      ) : null}
      <Refused why={refusal} />
    </article>
  );
}

/** Joined by all, it is their stance; its words go on the shared record only when one of them puts them there. */
function Release({ opened: { paper, parties, draft } }: { opened: OpenedPaper }): ReactElement {
  const t = useWords();
  const may = useMay();
  const { state } = useSnapshot();
  const { act, busy, refusal, done } = useActing();
  const audience = parties.every((one) => state.people.seats[one]?.kind === "principal")
    ? "table"
    : "consulted";
  const body = { subject: paper.subject, text: plainWords(draft), seats: [...parties] };
  return (
    <>
      <p>
        <b>{t("paper.common")}</b>
      </p>
      {may("StanceProposed", audience) ? (
        <>
          <Learns done={done} lesson={{ given: t(`audience.${audience}`) }} />
          <div className="acts">
            <Button
              className="button small"
              isDisabled={busy || done}
              onPress={() => void act({ kind: "StanceProposed", audience, body })}
            >
              {t("paper.release")}
            </Button>
          </div>
        </>
      ) : null}
      <Refused why={refusal} />
    </>
  );
}

function Revise({ opened: { paper, draft, seats, log } }: { opened: OpenedPaper }): ReactElement | null {
  const t = useWords();
  const may = useMay();
  const [words, setWords] = useState(() => plainWords(draft));
  const sealing = useSealing();
  if (!may("PaperSealed", "circle")) return null;
  return (
    <details className="set-up">
      <summary>{t("paper.revise")}</summary>
      <SentForm
        className="stack-narrow"
        onSend={() => sealing.seal(log, seats, { subject: paper.subject, revises: paper.id }, words)}
      >
        <WordsField onChange={setWords} value={words} />
        <Sealing
          busy={sealing.busy}
          fault={sealing.fault}
          needs={[[t("paper.words"), words]]}
          seats={seats}
        />
      </SentForm>
    </details>
  );
}

function NewPaper({ seat }: { seat: SeatId }): ReactElement {
  const t = useWords();
  const source = useCase();
  const { people } = useSnapshot().state;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [subject, setSubject] = useState("");
  const [words, setWords] = useState("");
  const sealing = useSealing();
  const others = Object.values(people.seats).filter(
    ({ id, kind, taken }) => id !== seat && taken && kind !== "observer" && kind !== "recorder",
  );
  const seats = [seat, ...(chosen as readonly SeatId[])];
  const holding = seats.filter((id) => people.seats[id] && holdsStance(people.seats[id]));
  const submit = async () => {
    const log = await openCircle(source, seats);
    if (typeof log !== "string") return sealing.refuse(log);
    if (await sealing.seal(log, seats, { subject: subject.trim() }, words)) {
      setSubject("");
      setWords("");
    }
  };
  return (
    <details className="set-up">
      <summary>{t("paper.new")}</summary>
      <SentForm className="stack-narrow" onSend={submit}>
        <ChooseParties among={others} chosen={chosen} label={t("paper.with")} onChoose={setChosen} />
        <Field label={t("stand.subject")} onChange={setSubject} value={subject} />
        <WordsField onChange={setWords} value={words} />
        <Sealing
          busy={sealing.busy}
          fault={sealing.fault}
          needs={[
            [t("act.lacks.parties"), holding.length >= 2],
            [t("stand.subject"), subject],
            [t("paper.words"), words],
          ]}
          seats={seats}
        />
      </SentForm>
    </details>
  );
}

function WordsField({ value, onChange }: { value: string; onChange: (value: string) => void }): ReactElement {
  const t = useWords();
  return (
    <TextField className="field" onChange={onChange} value={value}>
      <Label>{t("paper.words")}</Label>
      <TextArea className="react-aria-TextArea set" dir="auto" rows={5} />
    </TextField>
  );
}

function Sealing({
  seats,
  busy,
  needs,
  fault,
}: {
  seats: readonly string[];
  busy: boolean;
  needs: Needs;
  fault: No | undefined;
}): ReactElement {
  const t = useWords();
  const readers = useSeatNames();
  return (
    <>
      <Learns lesson={{ given: readers(seats) }} />
      <div className="acts">
        <ActButton busy={busy} label={t("paper.seal")} needs={needs} />
      </div>
      <Refused why={fault} />
    </>
  );
}

interface SealingAct {
  readonly busy: boolean;
  readonly fault: No | undefined;
  readonly refuse: (no: No) => void;
  /** true once the words are sealed in the circle. */
  readonly seal: (
    log: LogId,
    seats: readonly SeatId[],
    body: { readonly subject: string; readonly revises?: string },
    words: string,
  ) => Promise<boolean>;
}

function useSealing(): SealingAct {
  const { act, busy, refusal } = useActing();
  const [unread, setUnread] = useState<No>();
  return {
    busy,
    fault: unread ?? refusal,
    refuse: setUnread,
    seal: async (log, seats, body, words) => {
      setUnread(undefined);
      try {
        const value = { format: "parley-paper/1", text: paperText(body.subject, words) };
        return await act({ kind: "PaperSealed", log, body, seal: { purpose: "paper", value, seats } });
      } catch (fault) {
        if (!(fault instanceof TextError)) throw fault;
        setUnread({ code: fault.code, sentence: fault.message });
        return false;
      }
    },
  };
}
