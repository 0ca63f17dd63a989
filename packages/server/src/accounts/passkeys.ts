/**
 * Passkeys (WebAuthn) by @simplewebauthn/server: discoverable, with the user verified. The challenge of each ceremony is
 * used up by its first answer, right or wrong. The library is loaded with the first ceremony: it would be a fifth of the
 * server's start.
 */
import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";
import type { Ports } from "../ports.ts";
import type { Cursor, Sql, SqlRow } from "../store/sql.ts";
import type { Challenges } from "./challenges.ts";

const library = () => import("@simplewebauthn/server");

export interface RelyingParty {
  /** The origin that pages are served from, such as `http://localhost:7700`. */
  readonly origin: string;
}

export type PasskeyListing = {
  readonly credential: string;
  readonly name: string;
  readonly createdAt: number;
  readonly usedAt: number | null;
};

type PasskeyRow = SqlRow & {
  credential: string;
  account: string;
  public_key: string;
  counter: number;
  transports: string;
};

export type Ceremony = "sign-in" | "step-up";

export class Passkeys {
  readonly #sql: Sql;
  readonly #ports: Ports;
  readonly #challenges: Challenges;
  readonly #origin: string;
  readonly #domain: string;

  constructor(sql: Sql, ports: Ports, challenges: Challenges, party: RelyingParty) {
    this.#sql = sql;
    this.#ports = ports;
    this.#challenges = challenges;
    this.#origin = party.origin;
    this.#domain = new URL(party.origin).hostname;
  }

  async registration(account: string, name: string): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const { generateRegistrationOptions } = await library();
    const options = await generateRegistrationOptions({
      rpName: "Parley",
      rpID: this.#domain,
      userID: new Uint8Array(Buffer.from(account, "base64url")),
      userName: name,
      excludeCredentials: (await this.#of(account)).map((row) => ({ id: row.credential })),
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      attestationType: "none",
    });
    await this.#challenges.put(options.challenge, "passkey-registration", account);
    return options;
  }

  /** Keeps the new passkey. Returns false where the answer does not hold, or names a passkey that is kept already. */
  async register(account: string, name: string, response: RegistrationResponseJSON): Promise<boolean> {
    const { verifyRegistrationResponse } = await library();
    const verified = await this.#verify((expected) =>
      verifyRegistrationResponse({
        response,
        ...expected("passkey-registration", account),
        requireUserVerification: true,
      }),
    );
    if (!verified?.verified) return false;
    const { credential } = verified.registrationInfo;
    const kept = await this.#sql.transaction((tx) =>
      tx.execute(
        `INSERT INTO passkeys (credential, account, public_key, counter, transports, name, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
        [
          credential.id,
          account,
          Buffer.from(credential.publicKey).toString("base64url"),
          credential.counter,
          (credential.transports ?? []).join(" "),
          name,
          this.#ports.now(),
        ],
      ),
    );
    return kept === 1;
  }

  /** `account`: only its passkeys will do; without it, whichever the browser offers. */
  async authentication(purpose: Ceremony, account = ""): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const own = account === "" ? [] : await this.#of(account);
    const { generateAuthenticationOptions } = await library();
    const options = await generateAuthenticationOptions({
      rpID: this.#domain,
      userVerification: "required",
      allowCredentials: own.map((row) => ({
        id: row.credential,
        transports: row.transports.split(" ").filter(Boolean) as AuthenticatorTransport[],
      })),
    });
    await this.#challenges.put(options.challenge, `passkey-${purpose}`, account);
    return options;
  }

  /** The account whose passkey answered; undefined where the answer does not hold. */
  async authenticate(
    purpose: Ceremony,
    response: AuthenticationResponseJSON,
    account = "",
  ): Promise<string | undefined> {
    const [row] = await this.#sql.query<PasskeyRow>(
      "SELECT credential, account, public_key, counter, transports FROM passkeys WHERE credential = $1",
      [response.id],
    );
    if (!row || (account !== "" && row.account !== account)) return undefined;
    const { verifyAuthenticationResponse } = await library();
    const verified = await this.#verify((expected) =>
      verifyAuthenticationResponse({
        response,
        ...expected(`passkey-${purpose}`, account),
        requireUserVerification: true,
        credential: {
          id: row.credential,
          publicKey: new Uint8Array(Buffer.from(row.public_key, "base64url")),
          counter: row.counter,
        },
      }),
    );
    if (!verified?.verified) return undefined;
    await this.#sql.transaction((tx) =>
      tx.execute("UPDATE passkeys SET counter = $1, used_at = $2 WHERE credential = $3", [
        verified.authenticationInfo.newCounter,
        this.#ports.now(),
        row.credential,
      ]),
    );
    return row.account;
  }

  /** Passkeys of an account, the oldest first, after the one at `after`. */
  async list(account: string, after: Cursor | undefined, limit: number): Promise<PasskeyListing[]> {
    return await this.#sql.query<PasskeyListing & SqlRow>(
      `SELECT credential, name, created_at AS "createdAt", used_at AS "usedAt" FROM passkeys
       WHERE account = $1 AND (created_at > $2 OR (created_at = $2 AND credential > $3))
       ORDER BY created_at, credential LIMIT $4`,
      [account, after?.order ?? 0, after?.id ?? "", limit],
    );
  }

  async has(account: string): Promise<boolean> {
    return (await this.list(account, undefined, 1)).length > 0;
  }

  async remove(account: string, credential: string): Promise<boolean> {
    return this.#sql.transaction(async (tx) => {
      const gone = await tx.execute("DELETE FROM passkeys WHERE account = $1 AND credential = $2", [
        account,
        credential,
      ]);
      return gone === 1;
    });
  }

  #of(account: string): Promise<PasskeyRow[]> {
    return this.#sql.query<PasskeyRow>(
      "SELECT credential, account, public_key, counter, transports FROM passkeys WHERE account = $1",
      [account],
    );
  }

  /** The library throws on whatever does not hold; from outside that is a no. */
  async #verify<T>(
    verify: (
      expected: (
        purpose: string,
        detail: string,
      ) => {
        expectedChallenge: (challenge: string) => Promise<boolean>;
        expectedOrigin: string;
        expectedRPID: string;
      },
    ) => Promise<T>,
  ): Promise<T | undefined> {
    try {
      return await verify((purpose, detail) => ({
        expectedChallenge: async (challenge) => (await this.#challenges.take(challenge, purpose)) === detail,
        expectedOrigin: this.#origin,
        expectedRPID: this.#domain,
      }));
    } catch (error) {
      if (error instanceof Error && error.name === "StoreError") throw error;
      return undefined;
    }
  }
}
