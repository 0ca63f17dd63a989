/**
 * The recovery kit: the secrets of a member's recovery device in an age file (age-encryption.org/v1) that the member
 * keeps. Everything sealed to the member is sealed to that device too, so the kit opens it when all else is lost.
 *
 * Under a passphrase (scrypt) or to hybrid recipients (`age1pq1...`) only: what is sealed with X-Wing in the log must not
 * be weaker here, so a classic recipient is refused, alone or in a mix.
 */
import { armor, Decrypter, Encrypter } from "age-encryption";
import { canonicalJson, parseCanonicalJson } from "./canonical.ts";
import type { DeviceSecrets } from "./device.ts";
import { base64url, fromBase64url, MalformedError, utf8 } from "./encoding.ts";
import { members } from "./entry.ts";
import type { CaseId } from "./event.ts";

/** How a kit is locked or opened. `scryptLogN`: work for a passphrase, 18 unless told (about a second). */
export type KitLock =
  | { readonly passphrase: string; readonly scryptLogN?: number }
  | { readonly recipients: readonly string[] };
export type KitKey = { readonly passphrase: string } | { readonly identity: string };

const format = "parley-recovery/1";
const maxKitSize = 64 * 1024;
const shortestPassphrase = 12;

/** The armoured age file. Throws `MalformedError` (`weak-lock`) for a short passphrase or a recipient that is not hybrid. */
export async function writeRecoveryKit(
  caseId: CaseId,
  secrets: DeviceSecrets,
  lock: KitLock,
): Promise<string> {
  const encrypter = new Encrypter();
  if ("passphrase" in lock) {
    if (lock.passphrase.length < shortestPassphrase) {
      throw new MalformedError("weak-lock", "passphrase", `fewer than ${shortestPassphrase} characters`);
    }
    encrypter.setPassphrase(lock.passphrase);
    encrypter.setScryptWorkFactor(lock.scryptLogN ?? 18);
  } else {
    if (lock.recipients.length === 0 || !lock.recipients.every(isHybrid)) {
      throw new MalformedError(
        "weak-lock",
        "recipients",
        "expected hybrid recipients (age1pq1...) and no others",
      );
    }
    for (const recipient of lock.recipients) encrypter.addRecipient(recipient);
  }
  const content = canonicalJson({
    format,
    case: caseId,
    signing: base64url(secrets.signing),
    sealing: base64url(secrets.sealing),
  });
  return armor.encode(await encrypter.encrypt(utf8(content)));
}

/**
 * The case and the secrets in a kit. Throws `MalformedError`: `cannot-open` for a wrong key or a damaged file,
 * `bad-shape` for an age file that is no kit.
 */
export async function openRecoveryKit(
  kit: string,
  key: KitKey,
): Promise<{ readonly caseId: CaseId; readonly secrets: DeviceSecrets }> {
  if (kit.length > maxKitSize)
    throw new MalformedError("too-large", "kit", `more than ${maxKitSize} characters`);
  let content: Uint8Array;
  try {
    const decrypter = new Decrypter();
    if ("passphrase" in key) decrypter.addPassphrase(key.passphrase);
    else decrypter.addIdentity(key.identity);
    content = await decrypter.decrypt(armor.decode(kit));
  } catch {
    throw new MalformedError("cannot-open", "kit", "it does not open with this key, or it is damaged");
  }
  const kitContent = members(parseCanonicalJson(content), "kit", ["case", "format", "sealing", "signing"]);
  const [signing, sealing] = [kitContent["signing"], kitContent["sealing"]].map((secret) =>
    fromBase64url(typeof secret === "string" ? secret : ""),
  ) as [Uint8Array, Uint8Array];
  if (kitContent["format"] !== format || signing.length !== 32 || sealing.length !== 32) {
    throw new MalformedError("bad-shape", "kit", `expected ${format} with two keys of 32 bytes`);
  }
  return { caseId: kitContent["case"] as CaseId, secrets: { signing, sealing } };
}

function isHybrid(recipient: string): boolean {
  return recipient.startsWith("age1pq1");
}
