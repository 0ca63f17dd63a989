/** The right column: the bracket or clause in hand, who backs what, and what one may do about it. */
import {
  type AnyBracket,
  type AnyOption,
  type Block,
  type Clause,
  DROP,
  type Inline,
  KEEP,
  type PlacedBracket,
  plainText,
} from "@parley/text";
import { type ReactElement, type ReactNode, useContext, useMemo } from "react";
import { Button } from "react-aria-components";
import { PartyName } from "../../frame/party.tsx";
import { useWords } from "../../messages/words.ts";
import { nameOfOption, placesOf } from "../../source/names.ts";
import { HandContext, useHeld, useHeldClause } from "./hand.ts";
import { SetBlocks, SetInlines } from "./set-text.tsx";
import { QuotedContext, useStanding } from "./standing.ts";

/** What may be done about one alternative. */
export type OptionAct = (placed: PlacedBracket, option: AnyOption) => ReactNode;

export function Panel({
  order,
  clauses,
  onStep,
  onStepClause,
  optionAct,
  clausePart,
  digits,
  aside,
  children,
}: {
  order: readonly PlacedBracket[];
  clauses: readonly Clause[];
  onStep: (by: 1 | -1) => void;
  onStepClause: (by: 1 | -1) => void;
  optionAct: OptionAct | undefined;
  clausePart: ((clause: Clause) => ReactNode) | undefined;
  /** Digits take up an alternative here. */
  digits: boolean;
  /** Stands here while nothing can be in hand. */
  aside: ReactNode;
  children: ((placed: PlacedBracket) => ReactNode) | undefined;
}): ReactElement {
  const t = useWords();
  const held = useHeld();
  const heldClause = useHeldClause();
  const places = useMemo(() => placesOf(clauses), [clauses]);
  const placed = held && order.find(({ bracket }) => bracket.id === held);
  const clause = heldClause && clauses.find(({ id }) => id === heldClause);
  return (
    <QuotedContext value={true}>
      <aside aria-label={t("column.bracket")} className="column panel">
        {placed ? (
          <>
            <InHand
              onStep={onStep}
              optionAct={optionAct}
              order={order}
              place={places.get(placed.clause ?? "") ?? ""}
              placed={placed}
            />
            {children?.(placed)}
          </>
        ) : clause ? (
          <>
            <ClauseInHand clause={clause} onStep={onStepClause} place={places.get(clause.id) ?? ""} />
            {clausePart?.(clause)}
          </>
        ) : aside ? (
          aside
        ) : (
          <>
            <h2>{t("bracket.none")}</h2>
            <p className="quiet">{t("bracket.none.next")}</p>
            <Keys digits={digits} />
          </>
        )}
      </aside>
    </QuotedContext>
  );
}

function ClauseInHand({
  clause,
  place,
  onStep,
}: {
  clause: Clause;
  place: string;
  onStep: (by: 1 | -1) => void;
}): ReactElement {
  const t = useWords();
  return (
    <section aria-live="polite">
      <div className="step">
        <Button aria-label={t("clause.previous")} className="button small" onPress={() => onStep(-1)}>
          <kbd dir="ltr">k</kbd>
        </Button>
        <h2>{place || t("clause.unnumbered")}</h2>
        <Button aria-label={t("clause.next")} className="button small" onPress={() => onStep(1)}>
          <kbd dir="ltr">j</kbd>
        </Button>
      </div>
      <p className="clause-words" dir="auto">
        {plainWords(clause)}
      </p>
    </section>
  );
}

const shownWords = 160;

/** The clause said again, because on a phone the text is another screen. */
function plainWords({ content }: Clause): string {
  const words = content.map((part) => (part.type === "bracket" ? "[…]" : plainText([part]))).join("");
  return words.length > shownWords ? `${words.slice(0, shownWords).trimEnd()}…` : words;
}

