/**
 * A draft settled by a reference package: what was chosen, what it means for each party, what is left to write,
 * and the clean text. It proposes; it binds nobody, and an affected party only by its own acceptance.
 */
import { type Assessment, assess, draftHash, type Participant, type Provenance } from "@parley/core";
import type { Outcome, SolvedPackage } from "@parley/solver";
import {
  type AnyOption,
  type Block,
  type BracketId,
  brackets,
  type Choices,
  type Clause,
  clauses,
  type Draft,
  type NoteId,
  type OptionId,
  plainText,
  settle,
} from "@parley/text";
import type { CaseSource } from "./case-source.ts";
import { optionWords } from "./option-words.ts";

export interface Settlement {
  /** Marked where a clause binds an affected party only by its acceptance, and as an exercise if it is one. */
  readonly text: Draft;
  readonly choices: readonly Choice[];
  readonly parties: readonly PartyResult[];
  readonly left: readonly Left[];
  readonly notBinding: readonly NotBinding[];
}

/** A clause that binds these parties only by their acceptance. */
export interface NotBinding {
  readonly clause: string;
  readonly section: string;
  readonly ordinal: string;
  readonly parties: readonly string[];
}

export interface Choice {
  readonly bracket: string;
  readonly option: string;
  /** The heading under which the bracket stands. */
  readonly section: string;
  /** "" where the choice leaves no text. */
  readonly words: string;
}

export interface PartyResult extends Assessment {
  readonly party: string;
  readonly name: string;
  readonly seat: string;
  /** False: its preferences only informed. */
  readonly bargained: boolean;
  readonly provenance: Provenance;
  readonly walkAway: number;
  /** The hash in its preferences is that of another draft than this one. */
  readonly scoredAnotherDraft: boolean;
}

export interface Left {
  readonly bracket: string;
  readonly kind: "placeholder" | "open-ended" | "nothing to choose" | "in a note";
  readonly section: string;
  readonly words: string;
}

export function settlementOf(source: CaseSource, solved: SolvedPackage): Settlement {
  const { draft } = source.reading;
  const { principals, informing } = source.bargaining;
  const chosen = new Map(Object.entries(solved.outcome)) as unknown as Choices;
  const settled = settle(draft, chosen);
  const sections = sectionsOf(draft);
  const hash = draftHash(draft);
  const result = (bargained: boolean) => (participant: Participant) =>
    resultOf(participant, bargained, solved.outcome, hash);
  const { text, notBinding } = markedFor(settled.draft, source);
  return {
    text,
    choices: choicesOf(draft, solved.outcome, sections),
    parties: [...principals.map(result(true)), ...informing.map(result(false))],
    left: leftOf(draft, settled, sections),
    notBinding,
  };
}

function resultOf(
  { party, preferences }: Participant,
  bargained: boolean,
  outcome: Outcome,
  hash: string,
): PartyResult {
  const { provenance, walkAway, draft } = preferences;
  return {
    party: party.id,
    name: party.name,
    seat: party.seat,
    bargained,
    provenance,
    walkAway,
    scoredAnotherDraft: draft !== undefined && draft !== hash,
    ...assess(preferences, outcome),
  };
}

/** The nearest heading before each bracket. */
function sectionsOf(draft: Draft): ReadonlyMap<string, string> {
  const headings = new Map<string, string>();
  let section = "";
  for (const clause of clauses(draft)) {
    if (clause.form === "heading") section = words(clause);
    headings.set(clause.id, section);
  }
  return new Map(
    brackets(draft).map(({ bracket, clause }) => [bracket.id, headings.get(clause ?? "") ?? ""]),
  );
}

function words(clause: Clause): string {
  return [clause.ordinal, plainText(clause.content)].filter((part) => part !== "").join(" ");
}

function choicesOf(draft: Draft, outcome: Outcome, sections: ReadonlyMap<string, string>): Choice[] {
  return brackets(draft).flatMap(({ bracket, options }): Choice[] => {
    const option = (options as readonly AnyOption[]).find(
      ({ id }) => id === (outcome[bracket.id] as OptionId),
    );
    if (!option) return [];
    return [
      {
        bracket: bracket.id,
        option: option.id,
        section: sections.get(bracket.id) ?? "",
        words: option.noText ? "" : optionWords(option),
      },
    ];
  });
}

function leftOf(
  draft: Draft,
  settled: ReturnType<typeof settle>,
  sections: ReadonlyMap<string, string>,
): Left[] {
  const found = new Map(brackets(draft).map((placed) => [placed.bracket.id, placed.bracket]));
  const left = (ids: readonly BracketId[], kind: Left["kind"]): Left[] =>
    ids.map((id) => ({
      bracket: id,
      kind,
      section: sections.get(id) ?? "",
      words: ((found.get(id)?.options ?? []) as readonly AnyOption[])
        .filter((option) => option.open)
        .map(optionWords)
        .join(", "),
    }));
  return [
    ...left(settled.placeholders, "placeholder"),
    ...left(settled.openEnded, "open-ended"),
    ...left(settled.unsettled, "nothing to choose"),
    ...left(settled.inNotes, "in a note"),
  ];
}

/** Adds a comment to each clause that concerns an affected party, and says EXERCISE where it is one. */
function markedFor(draft: Draft, source: CaseSource): { text: Draft; notBinding: Settlement["notBinding"] } {
  const nameOf = (id: string): string =>
    source.caseFile?.parties.find((party) => party.id === id)?.name ?? id;
  const marked = new Map<string, NoteId>();
  const notBinding: NotBinding[] = [];
  let section = "";
  const mark = (block: Block): Block => {
    if (block.type === "bracket") {
      return {
        ...block,
        options: block.options.map((option) => ({ ...option, content: option.content.map(mark) })),
      };
    }
    if (block.form === "heading") section = words(block);
    if (!block.concerns) return block;
    const parties = block.concerns.map(nameOf);
    const sentence = `Not binding on ${parties.join(" or ")} without its acceptance.`;
    const note = marked.get(sentence) ?? (`not-binding-${marked.size + 1}` as NoteId);
    marked.set(sentence, note);
    notBinding.push({ clause: block.id, section, ordinal: block.ordinal, parties });
    return { ...block, content: [...block.content, { type: "note", note }] };
  };
  const blocks = draft.blocks.map(mark);
  const notes = [...marked].map(([sentence, id]) => ({
    id,
    kind: "comment" as const,
    content: [{ type: "text" as const, text: sentence }],
  }));
  const text: Draft = {
    ...draft,
    ...(source.exercise ? { exercise: true } : {}),
    blocks,
    notes: [...draft.notes, ...notes],
  };
  return { text, notBinding };
}
