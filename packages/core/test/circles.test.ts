import type { EventId } from "@parley/ledger/event";
import { Circle, Negotiation, sampleDraft, seededBytes, testDevice } from "@parley/testing";
import { expect, test } from "vitest";
import { isCommon, stanceSeats } from "../src/circles.ts";
import type { SeatId } from "../src/ids.ts";
import { emptyRegister, itemsOf } from "../src/register.ts";

const seat = (name: string) => name as SeatId;
const day = 86_400_000;

function answering(): { readonly talks: Negotiation; readonly proposal: ReturnType<Negotiation["table"]> } {
  const talks = Negotiation.seated();
  talks.lend("answers", "marin");
  return { talks, proposal: talks.table(talks.draft(), { force: "shall" }, 2) };
}

test("a circle is opened by one of its seats, under the hash of its opening", () => {
  const talks = Negotiation.seated();
  const circle = new Circle(talks, "aldia", "marin");
  expect(circle.attempt("borea", "CircleOpened", circle.opening)?.code).toBe("bad-body");
  expect(
    circle.attempt("aldia", "CircleOpened", { ...circle.opening, nonce: seededBytes("x", 16) })?.code,
  ).toBe("case-mismatch");
  expect(circle.attempt("aldia", "CircleOpened", circle.opening)).toBeUndefined();
  expect(circle.attempt("aldia", "CircleOpened", circle.opening)?.code).toBe("already-open");
});

test("only members of its seats speak in a circle, and observers open none", () => {
  const talks = Negotiation.seated();
  const circle = Circle.open(talks, "aldia", "marin");
  expect(circle.attempt("borea", "MessageSent", {}, ["aldia", "marin"])?.code).toBe("not-in-audience");
  const own = new Circle(talks, "obser");
  expect(own.attempt("obser", "CircleOpened", own.opening)?.code).toBe("wrong-seat");
  expect(circle.attempt("marin", "MessageSent", {}, ["aldia", "marin"])).toBeUndefined();
  const [message] = itemsOf(circle.state?.messages ?? emptyRegister);
  expect(message?.seat).toBe("marin");
  expect(
    circle.attempt("aldia", "MessageSent", { answers: message?.id ?? ("" as EventId) }, ["aldia", "marin"]),
  ).toBeUndefined();
});

test("a message is sealed to exactly the devices in use of the circle's members", () => {
  const talks = Negotiation.seated();
  const circle = Circle.open(talks, "aldia", "marin");
  expect(circle.attempt("aldia", "MessageSent", {})?.code).toBe("bad-body");
  expect(circle.attempt("aldia", "MessageSent", {}, ["marin"])?.code).toBe("stale-recipients");
  expect(circle.attempt("aldia", "MessageSent", {}, ["aldia", "borea", "marin"])?.code).toBe(
    "stale-recipients",
  );
  talks.bring("aldia", "adviser", "adviser");
  expect(circle.attempt("adviser", "MessageSent", {}, ["aldia", "marin"])).toBeUndefined();
});

test("a sealed part is bound to the purpose of its kind", () => {
  const talks = Negotiation.seated();
  const circle = Circle.open(talks, "aldia", "marin");
  const sentence = circle.attempt("aldia", "MessageSent", {}, ["aldia", "marin"], "answer")?.sentence;
  expect(sentence).toBe('The sealed part of MessageSent has the purpose "message".');
});

test("preferences are for a text that all in the circle are given, in the revision that stands", () => {
  const talks = Negotiation.seated();
  const draft = talks.draft();
  const { revision } = talks.text(draft);
  for (const to of ["marin", "hosta"]) talks.issue("aldia", "ReadingGranted", { to: seat(to) });
  const stated = { of: seat("aldia"), draft, revision, provenance: "stated" } as const;
  const host = Circle.open(talks, "aldia", "hosta");
  expect(host.attempt("aldia", "PreferencesSealed", stated, ["aldia", "hosta"])?.code).toBe("not-found");
  const caucus = Circle.open(talks, "aldia", "marin");
  const old = { ...stated, revision: seededBytes("old", 32) };
  expect(caucus.attempt("aldia", "PreferencesSealed", old, ["aldia", "marin"])?.code).toBe("stale-revision");
  expect(caucus.attempt("aldia", "PreferencesSealed", stated, ["aldia", "marin"])).toBeUndefined();
});

