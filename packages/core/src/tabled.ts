/**
 * Whether a proposal is still open. It lapses, and its brackets are free, when it is withdrawn, when the custodian who was
 * to open the answers no longer holds that power, or 24 hours after answers were due. Nothing folds the passing of time:
 * this is asked with the time at hand.
 */
import { bracketAnchor } from "./amending.ts";
import { holderOf } from "./people.ts";
import { itemsOf } from "./register.ts";
import type { Proposal, Room } from "./room.ts";
import type { People } from "./state.ts";
import { dayMs, instantMs } from "./time.ts";

export type ProposalPhase = "open" | "due" | "lapsed" | "agreed" | "notAgreed" | "withdrawn";

/** `due`: answers are no longer taken, the outcome may still come. */
export function proposalPhase(proposal: Proposal, people: People, at: string): ProposalPhase {
  if (proposal.outcome) return proposal.outcome;
  const late = instantMs(at) - instantMs(proposal.answersUntil);
  const { custodian } = proposal;
  const custody =
    !custodian ||
    (holderOf(people, "answers") === custodian.seat && people.tenures.answers === custodian.tenure);
  if (!custody || late > dayMs) return "lapsed";
  return late > 0 ? "due" : "open";
}

/** Whether a bracket or clause is part of a package that waits for answers. */
export function onTable(room: Room, draft: string, anchor: string, at: string, people: People): boolean {
  return itemsOf(room.proposals).some((proposal) => {
    const phase = proposalPhase(proposal, people, at);
    return (
      proposal.draft === draft &&
      (phase === "open" || phase === "due") &&
      Object.keys(proposal.package).some((bracket) => bracketAnchor(bracket) === anchor)
    );
  });
}
