/** How this person reads: language and light. Kept on the device, told to nobody. */

import { directionOf } from "@parley/text";
import { useSyncExternalStore } from "react";
import { chooseLocale, type Locale, locales } from "../messages/locales.ts";

export const themes = ["system", "light", "dark", "contrast"] as const;
export type Theme = (typeof themes)[number];
export interface Reading {
  readonly locale: Locale;
  readonly theme: Theme;
}

const place = "parley.reading";
const listeners = new Set<() => void>();
let reading: Reading = restore();

function restore(): Reading {
  const chosen = { locale: chooseLocale(globalThis.navigator?.languages ?? []), theme: "system" as Theme };
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? "{}");
    if (typeof kept !== "object" || kept === null) return chosen;
    const { locale, theme } = kept as { locale?: unknown; theme?: unknown };
    return {
      locale: locales.find((name) => name === locale) ?? chosen.locale,
      theme: themes.find((name) => name === theme) ?? chosen.theme,
    };
  } catch {
    // A browser that keeps nothing, or something else under this name: read as the device says.
    return chosen;
  }
}

function show({ locale, theme }: Reading): void {
  const page = document.documentElement;
  page.lang = locale;
  page.dir = directionOf(locale);
  const preferred = matchMedia("(prefers-contrast: more)").matches
    ? "contrast"
    : matchMedia("(prefers-color-scheme: dark)").matches
      ? "dark"
      : "light";
  page.dataset["theme"] = theme === "system" ? preferred : theme;
}

export function changeReading(change: Partial<Reading>): void {
  reading = { ...reading, ...change };
  show(reading);
  try {
    localStorage.setItem(place, JSON.stringify(reading));
  } catch {
    // Not kept; it still holds for this window.
  }
  for (const listener of listeners) listener();
}

export function startReading(): void {
  show(reading);
  for (const query of ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]) {
    matchMedia(query).addEventListener("change", () => show(reading));
  }
}

export function useReading(): Reading {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => reading,
  );
}
