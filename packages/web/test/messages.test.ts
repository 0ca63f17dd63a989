import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
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

test.each(locales)("%s has every plural that its grammar needs", async (locale) => {
  const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  const source: Readonly<Record<string, string>> = english;
  const words = Object.entries(await loadMessages(locale));
  // What still stands in English has English plurals; how much that is, is said aloud.
  const translated = words.filter(
    ([id, text]) => locale === "en" || text !== source[id] || !/\p{L}{4}/u.test(text),
  );
  if (words.length - translated.length > 12) {
    process.stderr.write(
      `${locale}: ${words.length - translated.length} of ${words.length} strings are still English\n`,
    );
  }
  for (const [id, text] of translated) {
    for (const given of pluralsOf(parse(text))) {
      // "many" in French and Spanish is for millions; what is counted here never is.
      const lacking = needed.filter(
        (category) => !given.includes(category) && !(category === "many" && ["fr", "es"].includes(locale)),
      );
      expect(lacking, `${locale} ${id}`).toEqual([]);
    }
  }
});

test("no string cheers, alarms or claims", async () => {
  for (const text of Object.values(english)) expect(text).not.toMatch(/!|\bAI\b|\bsmart\b|\bfair\b|oops/i);
});

test("a reader's first language that there is is chosen, and English if there is none", () => {
  expect(chooseLocale(["de-DE", "uk-UA", "en"])).toBe("uk");
  expect(chooseLocale(["ja"])).toBe("en");
});
