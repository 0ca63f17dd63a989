import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { refusals } from "@parley/core";
import { expect, test } from "vitest";
import { messages as english } from "../src/messages/en.ts";
import { chooseLocale, locales } from "../src/messages/locales.ts";
import { loadMessages } from "../src/messages/words.ts";

function argumentsOf(elements: readonly MessageFormatElement[]): string[] {
  const found = new Set<string>();
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    found.add(element.value);
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      for (const option of Object.values(element.options)) {
        for (const name of argumentsOf(option.value)) found.add(name);
      }
    }
  }
  return [...found].sort();
}

/** The plural categories that a string of this language must tell apart, "other" aside. */
function pluralsOf(elements: readonly MessageFormatElement[]): string[][] {
  return elements.flatMap((element) =>
    element.type === TYPE.plural
      ? [Object.keys(element.options), ...Object.values(element.options).flatMap((o) => pluralsOf(o.value))]
      : [],
  );
}

test.each(locales)("%s has every string, with the same values in it", async (locale) => {
  const words: Readonly<Record<string, string>> = await loadMessages(locale);
  expect(new Set(Object.keys(words))).toEqual(new Set(Object.keys(english)));
  for (const [id, source] of Object.entries(english)) {
    expect(words[id], id).toMatch(/\S/);
    expect(argumentsOf(parse(words[id] ?? "")), id).toEqual(argumentsOf(parse(source)));
  }
});

test("every code of a refusal has its sentence, which names what the rules give for it", () => {
  const words: Readonly<Record<string, string>> = english;
  for (const [code, named] of Object.entries(refusals)) {
    const sentence = words[`refusal.${code}`];
    expect(sentence, code).toBeDefined();
    expect(argumentsOf(parse(sentence ?? "")), code).toEqual([...named].sort());
  }
});

test.each(locales)("%s has every plural that its grammar needs", async (locale) => {
  const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  for (const [id, text] of Object.entries(await loadMessages(locale))) {
    for (const given of pluralsOf(parse(text))) {
      // "many" in French and Spanish is for millions; what is counted here never is.
      const lacking = needed.filter(
        (category) => !given.includes(category) && !(category === "many" && ["fr", "es"].includes(locale)),
      );
      expect(lacking, `${locale} ${id}`).toEqual([]);
    }
  }
});

test("every string is named by a page, whole or as one of a family", () => {
  const sources = join(import.meta.dirname, "../src");
  const code = readdirSync(sources, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/messages[\\/][a-z]+[\\/][a-z]+\.ts$/.test(name))
    .map((name) => readFileSync(join(sources, name), "utf8"))
    .join("\n");
  const families = [...code.matchAll(/`([a-z][\w.]*\$\{[^`]*)`/g)].map(
    ([, family = ""]) => new RegExp(`^${family.replace(/\./g, "\\.").replace(/\$\{[^}]*\}/g, ".+")}$`),
  );
  expect(families.length).toBeGreaterThan(30);
  const unnamed = Object.keys(english).filter(
    (id) => !code.includes(`"${id}"`) && !families.some((family) => family.test(id)),
  );
  expect(unnamed).toEqual([]);
});

/** What a reader reads of a string: the words in every branch of it, values left out. */
function wordsOf(elements: readonly MessageFormatElement[]): string {
  return elements
    .map((element) => {
      if (element.type === TYPE.literal) return element.value;
      if (element.type !== TYPE.plural && element.type !== TYPE.select) return "\uFFFC";
      return Object.values(element.options)
        .map(({ value }) => wordsOf(value))
        .join(" ");
    })
    .join("");
}

/** Names of things that are written alike everywhere. */
const names =
  /Parley|\.parley|ad referendum|\bfr\b|Word|Markdown|PDF|Akoma Ntoso|GeoJSON|iCalendar|EXERCISE|UTC|UTF-8|Rev\.|Nash|Kalai|Smorodinsky|Harsanyi|\b(?:[A-Z]|docx|md|txt|ics)\b/g;

test.each(["ru", "uk", "ar", "zh"] as const)("%s has no word left in English", async (locale) => {
  const left = Object.entries(await loadMessages(locale)).flatMap(([id, text]) => {
    const words = wordsOf(parse(text)).replace(names, "");
    return /[A-Za-z]{2}/.test(words) ? [`${id}: ${words}`] : [];
  });
  expect(left).toEqual([]);
});

test.each(["fr", "es"] as const)("%s has no sentence left in English", async (locale) => {
  const source: Readonly<Record<string, string>> = english;
  // One word may be the same in both; two or more are not, but for names.
  const left = Object.entries(await loadMessages(locale)).filter(
    ([id, text]) =>
      text === source[id] &&
      (
        wordsOf(parse(text))
          .replace(names, "")
          .match(/\p{L}{2,}/gu) ?? []
      ).length > 1,
  );
  expect(left).toEqual([]);
});

test("each language is set as it is written: Chinese marks, French spaces and quotation marks", async () => {
  const faults = async (locale: "zh" | "fr" | "ru" | "uk" | "es", wrong: RegExp) =>
    Object.entries(await loadMessages(locale)).flatMap(([id, text]) => {
      const words = wordsOf(parse(text));
      return wrong.test(words) ? [`${locale} ${id}: ${words}`] : [];
    });
  expect([
    ...(await faults("zh", /\p{Script=Han}[,;:!?()]|[,;:!?()]\p{Script=Han}/u)),
    ...(await faults("fr", /[^\u00A0\u202F\d][;!?»]|\p{L}:| :|« |"|'/u)),
    ...(await faults("ru", /"|[іїєґ]/u)),
    ...(await faults("uk", /"|[ыэёъ]/u)),
    ...(await faults("es", /"|(?<!¿[^?]*)\?/u)),
  ]).toEqual([]);
});

test("no string cheers, alarms or claims", async () => {
  for (const text of Object.values(english)) expect(text).not.toMatch(/!|\bAI\b|\bsmart\b|\bfair\b|oops/i);
});

test("a reader's first language that there is is chosen, and English if there is none", () => {
  expect(chooseLocale(["de-DE", "uk-UA", "en"])).toBe("uk");
  expect(chooseLocale(["ja"])).toBe("en");
});
