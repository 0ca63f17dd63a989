/** Walks over a draft in reading order. Depth is bounded by `MAX_DEPTH`, so plain recursion is safe. */
import type {
  Block,
  BlockBracket,
  Bracket,
  BracketId,
  Clause,
  ClauseBreak,
  ClauseId,
  Draft,
  Inline,
  InlineBracket,
  NoteId,
  Option,
  OptionId,
} from "./model.ts";

export type AnyBracket = InlineBracket | BlockBracket;
export type AnyOption = Option<Inline> | Option<Block>;

/**
 * A bracket with where it stands. `options` are the alternatives that can be chosen: no placeholder words and
 * no open-ended member. `parent` is absent at the top; otherwise the bracket exists only when that option of
 * the parent is chosen. `clause` is the clause in which it opens; for a bracket around clauses its first one.
 */
export interface PlacedBracket {
  readonly bracket: AnyBracket;
  readonly options: readonly AnyOption[];
  readonly clause: ClauseId | undefined;
  readonly depth: number;
  readonly parent?: { readonly bracket: BracketId; readonly option: OptionId };
}

/** The alternatives of a bracket that can be chosen. A placeholder has none. */
export function choosable(bracket: InlineBracket): readonly Option<Inline>[];
export function choosable(bracket: BlockBracket): readonly Option<Block>[];
export function choosable(bracket: AnyBracket): readonly AnyOption[];
export function choosable(bracket: AnyBracket): readonly AnyOption[] {
  return (bracket.options as readonly AnyOption[]).filter((option) => !option.open);
}

/** Has the alternation (or option block) a member such as "[other]" that leaves it open? */
export function isOpenEnded(bracket: Bracket<unknown>): boolean {
  return bracket.kind !== "placeholder" && bracket.options.some((option) => option.open);
}

/** A clause as it begins in the text, whether as a block of its own or inside a bracket of an earlier one. */
export type AnyClause = Clause | ClauseBreak;

export interface Visitor {
  clause?(clause: Clause): void;
  break?(clause: ClauseBreak): void;
  bracket?(placed: PlacedBracket): void;
  inline?(inline: Inline, option: { bracket: BracketId; option: OptionId } | undefined): void;
}

/** Calls the visitor for everything in the draft's blocks, in reading order, outer before inner. */
export function visit(draft: Draft, visitor: Visitor): void {
  walkBlocks(draft.blocks, visitor, 0, undefined);
}

type Parent = PlacedBracket["parent"];

function walkBlocks(blocks: readonly Block[], visitor: Visitor, depth: number, parent: Parent): void {
  for (const block of blocks) {
    if (block.type === "clause") {
      visitor.clause?.(block);
      walkInlines(block.content, visitor, depth, parent, block.id);
    } else {
      visitor.bracket?.(place(block, firstClause(block), depth, parent));
      for (const option of block.options) {
        walkBlocks(option.content, visitor, depth + 1, { bracket: block.id, option: option.id });
      }
    }
  }
}

function walkInlines(
  inlines: readonly Inline[],
  visitor: Visitor,
  depth: number,
  parent: Parent,
  startClause: ClauseId,
): ClauseId {
  let clause = startClause;
  for (const inline of inlines) {
    visitor.inline?.(inline, parent);
    if (inline.type === "break") {
      clause = inline.clause;
      visitor.break?.(inline);
    }
    if (inline.type === "bracket") {
      visitor.bracket?.(place(inline, clause, depth, parent));
      for (const option of inline.options) {
        const inside = { bracket: inline.id, option: option.id };
        clause = walkInlines(option.content, visitor, depth + 1, inside, clause);
      }
    }
  }
  return clause;
}

function place(bracket: AnyBracket, clause: ClauseId | undefined, depth: number, parent: Parent) {
  const options = choosable(bracket);
  return parent ? { bracket, options, clause, depth, parent } : { bracket, options, clause, depth };
}

function firstClause(bracket: BlockBracket): ClauseId | undefined {
  for (const option of bracket.options) {
    for (const block of option.content) {
      const id = block.type === "clause" ? block.id : firstClause(block);
      if (id) return id;
    }
  }
  return undefined;
}

/** All brackets in reading order, outer before inner. */
export function brackets(draft: Draft): PlacedBracket[] {
  const all: PlacedBracket[] = [];
  visit(draft, { bracket: (placed) => all.push(placed) });
  return all;
}

/**
 * The brackets of footnotes and reservations, in the order of the notes. They are no choices of the text: nobody is
 * asked about them, and they are counted apart. Comments are about the text; what stands in them is not listed.
 */
export function bracketsInNotes(
  draft: Draft,
): { readonly note: NoteId; readonly bracket: InlineBracket; readonly depth: number }[] {
  return draft.notes.flatMap(({ id, kind, content }) => {
    const all: { note: NoteId; bracket: InlineBracket; depth: number }[] = [];
    if (kind === "comment") return all;
    const bracket = (placed: PlacedBracket) => {
      if (!isAround(placed.bracket)) all.push({ note: id, bracket: placed.bracket, depth: placed.depth });
    };
    walkInlines(content, { bracket }, 0, undefined, "" as ClauseId);
    return all;
  });
}

/** All clauses that are blocks, in reading order, those inside options included. */
export function clauses(draft: Draft): Clause[] {
  return clausesIn(draft.blocks);
}

export function clausesIn(blocks: readonly Block[]): Clause[] {
  const all: Clause[] = [];
  walkBlocks(blocks, { clause: (clause) => all.push(clause) }, 0, undefined);
  return all;
}

/** Does the bracket enclose whole clauses? */
export function isAround(bracket: AnyBracket): bracket is BlockBracket {
  return bracket.options.some(({ content }) =>
    content.some((one) => one.type === "clause" || (one.type === "bracket" && isAround(one))),
  );
}

/** The words as they stand, brackets left out: text of all options in order, without notes. */
export function plainText(inlines: readonly Inline[]): string {
  let text = "";
  for (const inline of inlines) {
    if (inline.type === "text") text += inline.text;
    if (inline.type === "break") text += `\n${inline.ordinal}${inline.ordinal ? " " : ""}`;
    if (inline.type === "bracket") for (const option of inline.options) text += plainText(option.content);
  }
  return text;
}
