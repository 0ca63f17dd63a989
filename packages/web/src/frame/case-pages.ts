/** The pages of a case, in the order of the bar. `privately`: what only one's own side can read. */
import type { MessageId } from "../messages/words.ts";

export interface CasePage {
  readonly path: string;
  readonly name: MessageId;
  readonly privately?: true;
  /** Left out of the bar of other cases. */
  readonly only?: "recorded" | "negotiated";
  /** Pages that are reached from it, and in the bar are part of it. */
  readonly within?: readonly string[];
}

export const casePages: readonly CasePage[] = [
  { path: "/case/$caseId", name: "nav.overview" },
  { path: "/case/$caseId/contacts", name: "nav.contacts", within: ["readouts", "summit", "positions"] },
  { path: "/case/$caseId/desk", name: "nav.desk", only: "negotiated" },
  { path: "/case/$caseId/measures", name: "nav.measures", within: ["levers"] },
  { path: "/case/$caseId/facts", name: "nav.facts", only: "recorded" },
  { path: "/case/$caseId/text", name: "nav.text", only: "negotiated", within: ["bring"] },
  { path: "/case/$caseId/side", name: "nav.side", privately: true, only: "negotiated" },
  { path: "/case/$caseId/packages", name: "nav.packages", privately: true, only: "negotiated" },
  { path: "/case/$caseId/answer", name: "nav.answer", only: "negotiated" },
  { path: "/case/$caseId/conclusion", name: "nav.conclusion", only: "negotiated" },
  { path: "/case/$caseId/channels", name: "nav.channels", only: "negotiated" },
  { path: "/case/$caseId/record", name: "nav.record" },
];
