/**
 * Accounts, and the links that open one. An account opens the door of the server and never a seat: seats are taken by
 * the case's own invitations, signed by devices. A link serves once and expires; only the hash of its secret is kept.
 */
import { newToken, type Ports, tokenHash } from "../ports.ts";
import type { Sql, SqlRow } from "../store/sql.ts";

/** `member` uses cases; `opener` may also open new ones. Operators act on the machine, with `parley admin`. */
export type AccountRole = "member" | "opener";

export type Account = {
  readonly account: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly createdAt: number;
  readonly disabledAt: number | null;
};

export interface NewLink {
  /** Who it is for, as the operator knows them. */
  readonly name: string;
  readonly role: AccountRole;
  readonly validMs: number;
  /** An existing account, for somebody who lost every other way in. */
  readonly account?: string;
}

const columns = `account, name, role, created_at AS "createdAt", disabled_at AS "disabledAt"`;

export class Accounts {
  readonly #sql: Sql;
  readonly #ports: Ports;

  constructor(sql: Sql, ports: Ports) {
    this.#sql = sql;
    this.#ports = ports;
  }

  async create(name: string, role: AccountRole): Promise<Account> {
    const account = newToken(this.#ports);
    const createdAt = this.#ports.now();
    await this.#sql.transaction((tx) =>
      tx.insert("accounts", ["account", "name", "role", "created_at"], [[account, name, role, createdAt]]),
    );
    return { account, name, role, createdAt, disabledAt: null };
  }

  async get(account: string): Promise<Account | undefined> {
    const [row] = await this.#sql.query<Account & SqlRow>(
      `SELECT ${columns} FROM accounts WHERE account = $1`,
      [account],
    );
    return row;
  }

  async list(after: string, limit: number): Promise<Account[]> {
    return await this.#sql.query<Account & SqlRow>(
      `SELECT ${columns} FROM accounts WHERE account > $1 ORDER BY account LIMIT $2`,
      [after, limit],
    );
  }

  /** Shuts an account and ends its sessions. Returns false where there is none, or it was shut before. */
  async disable(account: string): Promise<boolean> {
    return this.#sql.transaction(async (tx) => {
      await tx.execute("DELETE FROM sessions WHERE account = $1", [account]);
      const changed = await tx.execute(
        "UPDATE accounts SET disabled_at = $1 WHERE account = $2 AND disabled_at IS NULL",
        [this.#ports.now(), account],
      );
      return changed === 1;
    });
  }

  /** Whether whoever has this account can prove presence: with a passkey, or at the provider, where there is one. */
  async canProvePresence(account: string, provider: boolean): Promise<boolean> {
    const passkeys = "SELECT 1 AS found FROM passkeys WHERE account = $1";
    const identities = "SELECT 1 AS found FROM identities WHERE account = $1";
    const rows = await this.#sql.query(provider ? `${passkeys} UNION ${identities}` : passkeys, [account]);
    return rows.length > 0;
  }

  /** Makes a link's secret. It is shown once and cannot be read again. */
  async link({ name, role, validMs, account }: NewLink): Promise<string> {
    const token = newToken(this.#ports);
    await this.#sql.transaction((tx) =>
      tx.insert(
        "links",
        ["token_hash", "name", "role", "account", "expires_at"],
        [[tokenHash(token), name, role, account ?? null, this.#ports.now() + validMs]],
      ),
    );
    return token;
  }

  /**
   * Uses a link up. Returns its account, and whether it was there before; undefined where the link is unknown, used or
   * expired: which is not told.
   */
  async redeem(token: string): Promise<{ readonly account: Account; readonly known: boolean } | undefined> {
    const now = this.#ports.now();
    const hash = tokenHash(token);
    const redeemed = await this.#sql.transaction(async (tx) => {
      const used = await tx.execute(
        "UPDATE links SET used_at = $1 WHERE token_hash = $2 AND used_at IS NULL AND expires_at > $1",
        [now, hash],
      );
      if (used !== 1) return undefined;
      const [link] = await tx.query<{ name: string; role: string; account: string | null }>(
        "SELECT name, role, account FROM links WHERE token_hash = $1",
        [hash],
      );
      if (!link) return undefined;
      if (link.account !== null) return { account: link.account, known: true };
      const opened = newToken(this.#ports);
      await tx.insert(
        "accounts",
        ["account", "name", "role", "created_at"],
        [[opened, link.name, link.role, now]],
      );
      return { account: opened, known: false };
    });
    const account = redeemed && (await this.get(redeemed.account));
    return account?.disabledAt === null ? { account, known: redeemed?.known === true } : undefined;
  }
}
