/**
 * Packages, and their acceptance. With a custodian acceptance is sealed: what the log carries is only the outcome, and an
 * agreement carries every party's own signature, so a custodian can hide an agreement but never invent one. Without a
 * custodian acceptance is open. Either way nothing is agreed without every principal (`protocol.md`, Packages).
 *
 * A package goes out as text: no name of a solution, no score, no gain has a place in its body.
 */
import { messageBytes } from "@parley/ledger/event";
import { brackets } from "@parley/text";
import { bracketAnchor } from "./amending.ts";
import { bracketOf, inText, noText } from "./drafting.ts";
import { allPrincipals, authorOf, headOf, holderOf, isPrincipal, principals } from "./people.ts";
import { find, including, put } from "./record.ts";
import { firstOf, refuse, type Verdict } from "./refusal.ts";
import { enter, itemOf } from "./register.ts";
import type { Proposal, Room } from "./room.ts";
import type { Act, RoomRule, RoomRules, Verify } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import type { People } from "./state.ts";
import { onTable, type ProposalPhase, proposalPhase } from "./tabled.ts";
import { dayMs, instantMs } from "./time.ts";
import { voiceOf } from "./voice.ts";

export const proposalShapes = {
  ProposalTabled: { draft: "id", revision: "hash", package: { "*": "slug" }, answersUntil: "time" },
  ProposalWithdrawn: { proposal: "id" },
  PackageAccepted: { proposal: "id" },
  PackageDeclined: { proposal: "id" },
  PackageAgreed: {
    proposal: "id",
    acceptances: [{ party: "seat", device: "device", nonce: "nonce", signature: "signature" }],
  },
  PackageNotAgreed: { proposal: "id" },
  AcceptancesShown: {
    proposal: "id",
    acceptances: [{ party: "seat", device: "device", nonce: "nonce", signature: "signature" }],
  },
} as const;

type Acceptances = BodyOf<typeof proposalShapes.PackageAgreed>["acceptances"];

/** What a party's head signs to accept, under `parley-answer/1`. */
export function answerMessage(
  caseId: string,
  proposal: string,
  { party, device, nonce }: Pick<Acceptances[number], "party" | "device" | "nonce">,
): Uint8Array {
  return messageBytes("parley-answer/1", { case: caseId, proposal, party, device, nonce });
}

const tabled: RoomRule<BodyOf<typeof proposalShapes.ProposalTabled>> = {
  admit: (room, body, act, people) =>
    firstOf(
      () => revisionIsCurrent(room, body.draft, body.revision),
      () => packageHolds(room, body, act, people),
      () => deadlineHolds(people, body.answersUntil, act.at),
    ),
  apply: (room, body, act, people) => {
    const seat = holderOf(people, "answers");
    const proposal: Proposal = {
      ...body,
      ...voiceOf({}, act),
      ...(seat ? { custodian: { seat, tenure: people.tenures.answers } } : {}),
      acceptedBy: [],
    };
    return { ...room, proposals: enter(room.proposals, proposal) };
  },
};

function revisionIsCurrent(room: Room, draft: string, revision: string): Verdict {
  const text = itemOf(room.texts, draft);
  if (!text) return noText();
  return text.revision === revision
    ? undefined
    : refuse("stale-revision", "The text has been amended since; table the package on its present revision.");
}

/** One alternative for each of some open brackets; a nested one only where its alternative is chosen. */
function packageHolds(
  room: Room,
  body: BodyOf<typeof proposalShapes.ProposalTabled>,
  act: Act,
  people: People,
): Verdict {
  const text = itemOf(room.texts, body.draft);
  if (!text) return noText();
  const chosen = Object.entries(body.package);
  if (chosen.length === 0) return refuse("package-empty", "A package settles at least one bracket.");
  const placed = new Map(brackets(text.draft).map((one) => [one.bracket.id as string, one]));
  for (const [bracket, option] of chosen) {
    if (!bracketOf(room, body.draft, bracket)?.options.some(({ id }) => id === option)) {
      return refuse(
        "not-found",
        `The text has no bracket "${bracket}" with an option "${option}" to choose.`,
      );
    }
    if (find(text.agreed, bracket))
      return refuse("bracket-agreed", `Bracket "${bracket}" is agreed; reopen it first.`, { bracket });
    if (onTable(room, text.id, bracketAnchor(bracket), act.at, people)) {
      return refuse("bracket-on-table", `Bracket "${bracket}" is in a proposal that waits for answers.`, {
        bracket,
      });
    }
    const parent = placed.get(bracket)?.parent;
    const taken = parent && (find(body.package, parent.bracket) ?? find(text.agreed, parent.bracket)?.option);
    if (parent && taken !== parent.option) {
      return refuse(
        "bracket-nested",
        `Bracket "${bracket}" exists only where "${parent.bracket}" is "${parent.option}".`,
        { bracket, within: parent.bracket },
      );
    }
  }
  return undefined;
}

