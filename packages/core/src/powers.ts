/**
 * Powers of third parties. Each is granted by every principal and ends when one of them revokes; a case with none of
 * them is complete. A principal names one seat for each power, so a new grant takes the place of its earlier one. Who
 * may read preferences is each party's own affair.
 */
import { holderOf, powers } from "./people.ts";
import { drop, find, including, put } from "./record.ts";
import { refuse, type Verdict } from "./refusal.ts";
import type { PeopleRule, PeopleRules } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import type { People, Power } from "./state.ts";

export const powerShapes = {
  PowerGranted: { power: "host | chair | pen | answers", to: "seat" },
  PowerRevoked: { power: "host | chair | pen | answers" },
  ReadingGranted: { to: "seat" },
  ReadingRevoked: { to: "seat" },
} as const;

const granted: PeopleRule<BodyOf<typeof powerShapes.PowerGranted>> = {
  admit: (people, body, act) => {
    if (find(people.grants[body.power], act.seat.id) === body.to) {
      return refuse("already-done", `Your delegation grants this power to "${body.to}" already.`);
    }
    return thirdParty(people, body.to);
  },
  apply: (people, body, act) =>
    withGrant(people, body.power, put(people.grants[body.power], act.seat.id, body.to)),
};

const revoked: PeopleRule<BodyOf<typeof powerShapes.PowerRevoked>> = {
  admit: (people, body, act) =>
    find(people.grants[body.power], act.seat.id)
      ? undefined
      : refuse("not-found", "Your delegation has not granted this power."),
  apply: (people, body, act) => withGrant(people, body.power, drop(people.grants[body.power], act.seat.id)),
};

function withGrant(people: People, power: Power, grants: People["grants"][Power]): People {
  return { ...people, grants: { ...people.grants, [power]: grants } };
}

/**
 * A change of holder begins a new tenure: what was entrusted to the old one is not entrusted to the next. Grants are not
 * all that changes a holder: a principal that joins has granted nothing yet.
 */
export function countTenures(before: People, after: People): People {
  const changed = powers.filter((power) => holderOf(before, power) !== holderOf(after, power));
  if (changed.length === 0) return after;
  const tenures = { ...after.tenures };
  for (const power of changed) tenures[power] += 1;
  return { ...after, tenures };
}

function thirdParty(people: People, to: string): Verdict {
  const seat = find(people.seats, to);
  if (!seat) return refuse("not-found", `There is no seat "${to}".`);
  if (!seat.standing)
    return refuse("not-consented", `The principals have not all consented to the seat "${to}".`);
  return seat.kind === "host" || seat.kind === "mediator"
    ? undefined
    : refuse("wrong-seat", "Powers are lent to a host or a mediator.");
}

const readingGranted: PeopleRule<BodyOf<typeof powerShapes.ReadingGranted>> = {
  admit: (people, body, act) =>
    (find(people.readers, act.seat.id) ?? []).includes(body.to)
      ? refuse("already-done", `"${body.to}" may read your preferences already.`)
      : thirdParty(people, body.to),
  apply: (people, body, act) => ({
    ...people,
    readers: put(people.readers, act.seat.id, including(find(people.readers, act.seat.id) ?? [], body.to)),
  }),
};

const readingRevoked: PeopleRule<BodyOf<typeof powerShapes.ReadingRevoked>> = {
  admit: (people, body, act) =>
    (find(people.readers, act.seat.id) ?? []).includes(body.to)
      ? undefined
      : refuse("not-found", `Your delegation has not let "${body.to}" read its preferences.`),
  apply: (people, body, act) => ({
    ...people,
    readers: put(
      people.readers,
      act.seat.id,
      (find(people.readers, act.seat.id) ?? []).filter((seat) => seat !== body.to),
    ),
  }),
};

export const powerRules: PeopleRules<typeof powerShapes> = {
  PowerGranted: granted,
  PowerRevoked: revoked,
  ReadingGranted: readingGranted,
  ReadingRevoked: readingRevoked,
};
