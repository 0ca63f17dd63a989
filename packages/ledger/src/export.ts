/**
 * The `.parley` file: a case as one file that can be written, read and checked as a stream (docs/formats/ledger.md).
 *
 * UTF-8, one canonical JSON object a line. For the shared log, then each circle of the exporting seat: a header, every
 * entry in order (or its leaf hash where the seat is not given it), the keeper's checkpoint, and earlier checkpoints that
 * devices cosigned. Last the SHA-256 of all earlier bytes, signed by the keeper or the exporting device. Reading here
 * checks the grammar and that sum; `verify.ts` checks what is said.
 */
import { canonicalJson, type Json, type JsonObject, jsonLimits, parseCanonicalJson } from "./canonical.ts";
import { base64url, concatBytes, fromBase64url, MalformedError, utf8 } from "./encoding.ts";
import { isHash, members, readEntry, shape } from "./entry.ts";
import {
  type CaseId,
  type DeviceId,
  type Entry,
  entryEnds,
  type LogId,
  messageBytes,
  sharedLog,
} from "./event.ts";
import { sha256Stream } from "./hash.ts";
import { type PreparedEntry, prepareEntry } from "./log.ts";
import type { Signer } from "./signature.ts";

export const exportFormat = "parley-export/1";

/** What opens the part of each log. `seat` is who exports, null for the keeper's whole log. */
export type ExportHeader = {
  readonly format: typeof exportFormat;
  readonly case: CaseId;
  readonly log: LogId;
  /** The keeper's present Ed25519 key, base64url. */
  readonly keeper: string;
  readonly seat: string | null;
};

/** An entry of which only the hash is given. */
export type RedactedEntry = { readonly leaf: string };

/** The last line: who vouches that the file ends here. */
export type ExportEnd = {
  readonly by: "keeper" | DeviceId;
  readonly end: string;
  readonly signature: string;
};

export type ExportedLog = {
  readonly header: ExportHeader;
  readonly entries: AsyncIterable<Entry | RedactedEntry> | Iterable<Entry | RedactedEntry>;
  /** The keeper's signed note for exactly these entries, with the cosignatures that it has. */
  readonly checkpoint: string;
  /** Earlier checkpoints with cosignatures, smallest first. */
  readonly cosigned: readonly string[];
};

/** A line, taken apart. `line` counts from 1; `end` comes with the sum of the bytes that were before it. */
export type ExportLine = { readonly line: number } & (
  | { readonly type: "header"; readonly header: ExportHeader }
  | { readonly type: "entry"; readonly prepared: PreparedEntry }
  | { readonly type: "leaf"; readonly leaf: Uint8Array }
  | { readonly type: "checkpoint"; readonly note: string }
  | { readonly type: "cosigned"; readonly note: string }
  | { readonly type: "end"; readonly end: ExportEnd; readonly sum: string }
);

/** The bytes of an export, line by line; the logs are read as they are written. */
export async function* writeExport(
  logs: AsyncIterable<ExportedLog> | Iterable<ExportedLog>,
  by: "keeper" | DeviceId,
  signer: Signer,
): AsyncGenerator<Uint8Array, void, void> {
  const sum = sha256Stream();
  const line = (value: Json): Uint8Array => {
    const bytes = utf8(`${canonicalJson(value)}\n`);
    sum.update(bytes);
    return bytes;
  };
  for await (const { header, entries, checkpoint, cosigned } of logs) {
    yield line(header);
    for await (const entry of entries) yield line(entry);
    yield line({ checkpoint });
    for (const note of cosigned) yield line({ cosigned: note });
  }
  const end = base64url(sum.digest());
  yield line({ by, end, signature: base64url(await signer.sign(endMessage(end))) });
}

/** What the signature of the last line is over. */
export function endMessage(end: string): Uint8Array {
  return messageBytes("parley-export/1", { end });
}

/**
 * The lines of an export. Throws `MalformedError` with the line for anything that is not exactly this format: not
 * canonical, out of order, cut off, or followed by more. Memory is bounded by the longest line.
 */
