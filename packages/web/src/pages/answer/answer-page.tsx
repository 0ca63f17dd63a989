/** What would change for us, and what happens if I say yes? */
import { assess, headOf, isPrincipal, type Proposal, principals, proposalPhase } from "@parley/core";
import { utilityRange } from "@parley/solver";
import { Link, useSearch } from "@tanstack/react-router";
import { type ReactElement, useEffect, useMemo, useState } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { LockMark } from "../../frame/marks.tsx";
import { NoText } from "../../frame/no-text.tsx";
import { PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { Notice } from "../../frame/states.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useCase, useLooks, useSnapshot } from "../../source/case-context.tsx";
import { wholeTree } from "../../source/choices.ts";
import { useDesk } from "../../source/desk.ts";
import { useFigures } from "../../source/figures.ts";
import { useNames } from "../../source/names.ts";
import type { TextView } from "../../source/text-view.ts";
import { useView } from "../../source/view.ts";
import { Custody } from "./custody.tsx";
import { GivenUp } from "./given-up.tsx";
import { OurAnswer } from "./our-answer.tsx";
import { outcomeWith, SettledText } from "./settled.tsx";
import { Showing } from "./showing.tsx";
import "./answer.css";

export function AnswerPage(): ReactElement {
  const t = useWords();
  const source = useCase();
  const { sitting } = useSnapshot();
  const { text, packages } = useView();
  const { package: asked } = useSearch({ strict: false }) as { readonly package?: string };
  useEffect(() => {
    if (asked) document.getElementById(`package-${asked}`)?.scrollIntoView();
  }, [asked]);
  if (!text) return <NoText page={t("nav.answer")} />;
  if (packages.length === 0) {
    return (
      <Notice
        acts={
          <Link className="button" params={{ caseId: source.id }} to="/case/$caseId/packages">
            {t("nav.packages")}
          </Link>
        }
        kind="empty"
        page={t("nav.answer")}
        title={t("answer.none")}
      >
        {t("answer.none.next")}
      </Notice>
    );
  }
  return (
    <div className="page narrow answer">
      <h1>{t("answer.title")}</h1>
      {[...packages].reverse().map(({ name, proposal }) => (
        <OneProposal
          key={`${proposal.id} ${sitting?.device ?? ""}`}
          name={name}
          proposal={proposal}
          view={text}
        />
      ))}
    </div>
  );
}

/** The time, looked at often enough for a deadline that passes while the page is open. */
function useNow(): string {
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date().toISOString()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function OneProposal({
  name,
  proposal,
  view,
}: {
  name: string;
  proposal: Proposal;
  view: TextView;
}): ReactElement {
  const t = useWords();
  const source = useCase();
  const { minute } = useMoments();
  const looks = useLooks();
  const names = useNames(view.draft);
  const { state, sitting } = useSnapshot();
  const now = useNow();
  const { people } = state;
  const phase = proposalPhase(proposal, people, now);
  const outcome = useMemo(() => outcomeWith(view.text, proposal.package), [view.text, proposal]);
  const seat = sitting?.seat;
  const head = seat === undefined ? undefined : headOf(people, seat);
  const isHead = head !== undefined && head.id === sitting?.member;
  return (
    <article className="proposal stack" id={`package-${proposal.id}`}>
      <header>
        <h2>
          {name} ·{" "}
          {proposal.declinedBy
            ? t("answer.phase.declined", { who: looks.get(proposal.declinedBy)?.name ?? proposal.declinedBy })
            : t(`answer.phase.${phase}`, { when: minute(proposal.answersUntil) })}
        </h2>
        <p className="small quiet">
          {t("answer.by", { who: looks.get(proposal.by)?.name ?? proposal.by, when: minute(proposal.at) })}
        </p>
        {proposal.disproved ? <p className="fault">{t("answer.disproved")}</p> : null}
      </header>
      <h3>{t("answer.text")}</h3>
      <dl className="chosen-list">
        {names.order
          .filter(({ bracket }) => proposal.package[bracket.id] !== undefined)
          .map(({ bracket }) => (
            <div key={bracket.id}>
              <dt className="small quiet">{names.bracket(bracket.id)}</dt>
              <dd className="set-words">
                <bdi>{names.words(bracket.id, proposal.package[bracket.id] ?? "")}</bdi>
              </dd>
            </div>
          ))}
      </dl>
      <SettledText draft={view.draft} outcome={outcome} />
      {phase === "open" && !proposal.custodian ? <OpenAnswers proposal={proposal} /> : null}
      {seat ? <ForUs outcome={outcome} seat={seat} view={view} /> : null}
      {phase === "open" && seat && isHead ? <OurAnswer proposal={proposal} seat={seat} view={view} /> : null}
      {phase === "open" && seat && head && !isHead && isPrincipal(people, seat) ? (
        <p>{t("answer.byHead", { who: head.name })}</p>
      ) : null}
      {(phase === "open" || phase === "due") && seat !== undefined && proposal.custodian?.seat === seat ? (
        <Custody now={now} proposal={proposal} seat={seat} view={view} />
      ) : null}
      {phase === "notAgreed" || phase === "lapsed" ? <Showing proposal={proposal} view={view} /> : null}
      {phase === "agreed" ? (
        <p>
          <Link params={{ caseId: source.id }} to="/case/$caseId/conclusion">
            {t("nav.conclusion")}
          </Link>
        </p>
      ) : null}
      {phase === "open" || phase === "due" ? <Withdraw proposal={proposal} view={view} /> : null}
    </article>
  );
}

/** Where nobody holds answers, each is on record for all who read the package. */
function OpenAnswers({ proposal }: { proposal: Proposal }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { people } = useSnapshot().state;
  return (
    <ul className="list small">
      {principals(people).map((party) => (
        <li className="row" key={party}>
          <PartyName look={looks.get(party) ?? { name: party, code: party, hue: 0 }} />
          <span>{t(`answer.custody.${proposal.acceptedBy.includes(party) ? "accepts" : "waits"}`)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Private: what the text would be worth by our own marks. */
function ForUs({
  view,
  seat,
  outcome,
}: {
  view: TextView;
  seat: string;
  outcome: Readonly<Record<string, string>>;
}): ReactElement | null {
  const t = useWords();
  const source = useCase();
  const looks = useLooks();
  const { points } = useFigures();
  const names = useNames(view.draft);
  // Of a package that was answered long ago too: what was agreed since takes nothing from it.
  const tree = useMemo(() => wholeTree(view.text), [view.text]);
  const desk = useDesk(view.text, tree, {});
  const party = desk.parties.find((one) => one.seat.id === seat);
  if (!party || desk.loading) return null;
  const { known } = party;
  if (!known) {
    return (
      <section className="for-us private stack">
        <ForUsTitle who={looks.get(seat)?.name ?? seat} />
        <p>{t("answer.us.none")}</p>
        <p>
          <Link params={{ caseId: source.id }} to="/case/$caseId/side">
            {t("nav.side")}
          </Link>
        </p>
      </section>
    );
  }
  const { walkAway, ...preferences } = known.preferences;
  const { party: id, scores, redLines, interactions } = preferences;
  const { least, most } = utilityRange(
    {
      format: "parley-problem/1",
      name: id,
      parties: [{ id, walkAway: walkAway ?? 0 }],
      issues: tree,
      scores: { [id]: scores },
      interactions: interactions.map((paid) => ({ party: id, ...paid })),
    },
    outcome,
  );
  const low = least[id] ?? 0;
  const high = most[id] ?? 0;
  const { crossedRedLines } = assess({ ...preferences, redLines, walkAway: walkAway ?? 0 }, outcome);
  const standing =
    walkAway === undefined ? "unknown" : low >= walkAway ? "above" : high < walkAway ? "below" : "depends";
  return (
    <section className="for-us private stack">
      <ForUsTitle who={looks.get(seat)?.name ?? seat} />
      <p className="worth-figure">
        {low === high
          ? t("answer.us.worth", { points: points(low) })
          : t("answer.us.open", { least: points(low), most: points(high) })}
      </p>
      <p>{t(`worth.${standing}`)}</p>
      <GivenUp names={names} outcome={outcome} scores={scores} />
      {crossedRedLines.map(([bracket, option]) => (
        <p key={`${bracket} ${option}`}>
          <strong>{t("answer.us.crosses", { what: names.option(bracket, option) })}</strong>
        </p>
      ))}
    </section>
  );
}

function ForUsTitle({ who }: { who: string }): ReactElement {
  const t = useWords();
  return (
    <header className="row">
      <h3>{t("answer.us")}</h3>
      <span className="private-mark">
        <LockMark />
        {t("private.only", { who })}
      </span>
    </header>
  );
}

function Withdraw({ proposal, view }: { proposal: Proposal; view: TextView }): ReactElement | null {
  const t = useWords();
  const { sitting } = useSnapshot();
  const may = useMay(view.text);
  const { act, busy, refusal } = useActing();
  if (proposal.by !== sitting?.seat || !may("ProposalWithdrawn", view.audience)) return null;
  return (
    <section>
      <Learns lesson={{ given: t(`audience.${view.audience}`) }} />
      <Button
        className="button small"
        isDisabled={busy}
        onPress={() =>
          void act({ kind: "ProposalWithdrawn", audience: view.audience, body: { proposal: proposal.id } })
        }
      >
        {t("answer.withdraw")}
      </Button>
      <Refused why={refusal} />
    </section>
  );
}
