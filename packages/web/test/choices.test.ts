/** What a party said of whole texts holds on, whatever is agreed or barred since. */
import { emptyValuation, settledDraft } from "@parley/core";
import { nextQuestion } from "@parley/solver";
import { Negotiation } from "@parley/testing";
import { brackets, parseMarkdown } from "@parley/text";
import { expect, test } from "vitest";
import { knownOf } from "../src/pages/side/known.ts";
import { closedIn, openTree, wholeTree } from "../src/source/choices.ts";
import { openBrackets } from "../src/source/text-view.ts";

const signed = { force: "shall", scope: "energy", again: "keep" };
const valuation = {
  ...emptyValuation("aldia", "stated"),
  marks: { force: { shall: 10, should: 3 }, scope: { energy: 4, wider: 1 } },
  replies: [{ outcome: signed, signs: true }],
};

function agreedOn(option: string) {
  const talks = Negotiation.seated();
  const draft = talks.draft();
  const proposal = talks.table(draft, { force: option });
  for (const party of ["aldia", "borea"] as const)
    talks.issue(party, "PackageAccepted", { proposal }, "table");
  return talks.text(draft);
}

test("an alternative that was agreed closes the others of its bracket, and no reply about them is lost", () => {
  const text = agreedOn("should");
  const [open, whole] = [openTree(text), wholeTree(text)];
  expect(closedIn(whole, whole)).toEqual([]);
  const closed = closedIn(whole, open);
  expect(closed).toContainEqual(["force", "shall"]);
  expect(new Set(closed.map(([bracket]) => bracket))).toEqual(new Set(["force"]));

  const known = knownOf(valuation, open, whole);
  expect(known.walkAway).toBe(14);
  expect(known.range.stale).toEqual([]);
});

test("only texts that can still come about are asked of", () => {
  const text = agreedOn("should");
  const { left } = knownOf({ ...valuation, replies: [] }, openTree(text), wholeTree(text));
  expect(nextQuestion(left, [])?.outcome).toMatchObject({ force: "should" });
});

test("a barred alternative bars no word of a party", () => {
  const talks = Negotiation.seated();
  const text = talks.text(talks.draft());
  expect(knownOf(valuation, openTree(text, [["scope", "energy"]]), wholeTree(text)).walkAway).toBe(14);
});

test("what is open is what the rules of the case call open, which settle the whole text to say it", () => {
  for (const text of [agreedOn("should"), agreedOn("shall")]) {
    expect([...openBrackets(brackets(text.draft), text.agreed)].sort()).toEqual(
      [...settledDraft(text).open].sort(),
    );
  }
});

test("a bracket within an alternative falls away with it, and so does what is within that one", () => {
  const { draft } = parseMarkdown(
    "---\nformat: parley-draft/1\ntitle: The line\n---\n\nIt opens [now[, by [radio]{=radio}/[wire]{#means =wire}]{#way}]{=now}/[in May]{#when =may}.\n",
  );
  const order = brackets(draft);
  const agreed = (option: string) => ({ when: { option, proposal: "p" } }) as never;
  expect([...openBrackets(order, {} as never)].sort()).toEqual(["means", "way", "when"]);
  expect([...openBrackets(order, agreed("now"))].sort()).toEqual(["means", "way"]);
  expect([...openBrackets(order, agreed("may"))]).toEqual([]);
});
