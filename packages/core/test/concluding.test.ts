import type { EventId } from "@parley/ledger/event";
import { Negotiation, sampleDraft, testDevice } from "@parley/testing";
import { renderMarkdown } from "@parley/text";
import { expect, test } from "vitest";
import { authenticTexts, settledDraft, settlementOf } from "../src/concluding.ts";
import { draftHash } from "../src/draft-hash.ts";
import { phaseOfText } from "../src/drafting.ts";
import { itemOf } from "../src/register.ts";

const whole = { force: "shall", scope: "wider", ports: "keep", again: "keep" };
const principals = ["aldia", "borea"];

function agreed(chosen: Readonly<Record<string, string>> = whole): { talks: Negotiation; draft: EventId } {
  const talks = Negotiation.seated();
  const at = { talks, draft: talks.draft(sampleDraft, "consulted") };
  agree(at, chosen);
  return at;
}

function agree(
  { talks, draft }: { talks: Negotiation; draft: EventId },
  chosen: Readonly<Record<string, string>>,
): void {
  const proposal = talks.table(draft, chosen, 2, "consulted");
  for (const party of principals) talks.issue(party, "PackageAccepted", { proposal }, "consulted");
}

function confirm({ talks, draft }: ReturnType<typeof agreed>): void {
  const settlement = settlementOf(talks.text(draft, "consulted"));
  for (const party of principals)
    talks.issue(party, "AgreementConfirmed", { draft, settlement }, "consulted");
}

function closing({ talks, draft }: ReturnType<typeof agreed>) {
  const en = draftHash(settledDraft(talks.text(draft, "consulted")).draft);
  return { draft, instrument: "memorandum", binding: "notBinding", texts: { en } } as const;
}

function close(at: ReturnType<typeof agreed>): void {
  confirm(at);
  for (const party of principals) at.talks.issue(party, "TextClosed", closing(at), "consulted");
}

test("nothing is agreed until everything is agreed: a text with an open bracket does not close", () => {
  const at = agreed({ force: "shall", scope: "energy" });
  confirm(at);
  const refusal = at.talks.attempt("aldia", "TextClosed", closing(at), "consulted");
  expect(refusal?.code).toBe("still-open");
  expect(refusal?.sentence).toContain("again still open");
});

test("a text closes when every capital confirmed and every principal closes the same", () => {
  const at = agreed();
  expect(at.talks.attempt("aldia", "TextClosed", closing(at), "consulted")?.code).toBe("not-confirmed");
  confirm(at);
  at.talks.issue("aldia", "TextClosed", closing(at), "consulted");
  at.talks.issue("borea", "TextClosed", { ...closing(at), binding: "binding" }, "consulted");
  expect(phaseOfText(at.talks.text(at.draft, "consulted"))).toBe("drafting");
  at.talks.issue("borea", "TextClosed", closing(at), "consulted");
  expect(phaseOfText(at.talks.text(at.draft, "consulted"))).toBe("closed");
});

test("a text closes as it was agreed, in languages that were filed", () => {
  const at = agreed();
  confirm(at);
  const { talks, draft } = at;
  const settled = settledDraft(talks.text(draft, "consulted")).draft;
  const other = { ...closing(at), texts: { en: testDevice("x").id } };
  expect(talks.attempt("aldia", "TextClosed", other, "consulted")?.code).toBe("wrong-text");
  const french = { ...settled, title: "Cadre" };
  const texts = { en: draftHash(settled), fr: draftHash(french) };
  expect(talks.attempt("aldia", "TextClosed", { ...closing(at), texts }, "consulted")?.code).toBe(
    "language-not-filed",
  );
  const filed = { draft, language: "fr", text: renderMarkdown(french) };
  talks.issue("borea", "LanguageFiled", filed, "consulted");
  const said = () =>
    authenticTexts(talks.text(draft, "consulted")).map(({ language, hash }) => [language, hash]);
  expect(said()).toEqual(Object.entries(texts));
  const last = { ...settled, title: "Cadre commun" };
  talks.issue("aldia", "LanguageFiled", { ...filed, text: renderMarkdown(last) }, "consulted");
  expect(said()).toEqual([
    ["en", texts.en],
    ["fr", draftHash(last)],
  ]);
  // Both sides close what was filed first, since that is what they read.
  for (const party of principals) talks.issue(party, "TextClosed", { ...closing(at), texts }, "consulted");
  expect(said()).toEqual(Object.entries(texts));
});

