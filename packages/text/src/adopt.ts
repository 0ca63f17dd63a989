/**
 * A text that was edited elsewhere gets back the ids of the draft it came from, so that preferences and
 * amendments still find their brackets. A clause with the same words is taken from the known draft as a whole;
 * in a changed one the brackets whose words are the same, and then those of the same kind and size, in order.
 */
import { matchParagraphs } from "./compare/match.ts";
import { Names } from "./id.ts";
import type {
  Block,
  BlockBracket,
  BracketId,
  Clause,
  ClauseId,
  Draft,
  Inline,
  InlineBracket,
  Note,
  NoteId,
  OptionId,
} from "./model.ts";
import { nameIds } from "./naming.ts";
import { joinInlines } from "./normal.ts";
import type { Reading } from "./report.ts";
import { rewrite } from "./rewrite.ts";
import { brackets, clauses, isAround } from "./walk.ts";
import { contentWords } from "./words.ts";

/** `reading` with the ids, attributions and header of `known` wherever they still fit. */
export function adoptIds(reading: Reading, known: Draft): Reading {
  const adoption = new Adoption(reading.draft, known);
  const blocks = adoption.blocks(reading.draft.blocks);
  const unnamed = { ...known, title: reading.draft.title, blocks, notes: adoption.notes };
  const { draft, made } = nameIds(withoutLooseMarks(unnamed));
  const ids = new Map(
    brackets(reading.draft).map(({ bracket }) => [bracket.id, adoption.renamed.get(bracket.id)]),
  );
  const present = new Set(brackets(draft).map(({ bracket }) => bracket.id));
  const places = new Map(
    [...reading.places].flatMap(([id, place]) => {
      const now = ids.get(id);
      return now && present.has(now) ? [[now, place] as const] : [];
    }),
  );
  const ambiguities = reading.ambiguities.flatMap((one) => {
    const now = ids.get(one.bracket);
    const open = brackets(draft).find(({ bracket }) => bracket.id === now)?.bracket.ambiguous;
    return now && open ? [{ ...one, bracket: now }] : [];
  });
  return { draft, repairs: reading.repairs, ambiguities, made, places };
}

class Adoption {
  readonly notes: Note[];
  /** The ids that brackets of the reading have now. */
  readonly renamed: Map<BracketId, BracketId> = new Map();
  readonly #counterpart = new Map<ClauseId, Clause>();
  readonly #noteIds = new Map<NoteId, NoteId>();
  readonly #used = new Set<BracketId>();
  readonly #around: BlockBracket[];

  constructor(draft: Draft, known: Draft) {
    const old = clauses(known);
    const now = clauses(draft);
    const words = (list: readonly Clause[]) => list.map(({ content }) => contentWords(content));
    for (const [index, source] of matchParagraphs(words(old), words(now)).from) {
      const clause = now[index];
      const before = old[source];
      if (clause && before) this.#counterpart.set(clause.id, before);
    }
    this.#around = brackets(known).flatMap(({ bracket }) => (isAround(bracket) ? [bracket] : []));
    this.notes = this.#adoptNotes(draft.notes, known.notes);
  }

  /** Notes with the same words are the known ones; others keep out of their way. */
  #adoptNotes(notes: readonly Note[], known: readonly Note[]): Note[] {
    const names = new Names(known.map(({ id }) => id));
    const left = [...known];
    const matched = notes.map((note) => {
      const words = contentWords(note.content).join(" ");
      const isComment = note.kind === "comment";
      const at = left.findIndex(
        (one) => (one.kind === "comment") === isComment && contentWords(one.content).join(" ") === words,
      );
      const [found] = at === -1 ? [] : left.splice(at, 1);
      const id = found?.id ?? (names.take(note.id) as NoteId);
      this.#noteIds.set(note.id, id);
      return { note, id, found };
    });
    return matched.map(
      ({ note, id, found }) => found ?? { ...note, id, content: this.#inlines(note.content, []) },
    );
  }

