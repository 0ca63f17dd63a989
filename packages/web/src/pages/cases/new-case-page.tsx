/** A case from nothing, or around a draft that was just read: who is at the table, and who opens it. */

import type { SeatId, SeatKind } from "@parley/core";
import { clauses, type Draft } from "@parley/text";
import { type ReactElement, useState } from "react";
import {
  Button,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Switch,
  Text,
  TextField,
} from "react-aria-components";
import { ActButton } from "../../frame/act-button.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { DownMark } from "../../frame/marks.tsx";
import { Refused } from "../../frame/refused.tsx";
import { Notice } from "../../frame/states.tsx";
import { useWords, type Words } from "../../messages/words.ts";
import { broughtText } from "../../source/brought-text.ts";
import { theShelf } from "../../source/case-context.tsx";
import type { No } from "../../source/no.ts";
import type { Plan } from "../../source/shelf.ts";
import { useUnsentAt } from "../../source/unsent.ts";
import { useAccount } from "../account/account-page.tsx";
import { KitField, shortestPassphrase } from "../account/kit-field.tsx";
import { type Bringing, BringingFields, bringing } from "../draft/bringing.tsx";
import { letDraftGo, useDraftInHand } from "../draft/draft-in-hand.ts";
import { TableLink } from "../draft/table-link.tsx";
import { partiesOf } from "../text/parties.ts";
import { useBegin } from "./cases-page.tsx";
import "./cases.css";

const kinds: readonly SeatKind[] = ["principal", "mediator", "host", "affected", "observer"];

interface Row {
  readonly key: number;
  readonly name: string;
  readonly kind: SeatKind;
}

/** What is written on the page, but for the passphrase, which is a secret. */
interface Form {
  readonly title: string;
  readonly exercise: boolean;
  readonly name: string;
  readonly office: string;
  readonly rows: readonly Row[];
  /** How the draft is brought, where that was chosen. */
  readonly bringing?: Bringing;
}

function blankForm(draft: Draft | undefined): Form {
  return {
    title: draft?.title ?? "",
    exercise: draft?.exercise ?? true,
    name: "",
    office: "",
    rows: firstRows(draft),
  };
}

export function NewCasePage(): ReactElement {
  const t = useWords();
  const { data: account } = useAccount();
  if (account && account.role !== "opener") {
    return (
      <Notice
        acts={
          <TableLink look="button" to={location.pathname}>
            {t("account.alone")}
          </TableLink>
        }
        kind="denied"
        page={t("new.title")}
        title={t("new.denied")}
      >
        {t("new.denied.next")}
      </Notice>
    );
  }
  return <NewCase />;
}

function NewCase(): ReactElement {
  const t = useWords();
  const begin = useBegin();
  const draft = useDraftInHand();
  const onServer = theShelf().kept === "server";
  const [written, put] = useUnsentAt<Form | undefined>(`new case ${draft?.title ?? ""}`, undefined);
  const form = written ?? blankForm(draft);
  const { title, exercise, name, office, rows } = form;
  const set = (change: Partial<Form>) => put({ ...form, ...change });
  const [passphrase, setPassphrase] = useState("");
  const [fault, setFault] = useState<No | string>();
  const change = (key: number, changed: Partial<Row>) =>
    set({ rows: rows.map((row) => (row.key === key ? { ...row, ...changed } : row)) });
  const open = async () => {
    const plan = planOf(form, draft);
    if (typeof plan === "string") return setFault(t(plan));
    const no = await begin.mutateAsync(onServer ? { ...plan, passphrase } : plan);
    setFault(no);
    if (no) return;
    put(undefined);
    letDraftGo();
  };
  return (
    <div className="page narrow stack">
      <h1>{t("new.title")}</h1>
      {draft ? (
        <p className="row quiet">
          {t("new.around", { title: draft.title || t("column.text") })}
          <Button className="button plain small" onPress={letDraftGo}>
            {t("act.remove")}
          </Button>
        </p>
      ) : null}
      <Field isRequired label={t("new.name")} onChange={(value) => set({ title: value })} value={title} />
      <Switch className="switch" isSelected={exercise} onChange={(value) => set({ exercise: value })}>
        <span aria-hidden="true" className="track" />
        {t("new.exercise")}
      </Switch>
      <p className="small quiet">
        {t(onServer ? "new.server.held" : exercise ? "new.exercise.held" : "new.real.held")}
      </p>
      <fieldset className="stack-narrow">
        <legend>{t("new.parties")}</legend>
        <p className="small quiet">{t("new.parties.first")}</p>
        {rows.map((row, index) => (
          <div className="party-row" key={row.key}>
            <TextField
              aria-label={t("new.party.name", { number: index + 1 })}
              className="field"
              onChange={(value) => change(row.key, { name: value })}
              value={row.name}
            >
              <Input placeholder={t("new.party.name", { number: index + 1 })} />
            </TextField>
            <KindSelect
              label={t("new.party.kind", { number: index + 1 })}
              onChange={(kind) => change(row.key, { kind })}
              t={t}
              value={row.kind}
            />
            <Button
              aria-label={t("said.of", { what: t("act.remove"), words: row.name || String(index + 1) })}
              className="button plain small"
              isDisabled={rows.length < 3}
              onPress={() => set({ rows: rows.filter((one) => one.key !== row.key) })}
            >
              {t("act.remove")}
            </Button>
          </div>
        ))}
        <Button
          className="button small"
          onPress={() =>
            set({
              rows: [
                ...rows,
                { key: Math.max(...rows.map(({ key }) => key)) + 1, name: "", kind: "affected" },
              ],
            })
          }
        >
          {t("new.party.add")}
        </Button>
      </fieldset>
      {draft ? (
        <BringingFields
          affected={rows.some(({ kind }) => kind === "affected")}
          brought={form.bringing ?? bringing(draft)}
          onChange={(next) => set({ bringing: next })}
        />
      ) : null}
      <div className="pair">
        <Field
          autoComplete="name"
          label={t("new.you")}
          onChange={(value) => set({ name: value })}
          value={name}
        />
        <Field
          autoComplete="organization-title"
          label={t("new.office")}
          onChange={(value) => set({ office: value })}
          value={office}
        />
      </div>
      {onServer ? <KitField onChange={setPassphrase} passphrase={passphrase} /> : null}
      <Learns lesson={{ given: t(onServer ? "audience.public" : "audience.device") }} />
      <Refused why={fault} />
      <ActButton
        busy={begin.isPending}
        label={t("new.open")}
        needs={[[t("join.kit"), !onServer || passphrase.length >= shortestPassphrase]]}
        onPress={() => void open()}
      />
    </div>
  );
}