test("a text in another language has nothing left open, and is of what is agreed now", () => {
  const at = agreed();
  const { talks, draft } = at;
  const settled = () => settledDraft(talks.text(draft, "consulted")).draft;
  const open = { draft, language: "fr", text: renderMarkdown(talks.text(draft, "consulted").draft) };
  expect(talks.attempt("borea", "LanguageFiled", open, "consulted")?.code).toBe("still-open");
  expect(talks.attempt("borea", "TextReleased", open)?.code).toBe("still-open");
  const french = { ...settled(), title: "Cadre" };
  talks.issue("borea", "LanguageFiled", { ...open, text: renderMarkdown(french) }, "consulted");
  talks.issue("borea", "BracketsReopened", { draft, brackets: ["again"] }, "consulted");
  agree(at, { again: "drop" });
  confirm(at);
  const texts = { en: draftHash(settled()), fr: draftHash(french) };
  expect(authenticTexts(talks.text(draft, "consulted")).map(({ language }) => language)).toEqual(["en"]);
  expect(talks.attempt("aldia", "TextClosed", { ...closing(at), texts }, "consulted")?.code).toBe(
    "language-not-filed",
  );
});

test("a capital confirms exactly what is agreed, and whatever changes that undoes the confirmations", () => {
  const at = agreed();
  const { talks, draft } = at;
  confirm(at);
  const old = settlementOf(talks.text(draft, "consulted"));
  talks.issue("borea", "BracketsReopened", { draft, brackets: ["again"] }, "consulted");
  expect(talks.text(draft, "consulted").confirmedBy).toEqual([]);
  const confirmation = { draft, settlement: old };
  expect(talks.attempt("aldia", "AgreementConfirmed", confirmation, "consulted")?.code).toBe(
    "stale-revision",
  );
});

test("a capital confirms the words that it read: what the pen changed since is confirmed by nobody", () => {
  const { talks, draft } = agreed();
  const read = settlementOf(talks.text(draft, "consulted"));
  talks.lend("pen", "marin");
  const change = { kind: "replaceClause", clause: "extension", text: "The halt extends to nobody." } as const;
  const amendment = talks.issue("marin", "AmendmentProposed", { draft, change }, "consulted");
  talks.issue("marin", "AmendmentAdopted", { amendment }, "consulted");
  expect(talks.attempt("aldia", "AgreementConfirmed", { draft, settlement: read }, "consulted")?.code).toBe(
    "stale-revision",
  );
});

test("an agreed bracket is amended only after it is reopened", () => {
  const { talks, draft } = agreed();
  const change = { kind: "addAlternative", bracket: "force", option: "will", text: "will" } as const;
  const amendment = talks.issue("borea", "AmendmentProposed", { draft, change }, "consulted");
  expect(talks.attempt("borea", "AmendmentSupported", { amendment }, "consulted")?.code).toBe(
    "bracket-agreed",
  );
});

