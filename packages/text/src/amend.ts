/**
 * Amendments to a draft, each anchored to the id of a clause or bracket, so that taking one up never shifts
 * another. Every function gives the new draft, or a refusal with a code and a sentence; none changes its input.
 */
import { saysNoText } from "./classify.ts";
import { isId, Names } from "./id.ts";
import {
  type Block,
  type BracketId,
  type Clause,
  type ClauseId,
  DROP,
  type Draft,
  type Inline,
  type InlineBracket,
  KEEP,
  type Option,
  type OptionId,
} from "./model.ts";
import { joinInlines } from "./normal.ts";
import { rewrite } from "./rewrite.ts";
import { settle } from "./settle.ts";
import { SpanSearch } from "./span.ts";
import { type AnyBracket, brackets, choosable, clauses, plainText } from "./walk.ts";

export type AmendRefusalCode =
  | "unknown-clause"
  | "unknown-bracket"
  | "unknown-option"
  | "id-taken"
  | "bad-id"
  | "words-not-found"
  | "too-few-alternatives";
export interface AmendRefusal {
  readonly ok: false;
  readonly code: AmendRefusalCode;
  readonly sentence: string;
}
export type Amended = { readonly ok: true; readonly draft: Draft } | AmendRefusal;

/** Puts a clause right after another one; `undefined`: at the start of the text. */
export function addClause(draft: Draft, after: ClauseId | undefined, clause: Clause): Amended {
  const wrong =
    (after !== undefined && missingClause(draft, after)) ||
    badId(clause.id) ||
    takenClause(draft, clause.id) ||
    takenBracket(draft, clause.content);
  if (wrong) return wrong;
  if (after === undefined) return done({ ...draft, blocks: [clause, ...draft.blocks] });
  return done(rewrite(draft, { clause: (one) => (one.id === after ? [one, clause] : [one]) }));
}

/** Gives a clause new content; its id, number and place stay. */
export function replaceClause(draft: Draft, id: ClauseId, content: readonly Inline[]): Amended {
  const wrong =
    missingClause(draft, id) ||
    takenBracket(
      rewriteClause(draft, id, () => []),
      content,
    );
  return wrong || done(rewriteClause(draft, id, () => joinInlines(content)));
}

/** Says on which affected parties a clause is binding only by their acceptance; on none, if the list is empty. */
export function concernClause(draft: Draft, id: ClauseId, concerns: readonly string[]): Amended {
  const said = (clause: Clause): Clause => {
    const { concerns: _before, ...rest } = clause;
    return concerns.length > 0 ? { ...rest, concerns } : rest;
  };
  const wrong = missingClause(draft, id);
  return wrong || done(rewrite(draft, { clause: (one) => [one.id === id ? said(one) : one] }));
}

/** Takes a clause out. Its subparagraphs stay; each can be taken out likewise. */
export function deleteClause(draft: Draft, id: ClauseId): Amended {
  const wrong = missingClause(draft, id);
  return wrong || done(rewrite(draft, { clause: (one) => (one.id === id ? [] : [one]) }));
}

/**
 * Adds an alternative. An optional text becomes an alternation that still has `keep` and, as its choice of no
 * text, `drop`, so that what was scored or said about them stays true. A placeholder's words stay as the open
 * member. In a bracket around clauses the words become a clause.
 */
export function addAlternative(draft: Draft, bracket: BracketId, option: Option<Inline>): Amended {
  const found = findBracket(draft, bracket);
  const wrong = missingBracket(draft, bracket) || badId(option.id) || takenBracket(draft, option.content);
  if (wrong) return wrong;
  if (found?.options.some(({ id }) => id === option.id)) {
    return refuse("id-taken", `Bracket "${bracket}" already has an option "${option.id}".`);
  }
  const add = <C>(options: readonly Option<C>[], added: Option<C>) => {
    const isDrop = (one: Option<C>) => found?.kind === "optional" && one.id === DROP;
    return [...options.filter((one) => !isDrop(one)), added, ...options.filter(isDrop)];
  };
  const kind = found?.kind === "option-block" ? "option-block" : "alternation";
  return done(
    editBracket(draft, bracket, {
      inline: (one) => ({ ...one, kind, options: add(one.options, option) }),
      block: (one) => ({ ...one, kind, options: add(one.options, asClause(draft, bracket, option)) }),
    }),
  );
}

