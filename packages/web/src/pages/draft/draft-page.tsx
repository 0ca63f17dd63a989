/** A draft from a file or the clipboard, read in this browser: what it says, and what the reader had to guess. */

import {
  type Clause,
  clauses,
  concernClause,
  type Draft,
  type Place,
  plainText,
  rewrite,
} from "@parley/text";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, type ReactNode, useMemo, useRef, useState } from "react";
import { Button, DropZone, FileTrigger, Label, TextArea, TextField } from "react-aria-components";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { partyCodes } from "../../frame/party-codes.ts";
import { usePrinted } from "../../frame/printed.ts";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import type { No } from "../../source/no.ts";
import { useUnsentAt } from "../../source/unsent.ts";
import { partiesOf } from "../text/parties.ts";
import { TextTable } from "../text/text-table.tsx";
import { draftFiles, type Read, readFile, readSource } from "./draft-file.ts";
import { draftPlaces, takeInHand } from "./draft-in-hand.ts";
import { Flags, flagsOf } from "./flags.tsx";
import "./draft.css";

export function DraftPage(): ReactElement {
  return <DraftReader onward={(draft, done) => <ToNewCase done={done} draft={draft} />} />;
}

/** What can be done with a draft that was read; `done`: nothing in it is left to confirm. */
type Onward = (draft: Draft, done: boolean) => ReactNode;

export function DraftReader({ onward }: { onward: Onward }): ReactElement {
  const t = useWords();
  const [draft, setDraft] = useUnsentAt<Read | undefined>(draftPlaces.read, undefined);
  const [fault, setFault] = useState<No>();
  const open = (result: Read | No): No | undefined => {
    const no = "code" in result ? result : undefined;
    setFault(no);
    if ("reading" in result) setDraft(result);
    return no;
  };
  if (draft)
    return (
      <ReadDraft
        draft={draft}
        key={draft.source}
        onward={onward}
        onChange={(next) => setDraft({ ...draft, reading: { ...draft.reading, draft: next } })}
        onOther={() => setDraft(undefined)}
        onRead={(source) => {
          const read = readSource(source);
          if ("code" in read) return open(read);
          const again = concernedAgain(read.reading.draft, draft.reading.draft);
          return open({ source, reading: { ...read.reading, draft: again } });
        }}
      />
    );
  return (
    <div className="page narrow stack">
      <h1>{t("draft.title")}</h1>
      <p>{t("draft.what")}</p>
      <ChooseDraft onRead={open} />
      <Refused why={fault} />
      <Learns lesson={{ given: t("audience.device") }} />
    </div>
  );
}

function ChooseDraft({ onRead }: { onRead: (read: Read | No) => void }): ReactElement {
  const t = useWords();
  const [pasted, setPasted] = useUnsentAt(draftPlaces.pasted, "");
  const take = async (file: File | undefined) => {
    if (file) onRead(await readFile(file));
  };
  return (
    <>
      <DropZone
        className="drop"
        onDrop={(event) => {
          const item = event.items.find((one) => one.kind === "file");
          if (item?.kind === "file") void item.getFile().then(take);
        }}
      >
        <FileTrigger acceptedFileTypes={draftFiles} onSelect={(files) => void take(files?.[0])}>
          <Button className="button primary">{t("draft.choose")}</Button>
        </FileTrigger>
        <span className="quiet">{t("draft.drop")}</span>
      </DropZone>
      <Field label={t("draft.paste")} look="set" onChange={setPasted} rows={8} value={pasted} />
      <Button
        className="button"
        isDisabled={!pasted.trim()}
        onPress={() => {
          const read = readSource(pasted);
          onRead(read);
          if ("reading" in read) setPasted("");
        }}
      >
        {t("draft.read")}
      </Button>
    </>
  );
}

function ToNewCase({ draft, done }: { draft: Draft; done: boolean }): ReactElement {
  const t = useWords();
  const navigate = useNavigate();
  return (
    <Button
      className="button small"
      isDisabled={!done}
      onPress={() => {
        takeInHand(draft);
        void navigate({ to: "/new" });
      }}
    >
      {t("draft.toCase")}
    </Button>
  );
}

