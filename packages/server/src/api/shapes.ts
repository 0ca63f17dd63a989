/**
 * The bodies of the API. Each is one schema: it gives the type, the check at the border and the OpenAPI document. Unknown
 * keys are refused. What is inside an event's body is judged by the rules of the case.
 */
import { type TSchema, Type } from "@parley/core/rules";
import type { Static, TObject } from "typebox";
import { caseExample, examples, hashExample } from "./examples.ts";

const hashPattern = "^[A-Za-z0-9_-]{43}$";

function strict<Properties extends Record<string, TSchema>>(
  properties: Properties,
  options: { readonly description?: string; readonly examples?: readonly unknown[] } = {},
): TObject<Properties> {
  return Type.Object(properties, { additionalProperties: false, ...options });
}

export const Hash = Type.String({
  pattern: hashPattern,
  description: "A SHA-256 in base64url.",
  examples: [hashExample],
});
export const CaseId = Type.String({
  pattern: hashPattern,
  description: "The case's id.",
  examples: [caseExample],
});
export const LogName = Type.String({
  pattern: "^(shared|[A-Za-z0-9_-]{43})$",
  description: "`shared`, or the id of a circle's log.",
  examples: ["shared"],
});
export const Size = Type.Integer({ minimum: 0, maximum: 2_147_483_647 });
const Milliseconds = Type.Integer({ minimum: 0, description: "Milliseconds of the Unix epoch." });
const Signature = Type.String({
  pattern: "^[A-Za-z0-9_-]{86}$",
  description: "An Ed25519 signature in base64url.",
});

/** Where a list goes on that has no order of its own ids. */
const Next = Type.Union([Type.String(), Type.Null()], { description: "`after` of the next page, if any." });

const HeadShape = strict({ size: Size, root: Hash });

export const ProblemShape = strict(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({
      description: "For programs. Those of refusals come from the rules of the case or its log.",
    }),
    detail: Type.String({ description: "For people." }),
    place: Type.Optional(Type.String()),
    values: Type.Optional(
      Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]), {
        description: "What the sentence of a refusal names, for whoever says it in another language.",
      }),
    ),
  },
  {
    description: "A problem document (RFC 9457).",
    examples: [
      {
        type: "urn:parley:problem:not-found",
        title: "Not Found",
        status: 404,
        code: "not-found",
        detail: "There is no such case, or it is not given to you.",
      },
    ],
  },
);

// The signed event

const Recipient = strict({
  device: Hash,
  enc: Type.String({ maxLength: 4_096 }),
  key: Type.String({ maxLength: 4_096 }),
});

const EventShape = strict(
  {
    v: Type.Integer({ minimum: 0, maximum: 1_000 }),
    case: CaseId,
    log: LogName,
    kind: Type.String({ pattern: "^[A-Za-z]{1,64}$" }),
    author: Hash,
    n: Size,
    after: HeadShape,
    audience: Type.Union([
      Type.Literal("public"),
      Type.Literal("consulted"),
      Type.Literal("table"),
      Type.Literal("circle"),
    ]),
    salt: Type.String({ pattern: "^[A-Za-z0-9_-]{22}$" }),
    body: Type.Object({}, { additionalProperties: true, description: "As its kind says." }),
    sealed: Type.Optional(
      strict({
        purpose: Type.String({ pattern: "^[a-z-]{1,64}$" }),
        to: Type.Array(Recipient, { maxItems: 1_000 }),
        ciphertext: Type.String(),
      }),
    ),
    shared: Type.Optional(HeadShape),
  },
  {
    description: "A signed event, without its signature (docs/formats/ledger.md).",
    examples: [examples.event],
  },
);

export const SubmissionShape = strict(
  { event: EventShape, signature: Signature },
  { description: "An event with its author's signature over it.", examples: [examples.submission] },
);