/**
 * Gives an alternative new words; its id stays, and with it what parties said about it. One that stood for no text is then
 * those words: choosing it puts them in. Leaving a text out has no words to change.
 */
export function changeAlternative(
  draft: Draft,
  bracket: BracketId,
  option: OptionId,
  content: readonly Inline[],
): Amended {
  const empty = <C>(one: Option<C>): Option<C> => (one.id === option ? { ...one, content: [] } : one);
  const without = editBracket(draft, bracket, {
    inline: (one) => ({ ...one, options: one.options.map(empty) }),
    block: (one) => ({ ...one, options: one.options.map(empty) }),
  });
  const wrong =
    missingBracket(draft, bracket) ||
    missingOption(draft, bracket, option) ||
    wordless(draft, bracket, option) ||
    takenBracket(without, content);
  if (wrong) return wrong;
  const words = joinInlines(content);
  const saysNone = saysNoText(plainText(words));
  const put = <C>(one: Option<C>, wording: readonly C[]): Option<C> => {
    if (one.id !== option) return one;
    const { noText, ...worded } = one;
    return { ...worded, content: wording, ...(noText && saysNone && { noText }) };
  };
  return done(
    editBracket(without, bracket, {
      inline: (one) => ({ ...one, options: one.options.map((each) => put(each, words)) }),
      block: (one) => ({
        ...one,
        options: one.options.map((each) =>
          put(each, asClause(without, bracket, { id: option, content: words }).content),
        ),
      }),
    }),
  );
}

/** Takes an alternative out. Of two that can be chosen none goes: that would be a settlement. */
export function removeAlternative(draft: Draft, bracket: BracketId, option: OptionId): Amended {
  const found = findBracket(draft, bracket);
  const wrong = missingBracket(draft, bracket) || missingOption(draft, bracket, option);
  if (wrong) return wrong;
  const left = found ? choosable(found).filter(({ id }) => id !== option).length : 0;
  if (found?.kind === "placeholder" || left < 2) {
    return refuse(
      "too-few-alternatives",
      `Bracket "${bracket}" would have fewer than two alternatives left: settle it instead.`,
    );
  }
  const others = <C>(options: readonly Option<C>[]) => options.filter(({ id }) => id !== option);
  return done(
    editBracket(draft, bracket, {
      inline: (one) => ({ ...one, options: others(one.options) }),
      block: (one) => ({ ...one, options: others(one.options) }),
    }),
  );
}

/** Words in a clause that are put in brackets. `occurrence` counts from 0. */
export interface BracketSpan {
  readonly clause: ClauseId;
  readonly words: string;
  readonly occurrence?: number;
  readonly bracket: BracketId;
  /** Other wordings; with none the words become an optional text. */
  readonly alternatives?: readonly Option<Inline>[];
}

/** Puts words of a clause in brackets, as an optional text, or as the option `keep` of an alternation. */
export function bracketSpan(draft: Draft, span: BracketSpan): Amended {
  const { bracket, alternatives = [], words } = span;
  const wrong =
    missingClause(draft, span.clause) ||
    badId(bracket) ||
    alternatives.map(({ id }) => badId(id)).find((one) => one !== undefined) ||
    takenBracket(draft, [{ type: "bracket", id: bracket, kind: "alternation", options: alternatives }]);
  if (wrong) return wrong;
  const ids = [KEEP, ...alternatives.map(({ id }) => id)];
  if (new Set(ids).size < ids.length)
    return refuse("id-taken", `Two options of "${bracket}" have the same id.`);
  const search = new SpanSearch(words, span.occurrence ?? 0, (text) =>
    spanBracket(bracket, text, alternatives),
  );
  const amended = rewriteClause(draft, span.clause, (content) => search.inlines(content));
  if (search.hits === 0) {
    return refuse(
      "words-not-found",
      `Clause "${span.clause}" has no words "${words.slice(0, 60)}" of one setting.`,
    );
  }
  return done(amended);
}

function rewriteClause(
  draft: Draft,
  id: ClauseId,
  content: (old: readonly Inline[]) => readonly Inline[],
): Draft {
  return rewrite(draft, {
    clause: (one) => [one.id === id ? { ...one, content: content(one.content) } : one],
  });
}

