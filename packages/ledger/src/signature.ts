/**
 * Ed25519 (RFC 8032), verified one way everywhere: without cofactor, S below the group's order, R compared as bytes, and
 * the public key canonical and of prime order. Each of these closes a case in which two verifiers of Ed25519 may
 * differ (H. de Valence, "It's 255:19AM"; Chalkias, Garillot, Nikolaenko, "Taming the many EdDSAs", 2020).
 *
 * `verifySignature` answers at once and needs nothing of the platform. `verifySignatures` uses the platform's verifier
 * (WebCrypto, unless it is given another), which is several times faster, where it is there and gives the same answers on
 * the cases that tell verifiers apart.
 */
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { concatBytes, equalBytes, fromHex } from "./encoding.ts";

/** The shape of a check that others are given: `core` is handed one and knows no curve. */
export type VerifySignature = (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** What a device signs with. `sign` may be asked to wait for hardware or a platform key that cannot be read. */
export interface Signer {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Promise<Uint8Array>;
}

/** One signature to check. */
export type SignedMessage = {
  readonly key: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
};

const Point = ed25519.Point;
type CurvePoint = InstanceType<typeof Point>;
const order = Point.Fn.ORDER;

/** Whether `signature` is the one way to sign `message` with `key`. Never throws. */
export const verifySignature: VerifySignature = (key, message, signature) => {
  const known = knownKey(key);
  if (known === undefined || !isWellFormed(signature)) return false;
  const r = signature.subarray(0, 32);
  const s = littleEndian(signature.subarray(32));
  const k = littleEndian(sha512(concatBytes(r, key, message))) % order;
  return equalBytes(Point.BASE.multiplyUnsafe(s).subtract(timesKey(known, k)).toBytes(), r);
};

/**
 * Whether a public key may be enrolled: 32 bytes, canonical, on the curve, and of prime order (not small, not mixed:
 * either would let one signature verify under several keys or for several messages).
 */
export function isSigningKey(key: Uint8Array): boolean {
  return knownKey(key) !== undefined;
}

/** A signer from 32 secret bytes, for keys that a program must hold itself. Signatures are deterministic (RFC 8032). */
export function signerFromSeed(seed: Uint8Array): Signer {
  const publicKey = ed25519.getPublicKey(seed);
  return { publicKey, sign: async (message) => ed25519.sign(message, seed) };
}

/** A signer over a WebCrypto Ed25519 private key, which need not be extractable. */
export function signerFromKey(privateKey: CryptoKey, publicKey: Uint8Array): Signer {
  const sign = async (message: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, message as BufferSource));
  return { publicKey, sign };
}

