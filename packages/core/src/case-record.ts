/**
 * Reads `parley-record/1` (docs/formats/events.md): a case that a recorder wrote down from public sources, as bodies of
 * events in order. The parties' seats have no devices, so nothing in it is signed for a real person; every fact carries
 * its source. Labels such as `@call` stand for the ids that events get only when they are made.
 */
import type { JsonObject } from "@parley/ledger/canonical";
import { base64url } from "@parley/ledger/encoding";
import {
  caseId,
  type DeviceKeys,
  deviceId,
  type Event,
  type EventId,
  emptyHead,
  eventId,
  sharedLog,
} from "@parley/ledger/event";
import { jsonHash } from "@parley/ledger/hash";
import { admit, apply } from "./case.ts";
import { demoKeys } from "./demo-keys.ts";
import { faultOf } from "./fault.ts";
import type { Body } from "./kinds.ts";
import { type BodyOf, schemaOf } from "./shape.ts";
import type { CaseState } from "./state.ts";

const recordShape = {
  format: "name",
  title: "name",
  recordedAt: "time",
  "exercise?": "yes",
  seats: [
    {
      seat: "seat",
      kind: "principal | host | mediator | affected | observer | recorder",
      name: "name",
      "code?": "letters",
    },
  ],
  recorder: { seat: "seat", name: "name", office: "name" },
  events: [{ "label?": "slug", kind: "name", body: "object" }],
} as const;
const recordSchema = schemaOf(recordShape);

export type CaseRecord = BodyOf<typeof recordShape>;
export type RecordErrorCode = "bad-json" | "bad-format" | "bad-label" | "refused";

/** What is wrong with a record, and where: `events[4]` or a path such as `seats[0].kind`. */
export class RecordError extends Error {
  readonly code: RecordErrorCode;
  readonly place: string;

  constructor(code: RecordErrorCode, place: string, sentence: string) {
    super(`${place}: ${sentence}`);
    this.name = "RecordError";
    this.code = code;
    this.place = place;
  }
}

/** A record from its JSON text or the value of it. Throws `RecordError`. */
export function readCaseRecord(json: unknown): CaseRecord {
  const value = typeof json === "string" ? parse(json) : json;
  const fault = faultOf(recordSchema, value, "record");
  if (fault) throw new RecordError("bad-format", "record", `${fault}.`);
  const record = value as CaseRecord;
  if (record.format !== "parley-record/1") {
    throw new RecordError("bad-format", "record", `the format "${record.format}" is not parley-record/1.`);
  }
  const own = record.seats.find(({ seat }) => seat === record.recorder.seat);
  if (own?.kind !== "recorder") {
    throw new RecordError("bad-format", "record", "recorder.seat must name a seat of kind recorder.");
  }
  return record;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new RecordError("bad-json", "record", "this is not JSON.");
  }
}

/** Who opens and signs: the recorder's device, and the key of the log's keeper. */
export interface Recording {
  readonly keys: DeviceKeys;
  readonly keeper: string;
}

/** The body of the opening of a recorded case. It is a demo: its keys may be the published ones. */
export function openingOf(record: CaseRecord, { keys, keeper }: Recording): Body<"CaseOpened"> {
  const { title, seats, recorder, exercise } = record;
  return {
    title,
    keeper,
    nonce: jsonHash({ title, recordedAt: record.recordedAt }).slice(0, 22),
    demo: true,
    ...(exercise ? { exercise } : {}),
    seats,
    convener: recorder.seat,
    opener: { name: recorder.name, office: recorder.office, keys },
  };
}

/**
 * Hands the events after the opening to `append`, in order and with their labels resolved. `append` makes, signs and
 * stores each, and gives its id. Throws `RecordError` for a label that is given twice, or not before its use.
 */
export function playRecord(
  record: CaseRecord,
  append: (kind: string, body: JsonObject, place: string) => EventId,
): void {
  const ids = new Map<string, EventId>();
  for (const [i, { label, kind, body }] of record.events.entries()) {
    const place = `events[${i}]`;
    if (label !== undefined && ids.has(label)) {
      throw new RecordError("bad-label", place, `the label "${label}" was given before.`);
    }
    const id = append(kind, withIds(body, ids, place), place);
    if (label !== undefined) ids.set(label, id);
  }
}

/** Only ids are written as labels, and they stand at the top of a body. */
function withIds(body: JsonObject, ids: ReadonlyMap<string, EventId>, place: string): JsonObject {
  const resolved = Object.entries(body).map(([key, value]) => {
    if (typeof value !== "string" || !value.startsWith("@")) return [key, value] as const;
    const id = ids.get(value.slice(1));
    if (!id) throw new RecordError("bad-label", place, `no event before this one has the label "${value}".`);
    return [key, id] as const;
  });
  return Object.fromEntries(resolved);
}

/** The state of a recorded case, without a server and without signatures. Throws `RecordError` where an event is refused. */
export function foldCaseRecord(record: CaseRecord): CaseState {
  const keys = { signing: demoKeys[0] ?? "", sealing: base64url(new Uint8Array(1216)) };
  const opening = openingOf(record, { keys, keeper: keys.signing });
  const at = record.recordedAt;
  let n = 0;
  let state: CaseState | undefined;
  const append = (kind: string, body: JsonObject, place: string): EventId => {
    const event: Event = {
      v: 1,
      case: caseId(opening),
      log: sharedLog,
      kind,
      author: deviceId(keys),
      n: n++,
      after: emptyHead,
      audience: "public",
      salt: jsonHash({ place }).slice(0, 22),
      body,
    };
    const refusal = admit(state, event, { at, verify: () => false });
    if (refusal) throw new RecordError("refused", place, refusal.sentence);
    state = apply(state, { event, signature: "", at });
    return eventId(event);
  };
  append("CaseOpened", opening, "opening");
  playRecord(record, append);
  if (!state) throw new Error("a case that was opened has a state");
  return state;
}
