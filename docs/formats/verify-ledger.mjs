#!/usr/bin/env node
// Checks a .parley file without any of Parley's code: `node verify-ledger.mjs FILE [HEAD]`. Written from ledger.md alone.
//
// It checks form, hashes, trees, counts, heads, times, signatures, checkpoints, cosignatures and the last line. It does NOT
// fold the rules of a case: whether a device was valid at that point, and whether its seat may do what it did, is not said.
// Needs Node 20 and nothing else. Exit status: 0 consistent, 1 a fault (named with its line), 2 not readable.
import {
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  verify as platformVerify,
} from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

class Fault extends Error {
  constructor(code, sentence) {
    super(sentence);
    this.code = code;
  }
}
const fail = (code, sentence) => {
  throw new Fault(code, sentence);
};
const sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const b64u = (bytes) => Buffer.from(bytes).toString("base64url");
const H = (value) => b64u(sha256(canonical(value)));

// ---- text and JSON

const maxBytes = 4_194_304;
const maxDepth = 200;

function unbase64url(text) {
  const bytes = Buffer.from(text, "base64url");
  return b64u(bytes) === text ? bytes : fail("bad-base64", "not base64url");
}

function unbase64(text) {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : fail("bad-base64", "not base64");
}

function canonical(value, depth = maxDepth) {
  if (typeof value === "string") {
    return value.isWellFormed() ? JSON.stringify(value) : fail("not-json-value", "a lone surrogate");
  }
  if (typeof value === "number") {
    return Number.isFinite(value) ? JSON.stringify(value) : fail("not-json-value", "not a JSON number");
  }
  if (value === null || typeof value === "boolean") return String(value);
  if (depth === 0) fail("too-deep", "too many levels");
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth - 1)).join(",")}]`;
  const names = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return `{${names.map((name) => `${canonical(name)}:${canonical(value[name], depth - 1)}`).join(",")}}`;
}

function parseCanonical(bytes) {
  if (bytes.length > maxBytes) fail("too-large", "the line is too long");
  let text;
  let value;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    fail("bad-utf8", "not UTF-8");
  }
  try {
    value = JSON.parse(text);
  } catch {
    fail("bad-json", "not JSON");
  }
  return canonical(value) === text ? value : fail("not-canonical", "JSON, but not canonical");
}

// ---- Ed25519, as the page says: the platform does the work, what platforms differ on is decided here

const p = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const d = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const mod = (a, m = p) => ((a % m) + m) % m;
function power(base, exponent) {
  let result = 1n;
  for (let b = mod(base), e = exponent; e > 0n; e >>= 1n, b = mod(b * b))
    if (e & 1n) result = mod(result * b);
  return result;
}
const littleEndian = (bytes) => BigInt(`0x${Buffer.from(bytes).reverse().toString("hex")}`);

function decodePoint(bytes) {
  const sign = bytes[31] >> 7;
  const y = littleEndian(bytes) & (2n ** 255n - 1n);
  if (y >= p) return undefined;
  const u = mod(y * y - 1n);
  const v = mod(d * y * y + 1n);
  let x = mod(u * v ** 3n * power(u * v ** 7n, (p - 5n) / 8n));
  if (mod(v * x * x) === mod(-u)) x = mod(x * power(2n, (p - 1n) / 4n));
  if (mod(v * x * x) !== u || (x === 0n && sign === 1)) return undefined;
  if (Number(x & 1n) !== sign) x = mod(-x);
  return [x, y, 1n, mod(x * y)];
}

function addPoints([x1, y1, z1, t1], [x2, y2, z2, t2]) {
  const a = mod((y1 - x1) * (y2 - x2));
  const b = mod((y1 + x1) * (y2 + x2));
  const c = mod(2n * t1 * d * t2);
  const e = mod(2n * z1 * z2);
  const [f, g, h, i] = [b - a, e - c, e + c, b + a];
  return [mod(f * g), mod(h * i), mod(g * h), mod(f * i)];
}

/** Canonical, on the curve, not the identity, and L times it is the identity: prime order. */
function isPrimeOrder(key) {
  const point = key.length === 32 ? decodePoint(key) : undefined;
  if (!point) return false;
  const isIdentity = ([x, y, z]) => x === 0n && y === z;
  let sum = [0n, 1n, 1n, 0n];
  for (let q = point, e = L; e > 0n; e >>= 1n, q = addPoints(q, q)) if (e & 1n) sum = addPoints(sum, q);
  return !isIdentity(point) && isIdentity(sum);
}

const knownKeys = new Map();
function verify(key, message, signature) {
  const name = b64u(key);
  if (!knownKeys.has(name)) {
    const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), key]);
    knownKeys.set(
      name,
      isPrimeOrder(key) ? createPublicKey({ key: der, format: "der", type: "spki" }) : undefined,
    );
  }
  const known = knownKeys.get(name);
  if (!known || signature.length !== 64 || littleEndian(signature.subarray(32)) >= L) return false;
  return platformVerify(null, message, known, signature);
}
const signed = (context, text) => Buffer.from(`${context}\n${text}`);

// ---- the tree

/** Roots of the perfect subtrees, largest first, with their sizes. */
class Tree {
  constructor() {
    this.size = 0;
    this.peaks = [];
    this.roots = [b64u(sha256(""))];
  }
  append(leaf) {
    this.peaks.push({ size: 1, hash: leaf });
    while (this.peaks.length > 1 && this.peaks.at(-1).size === this.peaks.at(-2).size) {
      const [right, left] = [this.peaks.pop(), this.peaks.pop()];
      this.peaks.push({ size: 2 * left.size, hash: node(left.hash, right.hash) });
    }
    this.size++;
    this.roots.push(b64u(this.peaks.map(({ hash }) => hash).reduceRight((right, left) => node(left, right))));
  }
}
const node = (left, right) => sha256(Buffer.of(1), left, right);

// ---- shapes

const shape = (place) => fail("bad-shape", `${place} is not what belongs there`);
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
function exactly(value, place, required, optional = []) {
  if (!isObject(value)) shape(place);
  for (const name of required) if (!Object.hasOwn(value, name)) shape(`${place}.${name}`);
  for (const name of Object.keys(value))
    if (![...required, ...optional].includes(name)) shape(`${place}.${name}`);
  return value;
}
/** base64url of exactly so many bytes, or of any number. */
function isBytes(value, length) {
  if (typeof value !== "string") return false;
  const bytes = Buffer.from(value, "base64url");
  return b64u(bytes) === value && bytes.length === length;
}
const isHash = (value) => isBytes(value, 32);
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
function checkHead(head, place) {
  exactly(head, place, ["root", "size"]);
  if (!isCount(head.size) || !isHash(head.root)) shape(place);
}
function isTime(text) {
  return (
    typeof text === "string" &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) &&
    !Number.isNaN(Date.parse(text)) &&
    new Date(text).toISOString() === text
  );
}

function checkEntryShape(entry) {
  exactly(entry, "entry", ["at", "event", "signature"], ["shared"]);
  const { event } = entry;
  const required = ["after", "audience", "author", "body", "case", "kind", "log", "n", "salt", "v"];
  exactly(event, "event", required, ["sealed", "shared"]);
  if (!isCount(event.v) || !isCount(event.n)) shape("event.v or event.n");
  if (!isHash(event.case) || !isHash(event.author)) shape("event.case or event.author");
  if (event.log !== "shared" && !isHash(event.log)) shape("event.log");
  if (typeof event.kind !== "string" || !/^[A-Za-z]{1,64}$/.test(event.kind)) shape("event.kind");
  if (!isBytes(event.salt, 16)) shape("event.salt");
  if (!["public", "consulted", "table", "circle"].includes(event.audience)) shape("event.audience");
  checkHead(event.after, "event.after");
  if (event.shared !== undefined) checkHead(event.shared, "event.shared");
  if (!isObject(event.body)) shape("event.body");
  if (event.sealed !== undefined) checkSealed(event.sealed);
  if (!isBytes(entry.signature, 64)) shape("entry.signature");
  if (!isTime(entry.at)) shape("entry.at");
  if (entry.shared !== undefined) checkHead(entry.shared, "entry.shared");
}

function checkSealed(sealed) {
  const isText = (value) => typeof value === "string" && /^[A-Za-z0-9_-]*$/.test(value);
  exactly(sealed, "event.sealed", ["ciphertext", "purpose", "to"]);
  if (typeof sealed.purpose !== "string" || !/^[a-z-]{1,64}$/.test(sealed.purpose))
    shape("event.sealed.purpose");
  if (!isText(sealed.ciphertext) || !Array.isArray(sealed.to)) shape("event.sealed");
  let last = "";
  for (const one of sealed.to) {
    exactly(one, "event.sealed.to", ["device", "enc", "key"]);
    if (!isHash(one.device) || !isText(one.enc) || !isText(one.key) || one.device <= last)
      shape("event.sealed.to");
    last = one.device;
  }
}

function checkHeader(header) {
  exactly(header, "header", ["case", "format", "keeper", "log", "seat"]);
  if (header.format !== "parley-export/1" || !isHash(header.case) || !isHash(header.keeper)) shape("header");
  if (header.log !== "shared" && !isHash(header.log)) shape("header.log");
  if (header.seat !== null && typeof header.seat !== "string") shape("header.seat");
}

function checkEnd(end) {
  exactly(end, "end", ["by", "end", "signature"]);
  if ((end.by !== "keeper" && !isHash(end.by)) || !isHash(end.end) || typeof end.signature !== "string")
    shape("end");
}

// ---- signed notes

function parseNote(note) {
  const bad = () => fail("bad-note", "not a signed checkpoint");
  const split = typeof note === "string" ? note.lastIndexOf("\n\n") : -1;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what a note must not have
  if (split < 1 || !note.endsWith("\n") || note.length > 65_536 || /[\u0000-\u0009\u000b-\u001f]/.test(note))
    bad();
  const lines = note.slice(split + 2, -1).split("\n");
  if (lines.length > 256) bad();
  const signatures = lines.map((line) => {
    const [dash, name, encoded, ...more] = line.split(" ");
    if (dash !== "—" || !name || encoded === undefined || more.length > 0 || /[\s+]/u.test(name)) bad();
    const bytes = unbase64(encoded);
    return bytes.length < 5 ? bad() : { name, id: bytes.subarray(0, 4), bytes: bytes.subarray(4) };
  });
  const text = note.slice(0, split + 1);
  const [origin, size, root, end, ...more] = text.split("\n");
  if (end !== "" || more.length > 0 || origin === "") bad();
  if (!/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) bad();
  const hash = unbase64(root);
  return hash.length === 32 ? { text, signatures, origin, size: Number(size), root: b64u(hash) } : bad();
}

function signaturesBy({ signatures }, name, type, key) {
  const id = sha256(`${name}\n`, Buffer.of(type), key).subarray(0, 4);
  return signatures.filter((one) => one.name === name && one.id.equals(id)).map(({ bytes }) => bytes);
}

function isCosigned(note, bytes, key) {
  if (bytes.length !== 72) return false;
  const time = bytes.readBigUInt64BE(0);
  if (time > BigInt(Number.MAX_SAFE_INTEGER)) return false;
  return verify(key, Buffer.from(`cosignature/v1\ntime ${time}\n${note.text}`), bytes.subarray(8));
}

// ---- the file

async function* linesOf(chunks) {
  let pending = Buffer.alloc(0);
  for await (const chunk of chunks) {
    pending = Buffer.concat([pending, chunk]);
    for (let end = pending.indexOf(10); end >= 0; end = pending.indexOf(10)) {
      yield pending.subarray(0, end);
      pending = pending.subarray(end + 1);
    }
    if (pending.length > maxBytes) fail("too-large", "a line is too long");
  }
  if (pending.length > 0) fail("bad-export", "cut off in the middle of a line");
}

const after = {
  header: ["entry", "leaf"],
  entry: ["entry", "leaf", "checkpoint"],
  leaf: ["entry", "leaf", "checkpoint"],
  checkpoint: ["cosigned", "header", "end"],
  cosigned: ["cosigned", "header", "end"],
  end: [],
};

/**
 * Checks the bytes of an export; `heads` are checkpoint notes from elsewhere. Gives { valid, logs } or { valid: false, code,
 * sentence, line }.
 */
export async function verifyLedger(chunks, heads = []) {
  const known = new Set(heads.map(parseNote));
  const sum = createHash("sha256");
  const file = { logs: [], keys: new Map(), keeper: "", header: undefined };
  let line = 0;
  let expected = ["header"];
  try {
    for await (const bytes of linesOf(chunks)) {
      line++;
      const { type, value } = readLine(bytes);
      if (!expected.includes(type)) fail("bad-export", `${type} where ${expected.join(" or ")} belongs`);
      expected = after[type];
      if (type === "header") open(file, value);
      if (type === "entry") append(file, value, bytes);
      if (type === "leaf") withheld(file, value);
      if (type === "checkpoint") close(file, parseNote(value.checkpoint), known);
      if (type === "cosigned") cosignatures(file, parseNote(value.cosigned));
      if (type === "end") end(file, value, b64u(sum.copy().digest()), known);
      sum.update(bytes).update("\n");
    }
    line++;
    if (expected.length > 0) fail("bad-export", "the file ends before its last line");
    const logs = file.logs.map(({ log, tree, given, cosigned }) => ({
      log,
      size: tree.size,
      root: tree.roots.at(-1),
      given,
      cosignatures: cosigned,
    }));
    return { valid: true, logs };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const place = ["cut off in the middle of a line", "a line is too long"].includes(error.message)
      ? line + 1
      : line;
    return { valid: false, code: error.code, sentence: error.message, line: place };
  }
}

function readLine(bytes) {
  const value = parseCanonical(bytes);
  if (!isObject(value)) shape("line");
  if ("event" in value) {
    checkEntryShape(value);
    return { type: "entry", value };
  }
  if ("leaf" in value) {
    exactly(value, "line", ["leaf"]);
    return isHash(value.leaf) ? { type: "leaf", value } : shape("leaf");
  }
  if ("format" in value) {
    checkHeader(value);
    return { type: "header", value };
  }
  for (const type of ["checkpoint", "cosigned"]) {
    if (!(type in value)) continue;
    exactly(value, "line", [type]);
    return typeof value[type] === "string" ? { type, value } : shape(type);
  }
  checkEnd(value);
  return { type: "end", value };
}

function open(file, header) {
  const first = file.header;
  if (!first && header.log !== "shared") fail("log-order", "the shared log does not come first");
  if (first && ["case", "keeper", "seat"].some((name) => header[name] !== first[name])) {
    fail("header-differs", "the headers differ");
  }
  if (file.logs.some(({ log }) => log === header.log)) fail("log-order", "a log comes twice");
  file.header = header;
  file.logs.push({
    log: header.log,
    tree: new Tree(),
    counts: new Map(),
    heads: new Map(),
    at: "",
    sharedSize: 0,
    given: 0,
    cosigned: 0,
  });
}

function append(file, entry, bytes) {
  const log = file.logs.at(-1);
  const { event, at } = entry;
  const isCircle = log.log !== "shared";
  if (event.case !== file.header.case) fail("wrong-case", "the event is of another case");
  if (event.log !== log.log) fail("wrong-log", "the event is of another log");
  if (log.tree.size === 0 && H(event.body) !== (isCircle ? log.log : file.header.case)) {
    fail("wrong-opening", "the opening does not hash to the log's name");
  }
  if ((event.audience === "circle") !== isCircle) fail("wrong-audience", "the audience is not this log's");
  const counter = `${event.author} ${event.audience}`;
  if (event.n !== (log.counts.get(counter) ?? 0)) fail("wrong-count", "the author's count is not the next");
  if (log.tree.roots[event.after.size] !== event.after.root)
    fail("unknown-head", "the log never had this head");
  if (event.after.size < (log.heads.get(event.author) ?? 0))
    fail("head-went-back", "the author knew a later head");
  if (at < log.at) fail("time-went-back", "the keeper's time goes back");
  checkSharedHeads(file, log, entry, isCircle);
  const keys = file.keys.get(event.author) ?? ownKeys(event);
  if (!keys) fail("unknown-device", "nobody introduced this device");
  if (H(keys) !== event.author || !isHash(keys.signing))
    fail("wrong-device-keys", "the keys are not this device's");
  const message = signed("parley-event/1", canonical(event));
  if (!verify(unbase64url(keys.signing), message, unbase64url(entry.signature))) {
    fail("bad-signature", "the signature is not the author's");
  }
  learnKeys(file, event);
  if (!isCircle) file.keeperBefore = file.keeper;
  if (event.kind === "CaseOpened") file.keeper = event.body.keeper;
  if (event.kind === "KeeperChanged") file.keeper = event.body.key;
  log.counts.set(counter, event.n + 1);
  log.heads.set(event.author, event.after.size);
  log.at = at;
  log.sharedSize = entry.shared?.size ?? 0;
  log.given++;
  log.tree.append(sha256(Buffer.of(0), bytes));
}

function checkSharedHeads(file, log, { event, shared }, isCircle) {
  if (!isCircle) {
    if (event.shared || shared) fail("unknown-shared-head", "the shared log has no other shared head");
    return;
  }
  if (!event.shared || !shared) fail("shared-head-missing", "a circle rests on a shared head");
  const { roots } = file.logs[0].tree;
  for (const head of [event.shared, shared]) {
    if (roots[head.size] !== head.root) fail("unknown-shared-head", "the shared log never had this head");
  }
  if (shared.size < log.sharedSize || shared.size < event.shared.size) {
    fail("shared-head-went-back", "the shared head goes back");
  }
}

const keysIn = (value) =>
  isObject(value) && typeof value.signing === "string" && typeof value.sealing === "string"
    ? { signing: value.signing, sealing: value.sealing }
    : undefined;

/** The keys that an opening or a joining brings for its own author. */
function ownKeys({ kind, body }) {
  if (kind === "CaseOpened") return keysIn(isObject(body.opener) ? body.opener.keys : undefined);
  return kind === "MemberJoined" ? keysIn(body.keys) : undefined;
}

/** A device's id is the hash of its keys, so whoever brings keys cannot lie about whose they are. */
function learnKeys(file, event) {
  const { kind, body } = event;
  const recovery = kind === "CaseOpened" ? body.opener?.recovery : body.recovery;
  const added = kind === "DeviceAdded" ? body.keys : undefined;
  const joined = ownKeys(event);
  for (const keys of [joined, joined && keysIn(recovery), keysIn(added)]) {
    if (!keys) continue;
    if (!areUsable(keys)) fail("wrong-device-keys", "nobody can verify with or seal to these keys");
    file.keys.set(H(keys), keys);
  }
}

/** Ed25519 of prime order; X-Wing: 768 coefficients of 12 bits below 3,329, and X25519 of no small order. */
function areUsable({ signing, sealing }) {
  const [signs, opens] = [Buffer.from(signing, "base64url"), Buffer.from(sealing, "base64url")];
  if (b64u(signs) !== signing || b64u(opens) !== sealing) return false;
  if (signs.length !== 32 || opens.length !== 1216 || !isPrimeOrder(signs)) return false;
  for (let i = 0; i < 1152; i += 3) {
    if (
      (((opens[i + 1] & 15) << 8) | opens[i]) >= 3329 ||
      ((opens[i + 2] << 4) | (opens[i + 1] >> 4)) >= 3329
    )
      return false;
  }
  const der = Buffer.concat([Buffer.from("302a300506032b656e032100", "hex"), opens.subarray(1184)]);
  try {
    diffieHellman({
      privateKey: anyX25519.privateKey,
      publicKey: createPublicKey({ key: der, format: "der", type: "spki" }),
    });
    return true;
  } catch {
    return false;
  }
}
const anyX25519 = generateKeyPairSync("x25519");

function withheld(file, { leaf }) {
  const log = file.logs.at(-1);
  if (log.tree.size === 0) fail("opening-missing", "the opening is withheld");
  if (log.log !== "shared") fail("redacted-in-circle", "an entry of a circle is withheld");
  if (log.log === "shared") file.keeperBefore = undefined;
  log.tree.append(unbase64url(leaf));
}

function close(file, note, known) {
  const log = file.logs.at(-1);
  const { keeper } = file.header;
  // Who is replaced by the last entry signs the head that ends with it.
  if (log.log === "shared" && keeper !== file.keeper && keeper !== file.keeperBefore)
    fail("wrong-keeper", "the case has another keeper");
  const origin = `parley/${file.header.case}/${log.log}`;
  const key = unbase64url(keeper);
  const signatures = note.origin === origin ? signaturesBy(note, origin, 1, key) : [];
  if (signatures.length === 0 || !signatures.every((one) => verify(key, Buffer.from(note.text), one))) {
    fail("bad-checkpoint", "the checkpoint is not the keeper's for this log");
  }
  if (note.size !== log.tree.size || note.root !== log.tree.roots.at(-1))
    fail("wrong-root", "the keeper signed another head");
  for (const head of known) {
    if (head.origin !== origin) continue;
    if (head.size > log.tree.size) fail("tail-missing", "the known head has more entries");
    if (log.tree.roots[head.size] !== head.root) fail("forked", "the known head is not of this log");
    known.delete(head);
  }
  cosignatures(file, note);
}

function cosignatures(file, note) {
  const log = file.logs.at(-1);
  if (note.origin !== `parley/${file.header.case}/${log.log}` || log.tree.roots[note.size] !== note.root) {
    fail("wrong-cosigned-head", "the log never had the cosigned head");
  }
  for (const { name } of note.signatures) {
    const device = name.startsWith("parley/device/") ? name.slice("parley/device/".length) : "";
    const keys = file.keys.get(device);
    if (!keys) continue;
    const key = unbase64url(keys.signing);
    const [signature] = signaturesBy(note, name, 4, key);
    if (!signature || !isCosigned(note, signature, key)) fail("bad-cosignature", "a cosignature is false");
    log.cosigned++;
  }
}

function end(file, { by, end: claimed, signature }, sum, known) {
  if (claimed !== sum) fail("wrong-sum", "these are not the bytes that were summed");
  const key = by === "keeper" ? file.header.keeper : file.keys.get(by)?.signing;
  const message = signed("parley-export/1", canonical({ end: claimed }));
  if (!key || !verify(unbase64url(key), message, unbase64url(signature)))
    fail("bad-end-signature", "the last line is not signed");
  if (known.size > 0) fail("unknown-log", "a known head is of a log that is not here");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [path, ...heads] = process.argv.slice(2);
  if (!path) {
    process.stderr.write("node verify-ledger.mjs FILE [HEAD]...\n");
    process.exit(2);
  }
  try {
    const notes = heads.map((head) => readFileSync(head, "utf8"));
    const verdict = await verifyLedger(createReadStream(path), notes);
    const bounds =
      "The rules of the case were not folded: who might do what, and whether a device was still valid, is not said.";
    const tail =
      heads.length > 0 ? "It contains the known heads." : "Whether the tail is missing is not proven.";
    process.stdout.write(
      verdict.valid
        ? `Consistent in itself: ${verdict.logs.map(({ log, size }) => `${log}: ${size} entries`).join("; ")}. ${tail} ${bounds}\n`
        : `Fault in line ${verdict.line} (${verdict.code}): ${verdict.sentence}. ${bounds}\n`,
    );
    process.exitCode = verdict.valid ? 0 : 1;
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
