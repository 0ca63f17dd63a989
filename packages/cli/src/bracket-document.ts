/** The structure of a draft as plain data: what `parley brackets --json` prints. */
import {
  type AnyOption,
  type BracketKind,
  brackets,
  bracketsInNotes,
  type Counts,
  clauses,
  guesses,
  isOpenEnded,
  type Measure,
  measureDraft,
  plainText,
  type Reading,
} from "@parley/text";
import { noticeOf } from "./exercise.ts";
import { optionWords } from "./option-words.ts";

export interface BracketDocument {
  /** Only for an exercise. */
  readonly notice?: string;
  readonly format: "parley-brackets/1";
  readonly title: string;
  readonly symbol?: string;
  readonly clauses: readonly ClauseDocument[];
  readonly brackets: readonly BracketEntry[];
  /** Those in footnotes and reservations, which are nobody's choice. */
  readonly inNotes: readonly {
    readonly id: string;
    readonly note: string;
    readonly kind: BracketKind;
    readonly text: string;
  }[];
  readonly repairs: readonly { readonly line: number; readonly column: number; readonly done: string }[];
  /** Ids that the text does not give; write them down before an edit shifts them. */
  readonly madeIds: readonly { readonly kind: string; readonly id: string }[];
  readonly counts: Counts;
  /** Brackets under each heading, and by who holds them. */
  readonly measure: Pick<Measure, "byClause" | "byHolder" | "unattributed">;
}

interface ClauseDocument {
  readonly id: string;
  readonly ordinal: string;
  /** The words of a heading; null for a paragraph. */
  readonly heading: string | null;
  readonly level: number;
}

export interface BracketEntry {
  readonly id: string;
  readonly clause: string | null;
  readonly kind: BracketKind;
  readonly openEnded: boolean;
  /** 1: it stands in no other bracket. */
  readonly depth: number;
  readonly parent?: { readonly bracket: string; readonly option: string };
  /** Those that can be chosen. */
  readonly options: readonly { readonly id: string; readonly text: string }[];
  readonly attributions: readonly {
    readonly option: string;
    readonly party: string;
    readonly role: string;
  }[];
  readonly ambiguous: boolean;
  readonly guess?: string;
  readonly line?: number;
}

export function bracketDocument(reading: Reading, exercise: boolean): BracketDocument {
  const { draft } = reading;
  const { counts, byClause, byHolder, unattributed } = measureDraft(draft);
  const guessed = new Map(reading.ambiguities.map(({ bracket, guess }) => [bracket, guess]));
  return {
    ...noticeOf(exercise),
    format: "parley-brackets/1",
    title: draft.title,
    ...(draft.symbol === undefined ? {} : { symbol: draft.symbol }),
    clauses: clauses(draft).map(({ id, ordinal, form, level, content }) => ({
      id,
      ordinal,
      heading: form === "heading" ? plainText(content) : null,
      level,
    })),
    brackets: brackets(draft).map(({ bracket, options, clause, depth, parent }) => {
      const guess = guessed.get(bracket.id);
      const line = reading.places.get(bracket.id)?.line;
      return {
        id: bracket.id,
        clause: clause ?? null,
        kind: bracket.kind,
        openEnded: isOpenEnded(bracket),
        depth: depth + 1,
        ...(parent ? { parent: { bracket: parent.bracket, option: parent.option } } : {}),
        options: options.map((option) => ({ id: option.id, text: optionWords(option) })),
        attributions: (bracket.options as readonly AnyOption[]).flatMap((option) =>
          (option.attributions ?? []).map(({ party, role }) => ({ option: option.id, party, role })),
        ),
        ambiguous: bracket.ambiguous === true,
        ...(guess === undefined ? {} : { guess: guesses[guess] }),
        ...(line === undefined ? {} : { line }),
      };
    }),
    inNotes: bracketsInNotes(draft).map(({ note, bracket }) => ({
      id: bracket.id,
      note,
      kind: bracket.kind,
      text: bracket.options
        .map(optionWords)
        .filter((words) => words !== "")
        .join(" | "),
    })),
    repairs: reading.repairs.map(({ place, done }) => ({ ...place, done })),
    madeIds: reading.made.map(({ kind, id }) => ({ kind, id })),
    counts,
    measure: { byClause, byHolder, unattributed },
  };
}
