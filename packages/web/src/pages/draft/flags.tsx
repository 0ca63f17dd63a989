/** What the importer repaired or guessed, for a person to resolve one by one. */
import type { BracketId, Guess, Place, Reading, Repair } from "@parley/text";
import { type ReactElement, useContext, useEffect, useState } from "react";
import { Button } from "react-aria-components";
import { useWords } from "../../messages/words.ts";
import { HandContext } from "../text/hand.ts";

export interface Flag {
  readonly place: Place;
  readonly code: Repair["code"] | Guess;
  readonly values?: Repair["values"];
  readonly bracket?: BracketId;
}

/** In the order in which they stand in the source. */
export function flagsOf({ repairs, ambiguities }: Reading): readonly Flag[] {
  const flags: Flag[] = [
    ...repairs,
    ...ambiguities.map(({ place, bracket, guess }) => ({ place, bracket, code: guess })),
  ];
  return flags.sort((a, b) => a.place.line - b.place.line || a.place.column - b.place.column);
}

export function Flags({
  flags,
  onCorrect,
  onDone,
}: {
  flags: readonly Flag[];
  /** Without it a file that was read wrongly is left, and another chosen. */
  onCorrect?: (place: Place) => void;
  onDone: () => void;
}): ReactElement | null {
  const t = useWords();
  const hand = useContext(HandContext);
  const [at, setAt] = useState(0);
  const flag = flags[at];
  useEffect(() => {
    if (flag?.bracket) {
      hand.hold(flag.bracket);
      document.getElementById(`bracket-${flag.bracket}`)?.scrollIntoView({ block: "center" });
    }
  }, [flag, hand]);
  if (!flag) return null;
  return (
    <section className="flags" role="status">
      <p className="small quiet">
        {t("draft.flag", { number: at + 1, total: flags.length })} ·{" "}
        {t("draft.flag.place", { line: flag.place.line, column: flag.place.column })}
      </p>
      <p>{t(`draft.flag.${flag.code}`, flag.values)}</p>
      <div className="acts">
        <Button
          className="button primary small"
          onPress={() => {
            if (at + 1 === flags.length) onDone();
            setAt(at + 1);
          }}
        >
          {t("draft.flag.asRead")}
        </Button>
        {onCorrect ? (
          <Button className="button small" onPress={() => onCorrect(flag.place)}>
            {t("draft.flag.correct")}
          </Button>
        ) : null}
      </div>
    </section>
  );
}
