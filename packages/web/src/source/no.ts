/** An expected no. Its code is said in the reader's language; the sentence is the exact one, in English. */
import type { ApiProblem } from "@parley/server/client";

export interface No {
  readonly code: string;
  readonly sentence: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The codes that these pages give themselves, beside those of the rules, the log, the readers and the server. */
export type OwnCode =
  | "bad-file"
  | "bad-kit"
  | "bad-link"
  | "bad-preferences"
  | "no-device"
  | "not-given"
  | "not-text"
  | "not-yet-checked"
  | "offline"
  | "other-window"
  | "passkey-not-given"
  | "read-only"
  | "solver-ended"
  | "solver-fault"
  | "unsent";

/** A no of these pages. */
export function saysNo(code: OwnCode, sentence: string): No {
  return { code, sentence };
}

export function noOf({ code, message, values }: ApiProblem): No {
  return values ? { code, sentence: message, values } : { code, sentence: message };
}