export const ReceiptShape = strict(
  {
    log: LogName,
    seq: Size,
    eventId: Hash,
    at: Type.String({ description: "The keeper's time." }),
    leaf: Hash,
    again: Type.Boolean({ description: "Whether the event was in the log already." }),
    checkpoint: Type.String({ description: "A signed checkpoint that covers the entry." }),
  },
  { examples: [examples.receipt] },
);

/** Entries are sent as they are stored, so their inside is described and not rewritten. */
const ItemShape = strict({
  seq: Size,
  leaf: Type.Optional(Hash),
  entry: Type.Optional(Type.Object({}, { additionalProperties: true })),
});

export const EntriesShape = strict(
  {
    items: Type.Array(ItemShape),
    next: Type.Union([Size, Type.Null()], { description: "`from` of the next page, if there is one." }),
    size: Size,
  },
  { examples: [examples.entries] },
);

// Cases

export const CaseShape = strict(
  {
    case: CaseId,
    title: Type.String(),
    phase: Type.String(),
    demo: Type.Boolean(),
    exercise: Type.Boolean(),
    keeper: Type.String({ description: "The case's present keeper key." }),
    kept: Type.Boolean({ description: "Whether this server is the keeper and takes events." }),
    seats: Type.Array(Type.String(), { description: "The seats that this account's devices are in." }),
    logs: Type.Array(strict({ log: LogName, size: Size, root: Hash, checkpoint: Type.String() })),
  },
  { examples: [examples.summary] },
);

export const CasesShape = strict(
  {
    items: Type.Array(CaseShape),
    next: Type.Union([CaseId, Type.Null()]),
  },
  { examples: [examples.cases] },
);

export const PeopleShape = strict(
  {
    people: Type.Object(
      {},
      { additionalProperties: true, description: "As the fold of this version has it." },
    ),
    size: Type.Integer({ minimum: 0, description: "Entries of the shared log that it follows from." }),
    version: Type.String(),
  },
  { examples: [examples.people] },
);

export const HoldingShape = strict(
  {
    kind: Type.Union([Type.Literal("device"), Type.Literal("invitation")]),
    id: Type.String({
      pattern: hashPattern,
      description: "The device's id, or the invitation's public key.",
    }),
    at: Type.String({ description: "Now, as RFC 3339 in UTC with milliseconds." }),
    signature: Signature,
  },
  {
    description:
      "Proof that this account holds a key of the case: its signature under `parley-access/1` over { account, at, case, id, kind, origin }.",
    examples: [examples.holding],
  },
);

export const DirectoryShape = strict(
  {
    items: Type.Array(
      strict({
        device: Hash,
        member: Type.String(),
        seat: Type.String(),
        name: Type.String(),
        role: Type.String(),
        signing: Type.String(),
        sealing: Type.String(),
        recovery: Type.Boolean(),
        revoked: Type.Boolean(),
      }),
    ),
    next: Type.Union([Hash, Type.Null()]),
    head: HeadShape,
  },
  { examples: [examples.directory] },
);

// Proofs and witnesses

export const ProofShape = strict({ proof: Type.Array(Hash) }, { examples: [examples.proof] });
export const CheckpointShape = strict({ checkpoint: Type.String() }, { examples: [examples.checkpoint] });
export const CosignatureShape = strict(
  {
    device: Hash,
    line: Type.String({ maxLength: 500, description: "The signature line of tlog-cosignature/v1." }),
    checkpoint: Type.String({ maxLength: 1_000, description: "The keeper's note that was cosigned." }),
  },
  { examples: [examples.cosignature] },
);
export const CosignaturesShape = strict(
  {
    items: Type.Array(
      strict({ size: Size, device: Hash, line: Type.String(), checkpoint: Type.String(), at: Milliseconds }),
    ),
    next: Next,
  },
  { examples: [examples.cosignatures] },
);

// Accounts

