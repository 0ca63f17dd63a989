/** Events in words. What one names by an id is named in words where its body has them. */
import { powers } from "@parley/core";
import type { Entry } from "@parley/ledger";
import { useWords, useWordsIfAny } from "../messages/words.ts";
import { useLooks } from "../source/case-context.tsx";

type Said = Pick<Entry["event"], "kind" | "body">;

/** Undefined for a kind that no string tells: what is said in a circle is on no public record. */
export function useSentences(): (event: Said) => string | undefined {
  const t = useWords();
  const words = useWordsIfAny();
  const looks = useLooks();
  return ({ kind, body }) => {
    const of = (key: string): string => {
      const value = body[key];
      return typeof value === "string" ? value : "";
    };
    const seat = of("seat") || of("to");
    const power = powers.find((name) => name === of("power"));
    return words(`event.${kind}`, {
      title: of("title") || of("subject"),
      seat: looks.get(seat)?.name ?? seat,
      name: of("name"),
      power: power ? t(`power.${power}`) : "",
      backed: body["backing"] === undefined ? "no" : "yes",
      language: of("language"),
    });
  };
}

export function useSentence(event: Said): string {
  return useSentences()(event) ?? event.kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ");
}
