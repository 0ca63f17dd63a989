/**
 * Brackets side by side -> optional texts, alternations, labelled options and placeholders. Which of them are
 * alternatives of one another is for `joints.ts`; here the brackets are made.
 */
import { mayBeStatus, saysAboutText, saysMissing, saysNoText, saysOpen } from "../classify.ts";
import {
  type Attribution,
  BLANK,
  type BracketId,
  DROP,
  type Inline,
  type InlineBracket,
  KEEP,
  MARKS,
  type Option,
  type OptionId,
  type Text,
} from "../model.ts";
import { joinInlines } from "../normal.ts";
import {
  type Position,
  readNamedBehind,
  readPosition,
  readPositionsBehind,
  readProposers,
  readSides,
} from "../parties.ts";
import type { Guess } from "../report.ts";
import { plainText } from "../walk.ts";
import { heldJoints, isPlain, type Joint } from "./joints.ts";
import { readLabel } from "./label.ts";

/** A bracket as it stands in the text, its inside already put together. */
export interface BareBracket {
  readonly type: "bare";
  readonly at: number;
  readonly content: readonly Inline[];
  /** Those named behind its words. */
  readonly backers?: readonly string[];
}

/** Told of every bracket made: where it opens and, if its kind is a guess, which. */
export type OnBracket = (bracket: InlineBracket, at: number, guess: Guess | undefined) => void;

/** `known`: alternatives that stand tight together anywhere in the text, see `knownPairs`. */
export interface Context {
  readonly known: ReadonlySet<string>;
  readonly onBracket: OnBracket;
}

export function joinMembers(items: readonly (Inline | BareBracket)[], context: Context): Inline[] {
  const out: Inline[] = [];
  for (let index = 0; index < items.length; ) {
    const item = items[index];
    if (!item) break;
    if (item.type !== "bare") {
      out.push(item);
      index++;
      continue;
    }
    const run = runFrom(items, index);
    for (const inline of groups(
      run,
      leadInOf(out),
      behindOf(items[run.end]),
      apart(out, run, items),
      context,
    ))
      out.push(inline);
    index = run.end;
  }
  return joinInlines(out);
}

/** Brackets with nothing but a joint between them, and what stands in the joints that carry white space. */
interface Run {
  readonly members: readonly BareBracket[];
  readonly joints: readonly { readonly joint: Joint; readonly between: Inline | undefined }[];
  readonly end: number;
}

function runFrom(items: readonly (Inline | BareBracket)[], from: number): Run {
  const members: BareBracket[] = [];
  const joints: { joint: Joint; between: Inline | undefined }[] = [];
  let index = from;
  for (;;) {
    const member = items[index];
    if (member?.type !== "bare") break;
    members.push(member);
    const next = items[index + 1];
    const joint = next && jointOf(next);
    if (next?.type === "bare") joints.push({ joint: "tight", between: undefined });
    else if (joint && items[index + 2]?.type === "bare") joints.push({ joint, between: next });
    index += next?.type === "bare" ? 1 : 2;
    if (joints.length < members.length) return { members, joints, end: index - 1 };
  }
  return { members, joints, end: index };
}

/** Does a bracket stand by itself between sentences, as a label does? "Peace now. [agreed]" */
function apart(
  before: readonly Inline[],
  { members, end }: Run,
  items: readonly (Inline | BareBracket)[],
): boolean {
  const [last, next] = [before.at(-1), items[end]];
  const begins =
    last === undefined || (last.type === "text" ? /[.;:]\s*$/u.test(last.text) : last.type === "break");
  const ends =
    next === undefined ||
    (next.type === "text" ? /^\s*(?:\p{Lu}|$)/u.test(next.text) : next.type === "break");
  return members.length === 1 && begins && ends;
}

/** The words just before, as far as they are plain text. */
function leadInOf(before: readonly Inline[]): string {
  const last = before.at(-1);
  return last?.type === "text" ? last.text.slice(-40) : "";
}

/** The words just behind. */
function behindOf(item: Inline | BareBracket | undefined): string {
  return item?.type === "text" ? item.text : "";
}

/** Words that were taken out part nothing. */
function jointOf(item: Inline | BareBracket): Joint | undefined {
  if (item.type !== "text") return undefined;
  if (item.revision?.kind === "deletion") return "tight";
  if (item.revision || item.marks?.includes("strike")) return undefined;
  if (/^[^\S\n]+$/u.test(item.text)) return "space";
  return /^\s*\/\s*$/u.test(item.text) ? "slash" : undefined;
}

