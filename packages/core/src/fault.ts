/**
 * What is wrong with a value that should have the shape of a schema, in a sentence: where, and what is expected there. It
 * reads the part of JSON Schema that shapes are made of (`shape.ts`), as JSON Schema means it: lengths count code points,
 * patterns are Unicode, and a member that is undefined is as one that is missing where it may be.
 */
import type { TSchema } from "./json-schema.ts";

interface Schema {
  readonly type?: "string" | "integer" | "boolean" | "array" | "object";
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
  readonly maxProperties?: number;
}

type Members = Readonly<Record<string, unknown>>;

/** What is wrong with a value, and where, or undefined: `body.people[2].name must be text of 1 to 200 characters`. */
export function faultOf(schema: TSchema, value: unknown, root = "body"): string | undefined {
  return faultAt(schema as Schema, value, root);
}

function faultAt(schema: Schema, value: unknown, place: string): string | undefined {
  if (!isAsSaid(schema, value)) return `${place} must be ${schema.description ?? "of another type"}`;
  if (schema.type === "array") return faultInItems(schema, value as readonly unknown[], place);
  return schema.type === "object" ? faultInMembers(schema, value as Members, place) : undefined;
}

/** What a schema says of a value itself, whatever is inside it. */
function isAsSaid(schema: Schema, value: unknown): boolean {
  if (schema.enum) return schema.enum.includes(value);
  if (schema.const !== undefined) return schema.const === value;
  switch (schema.type) {
    case "string":
      return typeof value === "string" && isText(schema, value);
    case "integer":
      return (
        Number.isInteger(value) &&
        (value as number) >= (schema.minimum ?? Number.NEGATIVE_INFINITY) &&
        (value as number) <= (schema.maximum ?? Number.POSITIVE_INFINITY)
      );
    case "boolean":
      return typeof value === "boolean";
    case "array":
      return Array.isArray(value) && value.length <= (schema.maxItems ?? Number.POSITIVE_INFINITY);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      throw new Error("a schema of a kind that is not known here");
  }
}

function isText({ pattern, minLength = 0, maxLength }: Schema, text: string): boolean {
  // Half of the units at most are second halves of a pair.
  if (text.length < 2 * minLength && lengthOf(text) < minLength) return false;
  if (maxLength !== undefined && text.length > maxLength) {
    if (text.length > 2 * maxLength || lengthOf(text) > maxLength) return false;
  }
  return pattern === undefined || compiled(pattern).test(text);
}

function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length++;
  return length;
}

function faultInItems({ items }: Schema, list: readonly unknown[], place: string): string | undefined {
  if (!items) return undefined;
  for (const [i, item] of list.entries()) {
    const fault = faultAt(items, item, `${place}[${i}]`);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function faultInMembers(schema: Schema, members: Members, place: string): string | undefined {
  const { required = [], properties = {}, patternProperties = {} } = schema;
  const lacking = required.find((name) => !Object.hasOwn(members, name));
  if (lacking !== undefined) return `${place} lacks the key ${quoted(lacking)}`;
  const names = Object.getOwnPropertyNames(members);
  const patterns = Object.entries(patternProperties);
  const schemaFor = (name: string): Schema | undefined =>
    Object.hasOwn(properties, name)
      ? properties[name]
      : patterns.find(([pattern]) => compiled(pattern).test(name))?.[1];
  if (schema.additionalProperties === false) {
    const unknown = names.find((name) => schemaFor(name) === undefined);
    if (unknown !== undefined) return `${place} has the unknown key ${quoted(unknown)}`;
  }
  for (const name of names) {
    const member = members[name];
    const inside = schemaFor(name);
    const mayLack = Object.hasOwn(properties, name) && !required.includes(name);
    if (!inside || (member === undefined && mayLack)) continue;
    const fault = faultAt(inside, member, /^[0-9]+$/.test(name) ? `${place}[${name}]` : `${place}.${name}`);
    if (fault !== undefined) return fault;
  }
  return names.length <= (schema.maxProperties ?? Number.POSITIVE_INFINITY)
    ? undefined
    : `${place} must be ${schema.description ?? "smaller"}`;
}

const expressions = new Map<string, RegExp>();

/** Shapes have a few patterns, each asked for at every event. */
function compiled(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known) return known;
  const made = new RegExp(pattern, "u");
  expressions.set(pattern, made);
  return made;
}

function quoted(key: string): string {
  return JSON.stringify(key.slice(0, 60));
}
