/** Whoever agrees that a text goes out agrees to the text that was closed, and to no other. */
import { authenticTexts, itemsOf, settlementOf } from "@parley/core";
import { Negotiation, sampleDraft } from "@parley/testing";
import { parseMarkdown, renderMarkdown } from "@parley/text";
import { expect, test } from "vitest";
import { readFile } from "../src/pages/draft/draft-file.ts";
import { filedText, isClosedToo } from "../src/source/filed-text.ts";
import { releasingOf } from "../src/source/releasing.ts";

const principals = ["aldia", "borea"] as const;

/** Agreed, filed in French, and confirmed. */
function confirmed() {
  const talks = Negotiation.seated();
  const draft = talks.draft(sampleDraft, "consulted");
  const chosen = { force: "shall", scope: "wider", ports: "keep", again: "keep" };
  const proposal = talks.table(draft, chosen, 2, "consulted");
  for (const party of principals) talks.issue(party, "PackageAccepted", { proposal }, "consulted");
  const now = () => talks.text(draft, "consulted");
  const [own] = authenticTexts(now());
  const french = filedText({ ...own.draft, title: "Cadre" }, own.draft, "fr", false) ?? "";
  talks.issue("borea", "LanguageFiled", { draft, language: "fr", text: french }, "consulted");
  const settlement = settlementOf(now());
  for (const party of principals)
    talks.issue(party, "AgreementConfirmed", { draft, settlement }, "consulted");
  return {
    talks,
    draft,
    now,
    french,
    releasing: () => releasingOf(now(), itemsOf(talks.state.rooms.public.releases)),
  };
}

test("what is offered in another's words, or before it was closed, is not the text", () => {
  const { talks, draft, now, french, releasing } = confirmed();
  const [own] = authenticTexts(now());
  const altered = renderMarkdown({ ...own.draft, title: "Another framework" });
  talks.issue("aldia", "TextReleased", { draft, language: "en", text: altered });
  talks.issue("aldia", "TextReleased", { draft, language: "en", text: own.text });
  expect(releasing().others).toHaveLength(2);
  const texts = Object.fromEntries(authenticTexts(now()).map(({ language, hash }) => [language, hash]));
  const body = { draft, instrument: "memorandum", binding: "notBinding", texts } as const;
  for (const party of principals) talks.issue(party, "TextClosed", body, "consulted");
  expect(releasing().others.map(({ text }) => text)).toEqual([altered]);
  talks.issue("borea", "TextReleased", { draft, language: "fr", text: french });
  for (const [party, asked] of [
    ["borea", "en"],
    ["aldia", "fr"],
  ] as const) {
    expect(releasing().released).toBe(false);
    const release = releasing().texts.find(({ one }) => one.language === asked)?.release;
    if (release) talks.issue(party, "ReleaseAccepted", { release: release.id });
  }
  expect(releasing().released).toBe(true);
});

test("a text in another language has the clauses of the agreed one, whom they concern, and as many", () => {
  const { now } = confirmed();
  const [{ draft }] = authenticTexts(now());
  const bare = { ...parseMarkdown("# Premier\n\n1. Un.").draft };
  expect(filedText(bare, draft, "fr", true)).toBeUndefined();
  const [, french] = authenticTexts(now());
  expect(french?.draft.language).toBe("fr");
  expect(french?.text).toContain('concerns="cassa"');
  expect(filedText(draft, draft, "fr", true)).toContain("exercise: true");
  // A file that has no place for a title begins with it.
  const named = { ...draft, title: "Framework" };
  const begun = renderMarkdown({ ...draft, title: "" }).replace(/^---\n\n/m, "---\n\n# Cadre\n\n");
  expect(filedText(parseMarkdown(begun).draft, named, "fr", true)).toContain("title: Cadre");
  expect(filedText(parseMarkdown(begun).draft, { ...named, title: "" }, "fr", true)).toBeUndefined();
});

test("a file that is no text, or text in letters that nobody names, is not read as a draft", async () => {
  const read = (bytes: Uint8Array<ArrayBuffer>) => readFile(new File([bytes], "draft.txt"));
  expect(await read(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a))).toMatchObject({ code: "not-text" });
  expect(await read(Uint8Array.of(0x31, 0x2e, 0x00, 0x41))).toMatchObject({ code: "not-text" });
  // "Да" as Windows wrote it in Russian.
  expect(await read(Uint8Array.of(0xc4, 0xe0))).toMatchObject({ code: "not-text" });
  const marked = Uint8Array.of(0xff, 0xfe, ...new Uint8Array(new Uint16Array([0x414, 0x430]).buffer));
  expect(await read(marked)).toMatchObject({ source: "Да" });
});

test("nobody closes what came in unread, nor what another principal left out, without saying so", () => {
  const [own, french] = authenticTexts(confirmed().now());
  if (!french) throw new Error("nothing was filed");
  const closing = (texts: Readonly<Record<string, string>>) =>
    ({ instrument: "memorandum", binding: "notBinding", texts }) as const;
  expect(isClosedToo(french, true, undefined)).toBe(true);
  expect(isClosedToo(french, false, undefined)).toBe(false);
  expect(isClosedToo(french, true, closing({ en: own.hash, fr: french.hash }))).toBe(true);
  expect(isClosedToo(french, true, closing({ en: own.hash }))).toBe(false);
  expect(isClosedToo(french, true, closing({ en: own.hash, fr: own.hash }))).toBe(false);
});
