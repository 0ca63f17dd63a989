/** A measure in the making: what its place in the graph comes to is shown before it is proposed, not after. */
import type { Mandate, MeasureNode } from "@parley/core";
import type { JsonObject } from "@parley/ledger";
import { clauses } from "@parley/text";
import { type ReactElement, useMemo, useState } from "react";
import { Button, Checkbox, CheckboxGroup, Input, Label, TextArea, TextField } from "react-aria-components";
import { Choose } from "../../frame/choose.tsx";
import { Learns } from "../../frame/learns.tsx";
import { PartyCode } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import { useView } from "../../source/view.ts";
import { AreaField, areaIn, noArea } from "./area-field.tsx";
import { Findings } from "./findings.tsx";
import { useGraph, useMeasures } from "./measures-state.ts";
import { classesOf } from "./propose-scope.tsx";
import { type Release, Releases, releaseNode } from "./releases.tsx";
import { frameOf, ringsOf } from "./scope-map.tsx";

const mandates: readonly Mandate[] = ["monitoring", "verification", "investigation", "attribution"];
const audiences = ["consulted", "table"] as const;
const draftId = "draft";

export function ProposeMeasure({ nameOf }: { nameOf: (id: string) => string }): ReactElement | null {
  const t = useWords();
  const may = useMay();
  const looks = useLooks();
  const { state, sitting } = useSnapshot();
  const measures = useMeasures();
  const { act, busy, refusal } = useActing();
  const owners = Object.values(state.people.seats).filter(
    ({ kind }) => kind === "principal" || kind === "affected",
  );
  const seats = Object.values(state.people.seats).filter(
    ({ kind }) => kind !== "observer" && kind !== "recorder",
  );
  const [words, setWords] = useState({ title: "", obliges: "", classes: "", evidence: "", end: "" });
  const [owner, setOwner] = useState<string>();
  const [audience, setAudience] = useState<(typeof audiences)[number]>("consulted");
  const [named, setNamed] = useState<Readonly<Record<Mandate, readonly string[]>>>({
    monitoring: [],
    verification: [],
    investigation: [],
    attribution: [],
  });
  const [answers, setAnswers] = useState<Readonly<Record<string, "after" | "together" | "none">>>({});
  const [releases, setReleases] = useState<readonly Release[]>([]);
  const { text } = useView();
  const [clause, setClause] = useState("");
  const source = text?.audience === audience ? text : undefined;
  const offered = source ? clauses(source.draft).filter(({ form }) => form !== "heading") : [];
  const [drawing, setDrawing] = useState(noArea);
  const near = measures.filter((one) => one.audience === audience);
  const area = useMemo(() => areaIn(drawing), [drawing]);
  const listed = Object.entries(answers).flatMap(([measure, order]) =>
    order === "none" || !near.some(({ item }) => item.id === measure) ? [] : [{ measure, order }],
  );
  const draft: MeasureNode | undefined =
    words.title.trim() === ""
      ? undefined
      : {
          id: draftId,
          after: listed.filter(({ order }) => order === "after").map(({ measure }) => measure),
          together: listed.filter(({ order }) => order === "together").map(({ measure }) => measure),
          verified: named.verification.length > 0,
          started: false,
          releases: releases.map(releaseNode),
        };
  const graph = useGraph(draft);
  if (!sitting || !may("MeasureProposed", audience)) return null;
  const around = frameOf(near.flatMap(({ item }) => item.scopes.flatMap((scope) => ringsOf(scope.area))));
  const set = (key: keyof typeof words) => (value: string) => setWords({ ...words, [key]: value });
  const classes = classesOf(words.classes);
  const submit = async () => {
    const done = await act({
      kind: "MeasureProposed",
      audience,
      body: {
        title: words.title.trim(),
        owner: owner ?? owners[0]?.id ?? "",
        obliges: words.obliges,
        scope: { classes, ...(area ? { area } : {}) },
        mandates: JSON.parse(JSON.stringify(named)) as JsonObject,
        ...(words.evidence.trim() ? { evidence: words.evidence } : {}),
        ...(source && clause !== "" ? { clause: { draft: source.text.id, clause } } : {}),
        answers: listed.map(({ measure, order }) => ({ measure, order })),
        ...(words.end === "" ? {} : { end: `${words.end}:00.000Z` }),
        releases: releases.map((release) => ({ ...release })),
      },
    });
    if (done) {
      setWords({ title: "", obliges: "", classes: "", evidence: "", end: "" });
      setDrawing(noArea);
      setReleases([]);
    }
  };
  const lacks = words.title.trim() === "" || words.obliges.trim() === "" || (classes.length === 0 && !area);
  return (
    <details className="set-up">
      <summary>{t("measure.propose")}</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <TextField className="field" onChange={set("title")} value={words.title}>
          <Label>{t("measure.title")}</Label>
          <Input />
        </TextField>
        <div className="pair">
          <Choose
            choices={owners.map(({ id }) => ({ id, name: looks.get(id)?.name ?? id }))}
            label={t("measure.owner")}
            onChoose={setOwner}
            value={owner ?? owners[0]?.id}
          />
          <Choose
            choices={audiences
              .filter((one) => may("MeasureProposed", one))
              .map((id) => ({ id, name: t(`audience.${id}`) }))}
            label={t("meet.audience")}
            onChoose={(id) => setAudience(audiences.find((one) => one === id) ?? audience)}
            value={audience}
          />
        </div>
        {offered.length > 0 ? (
          <Choose
            choices={[
              { id: "", name: t("measure.clause.none") },
              ...offered.map(({ id, ordinal }) => ({ id: id as string, name: `${ordinal} ${id}`.trim() })),
            ]}
            label={t("measure.clause")}
            onChoose={setClause}
            value={clause}
          />
        ) : null}
        <TextField className="field" onChange={set("obliges")} value={words.obliges}>
          <Label>{t("measure.obliges")}</Label>
          <TextArea rows={2} />
        </TextField>
        <TextField className="field" onChange={set("classes")} value={words.classes}>
          <Label>{t("measure.classes.lines")}</Label>
          <TextArea rows={2} />
        </TextField>
        <AreaField area={drawing} frame={around} onChange={setDrawing} />
        <TextField className="field" onChange={set("end")} value={words.end}>
          <Label>{t("measure.end.field")}</Label>
          <Input type="datetime-local" />
        </TextField>
        {mandates.map((mandate) => (
          <CheckboxGroup
            className="field"
            key={mandate}
            onChange={(list) => setNamed({ ...named, [mandate]: list })}
            value={[...named[mandate]]}
          >
            <Label>{t(`measure.mandate.${mandate}`)}</Label>
            <div className="row">
              {seats.map(({ id }) => {
                const look = looks.get(id);
                return look ? (
                  <Checkbox className="choice check" key={id} value={id}>
                    <PartyCode look={look} />
                  </Checkbox>
                ) : null;
              })}
            </div>
          </CheckboxGroup>
        ))}
        <TextField className="field" onChange={set("evidence")} value={words.evidence}>
          <Label>{t("measure.evidence.field")}</Label>
          <Input />
        </TextField>
        {near.map(({ item }) => (
          <Choose
            choices={(["none", "after", "together"] as const).map((id) => ({
              id,
              name: t(`measure.answers.${id}`),
            }))}
            key={item.id}
            label={t("measure.answers", { title: item.title })}
            onChoose={(id) => setAnswers({ ...answers, [item.id]: id as "after" })}
            value={answers[item.id] ?? "none"}
          />
        ))}
        <Releases measures={near} onChange={setReleases} releases={releases} />
        {draft ? (
          <section aria-live="polite" className="stack-narrow">
            <h3>{t("measure.finding.draft")}</h3>
            <Findings graph={graph} nameOf={(id) => (id === draftId ? words.title : nameOf(id))} />
          </section>
        ) : null}
        <Learns lesson={{ given: t(`audience.${audience}`) }} />
        <Button className="button primary" isDisabled={busy || lacks} type="submit">
          {t("measure.propose.do")}
        </Button>
        <Refused why={refusal} />
      </form>
    </details>
  );
}
