/** Dates as a diplomat writes them: day, month in words, and time in UTC with the reader's own beside it. */
import { useIntl } from "react-intl";
import { useWords } from "./words.ts";

export interface Moments {
  /** "18 February 2025"; of a date that gives only a month or a year, that. */
  readonly day: (date: string) => string;
  /** "18 February 2025, 12:05 UTC (14:05 GMT+2)" */
  readonly minute: (at: string) => string;
}

export function useMoments(): Moments {
  const t = useWords();
  const intl = useIntl();
  const day = (date: string) =>
    intl.formatDate(date, {
      ...(date.length >= 10 ? { day: "numeric" } : {}),
      ...(date.length >= 7 ? { month: "long" } : {}),
      year: "numeric",
      timeZone: "UTC",
    });
  const clock = (at: string, zone: { timeZone?: string; timeZoneName?: "short" }) =>
    intl.formatTime(at, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...zone });
  const minute = (at: string) => {
    const said = { day: day(at), clock: clock(at, { timeZone: "UTC" }) };
    if (clock(at, {}) === said.clock) return t("said.minute", said);
    return t("said.minute.here", { ...said, here: clock(at, { timeZoneName: "short" }) });
  };
  return { day, minute };
}
