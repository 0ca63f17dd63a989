/** Drafts in files, by the ending of their names: Markdown, plain text, Word, Akoma Ntoso. */
import { writeFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import {
  type Draft,
  findAkomaNtosoLeaks,
  findWordLeaks,
  type Leak,
  parseMarkdown,
  parsePlain,
  type Reading,
  readAkomaNtoso,
  readWord,
  renderAkomaNtoso,
  renderMarkdown,
  renderPlain,
  writeWord,
} from "@parley/text";
import { InputError, UsageError } from "./command.ts";
import { decodeText, readBytes } from "./input.ts";

/** How to write each kind. `clean`: nothing goes along that a reader does not see. */
const writers: Readonly<Record<string, (draft: Draft, clean: boolean) => string | Uint8Array>> = {
  ".md": renderMarkdown,
  ".txt": renderPlain,
  ".docx": (draft, clean) => writeWord(draft, { withoutModel: clean }),
  ".xml": akomaNtoso,
  ".akn": akomaNtoso,
};

function akomaNtoso(draft: Draft, clean: boolean): string {
  return renderAkomaNtoso(draft, { withModel: !clean, ...dateOf(draft) });
}

/** A draft, and what its file gives away beside the text. */
export interface ParsedDraft {
  readonly reading: Reading;
  readonly findFileLeaks: () => readonly Leak[];
}

/** Word documents, with macros or not, and templates. */
const WORD = new Set([".docx", ".docm", ".dotx", ".dotm"]);

function begins(bytes: Uint8Array, ...signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** Reads a draft of any kind; repairs are in the reading. Word is known by its bytes too, so that it may come in through a pipe. */
export function parseDraft(source: string): ParsedDraft {
  const ending = source === "-" ? "" : extname(source).toLowerCase();
  if (ending === ".doc" || ending === ".pdf" || ending === ".odt" || ending === ".rtf") {
    throw new InputError(source, `${ending} is not read; save it as .docx, .md or .txt first`);
  }
  const bytes = readBytes(source);
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new InputError(
      source,
      "this is an old Word file (.doc) or one with a password; save it as .docx without one",
    );
  }
  if (WORD.has(ending) || begins(bytes, 0x50, 0x4b, 0x03)) {
    return { reading: readWord(bytes), findFileLeaks: () => findWordLeaks(bytes) };
  }
  const text = decodeText(source, bytes);
  if (ending === ".xml" || ending === ".akn") {
    return { reading: readAkomaNtoso(text), findFileLeaks: () => findAkomaNtosoLeaks(text) };
  }
  const reading = ending === ".txt" ? parsePlain(text) : parseMarkdown(text);
  return { reading, findFileLeaks: () => [] };
}

/** Refuses a file name before any work is done. */
export function checkWritable(file: string, source?: string): void {
  if (file !== "-" && !writers[extname(file).toLowerCase()]) {
    throw new UsageError(`${file}: a draft is written as .md, .txt, .docx, .xml or .akn (Akoma Ntoso)`);
  }
  if (source !== undefined && file !== "-" && resolve(file) === resolve(source)) {
    throw new UsageError(`${file} would be written over itself; name another file`);
  }
}

export function writeDraft(file: string, draft: Draft, clean: boolean): void {
  const write = writers[extname(file).toLowerCase()] ?? renderMarkdown;
  try {
    writeFileSync(file, write(draft, clean));
  } catch (error) {
    throw new InputError(file, `this cannot be written (${(error as NodeJS.ErrnoException).code ?? error})`);
  }
}

function dateOf({ other }: Draft): { date?: string } {
  const date = other?.["date"];
  return date !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(date) ? { date } : {};
}
