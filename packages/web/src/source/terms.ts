/** The terms of modalities, all of them: whoever accepts any has read each. */
import type { Modalities } from "@parley/core";
import type { MessageId } from "../messages/words.ts";

type Terms = Omit<Modalities, "id" | "by" | "acceptedBy">;

const names: { readonly [Key in keyof Required<Terms>]: MessageId } = {
  participation: "meet.participation",
  venue: "meet.venue",
  languages: "meet.languages",
  confidentiality: "meet.confidentiality",
  press: "meet.press",
  retention: "meet.retention",
  answerDaysMax: "meet.answerDays",
};

/** In the order in which they are read; a term that they do not set is left out. */
export function termsOf(
  modalities: Terms,
  languages: (codes: readonly string[]) => string,
): readonly { readonly name: MessageId; readonly words: string }[] {
  return Object.entries(names).flatMap(([key, name]) => {
    const term = modalities[key as keyof Terms];
    if (term === undefined) return [];
    return [{ name, words: typeof term === "object" ? languages(term) : String(term) }];
  });
}
