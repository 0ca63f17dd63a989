import { Negotiation, sampleDraft } from "@parley/testing";
import { clauses, plainText } from "@parley/text";
import { expect, test } from "vitest";
import type { Change } from "../src/amending.ts";
import { phaseOfText } from "../src/drafting.ts";
import type { SeatId } from "../src/ids.ts";
import { itemOf } from "../src/register.ts";

const seat = (name: string) => name as SeatId;
const alternative = (option: string, text: string) =>
  ({ kind: "addAlternative", bracket: "force", option, text }) as const;

test("a text fixes its audience when it is opened, and only those in it are given its amendments", () => {
  const talks = Negotiation.seated();
  const draft = talks.draft(sampleDraft, "consulted");
  expect(itemOf(talks.state.rooms.consulted.texts, draft)?.draft.title).toBe("Framework on first measures");
  const amendment = { draft, change: alternative("will", "will") };
  expect(talks.attempt("aldia", "AmendmentProposed", amendment, "table")?.code).toBe("not-found");
  talks.issue("cassa", "AmendmentProposed", amendment, "consulted");
  expect(
    talks.attempt("cassa", "DraftOpened", { kind: "partysText", text: sampleDraft }, "table")?.code,
  ).toBe("power-missing");
});

test("a text is taken only as it would be written", () => {
  const talks = Negotiation.seated();
  const text = sampleDraft.replace("# Framework", "#   Framework");
  expect(talks.attempt("aldia", "DraftOpened", { kind: "partysText", text }, "table")?.code).toBe("bad-body");
});

test("a text of an exercise says that it is one", () => {
  const talks = Negotiation.seated({ exercise: true });
  const text = sampleDraft.replace("exercise: true\n", "");
  expect(talks.attempt("aldia", "DraftOpened", { kind: "partysText", text }, "table")?.code).toBe(
    "exercise-unmarked",
  );
  talks.draft();
});

test("without a pen an amendment is adopted by every principal; with one, by the pen", () => {
  const talks = Negotiation.seated();
  const draft = talks.draft();
  const first = talks.issue(
    "borea",
    "AmendmentProposed",
    { draft, change: alternative("will", "will") },
    "table",
  );
  expect(talks.attempt("marin", "AmendmentAdopted", { amendment: first }, "table")?.code).toBe(
    "power-missing",
  );
  talks.issue("aldia", "AmendmentSupported", { amendment: first }, "table");
  expect(talks.text(draft).version).toBe(0);
  talks.issue("borea", "AmendmentSupported", { amendment: first }, "table");
  expect(talks.text(draft).version).toBe(1);
  talks.lend("pen", "marin");
  const change = { kind: "bracketWords", clause: "meeting", words: "They", bracket: "who" } as const;
  const second = talks.issue("borea", "AmendmentProposed", { draft, change }, "table");
  talks.issue("marin", "AmendmentAdopted", { amendment: second }, "table");
  expect(talks.text(draft).version).toBe(2);
});

test("adopting an amendment makes another stale only if they touch the same bracket, and the refusal says which", () => {
  const talks = Negotiation.seated();
  talks.lend("pen", "marin");
  const draft = talks.draft();
  const propose = (change: Parameters<typeof talks.issue<"AmendmentProposed">>[2]["change"]) =>
    talks.issue("aldia", "AmendmentProposed", { draft, change }, "table");
  const will = propose(alternative("will", "will"));
  const must = propose(alternative("must", "must"));
  const elsewhere = propose({
    kind: "changeAlternative",
    bracket: "ports",
    option: "keep",
    text: "and harbours",
  });
  const clause = propose({ kind: "addClause", clause: "halt", text: "5. A new clause. {#new}" });
  const words = propose({
    kind: "changeAlternative",
    bracket: "scope",
    option: "energy",
    text: "power plants",
  });
  for (const amendment of [will, clause, words])
    talks.issue("marin", "AmendmentAdopted", { amendment }, "table");
  const refusal = talks.attempt("marin", "AmendmentAdopted", { amendment: must }, "table");
  expect(refusal?.code).toBe("stale-amendment");
  expect(refusal?.sentence).toContain(`Amendment ${will} changed bracket force`);
  talks.issue("marin", "AmendmentAdopted", { amendment: elsewhere }, "table");
});

