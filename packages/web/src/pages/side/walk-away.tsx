/** "Sign this, or go home?" asked of whole texts; the replies are kept, and the range is read from them. */
import { nextQuestion, type Outcome, utilityRange } from "@parley/solver";
import { type BracketId, type OptionId, settle } from "@parley/text";
import { type ReactElement, useMemo } from "react";
import { Button } from "react-aria-components";
import { useWords, type Words } from "../../messages/words.ts";
import { type Figures, useFigures } from "../../source/figures.ts";
import { useNames } from "../../source/names.ts";
import { SetBlocks } from "../text/set-text.tsx";
import { type Known, useKnown } from "./known.ts";
import type { Side } from "./side.ts";

export function WalkAway({ side }: { side: Side }): ReactElement {
  const t = useWords();
  const known = useKnown(side);
  const { ours } = side;
  const { valuation } = ours;
  const marksAny = Object.keys(valuation.marks).length > 0;
  const question = useMemo(
    () =>
      marksAny && valuation.walkAway === undefined ? nextQuestion(known.left, valuation.replies) : undefined,
    [known, valuation, marksAny],
  );
  const reply = (signs: boolean) => {
    if (question)
      ours.change({ ...valuation, replies: [...valuation.replies, { outcome: question.outcome, signs }] });
  };
  return (
    <div className="walk-away">
      <section className="stack">
        <h2>{t("walk.title")}</h2>
        <p className="prose">{t(valuation.walkAway === undefined ? "walk.what" : "walk.given")}</p>
        {marksAny ? null : <p>{t("walk.none")}</p>}
        {question ? (
          <AskedText
            number={valuation.replies.length + 1}
            onReply={reply}
            outcome={question.outcome}
            side={side}
          />
        ) : null}
        {marksAny && !question && known.range.conflicts.length === 0 && valuation.replies.length > 0 ? (
          <p>{t("walk.done")}</p>
        ) : null}
      </section>
      <Range known={known} side={side} />
    </div>
  );
}

function AskedText({
  side: { view },
  outcome,
  number,
  onReply,
}: {
  side: Side;
  outcome: Outcome;
  number: number;
  onReply: (signs: boolean) => void;
}): ReactElement {
  const t = useWords();
  const names = useNames(view.draft);
  const settled = useMemo(() => {
    const choices = new Map(Object.entries(outcome).map(([b, o]) => [b as BracketId, o as OptionId]));
    return settle(view.draft, choices).draft;
  }, [view.draft, outcome]);
  const buttons = (
    <div className="acts">
      <Button className="button primary" onPress={() => onReply(true)}>
        {t("walk.sign")}
      </Button>
      <Button className="button primary" onPress={() => onReply(false)}>
        {t("walk.home")}
      </Button>
    </div>
  );
  return (
    <section aria-label={t("walk.number", { number })} className="asked">
      <h3>{t("walk.number", { number })}</h3>
      {buttons}
      <h4>{t("walk.inThis")}</h4>
      <dl className="chosen-list">
        {names.order
          .filter(({ bracket }) => outcome[bracket.id] !== undefined)
          .map(({ bracket }) => (
            <div key={bracket.id}>
              <dt className="small quiet">{names.bracket(bracket.id)}</dt>
              <dd className="set-words">
                <bdi>{names.words(bracket.id, outcome[bracket.id] ?? "")}</bdi>
              </dd>
            </div>
          ))}
      </dl>
      <details className="whole-text">
        <summary>{t("walk.whole")}</summary>
        <div className="set" lang={view.draft.language}>
          <SetBlocks blocks={settled.blocks} />
        </div>
      </details>
    </section>
  );
}

function rangeWords(
  { range }: Pick<Known, "range">,
  given: number | undefined,
  t: Words,
  figures: Figures,
): string {
  const { low, high } = range;
  const { points } = figures;
  if (given !== undefined) return t("walk.range.given", { points: points(given) });
  if (low !== null && high !== null) return t("walk.range.between", { low: points(low), high: points(high) });
  if (low !== null) return t("walk.range.above", { low: points(low) });
  return high === null ? t("walk.range.unknown") : t("walk.range.most", { high: points(high) });
}

function Range({ side: { ours, of }, known }: { side: Side; known: Known }): ReactElement {
  const t = useWords();
  const figures = useFigures();
  const { valuation } = ours;
  const { range, walkAway, problem } = known;
  const withdraw = (place: number) =>
    ours.change({ ...valuation, replies: valuation.replies.filter((_, index) => index !== place) });
  const conflicting = new Set(range.conflicts.flat());
  const worth = (outcome: Outcome) => figures.points(utilityRange(problem, outcome).most[of] ?? 0);
  return (
    <aside className="stack">
      <h3>{t("walk.range.title")}</h3>
      <p className="worth-figure">{rangeWords(known, valuation.walkAway, t, figures)}</p>
      {valuation.walkAway === undefined ? null : (
        <Button
          className="button small"
          onPress={() => {
            const { walkAway: _, ...asked } = valuation;
            ours.change(asked);
          }}
        >
          {t("walk.ask")}
        </Button>
      )}
      {walkAway !== undefined && valuation.walkAway === undefined ? (
        <p className="small">{t("walk.used", { points: figures.points(walkAway) })}</p>
      ) : null}
      {range.conflicts.length > 0 ? (
        <p className="fault" role="alert">
          {t("walk.conflict")}
        </p>
      ) : null}
      {valuation.replies.length > 0 ? (
        <>
          <h4>{t("walk.replies")}</h4>
          <ol className="list replies">
            {valuation.replies.map(({ outcome, signs }, place) => (
              // Replies are only added at the end and taken out one by one.
              // biome-ignore lint/suspicious/noArrayIndexKey: a reply has no name but its place.
              <li data-conflict={conflicting.has(place) || undefined} key={place}>
                <span>
                  {range.stale.includes(place)
                    ? t("walk.reply.stale")
                    : t(signs ? "walk.reply.sign" : "walk.reply.home", { points: worth(outcome) })}
                </span>
                <Button className="button plain small" onPress={() => withdraw(place)}>
                  {t("walk.withdraw")}
                </Button>
              </li>
            ))}
          </ol>
        </>
      ) : null}
    </aside>
  );
}
