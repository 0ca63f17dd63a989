/** Amendments: what they would do to the words that stand, who supports them; adopting, supporting, withdrawing them. */
import { type Amendment, changedSince } from "@parley/core";
import { type BracketId, type Clause, type ClauseId, type Inline, redline } from "@parley/text";
import { type ReactElement, useContext, useMemo } from "react";
import { Button } from "react-aria-components";
import { Learns } from "../../frame/learns.tsx";
import { PartyCode, PartyName } from "../../frame/party.tsx";
import { Refused } from "../../frame/refused.tsx";
import { useMoments } from "../../messages/moments.ts";
import { useWords } from "../../messages/words.ts";
import { useActing, useMay } from "../../source/acting.ts";
import { useLooks, useSnapshot } from "../../source/case-context.tsx";
import type { Act } from "../../source/case-source.ts";
import { useNames } from "../../source/names.ts";
import type { TextView } from "../../source/text-view.ts";
import { freeOption, lettered, proposedContent, standingContent } from "./change.ts";
import { HandContext } from "./hand.ts";
import { SetInlines } from "./set-text.tsx";

/** All that wait, each with whose it is and the way to it. */
export function PendingAmendments({
  amendments,
  view,
}: {
  amendments: readonly Amendment[];
  view: TextView;
}): ReactElement {
  const t = useWords();
  const hand = useContext(HandContext);
  const looks = useLooks();
  const names = useNames(view.draft);
  return (
    <section className="pending screen-only">
      <p className="row small">
        <span>{t("amend.waiting", { count: amendments.length })}</span>
        {amendments.map(({ id, change, by }) => {
          const look = looks.get(by);
          const { bracket, clause } = change;
          const isBracket = bracket !== undefined && change.kind !== "bracketWords";
          return (
            <Button
              className="link"
              key={id}
              onPress={() =>
                isBracket ? hand.hold(bracket as BracketId) : hand.holdClause(clause as ClauseId)
              }
            >
              {look ? <PartyCode look={look} /> : null}{" "}
              {isBracket ? names.bracket(bracket) : names.clause(clause ?? "") || t("clause.unnumbered")}
            </Button>
          );
        })}
      </p>
    </section>
  );
}

/** Those that wait, then what became of the others. */
export function Amendments({
  title,
  amendments,
  view,
}: {
  title: string;
  amendments: readonly Amendment[];
  view: TextView;
}): ReactElement | null {
  const t = useWords();
  const may = useMay(view.text);
  const { sitting } = useSnapshot();
  const { audience } = view;
  const shown = amendments.filter(({ outcome }) => outcome !== "withdrawn");
  if (shown.length === 0) return null;
  const waiting = shown.filter(({ outcome }) => !outcome);
  const settled = shown.filter(({ outcome }) => outcome);
  const answers =
    may("AmendmentSupported", audience) ||
    may("AmendmentAdopted", audience) ||
    (may("AmendmentWithdrawn", audience) && waiting.some(({ by }) => by === sitting?.seat));
  return (
    <section>
      <h3>{title}</h3>
      <ul className="list amendments">
        {[...waiting, ...settled].map((amendment) => (
          <AmendmentItem amendment={amendment} key={amendment.id} view={view} />
        ))}
      </ul>
      {waiting.length > 0 && answers ? <Learns lesson={{ given: t(`audience.${audience}`) }} /> : null}
    </section>
  );
}

function AmendmentItem({ amendment, view }: { amendment: Amendment; view: TextView }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const { minute } = useMoments();
  const { change, by, at, reason, outcome, supportedBy } = amendment;
  const look = looks.get(by);
  const overtaken = outcome ? undefined : changedSince(view.text, change, amendment.version);
  const overtaker = view.amendments.find(({ id }) => id === overtaken?.amendment)?.by ?? "";
  return (
    <li className="amendment" data-outcome={outcome}>
      <p className="row small">
        {look ? <PartyName look={look} /> : by}
        <span className="quiet">{t(`amend.did.${change.kind}`)}</span>
        {outcome ? <strong>{t(`amend.outcome.${outcome}`)}</strong> : null}
        <time className="quiet" dateTime={at}>
          {minute(at)}
        </time>
      </p>
      {change.concerns ? <Concerned parties={change.concerns} /> : null}
      <ProposedWords amendment={amendment} view={view} />
      {reason ? <p className="small quiet">{reason}</p> : null}
      {supportedBy.length > 0 ? (
        <p className="row small">
          {t("amend.supportedBy")}
          {supportedBy.map((seat) => {
            const supporter = looks.get(seat);
            return supporter ? <PartyCode key={seat} look={supporter} /> : null;
          })}
        </p>
      ) : null}
      {overtaken ? (
        <p className="conflict small">{t("amend.stale", { who: looks.get(overtaker)?.name ?? overtaker })}</p>
      ) : null}
      {outcome ? null : (
        <AmendmentActs amendment={amendment} overtaken={overtaken !== undefined} view={view} />
      )}
    </li>
  );
}

