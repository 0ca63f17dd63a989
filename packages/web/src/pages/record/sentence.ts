import { powers } from "@parley/core";
import type { Entry } from "@parley/ledger";
import { useWords, useWordsIfAny } from "../../messages/words.ts";
import { useLooks } from "../../source/case-context.tsx";

/** An event in words. What it names by an id is named in words where the body has them. */
export function useSentence(event: Entry["event"]): string {
  const t = useWords();
  const words = useWordsIfAny();
  const looks = useLooks();
  const of = (key: string): string => {
    const value = event.body[key];
    return typeof value === "string" ? value : "";
  };
  const seat = of("seat") || of("to");
  const power = powers.find((name) => name === of("power"));
  const values = {
    title: of("title") || of("subject"),
    seat: looks.get(seat)?.name ?? seat,
    name: of("name"),
    power: power ? t(`power.${power}`) : "",
    bracket: of("bracket"),
    language: of("language"),
  };
  return words(`event.${event.kind}`, values) ?? event.kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ");
}
