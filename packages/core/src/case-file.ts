/**
 * Reads `parley-case/1` (docs/formats/case.md): who is at the table and how, and which alternatives the text
 * itself ties together. Everything is checked; nothing is repaired.
 */
import {
  asArray,
  asId,
  asObject,
  asString,
  type Linkage,
  ProblemError,
  parseJson,
  refuseUnknownKeys,
  required,
  show,
} from "@parley/solver";

export const seats = ["principal", "host", "mediator", "affected", "observer"] as const;
export type CaseSeat = (typeof seats)[number];

/** Powers that the principals lend to a third party; `preferences`: may read those that a party lets it read. */
export const lentPowers = ["host", "chair", "pen", "answers", "preferences"] as const;
export type LentPower = (typeof lentPowers)[number];

export interface CaseMember {
  readonly name: string;
  readonly office: string;
}

export interface CaseParty {
  readonly id: string;
  readonly name: string;
  /** One to three letters that stand for the party beside a colour or in a narrow column. */
  readonly code: string;
  readonly seat: CaseSeat;
  readonly powers: readonly LentPower[];
  readonly delegation: readonly CaseMember[];
}

export interface CaseFile {
  /** Short name, as in `parley export`. */
  readonly name: string;
  readonly title: string;
  /** Between fictional states: all output then says EXERCISE. */
  readonly exercise: boolean;
  /** File name of the draft beside the case file, if there is one. */
  readonly draft: string;
  readonly parties: readonly CaseParty[];
  /** Alternatives that the text itself ties together, whoever prefers what. */
  readonly excludes: readonly Linkage[];
  readonly requires: readonly Linkage[];
}

/**
 * Reads a case from JSON text or a parsed value. The options that linkages name are checked when the problem
 * is built, because only the draft knows them.
 *
 * @throws ProblemError with a code and the path to the first fault.
 */
export function readCaseFile(json: unknown): CaseFile {
  const root = asObject(typeof json === "string" ? parseJson(json) : json, "");
  const format = asString(required(root, "format", ""), "format");
  if (format !== "parley-case/1") {
    throw new ProblemError("wrong-format", "format", `expected "parley-case/1", got ${show(format)}`);
  }
  refuseUnknownKeys(
    root,
    ["format", "name", "title", "exercise", "draft", "parties", "excludes", "requires"],
    "",
  );
  const exercise = root["exercise"] ?? false;
  if (typeof exercise !== "boolean")
    throw new ProblemError("wrong-type", "exercise", "expected true or false");
  return {
    name: asId(required(root, "name", ""), "name"),
    title: asString(required(root, "title", ""), "title"),
    exercise,
    draft: root["draft"] === undefined ? "draft.md" : readFileName(root["draft"], "draft"),
    parties: readParties(required(root, "parties", "")),
    excludes: readLinkages(root["excludes"] ?? [], "excludes"),
    requires: readLinkages(root["requires"] ?? [], "requires"),
  };
}

function readParties(value: unknown): CaseParty[] {
  const list = asArray(value, "parties");
  if (list.length === 0) throw new ProblemError("empty", "parties", "a case has at least one party");
  const ids = new Set<string>();
  const codes = new Set<string>();
  return list.map((item, at) => {
    const path = `parties[${at}]`;
    const party = asObject(item, path);
    refuseUnknownKeys(party, ["id", "name", "code", "seat", "powers", "delegation"], path);
    const id = asId(required(party, "id", path), `${path}.id`);
    if (ids.has(id)) throw new ProblemError("duplicate", `${path}.id`, `the party ${show(id)} occurs twice`);
    const code = asString(required(party, "code", path), `${path}.code`);
    if (!/^\p{Lu}{1,3}$/u.test(code)) {
      throw new ProblemError(
        "wrong-type",
        `${path}.code`,
        `expected one to three capital letters, got ${show(code)}`,
      );
    }
    if (codes.has(code))
      throw new ProblemError("duplicate", `${path}.code`, `the code ${show(code)} occurs twice`);
    ids.add(id);
    codes.add(code);
    return {
      id,
      name: asId(required(party, "name", path), `${path}.name`),
      code,
      seat: oneOf(required(party, "seat", path), seats, `${path}.seat`),
      powers: asArray(party["powers"] ?? [], `${path}.powers`).map((power, k) =>
        oneOf(power, lentPowers, `${path}.powers[${k}]`),
      ),
      delegation: asArray(party["delegation"] ?? [], `${path}.delegation`).map((member, k) =>
        readMember(member, `${path}.delegation[${k}]`),
      ),
    };
  });
}

function readMember(value: unknown, path: string): CaseMember {
  const member = asObject(value, path);
  refuseUnknownKeys(member, ["name", "office"], path);
  return {
    name: asId(required(member, "name", path), `${path}.name`),
    office: asId(required(member, "office", path), `${path}.office`),
  };
}

function readLinkages(value: unknown, path: string): Linkage[] {
  return asArray(value, path).map((item, at) => {
    const [first, second] = pair(item, `${path}[${at}]`, "two options");
    return [readOption(first, `${path}[${at}][0]`), readOption(second, `${path}[${at}][1]`)];
  });
}

function readOption(value: unknown, path: string): readonly [string, string] {
  const [bracket, option] = pair(value, path, "a bracket and one of its options");
  return [asId(bracket, `${path}[0]`), asId(option, `${path}[1]`)];
}

function pair(value: unknown, path: string, what: string): readonly [unknown, unknown] {
  const list = asArray(value, path);
  if (list.length !== 2) throw new ProblemError("wrong-type", path, `expected ${what}`);
  return [list[0], list[1]];
}

function oneOf<T extends string>(value: unknown, known: readonly T[], path: string): T {
  const text = asString(value, path);
  const found = known.find((name) => name === text);
  if (found === undefined) {
    throw new ProblemError("wrong-type", path, `expected ${known.join(", ")}; got ${show(text)}`);
  }
  return found;
}

/** A file beside the case file, never elsewhere. */
function readFileName(value: unknown, path: string): string {
  const name = asId(value, path);
  if (/[/\\]|^\.\.?$/.test(name)) {
    throw new ProblemError(
      "wrong-type",
      path,
      `expected the name of a file in the same folder, got ${show(name)}`,
    );
  }
  return name;
}