function InHand({
  placed,
  place,
  order,
  onStep,
  optionAct,
}: {
  placed: PlacedBracket;
  place: string;
  order: readonly PlacedBracket[];
  optionAct: OptionAct | undefined;
  onStep: (by: 1 | -1) => void;
}): ReactElement {
  const t = useWords();
  const { bracket } = placed;
  const number = useStanding((standing) => standing.numberOf(bracket.id));
  const agreed = useStanding((standing) => standing.agreedOption(bracket.id));
  const status = useStanding((standing) => standing.statusOf(bracket.id));
  return (
    <section aria-live="polite">
      <div className="step">
        <Button aria-label={t("bracket.previous")} className="button small" onPress={() => onStep(-1)}>
          <kbd dir="ltr">[</kbd>
        </Button>
        <h2>{t("bracket.title", { number, total: order.length })}</h2>
        <Button aria-label={t("bracket.next")} className="button small" onPress={() => onStep(1)}>
          <kbd dir="ltr">]</kbd>
        </Button>
      </div>
      <p className="row small">
        <span className="status" data-status={status}>
          {t(`status.${status}`)}
        </span>
        <span className="quiet">{t(`bracket.kind.${bracket.kind}`)}</span>
      </p>
      <InClause placed={placed} place={place} />
      <Within order={order} placed={placed} />
      {bracket.ambiguous ? <p className="small">{t("bracket.ambiguous")}</p> : null}
      <ol className="alternatives list">
        {(bracket.options as readonly AnyOption[]).map((option, index) => (
          <li
            className="alternative"
            data-agreed={agreed === undefined ? undefined : agreed === option.id ? "yes" : "no"}
            data-number={index + 1}
            key={option.id}
            tabIndex={-1}
          >
            <kbd>{index + 1}</kbd>
            <div>
              <p className="row small quiet">
                <OptionName bracket={bracket} option={option} />
                {agreed === option.id ? <strong>{t("option.agreed")}</strong> : null}
              </p>
              <div className="words" dir="auto">
                <OptionWords bracket={bracket} option={option} />
              </div>
              <Backing option={option} />
              {optionAct?.(placed, option)}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Where the bracket stands, and the way to the whole clause. */
function InClause({ placed, place }: { placed: PlacedBracket; place: string }): ReactElement | null {
  const t = useWords();
  const hand = useContext(HandContext);
  const { clause } = placed;
  if (!clause) return null;
  return (
    <p className="small">
      <Button className="link" onPress={() => hand.holdClause(clause)}>
        {place ? t("bracket.inClause", { place }) : t("clause.unnumbered")}
      </Button>
    </p>
  );
}

/** A nested bracket exists only if an alternative of the one around it is chosen; this says which. */
function Within({
  placed,
  order,
}: {
  placed: PlacedBracket;
  order: readonly PlacedBracket[];
}): ReactElement | null {
  const t = useWords();
  const hand = useContext(HandContext);
  const numberOf = useStanding((standing) => standing.numberOf);
  const { parent } = placed;
  const agreed = useStanding((standing) => parent && standing.agreedOption(parent.bracket));
  if (!parent) return null;
  const around = order.find(({ bracket }) => bracket.id === parent.bracket);
  const said = around ? nameOfOption(around, parent.option, t, 40) : parent.option;
  return (
    <p className="small">
      <Button className="link" onPress={() => hand.hold(parent.bracket)}>
        {t(agreed === undefined || agreed === parent.option ? "bracket.inside" : "bracket.fallen", {
          option: said,
          number: numberOf(parent.bracket),
        })}
      </Button>
    </p>
  );
}

function OptionName({ bracket, option }: { bracket: AnyBracket; option: AnyOption }): ReactElement | null {
  const t = useWords();
  if (bracket.kind === "optional" && option.id === KEEP) return <span>{t("option.keep")}</span>;
  if (bracket.kind === "optional" && option.id === DROP) return <span>{t("option.drop")}</span>;
  if (option.noText) return <span>{t("option.noText")}</span>;
  if (option.open) return <span>{t("option.open")}</span>;
  return option.label ? <span>{option.label}</span> : null;
}

function OptionWords({ bracket, option }: { bracket: AnyBracket; option: AnyOption }): ReactElement | null {
  if (option.content.length === 0) return null;
  const block = option.content.some((part) => part.type === "clause") || isBlockOption(bracket, option);
  return block ? (
    <SetBlocks blocks={option.content as readonly Block[]} />
  ) : (
    <SetInlines content={option.content as readonly Inline[]} nested />
  );
}

/** An option of nothing but brackets is of clauses if theirs are. */
function isBlockOption(bracket: AnyBracket, option: AnyOption): boolean {
  const first = option.content[0];
  if (first?.type !== "bracket") return false;
  return (
    bracket.kind === "option-block" ||
    first.options.some((o) => o.content.some((part) => part.type === "clause"))
  );
}

function Backing({ option }: { option: AnyOption }): ReactElement | null {
  const t = useWords();
  const looks = useStanding((standing) => standing.looks);
  if (!option.attributions?.length) return null;
  return (
    <ul className="row small list">
      {option.attributions.map(({ party, role }) => {
        const look = looks.get(party) ?? { name: party, code: party, hue: 0 };
        return (
          <li
            key={party}
            title={t(role === "proposes" ? "option.proposes" : "option.supports", { who: look.name })}
          >
            <PartyName look={look} />
          </li>
        );
      })}
    </ul>
  );
}

function Keys({ digits }: { digits: boolean }): ReactElement {
  const t = useWords();
  const rows = [
    ["]", "[", "text.keys.step"],
    ["}", "{", "text.keys.open"],
    ["j", "k", "text.keys.clause"],
    ...(digits ? ([["1", "9", "text.keys.choose"]] as const) : []),
    ["Esc", "", "text.keys.leave"],
  ] as const;
  return (
    <dl className="keys small">
      {rows.map(([one, other, what]) => (
        <div key={what}>
          <dt>
            <kbd dir="ltr">{one}</kbd> {other ? <kbd dir="ltr">{other}</kbd> : null}
          </dt>
          <dd>{t(what)}</dd>
        </div>
      ))}
    </dl>
  );
}
