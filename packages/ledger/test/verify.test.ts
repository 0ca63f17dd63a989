/** One file of one case, made once: what verifies it, and every fault of it that is to be found, named by its line. */
import {
  base64url,
  canonicalJson,
  cosign,
  type Device,
  type Entry,
  type ExportedLog,
  type ExportVerdict,
  endMessage,
  fromUtf8,
  type Json,
  parseNote,
  sha256,
  sharedLog,
  signerFromSeed,
  utf8,
  type VerifyOptions,
  verifyExport,
  writeExport,
} from "@parley/ledger";
import { beforeAll, describe, expect, test } from "vitest";
import { bytesOf, ToyCase, type ToyState, toyDevice, toyRules } from "./toy-case.ts";

const anna = await toyDevice("Anna");
const boris = await toyDevice("Boris");

let toy: ToyCase;
let early: string;
let lines: readonly string[];

async function written(logs: readonly ExportedLog[], by: "keeper" | Device = "keeper"): Promise<string> {
  const chunks: string[] = [];
  const [name, signer] = by === "keeper" ? (["keeper", toy.keeper] as const) : ([by.id, by.signer] as const);
  for await (const bytes of writeExport(logs, name, signer)) chunks.push(fromUtf8(bytes));
  return chunks.join("");
}

function verify(text: string, options: VerifyOptions = {}): Promise<ExportVerdict<ToyState>> {
  return verifyExport([utf8(text)], toyRules, options);
}

/** The first fault as `code@line`, or `valid`. */
async function outcome(text: string, options: VerifyOptions = {}): Promise<string> {
  const verdict = await verify(text, options);
  return verdict.valid ? "valid" : `${verdict.fault.code}@${verdict.fault.line}`;
}

/** A file of these lines with a true sum and the keeper's signature: only what was changed inside is wrong. */
async function resigned(changed: readonly string[]): Promise<string> {
  const body = changed.map((line) => `${line}\n`).join("");
  const end = base64url(sha256(utf8(body)));
  const signature = base64url(await toy.keeper.sign(endMessage(end)));
  return `${body}${canonicalJson({ by: "keeper", end, signature })}\n`;
}

const without = (index: number): string[] => lines.filter((_, i) => i !== index && i < lines.length - 1);
const replaced = (index: number, line: string): string[] =>
  lines.slice(0, -1).map((was, i) => (i === index ? line : was));

beforeAll(async () => {
  toy = await ToyCase.open(anna);
  await toy.say(anna, { device: boris.id, keys: boris.keys }, { kind: "DeviceAdded", audience: "public" });
  early = await toy.checkpoint();
  await toy.say(boris, { text: "one" });
  await toy.say(anna, { text: "two" }, { audience: "public" });
  const circle = await toy.openCircle(anna, "delegation");
  await toy.say(boris, { text: "three" }, { log: circle });
  lines = (await written(await toy.exported())).trimEnd().split("\n");
});

