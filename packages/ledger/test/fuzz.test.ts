/** Whatever bytes come from outside, a decoder gives a value or a `MalformedError`, in bounded time. */
import {
  fromBase64,
  fromBase64url,
  fromHex,
  fromUtf8,
  type Json,
  MalformedError,
  openRecoveryKit,
  openSealed,
  parseCanonicalJson,
  parseCheckpoint,
  parseNote,
  parseNoteKey,
  readEntry,
  readExport,
  type Sealed,
  seal,
  timeOfCosignature,
  utf8,
  verifyExport,
  verifySignature,
} from "@parley/ledger";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { ToyCase, toyDevice, toyRules } from "./toy-case.ts";

/** `PARLEY_FUZZ_RUNS=20000` for a long campaign. */
const numRuns = Number(process.env["PARLEY_FUZZ_RUNS"] ?? 300);

const anna = await toyDevice("Anna");
let toy: ToyCase;
let entry: string;
let note: string;
let file: Uint8Array;
let sealed: Sealed;
const context = { case: "c", log: "l", kind: "k", author: anna.id, purpose: "p" } as Parameters<
  typeof seal
>[0];

beforeAll(async () => {
  const { canonicalJson, writeExport } = await import("@parley/ledger");
  toy = await ToyCase.open(anna);
  sealed = await seal(context, "secret", [{ device: anna.id, keys: anna.keys }]);
  entry = canonicalJson(await toy.say(anna, { text: "hello" }, { sealed }));
  note = await toy.checkpoint();
  const chunks: Uint8Array[] = [];
  for await (const bytes of writeExport(await toy.exported(), "keeper", toy.keeper)) chunks.push(bytes);
  file = Buffer.concat(chunks);
});

/** Valid bytes with a few places exchanged, cut out or put in; or bytes of any kind. */
function bentBytes(valid: () => Uint8Array): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({ at: fc.nat(), put: fc.uint8Array({ maxLength: 8 }), cut: fc.nat({ max: 8 }) });
  const bent = fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) =>
    edits.reduce<Uint8Array>((bytes, { at, put, cut }) => {
      const place = at % (bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, place), put, bytes.subarray(place + cut)]);
    }, valid()),
  );
  return fc.oneof(
    { weight: 4, arbitrary: bent },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 400 }) },
  );
}
const bentText = (valid: () => string): fc.Arbitrary<string> =>
  bentBytes(() => utf8(valid())).map((bytes) => new TextDecoder().decode(bytes));

function onlyTyped(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    expect(error.place).not.toBe("");
  }
}

describe("any bytes give a value or a typed error", () => {
  test("encodings and JSON", () => {
    void fc.assert(
      fc.property(
        bentText(() => entry),
        fc.uint8Array({ maxLength: 200 }),
        (text, bytes) => {
          for (const read of [fromBase64, fromBase64url, fromHex, parseCanonicalJson])
            onlyTyped(() => read(text));
          onlyTyped(() => fromUtf8(bytes));
          onlyTyped(() => parseCanonicalJson(bytes));
        },
      ),
      { numRuns },
    );
  });

  test("entries", () => {
    void fc.assert(
      fc.property(
        bentText(() => entry),
        fc.jsonValue(),
        (text, value) => {
          onlyTyped(() => readEntry(parseCanonicalJson(text)));
          onlyTyped(() => readEntry(value as Json));
          onlyTyped(() => readEntry({ ...(JSON.parse(entry) as object), event: value } as Json));
        },
      ),
      { numRuns },
    );
  });

  test("notes, checkpoints, keys and cosignatures", () => {
    void fc.assert(
      fc.property(
        bentText(() => note),
        fc.uint8Array({ maxLength: 80 }),
        (text, bytes) => {
          onlyTyped(() => parseNote(text));
          onlyTyped(() => parseCheckpoint(text));
          onlyTyped(() => parseNoteKey(text));
          onlyTyped(() => timeOfCosignature(text, bytes, bytes));
          expect(verifySignature(bytes, utf8("message"), bytes)).toBe(false);
        },
      ),
      { numRuns },
    );
  });

  test("exports: read to the end or refused, never verified", async () => {
    await fc.assert(
      fc.asyncProperty(
        bentBytes(() => file),
        async (bytes) => {
          try {
            for await (const line of readExport([bytes])) expect(line.line).toBeGreaterThan(0);
          } catch (error) {
            if (!(error instanceof MalformedError)) throw error;
          }
          const verdict = await verifyExport([bytes], toyRules);
          expect(verdict.valid).toBe(Buffer.compare(bytes, file) === 0);
        },
      ),
      { numRuns },
    );
  });

  test("sealed parts", async () => {
    const bent = bentText(() => sealed.ciphertext);
    await fc.assert(
      fc.asyncProperty(bent, bent, async (ciphertext, other) => {
        const [mine] = sealed.to;
        for (const one of [
          { ...sealed, ciphertext },
          { ...sealed, to: [{ ...mine!, enc: other }] },
          { ...sealed, to: [{ ...mine!, key: other }] },
        ]) {
          const outcome = await openSealed(one, context, anna.sealingKey).catch((error: unknown) => error);
          expect(outcome === "secret" || outcome instanceof MalformedError).toBe(true);
        }
      }),
      { numRuns: Math.ceil(numRuns / 6) },
    );
  });

  test("recovery kits", async () => {
    const any = fc.oneof(
      fc.string(),
      fc.string().map((text) => `-----BEGIN AGE ENCRYPTED FILE-----\n${text}`),
    );
    await fc.assert(
      fc.asyncProperty(any, async (kit) => {
        await expect(openRecoveryKit(kit, { passphrase: "correct horse" })).rejects.toBeInstanceOf(
          MalformedError,
        );
      }),
      { numRuns },
    );
  });
});

describe("hostile sizes are bounded", () => {
  test.each([
    ["deep arrays", "[".repeat(2_000_000)],
    ["deep objects", '{"a":'.repeat(800_000)],
    ["a long number", "9".repeat(4_000_000)],
    ["a long string", `"${"a".repeat(4_000_000)}`],
    ["a long note", `${"a\n".repeat(2_000_000)}\n— a AAAAAAA=\n`],
    ["many signatures", `a\n\n${"— a AAAAAAA=\n".repeat(300_000)}`],
  ])("%s are refused within two seconds of work", (_, text) => {
    const started = process.cpuUsage();
    for (const read of [parseCanonicalJson, parseNote, parseCheckpoint, parseNoteKey, fromBase64url]) {
      onlyTyped(() => read(text));
    }
    const { user, system } = process.cpuUsage(started);
    expect((user + system) / 1e6).toBeLessThan(2);
  });
});
