/**
 * Every kind of event is made once without a mouse. A kind that no walk makes does not compile, and each walk is held to
 * what it is said to make; what stood on record before its first key does not count.
 */
import type { EventKind } from "@parley/core";
import type { RunningServer } from "@parley/server";
import type { Page } from "playwright-core";
import { expect } from "vitest";

export const walks = {
  "a case of one's own": [
    "CaseOpened",
    "DraftOpened",
    "AmendmentSupported",
    "PackageAccepted",
    "PackageDeclined",
  ],
  "the exercise": [
    "AlternativeBacked",
    "ReservationNoted",
    "CommentMade",
    "AmendmentProposed",
    "AmendmentWithdrawn",
    "AmendmentAdopted",
    "PreferencesSealed",
    "StatementMade",
    "CircleOpened",
    "MessageSent",
    "ProposalTabled",
    "ProposalWithdrawn",
    "AnswerSealed",
    "PackageAgreed",
    "PackageNotAgreed",
    "AcceptancesShown",
    "AgreementConfirmed",
    "BracketsReopened",
    "LanguageFiled",
    "TextClosed",
    "TextInitialled",
    "TextSigned",
    "TextReleased",
    "ReleaseAccepted",
    "ClausesAccepted",
    "ClausesRefused",
  ],
  "a contact and its accounts": [
    "ContactProposed",
    "ContactAccepted",
    "ContactOpened",
    "ReadoutIssued",
    "ReadoutsAligned",
  ],
  "contacts and their terms": [
    "ContactMoved",
    "ContactCancelled",
    "ParticipantsNamed",
    "PressLinesProposed",
    "PressLinesAccepted",
    "ContactEnded",
    "ModalitiesProposed",
    "ModalitiesAccepted",
    "PowerGranted",
    "PowerRevoked",
    "ReadingGranted",
    "ReadingRevoked",
  ],
  stances: ["PaperSealed", "PaperScored", "PaperJoined", "StanceProposed", "StanceJoined", "StatementMade"],
  "a measure": [
    "MeasureProposed",
    "MeasureUndertaken",
    "StartStated",
    "MeasureReported",
    "MonitoringReported",
    "InvestigationReported",
    "AttributionMade",
    "MeasureVerified",
    "MeasureDisputed",
    "ScopeProposed",
    "ScopeAccepted",
    "MeasureSuspended",
    "MeasureResumed",
  ],
  "a lever and a position": ["LeverListed", "LeverLinked", "LeverChanged", "PositionStated"],
  "a party arrives": ["PartyInvited", "MemberInvited", "MemberJoined"],
  "a delegation and the seats": [
    "InvitationWithdrawn",
    "DelegationListed",
    "RoleGiven",
    "MemberRemoved",
    "SeatOpened",
    "SeatAccepted",
    "SeatReopenSupported",
    "SeatHeld",
  ],
  "a kit": ["DeviceAdded", "DeviceRevoked"],
  "another keeper": ["KeeperChanged"],
  "a line is set up": ["PostOpened", "FormatProposed", "FormatAccepted", "ChannelOpened", "ChannelPostNamed"],
  "two watch desks": [
    "NotificationSent",
    "NotificationReceived",
    "NotificationAcknowledged",
    "ChannelStateStated",
    "PostHandedOver",
  ],
} as const satisfies Record<string, readonly EventKind[]>;

type Walk = keyof typeof walks;

/** Kinds that nobody makes by hand, each with its reason. */
export const byNobody: Readonly<Record<Exclude<EventKind, (typeof walks)[Walk][number]>, string>> = {
  Void: "a device signs it by itself, in the place of an act that was given up",
};

/** Begins a walk; what is given is called at its end, and fails where the record lacks what the walk is said to make. */
export async function beginWalk(walk: Walk, record: () => Promise<readonly string[]>) {
  const before = await record();
  return async (): Promise<void> => {
    const after = await record();
    const times = (kinds: readonly string[], kind: string) => kinds.filter((one) => one === kind).length;
    expect(walks[walk].filter((kind) => times(after, kind) === times(before, kind))).toEqual([]);
  };
}

/** The kind of everything on record in this browser's cases, with no server. */
export function keptBy(page: Page): () => Promise<readonly string[]> {
  return () =>
    page.evaluate(async () => {
      if (!(await indexedDB.databases()).some(({ name }) => name === "parley")) return [];
      const settled = <T>(request: IDBRequest<T>) =>
        new Promise<T>((done, failed) => {
          request.onsuccess = () => done(request.result);
          request.onerror = () => failed(request.error);
        });
      const database = await settled(indexedDB.open("parley"));
      const entries = await settled(database.transaction("entries").objectStore("entries").getAll());
      database.close();
      return entries.map(({ event }) => event.kind as string);
    });
}

/** The kind of everything on record at this server. */
export function keptAt(served: { readonly server: RunningServer }): () => Promise<readonly string[]> {
  return async () => {
    const rows = await served.server.services.sql.query<{ entry: string }>("SELECT entry FROM entries");
    return rows.map(({ entry }) => JSON.parse(entry).event.kind as string);
  };
}
