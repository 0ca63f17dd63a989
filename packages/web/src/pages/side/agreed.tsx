/** Marks are a delegation's once its head stands behind them: who sealed them last, and what the head had otherwise. */
import { changedIn } from "@parley/core";
import type { ReactElement } from "react";
import { Button } from "react-aria-components";
import { useWords } from "../../messages/words.ts";
import { useSnapshot } from "../../source/case-context.tsx";
import { useNames } from "../../source/names.ts";
import { useAgreeing } from "../../source/valuations.ts";
import type { Side } from "./side.ts";

/** More brackets than these are counted, not named. */
const mostNamed = 6;

export function Agreed({
  side: { of, ours, view },
  busy,
  onAgree,
}: {
  side: Side;
  busy: boolean;
  /** Seals the same marks, as the head's own. */
  onAgree: () => void;
}): ReactElement | null {
  const t = useWords();
  const names = useNames(view.draft);
  const { sitting } = useSnapshot();
  const agreeing = useAgreeing(of);
  if (!agreeing?.others || ours.changed) return null;
  const { head, others } = agreeing;
  const { brackets, rest } = changedIn(others.before, ours.valuation);
  const named = brackets.slice(0, mostNamed).map((bracket) => names.bracket(bracket));
  const more = brackets.length - named.length;
  const what = [
    ...named,
    ...(more > 0 ? [t("answer.us.rest", { count: more })] : []),
    ...rest.map((part) => t(`side.view.${part}`)),
  ].join(t("said.comma"));
  return (
    <>
      <p className="small" role="status">
        <strong>{t("seal.notAgreed", { head: head.name })}</strong>{" "}
        {what === "" ? null : t("seal.differs", { head: head.name, what })}
      </p>
      {sitting?.member === head.id ? (
        <div className="acts">
          <Button className="button small" isDisabled={busy} onPress={onAgree}>
            {t("seal.agree")}
          </Button>
        </div>
      ) : null}
    </>
  );
}
