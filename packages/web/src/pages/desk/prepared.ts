/**
 * Messages that a desk has prepared and a second officer checks. They stay in the delegation's own circle, sealed to its
 * devices: the other side learns nothing of what was prepared, only of what was sent.
 */
import type { Body, MemberId, RoomName } from "@parley/core";
import { itemsOf } from "@parley/core";
import type { Entry, EventId, Json, JsonObject } from "@parley/ledger";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { useCase, useSnapshot } from "../../source/case-context.tsx";
import type { CaseSnapshot, CaseSource } from "../../source/case-source.ts";
import { circleAmong, openCircle } from "../../source/circles.ts";
import { type No, saysNo } from "../../source/no.ts";

export type Message = Body<"NotificationSent">["message"];
export type Check = Body<"NotificationSent">["check"];

export interface Prepared {
  readonly id: EventId;
  readonly by: MemberId;
  readonly at: string;
  readonly audience: RoomName;
  readonly message: Message;
  /** The second officer's signature, and who that is. */
  readonly check?: Check & { readonly by: MemberId };
  /** Signed and sent from here, and not at the server yet. */
  readonly queued: boolean;
}

const preparedFormat = "parley-prepared/1";
const checkedFormat = "parley-checked/1";
const droppedFormat = "parley-dropped/1";

interface Opened {
  readonly id: EventId;
  readonly by: MemberId;
  readonly at: string;
  readonly value: JsonObject;
}

/** What was prepared and not sent yet. */
export function usePrepared(): readonly Prepared[] {
  const source = useCase();
  const snapshot = useSnapshot();
  const waiting = useSyncExternalStore(source.subscribe, source.waiting);
  const seat = snapshot.sitting?.seat;
  const own = seat === undefined ? undefined : circleAmong(snapshot, [seat])?.circle;
  const count = own ? itemsOf(own.state.messages).length : 0;
  const opened = useQuery({
    queryKey: ["prepared", source.id, snapshot.sitting?.device ?? "", count],
    queryFn: () => openAll(source, snapshot),
    staleTime: Infinity,
    structuralSharing: false,
    placeholderData: (before) => before,
  });
  return useMemo(() => {
    const signed = (list: readonly { readonly event: Entry["event"] }[]) =>
      new Set(
        list.flatMap(({ event }) =>
          event.kind === "NotificationSent" ? [(event.body as Body<"NotificationSent">).check.signature] : [],
        ),
      );
    return unsent(opened.data ?? [], signed(snapshot.entries), signed(waiting));
  }, [opened.data, snapshot.entries, waiting]);
}

async function openAll(source: CaseSource, snapshot: CaseSnapshot): Promise<readonly Opened[]> {
  const seat = snapshot.sitting?.seat;
  const own = seat === undefined ? undefined : circleAmong(snapshot, [seat])?.circle;
  if (!own) return [];
  const all = await Promise.all(
    itemsOf(own.state.messages).map(async ({ id, by, at }): Promise<readonly Opened[]> => {
      const entry = own.byId.get(id);
      const value = entry && (await source.unseal(entry.event));
      return typeof value === "object" && value !== null && !Array.isArray(value)
        ? [{ id, by, at, value: value as JsonObject }]
        : [];
    }),
  );
  return all.flat();
}

/** What somebody of the delegation sealed need not have the shape of a message: then it is none. */
function isMessage(value: unknown): value is Message {
  const { channel, format, to, fields, answers } = membersOf(value);
  return (
    [channel, format, to, answers ?? "", ...Object.values(membersOf(fields))].every(isText) && isTable(fields)
  );
}

function isCheck(value: unknown): value is Check {
  const { device, signature } = membersOf(value);
  return [device, signature].every(isText);
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return isTable(value) ? value : {};
}

const isText = (value: unknown): value is string => typeof value === "string";
const isRoom = (value: unknown): value is RoomName =>
  value === "table" || value === "consulted" || value === "public";

export function unsent(
  opened: readonly Opened[],
  sent: ReadonlySet<string>,
  waiting: ReadonlySet<string>,
): readonly Prepared[] {
  const checks = new Map<unknown, Check & { readonly by: MemberId }>();
  const dropped = new Set<unknown>();
  for (const { by, value } of opened) {
    const check = value["format"] === checkedFormat ? value["check"] : undefined;
    if (isCheck(check)) checks.set(value["prepared"], { ...check, by });
    if (value["format"] === droppedFormat) dropped.add(value["prepared"]);
  }
  return opened.flatMap(({ id, by, at, value }): Prepared[] => {
    if (value["format"] !== preparedFormat || dropped.has(id)) return [];
    const check = checks.get(id);
    if (check && sent.has(check.signature)) return [];
    const { message, audience } = value;
    if (!isMessage(message) || !isRoom(audience)) return [];
    const queued = check !== undefined && waiting.has(check.signature);
    return [{ id, by, at, audience, message, queued, ...(check ? { check } : {}) }];
  });
}

/** Puts something into the delegation's own circle. `text` is what the page of channels shows of it. */
async function put(
  source: CaseSource,
  value: JsonObject & { readonly text: string },
): Promise<No | undefined> {
  const seat = source.snapshot().sitting?.seat;
  if (!seat) return saysNo("no-device", "No device of this case is kept in this browser.");
  const log = await openCircle(source, [seat]);
  if (typeof log !== "string") return log;
  return source.send({
    kind: "MessageSent",
    log,
    body: {},
    seal: { purpose: "message", value, seats: [seat] },
  });
}

export function prepare(source: CaseSource, message: Message, audience: RoomName, text: string) {
  return put(source, { format: preparedFormat, text, audience, message: message as unknown as Json });
}

export function putCheck(source: CaseSource, prepared: EventId, check: Check, text: string) {
  return put(source, { format: checkedFormat, text, prepared, check: check as unknown as Json });
}

export function drop(source: CaseSource, prepared: EventId, text: string) {
  return put(source, { format: droppedFormat, text, prepared });
}
