/** What a reading notes on its way: places, repairs, ids given, notes used. Offsets become lines and columns. */
import { type Place, TextError, type TextErrorCode } from "../error.ts";
import { isId } from "../id.ts";
import { MAX_LEVEL } from "../limits.ts";
import { Lines } from "../lines.ts";
import type { BracketId, ClauseForm } from "../model.ts";
import type { Repair } from "../report.ts";
import type { AnyBracket } from "../walk.ts";

export class Log {
  readonly repairs: Repair[] = [];
  /** Where each bracket opens, by the object as first built; its id may come later. */
  readonly opened: Map<AnyBracket, Place> = new Map<AnyBracket, Place>();
  readonly usedNotes: Map<string, Place> = new Map<string, Place>();
  readonly #lines: Lines;
  readonly #ids = new Set<string>();
  #brackets = 0;

  constructor(source: string) {
    this.#lines = new Lines(source);
  }

  place(at: number): Place {
    return this.#lines.place(at);
  }

  error(code: TextErrorCode, at: number, sentence: string): TextError {
    return new TextError(code, this.place(at), sentence);
  }

  repair(at: number, code: Repair["code"], done: string, values?: Repair["values"]): void {
    this.repairs.push({ place: this.place(at), code, done, ...(values && { values }) });
  }

  count(at: number, most: number): void {
    if (++this.#brackets > most) {
      throw this.error("too-many-brackets", at, `the text has more than ${most} brackets.`);
    }
  }

  /** A given id, checked; "" if none is given. Clauses and brackets have their own names. */
  id(kind: "clause" | "bracket" | "note", id: string | undefined, at: number): string {
    if (id === undefined) return "";
    if (!isId(id)) {
      throw this.error(
        "bad-id",
        at,
        `"${id.slice(0, 40)}" cannot be an id: write letters, digits, ".", "_" or "-".`,
      );
    }
    if (this.#ids.has(`${kind} ${id}`)) {
      throw this.error("duplicate-id", at, `the ${kind} id "${id}" is given twice.`);
    }
    this.#ids.add(`${kind} ${id}`);
    return id;
  }

  /** Notes where a bracket opens, and checks its ids. */
  bracket(bracket: AnyBracket, at: number): void {
    this.opened.set(bracket, this.place(at));
    this.id("bracket", bracket.id || undefined, at);
    const seen = new Set<string>();
    for (const { id } of bracket.options) {
      if (id !== "" && !isId(id))
        throw this.error("bad-id", at, `"${id.slice(0, 40)}" cannot be an option id.`);
      if (id !== "" && seen.has(id)) {
        throw this.error("duplicate-id", at, `the option id "${id}" is given twice in one bracket.`);
      }
      seen.add(id);
    }
  }

  useNote(note: string, at: number): void {
    if (!this.usedNotes.has(note)) this.usedNotes.set(note, this.place(at));
  }

  level(value: string | undefined, form: ClauseForm, at: number): number {
    const least = form === "heading" ? 1 : 0;
    const most = form === "heading" ? 6 : MAX_LEVEL;
    const level = value === undefined ? least : Number(value);
    if (Number.isInteger(level) && level >= least && level <= most) return level;
    this.repair(at, "level-limited", `level "${value}" was brought into ${least} to ${most}`, {
      level: value ?? "",
      least,
      most,
    });
    return Number.isNaN(level) ? least : Math.round(Math.min(most, Math.max(least, level)));
  }

  /** The places by id, once every bracket has one: `before` and `after` naming, in the same order. */
  places(before: readonly AnyBracket[], after: readonly AnyBracket[]): Map<BracketId, Place> {
    const places = new Map<BracketId, Place>();
    after.forEach((bracket, index) => {
      const unnamed = before[index];
      const place = unnamed && this.opened.get(unnamed);
      if (place) places.set(bracket.id, place);
    });
    return places;
  }
}
