/**
 * A server that lies in every way it can think of, against clients that follow a log as real ones do. It has the keeper's
 * key, everything that was sent, and devices of its own; it has no key of a party.
 *
 * One history: parties write events on what they have verified, the server orders them and shows each client a log of its
 * own choosing. After every step: whatever a client holds was signed by its author, is allowed, and begins with what it
 * held before; and any two clients whose logs differ find out when they compare heads, whatever proof they are given.
 */
import {
  base64url,
  compareHeads,
  type Device,
  deviceFromSecrets,
  type Entry,
  type Event,
  type FoldedLog,
  followEntries,
  fromBase64url,
  type Head,
  openLog,
  originOf,
  type PreparedEntry,
  prepareEntry,
  type Refused,
  sha256,
  sharedLog,
  signCheckpoint,
  signedBytes,
  type VerifySignature,
  verifyConsistency,
  verifySignature,
} from "@parley/ledger";
import { bytesOf, ToyCase, type ToyState, toyRules } from "./toy-case.ts";

type ToyLog = FoldedLog<ToyState, undefined, Refused>;

export const attacks = [
  "honest",
  "replay",
  "reorder",
  "truncate",
  "fork",
  "swap-keys",
  "strip-signature",
  "old-head",
  "rewrite",
  "drop",
  "forge",
  "redate",
  "foreign",
] as const;
export type Attack = (typeof attacks)[number];

/** What came of one history. `caught`: some client refused. `forks`: pairs of clients whose logs differ. */
export type Outcome = { readonly attack: Attack; readonly caught: boolean; readonly forks: number };

/** mulberry32: small, seeded, the same everywhere. */
function seededRandom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Three clients check the same signatures; nothing is lost if each is checked once. */
const verified = new Map<string, boolean>();
const verifiedOnce: VerifySignature = (key, message, signature) => {
  const name = [key, sha256(message), signature].map(base64url).join();
  const valid = verified.get(name) ?? verifySignature(key, message, signature);
  if (verified.size > 1000) verified.clear();
  verified.set(name, valid);
  return valid;
};

/** A client: it holds a log that it verified itself, and stops for good once the keeper signed what no rule allows. */
class Client {
  readonly log: ToyLog;
  readonly entries: Entry[] = [];
  readonly #toy: ToyCase;
  stopped: boolean = false;

  constructor(toy: ToyCase) {
    this.#toy = toy;
    this.log = openLog(toy.id, sharedLog, toyRules.shared);
  }

  get head(): Head {
    return this.log.position.head();
  }

