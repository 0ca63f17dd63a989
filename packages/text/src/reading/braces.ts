/** Words in braces that are about the text, "{Placement to be decided}": other words in braces are words of the text. */
import { MARKS } from "../model.ts";
import type { Piece } from "./source.ts";
import { textOf } from "./source.ts";

const ABOUT =
  /^\s*(?:end of (?:options?|alternatives)|placeholder|placement|substantive overlap|overlap|movement|moved|note|drafting|editorial|to be |text (?:to|from|proposed|under|moved)|see |cf\.?\s|linked|former|based on|chair|facilitator|secretariat|agreed|pending|options? |duplicat|streamlin)/iu;

/** The same pieces, with the mark of words about the text on what stands in such braces. */
export function markBraces(pieces: readonly Piece[]): readonly Piece[] {
  const text = textOf(pieces);
  if (!text.includes("{")) return pieces;
  const ranges = [...text.matchAll(/\{([^{}[\]]{1,500})\}/gu)].filter(([, inside = ""]) =>
    ABOUT.test(inside),
  );
  return ranges.reduce((list, { index, 0: whole }) => marked(list, index, index + whole.length), pieces);
}

function marked(pieces: readonly Piece[], from: number, to: number): Piece[] {
  let at = 0;
  return pieces.flatMap((piece): Piece[] => {
    if (piece.type !== "text") return [piece];
    const start = at;
    at += piece.text.length;
    if (at <= from || start >= to) return [piece];
    const [begin, end] = [Math.max(0, from - start), Math.min(piece.text.length, to - start)];
    const part = (first: number, last: number) => ({
      ...piece,
      at: piece.at + first,
      text: piece.text.slice(first, last),
    });
    const marks = MARKS.filter((mark) => mark === "editorial" || piece.marks?.includes(mark));
    const parts = [part(0, begin), { ...part(begin, end), marks }, part(end, piece.text.length)];
    return parts.filter((one) => one.text !== "");
  });
}
