/** A format while it is being written: everything as it stands in the form, and the event's body that it comes to. */
import type { Body } from "@parley/core";
import type { JsonObject } from "@parley/ledger";
import { type Locale, locales } from "../../messages/locales.ts";

type Format = Body<"FormatProposed">;
type Field = Format["fields"][number];

export const purposes = ["test", "notice", "incident", "clarification", "reply", "meeting"] as const;
export const fieldTypes = ["text", "time", "count", "place", "code"] as const;
export const clockNames = ["receive", "acknowledge", "reply", "meet"] as const;

type Words = { readonly [Language in Locale]?: string };

export interface FieldDraft {
  readonly name: string;
  readonly type: Field["type"];
  readonly required: boolean;
  readonly labels: Words;
  /** By language, a code and its words on each line. */
  readonly codes: Words;
}

export interface FormatDraft {
  readonly code: string;
  readonly purpose: Format["purpose"];
  readonly languages: readonly Locale[];
  readonly fields: readonly FieldDraft[];
  /** Minutes, as written. */
  readonly clocks: Readonly<Record<(typeof clockNames)[number], string>>;
  readonly next: string;
}

export const newField: FieldDraft = { name: "", type: "text", required: false, labels: {}, codes: {} };

/**
 * Another format as it stands, to be changed: its code is taken, so the new one begins without. Or an empty one, in the
 * languages that were agreed for the talks.
 */
export function formatDraft(from: Omit<Format, "code"> | undefined, agreed: readonly string[]): FormatDraft {
  const used = from?.languages ?? agreed;
  const minutes = (clock: (typeof clockNames)[number]) => String(from?.clocks[clock] ?? "");
  return {
    code: "",
    purpose: from?.purpose ?? "notice",
    languages: locales.filter((one) => used.length === 0 || used.includes(one)),
    fields: from ? from.fields.map(fieldDraft) : [newField],
    clocks: {
      receive: minutes("receive"),
      acknowledge: minutes("acknowledge"),
      reply: minutes("reply"),
      meet: minutes("meet"),
    },
    next: from?.next ?? "",
  };
}

function fieldDraft({ field, type, required, labels, codes }: Field): FieldDraft {
  const inEach = (words: (language: Locale) => string): Words =>
    Object.fromEntries(locales.map((language) => [language, words(language)]));
  return {
    name: field,
    type,
    required: required ?? false,
    labels: inEach((language) => labels[language] ?? ""),
    codes: inEach((language) =>
      Object.entries(codes ?? {})
        .map(([code, words]) => `${code} ${words[language] ?? ""}`.trim())
        .join("\n"),
    ),
  };
}

/** What is still missing, or undefined. The rules of the case judge the rest when it is sent. */
export function faultIn({
  code,
  fields,
  languages,
  next,
}: FormatDraft): "name" | "words" | "codes" | undefined {
  if (code.trim() === "" || next.trim() === "" || languages.length === 0 || fields.length === 0)
    return "name";
  for (const { name, labels, type, codes } of fields) {
    if (name.trim() === "") return "name";
    if (languages.some((language) => !labels[language]?.trim())) return "words";
    if (type !== "code") continue;
    const [first, ...others] = languages.map((language) =>
      codesIn(codes[language])
        .map(([one]) => one)
        .join(" "),
    );
    const complete = languages.every((language) =>
      codesIn(codes[language]).every(([, words]) => words !== ""),
    );
    if (first === "" || !complete || others.some((one) => one !== first)) return "codes";
  }
  return undefined;
}

function codesIn(lines = ""): readonly (readonly [code: string, words: string])[] {
  return lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [code = "", ...words] = line.split(/[\s:]+/);
      return [code, words.join(" ")] as const;
    });
}

export function bodyOf({ code, purpose, languages, fields, clocks, next }: FormatDraft): JsonObject {
  const spans = clockNames.flatMap((clock) => (clocks[clock] === "" ? [] : [[clock, Number(clocks[clock])]]));
  return {
    code: code.trim(),
    purpose,
    languages: [...languages],
    fields: fields.map((field) => fieldBody(field, languages)),
    clocks: Object.fromEntries(spans) as JsonObject,
    next: next.trim(),
  };
}

function fieldBody(
  { name, type, required, labels, codes }: FieldDraft,
  languages: readonly Locale[],
): JsonObject {
  const inEach = (words: (language: Locale) => string): JsonObject =>
    Object.fromEntries(languages.map((language) => [language, words(language)]));
  const listed = codesIn(codes[languages[0] ?? "en"]).map(([code]) => code);
  return {
    field: name.trim(),
    type,
    ...(required ? { required: true } : {}),
    labels: inEach((language) => labels[language]?.trim() ?? ""),
    ...(type === "code"
      ? {
          codes: Object.fromEntries(
            listed.map((code) => [
              code,
              inEach((language) => codesIn(codes[language]).find(([one]) => one === code)?.[1] ?? ""),
            ]),
          ),
        }
      : {}),
  };
}
