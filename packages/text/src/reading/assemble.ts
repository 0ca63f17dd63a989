/** What a reader made of its source -> draft, with repairs, ambiguities, made ids and places. */
import type { Place } from "../error.ts";
import type { Draft, NoteId } from "../model.ts";
import { nameIds } from "../naming.ts";
import type { Ambiguity, Guess, Reading } from "../report.ts";
import { type AnyBracket, brackets, bracketsInNotes } from "../walk.ts";
import { markBraces } from "./braces.ts";
import { knownPairs } from "./joints.ts";
import type { Context } from "./members.ts";
import { blocksOf } from "./option-blocks.ts";
import { type SourceDocument, textOf } from "./source.ts";
import { tokenize, tokenizeNote } from "./tokens.ts";
import { inlinesOf, unitsOf } from "./units.ts";

export function assemble(read: SourceDocument): Reading {
  const paragraphs = read.paragraphs.map((one) => ({ ...one, pieces: markBraces(one.pieces) }));
  const source = { ...read, paragraphs };
  const opened = new Map<AnyBracket, { place: Place; guess: Guess | undefined }>();
  const tokenized = tokenize(source.paragraphs, source.place);
  const context: Context = {
    known: knownPairs(source.paragraphs.map(({ pieces }) => textOf(pieces))),
    onBracket: (bracket, at, guess) => opened.set(bracket, { place: source.place(at), guess }),
  };
  const units = unitsOf(tokenized, context);
  const blocks = blocksOf(units, (bracket, at) =>
    opened.set(bracket, { place: source.place(at), guess: undefined }),
  );
  const repairs = [...source.repairs, ...tokenized.repairs];
  const notes = source.notes.map(({ pieces, ...note }) => {
    const inside = tokenizeNote(pieces, source.place);
    repairs.push(...inside.repairs);
    return { ...note, id: note.id as NoteId, content: inlinesOf(inside.tokens, context) };
  });
  for (const [id, at] of missingNotes(source)) {
    repairs.push({
      place: source.place(at),
      code: "note-missing",
      done: `note "${id}" is nowhere: an empty one was made`,
      values: { note: id },
    });
    notes.push({ id: id as NoteId, kind: "footnote", content: [] });
  }
  const { title, symbol, language, exercise, other } = source;
  const header = {
    title,
    ...(symbol !== undefined && { symbol }),
    ...(language !== undefined && { language }),
    ...(exercise && { exercise }),
    ...(other && { other }),
  };
  const unnamed: Draft = { ...header, blocks, notes };
  const { draft, made } = nameIds(unnamed);
  const before = everyBracket(unnamed);
  const places = new Map<AnyBracket["id"], Place>();
  const ambiguities: Ambiguity[] = [];
  everyBracket(draft).forEach((bracket, index) => {
    const known = before[index] && opened.get(before[index]);
    if (!known) return;
    places.set(bracket.id, known.place);
    if (known.guess) ambiguities.push({ place: known.place, bracket: bracket.id, guess: known.guess });
  });
  return { draft, repairs, ambiguities, made, places };
}

function everyBracket(draft: Draft): AnyBracket[] {
  return [...brackets(draft), ...bracketsInNotes(draft)].map(({ bracket }) => bracket);
}

/** Notes that are marked in the text but stand nowhere, with the place of their first mark. */
function missingNotes(source: SourceDocument): Map<string, number> {
  const known = new Set<string>(source.notes.map(({ id }) => id));
  const missing = new Map<string, number>();
  for (const { pieces } of [...source.paragraphs, ...source.notes]) {
    for (const piece of pieces) {
      if (piece.type === "note" && !known.has(piece.note) && !missing.has(piece.note))
        missing.set(piece.note, piece.at);
    }
  }
  return missing;
}
