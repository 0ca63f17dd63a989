/** What is for the sitting seat to do, by the table of rights and the state of the case; each with the page where it is done. */
import {
  headOf,
  isPrincipal,
  itemsOf,
  powers,
  principals,
  proposalPhase,
  type SeatId,
  settledDraft,
  supportersNeeded,
} from "@parley/core";
import type { EventId } from "@parley/ledger";
import { clauses } from "@parley/text";
import { useMemo } from "react";
import { type MessageId, useWords } from "../../messages/words.ts";
import { useMay } from "../../source/acting.ts";
import { useNow } from "../../source/beside.ts";
import { useCase, useSnapshot } from "../../source/case-context.tsx";
import { answerAmong, circleAmong } from "../../source/circles.ts";
import { releasingOf } from "../../source/releasing.ts";
import type { TextView } from "../../source/text-view.ts";
import { useUnreadCount } from "../../source/unread.ts";
import { useView } from "../../source/view.ts";
import { useAppointments } from "../contacts/chain-state.ts";
import { useRows } from "../desk/desk-state.ts";

type WaitId = Extract<MessageId, `waits.${string}`>;
type Place =
  | "/case/$caseId"
  | `/case/$caseId/${"text" | "side" | "answer" | "conclusion" | "contacts" | "channels" | "desk"}`;

export interface Wait {
  readonly id: WaitId;
  readonly line: string;
  readonly to: Place;
}

export function useWaits(): readonly Wait[] {
  const t = useWords();
  const { text } = useView();
  const inText = useInText(text);
  const concluding = useConcluding(text);
  const counted: readonly (readonly [WaitId, number, Place])[] = [
    ["waits.answer", useAnswers(text), "/case/$caseId/answer"],
    ["waits.custody", useCustody(text), "/case/$caseId/answer"],
    ...concluding,
    ["waits.marks", useUnagreed(), "/case/$caseId/side"],
    ...useBeside(),
    ["waits.said", useUnreadCount(), "/case/$caseId/channels"],
    ...inText,
    ...useTerms(),
    ["waits.consents", useUnconsented(), "/case/$caseId"],
    ...useReopenings(),
    ["waits.seats", useEmptySeats(), "/case/$caseId"],
  ];
  return counted
    .filter(([, count]) => count > 0)
    .map(([id, count, to]) => ({ id, line: t(id, { count }), to }));
}

type Counted = readonly (readonly [WaitId, number, Place])[];

function useInText(view: TextView | undefined): Counted {
  const may = useMay(view?.text);
  const seat = useSnapshot().sitting?.seat;
  if (!view || !seat) return [];
  const decides = may("AmendmentAdopted", view.audience);
  const supports = may("AmendmentSupported", view.audience);
  const amendments = view.amendments.filter(
    ({ outcome, supportedBy }) =>
      !outcome && (decides || (supports && !supportedBy.some((one) => one === seat))),
  );
  const silent = may("AlternativeBacked", view.audience) ? silentBrackets(view, seat) : 0;
  return [
    ["waits.amendments", amendments.length, "/case/$caseId/text"],
    ["waits.brackets", silent, "/case/$caseId/text"],
  ];
}

/** Open brackets in which this party stands behind no alternative. */
function silentBrackets({ order, statusOf }: TextView, seat: string): number {
  return order.filter(
    ({ bracket, options }) =>
      statusOf(bracket.id) === "open" &&
      options.length > 0 &&
      !options.some((option) => option.attributions?.some(({ party }) => party === seat)),
  ).length;
}

/** Packages on the table that this delegation, by its head, has not answered. */
function useAnswers(view: TextView | undefined): number {
  const may = useMay(view?.text);
  const snapshot = useSnapshot();
  const { packages, people } = useView();
  const now = useNow();
  const { sitting } = snapshot;
  if (!view || !sitting || headOf(people, sitting.seat)?.id !== sitting.member) return 0;
  return packages.filter(({ proposal }) => {
    const custodian = proposal.custodian?.seat;
    if (proposalPhase(proposal, people, now) !== "open") return false;
    if (!may(custodian ? "AnswerSealed" : "PackageAccepted", custodian ? "circle" : view.audience))
      return false;
    const sealed = custodian && answerAmong(snapshot, proposal.id, sitting.seat, custodian);
    return !sealed && !proposal.acceptedBy.includes(sitting.seat);
  }).length;
}

/** Packages whose answers this seat holds, with every answer there or the time for them over: one word is missing. */
function useCustody(view: TextView | undefined): number {
  const may = useMay(view?.text);
  const snapshot = useSnapshot();
  const { packages, people } = useView();
  const now = useNow();
  const seat = snapshot.sitting?.seat;
  if (!view || !seat || !may("PackageAgreed", view.audience)) return 0;
  const answered = (proposal: EventId, party: SeatId) =>
    answerAmong(snapshot, proposal, party, seat) !== undefined;
  return packages.filter(({ proposal }) => {
    if (proposal.custodian?.seat !== seat) return false;
    const phase = proposalPhase(proposal, people, now);
    if (phase !== "open" && phase !== "due") return false;
    return now >= proposal.answersUntil || principals(people).every((party) => answered(proposal.id, party));
  }).length;
}

