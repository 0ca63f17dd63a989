/** A text with choices put into it, as a page to be read. */
import type { Text } from "@parley/core";
import { type BracketId, type Draft, type OptionId, settle } from "@parley/text";
import { type ReactElement, useMemo } from "react";
import { useWords } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";
import { SetBlocks } from "../text/set-text.tsx";
import { StandingContext, StandingStore } from "../text/standing.ts";

/** What is agreed already, and what a package would add. */
export function outcomeWith(
  text: Text,
  chosen: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const agreed = Object.entries(text.agreed).map(([bracket, { option }]) => [bracket, option] as const);
  return { ...Object.fromEntries(agreed), ...chosen };
}

export function SettledText({
  draft,
  outcome,
  open,
}: {
  draft: Draft;
  outcome: Readonly<Record<string, string>>;
  /** It is what one came to read. */
  open?: boolean | undefined;
}): ReactElement {
  const t = useWords();
  const settled = useMemo(() => {
    const choices = new Map(Object.entries(outcome).map(([b, o]) => [b as BracketId, o as OptionId]));
    return settle(draft, choices).draft;
  }, [draft, outcome]);
  const looks = useLooks();
  const standing = useMemo(() => {
    const store = new StandingStore();
    store.put({ ...store.standing, looks });
    return store;
  }, [looks]);
  return (
    <details className="whole-text" open={open}>
      <summary>{t("answer.whole")}</summary>
      <div className="set" lang={draft.language}>
        <StandingContext value={standing}>
          <SetBlocks blocks={settled.blocks} />
        </StandingContext>
      </div>
    </details>
  );
}
