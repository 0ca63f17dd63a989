/**
 * A package put together by hand: alternatives for some open brackets, the others stay open. It needs nobody's preferences,
 * so whoever knows none, or would settle only a part, can put a text to the parties all the same.
 */
import type { Outcome } from "@parley/solver";
import { type ReactElement, useState } from "react";
import { Choose } from "../../frame/choose.tsx";
import { useWords } from "../../messages/words.ts";
import { useMay } from "../../source/acting.ts";
import type { Names } from "../../source/names.ts";
import { useNames } from "../../source/names.ts";
import type { TextView } from "../../source/text-view.ts";
import { useUnsent } from "../../source/unsent.ts";
import { useFirst } from "./first.tsx";
import { Tabling } from "./tabling.tsx";

const none: Outcome = {};
/** So many lists of alternatives are shown before the rest is asked for. */
const mostShown = 60;

function useByHand(): readonly [Outcome, (next: Outcome) => void] {
  return useUnsent("package by hand", none);
}

/** Puts a package there to be changed, and leads to it. */
export function useTakeByHand(): (outcome: Outcome) => void {
  const [, choose] = useByHand();
  return (outcome) => {
    choose(outcome);
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".by-hand > summary")?.focus());
  };
}

export function ByHand({ view }: { view: TextView }): ReactElement | null {
  const t = useWords();
  const may = useMay(view.text);
  const [chosen] = useByHand();
  const [open, setOpen] = useState(false);
  if (!may("ProposalTabled", view.audience)) return null;
  const shown = open || chosen !== none;
  return (
    <details className="by-hand" onToggle={(event) => setOpen(event.currentTarget.open)} open={shown}>
      <summary>
        <h2>{t("packages.byHand")}</h2>
      </summary>
      {shown ? <Chosen view={view} /> : null}
    </details>
  );
}

function Chosen({ view }: { view: TextView }): ReactElement {
  const t = useWords();
  const names = useNames(view.draft);
  const [chosen, choose] = useByHand();
  const choices = choicesLeft(names, view, chosen);
  const { shown, more } = useFirst(choices, mostShown, ({ bracket }) => chosen[bracket.id] !== undefined);
  const outcome = Object.fromEntries(
    choices.flatMap(({ bracket: { id } }) => {
      const option = chosen[id];
      return option === undefined ? [] : [[id, option] as const];
    }),
  );
  const put = (bracket: string, option: string) => {
    const { [bracket]: _before, ...others } = chosen;
    const next = option === "" ? others : { ...others, [bracket]: option };
    choose(Object.keys(next).length > 0 ? next : none);
  };
  return (
    <div className="stack">
      <p className="quiet">{t("packages.byHand.what")}</p>
      {shown.map(({ bracket, options }) => (
        <Choose
          choices={[
            { id: "", name: t("packages.byHand.open") },
            ...options.map(({ id }) => ({ id, name: names.option(bracket.id, id) })),
          ]}
          key={bracket.id}
          label={names.bracket(bracket.id)}
          onChoose={(option) => put(bracket.id, option)}
          value={outcome[bracket.id] ?? ""}
        />
      ))}
      {more}
      <Tabling onTabled={() => choose(none)} outcome={outcome} view={view} />
    </div>
  );
}

/** Brackets that are not agreed and have alternatives; a nested one where the alternative that holds it is chosen. */
function choicesLeft({ order }: Names, view: TextView, chosen: Outcome): Names["order"] {
  const standing = new Map<string, string | undefined>();
  return order.filter(({ bracket, options, parent }) => {
    if (parent && standing.get(parent.bracket) !== parent.option) return false;
    const agreed = view.agreedOption(bracket.id);
    const own = options.find(({ id }) => id === chosen[bracket.id])?.id;
    standing.set(bracket.id, agreed ?? own);
    return agreed === undefined && options.length > 0;
  });
}
