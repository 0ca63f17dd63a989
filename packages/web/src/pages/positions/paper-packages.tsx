/** Packages of a paper's brackets, found in this browser from the points that every party of the circle has shown the others. */
import { type SolutionName, type SolvedPackage, solutionNames } from "@parley/solver";
import { type ReactElement, useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSeatNames } from "../../source/case-context.tsx";
import { useFigures } from "../../source/figures.ts";
import { useNames } from "../../source/names.ts";
import { Computed } from "../packages/computed.tsx";
import { type OpenedPaper, problemOf, withPackage } from "./paper.ts";

export function PaperPackages({ opened }: { opened: OpenedPaper }): ReactElement | null {
  const t = useWords();
  const [asked, setAsked] = useState(false);
  const problem = useMemo(() => problemOf(opened), [opened]);
  if (!problem) return null;
  if (!asked) {
    return (
      <div className="acts">
        <Button className="button small" onPress={() => setAsked(true)}>
          {t("paper.packages.find")}
        </Button>
      </div>
    );
  }
  return (
    <Computed problem={problem}>
      {({ solutions }) => {
        const found = solutionNames.flatMap((name) => {
          const solution = solutions[name];
          return solution && "outcome" in solution ? [{ name, solution }] : [];
        });
        if (found.length > 0) return <Found found={grouped(found)} opened={opened} />;
        // Where nothing was found in time, nothing is said about what there is.
        const searched = Object.values(solutions).every(({ status }) => status !== "unknown");
        return searched ? <p>{t("paper.packages.none")}</p> : null;
      }}
    </Computed>
  );
}

interface Group {
  readonly names: readonly SolutionName[];
  readonly solution: SolvedPackage;
}

/** Several rules may single out the same package: it is one row. */
function grouped(
  found: readonly { readonly name: SolutionName; readonly solution: SolvedPackage }[],
): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const { name, solution } of found) {
    const key = JSON.stringify(solution.outcome);
    const before = groups.get(key);
    groups.set(key, { solution, names: [...(before?.names ?? []), name] });
  }
  return [...groups.values()];
}

function Found({ found, opened }: { found: readonly Group[]; opened: OpenedPaper }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const may = useMay();
  const namesOf = useSeatNames();
  const { gain } = useFigures();
  const names = useNames(opened.draft);
  const { act, busy, refusal } = useActing();
  const { paper, seats, parties, log, draft } = opened;
  const propose = (solution: SolvedPackage) =>
    void act({
      kind: "PaperSealed",
      log,
      body: { subject: paper.subject, revises: paper.id },
      seal: {
        purpose: "paper",
        value: { format: "parley-paper/1", text: withPackage(draft, solution.outcome) },
        seats,
      },
    });
  return (
    <>
      <div className="paper-table">
        <table>
          <caption>{t("paper.packages")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("paper.packages.words")}</th>
              {parties.map((seat) => (
                <th className="figure" key={seat} scope="col">
                  <PartyName look={looks.get(seat) ?? { name: seat, code: seat, hue: 0 }} />
                </th>
              ))}
              <th scope="col">
                <span className="visually-hidden">{t("paper.packages.put")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ names: rules, solution }) => (
              <tr key={rules.join(" ")}>
                <th scope="row">
                  {rules.map((rule) => t(`packages.ref.${rule}`)).join(t("said.comma"))}
                  {solution.status === "bounded" ? ` (${t("paper.packages.bounded")})` : ""}
                  <ul className="list small">
                    {Object.entries(solution.outcome).map(([bracket, option]) => (
                      <li key={bracket}>
                        {t("said.of", { what: names.bracket(bracket), words: names.option(bracket, option) })}
                      </li>
                    ))}
                  </ul>
                </th>
                {parties.map((seat) => (
                  <td className="figure" key={seat}>
                    {gain(solution.gains[seat] ?? 0)}
                  </td>
                ))}
                <td>
                  {may("PaperSealed", "circle") ? (
                    <Button className="button small" isDisabled={busy} onPress={() => propose(solution)}>
                      {t("paper.packages.put")}
                    </Button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="small quiet">{t("paper.packages.what")}</p>
      {may("PaperSealed", "circle") ? <Learns lesson={{ given: namesOf(seats) }} /> : null}
      <Refused why={refusal} />
    </>
  );
}