function spanBracket(id: BracketId, text: Inline, alternatives: readonly Option<Inline>[]): InlineBracket {
  const kept: Option<Inline> = { id: KEEP, content: [text] };
  if (alternatives.length > 0) {
    return { type: "bracket", id, kind: "alternation", options: [kept, ...alternatives] };
  }
  return { type: "bracket", id, kind: "optional", options: [kept, { id: DROP, content: [], noText: true }] };
}

/** Puts the settlement of one bracket into the text. Brackets inside the chosen alternative stay. */
export function settleBracket(draft: Draft, bracket: BracketId, option: OptionId): Amended {
  const found = findBracket(draft, bracket);
  const wrong = missingBracket(draft, bracket) || missingOption(draft, bracket, option);
  if (wrong) return wrong;
  if (found && !choosable(found).some(({ id }) => id === option)) {
    return refuse(
      "unknown-option",
      `Option "${option}" of bracket "${bracket}" cannot be chosen: it is open.`,
    );
  }
  return done(settle(draft, new Map([[bracket, option]])).draft);
}

function done(draft: Draft): Amended {
  return { ok: true, draft };
}

function refuse(code: AmendRefusalCode, sentence: string): AmendRefusal {
  return { ok: false, code, sentence };
}

function badId(id: string): AmendRefusal | undefined {
  return isId(id) ? undefined : refuse("bad-id", `"${id.slice(0, 40)}" cannot be an id.`);
}

function missingClause(draft: Draft, id: ClauseId): AmendRefusal | undefined {
  if (clauses(draft).some((clause) => clause.id === id)) return undefined;
  return refuse("unknown-clause", `The text has no clause "${id}".`);
}

function takenClause(draft: Draft, id: ClauseId): AmendRefusal | undefined {
  const taken = clauses(draft).some((clause) => clause.id === id);
  return taken ? refuse("id-taken", `The text already has a clause "${id}".`) : undefined;
}

function missingBracket(draft: Draft, id: BracketId): AmendRefusal | undefined {
  if (findBracket(draft, id)) return undefined;
  return refuse("unknown-bracket", `The text has no bracket "${id}".`);
}

function missingOption(draft: Draft, bracket: BracketId, option: OptionId): AmendRefusal | undefined {
  if (findBracket(draft, bracket)?.options.some(({ id }) => id === option)) return undefined;
  return refuse("unknown-option", `Bracket "${bracket}" has no option "${option}".`);
}

function wordless(draft: Draft, bracket: BracketId, option: OptionId): AmendRefusal | undefined {
  return findBracket(draft, bracket)?.kind === "optional" && option === DROP
    ? refuse("unknown-option", `Leaving out bracket "${bracket}" has no words; add an alternative instead.`)
    : undefined;
}

/** Refuses new content whose bracket ids are already in the text, or twice in itself. */
function takenBracket(draft: Draft, content: readonly Inline[]): AmendRefusal | undefined {
  const taken = new Set(brackets(draft).map(({ bracket }) => bracket.id));
  const clause = { type: "clause", id: "new", form: "paragraph", level: 0, ordinal: "", content } as const;
  const added = brackets({ title: "", notes: [], blocks: [clause as unknown as Block] });
  for (const { bracket } of added) {
    if (taken.has(bracket.id)) return refuse("id-taken", `The text already has a bracket "${bracket.id}".`);
    taken.add(bracket.id);
  }
  return undefined;
}

function findBracket(draft: Draft, id: BracketId): AnyBracket | undefined {
  return brackets(draft).find(({ bracket }) => bracket.id === id)?.bracket;
}

function editBracket(
  draft: Draft,
  id: BracketId,
  edit: {
    inline: (bracket: InlineBracket) => InlineBracket;
    block: (bracket: Extract<Block, { type: "bracket" }>) => Extract<Block, { type: "bracket" }>;
  },
): Draft {
  return rewrite(draft, {
    inline: (one) => [one.id === id ? edit.inline(one) : one],
    block: (one) => [one.id === id ? edit.block(one) : one],
  });
}

function asClause(draft: Draft, bracket: BracketId, option: Option<Inline>): Option<Block> {
  const names = new Names(clauses(draft).map(({ id }) => id));
  const id = names.take(`${bracket}.${option.id}`.slice(0, 90)) as ClauseId;
  const { content } = option;
  return {
    ...option,
    content:
      content.length === 0 ? [] : [{ type: "clause", id, form: "paragraph", level: 0, ordinal: "", content }],
  };
}
