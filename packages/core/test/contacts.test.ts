import type { EventId } from "@parley/ledger/event";
import { Negotiation } from "@parley/testing";
import { expect, test } from "vitest";
import type { SeatId } from "../src/ids.ts";
import { itemOf } from "../src/register.ts";

const seat = (name: string) => name as SeatId;
const call = {
  form: "call",
  title: "Call of the ministers",
  held: "2026-03-02",
  parties: ["aldia", "borea"].map(seat),
  participants: [],
  agenda: ["Embassies"],
} as const;

function called(): { readonly talks: Negotiation; readonly contact: EventId } {
  const talks = Negotiation.seated();
  return { talks, contact: talks.issue("aldia", "ContactOpened", call) };
}

test("each side gives its own readout; they stand side by side and are never merged", () => {
  const { talks, contact } = called();
  talks.issue("aldia", "ReadoutIssued", { contact, text: "It was useful." });
  talks.issue("borea", "ReadoutIssued", { contact, text: "It was frank." });
  expect(talks.attempt("borea", "ReadoutIssued", { contact, of: seat("aldia"), text: "No." })?.code).toBe(
    "not-yours",
  );
  const readouts = itemOf(talks.state.rooms.public.contacts, contact)?.readouts;
  expect(readouts?.map(({ of, text }) => [of, text])).toEqual([
    ["aldia", "It was useful."],
    ["borea", "It was frank."],
  ]);
});

test("press lines are agreed when every party of the contact accepts them, and need no draft", () => {
  const { talks, contact } = called();
  const lines = talks.issue("borea", "PressLinesProposed", { contact, text: "The ministers spoke." });
  expect(talks.attempt("marin", "PressLinesAccepted", { contact, lines })?.code).toBe("wrong-seat");
  talks.issue("aldia", "PressLinesAccepted", { contact, lines });
  const end = { contact, outcomes: ["pressLines"] as const, pointsLeft: [] };
  expect(talks.attempt("aldia", "ContactEnded", end)?.code).toBe("not-agreed");
  talks.issue("borea", "PressLinesAccepted", { contact, lines });
  talks.issue("aldia", "ContactEnded", end);
  expect(talks.attempt("aldia", "ContactEnded", end)?.code).toBe("already-done");
});

test("a contact may end with points left to the leaders, which are then named, or with no result", () => {
  const { talks, contact } = called();
  const left = { contact, outcomes: ["leftToLeaders"] as const };
  expect(talks.attempt("aldia", "ContactEnded", { ...left, pointsLeft: [] })?.code).toBe("bad-body");
  talks.issue("aldia", "ContactEnded", { ...left, pointsLeft: ["The date of a summit."] });
  const other = talks.issue("borea", "ContactOpened", call);
  talks.issue("borea", "ContactEnded", { contact: other, outcomes: ["noResult"], pointsLeft: [] });
});

test("whoever took no part in a contact puts neither it nor its end on record", () => {
  const { talks, contact } = called();
  expect(talks.attempt("cassa", "ContactOpened", call)?.code).toBe("not-yours");
  const end = { contact, outcomes: ["noResult"] as const, pointsLeft: [] };
  for (const other of ["cassa", "marin"]) {
    expect(talks.attempt(other, "ContactEnded", end)?.code).toBe("wrong-seat");
  }
  talks.issue("borea", "ContactEnded", end);
});

test("points may be left to the ministers, apart from those left to the leaders", () => {
  const { talks, contact } = called();
  const left = {
    contact,
    outcomes: ["leftToMinisters", "leftToLeaders"] as const,
    pointsLeft: ["The date."],
  };
  expect(talks.attempt("aldia", "ContactEnded", left)?.code).toBe("bad-body");
  const ended = { ...left, pointsForMinisters: ["Who counts."] };
  expect(talks.attempt("aldia", "ContactEnded", { ...ended, outcomes: ["leftToLeaders"] })?.code).toBe(
    "bad-body",
  );
  talks.issue("aldia", "ContactEnded", ended);
  expect(itemOf(talks.state.rooms.public.contacts, contact)?.ended).toMatchObject({
    pointsLeft: ["The date."],
    pointsForMinisters: ["Who counts."],
  });
});