/** What others agreed to already, and this principal has not: modalities, and powers that are lent only by all. */
function useTerms(): Counted {
  const may = useMay();
  const { state, sitting } = useSnapshot();
  const { people } = state;
  const seat = sitting?.seat;
  if (!seat || !isPrincipal(people, seat)) return [];
  const modalities = Object.values(people.modalities).filter(
    ({ id, acceptedBy }) =>
      id !== people.modalitiesInForce && !acceptedBy.includes(seat) && may("ModalitiesAccepted", "public"),
  );
  const lent = powers.filter(
    (power) =>
      may("PowerGranted", "public") &&
      people.grants[power][seat] === undefined &&
      principals(people).some((other) => people.grants[power][other] !== undefined),
  );
  return [
    ["waits.modalities", modalities.length, "/case/$caseId/contacts"],
    ["waits.lent", lent.length, "/case/$caseId"],
  ];
}

/** Marks that somebody of this head's delegation sealed after the head. */
function useUnagreed(): number {
  const snapshot = useSnapshot();
  const { sitting, state } = snapshot;
  if (!sitting || headOf(state.people, sitting.seat)?.id !== sitting.member) return 0;
  const last = circleAmong(snapshot, [sitting.seat])?.circle.state.preferences[sitting.seat];
  return last && last.by !== sitting.member ? 1 : 0;
}

function useConcluding(view: TextView | undefined): Counted {
  const may = useMay(view?.text);
  const seat = useSnapshot().sitting?.seat;
  const settled = useMemo(() => view && settledDraft(view.text), [view]);
  const releases = itemsOf(useView().rooms.public.releases);
  if (!view || !settled || !seat) return [];
  const { text, audience } = view;
  const principalDoes: readonly (readonly [WaitId, boolean])[] = [
    ["waits.confirm", may("AgreementConfirmed", audience) && !text.confirmedBy.includes(seat)],
    ["waits.close", may("TextClosed", audience) && !text.closed && !text.closings[seat]],
    ["waits.initial", may("TextInitialled", audience) && !text.initialled && !text.initials[seat]],
    ["waits.sign", may("TextSigned", audience) && text.initialled && !text.signatures[seat]],
  ];
  // One after the other: only the first of them can be done now.
  const first = settled.open.length === 0 ? principalDoes.find(([, waits]) => waits) : undefined;
  const answered = [...(text.accepted[seat] ?? []), ...(text.refused[seat] ?? [])];
  const unanswered = clauses(settled.draft).filter(
    ({ id, concerns }) => concerns?.includes(seat) && !answered.includes(id),
  ).length;
  const affected = may("ClausesAccepted", audience) && text.closed ? unanswered : 0;
  const asked = releasingOf(text, releases).texts.some(
    ({ release }) => release && !release.released && !release.releasedBy.includes(seat),
  );
  return [
    ...(first ? ([[first[0], 1, "/case/$caseId/conclusion"]] as const) : []),
    ["waits.release", asked && may("ReleaseAccepted", "public") ? 1 : 0, "/case/$caseId/conclusion"],
    ["waits.clauses", affected, "/case/$caseId/conclusion"],
  ];
}

function useBeside(): Counted {
  const may = useMay();
  const seat = useSnapshot().sitting?.seat;
  const now = useNow();
  const appointments = useAppointments();
  const rows = useRows(now);
  if (!seat) return [];
  const proposed = appointments.filter(
    ({ item, audience }) =>
      item.parties.includes(seat) &&
      !item.acceptedBy.includes(seat) &&
      !item.cancelled &&
      !item.held &&
      may("ContactAccepted", audience),
  ).length;
  const asked = rows.filter(({ waits, toUs }) => toUs && waits !== undefined).length;
  return [
    ["waits.messages", asked, "/case/$caseId/desk"],
    ["waits.contacts", proposed, "/case/$caseId/contacts"],
  ];
}

/** Seats opened after the case that wait for this principal's consent. */
function useUnconsented(): number {
  const may = useMay();
  const { state, sitting } = useSnapshot();
  if (!sitting || !may("SeatAccepted", "public") || !principals(state.people).includes(sitting.seat))
    return 0;
  return Object.values(state.people.seats).filter(
    ({ standing, consents }) => !standing && !consents.includes(sitting.seat),
  ).length;
}

/** Our own seat, said to be lost; and the seats of others of which our word is still missing. */
function useReopenings(): Counted {
  const may = useMay();
  const { state, sitting } = useSnapshot();
  const { people } = state;
  const reopened = Object.values(people.seats).filter(({ reopening }) => reopening !== undefined);
  const ours = reopened.filter(({ id }) => id === sitting?.seat && may("SeatHeld", "public"));
  const theirs = reopened.filter(
    ({ id, reopening }) =>
      may("SeatReopenSupported", "public") &&
      supportersNeeded(people, id).some((one) => one === sitting?.seat) &&
      !reopening?.supporters.some((one) => one === sitting?.seat),
  );
  return [
    ["waits.held", ours.length, "/case/$caseId"],
    ["waits.lost", theirs.length, "/case/$caseId"],
  ];
}

/** Seats that the convener opened and nobody took. Alone there is nobody to invite. */
function useEmptySeats(): number {
  const may = useMay();
  const { kept } = useCase();
  const { people } = useSnapshot().state;
  if (kept !== "server" || !may("PartyInvited", "public")) return 0;
  return Object.values(people.seats).filter(
    ({ taken, standing, kind }) => standing && !taken && kind !== "recorder",
  ).length;
}