  /** Whether it took what it was offered. */
  follow(note: string, entries: readonly PreparedEntry[]): boolean {
    if (this.stopped === true) return false;
    const followed = { origin: originOf(this.#toy.id, sharedLog), key: this.#toy.keeper.publicKey };
    const before = this.log.position.size;
    const verdict = followEntries(this.log, followed, note, entries, () => undefined, verifiedOnce);
    const taken = this.log.position.size - before;
    this.entries.push(...entries.slice(0, taken).map(({ entry }) => entry));
    this.stopped = "refusal" in verdict && verdict.refusal === "inadmissible";
    return "head" in verdict;
  }
}

const parties: Promise<Device[]> = Promise.all(
  ["Anna", "Boris"].map((name) =>
    deviceFromSecrets({ signing: bytesOf(`${name} signs`), sealing: bytesOf(`${name} opens`) }),
  ),
);
const serversDevice = deviceFromSecrets({
  signing: bytesOf("server signs"),
  sealing: bytesOf("server opens"),
});

export async function playHistory(seed: number): Promise<Outcome> {
  const random = seededRandom(seed);
  const attack = attacks[random(attacks.length)] as Attack;
  const [anna, boris] = (await parties) as [Device, Device];
  const toy = await ToyCase.open(anna);
  await toy.say(anna, { device: boris.id, keys: boris.keys }, { kind: "DeviceAdded", audience: "public" });
  const authored = new Set(toy.entries.get(sharedLog)?.map((entry) => prepare(entry).id));

  /** What the server shows: the true log, and for one client perhaps another. */
  const truth = toy.entries.get(sharedLog) as Entry[];
  const clients = [new Client(toy), new Client(toy), new Client(toy)];
  let caught = false;

  const show = async (client: Client, shown: readonly Entry[], upTo = shown.length): Promise<void> => {
    const held = clientBeginsWith(client, shown)
      ? client.entries.length
      : commonPrefix(client.entries, shown);
    const offered = shown.slice(0, upTo).map(prepare);
    const took = client.follow(await noteOf(toy, offered), offered.slice(held));
    if (!took) caught = true;
  };

  const rounds = 3 + random(4);
  const strike = 1 + random(rounds);
  let side: readonly Entry[] | undefined;
  for (let round = 0; round <= rounds; round++) {
    const author = random(2) === 0 ? anna : boris;
    const entry = await toy.say(author, { text: `${seed}/${round}` });
    authored.add(prepare(entry).id);
    if (round === strike) side = await lie(attack, toy, truth, random);
    for (const client of clients) {
      // The lie is for the last client; the others see the truth, each as far as it happens to ask.
      const lied = client === clients[2] && side !== undefined;
      if (random(4) > 0 || round === rounds) await show(client, lied ? (side as readonly Entry[]) : truth);
      check(client, authored);
    }
    if (side !== undefined && attack === "fork")
      side = [...side, await forkedWord(toy, side, boris, authored)];
  }
  return { attack, caught, forks: comparePairs(clients) };
}

/** The log that the server shows one client instead. */
async function lie(
  attack: Attack,
  toy: ToyCase,
  truth: readonly Entry[],
  random: (below: number) => number,
): Promise<readonly Entry[]> {
  const at = 2 + random(truth.length - 2);
  const target = truth[at] as Entry;
  const bent = (change: (entry: Entry) => Entry): Entry[] =>
    truth.map((entry, i) => (i === at ? change(entry) : entry));
  const server = await serversDevice;
  switch (attack) {
    case "honest":
      return truth;
    case "replay":
      return [...truth, target];
    case "reorder":
      return [...truth.slice(0, at - 1), target, truth[at - 1] as Entry, ...truth.slice(at + 1)];
    case "truncate":
    case "old-head":
      return truth.slice(0, at);
    case "drop":
      return truth.filter((_, i) => i !== at);
    case "fork":
      return truth.slice(0, -1);
    case "strip-signature":
      return bent((entry) => ({ ...entry, signature: "A".repeat(86) }));
    case "rewrite":
      return bent((entry) => ({ ...entry, event: { ...entry.event, body: { text: "we concede" } } }));
    case "redate":
      return bent((entry) => ({ ...entry, at: "2031-01-01T00:00:00.000Z" }));
    case "forge":
      return bent((entry) => ({
        ...entry,
        event: { ...entry.event, body: { text: "forged" } },
        signature: server.id.padEnd(86, "A"),
      }));
    case "swap-keys": {
      // The opening itself names the server's keys in place of the party's.
      const [opening, ...rest] = truth as [Entry, ...Entry[]];
      const event: Event = {
        ...opening.event,
        author: server.id,
        body: { ...opening.event.body, keys: server.keys },
      };
      return [await toy.sign(server, event, { at: opening.at }), ...rest];
    }
    case "foreign": {
      const event: Event = { ...target.event, author: server.id, n: 0, body: { text: "the server speaks" } };
      return [...truth, await toy.sign(server, event)];
    }
  }
}

/** On the server's second branch a party that was shown only that branch speaks in good faith. */
async function forkedWord(
  toy: ToyCase,
  side: readonly Entry[],
  author: Device,
  authored: Set<string>,
): Promise<Entry> {
  const branch = openLog(toy.id, sharedLog, toyRules.shared);
  for (const entry of side) branch.position.append(prepare(entry));
  const event = toy.draft(
    author,
    { text: "on the other branch" },
    {
      n: branch.position.count(author.id, "table"),
      after: branch.position.head(),
    },
  );
  const entry: Entry = {
    event,
    signature: base64url(await author.signer.sign(signedBytes(event))),
    at: side.at(-1)?.at as string,
  };
  authored.add(prepare(entry).id);
  return entry;
}

const notes = new Map<string, Promise<string>>();

function noteOf(toy: ToyCase, prepared: readonly PreparedEntry[]): Promise<string> {
  const log = openLog(toy.id, sharedLog, toyRules.shared);
  for (const one of prepared) log.position.appendRedacted(one.leaf);
  const head = log.position.head();
  const note =
    notes.get(head.root) ?? signCheckpoint({ origin: originOf(toy.id, sharedLog), ...head }, toy.keeper);
  if (notes.size > 1000) notes.clear();
  notes.set(head.root, note);
  return note;
}

const prepared = new WeakMap<Entry, PreparedEntry>();

function prepare(entry: Entry): PreparedEntry {
  const known = prepared.get(entry) ?? prepareEntry(entry);
  prepared.set(entry, known);
  return known;
}

function commonPrefix(one: readonly Entry[], other: readonly Entry[]): number {
  let i = 0;
  while (i < one.length && i < other.length && one[i] === other[i]) i++;
  return i;
}

function clientBeginsWith(client: Client, shown: readonly Entry[]): boolean {
  return commonPrefix(client.entries, shown) === client.entries.length;
}

/** Everything that a client holds was signed by its author, and its tree is exactly what it holds. */
function check(client: Client, authored: ReadonlySet<string>): void {
  const again = openLog(client.log.position.caseId, sharedLog, toyRules.shared);
  for (const entry of client.entries) {
    const prepared = prepare(entry);
    if (!authored.has(prepared.id)) throw new Error("a client holds what nobody signed");
    again.position.append(prepared);
  }
  if (again.position.head().root !== client.head.root) throw new Error("a client's log was changed under it");
}

/** How many pairs hold logs of which neither begins with the other; each of them must see it in their heads. */
function comparePairs(clients: readonly Client[]): number {
  let forks = 0;
  for (const [i, one] of clients.entries()) {
    for (const other of clients.slice(i + 1)) {
      const [short, long] = one.head.size <= other.head.size ? [one, other] : [other, one];
      const proof = long.log.position.tree.consistencyProof(short.head.size, long.head.size);
      const verdict = compareHeads(short.head, long.head, proof);
      const consistent = commonPrefix(short.entries, long.entries) === short.entries.length;
      if (consistent !== "head" in verdict) throw new Error("heads and logs do not tell the same");
      if (consistent) continue;
      forks++;
      // The server may give any proof it likes: those of either log, and made-up ones.
      for (let size = 1; size <= short.head.size; size++) {
        const other = short.log.position.tree.consistencyProof(size, short.head.size);
        if (provesAny(short.head, long.head, other)) throw new Error("a fork was proven consistent");
      }
    }
  }
  return forks;
}

function provesAny(older: Head, newer: Head, proof: readonly Uint8Array[]): boolean {
  return verifyConsistency(
    older.size,
    fromBase64url(older.root),
    newer.size,
    fromBase64url(newer.root),
    proof,
  );
}
