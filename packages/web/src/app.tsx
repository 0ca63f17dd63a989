/** Language, queries and routes around the pages. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { type ReactElement, useEffect, useState } from "react";
import { I18nProvider, RouterProvider as LinkProvider } from "react-aria-components";
import { IntlProvider } from "react-intl";
import { Announced } from "./frame/announced.tsx";
import { useKeptFocus } from "./frame/kept-focus.ts";
import { useReading } from "./frame/reading.ts";
import type { Locale } from "./messages/locales.ts";
import { loadMessages, type Messages } from "./messages/words.ts";
import { router } from "./routes.tsx";

// Nothing here comes over a network that may fail and be tried again; a fault is shown at once.
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: "always" } } });

/** English dates as in most of the world: the day before the month. */
function formatting(locale: Locale): string {
  return locale === "en" ? "en-GB" : locale;
}

export function App(): ReactElement | null {
  const { locale } = useReading();
  useKeptFocus();
  const [loaded, setLoaded] = useState<{ locale: Locale; messages: Messages }>();
  useEffect(() => {
    let wanted = true;
    void loadMessages(locale).then((messages) => {
      if (wanted) setLoaded({ locale, messages });
    });
    return () => {
      wanted = false;
    };
  }, [locale]);
  if (!loaded) return null;
  return (
    <IntlProvider defaultLocale="en" locale={formatting(loaded.locale)} messages={loaded.messages}>
      <I18nProvider locale={loaded.locale}>
        <LinkProvider navigate={(to) => void router.navigate({ to })}>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
            <Announced />
          </QueryClientProvider>
        </LinkProvider>
      </I18nProvider>
    </IntlProvider>
  );
}