test("whom a clause concerns changes beside its words, and is an affected party that is given the text", () => {
  const talks = Negotiation.seated();
  talks.lend("pen", "marin");
  const draft = talks.draft(sampleDraft, "consulted");
  const concern = (...concerns: string[]) =>
    ({ kind: "concernClause", clause: "halt", concerns: concerns as SeatId[] }) as const;
  const attempt = (change: Change) =>
    talks.attempt("cassa", "AmendmentProposed", { draft, change }, "consulted")?.code;
  expect(attempt(concern("borea"))).toBe("wrong-seat");
  expect(attempt(concern("nobody"))).toBe("wrong-seat");
  const imitated = { kind: "addClause", clause: "halt", text: '5. New. {#new concerns="borea"}' } as const;
  expect(attempt(imitated)).toBe("wrong-seat");
  const words = { kind: "replaceClause", clause: "halt", text: "All is halted." } as const;
  const proposed = [words, concern("cassa")].map((change) =>
    talks.issue("cassa", "AmendmentProposed", { draft, change }, "consulted"),
  );
  for (const amendment of proposed) talks.issue("marin", "AmendmentAdopted", { amendment }, "consulted");
  const halt = () => clauses(talks.text(draft, "consulted").draft).find(({ id }) => id === "halt");
  expect([halt()?.concerns, plainText(halt()?.content ?? [])]).toEqual([["cassa"], "All is halted."]);
  const nobody = talks.issue("aldia", "AmendmentProposed", { draft, change: concern() }, "consulted");
  talks.issue("marin", "AmendmentAdopted", { amendment: nobody }, "consulted");
  expect(halt()?.concerns).toBeUndefined();
  const own = talks.draft();
  expect(
    talks.attempt("aldia", "AmendmentProposed", { draft: own, change: concern("cassa") }, "table")?.code,
  ).toBe("party-not-given");
});

test("replacing an alternative touches the brackets within it", () => {
  const talks = Negotiation.seated();
  talks.lend("pen", "marin");
  const draft = talks.draft();
  const inner = {
    kind: "changeAlternative",
    bracket: "ports",
    option: "keep",
    text: "and harbours",
  } as const;
  const outer = {
    kind: "changeAlternative",
    bracket: "scope",
    option: "wider",
    text: "all [facilities]{#all}",
  } as const;
  const small = talks.issue("borea", "AmendmentProposed", { draft, change: inner }, "table");
  const large = talks.issue("aldia", "AmendmentProposed", { draft, change: outer }, "table");
  talks.issue("marin", "AmendmentAdopted", { amendment: small }, "table");
  expect(talks.attempt("marin", "AmendmentAdopted", { amendment: large }, "table")?.sentence).toContain(
    "bracket ports",
  );
});

test("a change that lacks what it needs, or whose words have brackets without ids, is refused with its place", () => {
  const talks = Negotiation.seated();
  const draft = talks.draft();
  const sentence = (change: Parameters<typeof talks.attempt<"AmendmentProposed">>[2]["change"]) =>
    talks.attempt("aldia", "AmendmentProposed", { draft, change }, "table")?.sentence;
  expect(sentence({ kind: "addAlternative", bracket: "force", text: "x" })).toContain(
    'lacks the key "option"',
  );
  expect(sentence(alternative("new", "some [thing]"))).toContain("bracket without an id");
  expect(sentence(alternative("new", "one\n\ntwo"))).toContain("the words of one clause");
  expect(sentence({ kind: "removeAlternative", bracket: "ports", option: "drop" })).toContain(
    "settle it instead",
  );
  expect(sentence(alternative("shall", "again"))).toContain('already has an option "shall"');
});

test("each party backs alternatives and notes reservations for itself", () => {
  const talks = Negotiation.seated();
  const draft = talks.draft();
  const backing = { option: "shall", role: "proposes" } as const;
  talks.issue("aldia", "AlternativeBacked", { draft, bracket: "force", backing }, "table");
  talks.issue(
    "borea",
    "AlternativeBacked",
    { draft, bracket: "force", backing: { ...backing, option: "should" } },
    "table",
  );
  talks.issue("aldia", "AlternativeBacked", { draft, bracket: "force" }, "table");
  expect(talks.text(draft).backings).toEqual({ force: { borea: { option: "should", role: "proposes" } } });
  talks.issue("borea", "ReservationNoted", { draft, clause: "halt", text: "Subject to review." }, "table");
  expect(talks.text(draft).reservations[0]?.of).toBe(seat("borea"));
});

test("a comment is about a clause that there is, or a bracket, and changes no word and no revision", () => {
  const talks = Negotiation.seated();
  talks.lend("pen", "marin");
  const draft = talks.draft();
  const before = talks.text(draft);
  const text = "Does this hold at sea too?";
  talks.issue("marin", "CommentMade", { draft, clause: "halt", bracket: "force", text }, "table");
  expect(talks.text(draft).comments).toMatchObject([{ by: "marin", clause: "halt", bracket: "force", text }]);
  expect(talks.text(draft).revision).toBe(before.revision);
  for (const body of [
    { draft, clause: "nothing", text },
    { draft, clause: "halt", bracket: "nothing", text },
  ]) {
    expect(talks.attempt("marin", "CommentMade", body, "table")?.code).toBe("not-found");
  }
});

test("an amendment is withdrawn by those who proposed it, and not adopted after", () => {
  const talks = Negotiation.seated();
  talks.lend("pen", "marin");
  const draft = talks.draft();
  const amendment = talks.issue(
    "aldia",
    "AmendmentProposed",
    { draft, change: alternative("will", "will") },
    "table",
  );
  expect(talks.attempt("borea", "AmendmentWithdrawn", { amendment }, "table")?.code).toBe("not-yours");
  talks.issue("aldia", "AmendmentWithdrawn", { amendment }, "table");
  expect(talks.attempt("marin", "AmendmentAdopted", { amendment }, "table")?.code).toBe("already-done");
  expect(phaseOfText(talks.text(draft))).toBe("drafting");
});
