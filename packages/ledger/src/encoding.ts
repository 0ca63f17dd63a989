/**
 * Bytes as text and back: UTF-8, base64url (RFC 4648 section 5, no padding), base64 (section 4, padded) and hex.
 *
 * The rule: one text for one value. A decoder refuses whatever its encoder would not have written (padding or
 * none where it belongs, stray bits in the last character, capitals in hex, a byte-order mark, lone surrogates), so that
 * no byte of a record can change without its hash changing too.
 */

/** What was wrong with bytes or text from outside. Nobody should match on the message. */
export type MalformedCode =
  | "bad-utf8"
  | "bad-base64"
  | "bad-hex"
  | "bad-json"
  | "not-canonical"
  | "not-json-value"
  | "too-deep"
  | "too-large"
  | "bad-shape"
  | "bad-note"
  | "bad-export"
  | "not-for-this-device"
  | "cannot-open"
  | "weak-lock";

/** Input from outside that is not what it should be: `code` says what, `place` where (an offset or a path). */
export class MalformedError extends Error {
  override readonly name = "MalformedError";
  readonly code: MalformedCode;
  readonly place: string;
  readonly #what: string;

  constructor(code: MalformedCode, place: string, what: string) {
    super(`${place}: ${what}`);
    this.code = code;
    this.place = place;
    this.#what = what;
  }

  /** The same error, told from further out. */
  within(outer: string): MalformedError {
    return new MalformedError(this.code, `${outer}, ${this.place}`, this.#what);
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const loneSurrogate = /[\uD800-\uDFFF]/u;

/** Offset of the first half of a surrogate pair that stands alone, or -1 where the text is well formed. */
export function loneSurrogateAt(text: string): number {
  return text.search(loneSurrogate);
}

/** UTF-8 bytes of well-formed text; a lone surrogate is refused, since TextEncoder would replace it unseen. */
export function utf8(text: string): Uint8Array {
  const lone = loneSurrogateAt(text);
  if (lone >= 0) throw new MalformedError("bad-utf8", `character ${lone}`, "half of a surrogate pair");
  return encoder.encode(text);
}

/** Text of exactly these bytes; ill-formed UTF-8 is refused and a byte-order mark is kept as a character. */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new MalformedError("bad-utf8", "text", "the bytes are not UTF-8");
  }
}

const standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const urlSafe = `${standard.slice(0, 62)}-_`;

function decodingTable(alphabet: string): Int8Array {
  const table = new Int8Array(128).fill(-1);
  for (let i = 0; i < 64; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
}
const standardTable = decodingTable(standard);
const urlSafeTable = decodingTable(urlSafe);

/** Every two characters of an alphabet, so that twelve bits are written at once. */
function pairsOf(alphabet: string): readonly string[] {
  return Array.from({ length: 4096 }, (_, i) => alphabet.charAt(i >> 6) + alphabet.charAt(i & 63));
}
const standardPairs = pairsOf(standard);
const urlSafePairs = pairsOf(urlSafe);

function encode64(bytes: Uint8Array, pairs: readonly string[]): string {
  let text = "";
  let i = 0;
  for (; i + 2 < bytes.length; i += 3) {
    const bits = ((bytes[i] as number) << 16) | ((bytes[i + 1] as number) << 8) | (bytes[i + 2] as number);
    text += (pairs[bits >> 12] as string) + pairs[bits & 4095];
  }
  if (i === bytes.length) return text;
  const bits = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8);
  const end = (pairs[bits >> 12] as string) + pairs[bits & 4095];
  return text + end.slice(0, bytes.length - i + 1);
}

function decode64(text: string, table: Int8Array): Uint8Array {
  const whole = text.length;
  if (whole % 4 === 1) {
    throw new MalformedError(
      "bad-base64",
      `character ${whole}`,
      "the text is one character too long or short",
    );
  }
  const bytes = new Uint8Array(Math.floor((whole * 3) / 4));
  let buffer = 0;
  let bits = 0;
  let written = 0;
  for (let i = 0; i < whole; i++) {
    const value = table[text.charCodeAt(i)] ?? -1;
    if (value < 0)
      throw new MalformedError("bad-base64", `character ${i}`, "not a character of this alphabet");
    buffer = ((buffer << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[written++] = (buffer >> bits) & 0xff;
    }
  }
  if ((buffer & ((1 << bits) - 1)) !== 0) {
    throw new MalformedError("bad-base64", `character ${whole - 1}`, "the last character carries stray bits");
  }
  return bytes;
}

/** base64url without padding. */
export function base64url(bytes: Uint8Array): string {
  return encode64(bytes, urlSafePairs);
}

/** Bytes of base64url text without padding; refuses any text that `base64url` would not have written. */
export function fromBase64url(text: string): Uint8Array {
  return decode64(text, urlSafeTable);
}

/** base64 with padding, as signed notes use it. */
export function base64(bytes: Uint8Array): string {
  const text = encode64(bytes, standardPairs);
  return text + "=".repeat((4 - (text.length % 4)) % 4);
}

/** Bytes of padded base64 text; refuses any text that `base64` would not have written. */
export function fromBase64(text: string): Uint8Array {
  const bare = text.replace(/={1,2}$/, "");
  if (text.length % 4 !== 0 || text.length - bare.length !== (4 - (bare.length % 4)) % 4) {
    throw new MalformedError("bad-base64", `character ${text.length}`, "the padding is wrong");
  }
  return decode64(bare, standardTable);
}

const hexDigits = "0123456789abcdef";

/** Lower-case hex. */
export function hex(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += hexDigits.charAt(byte >> 4) + hexDigits.charAt(byte & 15);
  return text;
}

/** Bytes of lower-case hex; capitals, odd lengths and anything else are refused. */
export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) {
    throw new MalformedError("bad-hex", `character ${text.length}`, "an odd number of digits");
  }
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < text.length; i++) {
    const value = hexDigits.indexOf(text.charAt(i));
    if (value < 0) throw new MalformedError("bad-hex", `character ${i}`, "not a lower-case hex digit");
    bytes[i >> 1] = ((bytes[i >> 1] as number) << 4) | value;
  }
  return bytes;
}

/** Bytes of the parts, one after another. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Whether two byte strings are the same. Not constant-time: for public values only. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
