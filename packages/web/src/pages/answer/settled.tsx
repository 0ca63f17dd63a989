/** A text with choices put into it, as a page to be read. */
import type { Text } from "@parley/core";
import {
  type BracketId,
  type Draft,
  directionOf,
  type NoteId,
  type OptionId,
  rewrite,
  settle,
} from "@parley/text";
import { type ReactElement, useMemo } from "react";
import { useWords } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";
import { useNames } from "../../source/names.ts";
import { Notes } from "../text/notes.tsx";
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
  const names = useNames(draft);
  const notes = useMemo(() => notesIn(settled), [settled]);
  const standing = useMemo(() => {
    const store = new StandingStore();
    const numbers = new Map(notes.map(({ id }, index) => [id, index + 1]));
    const inText = new Map(names.order.map(({ bracket }, index) => [bracket.id, index + 1]));
    store.put({
      ...store.standing,
      looks,
      // A bracket that stays open keeps the number that it has in the text.
      numberOf: (id) => inText.get(id) ?? 0,
      noteNumber: (id) => numbers.get(id),
    });
    return store;
  }, [looks, names, notes]);
  return (
    <details className="whole-text" open={open}>
      <summary>{t("answer.whole")}</summary>
      <div className="set" dir={directionOf(draft.language)} lang={draft.language}>
        <StandingContext value={standing}>
          <SetBlocks blocks={settled.blocks} />
          <Notes notes={notes} />
        </StandingContext>
      </div>
    </details>
  );
}

/** Notes to words that fell away with their alternative have nothing to stand under. */
function notesIn(draft: Draft): Draft["notes"] {
  const marked = new Set<NoteId>();
  rewrite(draft, {
    inlines: (inlines) => {
      for (const inline of inlines) if (inline.type === "note") marked.add(inline.note);
      return inlines;
    },
  });
  return draft.notes.filter(({ id, kind }) => kind !== "comment" && marked.has(id));
}