/** A verifier of the platform: `verify` is asked about keys of prime order and well-formed signatures only. */
export interface PlatformVerifier {
  importKey(key: Uint8Array): unknown;
  /** `key` as `importKey` gave it. */
  verify(key: unknown, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
}

const webCrypto: PlatformVerifier = {
  importKey: (key) => crypto.subtle.importKey("raw", key as BufferSource, "Ed25519", true, ["verify"]),
  verify: async (key, message, signature) =>
    crypto.subtle.verify(
      "Ed25519",
      (await key) as CryptoKey,
      signature as BufferSource,
      message as BufferSource,
    ),
};

/** Many checks at once, in order; the same answers as `verifySignature`, from the fastest verifier at hand. */
export async function verifySignatures(
  signed: readonly SignedMessage[],
  platform: PlatformVerifier = webCrypto,
): Promise<boolean[]> {
  if (!(await platformAgrees(platform)))
    return signed.map((one) => verifySignature(one.key, one.message, one.signature));
  return Promise.all(signed.map((one) => verifyOn(platform, one)));
}

function verifyOn(
  platform: PlatformVerifier,
  { key, message, signature }: SignedMessage,
): boolean | Promise<boolean> {
  const known = knownKey(key);
  if (known === undefined || !isWellFormed(signature)) return false;
  if (!known.imported.has(platform)) known.imported.set(platform, platform.importKey(key));
  return platform.verify(known.imported.get(platform), message, signature);
}

/**
 * What the platform is asked before it is trusted: one key of prime order, one message, and four signatures on which
 * verifiers differ. Whatever else they could get wrong (keys, S, lengths) is checked here before the platform is asked.
 */
const probe = {
  key: "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c",
  message: "7061726c6579",
  signatures: [
    // R has a component of small order: a verifier with cofactor accepts it.
    [
      "186ed2bdbd1a36f6437c5168b0221914018ea4f32a1c3fcd1c1794d64fbd596effbde116a6cc55562d8354222373642059548acca9777a2b05c05c207f665102",
      false,
    ],
    // R is the identity, written non-canonically: a verifier that decodes R accepts it.
    [
      "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f6d63cce55bf66c1afb0f768c846c7ff92a3d32a3ab2b9c175dd73b6d1fecdb05",
      false,
    ],
    // R is the identity: a verifier with a list of forbidden points refuses it.
    [
      "0100000000000000000000000000000000000000000000000000000000000000836f2a976ce0f7c6acacd46f3a30caeae331f3b012d876181523ec0f84724901",
      true,
    ],
  ],
} as const;

const agreements = new Map<PlatformVerifier, Promise<boolean>>();

function platformAgrees(platform: PlatformVerifier): Promise<boolean> {
  const known = agreements.get(platform);
  if (known !== undefined) return known;
  const agreement = agrees(platform).catch(() => false);
  agreements.set(platform, agreement);
  return agreement;
}

async function agrees(platform: PlatformVerifier): Promise<boolean> {
  const key = fromHex(probe.key);
  const message = fromHex(probe.message);
  const agreed = probe.signatures.map(
    async ([signature, valid]) =>
      (await verifyOn(platform, { key, message, signature: fromHex(signature) })) === valid,
  );
  return (await Promise.all(agreed)).every(Boolean);
}

/** 64 bytes whose second half is below the group's order. */
function isWellFormed(signature: Uint8Array): boolean {
  return signature.length === 64 && littleEndian(signature.subarray(32)) < order;
}

type KnownKey = {
  readonly point: CurvePoint;
  uses: number;
  /** The key as each platform verifier has it. */
  readonly imported: Map<PlatformVerifier, unknown>;
};

/**
 * Keys seen lately, the one seen longest ago first. To find that a key is of prime order costs as much as ten
 * signatures, so a server with many devices at work keeps many.
 */
const knownKeys = new Map<string, KnownKey | undefined>();
const maxKnownKeys = 2_048;
/** A table (0.8 MB) makes multiplying by a key six times faster and costs as much as thirty multiplications: for few. */
const usesBeforeTable = 16;
const maxTables = 64;
let tables = 0;

function knownKey(key: Uint8Array): KnownKey | undefined {
  if (key.length !== 32) return undefined;
  const name = String.fromCharCode(...key);
  const seen = knownKeys.has(name);
  const known = seen ? knownKeys.get(name) : primeOrderPoint(key);
  if (seen) knownKeys.delete(name);
  knownKeys.set(name, known);
  if (knownKeys.size > maxKnownKeys) knownKeys.delete(knownKeys.keys().next().value as string);
  return known;
}

function primeOrderPoint(key: Uint8Array): KnownKey | undefined {
  try {
    const point = Point.fromBytes(key);
    return point.isSmallOrder() || !point.isTorsionFree()
      ? undefined
      : { point, uses: 0, imported: new Map() };
  } catch {
    return undefined;
  }
}

/** The key's point, times a public scalar. */
function timesKey(known: KnownKey, scalar: bigint): CurvePoint {
  if (++known.uses === usesBeforeTable && tables < maxTables) {
    tables++;
    known.point.precompute(8);
  }
  return known.point.multiplyUnsafe(scalar);
}

function littleEndian(bytes: Uint8Array): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let value = 0n;
  for (let i = bytes.length - 8; i >= 0; i -= 8) value = (value << 64n) | view.getBigUint64(i, true);
  return value;
}