export async function* readExport(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<ExportLine, void, void> {
  const sum = sha256Stream();
  let line = 0;
  let expected: readonly ExportLine["type"][] = ["header"];
  for await (const bytes of linesOf(source)) {
    line++;
    let read: ExportLine;
    try {
      read = readLine(bytes, line, () => base64url(sum.digest()));
    } catch (error) {
      throw (error as MalformedError).within(`line ${line}`);
    }
    if (!expected.includes(read.type)) {
      throw new MalformedError(
        "bad-export",
        `line ${line}`,
        `${read.type} where ${expected.join(" or ")} belongs`,
      );
    }
    expected = following[read.type];
    sum.update(bytes);
    sum.update(newline);
    yield read;
  }
  if (expected.length > 0) {
    throw new MalformedError("bad-export", `line ${line + 1}`, "the file ends before its last line");
  }
}

const following: Readonly<Record<ExportLine["type"], readonly ExportLine["type"][]>> = {
  header: ["entry", "leaf"],
  entry: ["entry", "leaf", "checkpoint"],
  leaf: ["entry", "leaf", "checkpoint"],
  checkpoint: ["cosigned", "header", "end"],
  cosigned: ["cosigned", "header", "end"],
  end: [],
};

const newline = Uint8Array.of(10);

function readLine(bytes: Uint8Array, line: number, sum: () => string): ExportLine {
  const value = parseCanonicalJson(bytes);
  const object = members(value, "line");
  if ("event" in object) return { line, type: "entry", prepared: prepareLine(bytes, object) };
  if ("leaf" in object) {
    const { leaf } = members(object, "line", ["leaf"]);
    if (!isHash(leaf)) throw shape("leaf", "a hash in base64url");
    return { line, type: "leaf", leaf: fromBase64url(leaf) };
  }
  if ("format" in object) return { line, type: "header", header: readHeader(object) };
  if ("checkpoint" in object) return { line, type: "checkpoint", note: readNote(object, "checkpoint") };
  if ("cosigned" in object) return { line, type: "cosigned", note: readNote(object, "cosigned") };
  return { line, type: "end", end: readEnd(object), sum: sum() };
}

/** The line was compared with its canonical form, so the event's text is what stands between the entry's ends. */
function prepareLine(bytes: Uint8Array, object: JsonObject): PreparedEntry {
  const entry = readEntry(object);
  const [before, after] = entryEnds(entry);
  // What was read of the ends is ASCII: a character is a byte.
  const event = bytes.subarray(before.length, bytes.length - after.length);
  return prepareEntry(entry, event, bytes);
}

function readHeader(object: JsonObject): ExportHeader {
  const header = members(object, "header", ["case", "format", "keeper", "log", "seat"]);
  if (header["format"] !== exportFormat) throw shape("header.format", exportFormat);
  if (!isHash(header["case"])) throw shape("header.case", "a hash in base64url");
  if (!isHash(header["keeper"])) throw shape("header.keeper", "a key in base64url");
  if (header["log"] !== sharedLog && !isHash(header["log"])) throw shape("header.log", "shared, or a hash");
  if (header["seat"] !== null && typeof header["seat"] !== "string")
    throw shape("header.seat", "a name or null");
  return header as unknown as ExportHeader;
}

function readNote(object: JsonObject, name: "checkpoint" | "cosigned"): string {
  const note = members(object, "line", [name])[name];
  if (typeof note !== "string") throw shape(name, "a signed note");
  return note;
}

function readEnd(object: JsonObject): ExportEnd {
  const end = members(object, "end", ["by", "end", "signature"]);
  if (end["by"] !== "keeper" && !isHash(end["by"])) throw shape("end.by", "keeper, or a device");
  if (!isHash(end["end"])) throw shape("end.end", "a hash in base64url");
  if (typeof end["signature"] !== "string") throw shape("end.signature", "a signature in base64url");
  return end as unknown as ExportEnd;
}

/** The lines without their newlines; the last one must have its own. */
async function* linesOf(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, void> {
  let parts: Uint8Array[] = [];
  let pending = 0;
  let line = 1;
  for await (const chunk of source) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      yield concatBytes(...parts, chunk.subarray(start, end));
      parts = [];
      pending = 0;
      line++;
      start = end + 1;
    }
    const rest = chunk.slice(start);
    pending += rest.length;
    if (pending > jsonLimits.maxSize) {
      throw new MalformedError("too-large", `line ${line}`, `longer than ${jsonLimits.maxSize} bytes`);
    }
    parts.push(rest);
  }
  if (pending > 0) throw new MalformedError("bad-export", `line ${line}`, "it is cut off in the middle");
}
