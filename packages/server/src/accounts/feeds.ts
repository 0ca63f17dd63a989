/**
 * Calendar feeds: addresses that a calendar program polls, each for one seat of one account in one case. The address holds a
 * secret of which the store keeps the hash; whoever has it reads the contacts that the seat is given, and nothing else. A
 * new address ends the one before, and a feed is worth no more than what its account reads at that moment.
 */
import { newToken, type Ports, tokenHash } from "../ports.ts";
import type { Sql } from "../store/sql.ts";

export interface Feed {
  readonly account: string;
  readonly seat: string;
}

export class Feeds {
  readonly #sql: Sql;
  readonly #ports: Ports;

  constructor(sql: Sql, ports: Ports) {
    this.#sql = sql;
    this.#ports = ports;
  }

  /** Makes the secret of a new address; it cannot be read again. */
  async make(caseId: string, { account, seat }: Feed): Promise<string> {
    const token = newToken(this.#ports);
    await this.#sql.transaction((tx) =>
      tx.execute(
        `INSERT INTO feeds (case_id, account, seat, token_hash, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (case_id, account, seat)
         DO UPDATE SET token_hash = excluded.token_hash, created_at = excluded.created_at`,
        [caseId, account, seat, tokenHash(token), this.#ports.now()],
      ),
    );
    return token;
  }

  async revoke(caseId: string, { account, seat }: Feed): Promise<void> {
    await this.#sql.transaction((tx) =>
      tx.execute("DELETE FROM feeds WHERE case_id = $1 AND account = $2 AND seat = $3", [
        caseId,
        account,
        seat,
      ]),
    );
  }

  /** When the address in use was made, in Unix milliseconds, or null where there is none. */
  async madeAt(caseId: string, { account, seat }: Feed): Promise<number | null> {
    const [row] = await this.#sql.query<{ made: number }>(
      "SELECT created_at AS made FROM feeds WHERE case_id = $1 AND account = $2 AND seat = $3",
      [caseId, account, seat],
    );
    return row?.made ?? null;
  }

  /** Whose feed a secret opens; undefined for one that is unknown, was replaced or revoked, or whose account is shut. */
  async find(caseId: string, token: string): Promise<Feed | undefined> {
    const [row] = await this.#sql.query<{ account: string; seat: string }>(
      `SELECT f.account, f.seat FROM feeds f JOIN accounts a ON a.account = f.account
       WHERE f.case_id = $1 AND f.token_hash = $2 AND a.disabled_at IS NULL`,
      [caseId, tokenHash(token)],
    );
    return row && { account: row.account, seat: row.seat };
  }
}
