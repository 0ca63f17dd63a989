/** Tokens of one canonical paragraph -> inline content. Unbalanced brackets are repaired within the paragraph. */
import { saysMissing, saysNoText, saysOpen } from "../classify.ts";
import { MAX_BRACKETS, MAX_DEPTH } from "../limits.ts";
import {
  type Attribution,
  BLANK,
  type Bracket,
  type BracketId,
  type BracketKind,
  type ClauseId,
  DROP,
  type Inline,
  type InlineBracket,
  KEEP,
  type NoteId,
  type Option,
  type OptionId,
} from "../model.ts";
import { plainText } from "../walk.ts";
import { type Attributes, NO_ATTRIBUTES, splitNames } from "./attributes.ts";
import type { Token } from "./lexer.ts";
import type { Log } from "./log.ts";

/** A member of a bracket as written: its content and what the braces after it say. */
export interface Member<C> {
  readonly content: readonly C[];
  readonly attributes: Attributes;
}

interface Frame {
  readonly at: number;
  readonly members: Member<Inline>[];
  content: Inline[];
}

export function buildInlines(tokens: readonly Token[], log: Log): Inline[] {
  const root: Inline[] = [];
  const stack: Frame[] = [];
  const out = () => stack.at(-1)?.content ?? root;
  const end = (attributes: Attributes, more: boolean) => {
    const frame = stack.at(-1);
    if (!frame) return;
    frame.members.push({ content: frame.content, attributes });
    if (more) frame.content = [];
    else {
      stack.pop();
      const bracket: InlineBracket = {
        type: "bracket",
        ...bracketOf(undefined, attributes, frame.members, plainText),
      };
      log.bracket(bracket, frame.at);
      out().push(bracket);
    }
  };
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (token.type === "open") {
      if (before?.type === "slash") return;
      if (stack.length >= MAX_DEPTH) {
        throw log.error("too-deep", token.at, `brackets are nested more than ${MAX_DEPTH} deep.`);
      }
      log.count(token.at, MAX_BRACKETS);
      stack.push({ at: token.at, members: [], content: [] });
    } else if (token.type === "close") {
      if (stack.length === 0)
        log.repair(token.at, "bracket-removed", "a closing bracket without an opening one was left out");
      else end(token.attributes, tokens[index + 1]?.type === "slash");
    } else if (token.type !== "slash") out().push(inlineOf(token, log));
  });
  while (stack.length > 0) {
    log.repair(stack.at(-1)?.at ?? 0, "bracket-added", "this bracket was closed at the end of its paragraph");
    end(NO_ATTRIBUTES, false);
  }
  return root;
}

function inlineOf(token: Exclude<Token, { type: "open" | "close" | "slash" }>, log: Log): Inline {
  if (token.type === "text") {
    return {
      type: "text",
      text: token.text,
      ...(token.marks.length > 0 && { marks: token.marks }),
      ...(token.revision && { revision: token.revision }),
    };
  }
  if (token.type === "note") {
    log.useNote(token.note, token.at);
    return { type: "note", note: token.note as NoteId };
  }
  const { attributes } = token;
  const id = log.id("clause", attributes.id, token.at);
  const form = attributes.flags.has("heading") ? "heading" : "paragraph";
  return {
    type: "break",
    clause: id as ClauseId,
    form,
    level: log.level(attributes.values.get("level"), form, token.at),
    ordinal: attributes.values.get("ordinal") ?? "",
  };
}

/**
 * A bracket from its members: its kind as `said`, else as the braces say, else as the words do. `own` are the
 * attributes of the bracket itself.
 */
export function bracketOf<C>(
  said: BracketKind | undefined,
  own: Attributes,
  members: readonly Member<C>[],
  words: (content: readonly C[]) => string,
): Omit<Bracket<C>, "type"> {
  const only = members.length === 1 ? members[0] : undefined;
  const kind = said ?? saidKind(own) ?? guessedKind(only && words(only.content), own);
  return {
    id: (own.id ?? "") as BracketId,
    kind,
    options: optionsOf(kind, members, words),
    ...(own.flags.has("ambiguous") && { ambiguous: true as const }),
  };
}

function saidKind({ flags }: Attributes): BracketKind | undefined {
  if (flags.has("optional")) return "optional";
  if (flags.has("alternation")) return "alternation";
  if (flags.has("options")) return "option-block";
  return flags.has("placeholder") ? "placeholder" : undefined;
}

function guessedKind(onlyWords: string | undefined, { id }: Attributes): BracketKind {
  if (onlyWords === undefined) return "alternation";
  return id === undefined && saysMissing(onlyWords) ? "placeholder" : "optional";
}

function optionsOf<C>(
  kind: BracketKind,
  members: readonly Member<C>[],
  words: (content: readonly C[]) => string,
): Option<C>[] {
  const [first] = members;
  if (first && (kind === "optional" || kind === "placeholder")) {
    const { values } = first.attributes;
    const content = members.flatMap((member) => member.content);
    const kept = attributions(values.get("by"), values.get("supports"));
    if (kind === "placeholder") return [{ id: BLANK, content, ...kept, open: true }];
    const against = attributions(values.get("against"), values.get("againstSupports"));
    return [
      { id: KEEP, content, ...kept },
      { id: DROP, content: [], ...against, noText: true },
    ];
  }
  return members.map(({ content, attributes: { option, flags, values } }) => {
    const label = values.get("label");
    const said = option !== undefined;
    const open = flags.has("open") || (!said && saysOpen(words(content)));
    const noText = flags.has("none") || (!said && !open && saysNoText(words(content)));
    return {
      id: (option ?? "") as OptionId,
      content,
      ...(label !== undefined && { label }),
      ...attributions(values.get("by"), values.get("supports")),
      ...(open && { open: true as const }),
      ...(noText && { noText: true as const }),
    };
  });
}

function attributions(by: string | undefined, supports: string | undefined) {
  const proposes = splitNames(by ?? "").map((party): Attribution => ({ party, role: "proposes" }));
  const supporters = splitNames(supports ?? "").map((party): Attribution => ({ party, role: "supports" }));
  const all = [...proposes, ...supporters];
  return all.length > 0 ? { attributions: all } : {};
}
