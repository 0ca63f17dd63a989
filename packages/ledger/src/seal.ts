/**
 * What only some may read: sealed once under a fresh content key, and that key sealed to each recipient device.
 *
 * HPKE base mode (RFC 9180) with X-Wing (draft-connolly-cfrg-xwing-kem: X25519 and ML-KEM-768 together), HKDF-SHA256 and
 * AES-256-GCM. Both layers are bound to case, log, kind, sender and purpose, so nothing sealed for one place opens in
 * another. The ciphertext begins with a commitment to the content key: AES-GCM alone would let a sender show two
 * recipients two different texts under one ciphertext (Dodis and others, "Fast Message Franking", 2018).
 *
 * Who sent it is not proven here: the event's signature covers the ciphertext, and `author` is part of what is bound.
 * Lengths are padded, so that they say less; who the recipients are is in clear.
 */
import { Aes256Gcm, CipherSuite, HkdfSha256 } from "@hpke/core";
import { XWing } from "@hpke/hybridkem-x-wing";
import { x25519 } from "@noble/curves/ed25519.js";
import { canonicalJson, type Json, parseCanonicalJson } from "./canonical.ts";
import { base64url, concatBytes, equalBytes, fromBase64url, MalformedError, utf8 } from "./encoding.ts";
import {
  type CaseId,
  type DeviceId,
  type DeviceKeys,
  type Event,
  type LogId,
  messageBytes,
  type Sealed,
  type SealedTo,
} from "./event.ts";
import { hashLength, sha256 } from "./hash.ts";

/** What a sealed part is bound to. */
export type SealContext = {
  readonly case: CaseId;
  readonly log: LogId;
  readonly kind: string;
  readonly author: DeviceId;
  readonly purpose: string;
};

/** A device that something is sealed to. */
export type SealRecipient = { readonly device: DeviceId; readonly keys: DeviceKeys };

/** What a device opens with: the 32 secret bytes of its X-Wing key. */
export type SealingKey = { readonly device: DeviceId; readonly secret: Uint8Array };

/** The smallest padded length in bytes: an answer, yes or no, fits in it with room to spare. */
export const smallestPadded = 1024;

const kem = new XWing();
const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** The public X-Wing key, 1,216 bytes, of 32 secret bytes. */
export async function sealingPublicKey(secret: Uint8Array): Promise<Uint8Array> {
  const { publicKey } = await kem.generateKeyPairDerand(secret);
  return new Uint8Array(await kem.serializePublicKey(publicKey));
}

/**
 * Whether these bytes are an X-Wing public key: 1,184 bytes of ML-KEM-768 whose 768 coefficients of 12 bits are below the
 * modulus (FIPS 203 section 7.2), then 32 bytes of X25519 that are no point of small order (RFC 7748 section 6.1).
 */
export function isSealingKey(key: Uint8Array): boolean {
  if (key.length !== mlKemLength + 32) return false;
  for (let i = 0; i < coefficientBytes; i += 3) {
    const bits = (key[i] as number) | ((key[i + 1] as number) << 8) | ((key[i + 2] as number) << 16);
    if ((bits & 0xfff) >= mlKemModulus || bits >> 12 >= mlKemModulus) return false;
  }
  try {
    x25519.getSharedSecret(new Uint8Array(32).fill(1), key.subarray(mlKemLength));
    return true;
  } catch {
    return false;
  }
}

/** ML-KEM-768: bytes of the public key, those of them that are coefficients, and what these are below. */
const mlKemLength = 1184;
const coefficientBytes = 1152;
const mlKemModulus = 3329;

/** Seals a value to the devices given, each once. Throws a `RangeError` if there is none: nobody could ever open it. */
export async function seal(
  context: SealContext,
  value: Json,
  recipients: readonly SealRecipient[],
): Promise<Sealed> {
  const unique = new Map(recipients.map((recipient) => [recipient.device, recipient]));
  if (unique.size === 0) throw new RangeError("sealed to nobody");
  const contentKey = crypto.getRandomValues(new Uint8Array(32));
  const commitment = commitmentTo(contentKey);
  const content = await contentCipher(contentKey, "encrypt");
  const ciphertext = await crypto.subtle.encrypt(
    gcm(contextBytes(context)),
    content,
    pad(utf8(canonicalJson(value))) as BufferSource,
  );
  const to = await Promise.all(
    [...unique.values()]
      .sort((a, b) => (a.device < b.device ? -1 : 1))
      .map((recipient) => wrap(contentKey, commitment, context, recipient)),
  );
  return {
    purpose: context.purpose,
    to,
    ciphertext: base64url(concatBytes(commitment, new Uint8Array(ciphertext))),
  };
}

/** The context that the sealed part of an event is bound to. */
export function sealContextOf(event: Event, sealed: Sealed): SealContext {
  return {
    case: event.case,
    log: event.log,
    kind: event.kind,
    author: event.author,
    purpose: sealed.purpose,
  };
}

