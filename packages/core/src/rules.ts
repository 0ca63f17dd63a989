/**
 * What a keeper of cases needs: the rules, what a fold knows, and what each seat is given. The index has more, which
 * reckons packages and brings the solver; a server that starts has no use for that.
 */
export { calendarOf } from "./calendar.ts";
export { caseRules, circleLogRules, sharedLogRules } from "./case-rules.ts";
export type { CircleState } from "./circles.ts";
export type { SeatId } from "./ids.ts";
export { type TSchema, Type } from "./json-schema.ts";
export { invitationFor } from "./members.ts";
export { type Author, authorOf, phaseOf } from "./people.ts";
export type { Refusal } from "./refusal.ts";
export { itemsOf } from "./register.ts";
export { rights } from "./rights.ts";
export type { CaseState, People, RoomName } from "./state.ts";
export { type Given, givenAfter, givenNothing, isGivenAt, viewOf } from "./views.ts";
