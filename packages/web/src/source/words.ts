/**
 * What a person writes in a field, as the canonical Markdown of one clause: square brackets in it become brackets.
 *
 * Words that stand already are written as segments: the words between brackets can be changed, the brackets stay as they
 * are with their ids, because each has amendments of its own. So nothing that parties said about them is lost.
 */
import {
  type BracketId,
  type Clause,
  type ClauseId,
  type Inline,
  type InlineBracket,
  isId,
  parseMarkdown,
  plainText,
  renderMarkdown,
} from "@parley/text";

export type Segment =
  | { readonly kind: "words"; readonly text: string; readonly content: readonly Inline[] }
  | { readonly kind: "bracket"; readonly bracket: InlineBracket };

/** Words, then a bracket, then words, and so on; words that are not there are "", so that some can be written there. */
export function segmentsOf(content: readonly Inline[]): readonly Segment[] {
  const segments: Segment[] = [];
  let words: Inline[] = [];
  const close = () => {
    segments.push({ kind: "words", text: plainText(words), content: words });
    words = [];
  };
  for (const inline of content) {
    if (inline.type === "bracket") {
      close();
      segments.push({ kind: "bracket", bracket: inline });
    } else if (inline.type !== "note") words.push(inline);
  }
  close();
  return segments;
}

/** The words of all segments as they stand. */
export function standingWords(content: readonly Inline[]): readonly string[] {
  return segmentsOf(content).flatMap((segment) => (segment.kind === "words" ? [segment.text] : []));
}

/**
 * The clause that `written` makes of the words that stood in `content`; new brackets get ids that `taken` has not.
 * undefined if nothing is left, or if a field holds more than one paragraph.
 */
export function rewritten(
  content: readonly Inline[],
  written: readonly string[],
  taken: ReadonlySet<string>,
): string | undefined {
  const free = new Set(taken);
  let place = 0;
  const made: Inline[] = [];
  for (const segment of segmentsOf(content)) {
    if (segment.kind === "bracket") {
      made.push(segment.bracket);
      continue;
    }
    const words = written[place++] ?? segment.text;
    // Words that were not touched keep their setting.
    const read = words === segment.text ? segment.content : readWords(words, free);
    if (!read) return undefined;
    made.push(...read);
  }
  return plainText(made).trim() === "" ? undefined : clauseOf(made);
}

/** The canonical Markdown of one clause with these words. */
export function clauseMarkdown(written: string, taken: ReadonlySet<string>): string | undefined {
  return rewritten([], [written], taken);
}

/** The same for a clause that is new in the draft, after another one and on its level. */
export function newClauseMarkdown(
  written: string,
  after: Clause,
  ordinal: string,
  taken: { readonly brackets: ReadonlySet<string>; readonly clauses: ReadonlySet<string> },
): string | undefined {
  const content = readWords(written.trim(), new Set(taken.brackets));
  if (!content || content.length === 0) return undefined;
  const level = after.form === "heading" ? 0 : after.level;
  const id = newId(`${after.id}-new`, taken.clauses) as ClauseId;
  return clauseOf(content, { id, level, ordinal: ordinal.trim() });
}

/** The content of the clause that an amendment carries; undefined where it is none. */
export function contentOfClause(markdown: string): readonly Inline[] | undefined {
  const { draft } = parseMarkdown(`---\nformat: parley-draft/1\ntitle: words\n---\n\n${markdown}\n`);
  const [block] = draft.blocks;
  return block?.type === "clause" ? block.content : undefined;
}

/** A clause of one's own needs an id of its own: short, and not one that a colleague's clause gets at the same moment. */
export function newId(prefix: string, taken: ReadonlySet<string>): string {
  const plain = isId(prefix) ? prefix : "new";
  let number = 1;
  while (taken.has(`${plain}-${number}`)) number += 1;
  return `${plain}-${number}`;
}

function readWords(words: string, free: Set<string>): readonly Inline[] | undefined {
  const line = words.replace(/\s*\n\s*/g, " ");
  const inner = line.trim();
  if (inner === "") return line === "" ? [] : [{ type: "text", text: " " }];
  const { draft } = parseMarkdown(inner);
  const [block] = draft.blocks;
  if (block?.type !== "clause" || draft.blocks.length !== 1) return undefined;
  const before = line.startsWith(" ") ? " " : "";
  const after = line.endsWith(" ") ? " " : "";
  // A number that one writes before the words is the clause's display, and stays what one wrote.
  const number = block.ordinal ? `${block.ordinal} ` : "";
  return [
    { type: "text", text: before + number },
    ...renamed(block.content, free),
    { type: "text", text: after },
  ].filter((inline): inline is Inline => inline.type !== "text" || inline.text !== "");
}

/** The parser names brackets from b1 on in whatever it reads; in the draft these names may be taken. */
function renamed(content: readonly Inline[], free: Set<string>): readonly Inline[] {
  return content.map((inline) => {
    if (inline.type !== "bracket") return inline;
    const id = free.has(inline.id) ? newId("b", free) : inline.id;
    free.add(id);
    const options = inline.options.map((option) => ({ ...option, content: renamed(option.content, free) }));
    return { ...inline, id: id as BracketId, options };
  });
}

function clauseOf(content: readonly Inline[], own: Partial<Clause> = {}): string | undefined {
  const bare = { form: "paragraph", level: 0, ordinal: "", id: "words" as ClauseId } as const;
  const clause: Clause = { type: "clause", ...bare, ...own, content };
  const document = renderMarkdown({ title: "words", blocks: [clause], notes: [] });
  // The header ends with the second line of three dashes.
  return document.split(/^---$/m)[2]?.trim();
}
