/**
 * Sessions: a random secret in a cookie, of which the store keeps the hash. The secret changes while it is used; the one
 * before is honoured for a moment, for requests under way, and after that its use ends the session, since then two hold
 * it. A step-up is a fresh proof of presence, asked for where an act binds a party.
 */
import { newToken, type Ports, tokenHash } from "../ports.ts";
import type { Cursor, Sql, SqlRow } from "../store/sql.ts";
import type { Account, AccountRole } from "./accounts.ts";

export const rotateAfterMs: number = 15 * 60_000;
export const graceMs: number = 60_000;
export const idleMs: number = 14 * 86_400_000;
export const longestMs: number = 30 * 86_400_000;
export const stepUpMs: number = 5 * 60_000;
/** How exactly the time of the last use is kept: a write for each request would be one too many. */
const seenEveryMs = 60_000;

export interface Session {
  readonly session: string;
  readonly account: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly steppedUpAt: number | null;
  /** The new secret for the cookie, where it has just changed. */
  readonly rotated?: string;
}

export type SessionListing = {
  readonly session: string;
  readonly createdAt: number;
  readonly seenAt: number;
  readonly agent: string;
};

type SessionRow = SqlRow & {
  session: string;
  token_hash: string;
  account: string;
  name: string;
  role: AccountRole;
  created_at: number;
  rotated_at: number;
  seen_at: number;
  expires_at: number;
  stepped_up_at: number | null;
};

export class Sessions {
  readonly #sql: Sql;
  readonly #ports: Ports;
  /** Told of each session that was ended by this server; what another process ends is found in the store. */
  readonly onEnded: Set<(session: string) => void> = new Set();

  constructor(sql: Sql, ports: Ports) {
    this.#sql = sql;
    this.#ports = ports;
  }

  /** Begins a session, always under a new id and secret, and returns the secret. */
  async begin(
    account: Account,
    agent: string,
    steppedUp: boolean,
  ): Promise<{ session: string; token: string }> {
    const now = this.#ports.now();
    const token = newToken(this.#ports);
    const session = newToken(this.#ports);
    await this.#sql.transaction((tx) =>
      tx.insert(
        "sessions",
        [
          "session",
          "token_hash",
          "account",
          "created_at",
          "rotated_at",
          "seen_at",
          "expires_at",
          "stepped_up_at",
          "agent",
        ],
        [
          [
            session,
            tokenHash(token),
            account.account,
            now,
            now,
            now,
            now + longestMs,
            steppedUp ? now : null,
            agent.slice(0, 200),
          ],
        ],
      ),
    );
    return { session, token };
  }

  /** The session of a secret, or undefined. Changes the secret where it has been used long enough. */
  async find(token: string): Promise<Session | undefined> {
    const now = this.#ports.now();
    const hash = tokenHash(token);
    const row = await this.#sql.first<SessionRow>(
      `SELECT s.session, s.token_hash, s.account, a.name, a.role, s.created_at, s.rotated_at, s.seen_at, s.expires_at,
              s.stepped_up_at
       FROM sessions s JOIN accounts a ON a.account = s.account
       WHERE (s.token_hash = $1 OR s.previous_hash = $1) AND a.disabled_at IS NULL`,
      [hash],
    );
    if (!row) return undefined;
    const stale = row.token_hash !== hash;
    if (now >= row.expires_at || now - row.seen_at > idleMs || (stale && now - row.rotated_at > graceMs)) {
      await this.end(row.account, row.session);
      return undefined;
    }
    const found = {
      session: row.session,
      account: row.account,
      name: row.name,
      role: row.role,
      steppedUpAt: row.stepped_up_at,
    };
    if (stale) return found;
    if (now - row.rotated_at >= rotateAfterMs) {
      const rotated = await this.#rotate(row.session, hash, now);
      return rotated === undefined ? found : { ...found, rotated };
    }
    if (now - row.seen_at >= seenEveryMs) {
      await this.#sql.transaction((tx) =>
        tx.execute("UPDATE sessions SET seen_at = $1 WHERE session = $2", [now, row.session]),
      );
    }
    return found;
  }

  /** Of requests that come at once, one changes the secret; the others go on with the one they have. */
  async #rotate(session: string, hash: string, now: number): Promise<string | undefined> {
    const token = newToken(this.#ports);
    const changed = await this.#sql.transaction((tx) =>
      tx.execute(
        `UPDATE sessions SET token_hash = $1, previous_hash = $2, rotated_at = $3, seen_at = $3
         WHERE session = $4 AND token_hash = $2`,
        [tokenHash(token), hash, now, session],
      ),
    );
    return changed === 1 ? token : undefined;
  }

  async stepUp(session: string): Promise<void> {
    await this.#sql.transaction((tx) =>
      tx.execute("UPDATE sessions SET stepped_up_at = $1 WHERE session = $2", [this.#ports.now(), session]),
    );
  }

  async isLive(session: string): Promise<boolean> {
    const rows = await this.#sql.query(
      "SELECT 1 AS live FROM sessions WHERE session = $1 AND expires_at > $2",
      [session, this.#ports.now()],
    );
    return rows.length > 0;
  }

  /** Sessions of an account, the newest first, after the one at `after`. */
  async list(account: string, after: Cursor | undefined, limit: number): Promise<SessionListing[]> {
    return await this.#sql.query<SessionListing & SqlRow>(
      `SELECT session, created_at AS "createdAt", seen_at AS "seenAt", agent FROM sessions
       WHERE account = $1 AND (created_at < $2 OR (created_at = $2 AND session > $3))
       ORDER BY created_at DESC, session LIMIT $4`,
      [account, after?.order ?? Number.MAX_SAFE_INTEGER, after?.id ?? "", limit],
    );
  }

  /** Ends one session of this account. Returns whether there was one. */
  async end(account: string, session: string): Promise<boolean> {
    const gone = await this.#sql.transaction((tx) =>
      tx.execute("DELETE FROM sessions WHERE account = $1 AND session = $2", [account, session]),
    );
    if (gone === 1) for (const told of this.onEnded) told(session);
    return gone === 1;
  }
}

/** Whether the session has proved presence lately enough to bind a party. */
export function isSteppedUp(session: Pick<Session, "steppedUpAt">, now: number): boolean {
  return session.steppedUpAt !== null && now - session.steppedUpAt <= stepUpMs;
}
