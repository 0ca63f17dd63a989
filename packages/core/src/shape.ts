/**
 * Shapes of event bodies. One literal gives the type, the runtime check and the JSON Schema:
 *
 *   { seat: "seat", "note?": "text", roles: ["role"], kind: "on | off", package: { "*": "slug" } } as const
 *
 * A field is the name of a leaf below, a list of words, a list `[field]`, a map `{ "*": field }` or a nested shape; a name
 * that ends in `?` is optional. Unknown keys are refused, never dropped. Literals need no inferred type on export, which
 * keeps declarations isolated. Every leaf is bounded, so a body of the right shape is bounded too.
 */
import type { JsonObject } from "@parley/ledger/canonical";
import type { DeviceId, DeviceKeys, EventId } from "@parley/ledger/event";
import type { MemberId, SeatId } from "./ids.ts";
import { type TSchema, Type } from "./json-schema.ts";

/** Where a recorded fact comes from: who reported it, when, and whether its owner said it or somebody estimated it. */
export interface Source {
  readonly by: string;
  readonly date: string;
  readonly provenance: "stated" | "imputed";
  readonly url?: string;
}

/** A person as listed: not a member, and nothing here can be signed for them. */
export interface Person {
  readonly name: string;
  readonly office: string;
  readonly seat?: SeatId;
}

/** What a leaf's name stands for. */
export interface Leaves {
  readonly id: EventId;
  readonly device: DeviceId;
  readonly member: MemberId;
  readonly seat: SeatId;
  readonly key: string;
  readonly keys: DeviceKeys;
  readonly hash: string;
  readonly nonce: string;
  readonly signature: string;
  readonly time: string;
  readonly date: string;
  readonly slug: string;
  readonly name: string;
  readonly letters: string;
  readonly text: string;
  readonly document: string;
  readonly language: string;
  readonly count: number;
  readonly yes: true;
  readonly source: Source;
  readonly person: Person;
  /** Any object: what a file holds to be judged later. */
  readonly object: JsonObject;
}

const bytes = (length: number, what: string): TSchema =>
  Type.String({ pattern: `^[A-Za-z0-9_-]{${Math.ceil((length * 4) / 3)}}$`, description: what });
const words = (max: number): TSchema =>
  Type.String({
    minLength: 1,
    maxLength: max,
    pattern: "\\S",
    description: `text of 1 to ${max} characters`,
  });
const id = bytes(32, "an id (43 characters of base64url)");
const seat = Type.String({
  pattern: "^[a-z][a-z0-9-]{0,39}$",
  description: "a seat: a small letter, then up to 39 small letters, digits and hyphens",
});
const date = Type.String({
  pattern: "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
  description: "a date such as 2025-02-18, 2025-02 or 2025",
});
const name = words(200);

const leaves: { readonly [Name in keyof Leaves]: TSchema } = {
  id,
  device: id,
  member: id,
  seat,
  key: bytes(32, "a public key (43 characters of base64url)"),
  keys: closed({
    signing: bytes(32, "an Ed25519 public key"),
    sealing: bytes(1216, "an X-Wing public key"),
  }),
  hash: id,
  nonce: bytes(16, "16 random bytes (22 characters of base64url)"),
  signature: bytes(64, "an Ed25519 signature (86 characters of base64url)"),
  time: Type.String({
    pattern:
      "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}Z$",
    description: "a time such as 2025-02-18T07:30:00.000Z",
  }),
  date,
  slug: Type.String({
    pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$",
    description: "an id of at most 100 letters, digits, points, hyphens and underscores",
  }),
  name,
  letters: Type.String({ pattern: "^\\S{1,3}$", description: "a code of one to three letters" }),
  text: words(20_000),
  document: words(2_000_000),
  language: Type.String({
    pattern: "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    description: "a language such as en",
  }),
  count: Type.Integer({ minimum: 0, maximum: 1_000_000, description: "a whole number from 0 to 1000000" }),
  yes: Type.Literal(true, { description: "true, or left out" }),
  source: closed({
    by: name,
    date,
    provenance: choice(["stated", "imputed"]),
    url: Type.Optional(Type.String({ pattern: "^https?://\\S{1,500}$", description: "a web address" })),
  }),
  object: Type.Object({}, { description: "an object" }),
  person: closed({ name, office: name, seat: Type.Optional(seat) }),
};

type Field = string | readonly [Field] | Shape;
export interface Shape {
  readonly [name: string]: Field;
}

type Words<Text extends string> = Text extends `${infer First} | ${infer Rest}` ? First | Words<Rest> : Text;
type ValueOf<F> = F extends keyof Leaves
  ? Leaves[F]
  : F extends string
    ? Words<F>
    : F extends readonly [infer Item]
      ? readonly ValueOf<Item>[]
      : F extends { readonly "*": infer Item }
        ? { readonly [name: string]: ValueOf<Item> }
        : BodyOf<F>;
/** The type of a body of this shape. */
export type BodyOf<S> = {
  readonly [Name in keyof S as Name extends `${string}?` ? never : Name]: ValueOf<S[Name]>;
} & {
  readonly [Name in keyof S as Name extends `${infer Bare}?` ? Bare : never]?: ValueOf<S[Name]>;
};

/** The longest list and the largest map in a body. */
const maxItems = 1000;

function closed(properties: Record<string, TSchema>): TSchema {
  return Type.Object(properties, { additionalProperties: false, description: "an object" });
}

function choice(options: readonly string[]): TSchema {
  return Type.Enum([...options], { description: `one of ${options.join(", ")}` });
}

/** The JSON Schema of a shape. Throws on a shape that names no leaf: a fault of the programmer. */
export function schemaOf(shape: Shape): TSchema {
  const properties: Record<string, TSchema> = {};
  for (const [key, field] of Object.entries(shape)) {
    if (key.endsWith("?")) properties[key.slice(0, -1)] = Type.Optional(schemaOfField(field));
    else properties[key] = schemaOfField(field);
  }
  return closed(properties);
}

function schemaOfField(field: Field): TSchema {
  if (typeof field === "string") {
    if (field.includes(" | ")) return choice(field.split(" | "));
    const leaf = leaves[field as keyof Leaves];
    if (!leaf) throw new Error(`no leaf is called ${field}`);
    return leaf;
  }
  if (isList(field)) {
    return Type.Array(schemaOfField(field[0]), { maxItems, description: `a list of at most ${maxItems}` });
  }
  const any = field["*"];
  return any === undefined
    ? schemaOf(field)
    : Type.Record(Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$" }), schemaOfField(any), {
        maxProperties: maxItems,
        additionalProperties: false,
        description: `a map of at most ${maxItems}`,
      });
}

function isList(field: readonly [Field] | Shape): field is readonly [Field] {
  return Array.isArray(field);
}