describe("an export", () => {
  test("is one canonical object a line: the shared log, the circles, the end", () => {
    expect(
      lines.map((line) =>
        Object.keys(JSON.parse(line) as object)
          .toSorted((a, b) => (a < b ? -1 : 1))
          .join(),
      ),
    ).toEqual([
      "case,format,keeper,log,seat",
      "at,event,signature",
      "at,event,signature",
      "at,event,signature",
      "at,event,signature",
      "checkpoint",
      "case,format,keeper,log,seat",
      "at,event,shared,signature",
      "at,event,shared,signature",
      "checkpoint",
      "by,end,signature",
    ]);
  });

  test("verifies, says what it found, and that a missing tail is not excluded", async () => {
    const verdict = await verify(`${lines.join("\n")}\n`);
    expect(verdict).toMatchObject({
      valid: true,
      caseId: toy.id,
      seat: null,
      signatures: "verified",
      tail: "unproven",
      logs: [
        { log: sharedLog, head: toy.shared.position.head(), given: 4, redacted: 0, cosignatures: 0 },
        { given: 2, redacted: 0 },
      ],
    });
    expect(verdict.valid && verdict.state).toEqual(toy.shared.state);
  });

  test("verifies however its bytes are cut into chunks", async () => {
    const bytes = utf8(`${lines.join("\n")}\n`);
    for (const size of [1, 7, 1000]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(await verifyExport(chunks, toyRules)).toMatchObject({ valid: true });
    }
  });

  test("may be signed by the exporting device, which the log must know", async () => {
    expect(await outcome(await written(await toy.exported("north"), boris))).toBe("valid");
    const stranger = await toyDevice("stranger");
    expect(await outcome(await written(await toy.exported("north"), stranger))).toBe("bad-end-signature@11");
  });

  test("of a seat holds leaf hashes in place of what the seat is not given", async () => {
    const given = await toy.exported("observer", (entry: Entry) => entry.event.audience !== "table");
    const text = await written(given.slice(0, 1));
    expect(text).not.toContain('"one"');
    const verdict = await verify(text);
    expect(verdict).toMatchObject({ valid: true, seat: "observer", logs: [{ given: 3, redacted: 1 }] });
    expect(verdict.valid && verdict.state.said).toBe(1);
  });

  test("counts the cosignatures of devices that it knows, on the last head and on earlier ones", async () => {
    const [shared, circle] = (await toy.exported()) as [ExportedLog, ExportedLog];
    const stranger = await toyDevice("stranger");
    const cosigned = async (note: string, device: Device): Promise<string> =>
      note + (await cosign(parseNote(note).text, device.id, device.signer, 1_739_872_800));
    const text = await written([
      {
        ...shared,
        checkpoint: await cosigned(await cosigned(shared.checkpoint, anna), stranger),
        cosigned: [await cosigned(early, boris)],
      },
      circle,
    ]);
    expect(await verify(text)).toMatchObject({
      valid: true,
      logs: [{ cosignatures: 2 }, { cosignatures: 0 }],
    });

    const forged = await cosigned(early, { ...boris, signer: { ...boris.signer, sign: anna.signer.sign } });
    const bad = await written([{ ...shared, cosigned: [forged] }]);
    expect(await outcome(bad)).toBe("bad-cosignature@7");
    const elsewhere = await written([{ ...shared, cosigned: [circle.checkpoint] }]);
    expect(await outcome(elsewhere)).toBe("wrong-cosigned-head@7");
  });
});

describe("a head from elsewhere", () => {
  test("proves that nothing up to it is missing or was rewritten", async () => {
    const text = `${lines.join("\n")}\n`;
    expect(await verify(text, { heads: [early] })).toMatchObject({
      valid: true,
      tail: "contains-known-head",
    });
    expect(await verify(text, { heads: [early, await toy.checkpoint()] })).toMatchObject({ valid: true });
    expect(await outcome(text, { heads: [] })).toBe("valid");
  });

  test("newer than the file shows that the tail is missing", async () => {
    const text = `${lines.join("\n")}\n`;
    const more = await ToyCase.open(anna);
    for (let i = 0; i < 5; i++) await more.say(anna, { text: "later" });
    expect(await outcome(text, { heads: [await more.checkpoint()] })).toBe("tail-missing@6");
  });

  test("that the file does not continue shows a fork", async () => {
    const fork = await ToyCase.open(anna);
    await fork.say(anna, { text: "what the other side was shown" });
    expect(fork.id).toBe(toy.id);
    const text = `${lines.join("\n")}\n`;
    expect(await outcome(text, { heads: [await fork.checkpoint()] })).toBe("forked@6");
  });

  test("that is no checkpoint is refused as an argument", async () => {
    await expect(verify("", { heads: ["no note"] })).rejects.toMatchObject({ code: "bad-note" });
  });

  test("of a log that the file lacks is named", async () => {
    const [shared, circle] = (await toy.exported()) as [ExportedLog, ExportedLog];
    expect(await outcome(await written([shared]), { heads: [circle.checkpoint] })).toBe("unknown-log@7");
  });
});

