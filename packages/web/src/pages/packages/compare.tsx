/** Two packages as text, side by side: only where they differ, and grouped by whom the difference favours. */
import type { Outcome, Problem } from "@parley/solver";
import type { ReactElement } from "react";
import { PartyCode } from "../../frame/party.tsx";
import type { PartyLook } from "../../frame/party-codes.ts";
import { useWords } from "../../messages/words.ts";
import { useFigures } from "../../source/figures.ts";
import type { Names } from "../../source/names.ts";
import { useFirst } from "./first.tsx";

/** More are shown when asked for: hundreds at once hold up the page, and are not read. */
const firstDifferences = 20;

interface Difference {
  readonly bracket: string;
  readonly a: string | undefined;
  readonly b: string | undefined;
  /** By party: points that b gives here, less those of a. */
  readonly change: readonly { readonly id: string; readonly points: number }[];
}

export function differencesOf(problem: Problem, names: Names, a: Outcome, b: Outcome): readonly Difference[] {
  const points = (id: string, bracket: string, option: string | undefined) =>
    option === undefined ? 0 : (problem.scores[id]?.[bracket]?.[option] ?? 0);
  return names.order
    .map(({ bracket }) => bracket.id as string)
    .filter((id) => a[id] !== b[id])
    .map((bracket) => ({
      bracket,
      a: a[bracket],
      b: b[bracket],
      change: problem.parties.map(({ id }) => ({
        id,
        points: points(id, bracket, b[bracket]) - points(id, bracket, a[bracket]),
      })),
    }));
}

export function Compare({
  problem,
  names,
  looks,
  a,
  b,
}: {
  problem: Problem;
  names: Names;
  looks: ReadonlyMap<string, PartyLook>;
  /** Compared with. */
  a: { readonly name: string; readonly outcome: Outcome };
  b: { readonly name: string; readonly outcome: Outcome };
}): ReactElement {
  const t = useWords();
  const { gain } = useFigures();
  const differences = differencesOf(problem, names, a.outcome, b.outcome);
  const { shown, more } = useFirst(differences, firstDifferences);
  if (differences.length === 0) return <p>{t("packages.compare.none")}</p>;
  const groups = grouped(shown, (id) => looks.get(id)?.name ?? id, t);
  const say = (bracket: string, option: string | undefined) =>
    option === undefined ? "–" : names.words(bracket, option);
  return (
    <>
      <table className="compare">
        <thead>
          <tr>
            <th scope="col">{t("packages.compare.place")}</th>
            <th scope="col">{a.name}</th>
            <th scope="col">{b.name}</th>
            <th scope="col">{t("packages.compare.points")}</th>
          </tr>
        </thead>
        {groups.map(({ title, differences: alike }) => (
          <tbody key={title}>
            <tr>
              <th className="group" colSpan={4} scope="rowgroup">
                {title}
              </th>
            </tr>
            {alike.map((one) => (
              <tr key={one.bracket}>
                <th scope="row">{names.bracket(one.bracket)}</th>
                <td className="set-words">
                  <bdi>{say(one.bracket, one.a)}</bdi>
                </td>
                <td className="set-words">
                  <bdi>{say(one.bracket, one.b)}</bdi>
                </td>
                <td className="changes">
                  {one.change.map(({ id, points }) => {
                    const look = looks.get(id);
                    return (
                      <span key={id}>
                        {look ? <PartyCode look={look} /> : id} {gain(points)}
                      </span>
                    );
                  })}
                </td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      {more}
    </>
  );
}

function grouped(all: readonly Difference[], nameOf: (id: string) => string, t: ReturnType<typeof useWords>) {
  const groups = new Map<string, Difference[]>();
  for (const one of all) {
    const better = one.change.filter(({ points }) => points > 0).map(({ id }) => id);
    const key = better.length === one.change.length ? "all" : better.join(" ");
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  let returned = false;
  return [...groups].map(([key, differences]) => {
    if (key === "all") return { title: t("packages.compare.both"), differences };
    if (key === "") return { title: t("packages.compare.neither"), differences };
    const who = key.split(" ").map(nameOf).join(t("said.comma"));
    const title = t(returned ? "packages.compare.inReturn" : "packages.compare.towards", { who });
    returned = true;
    return { title, differences };
  });
}
