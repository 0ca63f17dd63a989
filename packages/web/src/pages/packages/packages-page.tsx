/** What could all accept, and what would each have to give? Computed in this browser from what this seat may know. */
import type { Seat } from "@parley/core";
import { type OptionRef, type Problem, utilityRange } from "@parley/solver";
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactElement, useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { LockMark } from "../../frame/marks.tsx";
import { NoText } from "../../frame/no-text.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Notice } from "../../frame/states.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import { openTree, wholeTree } from "../../source/choices.ts";
import { type Desk, type Known, type Loaded, problemOf, readLoaded, useDesk } from "../../source/desk.ts";
import { exerciseScores } from "../../source/exercise-scores.ts";
import { useFigures } from "../../source/figures.ts";
import type { TextView } from "../../source/text-view.ts";
import { useView } from "../../source/view.ts";
import { ByHand } from "./by-hand.tsx";
import { Computed } from "./computed.tsx";
import { Results } from "./results.tsx";
import "./packages.css";

export function PackagesPage(): ReactElement {
  const t = useWords();
  const { text } = useView();
  const { sitting } = useSnapshot();
  if (!sitting) return <Notice page={t("nav.packages")} kind="denied" title={t("side.noSeat")} />;
  if (!text) return <NoText page={t("nav.packages")} />;
  return <TheDesk key={sitting.device} view={text} />;
}

function TheDesk({ view }: { view: TextView }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { sitting } = useSnapshot();
  const [loaded, setLoaded] = useState<Loaded>({});
  const [barred, setBarred] = useState<readonly OptionRef[]>([]);
  const tree = useMemo(() => openTree(view.text, barred), [view.text, barred]);
  const desk = useDesk(view.text, tree, loaded);
  const problem = useSame(problemOf(desk, tree, view.text));
  const own = looks.get(sitting?.seat ?? "")?.name ?? "";
  return (
    <div className="page packages">
      <header className="packages-head">
        <div>
          <h1>{t("packages.title")}</h1>
          <p className="row small">
            <span className="private-mark">
              <LockMark />
              {t("private.only", { who: own })}
            </span>
            <span className="quiet">{t("packages.private.what")}</span>
          </p>
        </div>
        <Whose desk={desk} loaded={loaded} onLoaded={setLoaded} view={view} />
      </header>
      {problem ? (
        <Computed problem={problem}>
          {(solved, of) => (
            <Results barred={barred} desk={desk} onBar={setBarred} problem={of} solved={solved} view={view} />
          )}
        </Computed>
      ) : (
        <MissingNotice desk={desk} tree={tree} />
      )}
      <ByHand view={view} />
    </div>
  );
}

/** The same object while it says the same, so that a fold that changed nothing here computes nothing anew. */
function useSame(problem: Problem | undefined): Problem | undefined {
  const said = JSON.stringify(problem);
  return useMemo(() => (said === undefined ? undefined : (JSON.parse(said) as Problem)), [said]);
}

function Whose({
  desk,
  loaded,
  onLoaded,
  view,
}: {
  desk: Desk;
  loaded: Loaded;
  onLoaded: (next: Loaded) => void;
  view: TextView;
}): ReactElement {
  const t = useWords();
  const source = useCase();
  const navigate = useNavigate();
  const { state } = useSnapshot();
  const { exercise } = state.people;
  const parties = desk.parties.map(({ seat }) => seat.id);
  const estimate = () =>
    void navigate({ to: "/case/$caseId/side", params: { caseId: source.id }, search: sideOf(lacking(desk)) });
  const load = async () => {
    const tree = wholeTree(view.text);
    const read = await Promise.all(
      parties.map(async (party) => {
        const file = exerciseScores(party);
        return file ? [[party, readLoaded(await file(), tree)] as const] : [];
      }),
    );
    onLoaded(Object.fromEntries(read.flat()));
  };
  return (
    <section className="whose private">
      <h2>{t("packages.whose")}</h2>
      <ul className="list">
        {desk.parties.map(({ seat, known }) => (
          <OneKnown key={seat.id} known={known} seat={seat} />
        ))}
      </ul>
      <div className="acts">
        <Button className="button small" onPress={estimate}>
          {t("packages.estimate")}
        </Button>
        {exercise && parties.some(exerciseScores) && Object.keys(loaded).length === 0 ? (
          <Button className="button small" onPress={() => void load()}>
            {t("packages.load")}
          </Button>
        ) : null}
        {Object.keys(loaded).length > 0 ? (
          <Button className="button small" onPress={() => onLoaded({})}>
            {t("packages.unload")}
          </Button>
        ) : null}
      </div>
    </section>
  );
}

function OneKnown({ seat, known }: { seat: Seat; known: Known | undefined }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { minute } = useMoments();
  const look = looks.get(seat.id) ?? { name: seat.name, code: seat.id, hue: 0 };
  const from = known?.from ?? "missing";
  return (
    <li className="small">
      <PartyName look={look} />
      <span data-from={from}>
        {t(`packages.from.${from}`, { when: known?.at ? minute(known.at) : "" })}
        {known && known.preferences.walkAway === undefined ? `; ${t("packages.noWalkAway")}` : ""}
        {seat.kind === "affected" ? ` · ${t("packages.informs")}` : ""}
      </span>
    </li>
  );
}

const principalsOf = (desk: Desk) => desk.parties.filter(({ seat }) => seat.kind === "principal");

/** Without whose preferences no package is computed. */
const lacking = (desk: Desk) =>
  principalsOf(desk).filter(({ known }) => known?.preferences.walkAway === undefined);

/** Where the first of these is estimated; the own side, where none is missing. */
const sideOf = ([first]: Desk["parties"]) => (first ? { of: first.seat.id } : {}) as never;

/** What is not known is said to be not known, with what can be said all the same. */
function MissingNotice({ desk, tree }: { desk: Desk; tree: Problem["issues"] }): ReactElement | null {
  const t = useWords();
  const source = useCase();
  const { points } = useFigures();
  const { sitting } = useSnapshot();
  if (desk.loading) return null;
  const lacks = lacking(desk);
  const has = principalsOf(desk).flatMap(({ seat, known }) =>
    known && known.preferences.walkAway !== undefined
      ? [{ seat, preferences: known.preferences, walkAway: known.preferences.walkAway }]
      : [],
  );
  return (
    <Notice
      acts={lacks.map((one) => (
        <Link
          className="button"
          key={one.seat.id}
          params={{ caseId: source.id }}
          search={sideOf([one])}
          to="/case/$caseId/side"
        >
          {one.seat.id === sitting?.seat ? t("nav.side") : t("packages.estimate.of", { who: one.seat.name })}
        </Link>
      ))}
      kind="empty"
      title={t("packages.missing.title", { who: lacks.map(({ seat }) => seat.name).join(t("said.comma")) })}
    >
      {has.map(({ seat, preferences, walkAway }) => {
        const { party, scores, redLines, interactions } = preferences;
        const alone: Problem = {
          format: "parley-problem/1",
          name: party,
          parties: [{ id: party, walkAway }],
          issues: tree,
          scores: { [party]: scores },
          redLines: { [party]: redLines },
          interactions: interactions.map((paid) => ({ party, ...paid })),
        };
        const { least, most } = utilityRange(alone, {});
        return (
          <span className="block" key={seat.id}>
            {t("packages.missing.could", {
              who: seat.name,
              least: points(least[party] ?? 0),
              most: points(most[party] ?? 0),
              walkAway: points(walkAway),
            })}
          </span>
        );
      })}
      <span className="block">{t("packages.missing.next")}</span>
    </Notice>
  );
}
