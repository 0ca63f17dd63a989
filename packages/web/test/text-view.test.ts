/** There is one text on the table, and no party takes it away by opening another. */
import { viewOf } from "@parley/core";
import { Negotiation, sampleDraft } from "@parley/testing";
import { expect, test } from "vitest";
import { textView } from "../src/source/text-view.ts";

test("a text that a party opens beside the one on the table takes its place for nobody", () => {
  const talks = Negotiation.seated();
  const draft = talks.draft(sampleDraft, "consulted");
  const shownTo = (seat: Parameters<typeof viewOf>[1]) => textView(viewOf(talks.state, seat))?.text.id;
  for (const audience of ["consulted", "table"] as const) {
    expect(talks.draft(sampleDraft.replace("shall", "may"), audience)).not.toBe(draft);
    expect(shownTo("borea" as never)).toBe(draft);
    expect(shownTo("cassa" as never)).toBe(draft);
  }
});
