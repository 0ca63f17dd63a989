/**
 * The signed head of a log: a C2SP signed note whose text is a tlog-checkpoint, signed by the case's keeper (Ed25519,
 * type 0x01) and cosigned by devices that checked it (tlog-cosignature, type 0x04). Formats: c2sp.org/signed-note,
 * c2sp.org/tlog-checkpoint, c2sp.org/tlog-cosignature.
 *
 * A cosignature says: as of this time, this is the largest consistent tree that I have seen for this log. It is only made
 * by a device that verified the proof from the last head it knew.
 */
import {
  base64,
  base64url,
  concatBytes,
  equalBytes,
  fromBase64,
  fromBase64url,
  hex,
  MalformedError,
  utf8,
} from "./encoding.ts";
import type { CaseId, DeviceId, Head, LogId } from "./event.ts";
import { hashLength, sha256 } from "./hash.ts";
import { type Signer, verifySignature } from "./signature.ts";

/** What a checkpoint says; `root` is base64url as everywhere in Parley, base64 only in the note. */
export type Checkpoint = { readonly origin: string } & Head;

/** A note taken apart: the text that is signed, and its signature lines. */
export type Note = { readonly text: string; readonly signatures: readonly NoteSignature[] };

export type NoteSignature = {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
};

/** A key that notes are checked with: `name+id+key` when written (a C2SP vkey). */
export type NoteKey = { readonly name: string; readonly type: 1 | 4; readonly key: Uint8Array };

const maxNoteSize = 64 * 1024;
const maxSignatures = 256;

/** The origin line of a log, and the name of its keeper's key. */
export function originOf(caseId: CaseId, log: LogId): string {
  return `parley/${caseId}/${log}`;
}