function groups(
  { members, joints }: Run,
  leadIn: string,
  behind: string,
  apart: boolean,
  context: Context,
): Inline[] {
  const out: Inline[] = [];
  const words = members.map(({ content }) => {
    const whole = standing(content).trim();
    return readPosition(whole) ? whole : standing(cutAttribution(content).content).trim();
  });
  const held = heldJoints(
    words,
    joints.map(({ joint }) => joint),
    context.known,
    leadIn,
  );
  const add = (between: Inline | undefined) => between && out.push(between);
  let from = 0;
  while (from < members.length) {
    let to = from + 1;
    while (held[to - 1]) to++;
    const group = members.slice(from, to);
    const said = words.slice(from, to);
    const spaced = joints.slice(Math.max(0, from - 1), to).some(({ joint }) => joint === "space");
    const unsure = spaced && !said.every((word) => isPlain(word));
    if (group.length === 1 || said.every((word) => saysMissing(word) || saysOpen(word))) {
      group.forEach((member, index) => {
        const positions = positionsAfter(words, from + index, behind);
        const status = mayBeStatus(said[index] ?? "");
        const as = { unsure, status: status ? (apart ? "is" : "may-be") : undefined } as const;
        out.push(...lone(member, said[index] ?? "", as, positions, context.onBracket));
        if (index < group.length - 1) add(joints[from + index]?.between);
      });
    } else {
      const whole = group.map((member, nth) =>
        nth < group.length - 1 ? withTakenOut(member, joints[from + nth]?.between) : member,
      );
      out.push(alternation(whole, unsure, context.onBracket));
    }
    if (to < members.length) add(joints[to - 1]?.between);
    from = to;
  }
  return out;
}

/** What parties say of a bracket behind it, in brackets of their own or, behind the last one, in round ones. */
function positionsAfter(words: readonly string[], index: number, behind: string): readonly Position[] {
  const positions: Position[] = [];
  for (let next = index + 1; next < words.length; next++) {
    const position = readPosition(words[next] ?? "");
    if (!position) return positions;
    positions.push(position);
  }
  return [...positions, ...readPositionsBehind(behind)];
}

/** Words that were taken out between two alternatives are kept in the first of them. */
function withTakenOut(member: BareBracket, between: Inline | undefined): BareBracket {
  const takenOut = between?.type === "text" && between.revision !== undefined;
  return takenOut ? { ...member, content: [...member.content, between] } : member;
}

/** The words that stand, without those that were taken out, unless all were. */
function standing(inlines: readonly Inline[]): string {
  const left = inlines.filter((one) => one.type !== "text" || one.revision?.kind !== "deletion");
  return plainText(left.length > 0 ? left : inlines);
}

/** A bracket of its own: placeholder or optional text. What stands behind its attribution is its content. */
function lone(
  member: BareBracket,
  words: string,
  { unsure, status }: { readonly unsure: boolean; readonly status: "is" | "may-be" | undefined },
  positions: readonly Position[],
  onBracket: OnBracket,
): Inline[] {
  if (member.content.length === 1 && member.content[0]?.type === "note") {
    return [{ type: "text", text: "[" }, member.content[0], { type: "text", text: "]" }];
  }
  const about = status === "is" || saysAboutText(plainText(member.content));
  if (about && member.content.every(({ type }) => type === "text")) {
    return joinInlines([{ type: "text", text: "[" }, ...member.content, { type: "text", text: "]" }]).map(
      editorial,
    );
  }
  const slashed = slashedMembers(member);
  if (slashed) return [alternation(slashed.members, slashed.unsure, onBracket)];
  const { content, attributions, against } = cutAttribution(member.content);
  const wanting = (wants: Position["wants"]) =>
    attributed(
      positions.flatMap((position) => (position.wants === wants ? position.names : [])),
      "supports",
    );
  const said = saying([...attributions, ...wanting("keep")]);
  const missing = saysMissing(words) || saysOpen(words);
  const guess = missing ? undefined : unsure ? "optional-apart" : status && "optional-status";
  const bracket: InlineBracket = {
    type: "bracket",
    id: "" as BracketId,
    ...(missing
      ? { kind: "placeholder", options: [{ id: BLANK, content, ...said, open: true }] }
      : {
          kind: "optional",
          options: [
            { id: KEEP, content, ...said },
            { id: DROP, content: [], ...saying([...against, ...wanting("drop")]), noText: true },
          ],
        }),
    ...(guess && { ambiguous: true as const }),
  };
  onBracket(bracket, member.at, guess);
  return [bracket];
}

/** Each party once, in the first role in which it is named. */
function saying(list: readonly Attribution[]): { attributions?: readonly Attribution[] } {
  const once = list.filter(({ party }, index) => list.findIndex((one) => one.party === party) === index);
  return once.length > 0 ? { attributions: once } : {};
}

