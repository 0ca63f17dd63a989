/**
 * What every event passes before its own rule is asked: a version and a kind that are known, a body of the shape of its
 * kind, an author who is a present member with a device in use, and the table of rights.
 */
import { MalformedError } from "@parley/ledger/encoding";
import { deviceId, type Event, type EventId, eventId } from "@parley/ledger/event";
import { faultOf } from "./fault.ts";
import { type Body, type EventKind, isEventKind, schemas } from "./kinds.ts";
import { newcomer } from "./members.ts";
import { type Author, authorOf, holderOf, phaseOf, powers } from "./people.ts";
import { type Refusal, refuse, type Verdict } from "./refusal.ts";
import { mayIssue, rights, type Standing } from "./rights.ts";
import type { TextPhase } from "./room.ts";
import type { People, RoomName } from "./state.ts";

/** The one version of events there is. A later one comes with a reader for this. */
const eventVersion = 1;

/** A kind with a body of its shape, as far as the type can say it. */
export interface Read {
  readonly kind: EventKind;
  readonly body: Event["body"];
  readonly id: EventId;
}

/** The kind and shape of what an event says, or why it cannot be read. */
export function readEvent(event: Event): Read | Refusal {
  if (event.v !== eventVersion) {
    return refuse(
      "unknown-version",
      `This event has version ${event.v}; version ${eventVersion} is known here.`,
    );
  }
  if (!isEventKind(event.kind)) {
    return refuse(
      "unknown-kind",
      `There is no kind of event called ${JSON.stringify(event.kind.slice(0, 60))}.`,
    );
  }
  const fault = faultOf(schemas[event.kind], event.body);
  if (fault) return refuse("bad-body", `${event.kind}: ${fault}.`);
  try {
    return { kind: event.kind, body: event.body, id: eventId(event) };
  } catch (error) {
    if (error instanceof MalformedError) return refuse("bad-body", `${event.kind}: ${error.message}.`);
    throw error;
  }
}

/** Who signed: a member's device, or for a joining the person whom the invitation brings. */
export function authorFor(people: People, event: Event): Author | undefined {
  if (event.kind !== "MemberJoined") return authorOf(people, event.author);
  const body = event.body as Body<"MemberJoined">;
  return deviceId(body.keys) === event.author ? newcomer(people, body) : undefined;
}

export function admitAuthor(author: Author | undefined): Verdict {
  if (!author) return refuse("not-a-member", "This device belongs to nobody in this case.");
  if (author.device.revoked) return refuse("device-revoked", "This device has been revoked.");
  if (!author.member.present) return refuse("not-a-member", `${author.member.name} is no longer a member.`);
  return author.seat.standing
    ? undefined
    : refuse("not-consented", `The principals have not all consented to the seat "${author.seat.id}".`);
}

export function admitIssue(
  people: People,
  kind: EventKind,
  author: Author,
  audience: RoomName | "circle",
  text?: TextPhase,
): Verdict {
  const { seat, member, device } = author;
  const issuer = {
    seat: seat.kind,
    role: member.role,
    standings: standingsOf(people, author),
    recovery: device.recovery,
  };
  return mayIssue(kind, issuer, audience, phaseOf(people), text);
}

function standingsOf(people: People, { seat }: Author): readonly Standing[] {
  const held: readonly Standing[] = powers.filter((power) => holderOf(people, power) === seat.id);
  return people.convener === seat.id ? [...held, "convener"] : held;
}

/** Only what the table says is sealed has a sealed part. */
export function admitSealedPart(kind: EventKind, event: Event): Verdict {
  const { sealed, purpose } = rights[kind];
  if (event.sealed && !sealed) return refuse("bad-body", `${kind} has no sealed part.`);
  if (event.sealed && event.sealed.purpose !== purpose) {
    return refuse("bad-body", `The sealed part of ${kind} has the purpose "${purpose}".`);
  }
  return sealed === "must" && !event.sealed ? refuse("bad-body", `${kind} has a sealed part.`) : undefined;
}
