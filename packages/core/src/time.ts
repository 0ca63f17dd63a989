/** Times of entries: RFC 3339 with milliseconds, in Z, always 24 characters, so that they compare as text. */
export const dayMs = 86_400_000;

/** Milliseconds since 1970 of a time in that form, by the civil calendar (H. Hinnant, "chrono-compatible low-level date algorithms"). */
export function instantMs(time: string): number {
  const part = (from: number, to: number): number => Number(time.slice(from, to));
  const month = part(5, 7);
  const year = part(0, 4) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + part(8, 10) - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  return days * dayMs + part(11, 13) * 3_600_000 + part(14, 16) * 60_000 + part(17, 19) * 1000 + part(20, 23);
}
