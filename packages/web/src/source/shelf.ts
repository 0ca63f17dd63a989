/** Where cases are kept, and the plan of one that is to begin. */
import type { CaseRecord, CaseStory, Invitation, Person, SeatId, SeatKind } from "@parley/core";
import type { CaseId } from "@parley/ledger";
import type { ParleyClient as ServerClient } from "@parley/server/client";
import type { Act, CaseSource } from "./case-source.ts";
import type { No } from "./no.ts";

export type { ServerClient };

export interface CaseCard {
  readonly id: CaseId;
  readonly title: string;
  readonly exercise: boolean;
  /** Its entries are in this browser already; opening it for the list costs nobody anything. */
  readonly read?: boolean;
  /** A file that is read here and not written. */
  readonly file?: boolean;
}

/** A seat as a plan names it. `held`: its head's keys are made here too, as in an exercise that one person plays alone. */
export interface PlannedSeat {
  readonly id: SeatId;
  readonly kind: SeatKind;
  readonly name: string;
  readonly code?: string;
  readonly people: readonly Person[];
  readonly held: boolean;
}

export interface Plan {
  readonly title: string;
  readonly exercise: boolean;
  readonly seats: readonly PlannedSeat[];
  readonly convener: SeatId;
  readonly opener: { readonly name: string; readonly office: string };
  /** Locks the recovery kit of the opener, where a server keeps the case. */
  readonly passphrase?: string;
  /** What is done next, in order, each by the head of a seat whose keys are here. */
  readonly acts: readonly { readonly by: SeatId; readonly act: Act }[];
  readonly example?: string;
  /** Facts that a recorder wrote down: only the recorder has keys, and nothing is signed for a party. */
  readonly record?: CaseRecord;
  /** What happened in an exercise before it is opened: told last, its last event now. */
  readonly story?: CaseStory;
}

/** A case seen through an invitation to it. */
export interface Invited {
  readonly source: Pick<CaseSource, "snapshot">;
  readonly invitation: Invitation;
  /** Gives the recovery kit, or a refusal. */
  join(who: { name: string; office: string; passphrase: string }): Promise<{ readonly kit: string } | No>;
}

/** What only a server can do is asked of it here, so that a folder without one carries none of its code. */
export interface Shelf {
  readonly kept: "browser" | "server";
  /** The server's, where there is one. */
  readonly client?: ServerClient;
  /** The server was not reached when the cases were listed last: they are those that were read before. */
  readonly offline?: boolean;
  /** Opens the account of a link, by its token. */
  redeem?(token: string): Promise<No | undefined>;
  /** Proves the invitation to the server and reads what is public. undefined: it opens nothing any more. */
  invited?(id: CaseId, secret: string): Promise<Invited | undefined>;
  /** Ends the session, and forgets what was read in it. */
  signOut?(): Promise<void>;
  restore?(kit: string, passphrase: string): Promise<CaseId | No>;
  list(): Promise<readonly CaseCard[]>;
  open(id: CaseId): Promise<CaseSource | undefined>;
  begin(plan: Plan): Promise<CaseId | No>;
  /** A `.parley` file, to be read. */
  openFile?(file: Blob): Promise<CaseId | No>;
  remove(id: CaseId): Promise<void>;
}
