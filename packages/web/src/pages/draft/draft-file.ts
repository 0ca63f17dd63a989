/** A draft as it comes from a file or from the clipboard: read in this browser, or why it was not. */
import { parseMarkdown, type Reading, readWord, renderMarkdown, TextError } from "@parley/text";
import type { No } from "../../source/no.ts";

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
  if (!file.name.toLowerCase().endsWith(".docx")) return readSource(await file.text());
  const bytes = new Uint8Array(await file.arrayBuffer());
  return orNo(() => {
    const reading = readWord(bytes);
    return { source: renderMarkdown(reading.draft), reading };
  });
}

function orNo(read: () => Read): Read | No {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof TextError) return { code: fault.code, sentence: fault.message };
    throw fault;
  }
}
