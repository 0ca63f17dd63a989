/**
 * The header of canonical Markdown: `key: value` lines between `---` lines, the first of which says
 * `format: parley-draft/1`. A value that would not survive as it stands is a JSON string.
 */
import { type Place, TextError } from "../error.ts";
import type { Draft } from "../model.ts";

export const DRAFT_FORMAT = "parley-draft/1";

export type Header = Omit<Draft, "blocks" | "notes">;

/** What stands between the `---` lines. `lines`: how many lines it takes, fences included. */
export interface FrontMatter {
  readonly values: ReadonlyMap<string, string>;
  readonly lines: number;
}

export function readFrontMatter(lines: readonly string[]): FrontMatter | undefined {
  if (lines[0]?.trim() !== "---") return undefined;
  const end = lines.findIndex((line, index) => index > 0 && line.trim() === "---");
  if (end === -1) return undefined;
  const values = new Map<string, string>();
  for (const line of lines.slice(1, end)) {
    const colon = line.indexOf(":");
    if (colon === -1) continue;
    values.set(line.slice(0, colon).trim(), readValue(line.slice(colon + 1).trim()));
  }
  return { values, lines: end + 1 };
}

function readValue(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === "string" ? parsed : value;
  } catch {
    return value;
  }
}

export function headerOf(front: FrontMatter): Header {
  const known = ["format", "title", "symbol", "language", "exercise"];
  const other = [...front.values].filter(([key]) => !known.includes(key));
  const place: Place = { line: 1, column: 1 };
  const exercise = front.values.get("exercise") ?? "false";
  if (exercise !== "true" && exercise !== "false") {
    throw new TextError("bad-header", place, `"exercise" is "${exercise}"; write true or false.`);
  }
  const symbol = front.values.get("symbol");
  const language = front.values.get("language");
  return {
    title: front.values.get("title") ?? "",
    ...(symbol !== undefined && { symbol }),
    ...(language !== undefined && { language }),
    ...(exercise === "true" && { exercise: true as const }),
    ...(other.length > 0 && { other: Object.fromEntries(other) }),
  };
}

export function renderHeader(draft: Header): string {
  const lines = [
    `format: ${DRAFT_FORMAT}`,
    renderLine("title", draft.title),
    draft.symbol !== undefined && renderLine("symbol", draft.symbol),
    draft.language !== undefined && renderLine("language", draft.language),
    draft.exercise && "exercise: true",
    ...Object.entries(draft.other ?? {}).map(([key, value]) => renderLine(key, value)),
  ];
  return `---\n${lines.filter((line) => line).join("\n")}\n---\n`;
}

function renderLine(key: string, value: string): string {
  const plain = value === value.trim() && !/[\p{Cc}"\u2028\u2029]/u.test(value);
  return `${key}: ${plain ? value : JSON.stringify(value)}`;
}
