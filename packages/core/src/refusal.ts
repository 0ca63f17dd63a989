/** By code, what its sentence names: whoever says it in another language needs the same. */
export const refusals = {
  "accepted-binds": ["clause"],
  "already-done": [],
  "already-open": [],
  "answer-final": [],
  "answers-closed": [],
  "bad-body": [],
  "bad-id": [],
  "bad-invitation": [],
  "bad-signature": [],
  "bracket-agreed": ["bracket"],
  "bracket-nested": ["bracket", "within"],
  "bracket-on-table": ["bracket"],
  "case-mismatch": [],
  "consents-missing": ["parties"],
  "contact-changed": [],
  "contact-parties": [],
  "contact-times": [],
  "demo-key": [],
  "device-revoked": [],
  "exercise-unmarked": ["code"],
  "full-powers": [],
  "id-taken": [],
  "invitation-ended": [],
  "invitation-past": [],
  "language-not-filed": ["language"],
  "last-head": [],
  "longest-wait": ["days"],
  "not-a-member": [],
  "not-agreed": [],
  "not-confirmed": [],
  "not-consented": [],
  "not-found": [],
  "not-in-audience": [],
  "not-received": [],
  "not-undertaken": [],
  "not-yours": [],
  "package-empty": [],
  "party-not-given": ["seat"],
  "power-missing": [],
  "recovery-only": [],
  "seat-taken": ["seat"],
  "second-officer": [],
  "source-needed": [],
  "stale-amendment": [],
  "stale-consent": [],
  "stale-recipients": [],
  "stale-revision": [],
  "still-open": ["brackets"],
  "too-early": [],
  "too-few-alternatives": [],
  "too-late": [],
  "too-many-devices": ["count"],
  "unknown-bracket": [],
  "unknown-clause": [],
  "unknown-kind": [],
  "unknown-option": [],
  "unknown-version": [],
  "words-not-found": [],
  "wrong-audience": [],
  "wrong-phase": [],
  "wrong-role": [],
  "wrong-seat": [],
  "wrong-text": [],
} as const;

/** An expected no: a value, never an exception. The code is for programs, the sentence for the person who is refused. */
export type RefusalCode = keyof typeof refusals;

type Named<C extends RefusalCode> = (typeof refusals)[C][number];

export interface Refusal {
  readonly code: RefusalCode;
  readonly sentence: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** undefined: nothing stands against it. */
export type Verdict = Refusal | undefined;

export function refuse<C extends RefusalCode>(
  code: C,
  sentence: string,
  ...named: [Named<C>] extends [never] ? [] : [Readonly<Record<Named<C>, string | number>>]
): Refusal {
  const [values] = named as readonly [Refusal["values"]?];
  return values ? { code, sentence, values } : { code, sentence };
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
