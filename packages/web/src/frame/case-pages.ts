/** The pages of a case, in the order of the bar. `privately`: what only one's own side can read. */
import type { MessageId } from "../messages/words.ts";

export interface CasePage {
  readonly path: string;
  readonly name: MessageId;
  readonly privately?: true;
}

export const casePages: readonly CasePage[] = [
  { path: "/case/$caseId", name: "nav.overview" },
  { path: "/case/$caseId/text", name: "nav.text" },
  { path: "/case/$caseId/side", name: "nav.side", privately: true },
  { path: "/case/$caseId/channels", name: "nav.channels" },
  { path: "/case/$caseId/record", name: "nav.record" },
];
