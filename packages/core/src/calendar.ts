/**
 * Contacts to come as an iCalendar text (RFC 5545): times in UTC, lines folded at 75 octets and ended by CR LF. A contact keeps
 * its UID for life; whoever reads the text again finds what was moved under a higher SEQUENCE, and what was cancelled as
 * CANCELLED. `NAME` is RFC 7986, `X-WR-CALNAME` what programs read that are older.
 */
import { utf8 } from "@parley/ledger/encoding";
import { isAgreed } from "./appointments.ts";
import type { Appointment } from "./room.ts";

/** `name`: of the calendar, such as the case's title; `host`: what makes the ids of its events unique in the world. */
export interface Calendar {
  readonly name: string;
  readonly host: string;
  readonly exercise: boolean;
}

export function calendarOf(appointments: readonly Appointment[], calendar: Calendar): string {
  const mark = calendar.exercise ? "EXERCISE " : "";
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Parley//Contacts//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    `NAME:${escaped(mark + calendar.name)}`,
    `X-WR-CALNAME:${escaped(mark + calendar.name)}`,
    ...appointments.flatMap((one) => eventLines(one, calendar.host, mark)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function eventLines(one: Appointment, host: string, mark: string): readonly string[] {
  const status = one.cancelled ? "CANCELLED" : isAgreed(one) ? "CONFIRMED" : "TENTATIVE";
  return [
    "BEGIN:VEVENT",
    `UID:${one.id}@${host}`,
    `SEQUENCE:${one.sequence}`,
    `DTSTAMP:${instant(one.changed)}`,
    `LAST-MODIFIED:${instant(one.changed)}`,
    `CREATED:${instant(one.at)}`,
    `DTSTART:${instant(one.begins)}`,
    `DTEND:${instant(one.ends)}`,
    `SUMMARY:${escaped(mark + one.title)}`,
    ...(one.venue === undefined ? [] : [`LOCATION:${escaped(one.venue)}`]),
    ...(one.agenda.length === 0
      ? []
      : [`DESCRIPTION:${escaped(one.agenda.map(({ text }) => text).join("\n"))}`]),
    `STATUS:${status}`,
    "END:VEVENT",
  ];
}

/** `2025-02-18T07:30:00.000Z` as `20250218T073000Z`. */
function instant(time: string): string {
  return `${time.slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}

function escaped(text: string): string {
  return text
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll(/\r\n|\r|\n/g, "\\n")
    .replaceAll(/\p{Cc}/gu, " ");
}

/** No line is longer than 75 octets, and no character is torn in two. */
function folded(line: string): string {
  let text = "";
  let octets = 0;
  for (const character of line) {
    const size = utf8(character).length;
    if (octets + size > 75) {
      text += "\r\n ";
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}
