/** A line that names an alternative says what agreeing to it would put into the text. */
import { Negotiation, sampleDraft } from "@parley/testing";
import { brackets } from "@parley/text";
import { expect, test } from "vitest";
import type { Words } from "../src/messages/words.ts";
import { nameOfOption } from "../src/source/names.ts";

const t = ((id: string) => id) as Words;

test("an alternative of words is named by them, whatever id its proposer gave it", () => {
  const talks = Negotiation.seated();
  talks.lend("pen", "marin");
  const draft = talks.draft(sampleDraft);
  const change = { kind: "addAlternative", bracket: "scope", option: "drop", text: "every port" } as const;
  const amendment = talks.issue("borea", "AmendmentProposed", { draft, change }, "table");
  talks.issue("marin", "AmendmentAdopted", { amendment }, "table");
  const placed = brackets(talks.text(draft).draft);
  const named = (bracket: string, option: string) =>
    placed.filter((one) => one.bracket.id === bracket).map((one) => nameOfOption(one, option, t));
  expect(named("scope", "drop")).toEqual(["every port"]);
  expect(named("again", "drop")).toEqual(["option.drop"]);
});
