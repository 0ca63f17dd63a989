/** Each side's accounts of one contact, cut into sentences; and which sentences one party's reading puts together. */
import {
  type AlignedPoint,
  type Contact,
  overlap,
  type Readout,
  type SeatId,
  type Sentence,
  sentencesOf,
  type Voice,
} from "@parley/core";
import type { EventId } from "@parley/ledger";

/** A text with whose it is: a readout, or an expectation stated beforehand. */
export interface Said {
  readonly id: EventId;
  readonly of: SeatId | undefined;
  readonly voice: Voice;
  readonly text: string;
  readonly sentences: readonly Sentence[];
}

export function saidOf(voice: Voice & { readonly text: string }): Said {
  return { id: voice.id, of: voice.of, voice, text: voice.text, sentences: sentencesOf(voice.text) };
}

export function readoutsOf({ readouts }: Contact): readonly Said[] {
  return readouts.map((readout: Readout) => saidOf(readout));
}

/** The points of a reading that cover this sentence. */
export function pointsAt(
  points: readonly AlignedPoint[],
  said: Said,
  sentence: Sentence,
): readonly { readonly point: AlignedPoint; readonly number: number }[] {
  return points.flatMap((point, index) =>
    point.claims.some(
      ({ readout, from, to }) => readout === said.id && from < sentence.to && to > sentence.from,
    )
      ? [{ point, number: index + 1 }]
      : [],
  );
}

/** The sentence of another text that shares most words with this one, if any shares enough. */
export function nearest(sentence: Sentence, others: readonly Said[]): Sentence | undefined {
  let best: { readonly sentence: Sentence; readonly shared: number } | undefined;
  for (const other of others.flatMap(({ sentences }) => sentences)) {
    const shared = overlap(sentence.text, other.text);
    if (shared >= 0.2 && shared > (best?.shared ?? 0)) best = { sentence: other, shared };
  }
  return best?.sentence;
}

/** A sentence in words and what lies between, each word with whether the other sentence has it too. */
export function wordsAgainst(
  text: string,
  other: string | undefined,
): readonly { readonly at: number; readonly text: string; readonly differs: boolean }[] {
  const plain = (word: string) => word.normalize("NFC").toLowerCase();
  const theirs = new Set((other?.match(/[\p{L}\p{N}]+/gu) ?? []).map(plain));
  return [...text.matchAll(/[\p{L}\p{N}]+|[^\p{L}\p{N}]+/gu)].map(({ 0: part, index }) => ({
    at: index,
    text: part,
    differs: other !== undefined && /[\p{L}\p{N}]/u.test(part) && !theirs.has(plain(part)),
  }));
}
