/** What makes a source unreadable. Everything else in a draft is repaired and reported. */
export type TextErrorCode =
  | "too-deep"
  | "too-many-brackets"
  | "too-large"
  | "bad-id"
  | "duplicate-id"
  | "bad-header"
  | "bad-fence"
  | "not-word"
  | "not-akoma-ntoso"
  | "unsafe-file";

/** Line and column count from 1; columns are UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export class TextError extends Error {
  readonly code: TextErrorCode;
  readonly place: Place;

  constructor(code: TextErrorCode, place: Place, sentence: string) {
    super(`line ${place.line}, column ${place.column}: ${sentence}`);
    this.name = "TextError";
    this.code = code;
    this.place = place;
  }
}
