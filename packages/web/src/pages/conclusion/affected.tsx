/** Those whom clauses concern without their having a seat at the table: what binds them, and what does not. */
import { type Clause, clauses, type Draft, plainText } from "@parley/text";
import { type ReactElement, useState } from "react";
import { Button, Checkbox, CheckboxGroup, Label } from "react-aria-components";
import { ActButton } from "../../frame/act-button.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { placesOf } from "../../source/names.ts";
import type { TextView } from "../../source/text-view.ts";

interface Concerning {
  readonly clause: Clause;
  /** "Article 4, 1" */
  readonly name: string;
}

export function Affected({ view, draft }: { view: TextView; draft: Draft }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { sitting } = useSnapshot();
  const { text } = view;
  const placed = placedClauses(draft);
  const parties = [...new Set(placed.flatMap(({ clause }) => clause.concerns ?? []))];
  // The opening words of a list and their paragraph have one place.
  const list = (all: readonly Concerning[]) =>
    [...new Set(all.map(({ name }) => name))].join(t("said.semicolon"));
  return (
    <>
      <p>{t("end.affected.what")}</p>
      {parties.length === 0 ? <p className="small quiet">{t("end.affected.nobody")}</p> : null}
      {parties.map((party) => {
        const concerning = placed.filter(({ clause }) => clause.concerns?.includes(party));
        const accepted = text.accepted[party] ?? [];
        const bound = concerning.filter(({ clause }) => accepted.includes(clause.id));
        const declined = concerning.filter(({ clause }) => text.refused[party]?.includes(clause.id));
        const free = concerning.filter(({ clause }) => !accepted.includes(clause.id));
        const who = looks.get(party)?.name ?? party;
        return (
          <div className="stack" key={party}>
            {bound.length > 0 ? <p>{t("end.affected.bound", { who, clauses: list(bound) })}</p> : null}
            {declined.length > 0 ? (
              <p>{t("end.affected.refused", { who, clauses: list(declined) })}</p>
            ) : null}
            {free.length > 0 ? <p>{t("end.affected.not", { who, clauses: list(free) })}</p> : null}
            {sitting?.seat === party && free.length > 0 ? (
              <AnswerClauses concerning={free} key={bound.length + declined.length} view={view} />
            ) : null}
          </div>
        );
      })}
    </>
  );
}

function AnswerClauses({
  concerning,
  view,
}: {
  concerning: readonly Concerning[];
  view: TextView;
}): ReactElement | null {
  const t = useWords();
  const { text, audience } = view;
  const may = useMay(text);
  const { act, busy, refusal, done } = useActing();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  if (!may("ClausesAccepted", audience)) return null;
  const send = (kind: "ClausesAccepted" | "ClausesRefused") =>
    void act({ kind, audience, body: { draft: text.id, clauses: [...chosen] } });
  return (
    <section className="stack">
      <CheckboxGroup className="field" onChange={setChosen} value={[...chosen]}>
        <Label>{t("end.affected.choose")}</Label>
        {concerning.map(({ clause, name }) => (
          <Checkbox className="choice check" key={clause.id} value={clause.id}>
            <span>
              <bdi className="small quiet">{name}</bdi>{" "}
              <bdi className="clause-words">{plainText(clause.content)}</bdi>
            </span>
          </Checkbox>
        ))}
      </CheckboxGroup>
      <Learns done={done} lesson={{ given: t(`audience.${audience}`) }} />
      <div className="acts">
        <ActButton
          busy={busy}
          label={t("end.affected.do")}
          needs={[[t("end.affected.choose"), chosen.length > 0]]}
          onPress={() => send("ClausesAccepted")}
        />
        <Button
          className="button"
          isDisabled={busy || chosen.length === 0}
          onPress={() => send("ClausesRefused")}
        >
          {t("end.affected.refuse")}
        </Button>
      </div>
      <Refused why={refusal} />
    </section>
  );
}

function placedClauses(draft: Draft): readonly Concerning[] {
  const all = clauses(draft);
  const places = placesOf(all);
  return all.flatMap((clause) =>
    clause.concerns?.length ? [{ clause, name: places.get(clause.id) ?? "" }] : [],
  );
}
