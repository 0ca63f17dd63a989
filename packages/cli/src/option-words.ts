/** Alternatives in few words: how a report names what the text says at length. */
import { type AnyOption, type Block, type Inline, plainText } from "@parley/text";

/** The words of an alternative in one line; those of nested brackets are all there, in brackets. */
export function optionWords(option: AnyOption): string {
  return allWords(option)
    .replace(/\s+/g, " ")
    .replace(/^[\s,;]+|\s+$/g, "");
}

function allWords(option: AnyOption): string {
  return (option.content as readonly (Block | Inline)[]).map(words).join("");
}

function words(part: Block | Inline): string {
  if (part.type === "clause") return `${part.ordinal} ${part.content.map(words).join("")} `;
  if (part.type !== "bracket") return plainText([part]);
  return (part.options as readonly AnyOption[])
    .filter((option) => option.content.length > 0)
    .map((option) => `[${allWords(option)}]`)
    .join("");
}
