/**
 * A case: `admit` says whether an event may be appended to its shared log, `apply` folds an entry. Server, browser and
 * offline verifier run the same two. Signatures of entries, ids, numbers, heads and the order of times are the ledger's
 * business and are checked before. This file only composes; each concept has its rules in its own module.
 */
import { type Entry, type Event, eventId, sharedLog } from "@parley/ledger/event";
import { appointmentRules } from "./appointments.ts";
import { admitAuthor, admitIssue, admitSealedPart, authorFor, readEvent } from "./border.ts";
import { concludingRules } from "./concluding.ts";
import { contactRules } from "./contacts.ts";
import { deviceRules } from "./devices.ts";
import { draftingRules, phaseOfText, textOf } from "./drafting.ts";
import { keepingRules } from "./keeping.ts";
import type { Body } from "./kinds.ts";
import { leverRules } from "./levers.ts";
import { measureRules } from "./measures.ts";
import { memberRules } from "./members.ts";
import { modalityRules } from "./modalities.ts";
import { notificationRules } from "./notifications.ts";
import { admitOpening, applyOpening } from "./opening.ts";
import { isGiven, roomsOf } from "./people.ts";
import { postRules } from "./posts.ts";
import { countTenures, powerRules } from "./powers.ts";
import { proposalRules } from "./proposals.ts";
import { drop, find, put, type Table } from "./record.ts";
import { firstOf, isRefusal, refuse, type Verdict } from "./refusal.ts";
import { rights } from "./rights.ts";
import type { Room } from "./room.ts";
import type { Act, Context, PeopleRule, RoomRule } from "./rule.ts";
import { endReopening, seatRules } from "./seats.ts";
import type { CaseState, People, RoomName } from "./state.ts";
import { statementRules } from "./statements.ts";
import { admitVoice, type Spoken } from "./voice.ts";

const peopleRules: Table<PeopleRule<never>> = {
  ...seatRules,
  ...keepingRules,
  ...memberRules,
  ...deviceRules,
  ...postRules,
  ...powerRules,
  ...modalityRules,
};
const roomRules: Table<RoomRule<never>> = {
  ...contactRules,
  ...appointmentRules,
  ...statementRules,
  ...draftingRules,
  ...proposalRules,
  ...concludingRules,
  ...measureRules,
  ...leverRules,
  ...notificationRules,
};

/**
 * Whether this event may be appended, at the time that the keeper gives it. `state` is undefined before the first entry.
 * undefined: yes.
 */
export function admit(state: CaseState | undefined, event: Event, context: Context): Verdict {
  const read = readEvent(event);
  if (isRefusal(read)) return read;
  if (!state) {
    return read.kind === "CaseOpened" && event.audience === "public" && event.log === sharedLog
      ? admitOpening(event, read.body as Body<"CaseOpened">)
      : refuse("wrong-phase", "A case begins with CaseOpened, which is public.");
  }
  const { people } = state;
  const audience = event.audience;
  if (event.log !== sharedLog || audience === "circle") {
    return refuse("wrong-audience", "This event is not for the shared log.");
  }
  if (event.case !== people.caseId) return refuse("case-mismatch", "This event belongs to another case.");
  const author = authorFor(people, event);
  if (!author) return admitAuthor(author);
  const act: Act = { ...author, id: read.id, at: context.at, caseId: people.caseId, event };
  const text = textOf(state.rooms[audience], read.body);
  return firstOf(
    () => admitAuthor(author),
    () => admitIssue(people, read.kind, author, audience, text && phaseOfText(text)),
    () =>
      isGiven(people, author.seat.id, audience)
        ? undefined
        : refuse("not-in-audience", `The seat "${author.seat.id}" is not in the audience ${audience}.`),
    () => admitSealedPart(read.kind, event),
    () => (rights[read.kind].recordable ? admitVoice(people, read.body as Spoken, act) : undefined),
    () =>
      find(peopleRules, read.kind)?.admit(people, read.body as never, act, context.verify) ??
      find(roomRules, read.kind)?.admit(
        state.rooms[audience],
        read.body as never,
        act,
        people,
        context.verify,
      ),
  );
}

/** The state after an admitted entry. Total: what it does not know leaves the state as it is. */
export function apply(state: CaseState | undefined, entry: Entry): CaseState | undefined {
  const { event, at } = entry;
  if (!state) {
    return event.kind === "CaseOpened"
      ? applyOpening(event, event.body as Body<"CaseOpened">, at)
      : undefined;
  }
  const { people } = state;
  const author = authorFor(people, event);
  if (!author || event.audience === "circle") return state;
  const act: Act = { ...author, id: eventId(event), at, caseId: people.caseId, event };
  const inPeople = find(peopleRules, event.kind);
  const inRoom = find(roomRules, event.kind);
  const after = inPeople ? countTenures(people, inPeople.apply(people, event.body as never, act)) : people;
  const present = event.audience === "public" ? endReopening(after, author.seat.id) : after;
  const room = state.rooms[event.audience];
  const rooms = inRoom
    ? { ...state.rooms, [event.audience]: inRoom.apply(room, event.body as never, act, people) }
    : state.rooms;
  return { people: present, rooms, left: leave(state, present) };
}

/** Seats that are in fewer audiences now keep these rooms as they were; seats that came back need no copy. */
function leave(before: CaseState, after: People): CaseState["left"] {
  if (before.people === after) return before.left;
  let left = before.left;
  for (const seat of Object.values(after.seats)) {
    const now = roomsOf(after, seat.id);
    const kept: { [R in RoomName]?: Room } = { ...find(left, seat.id) };
    for (const room of roomsOf(before.people, seat.id)) kept[room] ??= before.rooms[room];
    for (const room of now) delete kept[room];
    if (Object.keys(kept).length > 0) left = put(left, seat.id, kept);
    else if (find(left, seat.id)) left = drop(left, seat.id);
  }
  return left;
}
