/**
 * Puts a settlement into the text: the chosen alternative stays, bracket and other alternatives go. Brackets
 * without a choice stay as they are; placeholders have nothing to choose.
 */
import { trimTail } from "./edges.ts";
import type { Block, BlockBracket, BracketId, Draft, Inline, InlineBracket, OptionId } from "./model.ts";
import { joinParts } from "./normal.ts";
import { type AnyBracket, brackets, bracketsInNotes, choosable, isOpenEnded } from "./walk.ts";

export type Choices = ReadonlyMap<BracketId, OptionId>;

export interface Settled {
  readonly draft: Draft;
  /** Placeholders still in the text. */
  readonly placeholders: readonly BracketId[];
  /** Other brackets still in the text, for want of a choice. */
  readonly unsettled: readonly BracketId[];
  /** Brackets that still stand in notes. */
  readonly inNotes: readonly BracketId[];
  /** Brackets settled although their list of alternatives was open-ended ("[other]"). */
  readonly openEnded: readonly BracketId[];
}

/**
 * Throws a `RangeError` if a choice names an option that its bracket does not offer; a choice for a bracket
 * that is not in the text, or not reached, has no effect.
 */
export function settle(draft: Draft, choices: Choices): Settled {
  const openEnded: BracketId[] = [];
  const settling = new Settling(choices, (bracket) => isOpenEnded(bracket) && openEnded.push(bracket.id));
  const settled: Draft = {
    ...draft,
    blocks: settling.blocks(draft.blocks),
    notes: draft.notes.map((note) => ({ ...note, content: settling.inlines(note.content) })),
  };
  const left = brackets(settled).map(({ bracket }) => bracket);
  return {
    draft: settled,
    placeholders: left.filter(({ kind }) => kind === "placeholder").map(({ id }) => id),
    unsettled: left.filter(({ kind }) => kind !== "placeholder").map(({ id }) => id),
    inNotes: bracketsInNotes(settled).map(({ bracket }) => bracket.id),
    openEnded,
  };
}

class Settling {
  readonly #choices: Choices;
  readonly #onSettled: (bracket: AnyBracket) => void;

  constructor(choices: Choices, onSettled: (bracket: AnyBracket) => void) {
    this.#choices = choices;
    this.#onSettled = onSettled;
  }

  blocks(blocks: readonly Block[]): Block[] {
    return blocks.flatMap((block): Block[] => {
      if (block.type === "clause") {
        const content = this.inlines(block.content);
        const emptied = block.content.length > 0 && content.length === 0;
        return emptied && block.form === "paragraph" ? [] : [{ ...block, content }];
      }
      const chosen = this.#chosen(block);
      return chosen ? this.blocks(chosen.noText ? [] : chosen.content) : [this.#block(block)];
    });
  }

  #block(bracket: BlockBracket): BlockBracket {
    const options = bracket.options.map((option) => ({ ...option, content: this.blocks(option.content) }));
    return { ...bracket, options };
  }

  inlines(inlines: readonly Inline[]): Inline[] {
    const parts: Inline[][] = [[]];
    let settledAny = false;
    for (const inline of inlines) {
      const chosen = inline.type === "bracket" ? this.#chosen(inline) : undefined;
      if (chosen) {
        settledAny = true;
        parts.push(chosen.noText ? [] : this.inlines(chosen.content), []);
      } else parts.at(-1)?.push(inline.type === "bracket" ? this.#inline(inline) : inline);
    }
    const joined = joinParts(parts.filter((part) => part.length > 0));
    return settledAny ? trimEdges(joined) : joined;
  }

  #inline(bracket: InlineBracket): InlineBracket {
    const options = bracket.options.map((option) => ({ ...option, content: this.inlines(option.content) }));
    return { ...bracket, options };
  }

  #chosen(bracket: InlineBracket): InlineBracket["options"][number] | undefined;
  #chosen(bracket: BlockBracket): BlockBracket["options"][number] | undefined;
  #chosen(bracket: AnyBracket) {
    const id = this.#choices.get(bracket.id);
    if (id === undefined) return undefined;
    const option = choosable(bracket).find((one) => one.id === id);
    if (!option) throw new RangeError(`bracket "${bracket.id}" has no option "${id}" to choose.`);
    this.#onSettled(bracket);
    return option;
  }
}

/** A clause from whose edge a bracket went neither begins nor ends with white space. */
function trimEdges(inlines: Inline[]): Inline[] {
  const first = inlines[0];
  if (first?.type === "text") inlines[0] = { ...first, text: first.text.replace(/^\s+/, "") };
  const last = inlines.at(-1);
  if (last?.type === "text") inlines[inlines.length - 1] = { ...last, text: trimTail(last.text) };
  return inlines.filter((inline) => inline.type !== "text" || inline.text !== "");
}
