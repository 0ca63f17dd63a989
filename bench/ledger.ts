/**
 * What the ledger costs, in CPU time on one core, beside the bare cost of the hashes and signatures that it cannot do
 * without, as Node's OpenSSL does them. The rules of the case cost nothing here: they are another package's.
 *
 * `BENCH_EVENTS=100000 npx vitest run bench/test/ledger.test.ts` prints the figures; 100,000 is the size of the goals.
 */
import { createHash, createPublicKey, verify as nodeVerify } from "node:crypto";
import {
  appendEntry,
  base64url,
  type CaseRules,
  caseId,
  type DeviceKeys,
  deviceId,
  type Entry,
  type Event,
  type ExportHeader,
  emptyHead,
  exportFormat,
  type LogRules,
  leafHash,
  MerkleTree,
  openLog,
  originOf,
  prepareEntry,
  type Refused,
  sha256,
  sharedLog,
  signCheckpoint,
  signedBytes,
  signerFromSeed,
  utf8,
  verifyExport,
  verifySignature,
  verifySignatures,
  writeExport,
} from "@parley/ledger";

export type Row = {
  readonly what: string;
  /** Times a second of CPU, or seconds of CPU where `seconds` is set. */
  readonly perSecond?: number;
  readonly seconds?: number;
  readonly note?: string;
};

const devices = 8;
const words = "The Parties shall refrain from the acts described in paragraph 2 [and in the Annex]. ".repeat(
  4,
);

type Keys = { readonly [device: string]: DeviceKeys };

/** Rules that cost nothing: every device is known, everything is admitted. */
function freeRules(keys: Keys, keeper: string): CaseRules<Keys, Keys, Keys, Refused> {
  const rules = <Around>(): LogRules<Keys, Around, Refused> => ({
    initial: keys,
    keysOf: (known, _, device) => known[device],
    admit: () => undefined,
    apply: (known) => known,
  });
  return {
    shared: rules<undefined>(),
    circle: () => rules<Keys>(),
    around: (state) => state,
    keeper: () => keeper,
  };
}

/** CPU seconds that `work` took, all threads of the process together. */
async function cpuSeconds(work: () => Promise<unknown> | unknown): Promise<number> {
  const started = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}

async function rate(what: string, times: number, work: () => Promise<unknown> | unknown): Promise<Row> {
  return { what, perSecond: Math.round(times / (await cpuSeconds(work))) };
}

export async function measureLedger(events: number): Promise<Row[]> {
  const authors = await Promise.all(Array.from({ length: devices }, (_, i) => author(i)));
  const keys: Keys = Object.fromEntries(authors.map(({ id, keys }) => [id, keys]));
  const keeper = signerFromSeed(sha256(utf8("keeper")));
  const rules = freeRules(keys, base64url(keeper.publicKey));
  const body = { words };
  const id = caseId(body);

  const entries: Entry[] = [];
  const making = openLog(id, sharedLog, rules.shared);
  for (let i = 0; i < events; i++) {
    const one = authors[i % devices] as Author;
    const event: Event = {
      v: 1,
      case: id,
      log: sharedLog,
      kind: "Said",
      author: one.id,
      n: making.position.count(one.id, "table"),
      after: i === 0 ? emptyHead : making.position.head(),
      audience: "table",
      salt: base64url(sha256(utf8(`${i}`)).subarray(0, 16)),
      body: i === 0 ? body : { words, i },
    };
    const entry: Entry = { event, signature: await one.sign(event), at: time(i) };
    entries.push(entry);
    making.position.append(prepareEntry(entry));
  }
  const sample = entries.slice(0, Math.min(events, 3000));
  const prepared = sample.map((entry) => prepareEntry(entry));
  const signed = prepared.map(({ message, entry }) => ({
    key: (authors.find(({ id }) => id === entry.event.author) as Author).publicKey,
    message,
    signature: Buffer.from(entry.signature, "base64url"),
  }));
  const bytes = prepared.map(({ message }) => message);
  const append = (all: readonly Entry[], verify?: () => boolean): void => {
    const log = openLog(id, sharedLog, rules.shared);
    for (const entry of all) {
      const refusal = appendEntry(log, prepareEntry(entry), undefined, verify);
      if (refusal !== undefined) throw new Error(refusal.code);
    }
  };
  // The first use of a key builds a table for it; that is not what is measured.
  for (const { key, message, signature } of signed.slice(0, devices))
    verifySignature(key, message, signature);
  await verifySignatures(signed.slice(0, devices));

  const size = bytes.reduce((sum, one) => sum + one.length, 0) / bytes.length;
  const rows: Row[] = [
    { what: "bytes of an event", perSecond: Math.round(size), note: "a size, not a rate" },
    await rate("append with hashing (goal 20,000)", events, () => append(entries, () => true)),
    await rate("append with signature, one by one (goal 1,500)", sample.length, () => append(sample)),
    await rate("signatures verified, one by one", signed.length, () =>
      signed.every(({ key, message, signature }) => verifySignature(key, message, signature)),
    ),
    await rate("signatures verified, in bulk", signed.length, () => verifySignatures(signed)),
    ...(await rawCosts(authors, signed, bytes)),
    ...(await wholeExport(entries, rules, keeper, id)),
  ];
  return [...rows, ...proofSizes()];
}

