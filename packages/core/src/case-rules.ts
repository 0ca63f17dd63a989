/**
 * The rules of a case in the form in which a log asks for them: `ledger` checks who signed and where an entry stands, and
 * asks these last. Server, browser, command line and offline verifier use the same ones.
 */
import { fromBase64url } from "@parley/ledger/encoding";
import type { DeviceId, DeviceKeys, Entry, Event } from "@parley/ledger/event";
import { admit, apply } from "./case.ts";
import { admitToCircle, applyToCircle } from "./circle-log.ts";
import type { CircleState } from "./circles.ts";
import { find } from "./record.ts";
import type { Verdict } from "./refusal.ts";
import type { Verify } from "./rule.ts";
import type { CaseState, People } from "./state.ts";
import { type Surroundings, surroundingsOf } from "./surroundings.ts";

/** The log checks signatures over bytes; events carry base64url. */
interface LogContext {
  readonly at: string;
  verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/** A log before its first entry has no state. */
interface RulesOfLog<State, Around> {
  readonly initial: State;
  keysOf(state: State, around: Around, device: DeviceId, event: Event | undefined): DeviceKeys | undefined;
  admit(state: State, around: Around, event: Event, context: LogContext): Verdict;
  /** The keys in the body of an event that was admitted. */
  enrolled?(event: Event): readonly DeviceKeys[];
  apply(state: State, around: Around, entry: Entry): State;
}

export const sharedLogRules: RulesOfLog<CaseState | undefined, undefined> = {
  initial: undefined,
  keysOf: (state, _, device, event) =>
    (state && enrolledKeys(state.people, device)) ?? (event && broughtKeys(event)),
  admit: (state, _, event, context) => admit(state, event, { at: context.at, verify: verifier(context) }),
  enrolled: ({ kind, body }) => {
    if (!["CaseOpened", "MemberJoined", "DeviceAdded"].includes(kind)) return [];
    const bearer = kind === "CaseOpened" ? body["opener"] : body;
    return [keysIn(member(bearer, "keys")), keysIn(member(bearer, "recovery"))].filter(
      (keys) => keys !== undefined,
    );
  },
  apply: (state, _, entry) => apply(state, entry),
};

/** What lies around a circle is the case at the entry's shared head. */
export const circleLogRules: RulesOfLog<CircleState | undefined, Surroundings> = {
  initial: undefined,
  keysOf: (_, { people }, device) => enrolledKeys(people, device),
  admit: (circle, shared, event, context) =>
    admitToCircle(circle, event, { at: context.at, verify: verifier(context), shared }),
  apply: (circle, shared, entry) => applyToCircle(circle, entry, shared),
};

export const caseRules: {
  readonly shared: typeof sharedLogRules;
  circle(): typeof circleLogRules;
  around(state: CaseState | undefined, before?: Surroundings): Surroundings;
  keeper(state: CaseState | undefined): string;
} = {
  shared: sharedLogRules,
  circle: () => circleLogRules,
  around: (state, before) => {
    if (!state) throw new Error("nothing rests on a case before it is opened");
    return surroundingsOf(state, before);
  },
  keeper: (state) => state?.people.keeper ?? "",
};

function verifier(context: LogContext): Verify {
  return (key, message, signature) => context.verify(fromBase64url(key), message, fromBase64url(signature));
}

function enrolledKeys({ devices }: People, device: DeviceId): DeviceKeys | undefined {
  return find(devices, device)?.keys;
}

/**
 * Whoever opens a case or joins it brings the keys in the event that they sign. The body has not been checked when the
 * signature is: anything may stand there.
 */
function broughtKeys({ kind, body }: Event): DeviceKeys | undefined {
  if (kind === "CaseOpened") return keysIn(member(body["opener"], "keys"));
  return kind === "MemberJoined" ? keysIn(body["keys"]) : undefined;
}

function keysIn(value: unknown): DeviceKeys | undefined {
  const [signing, sealing] = [member(value, "signing"), member(value, "sealing")];
  return typeof signing === "string" && typeof sealing === "string" ? { signing, sealing } : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as { readonly [name: string]: unknown })[name]
    : undefined;
}