function alternation(members: readonly BareBracket[], unsure: boolean, onBracket: OnBracket): InlineBracket {
  const options = members.map(optionOf);
  const labelled = options.every(({ label }) => label !== undefined);
  const guess = unsure ? "alternatives-loose" : undefined;
  const bracket: InlineBracket = {
    type: "bracket",
    id: "" as BracketId,
    kind: labelled ? "option-block" : "alternation",
    options,
    ...(guess && { ambiguous: true as const }),
  };
  onBracket(bracket, members[0]?.at ?? 0, guess);
  return bracket;
}

/** "[contribution / commitment / other]", "[Reaffirming/Recalling]", "[deep (Cora)/grave (Dorn)]": alternatives within one bracket. */
function slashedMembers({
  at,
  content,
}: BareBracket): { members: BareBracket[]; unsure: boolean } | undefined {
  const [only, ...more] = content;
  if (only?.type !== "text" || more.length > 0) return undefined;
  const named = only.text.split(/(?<=\))\s*\/\s*/u).map((part) => readNamedBehind(part.trim()));
  if (named.length > 1 && named.every((one) => one !== undefined)) {
    const members = named.map(({ words, said, names }): BareBracket => {
      const content = [{ ...only, text: `${words} ` }, editorial({ ...only, text: said })];
      return { type: "bare", at, content, backers: names };
    });
    return { members, unsure: true };
  }
  const unsure = /^\s*(?:\p{L}\p{Ll}{3,}\/)+\p{L}\p{Ll}{3,}\s*$/u.test(only.text);
  const parts = only.text.split(unsure ? "/" : " / ").map((part) => part.trim());
  if (parts.length < 2 || parts.some((part) => part === "" || part.split(" ").length > 4)) return undefined;
  return { members: parts.map((text) => ({ type: "bare", at, content: [{ ...only, text }] })), unsure };
}

function editorial(inline: Inline): Inline {
  if (inline.type !== "text") return inline;
  return { ...inline, marks: MARKS.filter((mark) => mark === "editorial" || inline.marks?.includes(mark)) };
}

function optionOf({ content: inside, backers = [] }: BareBracket): Option<Inline> {
  const first = inside[0];
  const label = first?.type === "text" ? readLabel(first.text.trimStart()) : undefined;
  const unlabelled = label
    ? cutStart(inside, plainStart(inside).indexOf(label.label) + label.label.length)
    : inside;
  const { content, attributions } = cutAttribution(unlabelled);
  const words = plainText(content).trim();
  const open = saysOpen(words) || saysMissing(words);
  return {
    id: "" as OptionId,
    content,
    ...(label && { label: label.label }),
    ...saying([...attributions, ...attributed(backers, "supports")]),
    ...(open && { open: true as const }),
    ...(!open && saysNoText(words) && { noText: true as const }),
  };
}

/** What stands in a bracket without the names before it, and who is for and against it. */
interface Attributed {
  readonly content: readonly Inline[];
  readonly attributions: readonly Attribution[];
  readonly against: readonly Attribution[];
}

/** "EU, Norway: shall" -> who proposes, and the words. "US propose; JP oppose: " stays, as words about the text. */
function cutAttribution(content: readonly Inline[]): Attributed {
  const start = plainStart(content);
  const sides = readSides(start);
  if (sides) {
    const said: Inline = { type: "text", text: start.slice(0, sides.length), marks: ["editorial"] };
    const { backers, against } = sides;
    return {
      content: [said, ...cutStart(content, sides.length)],
      attributions: attributed(backers, "supports"),
      against: attributed(against, "supports"),
    };
  }
  const { names = [], length = 0 } = readProposers(start) ?? {};
  return { content: cutStart(content, length), attributions: attributed(names, "proposes"), against: [] };
}

function attributed(names: readonly string[], role: Attribution["role"]): Attribution[] {
  return names.map((party) => ({ party, role }));
}

/** The text up to the first thing that is neither text nor the mark of a note. */
function plainStart(content: readonly Inline[]): string {
  let text = "";
  for (const inline of content) {
    if (inline.type === "note") continue;
    if (inline.type !== "text" || inline.revision) break;
    text += inline.text;
  }
  return text;
}

function cutStart(content: readonly Inline[], length: number): Inline[] {
  let cut = length;
  return content.flatMap((inline): Inline[] => {
    if (inline.type !== "text" || cut === 0) return [inline];
    const taken = Math.min(cut, inline.text.length);
    cut -= taken;
    const rest: Text = { ...inline, text: cut === 0 ? inline.text.slice(taken).trimStart() : "" };
    return rest.text === "" ? [] : [rest];
  });
}