function ReadDraft({
  draft: { source, reading },
  onward,
  onChange,
  onRead,
  onOther,
}: {
  draft: Read;
  onward: Onward;
  onChange: (draft: Draft) => void;
  onRead: (source: string) => No | undefined;
  onOther: () => void;
}): ReactElement {
  const t = useWords();
  const { title, symbol = "", exercise } = reading.draft;
  usePrinted({ title, revision: symbol, banner: exercise ? t("exercise.banner") : "" });
  const flags = useMemo(() => flagsOf(reading), [reading]);
  const looks = useMemo(
    () => partyCodes(new Map(partiesOf(reading.draft).map((name) => [name, { name }]))),
    [reading],
  );
  const [correcting, setCorrecting] = useState<Place>();
  const [done, setDone] = useState(flags.length === 0);
  if (correcting) {
    const close = () => setCorrecting(undefined);
    return <CorrectSource at={correcting} onClose={close} onRead={onRead} source={source} />;
  }
  return (
    <TextTable
      agreedOption={nothingAgreed}
      clausePart={(clause) => (
        <Concerns
          clause={clause}
          key={clause.id}
          onChange={(concerns) => {
            const amended = concernClause(reading.draft, clause.id, concerns);
            if (amended.ok) onChange(amended.draft);
          }}
        />
      )}
      draft={reading.draft}
      head={
        <div className="sheet-head screen-only">
          {done ? <p className="quiet">{t("draft.flags.done")}</p> : null}
          <Flags flags={flags} onCorrect={setCorrecting} onDone={() => setDone(true)} />
          <div className="acts">
            {onward(reading.draft, done)}
            {done ? (
              <Button className="button small" onPress={() => setCorrecting({ line: 1, column: 1 })}>
                {t("draft.flag.correct")}
              </Button>
            ) : null}
            <Button className="button plain small" onPress={onOther}>
              {t("draft.other")}
            </Button>
          </div>
        </div>
      }
      looks={looks}
      statusOf={allOpen}
    />
  );
}

/** On whom the clause in hand is binding only by their acceptance: few drafts that come from elsewhere can say it. */
function Concerns({
  clause: { concerns = [] },
  onChange,
}: {
  clause: Clause;
  onChange: (concerns: readonly string[]) => void;
}): ReactElement {
  const t = useWords();
  const [names, setNames] = useState(concerns.join("; "));
  return (
    <Field
      label={t("draft.concerns")}
      onChange={(next) => {
        setNames(next);
        const named = next.split(";").map((name) => name.trim());
        onChange([...new Set(named.filter((name) => name !== ""))]);
      }}
      value={names}
      what={t("draft.concerns.what")}
    />
  );
}

/** A source that was corrected says as little of this as before: a clause with the same words concerns the same. */
function concernedAgain(draft: Draft, before: Draft): Draft {
  const known = new Map(clauses(before).map((clause) => [plainText(clause.content), clause.concerns]));
  return rewrite(draft, {
    clause: (clause) => {
      const concerns = clause.concerns ?? known.get(plainText(clause.content));
      return [concerns ? { ...clause, concerns } : clause];
    },
  });
}

const nothingAgreed = (): undefined => undefined;
const allOpen = (): "open" => "open";

function CorrectSource({
  source,
  at,
  onRead,
  onClose,
}: {
  source: string;
  at: Place;
  onRead: (source: string) => No | undefined;
  onClose: () => void;
}): ReactElement {
  const t = useWords();
  const [words, setWords] = useUnsentAt(draftPlaces.source, source);
  const [fault, setFault] = useState<No>();
  const close = () => {
    setWords(source);
    onClose();
  };
  const readAgain = () => {
    const no = onRead(words);
    if (no) setFault(no);
    else close();
  };
  const placed = useRef(false);
  const placeCaret = (area: HTMLTextAreaElement | null) => {
    if (!area || placed.current) return;
    placed.current = true;
    const lines = source.split("\n");
    const from = lines.slice(0, at.line - 1).reduce((sum, line) => sum + line.length + 1, 0) + at.column - 1;
    area.focus();
    area.setSelectionRange(from, from + 1);
    area.scrollTop = (area.scrollHeight * (at.line - 4)) / lines.length;
  };
  return (
    <div className="page narrow stack">
      <h1>{t("draft.flag.correct")}</h1>
      <TextField className="field" onChange={setWords} value={words}>
        <Label>{t("draft.source")}</Label>
        <TextArea className="mono source" ref={placeCaret} rows={24} />
      </TextField>
      <p className="small quiet">{t("draft.flag.place", { line: at.line, column: at.column })}</p>
      <Refused why={fault} />
      <div className="acts">
        <Button className="button primary" onPress={readAgain}>
          {t("draft.readAgain")}
        </Button>
        <Button className="button" onPress={close}>
          {t("act.cancel")}
        </Button>
      </div>
    </div>
  );
}
