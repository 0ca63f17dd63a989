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

test.each(locales)("%s has every string, with the same values in it", async (locale) => {
  const words: Readonly<Record<string, string>> = await loadMessages(locale);
  expect(new Set(Object.keys(words))).toEqual(new Set(Object.keys(english)));
  for (const [id, source] of Object.entries(english)) {
    expect(words[id], id).toMatch(/\S/);
    expect(argumentsOf(parse(words[id] ?? "")), id).toEqual(argumentsOf(parse(source)));
  }
});

test("no string cheers, alarms or claims", async () => {
  for (const text of Object.values(english)) expect(text).not.toMatch(/!|\bAI\b|\bsmart\b|\bfair\b|oops/i);
});

test("a reader's first language that there is is chosen, and English if there is none", () => {
  expect(chooseLocale(["de-DE", "uk-UA", "en"])).toBe("uk");
  expect(chooseLocale(["ja"])).toBe("en");
});