test("an event of a circle is not for the shared log, nor one of the shared log for a circle", () => {
  const talks = Negotiation.seated();
  const circle = Circle.open(talks, "aldia");
  expect(circle.attempt("aldia", "PowerRevoked", { power: "pen" })?.code).toBe("wrong-audience");
  expect(talks.attempt("aldia", "MessageSent", {})?.code).toBe("wrong-audience");
  expect(talks.attempt("aldia", "MessageSent", {}, "circle")?.code).toBe("wrong-audience");
});

test("a party's preferences go to those whom it lets read them, an estimate to nobody else", () => {
  const talks = Negotiation.seated();
  const draft = talks.draft();
  const stated = {
    of: seat("aldia"),
    draft,
    revision: talks.text(draft).revision,
    provenance: "stated",
  } as const;
  const caucus = Circle.open(talks, "aldia", "marin");
  expect(caucus.attempt("aldia", "PreferencesSealed", stated, ["aldia", "marin"])?.code).toBe(
    "power-missing",
  );
  talks.issue("aldia", "ReadingGranted", { to: seat("marin") });
  expect(caucus.attempt("aldia", "PreferencesSealed", stated, ["aldia", "marin"])).toBeUndefined();
  expect(caucus.attempt("marin", "PreferencesSealed", stated, ["aldia", "marin"])?.code).toBe("not-yours");
  const estimate = { ...stated, of: seat("borea"), provenance: "imputed" } as const;
  expect(caucus.attempt("marin", "PreferencesSealed", estimate, ["aldia", "marin"])?.code).toBe("not-yours");
  const own = Circle.open(talks, "marin");
  expect(own.attempt("marin", "PreferencesSealed", estimate, ["marin"])).toBeUndefined();
  expect(own.state?.preferences["borea"]?.provenance).toBe("imputed");
});

test("a party answers once, by its head, in its circle with the custodian, sealed to the custodian alone", () => {
  const { talks, proposal } = answering();
  talks.bring("aldia", "deputy", "deputy");
  const answer = { proposal, hash: seededBytes("answer", 32) };
  const wrong = Circle.open(talks, "aldia", "borea");
  expect(wrong.attempt("aldia", "AnswerSealed", answer, ["marin"])?.code).toBe("not-in-audience");
  const circle = Circle.open(talks, "aldia", "marin");
  expect(circle.attempt("deputy", "AnswerSealed", answer, ["marin"])?.code).toBe("wrong-role");
  expect(circle.attempt("aldia", "AnswerSealed", answer, ["aldia", "marin"])?.code).toBe("stale-recipients");
  expect(circle.attempt("aldia", "AnswerSealed", answer, ["marin"])).toBeUndefined();
  expect(circle.attempt("aldia", "AnswerSealed", answer, ["marin"])?.code).toBe("answer-final");
});

test("no answer is taken after the deadline, nor after the custodian lost its power, nor where acceptance is open", () => {
  const late = answering();
  const circle = Circle.open(late.talks, "aldia", "marin");
  const answer = { proposal: late.proposal, hash: seededBytes("answer", 32) };
  late.talks.clock.advance(2 * day);
  expect(circle.attempt("aldia", "AnswerSealed", answer, ["marin"])?.code).toBe("answers-closed");
  const revoked = answering();
  const other = Circle.open(revoked.talks, "aldia", "marin");
  revoked.talks.issue("borea", "PowerRevoked", { power: "answers" });
  expect(other.attempt("aldia", "AnswerSealed", answer, ["marin"])?.code).toBe("answers-closed");
  const open = Negotiation.seated();
  const proposal = open.table(open.draft(sampleDraft), { force: "shall" });
  const openly = Circle.open(open, "aldia", "marin");
  expect(openly.attempt("aldia", "AnswerSealed", { ...answer, proposal }, ["marin"])?.code).toBe(
    "wrong-phase",
  );
});

test("a device that was revoked speaks in no circle from that shared head on", () => {
  const talks = Negotiation.seated();
  const circle = Circle.open(talks, "aldia", "marin");
  talks.issue("aldia kit", "DeviceRevoked", { device: testDevice("aldia").id });
  expect(circle.attempt("aldia", "MessageSent", {}, ["aldia", "marin"])?.code).toBe("device-revoked");
  expect(circle.attempt("aldia kit", "MessageSent", {}, ["aldia", "marin"])?.code).toBe("recovery-only");
});

