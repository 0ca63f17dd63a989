/**
 * A change to a draft, as an event carries it: anchored to the ids of clauses and brackets, so that adopting one never
 * makes another stale, unless they touch the same clause or bracket.
 *
 * New words come as canonical Markdown of one clause, with the ids of their own brackets (`docs/formats/draft-markdown.md`).
 */
import {
  type Amended,
  addAlternative,
  addClause,
  type BracketId,
  bracketSpan,
  brackets,
  type Clause,
  type ClauseId,
  changeAlternative,
  clauses,
  concernClause,
  type Draft,
  deleteClause,
  type OptionId,
  parseMarkdown,
  removeAlternative,
  renderMarkdown,
  replaceClause,
  TextError,
} from "@parley/text";
import { isRefusal, type Refusal, refuse } from "./refusal.ts";
import type { BodyOf } from "./shape.ts";

export const changeShape = {
  kind: "addClause | replaceClause | deleteClause | concernClause | addAlternative | changeAlternative | removeAlternative | bracketWords",
  "clause?": "slug",
  "bracket?": "slug",
  "option?": "slug",
  "words?": "text",
  "text?": "text",
  "concerns?": ["seat"],
} as const;

export type Change = BodyOf<typeof changeShape>;

/** A draft that a text carries exactly: canonical, so that nothing in it was guessed or repaired. */
export function readDraft(text: string): Draft | Refusal {
  try {
    const { draft } = parseMarkdown(text);
    return renderMarkdown(draft) === text
      ? draft
      : refuse("bad-body", "body.text is not a draft in canonical Markdown; convert it first.");
  } catch (error) {
    if (error instanceof TextError) return refuse("bad-body", `body.text, ${error.message}`);
    throw error;
  }
}

/** The same, of a text that is put on record: in an exercise it says that it is one. */
export function readMarked(text: string, exercise: boolean): Draft | Refusal {
  const draft = readDraft(text);
  return exercise && !isRefusal(draft) && !draft.exercise
    ? refuse("exercise-unmarked", "A text of an exercise says so in its header: exercise: true.", {
        code: "exercise: true",
      })
    : draft;
}

/** The draft with this change, or why it cannot be made. */
export function changed(draft: Draft, change: Change): Draft | Refusal {
  const amended = amend(draft, change);
  if (isRefusal(amended)) return amended;
  return amended.ok ? amended.draft : refuse(amended.code, amended.sentence);
}

function amend(draft: Draft, change: Change): Amended | Refusal {
  const clause = change.clause as ClauseId | undefined;
  const bracket = change.bracket as BracketId | undefined;
  const option = change.option as OptionId | undefined;
  switch (change.kind) {
    case "addClause":
      return withClause(change, (added) => addClause(draft, clause, added));
    case "replaceClause":
      if (!clause) return lacking("clause");
      return withClause(change, ({ content }) => replaceClause(draft, clause, content));
    case "deleteClause":
      return clause ? deleteClause(draft, clause) : lacking("clause");
    case "concernClause":
      if (!clause || !change.concerns) return lacking(clause ? "concerns" : "clause");
      return concernClause(draft, clause, change.concerns);
    case "addAlternative":
      if (!bracket || !option) return lacking(bracket ? "option" : "bracket");
      return withClause(change, ({ content }) => addAlternative(draft, bracket, { id: option, content }));
    case "changeAlternative":
      if (!bracket || !option) return lacking(bracket ? "option" : "bracket");
      return withClause(change, ({ content }) => changeAlternative(draft, bracket, option, content));
    case "removeAlternative":
      if (!bracket || !option) return lacking(bracket ? "option" : "bracket");
      return removeAlternative(draft, bracket, option);
    case "bracketWords":
      if (!clause || !bracket || !change.words)
        return lacking(clause ? (bracket ? "words" : "bracket") : "clause");
      return bracketSpan(draft, { clause, words: change.words, bracket });
  }
}

function lacking(key: string): Refusal {
  return refuse("bad-body", `body.change lacks the key "${key}".`);
}

function withClause(change: Change, then: (clause: Clause) => Amended): Amended | Refusal {
  if (change.text === undefined) return lacking("text");
  try {
    const { draft, made, repairs } = parseMarkdown(
      `---\nformat: parley-draft/1\ntitle: words\n---\n\n${change.text}\n`,
    );
    const [block] = draft.blocks;
    const unnamed = made.find((one) => one.kind !== "clause" || change.kind === "addClause");
    if (unnamed) return refuse("bad-body", `body.change.text has a ${unnamed.kind} without an id.`);
    return block?.type === "clause" &&
      draft.blocks.length === 1 &&
      repairs.length === 0 &&
      draft.notes.length === 0
      ? then(block)
      : refuse("bad-body", "body.change.text must be the words of one clause.");
  } catch (error) {
    if (error instanceof TextError) return refuse("bad-body", `body.change.text, ${error.message}`);
    throw error;
  }
}

/** The clauses and brackets that a change touches: two changes that share one cannot both be made as proposed. */
export function anchorsOf(draft: Draft, change: Change): readonly string[] {
  const placed = brackets(draft);
  if (change.bracket !== undefined && change.kind !== "bracketWords") {
    return [change.bracket, ...withinOption(draft, change.bracket, change.option)].map(bracketAnchor);
  }
  if (change.clause === undefined || change.kind === "addClause") return [];
  // Whom a clause concerns is beside its words: either can change without the other.
  if (change.kind === "concernClause") return [`concerns ${change.clause}`];
  const inside = clauses(draft).filter((clause) => clause.id === change.clause);
  const its = placed.filter(({ clause }) => inside.some(({ id }) => id === clause));
  const changesBrackets = change.kind !== "bracketWords";
  return [
    clauseAnchor(change.clause),
    ...(changesBrackets ? its.map(({ bracket }) => bracketAnchor(bracket.id)) : []),
  ];
}

/** Brackets inside the option that a change replaces or takes away. */
function withinOption(draft: Draft, bracket: string, option: string | undefined): readonly string[] {
  const found: string[] = [];
  for (const { bracket: inner, parent } of brackets(draft)) {
    const direct = parent?.bracket === bracket && parent.option === option;
    if (direct || (parent && found.includes(parent.bracket))) found.push(inner.id);
  }
  return found;
}

export function bracketAnchor(id: string): string {
  return `bracket ${id}`;
}

function clauseAnchor(id: string): string {
  return `clause ${id}`;
}
