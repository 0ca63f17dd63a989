/**
 * Names of parties in and beside brackets: who proposes ("[EU, Norway: shall]", "[US propose; JP oppose: shall]") and who
 * wants a bracket kept or gone ("[G77: retain]", "(EU, UK: delete)").
 */

const NAME = "(?:\\p{Lu}[\\p{L}\\p{N}.&’'+-]*)";
const NAMES = `${NAME}(?:\\s(?:of|the|and|on behalf of)?\\s?${NAME}){0,3}(?:(?:\\s?[,/;]\\s?|\\s\\+\\s)${NAME}(?:\\s${NAME}){0,3}){0,30}`;
const PROPOSERS = new RegExp(`^\\s*(${NAMES}):\\s+(?=\\S)`, "u");
/** Codes of parties may also stand before a dash: "[CUB, VEN – and others]". */
const CODES = /^\s*(\p{Lu}[\p{Lu}\p{N}]{1,5}(?:\s?[,/]\s?\p{Lu}[\p{Lu}\p{N}]{1,5}){0,30})\s[–—-]\s(?=\S)/u;
const SIDES = new RegExp(
  `^\\s*${NAMES}\\s(?:propose|support|oppose)s?(?:\\s?;\\s?${NAMES}\\s(?:propose|support|oppose)s?){0,4}:\\s+(?=\\S)`,
  "u",
);
/** "Text proposed by Alda: ...". */
const PROPOSED = new RegExp(
  `^\\s*(?:(?:[Aa]lternative |[Nn]ew |[Aa]dditional )?(?:[Tt]ext|[Ll]anguage|[Ww]ording|[Ff]ormulation) )?(?:[Pp]roposed|[Ss]uggested|[Ss]ubmitted) by (?:the )?(${NAMES}):\\s+(?=\\S)`,
  "u",
);
const SIDE = new RegExp(`(${NAMES})\\s(propose|support|oppose)s?(?=[\\s;:])`, "gu");
const NOT_A_PARTY =
  /^(?:Note|Chapeau|Title|Preamble|Comment|Editor|Placeholder|Option|Alt|Alternative|Article|Paragraph|Annex|Section|Footnote|Placement|For)\b/u;

export interface Parties {
  readonly names: readonly string[];
  /** Units of the text that say it. */
  readonly length: number;
}

/** The names with which a bracket's words begin, if it says who proposes them. */
export function readProposers(text: string): Parties | undefined {
  const match = PROPOSERS.exec(text) ?? CODES.exec(text);
  if (!match?.[1] || NOT_A_PARTY.test(match[1])) return undefined;
  return { names: split(match[1]), length: match[0].length };
}

/** "US propose; JP oppose: ...", "Text proposed by Alda: ...": who is for these words, who against, and how much of the text says so. */
export function readSides(
  text: string,
):
  | { readonly backers: readonly string[]; readonly against: readonly string[]; readonly length: number }
  | undefined {
  const proposed = PROPOSED.exec(text);
  if (proposed?.[1]) return { backers: split(proposed[1]), against: [], length: proposed[0].length };
  const said = SIDES.exec(text)?.[0];
  if (said === undefined) return undefined;
  const backers: string[] = [];
  const against: string[] = [];
  for (const [, names = "", verb] of said.matchAll(SIDE))
    (verb === "oppose" ? against : backers).push(...split(names));
  return { backers, against, length: said.length };
}

const NAMED = new RegExp(`^(.+?)\\s*(\\((${NAMES})\\))$`, "u");

/** "grave (Dorn, Elba)": words, and those who propose them in round brackets behind. */
export function readNamedBehind(
  text: string,
): { readonly words: string; readonly said: string; readonly names: readonly string[] } | undefined {
  const [, words = "", said = "", names = ""] = NAMED.exec(text.length > 400 ? "" : text) ?? [];
  return words === "" ? undefined : { words, said, names: split(names) };
}

/** What parties want of the bracket beside which they say it. `wants` is absent if they only reserve, or back another. */
export interface Position {
  readonly names: readonly string[];
  readonly wants?: "keep" | "drop";
}

const ABOUT =
  "(?:\\s(?:this|the|its|their|all|both|as|is|in|whole|entire|original|para(?:graph)?s?|text|sentence|words?|language|brackets?|positions?|here)){0,5}";
const POSITION = new RegExp(
  `^(${NAMES})(?::|\\s(?=reserve|oppose|support|to revert|revert))\\s*(?:(delete|deletion|remove|oppose[sd]?)|(retain|keep|maintain|reinstate|supports)|reserve[sd]?|bracket|move|to revert|reverting|scrutiny reserv(?:e|ation))${ABOUT}(?:\\s(${NAMES}))?\\.?$`,
  "u",
);

export function readPosition(words: string): Position | undefined {
  const match = POSITION.exec(words.length > 400 ? "" : words.trim());
  if (!match?.[1] || NOT_A_PARTY.test(match[1])) return undefined;
  const names = split(match[1]);
  if (match[4] !== undefined) return { names };
  if (match[2] !== undefined) return { names, wants: "drop" };
  return match[3] === undefined ? { names } : { names, wants: "keep" };
}

/** Those that stand in round brackets at the start of what follows a bracket: " (EU, UK: delete) (G77: retain)". */
export function readPositionsBehind(text: string): readonly Position[] {
  const positions: Position[] = [];
  for (let rest = text.slice(0, 1000); ; ) {
    const match = /^\s*\(([^()[\]]{1,300})\)/u.exec(rest);
    const position = match?.[1] === undefined ? undefined : readPosition(match[1]);
    if (!match || !position) return positions;
    positions.push(position);
    rest = rest.slice(match[0].length);
  }
}

function split(names: string): string[] {
  return names.split(/\s?[,/;]\s?|\s\+\s/u).filter((name) => name !== "");
}