function KindSelect({
  label,
  value,
  onChange,
  t,
}: {
  label: string;
  value: SeatKind;
  onChange: (kind: SeatKind) => void;
  t: Words;
}): ReactElement {
  return (
    <Select
      aria-label={label}
      className="select"
      onSelectionChange={(key) => onChange(kinds.find((kind) => kind === key) ?? value)}
      selectedKey={value}
    >
      <Button className="button">
        <SelectValue>{t(`seat.${value}`)}</SelectValue>
        <DownMark />
      </Button>
      <Popover className="popover wide-popover">
        <ListBox>
          {kinds.map((kind) => (
            <ListBoxItem id={kind} key={kind} textValue={t(`seat.${kind}`)}>
              <span>
                <Text slot="label">{t(`seat.${kind}`)}</Text>
                <Text className="small quiet block" slot="description">
                  {t(`seat.${kind}.does`)}
                </Text>
              </span>
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}

/** Those who stand behind words, the first two as principals; those on whom a clause binds only by their acceptance. */
function firstRows(draft: Draft | undefined): readonly Row[] {
  const named = draft ? partiesOf(draft) : [];
  const concerned = draft ? clauses(draft).flatMap(({ concerns = [] }) => concerns) : [];
  const backing = named.filter((name) => !concerned.includes(name));
  const principals = [0, 1].map((place) => ({ name: backing[place] ?? "", kind: "principal" as const }));
  const others = [...backing.slice(2), ...named.filter((name) => concerned.includes(name))];
  return [...principals, ...others.map((name) => ({ name, kind: "affected" as const }))].map((row, key) => ({
    key,
    ...row,
  }));
}

function slug(name: string): string {
  const letters = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, 40);
  return letters;
}

/** The plan, or the message that says what is missing. */
function planOf(
  given: Form,
  draft: Draft | undefined,
): Plan | "new.lacks.title" | "new.lacks.names" | "new.lacks.you" {
  const { title, exercise, rows } = given;
  if (!title.trim()) return "new.lacks.title";
  const names = rows.map(({ name }) => name.trim());
  if (names.some((name) => name === "") || new Set(names).size < names.length) return "new.lacks.names";
  if (!given.name.trim()) return "new.lacks.you";
  const opener = { name: given.name.trim(), office: given.office.trim() || given.name.trim() };
  const seats = rows.map(({ name, kind }, index) => {
    // A name in another script has no letters for an id; its place serves.
    const id = (slug(name) || `party-${index + 1}`) as SeatId;
    return { id, kind, name: name.trim(), people: [], held: exercise };
  });
  const convener = seats[0]?.id ?? ("party-1" as SeatId);
  const { language, consulted } = given.bringing ?? bringing(draft);
  const isConsulted = consulted && seats.some(({ kind }) => kind === "affected");
  const opening = draft
    ? [
        {
          by: convener,
          act: {
            kind: "DraftOpened" as const,
            audience: isConsulted ? ("consulted" as const) : ("table" as const),
            body: {
              kind: seats[0]?.kind === "principal" ? "partysText" : "chairsText",
              text: broughtText(draft, language, seats, exercise),
            },
          },
        },
      ]
    : [];
  return { title: title.trim(), exercise, seats, convener, opener, acts: opening };
}
