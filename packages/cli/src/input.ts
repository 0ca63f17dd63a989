/** Reading what a command line names: files, folders and standard input, each bounded and named in errors. */
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "./command.ts";

/** Larger than any draft or problem that can be worked on; enough to refuse what would eat the machine. */
const maxBytes = 128 * 1024 * 1024;

/** The text of a file, or of standard input for `-`. UTF-8, or UTF-16 with a byte-order mark, which is left out. */
export function readText(source: string): string {
  return decodeText(source, readBytes(source));
}

/** The bytes of a file, or of standard input for `-`. */
export function readBytes(source: string): Uint8Array {
  return source === "-" ? readStandardInput() : readRegularFile(source);
}

export function decodeText(source: string, bytes: Uint8Array): string {
  const text = decoded(bytes);
  if (text === undefined) throw new InputError(source, "this is not UTF-8 text; save it as UTF-8 first");
  const nul = text.indexOf("\0");
  if (nul === -1) return text;
  const line = text.slice(0, nul).split("\n").length;
  throw new InputError(
    source,
    `line ${line}: this is no text, it has a NUL character; save it as UTF-8 text first`,
  );
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function encodingOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

function readRegularFile(source: string): Uint8Array {
  return withSystemErrors(source, () => {
    const file = openSync(source, "r");
    try {
      const { size } = fstatSync(file);
      if (size > maxBytes) throw tooLarge(source);
      return readFileSync(file);
    } finally {
      closeSync(file);
    }
  });
}

function readStandardInput(): Uint8Array {
  return withSystemErrors("-", () => {
    const parts: Uint8Array[] = [];
    const part = new Uint8Array(64 * 1024);
    let total = 0;
    for (;;) {
      const read = readAvailable(part);
      if (read === 0) return Buffer.concat(parts);
      total += read;
      if (total > maxBytes) throw tooLarge("-");
      parts.push(part.slice(0, read));
    }
  });
}

/** A pipe whose writer is slower than we are says EAGAIN where nothing has come yet. */
function readAvailable(part: Uint8Array): number {
  for (;;) {
    try {
      return readSync(0, part);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function tooLarge(source: string): InputError {
  return new InputError(source, `this is larger than ${maxBytes / 1024 / 1024} MiB, the most that is read`);
}

export function isFolder(source: string): boolean {
  return source !== "-" && withSystemErrors(source, () => statSync(source).isDirectory());
}

/** Whether the folder has a file of that name. */
export function hasFile(folder: string, name: string): boolean {
  return statSync(join(folder, name), { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Paths of the folder's files whose names end in one of these ways, in bytewise order of their names. */
export function filesIn(folder: string, ...endings: readonly string[]): string[] {
  const names = withSystemErrors(folder, () => readdirSync(folder));
  return names
    .filter((name) => endings.some((ending) => name.endsWith(ending)) && !name.startsWith("."))
    .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map((name) => join(folder, name));
}

export function withSystemErrors<T>(source: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(source, sayWhy(error as NodeJS.ErrnoException));
  }
}

function sayWhy(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case "ENOENT":
      return "there is no such file or folder";
    case "EACCES":
    case "EPERM":
      return "this may not be read";
    case "EISDIR":
      return "this is a folder; a file is needed here";
    case "ENOTDIR":
      return "a part of this path is a file, not a folder";
    default:
      return `this cannot be read (${error.code ?? error.message})`;
  }
}