test("a closed text is initialled by every principal, then signed by every principal", () => {
  const at = agreed();
  close(at);
  const { talks, draft } = at;
  const signature = {
    draft,
    name: "A. B.",
    office: "Foreign minister",
    capacity: "foreignMinister",
    place: "Hosta",
  } as const;
  expect(talks.attempt("aldia", "TextSigned", signature, "consulted")?.code).toBe("wrong-phase");
  for (const party of principals)
    talks.issue(party, "TextInitialled", { draft, name: "A. B.", office: "Envoy" }, "consulted");
  talks.issue("aldia", "TextSigned", signature, "consulted");
  const envoy = { ...signature, capacity: "fullPowers" } as const;
  expect(talks.attempt("borea", "TextSigned", envoy, "consulted")?.sentence).toContain("Full powers");
  expect(
    talks.attempt("borea", "TextSigned", { ...signature, fullPowers: "letter" }, "consulted")?.code,
  ).toBe("full-powers");
  talks.issue("borea", "TextSigned", { ...envoy, fullPowers: "Letter of 1 March" }, "consulted");
  expect(phaseOfText(talks.text(draft, "consulted"))).toBe("signed");
});

test("after closing nothing is reopened, amended or tabled", () => {
  const at = agreed();
  close(at);
  const { talks, draft } = at;
  const reopen = { draft, brackets: ["again"] };
  expect(talks.attempt("borea", "BracketsReopened", reopen, "consulted")?.code).toBe("wrong-phase");
});

test("an affected party is bound by the clauses that it accepts, for itself", () => {
  const at = agreed();
  const { talks, draft } = at;
  expect(
    talks.attempt("cassa", "ClausesAccepted", { draft, clauses: ["extension"] }, "consulted")?.code,
  ).toBe("wrong-phase");
  close(at);
  expect(talks.attempt("cassa", "ClausesAccepted", { draft, clauses: ["nothing"] }, "consulted")?.code).toBe(
    "not-found",
  );
  expect(
    talks.attempt("aldia", "ClausesAccepted", { draft, clauses: ["extension"] }, "consulted")?.code,
  ).toBe("wrong-seat");
  talks.issue("cassa", "ClausesAccepted", { draft, clauses: ["extension"] }, "consulted");
  const again = { draft, clauses: ["extension"] };
  expect(talks.attempt("cassa", "ClausesAccepted", again, "consulted")?.code).toBe("already-done");
  const others = { draft, clauses: ["extension", "halt"] };
  expect(talks.attempt("cassa", "ClausesAccepted", others, "consulted")?.code).toBe("not-yours");
  expect(talks.text(draft, "consulted").accepted).toEqual({ cassa: ["extension"] });
});

test("an affected party may say that it refuses a clause, and may still accept it; what it accepted it cannot refuse", () => {
  const at = agreed();
  close(at);
  const { talks, draft } = at;
  const one = { draft, clauses: ["extension"] };
  expect(talks.attempt("borea", "ClausesRefused", one, "consulted")?.code).toBe("wrong-seat");
  expect(talks.attempt("cassa", "ClausesRefused", { draft, clauses: ["halt"] }, "consulted")?.code).toBe(
    "not-yours",
  );
  talks.issue("cassa", "ClausesRefused", one, "consulted");
  expect(talks.text(draft, "consulted").refused).toEqual({ cassa: ["extension"] });
  expect(talks.attempt("cassa", "ClausesRefused", one, "consulted")?.code).toBe("already-done");
  talks.issue("cassa", "ClausesAccepted", one, "consulted");
  expect(talks.text(draft, "consulted")).toMatchObject({
    accepted: { cassa: ["extension"] },
    refused: { cassa: [] },
  });
  expect(talks.attempt("cassa", "ClausesRefused", one, "consulted")?.sentence).toContain("binds");
});

test("a text is released to a wider audience when every principal releases it", () => {
  const at = agreed();
  close(at);
  const { talks, draft } = at;
  const text = renderMarkdown(settledDraft(talks.text(draft, "consulted")).draft);
  const release = talks.issue("aldia", "TextReleased", { draft, language: "en", text });
  expect(itemOf(talks.state.rooms.public.releases, release)?.released).toBe(false);
  expect(talks.attempt("marin", "ReleaseAccepted", { release })?.code).toBe("wrong-seat");
  talks.issue("borea", "ReleaseAccepted", { release });
  expect(itemOf(talks.state.rooms.public.releases, release)?.released).toBe(true);
});
