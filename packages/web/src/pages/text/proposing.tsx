/**
 * Writing an amendment. It is a proposal: nothing changes until the pen adopts it or every principal supports it. What is
 * written stays in this window when one steps on; when somebody else's change is adopted meanwhile, both words are shown
 * and the writer says which to go on from.
 */
import { type Change, changedSince, isGiven, type RoomName, type Seat } from "@parley/core";
import { type BracketId, type ClauseId, clauses, type Draft } from "@parley/text";
import { type ReactElement, useContext } from "react";
import { Button, Label, Radio, RadioGroup } from "react-aria-components";
import { ChooseParties } from "../../frame/choose-parties.tsx";
import { Field } from "../../frame/field.tsx";
import { Learns } from "../../frame/learns.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { Act } from "../../source/case-source.ts";
import { revisionNumber } from "../../source/revision.ts";
import type { TextView } from "../../source/text-view.ts";
import { standingWords } from "../../source/words.ts";
import { aboutOf, changeOf, isSame, lineOf, standingContent } from "./change.ts";
import { HandContext, useHeld, useHeldClause } from "./hand.ts";
import { type Unsent, type UnsentAmendments, useUnsentAmendments } from "./unsent-amendments.ts";
import { WordsField } from "./words-field.tsx";

type Kind = Change["kind"];

/** An alternative that can be changed or deleted; without words of its own where it has several paragraphs. */
export interface Choosable {
  readonly id: string;
  readonly name: string;
  readonly changeable: boolean;
}

export interface ProposeProps {
  readonly view: TextView;
  readonly at: { readonly bracket: string } | { readonly clause: string };
  readonly kinds: readonly Kind[];
  readonly options?: readonly Choosable[];
  /** The number that a new clause is offered. */
  readonly number?: string;
}