describe("the first fault is named by its line", () => {
  const change = (index: number, alter: (value: Record<string, Json>) => void): string[] => {
    const value = JSON.parse(lines[index]!) as Record<string, Json>;
    alter(value);
    return replaced(index, canonicalJson(value));
  };
  const event = (value: Record<string, Json>): Record<string, Json> => value["event"] as Record<string, Json>;

  test.each<[string, () => string[], string]>([
    [
      "an entry altered",
      () =>
        change(3, (one) => {
          event(one)["body"] = { text: "another" };
        }),
      "bad-signature@4",
    ],
    [
      "a signature stripped",
      () =>
        change(3, (one) => {
          one["signature"] = "A".repeat(86);
        }),
      "bad-signature@4",
    ],
    [
      "the keeper's time altered",
      () =>
        change(4, (one) => {
          one["at"] = "2025-02-19T00:00:00.000Z";
        }),
      "wrong-root@6",
    ],
    [
      "the keeper's time turned back",
      () =>
        change(4, (one) => {
          one["at"] = "2025-02-17T00:00:00.000Z";
        }),
      "time-went-back@5",
    ],
    ["an entry left out", () => without(3), "unknown-head@4"],
    ["an author's first entry left out", () => without(2), "unknown-head@3"],
    [
      "two entries exchanged",
      () => {
        const l = [...lines.slice(0, -1)];
        [l[3], l[4]] = [l[4]!, l[3]!];
        return l;
      },
      "unknown-head@4",
    ],
    ["an entry twice", () => [...lines.slice(0, 4), lines[3]!, ...lines.slice(4, -1)], "wrong-count@5"],
    ["the opening redacted", () => replaced(1, canonicalJson({ leaf: "A".repeat(43) })), "opening-missing@2"],
    [
      "a circle's entry redacted",
      () => replaced(8, canonicalJson({ leaf: "A".repeat(43) })),
      "redacted-in-circle@9",
    ],
    [
      "another keeper's key",
      () =>
        change(0, (one) => {
          one["keeper"] = base64url(anna.signer.publicKey);
        }),
      "wrong-keeper@6",
    ],
    [
      "another case's name",
      () =>
        change(0, (one) => {
          one["case"] = "A".repeat(43);
        }),
      "wrong-case@2",
    ],
    [
      "headers that differ",
      () =>
        change(6, (one) => {
          one["seat"] = "north";
        }),
      "header-differs@7",
    ],
    ["a circle first", () => lines.slice(6, -1), "log-order@1"],
    ["the shared log twice", () => [...lines.slice(0, 6), ...lines.slice(0, 6)], "log-order@7"],
    ["no checkpoint", () => without(5), "bad-export@6"],
    ["nothing but a header", () => lines.slice(0, 1), "bad-export@2"],
    [
      "an unknown format",
      () =>
        change(0, (one) => {
          one["format"] = "parley-export/2";
        }),
      "bad-shape@1",
    ],
    ["an unknown line", () => replaced(3, '{"hello":1}'), "bad-shape@4"],
    ["a line that is no object", () => replaced(3, "[]"), "bad-shape@4"],
    ["a leaf that is no hash", () => replaced(3, '{"leaf":"x"}'), "bad-shape@4"],
    ["a checkpoint that is no note", () => replaced(5, '{"checkpoint":1}'), "bad-shape@6"],
    ["a note without signatures", () => replaced(5, '{"checkpoint":"text"}'), "bad-note@6"],
    ["a line that is not canonical", () => replaced(3, ` ${lines[3]}`), "not-canonical@4"],
    [
      "a circle's entry without its shared head",
      () =>
        change(8, (one) => {
          delete one["shared"];
        }),
      "shared-head-missing@9",
    ],
    [
      "a circle's entry on an empty case",
      () =>
        change(8, (one) => {
          (one["shared"] as Record<string, Json>)["size"] = 0;
        }),
      "shared-head-missing@9",
    ],
    [
      "a header's log that is no log",
      () =>
        change(6, (one) => {
          one["log"] = "x";
        }),
      "bad-shape@7",
    ],
    [
      "a header's case that is no hash",
      () =>
        change(0, (one) => {
          one["case"] = "x";
        }),
      "bad-shape@1",
    ],
    [
      "a header's keeper that is no key",
      () =>
        change(0, (one) => {
          one["keeper"] = 1;
        }),
      "bad-shape@1",
    ],
    [
      "a header's seat that is no name",
      () =>
        change(0, (one) => {
          one["seat"] = 1;
        }),
      "bad-shape@1",
    ],
  ])("%s", async (_, changed, expected) => {
    expect(await outcome(await resigned(changed()))).toBe(expected);
  });

  test("a keeper that signs another head than the entries have", async () => {
    const [shared] = (await toy.exported()) as [ExportedLog];
    expect(await outcome(await written([{ ...shared, checkpoint: early }]))).toBe("wrong-root@6");
    const other = await ToyCase.open(anna, "another EXERCISE");
    expect(await outcome(await written([{ ...shared, checkpoint: await other.checkpoint() }]))).toBe(
      "bad-checkpoint@6",
    );
  });

  test("a rule of the case that was broken", async () => {
    const rude = await ToyCase.open(anna, "rude");
    const entry = await rude.sign(anna, rude.draft(anna, { text: "rude" }));
    const { prepareEntry } = await import("@parley/ledger");
    rude.shared.position.append(prepareEntry(entry));
    rude.entries.get(sharedLog)!.push(entry);
    const chunks: string[] = [];
    for await (const bytes of writeExport(await rude.exported(), "keeper", rude.keeper))
      chunks.push(fromUtf8(bytes));
    expect(await verify(chunks.join(""))).toEqual({
      valid: false,
      fault: { code: "rude", sentence: "Nothing may be rude.", line: 3, log: sharedLog, seq: 1 },
    });
  });

  test("any byte of the file altered", async () => {
    const text = `${lines.join("\n")}\n`;
    const bytes = utf8(text);
    for (let at = 3; at < bytes.length; at += 397) {
      const changed = bytes.slice();
      changed[at]! ^= 1;
      const verdict = await verifyExport([changed], toyRules);
      expect(verdict.valid, `byte ${at}`).toBe(false);
    }
  });

  test("any end of the file cut off, and anything after it", async () => {
    const text = `${lines.join("\n")}\n`;
    expect(await outcome("")).toBe("bad-export@1");
    expect(await outcome(text.slice(0, -1))).toBe("bad-export@11");
    expect(await outcome(text.slice(0, 2000))).toMatch(/^bad-export@/);
    for (let i = 0; i < lines.length; i++) {
      expect(
        await outcome(
          lines
            .slice(0, i)
            .map((line) => `${line}\n`)
            .join(""),
        ),
      ).toBe(`bad-export@${i + 1}`);
    }
    expect(await outcome(`${text}\n`)).toBe("bad-json@12");
    expect(await outcome(`${text}${lines[0]}\n`)).toBe("bad-export@12");
  });

  test("the last line", async () => {
    const body = lines
      .slice(0, -1)
      .map((line) => `${line}\n`)
      .join("");
    const end = JSON.parse(lines.at(-1)!) as Record<string, Json>;
    const withEnd = (change: Record<string, Json>): string =>
      `${body}${canonicalJson({ ...end, ...change })}\n`;
    expect(await outcome(withEnd({}))).toBe("valid");
    expect(await outcome(withEnd({ end: "A".repeat(43) }))).toBe("wrong-sum@11");
    expect(await outcome(withEnd({ signature: "A".repeat(86) }))).toBe("bad-end-signature@11");
    expect(await outcome(withEnd({ signature: "!" }))).toBe("bad-base64@11");
    expect(await outcome(withEnd({ by: anna.id }))).toBe("bad-end-signature@11");
    expect(await outcome(withEnd({ by: "nobody" }))).toBe("bad-shape@11");
    expect(await outcome(withEnd({ end: 1 }))).toBe("bad-shape@11");
    expect(await outcome(withEnd({ signature: 1 }))).toBe("bad-shape@11");
    expect(await outcome(withEnd({ more: 1 }))).toBe("bad-shape@11");
  });

  test("a line longer than any event may be ends the reading", async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield utf8('{"');
      for (let i = 0; i < 1000; i++) yield new Uint8Array(65_536).fill(97);
      throw new Error("read on");
    }
    const verdict = await verifyExport(endless(), toyRules);
    expect(verdict).toMatchObject({ valid: false, fault: { code: "too-large", line: 1 } });
  });

  test("a failure of the disk is not a fault of the file", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield utf8(`${lines[0]}\n`);
      throw new Error("disk");
    }
    await expect(verifyExport(broken(), toyRules)).rejects.toThrow("disk");
  });
});

describe("without the authors' signatures", () => {
  test("everything else is checked, and the verdict says what was not", async () => {
    const text = `${lines.join("\n")}\n`;
    expect(await verify(text, { signatures: false })).toMatchObject({
      valid: true,
      signatures: "not-checked",
    });
    expect(await outcome(await resigned(without(3)), { signatures: false })).toBe("unknown-head@4");
    const stranger = signerFromSeed(bytesOf("stranger"));
    const forged = JSON.parse(lines[4]!) as { signature: string };
    forged.signature = base64url(await stranger.sign(utf8("forged")));
    const changed = await resigned(replaced(4, canonicalJson(forged)));
    expect(await outcome(changed, { signatures: false })).toBe("wrong-root@6");
  });
});
