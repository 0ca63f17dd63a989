/** A draft as it comes from a file or from the clipboard: read in this browser, or why it was not. */
import { parseMarkdown, type Reading, readWord, renderMarkdown, TextError } from "@parley/text";
import { type No, saysNo } from "../../source/no.ts";

/** How the names of files end that are drafts. */
export const draftFiles: string[] = [".docx", ".md", ".markdown", ".txt"];

/** What was read, and the source in which it can be corrected. */
export interface Read {
  readonly source: string;
  readonly reading: Reading;
}

export function readSource(source: string): Read | No {
  return orNo(() => ({ source, reading: parseMarkdown(source) }));
}

/** A Word file is bytes; what is corrected afterwards is its text as Markdown. */
export async function readFile(file: File): Promise<Read | No> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!file.name.toLowerCase().endsWith(".docx")) {
    const source = decoded(bytes);
    return source === undefined
      ? saysNo("not-text", "it is neither UTF-8 nor UTF-16 text, or it has a NUL character.")
      : readSource(source);
  }
  return orNo(() => {
    const reading = readWord(bytes);
    return { source: renderMarkdown(reading.draft), reading };
  });
}

/** Letters that are guessed wrongly would be somebody's words: what is no text for certain is not read. */
function decoded(bytes: Uint8Array): string | undefined {
  const mark = `${bytes[0]} ${bytes[1]}`;
  const encoding = mark === "255 254" ? "utf-16le" : mark === "254 255" ? "utf-16be" : "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

function orNo(read: () => Read): Read | No {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof TextError) return { code: fault.code, sentence: fault.message };
    throw fault;
  }
}
