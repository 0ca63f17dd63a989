/**
 * Brackets side by side -> optional texts, alternations, labelled options and placeholders. Which of them are
 * alternatives of one another is for `joints.ts`; here the brackets are made.
 */
import { saysAboutText, saysMissing, saysNoText, saysOpen } from "../classify.ts";
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
import { plainText } from "../walk.ts";
import { heldJoints, isPlain, type Joint } from "./joints.ts";
import { readLabel } from "./label.ts";

/** A bracket as it stands in the text, its inside already put together. */
export interface BareBracket {
  readonly type: "bare";
  readonly at: number;
  readonly content: readonly Inline[];
}

/** Told of every bracket made: where it opens and, if its kind is a guess, which. */
export type OnBracket = (bracket: InlineBracket, at: number, guess: string | undefined) => void;

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
    out.push(...groups(run.members, run.joints, leadInOf(out), context));
    index = run.end;
  }
  return joinInlines(out);
}

/** Brackets with nothing but a joint between them, and what stands in the joints that carry white space. */
function runFrom(items: readonly (Inline | BareBracket)[], from: number) {
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

/** The words just before, as far as they are plain text. */
function leadInOf(before: readonly Inline[]): string {
  const last = before.at(-1);
  return last?.type === "text" ? last.text.slice(-40) : "";
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
  members: readonly BareBracket[],
  joints: readonly { joint: Joint; between: Inline | undefined }[],
  leadIn: string,
  context: Context,
): Inline[] {
  const out: Inline[] = [];
  const words = members.map(({ content }) => standing(cutAttribution(content).content).trim());
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
        out.push(...lone(member, said[index] ?? "", unsure, context.onBracket));
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
function lone(member: BareBracket, words: string, unsure: boolean, onBracket: OnBracket): Inline[] {
  if (member.content.length === 1 && member.content[0]?.type === "note") {
    return [{ type: "text", text: "[" }, member.content[0], { type: "text", text: "]" }];
  }
  if (member.content.every(({ type }) => type === "text") && saysAboutText(plainText(member.content))) {
    return joinInlines([{ type: "text", text: "[" }, ...member.content, { type: "text", text: "]" }]).map(
      editorial,
    );
  }
  const slashed = slashedMembers(member);
  if (slashed) return [alternation(slashed.members, slashed.unsure, onBracket)];
  const { content, attributions } = cutAttribution(member.content);
  const said = attributions.length > 0 ? { attributions } : {};
  const missing = saysMissing(words) || saysOpen(words);
  const guess = unsure && !missing ? "an optional text, apart from its neighbour" : undefined;
  const bracket: InlineBracket = {
    type: "bracket",
    id: "" as BracketId,
    ...(missing
      ? { kind: "placeholder", options: [{ id: BLANK, content, ...said, open: true }] }
      : {
          kind: "optional",
          options: [
            { id: KEEP, content, ...said },
            { id: DROP, content: [], noText: true },
          ],
        }),
    ...(guess && { ambiguous: true as const }),
  };
  onBracket(bracket, member.at, guess);
  return [bracket];
}

function alternation(members: readonly BareBracket[], unsure: boolean, onBracket: OnBracket): InlineBracket {
  const options = members.map(optionOf);
  const labelled = options.every(({ label }) => label !== undefined);
  const guess = unsure ? "alternatives, although only white space or a slash stands between them" : undefined;
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

/** "[contribution / commitment / other]", "[Reaffirming/Recalling]": alternatives within one bracket. */
function slashedMembers({
  at,
  content,
}: BareBracket): { members: BareBracket[]; unsure: boolean } | undefined {
  const [only, ...more] = content;
  if (only?.type !== "text" || more.length > 0) return undefined;
  const unsure = /^\s*(?:\p{L}\p{Ll}{3,}\/)+\p{L}\p{Ll}{3,}\s*$/u.test(only.text);
  const parts = only.text.split(unsure ? "/" : " / ").map((part) => part.trim());
  if (parts.length < 2 || parts.some((part) => part === "" || part.split(" ").length > 4)) return undefined;
  return { members: parts.map((text) => ({ type: "bare", at, content: [{ ...only, text }] })), unsure };
}

function editorial(inline: Inline): Inline {
  if (inline.type !== "text") return inline;
  return { ...inline, marks: MARKS.filter((mark) => mark === "editorial" || inline.marks?.includes(mark)) };
}

function optionOf({ content: inside }: BareBracket): Option<Inline> {
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
    ...(attributions.length > 0 && { attributions }),
    ...(open && { open: true as const }),
    ...(!open && saysNoText(words) && { noText: true as const }),
  };
}

const NAME = "(?:\\p{Lu}[\\p{L}\\p{N}.&’'+-]*)";
const PARTIES = new RegExp(
  `^\\s*(${NAME}(?:\\s(?:of|the|and|on behalf of)?\\s?${NAME}){0,3}(?:\\s?[,/;]\\s?${NAME}(?:\\s${NAME}){0,3}){0,15}):\\s+(?=\\S)`,
  "u",
);
const NOT_A_PARTY =
  /^(?:Note|Chapeau|Title|Preamble|Comment|Editor|Placeholder|Option|Alt|Alternative|Article|Paragraph|Annex|Section|Footnote|Placement|For)\b/u;

/** "EU, Norway: shall" -> who proposes, and the words. */
function cutAttribution(content: readonly Inline[]): {
  content: readonly Inline[];
  attributions: readonly Attribution[];
} {
  const match = PARTIES.exec(plainStart(content));
  if (!match?.[1] || NOT_A_PARTY.test(match[1])) return { content, attributions: [] };
  const parties = match[1].split(/\s?[,/;]\s?/u).filter((party) => party !== "");
  const attributions = parties.map((party): Attribution => ({ party, role: "proposes" }));
  return { content: cutStart(content, match[0].length), attributions };
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