function Concerned({ parties }: { parties: readonly string[] }): ReactElement {
  const t = useWords();
  const looks = useLooks();
  const said = parties.map((one) => t("clause.concerns", { who: looks.get(one)?.name ?? one }));
  return <p className="words">{said.join(t("said.semicolon")) || t("amend.concernClause.nobody")}</p>;
}

function AmendmentActs({
  amendment,
  view,
  overtaken,
}: {
  amendment: Amendment;
  view: TextView;
  overtaken: boolean;
}): ReactElement {
  const t = useWords();
  const may = useMay(view.text);
  const { sitting } = useSnapshot();
  const { act, busy, refusal } = useActing();
  const { by, change, reason, supportedBy } = amendment;
  const { audience } = view;
  const answer = (kind: "AmendmentSupported" | "AmendmentAdopted" | "AmendmentWithdrawn") =>
    act({ kind, audience, body: { amendment: amendment.id } });
  const anew = async () => {
    const seat = sitting?.seat ?? "";
    const again =
      change.kind === "addAlternative" && change.bracket !== undefined
        ? { ...change, option: freeOption(view.text.draft, view.amendments, change.bracket, seat) }
        : change;
    const body = { draft: view.text.id, change: again, ...(reason ? { reason } : {}) };
    const done = await act({ kind: "AmendmentProposed", audience, body: body as Act["body"] });
    if (done && by === seat) await answer("AmendmentWithdrawn");
  };
  const supported = sitting !== undefined && supportedBy.includes(sitting.seat);
  return (
    <>
      <div className="acts">
        {!overtaken && may("AmendmentAdopted", audience) ? (
          <Button
            className="button primary small"
            isDisabled={busy}
            onPress={() => void answer("AmendmentAdopted")}
          >
            {t("amend.adopt")}
          </Button>
        ) : null}
        {!overtaken && may("AmendmentSupported", audience) && !supported ? (
          <Button
            className="button small"
            isDisabled={busy}
            onPress={() => void answer("AmendmentSupported")}
          >
            {t("amend.support")}
          </Button>
        ) : null}
        {overtaken && sitting?.seat === by && may("AmendmentProposed", audience) ? (
          <Button className="button small" isDisabled={busy} onPress={() => void anew()}>
            {t("amend.again")}
          </Button>
        ) : null}
        {sitting?.seat === by && may("AmendmentWithdrawn", audience) ? (
          <Button
            className="button small"
            isDisabled={busy}
            onPress={() => void answer("AmendmentWithdrawn")}
          >
            {t("amend.withdraw")}
          </Button>
        ) : null}
      </div>
      <Refused why={refusal} />
    </>
  );
}

/** What would stand, with the words that would go struck and the new ones underlined. */
function ProposedWords({ amendment, view }: { amendment: Amendment; view: TextView }): ReactElement | null {
  const { change, outcome } = amendment;
  const { draft } = view.text;
  const looks = useLooks();
  const shown = useMemo(() => {
    const after = proposedContent(change);
    const before = outcome ? [] : (standingContent(draft, change) ?? []);
    // An alternative beside others, or words in brackets, take no other words away.
    if (before.length === 0) return after ? [after] : [];
    const said = (content: readonly Inline[]) => lettered(oneClause(content), looks);
    return redline(said(before), said(after ?? []), "").blocks.flatMap((block) =>
      block.type === "clause" && block.content.length > 0 ? [block.content] : [],
    );
  }, [change, outcome, draft, looks]);
  return (
    <>
      {shown.map((content, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of one comparison have no other name.
        <p className="words set-words" dir="auto" key={place}>
          <SetInlines content={content} nested />
        </p>
      ))}
    </>
  );
}

function oneClause(content: readonly Inline[]) {
  const id = "words" as ClauseId;
  const clause: Clause = { type: "clause", id, form: "paragraph", level: 0, ordinal: "", content };
  return { title: "", blocks: [clause], notes: [] };
}