test("parties work out a common stance in a circle of their own: each joins exactly the words that are sealed there", () => {
  const talks = Negotiation.seated();
  talks.bring("cassa", "cassa deputy", "deputy");
  const circle = Circle.open(talks, "cassa", "borea");
  const both = ["cassa", "borea"];
  const papers = () => itemsOf(circle.state?.papers ?? emptyRegister);
  expect(circle.attempt("cassa deputy", "PaperSealed", { subject: "The halt" }, ["cassa"])?.code).toBe(
    "stale-recipients",
  );
  expect(circle.attempt("cassa deputy", "PaperSealed", { subject: "The halt" }, both)).toBeUndefined();
  const first = papers()[0]?.id as EventId;
  expect(papers()[0]?.joinedBy).toEqual([]);
  expect(circle.attempt("aldia", "PaperJoined", { paper: first })?.code).toBe("not-in-audience");
  expect(circle.attempt("cassa deputy", "PaperJoined", { paper: first })?.code).toBe("wrong-role");
  const revision = { subject: "The halt", revises: first };
  expect(circle.attempt("borea", "PaperSealed", revision, both)).toBeUndefined();
  expect(circle.attempt("cassa", "PaperJoined", { paper: first })?.code).toBe("stale-revision");
  const second = papers()[1]?.id as EventId;
  expect(circle.attempt("cassa", "PaperJoined", { paper: second })).toBeUndefined();
  expect(circle.attempt("cassa", "PaperJoined", { paper: second })?.code).toBe("already-done");
  const stance = papers()[1];
  expect(stance && circle.state && isCommon(circle.state, stance, talks.state.people)).toBe(true);
});

test("a mediator in the circle drafts and reads; the stance is the parties', and its word is not waited for", () => {
  const talks = Negotiation.seated();
  const circle = Circle.open(talks, "marin", "cassa", "borea");
  const all = ["marin", "cassa", "borea"];
  const papers = () => itemsOf(circle.state?.papers ?? emptyRegister);
  expect(circle.attempt("marin", "PaperSealed", { subject: "The halt" }, all)).toBeUndefined();
  const paper = papers()[0]?.id as EventId;
  expect(papers()[0]?.joinedBy).toEqual([]);
  expect(circle.state && stanceSeats(circle.state, talks.state.people)).toEqual(["cassa", "borea"]);
  expect(circle.attempt("marin", "PaperJoined", { paper })?.code).toBe("wrong-seat");
  expect(circle.attempt("marin", "PaperScored", { paper }, all)?.code).toBe("wrong-seat");
  const common = () => {
    const [last] = papers();
    return last && circle.state ? isCommon(circle.state, last, talks.state.people) : undefined;
  };
  expect(circle.attempt("cassa", "PaperJoined", { paper })).toBeUndefined();
  expect(common()).toBe(false);
  expect(circle.attempt("borea", "PaperJoined", { paper })).toBeUndefined();
  expect(common()).toBe(true);
});

test("in a circle a party says, sealed to all of it, what a paper's alternatives are worth to it; the last word counts", () => {
  const talks = Negotiation.seated();
  const circle = Circle.open(talks, "cassa", "borea");
  const both = ["cassa", "borea"];
  const paper = () => itemsOf(circle.state?.papers ?? emptyRegister)[0];
  expect(circle.attempt("cassa", "PaperSealed", { subject: "The halt" }, both)).toBeUndefined();
  const body = { paper: paper()?.id as EventId };
  expect(circle.attempt("cassa", "PaperScored", body, ["cassa"])?.code).toBe("stale-recipients");
  expect(circle.attempt("aldia", "PaperScored", body, both)?.code).toBe("not-in-audience");
  expect(circle.attempt("cassa", "PaperScored", body, both)).toBeUndefined();
  const first = paper()?.scores["cassa"];
  expect(circle.attempt("cassa", "PaperScored", body, both)).toBeUndefined();
  expect(circle.attempt("borea", "PaperScored", body, both)).toBeUndefined();
  expect(new Set(Object.keys(paper()?.scores ?? {}))).toEqual(new Set(["borea", "cassa"]));
  expect(paper()?.scores["cassa"]).not.toBe(first);
  expect(
    circle.attempt("cassa", "PaperSealed", { subject: "The halt", revises: body.paper }, both),
  ).toBeUndefined();
  expect(circle.attempt("cassa", "PaperScored", body, both)?.code).toBe("stale-revision");
});
