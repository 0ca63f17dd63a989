import type { EventId } from "@parley/ledger/event";
import { Negotiation, sampleDraft } from "@parley/testing";
import { expect, test } from "vitest";
import type { SeatId } from "../src/ids.ts";
import { leverStatus, linksOutstanding } from "../src/lever-state.ts";
import { itemOf } from "../src/register.ts";

const fees = { title: "Port fees", form: "trade", basis: "An order.", status: "inForce" } as const;
const seats = ["aldia", "borea"] as SeatId[];

function listed(): { readonly talks: Negotiation; readonly lever: EventId } {
  const talks = Negotiation.seated();
  return { talks, lever: talks.issue("aldia", "LeverListed", fees, "table") };
}

test("a lever has an owner, a legal basis and a state, and only its owner changes it", () => {
  const { talks, lever } = listed();
  const { basis: _, ...bare } = fees;
  expect(talks.attempt("aldia", "LeverListed", bare, "table")?.code).toBe("bad-body");
  expect(talks.attempt("borea", "LeverListed", { ...fees, of: seats[0] as SeatId }, "table")?.code).toBe(
    "not-yours",
  );
  expect(talks.attempt("borea", "LeverChanged", { lever, status: "lifted" }, "table")?.code).toBe(
    "not-yours",
  );
  talks.issue("aldia", "LeverChanged", { lever, status: "suspended", since: "2026-03-01" }, "table");
  const one = itemOf(talks.state.rooms.table.levers, lever);
  expect(one && [leverStatus(one), one.states.length, one.of]).toEqual(["suspended", 2, "aldia"]);
});

test("what a report says of a lever has its source, and no owner where the report names none", () => {
  const talks = Negotiation.seated({
    seats: [
      { seat: "aldia", kind: "principal" },
      { seat: "borea", kind: "principal" },
      { seat: "marin", kind: "mediator" },
      { seat: "archive", kind: "recorder" },
    ],
  });
  const { basis: _, ...bare } = fees;
  expect(talks.attempt("archive", "LeverListed", bare)?.code).toBe("source-needed");
  const unstated = { ...fees, status: "notStated" } as const;
  expect(talks.attempt("aldia", "LeverListed", unstated)?.code).toBe("bad-body");
  const recorded = { by: "The Gazette", date: "2026-03", provenance: "imputed" } as const;
  const lever = talks.issue("archive", "LeverListed", { ...bare, status: "notStated", recorded });
  expect(itemOf(talks.state.rooms.public.levers, lever)?.of).toBeUndefined();
});

test("relief is tied to a measure or to an alternative, and is outstanding once its condition has come", () => {
  const { talks, lever } = listed();
  const measure = talks.issue(
    "borea",
    "MeasureProposed",
    {
      title: "Halt",
      owner: "borea" as SeatId,
      obliges: "No strikes.",
      scope: { classes: ["ports"] },
      mandates: { monitoring: [], verification: seats, investigation: [], attribution: [] },
      answers: [],
      releases: [],
    },
    "table",
  );
  const draft = talks.draft(sampleDraft, "table");
  const link = { measure, upon: "verified", becomes: "suspended" } as const;
  const code = (links: readonly object[]) =>
    talks.fork().attempt("aldia", "LeverLinked", { lever, links: links as [] }, "table")?.code;
  expect(code([{ ...link, upon: "agreed" }])).toBe("bad-body");
  expect(code([{ upon: "verified", becomes: "lifted" }])).toBe("bad-body");
  const bracket = { draft, bracket: "force", option: "never" };
  expect(code([{ bracket, upon: "agreed", becomes: "lifted" }])).toBe("not-found");
  expect(
    code([{ bracket: { ...bracket, option: "shall" }, upon: "agreed", becomes: "lifted" }]),
  ).toBeUndefined();
  expect(talks.attempt("borea", "LeverLinked", { lever, links: [link] }, "table")?.code).toBe("not-yours");
  talks.issue("aldia", "LeverLinked", { lever, links: [link] }, "table");
  const outstanding = () => {
    const { table } = talks.state.rooms;
    const one = itemOf(table.levers, lever);
    return one && linksOutstanding(table, one, talks.clock.now()).length;
  };
  talks.issue("borea", "MeasureUndertaken", { measure }, "table");
  expect(outstanding()).toBe(0);
  talks.issue("aldia", "MeasureVerified", { measure, finding: "complied", text: "Seen." }, "table");
  expect(outstanding()).toBe(1);
  talks.issue("aldia", "LeverChanged", { lever, status: "suspended" }, "table");
  expect(outstanding()).toBe(0);
});