/** The name under which a device cosigns. */
export function cosignerName(device: DeviceId): string {
  return `parley/device/${device}`;
}

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${base64(fromBase64url(root))}\n`;
}

/** Signs a head as the keeper does; gives the whole note. */
export async function signCheckpoint(checkpoint: Checkpoint, signer: Signer): Promise<string> {
  const text = checkpointText(checkpoint);
  const key: NoteKey = { name: checkpoint.origin, type: 1, key: signer.publicKey };
  return `${text}\n${signatureLine(key, await signer.sign(utf8(text)))}`;
}

/** Cosigns a checkpoint's text at a time in seconds since 1970; gives the signature line to add to the note. */
export async function cosign(text: string, device: DeviceId, signer: Signer, timeS: number): Promise<string> {
  const key: NoteKey = { name: cosignerName(device), type: 4, key: signer.publicKey };
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(timeS));
  const signature = await signer.sign(cosignedMessage(text, BigInt(timeS)));
  return signatureLine(key, concatBytes(time, signature));
}

/**
 * The checkpoint in a note, if the key signed it under its own origin; undefined if the note is well formed but that
 * signature is missing or false. Throws `MalformedError` (`bad-note`) for what is no checkpoint.
 */
export function openCheckpoint(note: string, origin: string, key: Uint8Array): Checkpoint | undefined {
  const { text, signatures } = parseNote(note);
  const checkpoint = parseCheckpoint(text);
  if (checkpoint.origin !== origin) return undefined;
  const signed = signaturesBy({ name: origin, type: 1, key }, signatures);
  const valid = signed.length > 0 && signed.every((signature) => verifySignature(key, utf8(text), signature));
  return valid ? checkpoint : undefined;
}

/** When the device says it cosigned this note, in seconds since 1970; undefined if it did not. */
export function cosignedAt(note: string, device: DeviceId, key: Uint8Array): number | undefined {
  const { text, signatures } = parseNote(note);
  const [signature] = signaturesBy({ name: cosignerName(device), type: 4, key }, signatures);
  return signature === undefined ? undefined : timeOfCosignature(text, signature, key);
}

/** The devices that a note's signature lines name. */
export function cosigners(note: string): readonly DeviceId[] {
  const prefix = cosignerName("" as DeviceId);
  return parseNote(note)
    .signatures.filter(({ name }) => name.startsWith(prefix))
    .map(({ name }) => name.slice(prefix.length) as DeviceId);
}

/** The time in a timestamped signature over a note's text, if the signature is the key's. */
export function timeOfCosignature(text: string, signature: Uint8Array, key: Uint8Array): number | undefined {
  if (signature.length !== 8 + 64) return undefined;
  const time = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  if (time > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return verifySignature(key, cosignedMessage(text, time), signature.subarray(8)) ? Number(time) : undefined;
}

/** Takes a signed note apart without trusting it. Throws `MalformedError` (`bad-note`) with the line. */
export function parseNote(note: string): Note {
  if (note.length > maxNoteSize) throw badNote("note", `it has more than ${maxNoteSize} characters`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what a note must not have
  const control = note.search(/[\u0000-\u0009\u000B-\u001F]/);
  if (control >= 0) throw badNote(`character ${control}`, "a control character");
  const split = note.lastIndexOf("\n\n");
  if (split < 1 || !note.endsWith("\n")) throw badNote("note", "no blank line before the signatures");
  const text = note.slice(0, split + 1);
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > maxSignatures) throw badNote("note", `more than ${maxSignatures} signatures`);
  return { text, signatures: lines.map(parseSignatureLine) };
}

/** The head in a checkpoint's text. Extension lines are refused: a log's own format has none. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, size, root, end, ...more] = text.split("\n");
  if (end !== "" || more.length > 0 || !origin) throw badNote("checkpoint", "not exactly three lines");
  if (!/^(0|[1-9]\d{0,15})$/.test(size as string) || !Number.isSafeInteger(Number(size))) {
    throw badNote("line 2", "the size is not a whole number");
  }
  const hash = fromBase64(root as string);
  if (hash.length !== hashLength) throw badNote("line 3", "the root is not a SHA-256");
  return { origin, size: Number(size), root: base64url(hash) };
}

/** The first four bytes that tell a key of this name and type from others. */
export function noteKeyId({ name, type, key }: NoteKey): Uint8Array {
  return sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(type), key)).subarray(0, 4);
}

/** A key as text that can be handed on: `name+id+key`. */
export function writeNoteKey(key: NoteKey): string {
  return `${key.name}+${hex(noteKeyId(key))}+${base64(concatBytes(Uint8Array.of(key.type), key.key))}`;
}

export function parseNoteKey(text: string): NoteKey {
  const [name, id, material, ...more] = text.split("+");
  if (!name || id === undefined || material === undefined) throw badNote("key", "not name+id+key");
  // base64 has plus signs of its own.
  const bytes = fromBase64([material, ...more].join("+"));
  const type = bytes[0];
  if ((type !== 1 && type !== 4) || bytes.length !== 33) throw badNote("key", "not an Ed25519 key");
  const key: NoteKey = { name, type, key: bytes.subarray(1) };
  if (hex(noteKeyId(key)) !== id) throw badNote("key", "its id does not belong to it");
  return key;
}

/** The signatures in a note under this key's name and id, not yet checked. */
export function signaturesBy(key: NoteKey, signatures: readonly NoteSignature[]): readonly Uint8Array[] {
  const id = noteKeyId(key);
  return signatures
    .filter(({ name, keyId }) => name === key.name && equalBytes(keyId, id))
    .map(({ signature }) => signature);
}

function cosignedMessage(text: string, time: bigint): Uint8Array {
  return utf8(`cosignature/v1\ntime ${time}\n${text}`);
}

function signatureLine(key: NoteKey, signature: Uint8Array): string {
  return `— ${key.name} ${base64(concatBytes(noteKeyId(key), signature))}\n`;
}

function parseSignatureLine(line: string, i: number): NoteSignature {
  const [dash, name, encoded, ...more] = line.split(" ");
  const place = `signature ${i + 1}`;
  if (dash !== "—" || !name || encoded === undefined || more.length > 0 || /[\s+]/u.test(name)) {
    throw badNote(place, "not a signature line");
  }
  const bytes = fromBase64(encoded);
  if (bytes.length < 5) throw badNote(place, "too short");
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) };
}

function badNote(place: string, message: string): MalformedError {
  return new MalformedError("bad-note", place, message);
}
