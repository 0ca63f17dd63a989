/**
 * Readouts side by side, claim by claim. Which claims belong together is a person's judgement, one reading for each party
 * that made one; nothing is merged. What is computed here only points at sentences that share words.
 */
export interface Sentence {
  readonly text: string;
  /** Where it stands in the readout, in UTF-16 units. */
  readonly from: number;
  readonly to: number;
}

/** The sentences of a text: ended by . ! ? or their like in other scripts, or by the end of a line. */
export function sentencesOf(text: string): readonly Sentence[] {
  const sentences: Sentence[] = [];
  for (const { 0: found, index } of text.matchAll(/[^.!?。！？؟\n]+[.!?。！？؟]*/gu)) {
    const sentence = found.trim();
    if (sentence === "") continue;
    const from = index + found.indexOf(sentence);
    sentences.push({ text: sentence, from, to: from + sentence.length });
  }
  return sentences;
}

/**
 * How much two sentences share: common words, each counted once, over all words of either (Jaccard index), 0 to 1. Case and
 * accents written apart do not matter.
 */
export function overlap(a: string, b: string): number {
  const ours = wordsOf(a);
  const theirs = wordsOf(b);
  let common = 0;
  for (const word of ours) if (theirs.has(word)) common += 1;
  const all = ours.size + theirs.size - common;
  return all === 0 ? 0 : common / all;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(
    text
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [],
  );
}

/** For each sentence of one text, the sentence of the other that shares most with it, from `least` on. */
export function suggestPairs(
  a: string,
  b: string,
  least = 0.2,
): readonly { readonly a: Sentence; readonly b: Sentence; readonly overlap: number }[] {
  const others = sentencesOf(b);
  return sentencesOf(a).flatMap((sentence) => {
    let best: { readonly a: Sentence; readonly b: Sentence; readonly overlap: number } | undefined;
    for (const other of others) {
      const shared = overlap(sentence.text, other.text);
      if (shared >= least && shared > (best?.overlap ?? 0)) best = { a: sentence, b: other, overlap: shared };
    }
    return best ?? [];
  });
}
