/** The agreed how of the talks. Whoever chairs, hosts or is a principal proposes; in force once every principal accepts. */
import { allPrincipals } from "./people.ts";
import { find, including, put } from "./record.ts";
import { refuse } from "./refusal.ts";
import type { PeopleRule, PeopleRules } from "./rule.ts";
import type { BodyOf } from "./shape.ts";

export const modalityShapes = {
  ModalitiesProposed: {
    participation: "text",
    venue: "text",
    languages: ["language"],
    confidentiality: "text",
    press: "text",
    retention: "text",
    "answerDaysMax?": "count",
  },
  ModalitiesAccepted: { modalities: "id" },
} as const;

const proposed: PeopleRule<BodyOf<typeof modalityShapes.ModalitiesProposed>> = {
  admit: () => undefined,
  apply: (people, body, act) => ({
    ...people,
    modalities: put(people.modalities, act.id, { ...body, id: act.id, by: act.seat.id, acceptedBy: [] }),
  }),
};

const accepted: PeopleRule<BodyOf<typeof modalityShapes.ModalitiesAccepted>> = {
  admit: (people, body, act) => {
    const proposal = find(people.modalities, body.modalities);
    if (!proposal) return refuse("not-found", "There are no such modalities.");
    return proposal.acceptedBy.includes(act.seat.id)
      ? refuse("already-done", "Your delegation has accepted these modalities already.")
      : undefined;
  },
  apply: (people, body, act) => {
    const proposal = find(people.modalities, body.modalities);
    if (!proposal) return people;
    const acceptedBy = including(proposal.acceptedBy, act.seat.id);
    const next = { ...proposal, acceptedBy };
    // Whoever agreed to these holds to nothing that they accepted before: the last word of another would bring it back.
    return allPrincipals(people, acceptedBy)
      ? { ...people, modalities: put({}, proposal.id, next), modalitiesInForce: proposal.id }
      : { ...people, modalities: put(people.modalities, proposal.id, next) };
  },
};

export const modalityRules: PeopleRules<typeof modalityShapes> = {
  ModalitiesProposed: proposed,
  ModalitiesAccepted: accepted,
};
