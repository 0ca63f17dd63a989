/** Every word of the interface comes through here: one typed id, one string in each of seven languages. */
import { directionOf } from "@parley/text";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { createIntl, type IntlShape, useIntl } from "react-intl";
import type { messages as english } from "./en.ts";
import { type Locale, locales } from "./locales.ts";

export type MessageId = keyof typeof english;
export type Messages = Readonly<Record<MessageId, string>>;
export type Words = (id: MessageId, values?: Readonly<Record<string, string | number>>) => string;

const loaders: Readonly<Record<Locale, () => Promise<{ messages: Messages }>>> = {
  en: () => import("./en.ts"),
  fr: () => import("./fr.ts"),
  es: () => import("./es.ts"),
  ru: () => import("./ru.ts"),
  uk: () => import("./uk.ts"),
  ar: () => import("./ar.ts"),
  zh: () => import("./zh.ts"),
};

export async function loadMessages(locale: Locale): Promise<Messages> {
  return (await loaders[locale]()).messages;
}

export function useWords(): Words {
  return wordsOf(useIntl());
}

/** For what is said within a text: in the text's language where there are words in it, else in the reader's. */
export function useWordsIn(language: string | undefined): Words {
  const reader = useIntl();
  const locale = locales.find((one) => one === language?.split("-")[0]);
  const { data: messages } = useQuery({
    queryKey: ["messages", locale],
    queryFn: () => (locale ? loadMessages(locale) : null),
    staleTime: Infinity,
  });
  return useMemo(
    () => wordsOf(locale && messages ? createIntl({ locale, messages }) : reader),
    [locale, messages, reader],
  );
}

function wordsOf(intl: IntlShape): Words {
  return (id, values) => intl.formatMessage({ id }, values && apart(values, intl.locale));
}

/**
 * Names and words that people wrote run in their own direction within a sentence that runs from right to left: first strong
 * isolate, pop directional isolate (Unicode Standard Annex 9).
 */
function apart(values: NonNullable<Parameters<Words>[1]>, locale: string): typeof values {
  if (directionOf(locale) === "ltr") return values;
  const own = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === "string" && latin.test(value) ? `\u2068${value}\u2069` : value,
  ]);
  return Object.fromEntries(own);
}

const latin = /[A-Za-z]/;

/** The same for a name that may be newer than these strings, such as a kind of event; undefined if it is. */
export function useWordsIfAny(): (id: string, values: Parameters<Words>[1]) => string | undefined {
  const intl = useIntl();
  return (id, values) => (Object.hasOwn(intl.messages, id) ? intl.formatMessage({ id }, values) : undefined);
}
