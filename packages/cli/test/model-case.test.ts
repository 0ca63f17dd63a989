/** The model case holds reported facts only: real names, nothing invented, nothing signed. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { foldCaseRecord, readCaseFile, readCaseRecord } from "@parley/core";
import { describe, expect, test } from "vitest";
import { parley, root } from "./command-line.ts";

const folder = join(root, "examples/riyadh-2025");
const caseFile = readCaseFile(readFileSync(join(folder, "case.json"), "utf8"));
const record = JSON.parse(readFileSync(join(folder, "events.json"), "utf8")) as {
  title: string;
  seats: { seat: string; kind: string; name: string }[];
  events: { kind: string; body: { recorded?: { by: string; date: string; provenance: string } } }[];
};

describe("the model case", () => {
  test("gives date and attribution of every fact, none later than the meeting", () => {
    expect(record.events.length).toBeGreaterThan(20);
    for (const { body } of record.events) {
      expect(body.recorded?.by).toMatch(/February 2025|recorder/);
      expect(["2025-02", "2025-02-17", "2025-02-18"]).toContain(body.recorded?.date);
    }
  });

  test("seats the parties as its case file does, and a recorder who is none of them", () => {
    const { parties, title } = caseFile;
    expect(title).toBe(record.title);
    const seated = record.seats.filter(({ kind }) => kind !== "recorder");
    expect(seated).toEqual(parties.map(({ id, seat, name, code }) => ({ seat: id, kind: seat, name, code })));
    expect(record.seats).toHaveLength(parties.length + 1);
  });

  test("is admitted event by event by the rules of a case", () => {
    const state = foldCaseRecord(readCaseRecord(readFileSync(join(folder, "events.json"), "utf8")));
    expect(state.rooms.public.contacts.size).toBe(4);
    const { statements, positions } = state.rooms.public;
    expect(statements.size + positions.size).toBeGreaterThan(20);
    expect(positions.size).toBe(2);
  });

  test("has no draft, no preferences and nothing signed", () => {
    expect(readdirSync(folder).sort((a, b) => a.localeCompare(b))).toEqual([
      "case.json",
      "events.json",
      "README.md",
    ]);
    const kinds = new Set(record.events.map(({ kind }) => kind));
    expect([...kinds]).toEqual([
      "DelegationListed",
      "ContactOpened",
      "StatementMade",
      "PositionStated",
      "LeverListed",
    ]);
  });

  test("is nothing that can be solved, and parley says why", () => {
    const { status, log } = parley(["solve", folder]);
    expect(status).toBe(2);
    expect(log).toMatch(/this case has no draft, so there is nothing to solve/);
  });
});
