import { readFileSync } from "node:fs";
import { Aes128Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import {
  base64url,
  type CaseId,
  contentKeyFor,
  type Device,
  type DeviceId,
  fromBase64url,
  fromHex,
  hex,
  type Json,
  openSealed,
  openWithContentKey,
  paddedLength,
  type SealContext,
  type Sealed,
  seal,
  sealContextOf,
  sealingPublicKey,
  sharedLog,
  smallestPadded,
  utf8,
} from "@parley/ledger";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toyDevice } from "./toy-case.ts";

type XWingVector = {
  readonly seed: string;
  readonly eseed: string;
  readonly ss: string;
  readonly pk: string;
  readonly ct: string;
};
const xWing = (
  JSON.parse(readFileSync(new URL("fixtures/x-wing.json", import.meta.url), "utf8")) as {
    readonly vectors: readonly XWingVector[];
  }
).vectors;

const bytes = (text: string): ArrayBuffer => new Uint8Array(fromHex(text)).buffer;

async function refusalOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  return outcome instanceof Error && "code" in outcome ? outcome.code : outcome;
}

describe("the published vectors", () => {
  test.each(xWing.map((one, i) => [i, one] as const))(
    "X-Wing vector %i",
    async (_, { seed, eseed, ss, pk, ct }) => {
      expect(hex(await sealingPublicKey(fromHex(seed)))).toBe(pk);
      const kem = new XWing();
      const recipientPublicKey = await kem.deserializePublicKey(bytes(pk));
      const sent = await kem.encap({ recipientPublicKey, ekm: bytes(eseed) });
      expect(hex(new Uint8Array(sent.enc))).toBe(ct);
      expect(hex(new Uint8Array(sent.sharedSecret))).toBe(ss);
      const { privateKey } = await kem.generateKeyPairDerand(fromHex(seed));
      expect(hex(new Uint8Array(await kem.decap({ recipientKey: privateKey, enc: bytes(ct) })))).toBe(ss);
      const altered = `${ct.slice(0, -2)}${ct.endsWith("00") ? "01" : "00"}`;
      const other = await kem.decap({ recipientKey: privateKey, enc: bytes(altered) });
      expect(hex(new Uint8Array(other))).not.toBe(ss);
    },
  );

  // RFC 9180 appendix A.1.1: base mode, X25519, HKDF-SHA256, AES-128-GCM; the same library code as ours but for the KEM.
  test("HPKE base mode of RFC 9180", async () => {
    const suite = new CipherSuite({
      kem: new DhkemX25519HkdfSha256(),
      kdf: new HkdfSha256(),
      aead: new Aes128Gcm(),
    });
    const recipientKey = await suite.kem.deserializePrivateKey(
      bytes("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8"),
    );
    const open = async (first: string): Promise<string> => {
      const recipient = await suite.createRecipientContext({
        recipientKey,
        enc: bytes("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431"),
        info: bytes("4f6465206f6e2061204772656369616e2055726e"),
      });
      const texts = [
        await recipient.open(bytes(first), bytes("436f756e742d30")),
        await recipient.open(
          bytes("af2d7e9ac9ae7e270f46ba1f975be53c09f8d875bdc8535458c2494e8a6eab251c03d0c22a56b8ca42c2063b84"),
          bytes("436f756e742d31"),
        ),
      ];
      return texts.map((text) => hex(new Uint8Array(text))).join();
    };
    const text = "4265617574792069732074727574682c20747275746820626561757479";
    const first =
      "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a";
    expect(await open(first)).toBe(`${text},${text}`);
    await expect(open(first.replace("f9", "f8"))).rejects.toThrow();
  });
});

const anna = await toyDevice("Anna");
const boris = await toyDevice("Boris");
const clara = await toyDevice("Clara");
const context: SealContext = {
  case: "case" as CaseId,
  log: sharedLog,
  kind: "MessageSent",
  author: anna.id,
  purpose: "message",
};
const to = (...devices: readonly Device[]) => devices.map(({ id, keys }) => ({ device: id, keys }));
const secret: Json = { text: "we could live with 40" };

