/** Words in braces that are about the text, "{Placement to be decided}": other words in braces are words of the text. */
import { MARKS } from "../model.ts";
import { changed, type Piece, type TextPiece, textOf } from "./source.ts";

const ABOUT =
  /^\s*(?:end of (?:options?|alternatives)|placeholder|placement|substantive overlap|overlap|movement|moved|note|drafting|editorial|to be |text (?:to|from|proposed|under|moved)|see |cf\.?\s|linked|former|based on|chair|facilitator|secretariat|agreed|pending|options? |duplicat|streamlin)/iu;

/** The same pieces, with the mark of words about the text on what stands in such braces. */
export function markBraces(pieces: readonly Piece[]): readonly Piece[] {
  const text = textOf(pieces);
  if (!text.includes("{")) return pieces;
  const ranges = [...text.matchAll(/\{([^{}[\]]{1,500})\}/gu)].filter(([, inside = ""]) =>
    ABOUT.test(inside),
  );
  return ranges.reduce(
    (list, { index, 0: whole }) => changed(list, index, index + whole.length, markEditorial),
    pieces,
  );
}

function markEditorial(part: TextPiece): readonly Piece[] {
  return [{ ...part, marks: MARKS.filter((mark) => mark === "editorial" || part.marks?.includes(mark)) }];
}
