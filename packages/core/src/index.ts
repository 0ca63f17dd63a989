export * from "./aligning.ts";
export type { Change } from "./amending.ts";
export { isAgreed, meetingFor } from "./appointments.ts";
export * from "./bargaining.ts";
export * from "./calendar.ts";
export * from "./case.ts";
export * from "./case-file.ts";
export * from "./case-record.ts";
export * from "./case-rules.ts";
export * from "./case-story.ts";
export * from "./choice-tree.ts";
export * from "./circle-log.ts";
export {
  type CircleState,
  isCommon,
  type Message,
  type Paper,
  type SealedAnswer,
  type SealedPreferences,
  stanceSeats,
} from "./circles.ts";
export * from "./clocks.ts";
export {
  type AuthenticText,
  authenticTexts,
  isSameClosing,
  settledDraft,
  settlementOf,
} from "./concluding.ts";
export { expectationsOf } from "./contacts.ts";
export * from "./demo-keys.ts";
export * from "./draft-hash.ts";
export { changedSince, phaseOfText } from "./drafting.ts";
export * from "./ids.ts";
export { type TSchema, Type } from "./json-schema.ts";
export { keeperMessage } from "./keeping.ts";
export { type Body, type EventKind, eventKinds, isEventKind, schemas } from "./kinds.ts";
export * from "./lever-state.ts";
export * from "./measure-graph.ts";
export * from "./measure-state.ts";
export { invitationFor, inviteMessage } from "./members.ts";
export { checkMessage } from "./notifications.ts";
export * from "./people.ts";
export * from "./preferences.ts";
export { answerMessage } from "./proposals.ts";
export * from "./read-valuation.ts";
export { type Refusal, type RefusalCode, refusals, type Verdict } from "./refusal.ts";
export { emptyRegister, enter, itemOf, itemsOf, type Register } from "./register.ts";
export { type Issuer, type Issuers, mayIssue, type Right, rights, type Standing } from "./rights.ts";
export * from "./room.ts";
export type { Context, Verify } from "./rule.ts";
export { isReopened, reopeningMs, supportersNeeded } from "./seats.ts";
export type { Person, Source } from "./shape.ts";
export * from "./starting-formats.ts";
export * from "./state.ts";
export { type Surroundings, surroundingsOf } from "./surroundings.ts";
export { type ProposalPhase, proposalPhase } from "./tabled.ts";
export * from "./text-linkages.ts";
export * from "./valuation.ts";
export * from "./views.ts";