describe("what is sealed", () => {
  test("opens for each recipient device, and for no other", async () => {
    const sealed = await seal(context, secret, to(boris, anna, boris));
    expect(sealed.to.map(({ device }) => device)).toEqual([anna.id, boris.id].sort());
    for (const { sealingKey } of [anna, boris]) {
      expect(await openSealed(sealed, context, sealingKey)).toEqual(secret);
    }
    expect(await refusalOf(openSealed(sealed, context, clara.sealingKey))).toBe("not-for-this-device");
    const stolen = { device: boris.id, secret: clara.sealingKey.secret };
    expect(await refusalOf(openSealed(sealed, context, stolen))).toBe("cannot-open");
    expect(JSON.stringify(sealed)).not.toContain("live with");
  });

  test("opens nowhere but where it was sealed for: case, log, kind, sender and purpose", async () => {
    const sealed = await seal(context, secret, to(boris));
    const elsewhere: SealContext[] = [
      { ...context, case: "another" as CaseId },
      { ...context, log: "circle" as SealContext["log"] },
      { ...context, kind: "PreferencesSealed" },
      { ...context, author: boris.id },
      { ...context, purpose: "preferences" },
    ];
    const key = await contentKeyFor(sealed, context, boris.sealingKey);
    for (const other of elsewhere) {
      expect(await refusalOf(openSealed(sealed, other, boris.sealingKey))).toBe("cannot-open");
      expect(await refusalOf(openWithContentKey(sealed, other, key))).toBe("cannot-open");
    }
  });

  test("does not open once any byte of it is altered", async () => {
    const sealed = await seal(context, secret, to(boris));
    const flip = (text: string, at: number): string => {
      const changed = fromBase64url(text);
      changed[at % changed.length]! ^= 1 << (at % 8);
      return base64url(changed);
    };
    const [mine] = sealed.to;
    for (const at of [0, 31, 32, 400, 1119, 5000]) {
      const bent: Sealed[] = [
        { ...sealed, ciphertext: flip(sealed.ciphertext, at) },
        { ...sealed, to: [{ ...mine!, enc: flip(mine!.enc, at) }] },
        { ...sealed, to: [{ ...mine!, key: flip(mine!.key, at) }] },
      ];
      for (const one of bent) {
        expect(await refusalOf(openSealed(one, context, boris.sealingKey))).toBe("cannot-open");
      }
    }
    expect(await refusalOf(openSealed({ ...sealed, ciphertext: "" }, context, boris.sealingKey))).toBe(
      "cannot-open",
    );
    const cut = { ...sealed, to: [{ ...mine!, enc: "AAAA" }] };
    expect(await refusalOf(openSealed(cut, context, boris.sealingKey))).toBe("cannot-open");
  });

  test("is one text for all: a key that the ciphertext is not committed to opens nothing", async () => {
    const one = await seal(context, { text: "one" }, to(boris));
    const two = await seal(context, { text: "two" }, to(clara));
    const crossed = { ...one, to: two.to };
    expect(await refusalOf(openSealed(crossed, context, clara.sealingKey))).toBe("cannot-open");
    expect(await refusalOf(openWithContentKey(one, context, new Uint8Array(32)))).toBe("cannot-open");
    expect(await refusalOf(openWithContentKey(one, context, new Uint8Array(31)))).toBe("cannot-open");
  });

  test("a leaver cannot read what is sealed next, and who comes reads the past only from a key handed over", async () => {
    const past = await seal(context, { text: "past" }, to(anna, boris));
    const next = await seal(context, { text: "next" }, to(anna, clara));
    expect(await refusalOf(openSealed(next, context, boris.sealingKey))).toBe("not-for-this-device");
    expect(await refusalOf(openSealed(past, context, clara.sealingKey))).toBe("not-for-this-device");

    const handed = await contentKeyFor(past, context, anna.sealingKey);
    const handOver = { ...context, kind: "KeysHandedOver", purpose: "hand-over" };
    const parcel = await seal(handOver, { key: base64url(handed) }, to(clara));
    const { key } = (await openSealed(parcel, handOver, clara.sealingKey)) as { readonly key: string };
    expect(await openWithContentKey(past, context, fromBase64url(key))).toEqual({ text: "past" });
    expect(await refusalOf(openWithContentKey(next, context, fromBase64url(key)))).toBe("cannot-open");
  });

  test("says only its length, in steps; a yes and a no are of one length", async () => {
    const length = async (value: Json): Promise<number> =>
      (await seal(context, value, to(boris))).ciphertext.length;
    expect(await length({ answer: "accept", signature: "x".repeat(86) })).toBe(
      await length({ answer: "decline" }),
    );
    expect(await length("x".repeat(2000))).toBe(await length("x".repeat(2040)));
  });

  test("padding adds at most an eighth, and never less than the smallest step", () => {
    void fc.assert(
      fc.property(fc.nat({ max: 5_000_000 }), (n) => {
        const padded = paddedLength(n);
        expect(padded).toBeGreaterThanOrEqual(Math.max(n, smallestPadded));
        if (padded > smallestPadded) expect(padded).toBeLessThanOrEqual(n * 1.125 + 1);
        expect(paddedLength(padded)).toBe(padded);
      }),
    );
  });

  test("is refused for nobody, and names the recipient whose key is none", async () => {
    await expect(seal(context, secret, [])).rejects.toThrow(RangeError);
    const broken = { device: "broken" as DeviceId, keys: { ...boris.keys, sealing: "AAAA" } };
    await expect(seal(context, secret, [...to(anna), broken])).rejects.toThrow(/^recipient broken: /);
  });

  test("with a length that no writer gives does not open", async () => {
    // Sealed by hand with another padding, under a key that is committed to: only the padding is wrong.
    const { sha256, concatBytes, messageBytes } = await import("@parley/ledger");
    const contentKey = new Uint8Array(32).fill(7);
    const hashed = (name: string): Uint8Array => sha256(concatBytes(utf8(`${name}\n`), contentKey));
    const cipher = await crypto.subtle.importKey(
      "raw",
      hashed("parley-content/1") as BufferSource,
      "AES-GCM",
      false,
      ["encrypt"],
    );
    const sealedAs = async (padded: Uint8Array): Promise<Sealed> => {
      const additionalData = messageBytes("parley-seal/1", context) as BufferSource;
      const encrypted = await crypto.subtle.encrypt(
        { name: "AES-GCM", iv: new Uint8Array(12), additionalData },
        cipher,
        padded as BufferSource,
      );
      const ciphertext = concatBytes(hashed("parley-commitment/1"), new Uint8Array(encrypted));
      return { purpose: context.purpose, to: [], ciphertext: base64url(ciphertext) };
    };
    const padded = new Uint8Array(smallestPadded);
    padded.set(utf8("1\u0080").slice(0, 1));
    padded[1] = 0x80;
    expect(await openWithContentKey(await sealedAs(padded), context, contentKey)).toBe(1);
    const short = padded.slice(0, 100);
    const dirty = padded.map((byte, i) => (i === 500 ? 1 : byte));
    const none = new Uint8Array(smallestPadded);
    for (const wrong of [short, dirty, none]) {
      expect(await refusalOf(openWithContentKey(await sealedAs(wrong), context, contentKey))).toBe(
        "cannot-open",
      );
    }
  });

  test("takes its context from the event that carries it", async () => {
    const sealed = await seal(context, secret, to(boris));
    const event = { case: context.case, log: context.log, kind: context.kind, author: context.author };
    expect(sealContextOf(event as Parameters<typeof sealContextOf>[0], sealed)).toEqual(context);
  });
});
