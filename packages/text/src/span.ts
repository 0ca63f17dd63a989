/** Finds words in the content of a clause and puts a bracket around them. */
import type { Inline, InlineBracket } from "./model.ts";
import { joinInlines } from "./normal.ts";

/** Puts the n-th occurrence of words, in reading order, in a bracket. */
export class SpanSearch {
  hits = 0;
  readonly #words: string;
  readonly #bracket: (text: Inline) => InlineBracket;
  #toPass: number;

  constructor(words: string, occurrence: number, bracket: (text: Inline) => InlineBracket) {
    this.#words = words;
    this.#toPass = occurrence;
    this.#bracket = bracket;
  }

  inlines(list: readonly Inline[]): Inline[] {
    return joinInlines(list.flatMap((inline) => this.#inline(inline)));
  }

  #inline(inline: Inline): Inline[] {
    if (this.hits > 0) return [inline];
    if (inline.type === "bracket") {
      const options = inline.options.map((option) => ({ ...option, content: this.inlines(option.content) }));
      return [{ ...inline, options }];
    }
    if (inline.type !== "text" || this.#words === "") return [inline];
    const text = (part: string): Inline => ({ ...inline, text: part });
    for (
      let at = inline.text.indexOf(this.#words);
      at !== -1;
      at = inline.text.indexOf(this.#words, at + 1)
    ) {
      if (this.#toPass-- > 0) continue;
      this.hits++;
      const end = at + this.#words.length;
      return [text(inline.text.slice(0, at)), this.#bracket(text(this.#words)), text(inline.text.slice(end))];
    }
    return [inline];
  }
}