function deadlineHolds(people: People, answersUntil: string, at: string): Verdict {
  const waitMs = instantMs(answersUntil) - instantMs(at);
  if (waitMs <= 0) return refuse("too-early", "Answers would have been due before the package is tabled.");
  const days = find(people.modalities, people.modalitiesInForce ?? "")?.answerDaysMax;
  return days !== undefined && waitMs > days * dayMs
    ? refuse("longest-wait", `The modalities let a package wait for at most ${days} days.`, { days })
    : undefined;
}

const withdrawn: RoomRule<BodyOf<typeof proposalShapes.ProposalWithdrawn>> = {
  admit: (room, body, act, people) =>
    firstOf(
      () => inPhase(room, body.proposal, act, people, ["open", "due"]),
      () =>
        itemOf(room.proposals, body.proposal)?.by === act.seat.id
          ? undefined
          : refuse("not-yours", "Another delegation tabled this package; only it withdraws."),
    ),
  apply: (room, body) => withOutcome(room, body.proposal, { outcome: "withdrawn" }),
};

const accepted: RoomRule<BodyOf<typeof proposalShapes.PackageAccepted>> = {
  admit: (room, body, act, people) =>
    firstOf(
      () => inPhase(room, body.proposal, act, people, ["open"]),
      () => isOpenlyAnswered(room, body.proposal),
      () =>
        itemOf(room.proposals, body.proposal)?.acceptedBy.includes(act.seat.id)
          ? refuse("already-done", "Your delegation has accepted this package already.")
          : undefined,
    ),
  apply: (room, body, act, people) => {
    const proposal = itemOf(room.proposals, body.proposal);
    if (!proposal) return room;
    const acceptedBy = including(proposal.acceptedBy, act.seat.id);
    const answered = { ...room, proposals: enter(room.proposals, { ...proposal, acceptedBy }) };
    return allPrincipals(people, acceptedBy) ? agree(answered, proposal.id) : answered;
  },
};

const declined: RoomRule<BodyOf<typeof proposalShapes.PackageDeclined>> = {
  admit: (room, body, act, people) =>
    firstOf(
      () => inPhase(room, body.proposal, act, people, ["open"]),
      () => isOpenlyAnswered(room, body.proposal),
    ),
  apply: (room, body, act) =>
    withOutcome(room, body.proposal, { outcome: "notAgreed", declinedBy: act.seat.id }),
};

function isOpenlyAnswered(room: Room, id: string): Verdict {
  return itemOf(room.proposals, id)?.custodian
    ? refuse("wrong-phase", "Answers to this package are sealed to the custodian, not given openly.")
    : undefined;
}

const agreed: RoomRule<BodyOf<typeof proposalShapes.PackageAgreed>> = {
  admit: (room, body, act, people, verify) =>
    firstOf(
      () => inPhase(room, body.proposal, act, people, ["open", "due"]),
      () => isCustodian(room, body.proposal, act),
      () => acceptancesHold(people, body.proposal, body.acceptances, act, verify),
    ),
  apply: (room, body) => agree(room, body.proposal),
};

const notAgreed: RoomRule<BodyOf<typeof proposalShapes.PackageNotAgreed>> = {
  admit: (room, body, act, people) =>
    firstOf(
      () => inPhase(room, body.proposal, act, people, ["open", "due"]),
      () => isCustodian(room, body.proposal, act),
      () =>
        act.at < (itemOf(room.proposals, body.proposal)?.answersUntil ?? "")
          ? refuse("too-early", "That a package is not agreed is said when answers are due, not before.")
          : undefined,
    ),
  apply: (room, body) => withOutcome(room, body.proposal, { outcome: "notAgreed" }),
};

