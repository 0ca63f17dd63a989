/** The zip file around a Word document, read in bounded time and memory and written the same each time. */
import { Unzip, UnzipInflate, zipSync } from "fflate";
import { TextError } from "../error.ts";

/** Bytes of one part, and of all parts read, when unpacked. A Word file of 300 pages has about 5 MB. */
const MAX_PART = 64 * 1024 * 1024;
const MAX_TOTAL = 128 * 1024 * 1024;
const MAX_FILES = 5_000;
const CHUNK = 64 * 1024;
/** The record that ends a zip file, without the remark that may follow in it. */
const END_SIGNATURE = 0x06054b50;
const END_LENGTH = 22;
const MAX_REMARK = 65_535;

/** Unpacks the parts whose name is `wanted`. Throws a `TextError` if it is no zip file or one that swells. */
export function unpack(bytes: Uint8Array, wanted: (name: string) => boolean): Map<string, Uint8Array> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    throw broken("this is not a Word document (.docx): it is no zip file.");
  const parts = new Map<string, Uint8Array>();
  let total = 0;
  let files = 0;
  const unzip = new Unzip((file) => {
    if (++files > MAX_FILES) throw unsafe(`it holds more than ${MAX_FILES} files.`);
    if (!wanted(file.name) || parts.has(file.name)) return;
    const chunks: Uint8Array[] = [];
    let size = 0;
    file.ondata = (error, data, final) => {
      // What is thrown here comes back as this error.
      if (error instanceof TextError) throw error;
      if (error) throw broken("this Word document is damaged: a part cannot be unpacked.");
      size += data.length;
      total += data.length;
      if (size > MAX_PART || total > MAX_TOTAL) throw unsafe("a part unpacks to more than 64 MB.");
      chunks.push(data);
      if (final) parts.set(file.name, joined(chunks, size));
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += CHUNK) {
      unzip.push(bytes.subarray(at, at + CHUNK), at + CHUNK >= bytes.length);
    }
  } catch (error) {
    if (error instanceof TextError) throw error;
    throw broken("this Word document is damaged or cut off: it cannot be unpacked.");
  }
  if (files < filesPromised(bytes)) {
    throw broken("this Word document is cut off: it lacks parts that belong to it.");
  }
  return parts;
}

/**
 * How many files there are by the record at the end, which a file that was cut off has not: without it what came before
 * the cut would be read as if it were all.
 */
function filesPromised(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = bytes.length - END_LENGTH;
  for (let at = last; at >= Math.max(0, last - MAX_REMARK); at--) {
    if (view.getUint32(at, true) !== END_SIGNATURE) continue;
    const promised = view.getUint16(at + 10, true);
    // More than the field can hold, or zip64: the number stands in a record that this reader needs not.
    return promised === 0xffff ? 0 : promised;
  }
  return Number.POSITIVE_INFINITY;
}

/** Packs parts in the order given, with a fixed date, so that the same parts give the same bytes. */
export function pack(parts: ReadonlyMap<string, string>): Uint8Array {
  const encoder = new TextEncoder();
  const files = Object.fromEntries([...parts].map(([name, text]) => [name, encoder.encode(text)]));
  return zipSync(files, { mtime: "1980-01-01T00:00:00", level: 6 });
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function broken(sentence: string): TextError {
  return new TextError("not-word", { line: 1, column: 1 }, sentence);
}

function unsafe(sentence: string): TextError {
  return new TextError("unsafe-file", { line: 1, column: 1 }, `this Word document is refused: ${sentence}`);
}
