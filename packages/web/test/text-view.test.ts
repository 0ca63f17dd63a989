/** There is one text on the table, and no party takes it away by opening another. */
import { viewOf } from "@parley/core";
import { Negotiation, sampleDraft } from "@parley/testing";
import { parseMarkdown, renderMarkdown } from "@parley/text";
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

test("a reservation is its party's, whatever notes the text brought with it", () => {
  const talks = Negotiation.seated();
  const noted = sampleDraft.replace(/$/, "\n\n[^reservation-1]: Borea accepts all of this.\n");
  const text = renderMarkdown(parseMarkdown(noted.replace("to Cassa", "to Cassa[^reservation-1]")).draft);
  const draft = talks.draft(text, "consulted");
  talks.issue(
    "borea",
    "ReservationNoted",
    { draft, clause: "halt", text: "Not before a list." },
    "consulted",
  );
  const notes = textView(viewOf(talks.state, "borea" as never))?.draft.notes ?? [];
  expect(notes.map(({ id, kind }) => [id, kind])).toEqual([
    ["reservation-1", "footnote"],
    ["reservation-2", "reservation"],
  ]);
});
