/**
 * What is offered to every seat in the name of a closed text. Whoever is given it was not given the text it comes from, and
 * no rule of theirs can compare the two; so whoever was given both does, and agrees to nothing else.
 */
import { type AuthenticText, authenticTexts, type Release, type Text } from "@parley/core";

export interface Releasing {
  /** Each authentic text, with what would give it to every seat, word for word, if somebody offered that. */
  readonly texts: readonly { readonly one: AuthenticText; readonly release: Release | undefined }[];
  /** Offered in its name, and not it. */
  readonly others: readonly Release[];
  readonly released: boolean;
}

export function releasingOf(text: Text, releases: readonly Release[]): Releasing {
  const offered = releases.filter(({ draft }) => draft === text.id);
  const texts = authenticTexts(text).map((one) => ({
    one,
    release: text.closed && offered.find((it) => it.language === one.language && it.text === one.text),
  }));
  return {
    texts,
    others: offered.filter((one) => !texts.some(({ release }) => release === one)),
    released: texts.every(({ release }) => release?.released),
  };
}