export function Propose(props: ProposeProps): ReactElement {
  const { view, at, kinds, number = "" } = props;
  const t = useWords();
  const unsent = useUnsentAmendments(view.text.id);
  const about = aboutOf(at);
  const writing = unsent.all.get(about);
  if (writing) return <Writing {...props} about={about} unsent={unsent} writing={writing} />;
  const begin = (kind: Kind) => {
    const needsOption = kind === "changeAlternative" || kind === "removeAlternative";
    const base = needsOption ? [] : (standingContent(view.text.draft, { kind, ...at }) ?? []);
    const wordless = needsOption || kind === "deleteClause" || kind === "concernClause";
    const written = wordless ? [] : standingWords(base);
    const version = view.text.version;
    unsent.keep(about, { kind, ...at, version, base, written, number, reason: "", aside: "" });
  };
  return (
    <section>
      <h3>{t("amend.propose")}</h3>
      <div className="acts">
        {kinds.map((kind) => (
          <Button className="button small" key={kind} onPress={() => begin(kind)}>
            {t(`amend.${kind}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}

function Writing({
  view,
  options = [],
  about,
  unsent,
  writing,
}: ProposeProps & {
  readonly about: string;
  readonly unsent: UnsentAmendments;
  readonly writing: Unsent;
}): ReactElement {
  const t = useWords();
  const { sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const { kind, written, base, reason } = writing;
  const { text, audience, amendments } = view;
  const concernable = useConcernable(audience);
  const put = (more: Partial<Unsent>) => unsent.keep(about, { ...writing, ...more });
  const change = changeOf(writing, text.draft, amendments, sitting?.seat ?? "");
  const overtaken = changedSince(text, changeLike(writing), writing.version);
  const send = async () => {
    if (!change) return;
    const body = { draft: text.id, change, ...(reason.trim() ? { reason: reason.trim() } : {}) };
    if (await act({ kind: "AmendmentProposed", audience, body: body as Act["body"] })) {
      unsent.keep(about, undefined);
    }
  };
  const choose = (option: string) => {
    const content = standingContent(text.draft, { ...changeLike(writing), option }) ?? [];
    const words = kind === "changeAlternative" ? standingWords(content) : [];
    put({ option, base: content, written: words, version: text.version });
  };
  return (
    <section className="stack-narrow writing">
      <h3>{t(`amend.${kind}`)}</h3>
      {overtaken ? <Overtaken by={overtaken.amendment} put={put} view={view} writing={writing} /> : null}
      {kind === "changeAlternative" || kind === "removeAlternative" ? (
        <Which choose={choose} kind={kind} option={writing.option} options={options} />
      ) : null}
      {kind === "addClause" ? (
        <Field label={t("amend.number")} onChange={(number) => put({ number })} value={writing.number} />
      ) : null}
      {kind === "concernClause" ? (
        <ChooseParties
          among={concernable}
          chosen={writing.concerns ?? concernsOf(text.draft, writing.clause)}
          label={t("draft.concerns")}
          onChoose={(concerns) => put({ concerns })}
        />
      ) : null}
      {kind === "bracketWords" ? <p className="small">{t("amend.bracketWords.what")}</p> : null}
      {written.length > 0 ? (
        <WordsField base={base} onChange={(words) => put({ written: words })} written={written} />
      ) : null}
      {base.some(({ type }) => type === "note") ? <p className="small">{t("amend.notes")}</p> : null}
      {writing.aside ? (
        <p className="small set-aside">
          {t("amend.aside")} <q>{writing.aside}</q>
        </p>
      ) : null}
      <Field label={t("amend.reason")} onChange={(said) => put({ reason: said })} rows={2} value={reason} />
      <Learns lesson={{ given: t(`audience.${audience}`) }} />
      <div className="acts">
        <Button
          className="button primary small"
          isDisabled={!change || busy || overtaken !== undefined}
          onPress={() => void send()}
        >
          {t("amend.send")}
        </Button>
        <Button className="button small" onPress={() => unsent.keep(about, undefined)}>
          {t("act.cancel")}
        </Button>
      </div>
      <Refused why={refusal} />
    </section>
  );
}

/** The affected parties that are given a text of this audience: only they can accept a clause of it. */
export function useConcernable(audience: RoomName): readonly Seat[] {
  const { people } = useSnapshot().state;
  return Object.values(people.seats).filter(
    ({ id, kind }) => kind === "affected" && isGiven(people, id, audience),
  );
}

function concernsOf(draft: Draft, clause: string | undefined): readonly string[] {
  return clauses(draft).find(({ id }) => id === clause)?.concerns ?? [];
}

/** The place of what is written, as a change names it. */
function changeLike({ kind, clause, bracket, option }: Unsent): Change {
  return {
    kind,
    ...(clause === undefined ? {} : { clause }),
    ...(bracket === undefined ? {} : { bracket }),
    ...(option === undefined ? {} : { option }),
  };
}

function Which({
  kind,
  options,
  option,
  choose,
}: {
  kind: Kind;
  options: readonly Choosable[];
  option: string | undefined;
  choose: (option: string) => void;
}): ReactElement {
  const t = useWords();
  return (
    <RadioGroup className="field" onChange={choose} value={option ?? null}>
      <Label>{t("amend.which")}</Label>
      {options.map(({ id, name, changeable }) => (
        <Radio
          className="choice"
          isDisabled={kind === "changeAlternative" && !changeable}
          key={id}
          value={id}
        >
          <span className="option-line">{name}</span>
        </Radio>
      ))}
      {kind === "changeAlternative" && options.some(({ changeable }) => !changeable) ? (
        <p className="small quiet">{t("amend.several")}</p>
      ) : null}
    </RadioGroup>
  );
}

/** Somebody else's words were adopted where one writes: both are shown, and nothing is taken from either. */
function Overtaken({
  view,
  writing,
  by,
  put,
}: {
  view: TextView;
  writing: Unsent;
  by: string;
  put: (more: Partial<Unsent>) => void;
}): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { text, amendments } = view;
  const author = amendments.find(({ id }) => id === by)?.by ?? "";
  const now = standingContent(text.draft, changeLike(writing));
  const mine = writing.written.join(" […] ").trim();
  return (
    <div className="conflict" role="status">
      <p>
        <strong>
          {t("amend.conflict", {
            who: looks.get(author)?.name ?? author,
            number: revisionNumber(text.draft, text.version),
          })}
        </strong>
      </p>
      {now && now.length > 0 ? (
        <p>
          {t("amend.conflict.now")} <q className="set-words">{lineOf(now)}</q>
        </p>
      ) : null}
      {mine && !isSame(writing) ? (
        <p>
          {t("amend.conflict.mine")} <q className="set-words">{mine}</q>
        </p>
      ) : null}
      <div className="acts">
        <Button className="button small" onPress={() => put({ version: text.version })}>
          {t("amend.conflict.keep")}
        </Button>
        {now && now.length > 0 ? (
          <Button
            className="button small"
            onPress={() =>
              put({ version: text.version, base: now, written: standingWords(now), aside: mine })
            }
          >
            {t("amend.conflict.take")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

/**
 * What is written and not proposed, except what is in hand: the way back to it, or, where its place is gone or settled,
 * the words, kept in sight until whoever wrote them lets them go.
 */
export function UnsentElsewhere({ view }: { view: TextView }): ReactElement | null {
  const t = useWords();
  const hand = useContext(HandContext);
  const held = useHeld();
  const heldClause = useHeldClause();
  const { all, keep } = useUnsentAmendments(view.text.id);
  const waiting = [...all].filter(([, { bracket, clause, ...unsent }]) => {
    const inHand = bracket === undefined ? clause === heldClause : bracket === held;
    return !inHand && !isSame(unsent);
  });
  if (waiting.length === 0) return null;
  return (
    <section className="unsent">
      {waiting.map(([about, unsent]) => {
        const bracket = unsent.bracket as BracketId | undefined;
        const settled = bracket !== undefined && view.statusOf(bracket) !== "open";
        const gone = settled || standingContent(view.text.draft, changeLike(unsent)) === undefined;
        const open = () =>
          bracket === undefined ? hand.holdClause(unsent.clause as ClauseId) : hand.hold(bracket);
        return (
          <div className="row small" key={about}>
            <span>{t(gone ? "amend.orphan" : "amend.unsent")}</span>
            <q className="set-words">{unsent.written.join(" […] ").trim()}</q>
            <Button className="button small" onPress={gone ? () => keep(about, undefined) : open}>
              {t(gone ? "amend.orphan.drop" : "amend.unsent.open")}
            </Button>
          </div>
        );
      })}
    </section>
  );
}
