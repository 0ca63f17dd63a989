/** Gives ids to the clauses, brackets and alternatives that a source left without. "" stands for no id. */
import { Names, slug } from "./id.ts";
import type {
  Block,
  BlockBracket,
  BracketId,
  Clause,
  ClauseBreak,
  ClauseForm,
  ClauseId,
  Draft,
  Inline,
  InlineBracket,
  Note,
  Option,
  OptionId,
} from "./model.ts";
import type { MadeId } from "./report.ts";
import { brackets, plainText, visit } from "./walk.ts";

/** The same draft with every id present. Given ids stay as they are; made ones avoid them. */
export function nameIds(draft: Draft): { draft: Draft; made: MadeId[] } {
  const naming = new Naming(draft);
  const blocks = naming.blocks(draft.blocks);
  const notes = draft.notes.map((note) => ({ ...note, content: naming.inlines(note.content) }));
  return { draft: { ...draft, blocks, notes }, made: naming.made };
}

class Naming {
  readonly made: MadeId[] = [];
  readonly #clauses: Names;
  readonly #brackets: Names;
  #bracketCount = 0;
  /** The ids of the clauses under which the next one stands, with their rank. */
  readonly #above: { readonly rank: number; readonly id: string }[] = [];

  constructor(draft: Draft) {
    const given: string[] = [];
    const all = { ...draft, blocks: [...draft.blocks, ...draft.notes.map(asClause)] };
    visit(all, {
      clause: ({ id }) => id && given.push(id),
      break: ({ clause }) => clause && given.push(clause),
    });
    this.#clauses = new Names(given);
    this.#brackets = new Names(brackets(all).map(({ bracket }) => bracket.id));
  }

  blocks(blocks: readonly Block[]): Block[] {
    return blocks.map((block) => (block.type === "clause" ? this.#clause(block) : this.#block(block)));
  }

  #clause(clause: Clause): Clause {
    const id = this.#clauseId(clause.id, clause, clause.form === "heading" ? plainText(clause.content) : "");
    return { ...clause, id, content: this.inlines(clause.content) };
  }

  inlines(inlines: readonly Inline[]): Inline[] {
    return inlines.map((inline) => {
      if (inline.type === "break") return this.#break(inline);
      return inline.type === "bracket" ? this.#inline(inline) : inline;
    });
  }

  #break(inline: ClauseBreak): ClauseBreak {
    return { ...inline, clause: this.#clauseId(inline.clause, inline, "") };
  }

  #inline(bracket: InlineBracket): InlineBracket {
    const id = this.#bracketId(bracket.id);
    const options = this.#optionIds(bracket.options, (option) => plainText(option.content));
    return {
      ...bracket,
      id,
      options: options.map((option) => ({ ...option, content: this.inlines(option.content) })),
    };
  }

  #block(bracket: BlockBracket): BlockBracket {
    const id = this.#bracketId(bracket.id);
    const options = this.#optionIds(bracket.options, (option) => blockWords(option.content));
    return {
      ...bracket,
      id,
      options: options.map((option) => ({ ...option, content: this.blocks(option.content) })),
    };
  }

  #clauseId(
    given: ClauseId,
    clause: { form: ClauseForm; level: number; ordinal: string },
    words: string,
  ): ClauseId {
    const rank = clause.form === "heading" ? clause.level : 100 + clause.level;
    while (this.#above.length > 0 && (this.#above.at(-1)?.rank ?? 0) >= rank) this.#above.pop();
    const id = given || this.#makeClauseId(clause.ordinal, words);
    this.#above.push({ rank, id });
    return id as ClauseId;
  }

  #makeClauseId(ordinal: string, words: string): string {
    const own = slug(ordinal) || slug(words) || "p";
    const above = this.#above.at(-1)?.id ?? "";
    const full =
      /^(?:article|annex|section|chapter|part)-/.test(own) || above === "" ? own : `${above}.${own}`;
    const id = this.#clauses.take(full.length <= 60 ? full : own);
    this.made.push({ kind: "clause", id });
    return id;
  }

  #bracketId(given: BracketId): BracketId {
    if (given) return given;
    do this.#bracketCount++;
    while (this.#brackets.has(`b${this.#bracketCount}`));
    const id = `b${this.#bracketCount}`;
    this.made.push({ kind: "bracket", id });
    return id as BracketId;
  }

  #optionIds<C>(options: readonly Option<C>[], words: (option: Option<C>) => string): Option<C>[] {
    const names = new Names(options.map((option) => option.id));
    return options.map((option) => {
      if (option.id) return option;
      const said = slug(option.label ?? "", 5) || slug(words(option)) || (option.noText ? "none" : "other");
      const id = names.take(said);
      this.made.push({ kind: "option", id });
      return { ...option, id: id as OptionId };
    });
  }
}

/** A note's ids are unique together with those of the text. */
function asClause({ content }: Note): Clause {
  return { type: "clause", id: "" as ClauseId, form: "paragraph", level: 0, ordinal: "", content };
}

function blockWords(blocks: readonly Block[]): string {
  const first = blocks[0];
  if (!first) return "";
  return first.type === "clause" ? plainText(first.content) : blockWords(first.options[0]?.content ?? []);
}