type Author = {
  readonly id: Event["author"];
  readonly keys: DeviceKeys;
  readonly publicKey: Uint8Array;
  sign(event: Event): Promise<string>;
};

async function author(i: number): Promise<Author> {
  const pair = (await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"])) as CryptoKeyPair;
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const keys = { signing: base64url(publicKey), sealing: `${i}`.padEnd(1622, "A") };
  const sign = async (event: Event): Promise<string> =>
    base64url(
      new Uint8Array(
        await crypto.subtle.sign("Ed25519", pair.privateKey, signedBytes(event) as BufferSource),
      ),
    );
  return { id: deviceId(keys), keys, publicKey, sign };
}

async function rawCosts(
  authors: readonly Author[],
  signed: readonly { key: Uint8Array; message: Uint8Array; signature: Uint8Array }[],
  bytes: readonly Uint8Array[],
): Promise<Row[]> {
  const nodeKeys = new Map(
    authors.map(({ publicKey }) => {
      const der = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), publicKey]);
      return [base64url(publicKey), createPublicKey({ key: der, format: "der", type: "spki" })];
    }),
  );
  return [
    await rate("raw: OpenSSL Ed25519 verify", signed.length, () =>
      signed.every(({ key, message, signature }) =>
        nodeVerify(null, message, nodeKeys.get(base64url(key)) as never, signature),
      ),
    ),
    await rate("raw: leaf hash of an event (@noble/hashes)", bytes.length, () => bytes.map(leafHash)),
    await rate("raw: SHA-256 of an event (OpenSSL)", bytes.length, () =>
      bytes.map((one) => createHash("sha256").update(one).digest()),
    ),
  ];
}

async function wholeExport(
  entries: readonly Entry[],
  rules: CaseRules<Keys, Keys, Keys, Refused>,
  keeper: ReturnType<typeof signerFromSeed>,
  id: Event["case"],
): Promise<Row[]> {
  const log = openLog(id, sharedLog, rules.shared);
  for (const entry of entries) log.position.append(prepareEntry(entry));
  const checkpoint = await signCheckpoint(
    { origin: originOf(id, sharedLog), ...log.position.head() },
    keeper,
  );
  const header: ExportHeader = {
    format: exportFormat,
    case: id,
    log: sharedLog,
    keeper: base64url(keeper.publicKey),
    seat: null,
  };
  const chunks: Uint8Array[] = [];
  const writing = await cpuSeconds(async () => {
    for await (const chunk of writeExport(
      [{ header, entries, checkpoint, cosigned: [] }],
      "keeper",
      keeper,
    )) {
      chunks.push(chunk);
    }
  });
  const run = async (signatures: boolean): Promise<number> =>
    cpuSeconds(async () => {
      const verdict = await verifyExport(chunks, rules, { signatures });
      if (!verdict.valid) throw new Error(verdict.fault.code);
    });
  const note = `${entries.length} events`;
  return [
    { what: "export written", seconds: writing, note },
    { what: "export verified without signatures (goal 3 s for 100,000)", seconds: await run(false), note },
    { what: "export verified with signatures (goal 60 s for 100,000)", seconds: await run(true), note },
  ];
}

function proofSizes(): Row[] {
  const tree = new MerkleTree();
  const rows: Row[] = [];
  for (const size of [100, 1000, 10_000, 100_000]) {
    while (tree.size < size) tree.append(sha256(utf8(`${tree.size}`)));
    const inclusion = tree.inclusionProof(size >> 1, size).length;
    const consistency = tree.consistencyProof((size >> 1) + 1, size).length;
    rows.push({
      what: `hashes in a proof, log of ${size}`,
      note: `inclusion ${inclusion}, consistency ${consistency}`,
    });
  }
  return rows;
}

function time(i: number): string {
  return new Date(Date.UTC(2025, 1, 18) + i * 1000).toISOString();
}
