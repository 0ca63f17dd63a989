/** The rules of a case in the shape in which the ledger asks for them. */
import {
  admit,
  admitToCircle,
  apply,
  applyToCircle,
  type CaseState,
  type CircleState,
  type Refusal,
  type Verify,
} from "@parley/core";
import {
  areDeviceKeys,
  type CaseRules,
  type DeviceId,
  type DeviceKeys,
  deviceId,
  type Event,
  fromBase64url,
  type Json,
  type LogRules,
  type VerifySignature,
} from "@parley/ledger";

/** `core` names keys and signatures as events do, in base64url. */
function verifier(verify: VerifySignature): Verify {
  return (key, message, signature) => verify(fromBase64url(key), message, fromBase64url(signature));
}

/** The keys that an opening or a joining brings itself; nothing is known yet of the body's shape. */
function broughtKeys(event: Event, device: DeviceId): DeviceKeys | undefined {
  const opener = event.kind === "CaseOpened" ? member(event.body["opener"], "keys") : undefined;
  const keys = event.kind === "MemberJoined" ? event.body["keys"] : opener;
  const brought = { signing: member(keys, "signing"), sealing: member(keys, "sealing") };
  if (typeof brought.signing !== "string" || typeof brought.sealing !== "string") return undefined;
  const found: DeviceKeys = { signing: brought.signing, sealing: brought.sealing };
  return areDeviceKeys(found) && deviceId(found) === device ? found : undefined;
}

function member(value: Json | undefined, name: string): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, name)
    ? (value as { readonly [key: string]: Json })[name]
    : undefined;
}

function knownKeys(state: CaseState | undefined, device: DeviceId): DeviceKeys | undefined {
  return state && Object.hasOwn(state.people.devices, device)
    ? state.people.devices[device]?.keys
    : undefined;
}

export const sharedRules: LogRules<CaseState | undefined, undefined, Refusal> = {
  initial: undefined,
  keysOf: (state, _around, device, event) =>
    knownKeys(state, device) ?? (event ? broughtKeys(event, device) : undefined),
  admit: (state, _around, event, { at, verify }) => admit(state, event, { at, verify: verifier(verify) }),
  apply: (state, _around, entry) => apply(state, entry),
};

export const circleRules: LogRules<CircleState | undefined, CaseState, Refusal> = {
  initial: undefined,
  keysOf: (_state, around, device) => knownKeys(around, device),
  admit: (state, around, event, { at, verify }) =>
    admitToCircle(state, event, { at, verify: verifier(verify), shared: around }),
  apply: (state, around, entry) => applyToCircle(state, entry, around),
};

export const caseRules: CaseRules<CaseState | undefined, CircleState | undefined, CaseState, Refusal> = {
  shared: sharedRules,
  circle: () => circleRules,
  around: (state) => {
    if (!state) throw new Error("a circle rests on a case that is open");
    return state;
  },
  keeper: (state) => state?.people.keeper ?? "",
};