/** Opens the sealed part of an event. Throws `MalformedError` `not-for-this-device` or `cannot-open`. */
export async function openSealed(sealed: Sealed, context: SealContext, key: SealingKey): Promise<Json> {
  return openWithContentKey(sealed, context, await contentKeyFor(sealed, context, key));
}

/**
 * The content key of a sealed part, which a recipient may hand to a new member: sealed to that member in an event of its
 * own, it opens this one message and nothing else. Throws as `openSealed` does.
 */
export async function contentKeyFor(
  sealed: Sealed,
  context: SealContext,
  { device, secret }: SealingKey,
): Promise<Uint8Array> {
  const mine = sealed.to.find((recipient) => recipient.device === device);
  if (mine === undefined) {
    throw new MalformedError("not-for-this-device", "sealed", "this device is not among the recipients");
  }
  const commitment = fromBase64url(sealed.ciphertext).subarray(0, hashLength);
  try {
    const { privateKey } = await kem.generateKeyPairDerand(secret);
    const opened = await suite.open(
      {
        recipientKey: privateKey,
        enc: buffer(fromBase64url(mine.enc)),
        info: buffer(contextBytes(context)),
      },
      buffer(fromBase64url(mine.key)),
      buffer(commitment),
    );
    return new Uint8Array(opened);
  } catch {
    throw cannotOpen();
  }
}

/** Opens a sealed part with its content key, handed over by a recipient. Throws `MalformedError` `cannot-open`. */
export async function openWithContentKey(
  sealed: Sealed,
  context: SealContext,
  contentKey: Uint8Array,
): Promise<Json> {
  const bytes = fromBase64url(sealed.ciphertext);
  if (contentKey.length !== 32 || !equalBytes(commitmentTo(contentKey), bytes.subarray(0, hashLength))) {
    throw cannotOpen();
  }
  try {
    const content = await contentCipher(contentKey, "decrypt");
    const padded = await crypto.subtle.decrypt(
      gcm(contextBytes(context)),
      content,
      bytes.subarray(hashLength) as BufferSource,
    );
    return parseCanonicalJson(unpad(new Uint8Array(padded)));
  } catch {
    throw cannotOpen();
  }
}

/**
 * The length to which n bytes are padded: at least `smallestPadded`, then a multiple of an eighth of the power of two
 * below, so that a length tells only its three leading bits, for at most an eighth more bytes (after the Padmé scheme of
 * Nikitin and others, "Reducing Metadata Leakage from Encrypted Files", 2019).
 */
export function paddedLength(n: number): number {
  const step = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, n))) - 3);
  return Math.max(smallestPadded, Math.ceil(n / step) * step);
}

/** The value, then a byte 0x80, then zeros. */
function pad(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(paddedLength(bytes.length + 1));
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  return padded;
}

function unpad(padded: Uint8Array): Uint8Array {
  const end = padded.lastIndexOf(0x80);
  if (end < 0 || padded.length !== paddedLength(end + 1) || padded.subarray(end + 1).some(Boolean)) {
    throw cannotOpen();
  }
  return padded.subarray(0, end);
}

async function wrap(
  contentKey: Uint8Array,
  commitment: Uint8Array,
  context: SealContext,
  { device, keys }: SealRecipient,
): Promise<SealedTo> {
  try {
    const recipientPublicKey = await kem.deserializePublicKey(buffer(fromBase64url(keys.sealing)));
    const info = buffer(contextBytes(context));
    const { enc, ct } = await suite.seal(
      { recipientPublicKey, info },
      buffer(contentKey),
      buffer(commitment),
    );
    return { device, enc: base64url(new Uint8Array(enc)), key: base64url(new Uint8Array(ct)) };
  } catch {
    throw new MalformedError("bad-shape", `recipient ${device}`, "its sealing key is not an X-Wing key");
  }
}

/** The bytes alone in a buffer of their own, as the HPKE library takes them. */
function buffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

function contextBytes(context: SealContext): Uint8Array {
  return messageBytes("parley-seal/1", context);
}

function commitmentTo(contentKey: Uint8Array): Uint8Array {
  return sha256(concatBytes(utf8("parley-commitment/1\n"), contentKey));
}

function contentCipher(contentKey: Uint8Array, use: "encrypt" | "decrypt"): Promise<CryptoKey> {
  const derived = sha256(concatBytes(utf8("parley-content/1\n"), contentKey));
  return crypto.subtle.importKey("raw", derived as BufferSource, "AES-GCM", false, [use]);
}

/** A content key seals one text, so its nonce can be zero. */
function gcm(additionalData: Uint8Array): AesGcmParams {
  return { name: "AES-GCM", iv: new Uint8Array(12), additionalData: additionalData as BufferSource };
}

/** One error for every reason: which one it was would help only somebody who tries. */
function cannotOpen(): MalformedError {
  return new MalformedError("cannot-open", "sealed", "it does not open with this key in this place");
}
