/** What the routes work with, put together once. */
import { Accounts } from "../accounts/accounts.ts";
import { Challenges } from "../accounts/challenges.ts";
import { Feeds } from "../accounts/feeds.ts";
import { Holdings } from "../accounts/holdings.ts";
import type { OpenId } from "../accounts/openid.ts";
import { Passkeys } from "../accounts/passkeys.ts";
import { Sessions } from "../accounts/sessions.ts";
import type { ServerConfig } from "../config.ts";
import { Keeper } from "../keeper/keeper.ts";
import type { Metrics } from "../metrics.ts";
import { createMetrics } from "../metrics.ts";
import type { Ports } from "../ports.ts";
import type { Sql } from "../store/sql.ts";

export interface Services {
  readonly config: ServerConfig;
  /** Scheme, host and port that pages come from. */
  readonly origin: string;
  readonly ports: Ports;
  readonly sql: Sql;
  readonly keeper: Keeper;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly holdings: Holdings;
  readonly feeds: Feeds;
  readonly passkeys: Passkeys;
  readonly openid: OpenId | undefined;
  readonly metrics: Metrics;
}

export async function createServices(
  config: ServerConfig,
  origin: string,
  sql: Sql,
  ports: Ports,
): Promise<Services> {
  const challenges = new Challenges(sql, ports);
  const keeper = await Keeper.open(sql, ports);
  const openid =
    config.openidIssuer === ""
      ? undefined
      : new (await import("../accounts/openid.ts")).OpenId(
          sql,
          ports,
          challenges,
          {
            issuer: config.openidIssuer,
            clientId: config.openidClientId,
            clientSecret: config.openidClientSecret,
            openAccounts: config.openidOpenAccounts,
          },
          origin,
        );
  return {
    config,
    origin,
    ports,
    sql,
    keeper,
    accounts: new Accounts(sql, ports),
    sessions: new Sessions(sql, ports),
    holdings: new Holdings(sql, ports),
    feeds: new Feeds(sql, ports),
    passkeys: new Passkeys(sql, ports, challenges, { origin }),
    openid,
    metrics: createMetrics(keeper),
  };
}
