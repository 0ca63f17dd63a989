/** An expected no: a value, never an exception. The code is for programs, the sentence for the person who is refused. */
export type RefusalCode =
  | "already-done"
  | "already-open"
  | "bad-body"
  | "bad-invitation"
  | "bad-signature"
  | "bracket-agreed"
  | "bracket-on-table"
  | "case-mismatch"
  | "demo-key"
  | "device-revoked"
  | "last-head"
  | "not-agreed"
  | "not-a-member"
  | "not-at-table"
  | "not-consented"
  | "not-found"
  | "not-in-audience"
  | "not-yours"
  | "power-missing"
  | "recovery-only"
  | "seat-taken"
  | "source-needed"
  | "stale-amendment"
  | "stale-recipients"
  | "stale-revision"
  | "too-early"
  | "too-late"
  | "unknown-kind"
  | "unknown-version"
  | "wrong-audience"
  | "wrong-phase"
  | "wrong-role"
  | "wrong-seat"
  | "wrong-text";

export interface Refusal {
  readonly code: RefusalCode;
  readonly sentence: string;
}

/** undefined: nothing stands against it. */
export type Verdict = Refusal | undefined;

export function refuse(code: RefusalCode, sentence: string): Refusal {
  return { code, sentence };
}

/** The first refusal of several checks, each made only if those before it passed. */
export function firstOf(...checks: readonly (() => Verdict)[]): Verdict {
  for (const check of checks) {
    const refusal = check();
    if (refusal) return refusal;
  }
  return undefined;
}

export function isRefusal(value: object): value is Refusal {
  return "code" in value && "sentence" in value && !("ok" in value);
}
