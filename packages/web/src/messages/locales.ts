/** The interface's languages. A language is loaded when it is read, each in a file of its own. */
export const locales = ["en", "fr", "es", "ru", "uk", "ar", "zh"] as const;
export type Locale = (typeof locales)[number];

/** Each language by its own name, in its own script. */
export const localeNames: Readonly<Record<Locale, string>> = {
  en: "English",
  fr: "Français",
  es: "Español",
  ru: "Русский",
  uk: "Українська",
  ar: "العربية",
  zh: "中文",
};

/** The first of the reader's languages that there is; English if none. */
export function chooseLocale(wanted: readonly string[]): Locale {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split("-")[0];
    const found = locales.find((locale) => locale === language);
    if (found) return found;
  }
  return "en";
}