  blocks(list: readonly Block[]): Block[] {
    return list.map((block) => (block.type === "clause" ? this.#clause(block) : this.#block(block)));
  }

  #clause(clause: Clause): Clause {
    const known = this.#counterpart.get(clause.id);
    const { concerns } = known ?? {};
    const said = concerns ? { concerns } : {};
    const id = known?.id ?? ("" as ClauseId);
    if (known && contentWords(known.content).join(" ") === contentWords(clause.content).join(" ")) {
      this.#rename(inlineBrackets(clause.content), inlineBrackets(known.content));
      return { ...clause, id, content: known.content, ...said };
    }
    const pool = inlineBrackets(known?.content ?? []);
    return { ...clause, id, content: this.#inlines(clause.content, pool), ...said };
  }

  #rename(before: readonly InlineBracket[], after: readonly InlineBracket[]): void {
    for (const { id } of after) this.#used.add(id);
    if (before.length !== after.length) return;
    before.forEach(({ id }, index) => {
      const now = after[index];
      if (now) this.renamed.set(id, now.id);
    });
  }

  #inlines(list: readonly Inline[], pool: readonly InlineBracket[]): Inline[] {
    return list.map((inline): Inline => {
      if (inline.type === "note") return { ...inline, note: this.#noteIds.get(inline.note) ?? inline.note };
      if (inline.type === "break") return { ...inline, clause: "" as ClauseId };
      return inline.type === "bracket" ? this.#inline(inline, pool) : inline;
    });
  }

  #inline(bracket: InlineBracket, pool: readonly InlineBracket[]): InlineBracket {
    const free = pool.filter((one) => inlineBrackets([one]).every(({ id }) => !this.#used.has(id)));
    const words = contentWords([bracket]).join(" ");
    const same = free.find((one) => contentWords([one]).join(" ") === words);
    if (same) {
      this.#rename(inlineBrackets([bracket]), inlineBrackets([same]));
      return same;
    }
    const alike = free.find(
      (one) => one.kind === bracket.kind && one.options.length === bracket.options.length,
    );
    if (alike) {
      this.#used.add(alike.id);
      this.renamed.set(bracket.id, alike.id);
    }
    const fixed = bracket.kind === "optional" || bracket.kind === "placeholder";
    const options = bracket.options.map((option, index) => ({
      ...option,
      id: fixed ? option.id : (alike?.options[index]?.id ?? ("" as OptionId)),
      content: this.#inlines(option.content, pool),
    }));
    return { ...bracket, id: alike?.id ?? ("" as BracketId), options };
  }

  #block(bracket: BlockBracket): BlockBracket {
    const inside = bracket.options.map((option) => this.blocks(option.content));
    const first = inside.flat().flatMap(firstId)[0];
    const known = this.#around.find(
      (one) =>
        !this.#used.has(one.id) &&
        one.kind === bracket.kind &&
        one.options.length === bracket.options.length &&
        first !== undefined &&
        one.options.flatMap(({ content }) => content.flatMap(firstId))[0] === first,
    );
    if (known) {
      this.#used.add(known.id);
      this.renamed.set(bracket.id, known.id);
    }
    const fixed = bracket.kind === "optional" || bracket.kind === "placeholder";
    const options = bracket.options.map((option, index) => {
      const { id = fixed ? option.id : ("" as OptionId), attributions } = known?.options[index] ?? {};
      return { ...option, id, content: inside[index] ?? [], ...(attributions && { attributions }) };
    });
    return { ...bracket, id: known?.id ?? ("" as BracketId), options };
  }
}

/** Marks of notes that were taken out of the text go. */
function withoutLooseMarks(draft: Draft): Draft {
  const present = new Set(draft.notes.map(({ id }) => id));
  const inlines = (list: readonly Inline[]) =>
    joinInlines(list.filter((inline) => inline.type !== "note" || present.has(inline.note)));
  return rewrite(draft, { inlines });
}

/** All brackets of inline content, outer before inner. */
function inlineBrackets(list: readonly Inline[]): InlineBracket[] {
  return list.flatMap((inline) =>
    inline.type === "bracket"
      ? [inline, ...inline.options.flatMap(({ content }) => inlineBrackets(content))]
      : [],
  );
}

function firstId(block: Block): ClauseId[] {
  if (block.type === "clause") return block.id === "" ? [] : [block.id];
  return block.options.flatMap(({ content }) => content.flatMap(firstId));
}
