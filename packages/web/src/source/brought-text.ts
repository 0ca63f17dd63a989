/**
 * A draft as it becomes the text of a case. Drafts name parties as people do; in a case a party is its seat, and a name
 * that stayed a name would stand beside that party's own word as another party's.
 */
import type { Seat } from "@parley/core";
import { type AnyBracket, type Draft, type Option, renderMarkdown, rewrite } from "@parley/text";

type Seated = Pick<Seat, "id" | "name" | "code">;

export function broughtText(
  draft: Draft,
  language: string,
  seats: readonly Seated[],
  exercise: boolean,
): string {
  const ids = new Map(
    seats.flatMap(({ id, name, code }) =>
      [id, name, code ?? id].map((said) => [said.toLocaleLowerCase(), id] as const),
    ),
  );
  const seatOf = (said: string) => ids.get(said.trim().toLocaleLowerCase()) ?? said;
  const backed = <O extends Option<unknown>>(option: O): O =>
    option.attributions
      ? { ...option, attributions: option.attributions.map((one) => ({ ...one, party: seatOf(one.party) })) }
      : option;
  // What the reader guessed, a person has confirmed by now.
  const seatedBracket = <B extends AnyBracket>({ ambiguous: _guess, ...bracket }: B) =>
    ({ ...bracket, options: bracket.options.map(backed) }) as unknown as B;
  const seated = rewrite(draft, {
    inline: (bracket) => [seatedBracket(bracket)],
    block: (bracket) => [seatedBracket(bracket)],
    clause: (clause) => [clause.concerns ? { ...clause, concerns: clause.concerns.map(seatOf) } : clause],
  });
  return renderMarkdown({
    ...seated,
    ...(language.trim() ? { language: language.trim() } : {}),
    ...(exercise ? { exercise: true } : {}),
  });
}
