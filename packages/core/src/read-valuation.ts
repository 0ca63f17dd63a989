/**
 * Reads `parley-valuation/1` (docs/formats/valuation.md), as it was sealed by a device of the same delegation or kept in
 * a file. It checks the shape; whether the text still has what it speaks of is asked when it is used, because texts are
 * amended after they were marked.
 */
import {
  asArray,
  asNumber,
  asObject,
  asString,
  type Interaction,
  type JsonObject,
  type Linkage,
  type OptionRef,
  ProblemError,
  parseJson,
  type Reply,
  refuseUnknownKeys,
  required,
  show,
} from "@parley/solver";
import { provenances } from "./preferences.ts";
import { type Instruction, type Mark, steps, type Valuation } from "./valuation.ts";

/**
 * From JSON text or a parsed value.
 *
 * @throws ProblemError with a code and the path to the first fault.
 */
export function readValuation(json: unknown): Valuation {
  const root = asObject(typeof json === "string" ? parseJson(json) : json, "");
  if (root["format"] !== "parley-valuation/1") {
    throw new ProblemError(
      "wrong-format",
      "format",
      `expected "parley-valuation/1", got ${show(String(root["format"]))}`,
    );
  }
  const own = ["format", "party", "provenance", "marks", "instructions", "reasons", "replies", "walkAway"];
  refuseUnknownKeys(root, [...own, "excludes", "requires", "interactions"], "");
  const { walkAway } = root;
  return {
    format: "parley-valuation/1",
    party: asString(required(root, "party", ""), "party"),
    provenance: oneOf(root["provenance"], provenances, "provenance"),
    marks: mapOf(root["marks"], "marks", (options, path) => mapOf(options, path, readMark)),
    instructions: listOf(root["instructions"], "instructions", readInstruction),
    excludes: listOf(root["excludes"], "excludes", readLinkage),
    requires: listOf(root["requires"], "requires", readLinkage),
    interactions: listOf(root["interactions"], "interactions", readInteraction),
    reasons: mapOf(root["reasons"], "reasons", asString),
    replies: listOf(root["replies"], "replies", readReply),
    ...(walkAway === undefined ? {} : { walkAway: asNumber(walkAway, "walkAway") }),
  };
}

function readMark(value: unknown, path: string): Mark {
  return typeof value === "number" ? asNumber(value, path) : oneOf(value, steps, path);
}

function readInstruction(value: unknown, path: string): Instruction {
  const item = asObject(value, path);
  refuseUnknownKeys(item, ["option", "dated", "unless", "note"], path);
  const dated = asString(required(item, "dated", path), `${path}.dated`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(dated)) {
    throw new ProblemError(
      "wrong-type",
      `${path}.dated`,
      `expected a day such as 2025-02-18, got ${show(dated)}`,
    );
  }
  const { unless, note } = item;
  return {
    option: readRef(item["option"], `${path}.option`),
    dated,
    ...(unless === undefined ? {} : { unless: readRef(unless, `${path}.unless`) }),
    ...(note === undefined ? {} : { note: asString(note, `${path}.note`) }),
  };
}

function readRef(value: unknown, path: string): OptionRef {
  const list = asArray(value, path);
  if (list.length !== 2)
    throw new ProblemError("wrong-type", path, "expected a bracket and one of its options");
  return [asString(list[0], `${path}[0]`), asString(list[1], `${path}[1]`)];
}

function readLinkage(value: unknown, path: string): Linkage {
  const list = asArray(value, path);
  if (list.length !== 2) throw new ProblemError("wrong-type", path, "expected two options");
  return [readRef(list[0], `${path}[0]`), readRef(list[1], `${path}[1]`)];
}

function readInteraction(value: unknown, path: string): Pick<Interaction, "when" | "points"> {
  const item = asObject(value, path);
  refuseUnknownKeys(item, ["when", "points"], path);
  return {
    when: listOf(item["when"], `${path}.when`, (one, at) => {
      const pair = asArray(one, at);
      return [asString(pair[0], `${at}[0]`), listOf(pair[1], `${at}[1]`, asString)] as const;
    }),
    points: asNumber(item["points"], `${path}.points`),
  };
}

function readReply(value: unknown, path: string): Reply {
  const item = asObject(value, path);
  refuseUnknownKeys(item, ["outcome", "signs"], path);
  const { signs } = item;
  if (typeof signs !== "boolean")
    throw new ProblemError("wrong-type", `${path}.signs`, "expected true or false");
  return { outcome: mapOf(item["outcome"], `${path}.outcome`, asString), signs };
}

function oneOf<T extends string>(value: unknown, known: readonly T[], path: string): T {
  const found = known.find((name) => name === value);
  if (found !== undefined) return found;
  throw new ProblemError("wrong-type", path, `expected ${known.join(", ")}; got ${show(String(value))}`);
}

function mapOf<T>(value: unknown, path: string, read: (item: unknown, path: string) => T): Record<string, T> {
  const object: JsonObject = value === undefined ? {} : asObject(value, path);
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, read(item, `${path}.${key}`)]));
}

function listOf<T>(value: unknown, path: string, read: (item: unknown, path: string) => T): T[] {
  return asArray(value ?? [], path).map((item, at) => read(item, `${path}[${at}]`));
}
