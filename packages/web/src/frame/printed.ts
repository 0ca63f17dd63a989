/**
 * What stands in the margins of every printed page: the case, EXERCISE, the symbol and revision of the text, the number of
 * the page. The words are the case's own, so they are a style sheet made while the page is shown; it is not written into
 * the page, which the server's policy forbids. A browser without margin boxes prints the line at the head of the first page.
 */
import { useEffect } from "react";
import { useIntl } from "react-intl";

export interface Printed {
  readonly title: string;
  /** "EXERCISE", or nothing. */
  readonly banner: string;
  /** "SELD/1/Rev.3, Rev. 1", or nothing where there is no text. */
  readonly revision: string;
}

export function usePrinted({ title, banner, revision }: Printed): void {
  const { locale } = useIntl();
  useEffect(() => {
    if (!("CSSMarginRule" in globalThis)) return;
    const [start, end] = locale === "ar" ? ["right", "left"] : ["left", "right"];
    const sheet = new CSSStyleSheet();
    const small = "font: 8.5pt var(--sans, sans-serif); color: #222;";
    sheet.replaceSync(`@page {
      @top-${start} { content: ${cssString(title)}; ${small} }
      @top-center { content: ${cssString(banner)}; font: 600 10pt sans-serif; letter-spacing: 0.2em; color: #000; }
      @top-${end} { content: ${cssString(revision)}; ${small} }
      @bottom-center { content: counter(page) " / " counter(pages); ${small} }
    }`);
    document.adoptedStyleSheets.push(sheet);
    document.documentElement.dataset["margins"] = "printed";
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
      delete document.documentElement.dataset["margins"];
    };
  }, [title, banner, revision, locale]);
}

function cssString(words: string): string {
  return `"${words.replace(/[\n\r\f]+/g, " ").replace(/["\\]/g, "\\$&")}"`;
}
