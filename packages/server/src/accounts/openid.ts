/**
 * OpenID Connect by openid-client: authorization code with PKCE, state and nonce. What was sent out is kept here as a
 * challenge under its `state`, bound to the browser by a cookie, and used up by the first answer.
 */
import * as client from "openid-client";
import type { Ports } from "../ports.ts";
import { type Sql, StoreError } from "../store/sql.ts";
import { type Account, Accounts } from "./accounts.ts";
import type { Challenges } from "./challenges.ts";
import type { Session } from "./sessions.ts";

export interface OpenIdSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Whether anyone whom the provider knows gets an account; else the account must have been linked before. */
  readonly openAccounts: boolean;
}

export type OpenIdPurpose = "sign-in" | "link" | "step-up";

interface Sent {
  readonly verifier: string;
  readonly nonce: string;
  readonly purpose: OpenIdPurpose;
  /** For `link` and `step-up`: the account that asked. */
  readonly account: string;
  readonly slot: string;
  /** What was signed in there when it asked: the browser comes back from another site, and without its strict cookie. */
  readonly before: Pick<Session, "account" | "session"> | null;
}

export type OpenIdAnswer =
  | ({ readonly account: Account } & Pick<Sent, "purpose" | "slot" | "before">)
  /** `slot`: undefined where nobody here asked. */
  | { readonly refused: OpenIdRefusal; readonly slot?: string };

type OpenIdRefusal = "openid-failed" | "openid-unknown-account" | "openid-other-account";

export class OpenId {
  readonly #sql: Sql;
  readonly #ports: Ports;
  readonly #challenges: Challenges;
  readonly #settings: OpenIdSettings;
  readonly #redirectUri: string;
  #discovered: Promise<client.Configuration> | undefined;

  constructor(sql: Sql, ports: Ports, challenges: Challenges, settings: OpenIdSettings, origin: string) {
    this.#sql = sql;
    this.#ports = ports;
    this.#challenges = challenges;
    this.#settings = settings;
    this.#redirectUri = `${origin}/api/v1/openid/callback`;
  }

  /** The provider is asked when it is first needed, and asked again after a failure. */
  #configuration(): Promise<client.Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const loopback = ["localhost", "127.0.0.1", "[::1]"].includes(new URL(issuer).hostname);
    this.#discovered ??= client
      .discovery(new URL(issuer), clientId, clientSecret, undefined, {
        // Plain HTTP is for a provider on this machine only.
        execute: loopback ? [client.allowInsecureRequests] : [],
      })
      .catch((error: unknown) => {
        this.#discovered = undefined;
        throw error;
      });
    return this.#discovered;
  }

  /** Where to send the browser, and the `state` to bind to it. */
  async start(asked: Omit<Sent, "verifier" | "nonce">): Promise<{ url: string; state: string }> {
    const configuration = await this.#configuration();
    const verifier = client.randomPKCECodeVerifier();
    const state = client.randomState();
    const nonce = client.randomNonce();
    const sent: Sent = { ...asked, verifier, nonce };
    await this.#challenges.put(state, "openid", JSON.stringify(sent));
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.#redirectUri,
      scope: "openid profile",
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      nonce,
      ...(asked.purpose === "step-up" ? { prompt: "login", max_age: "0" } : {}),
    });
    return { url: url.href, state };
  }

  /** Judges the provider's answer. `state` is the one bound to this browser. */
  async finish(query: string, state: string): Promise<OpenIdAnswer> {
    const detail = await this.#challenges.take(state, "openid");
    if (detail === undefined) return { refused: "openid-failed" };
    const sent = JSON.parse(detail) as Sent;
    const { purpose, slot, before } = sent;
    const claims = await this.#claims(query, state, sent);
    if (!claims) return { refused: "openid-failed", slot };
    const account = await this.#accountOf(claims, sent);
    return "refused" in account ? { ...account, slot } : { account, purpose, slot, before };
  }

  /** Who the provider says it is; undefined where its answer does not hold. */
  async #claims(query: string, state: string, sent: Sent): Promise<client.IDToken | undefined> {
    try {
      const tokens = await client.authorizationCodeGrant(
        await this.#configuration(),
        new URL(`${this.#redirectUri}?${query}`),
        {
          pkceCodeVerifier: sent.verifier,
          expectedState: state,
          expectedNonce: sent.nonce,
          idTokenExpected: true,
          ...(sent.purpose === "step-up" ? { maxAge: 0 } : {}),
        },
      );
      return tokens.claims();
    } catch (error) {
      if (error instanceof StoreError) throw error;
      return undefined;
    }
  }

  async #accountOf(
    claims: client.IDToken,
    sent: Sent,
  ): Promise<Account | { readonly refused: OpenIdRefusal }> {
    const accounts = new Accounts(this.#sql, this.#ports);
    const [row] = await this.#sql.query<{ account: string }>(
      "SELECT account FROM identities WHERE issuer = $1 AND subject = $2",
      [claims.iss, claims.sub],
    );
    if (row && sent.account !== "" && row.account !== sent.account)
      return { refused: "openid-other-account" };
    if (!row && sent.purpose === "step-up") return { refused: "openid-other-account" };
    if (!row && sent.purpose === "sign-in" && !this.#settings.openAccounts) {
      return { refused: "openid-unknown-account" };
    }
    const name = typeof claims["name"] === "string" ? claims["name"].slice(0, 200) : claims.sub;
    const id =
      row?.account ??
      (sent.purpose === "link" ? sent.account : (await accounts.create(name, "member")).account);
    if (!row) await this.#link(id, claims);
    const account = await accounts.get(id);
    return account?.disabledAt === null ? account : { refused: "openid-unknown-account" };
  }

  async #link(account: string, claims: client.IDToken): Promise<void> {
    await this.#sql.transaction((tx) =>
      tx.execute(
        "INSERT INTO identities (issuer, subject, account, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        [claims.iss, claims.sub, account, this.#ports.now()],
      ),
    );
  }
}