function isCustodian(room: Room, id: string, act: Act): Verdict {
  const custodian = itemOf(room.proposals, id)?.custodian?.seat;
  return custodian === act.seat.id
    ? undefined
    : refuse("not-yours", "Only the custodian of this package's answers says what came of it.");
}

/** Every principal once, each by a device in use of its present head. */
function acceptancesHold(
  people: People,
  proposal: string,
  acceptances: Acceptances,
  act: Act,
  verify: Verify,
): Verdict {
  const needed = principals(people);
  const given = acceptances.map((acceptance) => acceptance.party);
  if (given.length !== needed.length || new Set(given).size !== given.length) {
    return refuse("not-consented", "An agreement carries one acceptance of each principal.");
  }
  for (const acceptance of acceptances) {
    const { party, device, signature } = acceptance;
    const author = authorOf(people, device);
    if (!isPrincipal(people, party)) return refuse("wrong-seat", `"${party}" is not a principal.`);
    if (author?.seat.id !== party || headOf(people, party)?.id !== author.member.id) {
      return refuse("wrong-role", `The acceptance of "${party}" is not signed by its present head.`);
    }
    if (author.device.revoked || author.device.recovery) {
      return refuse("device-revoked", `The acceptance of "${party}" is signed by a device that may not.`);
    }
    if (!verify(author.device.keys.signing, answerMessage(act.caseId, proposal, acceptance), signature)) {
      return refuse("bad-signature", `The acceptance of "${party}" does not verify.`);
    }
  }
  return undefined;
}

const acceptancesShown: RoomRule<BodyOf<typeof proposalShapes.AcceptancesShown>> = {
  admit: (room, body, act, people, verify) =>
    firstOf(
      () => inPhase(room, body.proposal, act, people, ["notAgreed", "lapsed"]),
      () => acceptancesHold(people, body.proposal, body.acceptances, act, verify),
    ),
  apply: (room, body) => {
    const proposal = itemOf(room.proposals, body.proposal);
    if (!proposal) return room;
    return { ...room, proposals: enter(room.proposals, { ...proposal, disproved: true }) };
  },
};

function inPhase(
  room: Room,
  id: string,
  act: Act,
  people: People,
  phases: readonly ProposalPhase[],
): Verdict {
  const proposal = itemOf(room.proposals, id);
  if (!proposal) return refuse("not-found", "There is no such proposal in this audience.");
  const phase = proposalPhase(proposal, people, act.at);
  return phases.includes(phase)
    ? undefined
    : refuse(
        phase === "due" || phase === "lapsed" ? "too-late" : "wrong-phase",
        `This proposal is ${phase}.`,
      );
}

function withOutcome(room: Room, id: string, outcome: Pick<Proposal, "outcome" | "declinedBy">): Room {
  const proposal = itemOf(room.proposals, id);
  return proposal ? { ...room, proposals: enter(room.proposals, { ...proposal, ...outcome }) } : room;
}

/** Its brackets are agreed ad referendum; capitals confirm what is agreed now, so earlier confirmations are spent. */
function agree(room: Room, id: string): Room {
  const proposal = itemOf(room.proposals, id);
  if (!proposal) return room;
  const settled = {
    ...room,
    proposals: enter(room.proposals, { ...proposal, outcome: "agreed" as const }),
  };
  return inText(settled, proposal.draft, (text) => {
    let brackets = text.agreed;
    for (const [bracket, option] of Object.entries(proposal.package)) {
      brackets = put(brackets, bracket, { option, proposal: proposal.id });
    }
    return { ...text, agreed: brackets, confirmedBy: [], closings: {} };
  });
}

export const proposalRules: RoomRules<typeof proposalShapes> = {
  ProposalTabled: tabled,
  ProposalWithdrawn: withdrawn,
  PackageAccepted: accepted,
  PackageDeclined: declined,
  PackageAgreed: agreed,
  PackageNotAgreed: notAgreed,
  AcceptancesShown: acceptancesShown,
};