test("what each side expects of a contact to come is aligned as readouts are, and never with them", () => {
  const talks = Negotiation.seated();
  const planned = {
    form: "ministerial",
    title: "Ministers",
    begins: "2026-04-01T08:00:00.000Z",
    ends: "2026-04-01T10:00:00.000Z",
    parties: call.parties,
    participants: [],
    languages: ["en"],
    confidentiality: "None.",
    press: "None.",
    agenda: [],
  } as const;
  const appointment = talks.issue("aldia", "ContactProposed", planned);
  const expects = (by: string, text: string) =>
    talks.issue(by, "StatementMade", { form: "expectation", text, about: [], appointment });
  const [a, b] = [expects("aldia", "Relations first."), expects("borea", "A halt first.")];
  const claim = (readout: EventId, to: number) => ({ readout, from: 0, to });
  const order = { subject: "The order", relation: "conflict", claims: [claim(a, 16), claim(b, 13)] } as const;
  const align = (contact: EventId, points: readonly object[]) =>
    talks.attempt("borea", "ReadoutsAligned", { contact, points: points as never })?.code;
  expect(align(appointment, [order])).toBeUndefined();
  expect(align(appointment, [{ ...order, claims: [claim(a, 16), claim(b, 99)] }])).toBe("bad-body");
  expect(
    itemOf(talks.state.rooms.public.appointments, appointment)?.alignments["borea"]?.points,
  ).toHaveLength(1);
  // Held, the expectations are the contact's too.
  talks.issue("borea", "ContactAccepted", { appointment });
  const contact = talks.issue("aldia", "ContactOpened", { ...call, appointment });
  const said = talks.issue("aldia", "ReadoutIssued", { contact, text: "Relations first." });
  expect(align(contact, [order])).toBeUndefined();
  expect(align(contact, [{ ...order, claims: [claim(said, 16), claim(b, 13)] }])).toBe("not-found");
  const stray = talks.issue("borea", "StatementMade", { form: "statement", text: "A halt.", about: [] });
  expect(align(contact, [{ ...order, claims: [claim(a, 16), claim(stray, 7)] }])).toBe("not-found");
});

test("what refers to a contact has the contact's audience", () => {
  const talks = Negotiation.seated();
  const contact = talks.issue("aldia", "ContactOpened", call, "table");
  expect(talks.attempt("aldia", "ReadoutIssued", { contact, text: "Told to all." })?.code).toBe("not-found");
  expect(talks.attempt("cassa", "ReadoutIssued", { contact, text: "Heard." }, "table")?.code).toBe(
    "not-in-audience",
  );
});

test("a common stance is of those who join it, and of nobody else", () => {
  const talks = Negotiation.seated();
  const body = { subject: "The halt", text: "Not without us.", seats: ["cassa", "borea"].map(seat) };
  expect(talks.attempt("aldia", "StanceProposed", body)?.code).toBe("not-yours");
  const stance = talks.issue("cassa", "StanceProposed", body);
  expect(talks.attempt("aldia", "StanceJoined", { stance })?.code).toBe("wrong-seat");
  talks.issue("borea", "StanceJoined", { stance });
  expect(itemOf(talks.state.rooms.public.stances, stance)?.joinedBy).toEqual(["cassa", "borea"]);
});

test("an affected party states positions to those whom it chooses, and an observer assesses in public", () => {
  const talks = Negotiation.seated();
  talks.issue("cassa", "PositionStated", { subject: "The halt", text: "For it." }, "consulted");
  expect(
    talks.attempt("cassa", "PositionStated", { subject: "The halt", text: "For it." }, "table")?.code,
  ).toBe("not-in-audience");
  const assessment = { form: "assessment", text: "It is calmer.", about: [seat("aldia")] } as const;
  talks.issue("obser", "StatementMade", assessment);
  const source = { by: "The Gazette", date: "2026-03", provenance: "stated" } as const;
  expect(talks.attempt("obser", "StatementMade", { ...assessment, recorded: source })?.code).toBe(
    "wrong-seat",
  );
});

test("nobody is named for what they are not given: they could neither accept nor answer it", () => {
  const talks = Negotiation.seated();
  const parties = ["aldia", "cassa"].map(seat);
  const attempts = (audience: "table" | "consulted") => {
    const { form, title } = call;
    const [begins, ends] = [talks.later(1), talks.later(2)];
    const planned = {
      begins,
      ends,
      participants: [],
      languages: ["en"],
      confidentiality: "Yes.",
      press: "None.",
    };
    const nobody = { monitoring: [], verification: [], investigation: [], attribution: [] };
    const halt = {
      title: "Halt",
      obliges: "No strikes.",
      scope: { classes: ["power plants"] },
      answers: [],
      releases: [],
    };
    const by = seat("cassa");
    return [
      talks.attempt("aldia", "ContactProposed", { form, title, parties, agenda: [], ...planned }, audience),
      talks.attempt("aldia", "ContactOpened", { ...call, parties }, audience),
      talks.attempt("aldia", "ChannelOpened", { name: "Watch desks", parties }, audience),
      talks.attempt(
        "aldia",
        "StanceProposed",
        { subject: "The halt", text: "No.", seats: parties },
        audience,
      ),
      talks.attempt("aldia", "MeasureProposed", { ...halt, owner: by, mandates: nobody }, audience),
      talks.attempt(
        "aldia",
        "MeasureProposed",
        { ...halt, owner: seat("aldia"), mandates: { ...nobody, monitoring: [by] } },
        audience,
      ),
    ].map((refusal) => refusal?.code);
  };
  expect(attempts("table")).toEqual(Array(6).fill("party-not-given"));
  expect(attempts("consulted")).toEqual(Array(6).fill(undefined));
});
