/** Questions that are asked once: what was put to a browser, for which purpose, until when. An answer uses it up. */
import { type Ports, tokenHash } from "../ports.ts";
import type { Sql } from "../store/sql.ts";

const challengeMs: number = 5 * 60_000;

export class Challenges {
  readonly #sql: Sql;
  readonly #ports: Ports;

  constructor(sql: Sql, ports: Ports) {
    this.#sql = sql;
    this.#ports = ports;
  }

  /** Remembers a challenge with what belongs to it. Those that ran out go. */
  async put(challenge: string, purpose: string, detail: string): Promise<void> {
    const now = this.#ports.now();
    await this.#sql.transaction(async (tx) => {
      await tx.execute("DELETE FROM challenges WHERE expires_at < $1", [now]);
      await tx.insert(
        "challenges",
        ["challenge_hash", "purpose", "detail", "expires_at"],
        [[tokenHash(challenge), purpose, detail, now + challengeMs]],
      );
    });
  }

  /** Uses the challenge up. Returns what belonged to it, or undefined if it was never asked, is used, or ran out. */
  async take(challenge: string, purpose: string): Promise<string | undefined> {
    return this.#sql.transaction(async (tx) => {
      const key = [tokenHash(challenge), purpose];
      const [row] = await tx.query<{ detail: string; expires_at: number }>(
        "SELECT detail, expires_at FROM challenges WHERE challenge_hash = $1 AND purpose = $2",
        key,
      );
      const gone = await tx.execute("DELETE FROM challenges WHERE challenge_hash = $1 AND purpose = $2", key);
      return row && gone === 1 && row.expires_at > this.#ports.now() ? row.detail : undefined;
    });
  }
}
