/**
 * An example of each body of the API, for the document. Ids, keys and signatures have the form of real ones and are none; the
 * tests hold each against its schema.
 */
export const caseExample = "3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
export const hashExample = "n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg";
const key = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
const signature = "5VZDAMNgrHKQhuLMgG6CioSHfx645dl02HPgZSJJAVVfuIIVkK7rMYeOXAc-bRr0lv18FlbvirlUUFDjnoQCCw";
const at = "2026-03-02T09:00:00.000Z";
const atMs = 1_772_442_000_000;
const head = { size: 41, root: hashExample };
const origin = `parley/${caseExample}/shared`;
const checkpoint = `${origin}\n42\nn4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=\n\n— ${origin} AAAAAOVWQwDDYKxykIbizIBugoqEh38euOXZdNhz4GUiSQFVX7iCFZCu6zGHjlwHPm0a9Jb9fBZW74q5VFBQ456EAgs=\n`;
const event = {
  v: 1,
  case: caseExample,
  log: "shared",
  kind: "StatementMade",
  author: hashExample,
  n: 3,
  after: head,
  audience: "table",
  salt: "AAECAwQFBgcICQoLDA0ODw",
  body: { form: "statement", text: "We are ready to begin with the ferries.", about: [] },
};
const passkeyAnswer = {
  id: "AQIDBAUGBwg",
  rawId: "AQIDBAUGBwg",
  type: "public-key",
  response: { clientDataJSON: "e30", authenticatorData: "AA", signature: "AA" },
  clientExtensionResults: {},
};
const summary = {
  case: caseExample,
  title: "EXERCISE: first measures in the Straits",
  phase: "underway",
  demo: false,
  exercise: true,
  keeper: key,
  kept: true,
  seats: ["orvane"],
  logs: [{ log: "shared", size: 42, root: hashExample, checkpoint }],
};

export const examples = {
  event,
  submission: { event, signature },
  receipt: { log: "shared", seq: 41, eventId: hashExample, at, leaf: hashExample, again: false, checkpoint },
  entries: {
    items: [
      { seq: 40, leaf: hashExample },
      { seq: 41, entry: { at, event, signature } },
    ],
    next: null,
    size: 42,
  },
  summary,
  cases: { items: [summary], next: null },
  people: { people: { title: "EXERCISE: first measures in the Straits" }, size: 42, version: "0.1.0" },
  holding: { kind: "device", id: hashExample, at, signature },
  directory: {
    items: [
      {
        device: hashExample,
        member: hashExample,
        seat: "orvane",
        name: "A. Person",
        role: "head",
        signing: key,
        sealing: key,
        recovery: false,
        revoked: false,
      },
    ],
    next: null,
    head,
  },
  proof: { proof: [hashExample] },
  checkpoint: { checkpoint },
  cosignature: { device: hashExample, line: `— parley/device/${hashExample} AAAAAA==\n`, checkpoint },
  cosignatures: {
    items: [
      {
        size: 42,
        device: hashExample,
        line: `— parley/device/${hashExample} AAAAAA==\n`,
        checkpoint,
        at: atMs,
      },
    ],
    next: null,
  },
  server: { keeper: key, demo: false, openid: false, version: "0.1.0", time: at },
  session: {
    session: hashExample,
    account: hashExample,
    name: "Head of delegation",
    role: "member",
    steppedUp: false,
  },
  sessions: {
    items: [{ session: hashExample, createdAt: atMs, seenAt: atMs, agent: "a browser", current: true }],
    next: null,
  },
  link: { token: hashExample },
  passkeyOptions: {
    challenge: "AAECAwQFBgcICQoLDA0ODw",
    rpId: "talks.example",
    userVerification: "required",
  },
  passkeyAnswer,
  newPasskey: { name: "My phone", answer: passkeyAnswer },
  passkeys: {
    items: [{ credential: "AQIDBAUGBwg", name: "My phone", createdAt: atMs, usedAt: null }],
    next: null,
  },
  redirect: { url: "https://provider.example/authorize?client_id=parley" },
  feed: { madeAt: atMs },
  feedAddress: {
    url: `https://talks.example/api/v1/cases/${hashExample}/feeds/${hashExample}/contacts.ics`,
  },
  openIdStart: { purpose: "sign-in" },
} as const;