export const ServerShape = strict(
  {
    keeper: Type.String({ description: "The key that this server keeps logs with." }),
    demo: Type.Boolean(),
    openid: Type.Boolean(),
    version: Type.String(),
    time: Type.String({
      description: "The server's time, RFC 3339 in UTC: what it would keep an entry with now.",
    }),
  },
  { examples: [examples.server] },
);

export const SessionShape = strict(
  {
    session: Hash,
    account: Hash,
    name: Type.String(),
    role: Type.String(),
    steppedUp: Type.Boolean({ description: "Whether acts that bind a party are open now." }),
  },
  { examples: [examples.session] },
);

export const SessionsShape = strict(
  {
    items: Type.Array(
      strict({
        session: Hash,
        createdAt: Milliseconds,
        seenAt: Milliseconds,
        agent: Type.String(),
        current: Type.Boolean(),
      }),
    ),
    next: Next,
  },
  { examples: [examples.sessions] },
);

export const LinkShape = strict(
  { token: Type.String({ minLength: 1, maxLength: 100 }) },
  { description: "The secret of a link that opens an account.", examples: [examples.link] },
);

export const PasskeyOptionsShape = Type.Object(
  {},
  {
    additionalProperties: true,
    description: "Options for navigator.credentials, as JSON.",
    examples: [examples.passkeyOptions],
  },
);
/** What a browser answers is WebAuthn's own JSON, which has room for extensions; the verifier judges it. */
export const PasskeyAnswerShape = Type.Object(
  {
    id: Type.String({ maxLength: 1_400 }),
    rawId: Type.String({ maxLength: 1_400 }),
    type: Type.Literal("public-key"),
    response: Type.Object({}, { additionalProperties: true }),
    clientExtensionResults: Type.Object({}, { additionalProperties: true }),
    authenticatorAttachment: Type.Optional(Type.String({ maxLength: 50 })),
  },
  {
    additionalProperties: false,
    description: "What navigator.credentials gave, as JSON.",
    examples: [examples.passkeyAnswer],
  },
);
export const NewPasskeyShape = strict(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    answer: PasskeyAnswerShape,
  },
  { examples: [examples.newPasskey] },
);
export const PasskeysShape = strict(
  {
    items: Type.Array(
      strict({
        credential: Type.String(),
        name: Type.String(),
        createdAt: Milliseconds,
        usedAt: Type.Union([Milliseconds, Type.Null()]),
      }),
    ),
    next: Next,
  },
  { examples: [examples.passkeys] },
);
export const RedirectShape = strict({ url: Type.String() }, { examples: [examples.redirect] });
export const OpenIdStartShape = strict(
  {
    purpose: Type.Union([Type.Literal("sign-in"), Type.Literal("link"), Type.Literal("step-up")]),
  },
  { examples: [examples.openIdStart] },
);

export const FeedShape = strict(
  { madeAt: Type.Union([Milliseconds, Type.Null()]) },
  { examples: [examples.feed] },
);
export const FeedAddressShape = strict({ url: Type.String() }, { examples: [examples.feedAddress] });

export type Feed = Static<typeof FeedShape>;
export type Receipt = Static<typeof ReceiptShape>;
export type CaseSummary = Static<typeof CaseShape>;
export type Cases = Static<typeof CasesShape>;
export type Holding = Static<typeof HoldingShape>;
export type Directory = Static<typeof DirectoryShape>;
export type Proof = Static<typeof ProofShape>;
export type Cosignatures = Static<typeof CosignaturesShape>;
export type NewCosignature = Static<typeof CosignatureShape>;
export type ServerInfo = Static<typeof ServerShape>;
export type SessionInfo = Static<typeof SessionShape>;
export type SessionList = Static<typeof SessionsShape>;
export type PasskeyList = Static<typeof PasskeysShape>;
export type PasskeyAnswer = Static<typeof PasskeyAnswerShape>;
export type NewPasskey = Static<typeof NewPasskeyShape>;
export type ProblemBody = Static<typeof ProblemShape>;
