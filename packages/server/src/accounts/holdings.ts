/**
 * Which keys of a case an account has proved to hold: a device's, or an invitation's. What the account may read follows
 * from them by the fold, at each request: a device that is revoked opens nothing, an invitation only what is public.
 */
import { invitationFor, type People, type SeatId } from "@parley/core/rules";
import { presentAuthor } from "../keeper/case-file.ts";
import type { Ports } from "../ports.ts";
import type { Sql } from "../store/sql.ts";

export type HoldingKind = "device" | "invitation";

/** Who reads: through which seat, or only what is public. */
export interface Reader {
  /** The seats of this account's devices, in order. */
  readonly seats: readonly SeatId[];
  /** The seat that is read as; undefined reads what is public. */
  readonly seat: SeatId | undefined;
  /** The account's devices in that seat. */
  readonly devices: readonly string[];
}

/** Reads what is public, and nothing else. */
export const publicReader: Reader = { seats: [], seat: undefined, devices: [] };

/** Proofs found in the store are remembered, up to so many: they are never taken back, and are asked for at every event. */
const maxKnown = 20_000;

export class Holdings {
  readonly #sql: Sql;
  readonly #ports: Ports;
  readonly #known = new Set<string>();

  constructor(sql: Sql, ports: Ports) {
    this.#sql = sql;
    this.#ports = ports;
  }

  async hold(caseId: string, account: string, kind: HoldingKind, keyId: string): Promise<void> {
    await this.#sql.transaction((tx) =>
      tx.execute(
        `INSERT INTO held_keys (case_id, account, kind, key_id, proven_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING`,
        [caseId, account, kind, keyId, this.#ports.now()],
      ),
    );
  }

  async holds(caseId: string, account: string, kind: HoldingKind, keyId: string): Promise<boolean> {
    const values = [caseId, account, kind, keyId];
    const name = values.join(" ");
    if (this.#known.has(name)) return true;
    const rows = await this.#sql.query(
      "SELECT 1 AS held FROM held_keys WHERE case_id = $1 AND account = $2 AND kind = $3 AND key_id = $4",
      values,
    );
    if (rows.length === 0) return false;
    if (this.#known.size >= maxKnown) this.#known.clear();
    this.#known.add(name);
    return true;
  }

  /** Cases in which the account holds a key, or that anyone signed in may read, after `after`, in order. */
  async cases(account: string, after: string, limit: number): Promise<string[]> {
    const rows = await this.#sql.query<{ case_id: string }>(
      `SELECT case_id FROM cases WHERE case_id > $1 AND (
         EXISTS (SELECT 1 FROM held_keys h WHERE h.case_id = cases.case_id AND h.account = $2)
         OR EXISTS (SELECT 1 FROM keeper k WHERE k.name = 'open-reading/' || cases.case_id))
       ORDER BY case_id LIMIT $3`,
      [after, account, limit],
    );
    return rows.map((row) => row.case_id);
  }

  /** Lets every account read what is public in a case. */
  async openReading(caseId: string): Promise<void> {
    await this.#sql.transaction((tx) =>
      tx.execute("INSERT INTO keeper (name, value) VALUES ($1, 'yes') ON CONFLICT DO NOTHING", [
        `open-reading/${caseId}`,
      ]),
    );
  }

  /** The reader that an account is in a case, as `asked` if it says so; undefined where it is nobody there. */
  async reader(
    people: People,
    account: string,
    asked: string | undefined,
  ): Promise<Reader | "seat-needed" | undefined> {
    const { caseId } = people;
    const held = await this.#sql.query<{ kind: HoldingKind; key_id: string }>(
      "SELECT kind, key_id FROM held_keys WHERE case_id = $1 AND account = $2",
      [caseId, account],
    );
    const present = held.flatMap(({ kind, key_id: device }) => {
      const author = kind === "device" ? presentAuthor(people, device) : undefined;
      return author ? [{ device, seat: author.seat.id }] : [];
    });
    const seats = [...new Set(present.map(({ seat }) => seat))].sort();
    if (asked === undefined && seats.length > 1) return "seat-needed";
    const seat = asked === undefined ? seats[0] : seats.find((one) => one === asked);
    if (seat !== undefined) {
      return { seats, seat, devices: present.filter((one) => one.seat === seat).map(({ device }) => device) };
    }
    if (asked !== undefined) return undefined;
    const invited = held.some(({ kind, key_id }) => kind === "invitation" && this.#isOpen(people, key_id));
    return invited || (await this.#isOpenToAll(caseId)) ? publicReader : undefined;
  }

  #isOpen(people: People, inviteKey: string): boolean {
    const now = this.#ports.now();
    const invitation = invitationFor(people, inviteKey, new Date(now).toISOString());
    return invitation?.status === "open" && Date.parse(invitation.until) > now;
  }

  async #isOpenToAll(caseId: string): Promise<boolean> {
    const rows = await this.#sql.query("SELECT 1 AS open FROM keeper WHERE name = $1", [
      `open-reading/${caseId}`,
    ]);
    return rows.length > 0;
  }
}
