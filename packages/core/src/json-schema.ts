/**
 * JSON Schema as TypeBox writes it, with TypeBox's types and without its seven hundred modules, which are a third of what a
 * server loads at its start. Only what Parley's shapes are made of; a schema is plain JSON.
 */
import type { TSchema, Type as TypeBox } from "typebox";

type Schema = { readonly [keyword: string]: unknown };

/** Schemas of members that may be missing. */
const optional = new WeakSet<object>();

const plain = (type: string) => (options?: Schema) => ({ type, ...options });

const builders = {
  Array: (items: Schema, options?: Schema) => ({ type: "array", items, ...options }),
  Boolean: plain("boolean"),
  Enum: (values: readonly unknown[], options?: Schema) => ({ enum: values, ...options }),
  Integer: plain("integer"),
  Literal: (value: string | boolean, options?: Schema) => ({ type: typeof value, const: value, ...options }),
  Null: plain("null"),
  Number: plain("number"),
  Object: (properties: Readonly<Record<string, Schema>>, options?: Schema) => {
    const required = Object.keys(properties).filter((name) => !optional.has(properties[name] as Schema));
    return { type: "object", ...(required.length > 0 ? { required } : {}), properties, ...options };
  },
  Optional: (schema: Schema) => {
    const copy = { ...schema };
    optional.add(copy);
    return copy;
  },
  Record: (key: Schema, value: Schema, options?: Schema) => ({
    type: "object",
    patternProperties: { [String(key["pattern"] ?? "^.*$")]: value },
    ...options,
  }),
  String: plain("string"),
  Union: (anyOf: readonly Schema[], options?: Schema) => ({ anyOf, ...options }),
};

type Built = Pick<
  typeof TypeBox,
  | "Array"
  | "Boolean"
  | "Enum"
  | "Integer"
  | "Literal"
  | "Null"
  | "Number"
  | "Object"
  | "Optional"
  | "Record"
  | "String"
  | "Union"
>;
export const Type: Built = builders as unknown as Built;
export type { TSchema };
