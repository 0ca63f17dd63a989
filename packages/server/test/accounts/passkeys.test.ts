import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ParleyClient, type PasskeyAnswer } from "../../src/client/index.ts";
import { browser, device, person, signed, startTestServer, TestCase, type TestServer } from "../table.ts";

/**
 * An authenticator in software (WebAuthn level 2, section 6): ES256, "none" attestation, the user always verified.
 * Only what these answers need of CBOR is written here.
 */
class Authenticator {
  readonly #origin: string;
  readonly #id = randomBytes(32);
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;
  #counter = 0;

  constructor(origin: string) {
    this.#origin = origin;
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#privateKey = pair.privateKey;
    this.#publicKey = pair.publicKey;
  }

  register(options: object): PasskeyAnswer {
    const { x, y } = this.#publicKey.export({ format: "jwk" });
    const cose = Buffer.concat([
      Buffer.from("a5010203262001215820", "hex"),
      Buffer.from(x ?? "", "base64url"),
      Buffer.from("225820", "hex"),
      Buffer.from(y ?? "", "base64url"),
    ]);
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, this.#id.length]), this.#id, cose]);
    const data = Buffer.concat([this.#data(0x45), attested]);
    const attestation = Buffer.concat([
      Buffer.from("a363666d74646e6f6e656761747453746d74a068617574684461746158", "hex"),
      Buffer.from([data.length]),
      data,
    ]);
    return this.#answer({
      clientDataJSON: this.#clientData("webauthn.create", options).toString("base64url"),
      attestationObject: attestation.toString("base64url"),
      transports: ["internal"],
    });
  }

  sign(options: object, origin = this.#origin): PasskeyAnswer {
    const data = this.#data(0x05);
    const client = this.#clientData("webauthn.get", options, origin);
    const covered = Buffer.concat([data, createHash("sha256").update(client).digest()]);
    return this.#answer({
      clientDataJSON: client.toString("base64url"),
      authenticatorData: data.toString("base64url"),
      signature: createSign("sha256").update(covered).sign(this.#privateKey).toString("base64url"),
    });
  }

  #data(flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(++this.#counter);
    const domain = createHash("sha256").update(new URL(this.#origin).hostname).digest();
    return Buffer.concat([domain, Buffer.from([flags]), counter]);
  }

  #clientData(type: string, options: object, origin = this.#origin): Buffer {
    const { challenge } = options as { challenge: string };
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  }

  #answer(response: object): PasskeyAnswer {
    const id = this.#id.toString("base64url");
    return { id, rawId: id, type: "public-key", response, clientExtensionResults: {} };
  }
}

describe("passkeys", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  test("are added, sign in elsewhere, step up, and are forgotten", async () => {
    const someone = await person(server);
    const key = new Authenticator(server.url);
    await someone.client.addPasskey({
      name: "laptop",
      answer: key.register(await someone.client.passkeyRegistration()),
    });
    expect((await someone.client.passkeys()).items).toMatchObject([{ name: "laptop", usedAt: null }]);

    const elsewhere = new ParleyClient({ origin: server.url, fetch: browser(server.url) });
    const session = await elsewhere.signInWithPasskey(key.sign(await elsewhere.passkeySignIn()));
    expect(session).toMatchObject({ account: someone.account, steppedUp: true });

    expect((await someone.client.whoAmI()).steppedUp).toBe(false);
    const stepped = await someone.client.stepUpWithPasskey(key.sign(await someone.client.passkeyStepUp()));
    expect(stepped.steppedUp).toBe(true);
    const [listed] = (await someone.client.passkeys()).items;
    await someone.client.removePasskey(listed!.credential);
    await expect(
      elsewhere.signInWithPasskey(key.sign(await elsewhere.passkeySignIn())),
    ).rejects.toMatchObject({
      code: "passkey-not-valid",
    });
  });

  test("answer each challenge once, for one purpose, from one origin, for their own account", async () => {
    const [someone, other] = [await person(server), await person(server)];
    const key = new Authenticator(server.url);
    const options = await someone.client.passkeyRegistration();
    await expect(other.client.addPasskey({ name: "x", answer: key.register(options) })).rejects.toMatchObject(
      {
        code: "passkey-not-valid",
      },
    );
    await someone.client.addPasskey({
      name: "x",
      answer: key.register(await someone.client.passkeyRegistration()),
    });

    const once = key.sign(await someone.client.passkeyStepUp());
    await someone.client.stepUpWithPasskey(once);
    const refused = { code: "passkey-not-valid" };
    await expect(someone.client.stepUpWithPasskey(once)).rejects.toMatchObject(refused);
    const signIn = await someone.client.passkeySignIn();
    await expect(someone.client.stepUpWithPasskey(key.sign(signIn))).rejects.toMatchObject(refused);
    const foreign = key.sign(await someone.client.passkeyStepUp(), "https://evil.example");
    await expect(someone.client.stepUpWithPasskey(foreign)).rejects.toMatchObject(refused);
    await expect(
      other.client.stepUpWithPasskey(key.sign(await someone.client.passkeyStepUp())),
    ).rejects.toMatchObject(refused);
    // One that is kept already would be another's: its owner would sign in nowhere, and is told.
    await expect(
      other.client.addPasskey({ name: "x", answer: key.register(await other.client.passkeyRegistration()) }),
    ).rejects.toMatchObject(refused);
    const made = key.sign({ challenge: randomBytes(32).toString("base64url") });
    await expect(someone.client.stepUpWithPasskey(made)).rejects.toMatchObject(refused);
  });

  test("are added and removed by whoever proves presence, not by whoever found an open session", async () => {
    const someone = await person(server);
    const [first, second] = [new Authenticator(server.url), new Authenticator(server.url)];
    const { client } = someone;
    await client.addPasskey({ name: "first", answer: first.register(await client.passkeyRegistration()) });
    const [{ credential } = { credential: "" }] = (await client.passkeys()).items;
    const needed = { status: 403, code: "step-up-needed" };
    await expect(client.passkeyRegistration()).rejects.toMatchObject(needed);
    await expect(client.removePasskey(credential)).rejects.toMatchObject(needed);
    await client.stepUpWithPasskey(first.sign(await client.passkeyStepUp()));
    await client.addPasskey({ name: "second", answer: second.register(await client.passkeyRegistration()) });

    // The operator's link is for somebody who lost them all.
    const { accounts } = server.services;
    const way = { name: "x", role: "member", validMs: 60_000, account: someone.account } as const;
    const anew = new ParleyClient({ origin: server.url, fetch: browser(server.url) });
    expect(await anew.redeemLink(await accounts.link(way))).toMatchObject({ steppedUp: true });
    await anew.removePasskey(credential);
    expect((await client.passkeys({ limit: 1 })).items).toMatchObject([{ name: "second" }]);
  });

  test("are asked for once more before an act that binds a party", async () => {
    const talks = await TestCase.seated(server);
    const { client } = talks.member("aldia");
    const { event, signature } = await signed(await device("aldia"), talks.id, {
      kind: "PackageAccepted",
      body: {},
      n: 1,
      audience: "table",
    });
    await expect(client.append(event, signature)).rejects.toMatchObject({
      status: 403,
      code: "step-up-needed",
    });
    const key = new Authenticator(server.url);
    await client.addPasskey({ name: "x", answer: key.register(await client.passkeyRegistration()) });
    await client.stepUpWithPasskey(key.sign(await client.passkeyStepUp()));
    await expect(client.append(event, signature)).rejects.toMatchObject({ status: 422 });
  });
});
