/** How a desk writes times and messages: UTC throughout, spans in hours and minutes, codes with what they say. */
import type { Format, Notification } from "@parley/core";
import { useIntl } from "react-intl";
import { useReading } from "../../frame/reading.ts";
import { useWords } from "../../messages/words.ts";

const minuteMs = 60_000;

export interface DeskWords {
  /** "24 Nov, 12:04" in UTC; the board says so once. */
  readonly utc: (at: string) => string;
  /** "3 h 20 min" */
  readonly span: (ms: number) => string;
  readonly label: (format: Format, field: string) => string;
  /** A value as it reads: a code with its words. */
  readonly value: (format: Format, field: string, value: string) => string;
  /** The message in one line: its first coded field, then the words. */
  readonly line: (format: Format, fields: Notification["fields"]) => string;
}

export function useDeskWords(): DeskWords {
  const t = useWords();
  const intl = useIntl();
  const { locale } = useReading();
  const utc = (at: string) =>
    intl.formatDate(at, {
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZone: "UTC",
    });
  const span = (ms: number) => {
    const minutes = Math.floor(Math.abs(ms) / minuteMs);
    const hours = Math.floor(minutes / 60);
    return hours > 0
      ? t("desk.span.hours", { hours, minutes: minutes % 60 })
      : t("desk.span.minutes", { minutes });
  };
  const inLanguage = (words: Readonly<Record<string, string>>) =>
    words[locale] ?? Object.values(words)[0] ?? "";
  const fieldOf = (format: Format, field: string) => format.fields.find((one) => one.field === field);
  const label = (format: Format, field: string) => {
    const found = fieldOf(format, field);
    return found ? inLanguage(found.labels) : field;
  };
  const value = (format: Format, field: string, given: string) => {
    const found = fieldOf(format, field);
    const code = found?.codes?.[given];
    if (code) return t("said.of", { what: given, words: inLanguage(code) });
    return found?.type === "time" ? `${utc(given)} UTC` : given;
  };
  const line = (format: Format, fields: Notification["fields"]) =>
    format.fields
      .filter(({ field, type }) => fields[field] !== undefined && type !== "time")
      .slice(0, 3)
      .map(({ field, codes }) => {
        const given = fields[field] ?? "";
        const code = codes?.[given];
        return code ? inLanguage(code) : given;
      })
      .join(" · ");
  return { utc, span, label, value, line };
}
