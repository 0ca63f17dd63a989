/** The search for packages: how far it is, its end, and what it found. */
import { type Problem, solutionNames } from "@parley/solver";
import { type ReactElement, useMemo } from "react";
import { Button } from "react-aria-components";
import { Refused } from "../../frame/refused.tsx";
import { useWords, type Words } from "../../messages/words.ts";
import { useFigures } from "../../source/figures.ts";
import { type Solver, useSolver } from "./solving.ts";
import type { Solved } from "./solving.worker.ts";

/**
 * By itself, so that what everybody's preferences are is not put together anew at each step that is told.
 * `children` shows what was found, for the problem that it was found for.
 */
export function Computed({
  problem,
  children,
}: {
  problem: Problem;
  children: (solved: Solved, problem: Problem) => ReactElement | null;
}): ReactElement | null {
  const solver = useSolver(problem);
  const { found } = solver;
  // A thousand rows are not drawn again for each word on how far the search is.
  const shown = useMemo(() => (found ? children(found.solved, found.problem) : null), [found, children]);
  return (
    <>
      <HowFar {...solver} />
      {shown}
    </>
  );
}

function HowFar({ solving, found, stop, again, longer }: Solver): ReactElement | null {
  const t = useWords();
  const { count } = useFigures();
  switch (solving.kind) {
    case "idle":
      return found && !isProven(found.solved) ? (
        <p className="row">
          {t("packages.unproven")}
          <Button className="button small" onPress={longer}>
            {t("packages.longer")}
          </Button>
        </p>
      ) : null;
    case "running":
      return (
        <p className="row" role="status">
          {t("packages.solving", {
            phase: phaseSaid(t, solving.progress?.phase ?? ""),
            count: count(solving.progress?.nodes ?? 0),
          })}
          <Button className="button small" onPress={stop}>
            {t("packages.stop")}
          </Button>
        </p>
      );
    case "stopped":
      return (
        <p className="row">
          {t("packages.stopped")}
          <Button className="button small" onPress={again}>
            {t("packages.again")}
          </Button>
        </p>
      );
    case "fault":
      return (
        <>
          <Refused why={solving.why} />
          <Button className="button small" onPress={again}>
            {t("packages.again")}
          </Button>
        </>
      );
  }
}

function isProven({ solutions, exact }: Solved): boolean {
  return (
    exact && Object.values(solutions).every(({ status }) => status !== "bounded" && status !== "unknown")
  );
}

const phases = ["frontier", "zone", "nearest", "ideal"] as const;

/** What the solver is at, by the name that it gives: a reference package, or another search such as "ideal 2 of 3". */
function phaseSaid(t: Words, phase: string): string {
  const reference = solutionNames.find((name) => name === phase);
  if (reference) return t(`packages.ref.${reference}`);
  const other = phases.find((name) => phase.startsWith(name));
  return other ? t(`packages.phase.${other}`) : "…";
}
