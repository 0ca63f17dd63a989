/**
 * The verifier of docs/formats/verify-ledger.mjs shares no line with ours and was written from the page beside it. On every
 * file here, true or broken, the two must say the same: the same verdict, the same line, the same fault. Only the rules of
 * the case it does not fold, and says so.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { caseRules, keeperMessage } from "@parley/core";
import {
  base64url,
  canonicalJson,
  checkpointText,
  cosign,
  type ExportFault,
  endMessage,
  type Json,
  originOf,
  parseNote,
  sha256,
  sharedLog,
  utf8,
  verifyExport,
  writeExport,
} from "@parley/ledger";
import { SignedCase, sampleDraft, signedDevice } from "@parley/testing";
import * as fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";

type Independent = { readonly valid: boolean; readonly code?: string; readonly line?: number };
const path = fileURLToPath(new URL("../../../docs/formats/verify-ledger.mjs", import.meta.url));
const { verifyLedger } = (await import(path)) as {
  verifyLedger(chunks: Iterable<Uint8Array>, heads?: readonly string[]): Promise<Independent>;
};

let talks: SignedCase;
let file: Uint8Array;
let lines: readonly string[];

beforeAll(async () => {
  talks = await SignedCase.seated("two verifiers");
  const early = await talks.checkpoint();
  await talks.issue("borea", "DraftOpened", { kind: "partysText", text: sampleDraft }, { audience: "table" });
  const circle = await talks.openCircle("borea", "borea");
  const secret = { value: { text: "hold" }, to: ["borea"], purpose: "message" };
  await talks.issue("borea", "MessageSent", {}, { log: circle, secret });
  await talks.issue("borea", "MessageSent", {}, { log: circle, secret });
  const { id, signer } = await signedDevice("aldia");
  const cosigned = async (note: string) =>
    note + (await cosign(parseNote(note).text, id, signer, 1_739_872_800));
  const [shared, ...circles] = await talks.exported();
  const logs = [
    { ...shared!, checkpoint: await cosigned(shared!.checkpoint), cosigned: [await cosigned(early)] },
    ...circles,
  ];
  const chunks: Uint8Array[] = [];
  for await (const bytes of writeExport(logs, "keeper", talks.keeper)) chunks.push(bytes);
  file = Buffer.concat(chunks);
  lines = new TextDecoder().decode(file).trimEnd().split("\n");
});

/** These lines with a true sum and the keeper's signature, so that only what was changed inside is wrong. */
async function resigned(changed: readonly string[]): Promise<Uint8Array> {
  const body = changed.map((line) => `${line}\n`).join("");
  const end = base64url(sha256(utf8(body)));
  const signature = base64url(await talks.keeper.sign(endMessage(end)));
  return utf8(`${body}${canonicalJson({ by: "keeper", end, signature })}\n`);
}

/** Faults that only the rules of the case know. */
const ofTheRules = new Set([
  "wrong-phase",
  "wrong-role",
  "wrong-seat",
  "bad-body",
  "not-a-member",
  "stale-recipients",
]);

async function agree(bytes: Uint8Array, heads: readonly string[] = []): Promise<ExportFault | undefined> {
  const ours = await verifyExport([bytes], caseRules, { heads });
  const theirs = await verifyLedger([bytes], heads);
  if (ours.valid) {
    expect(theirs).toMatchObject({ valid: true });
    return undefined;
  }
  const { code, line } = ours.fault;
  if (!ofTheRules.has(code)) expect({ code: theirs.code, line: theirs.line }).toEqual({ code, line });
  return ours.fault;
}

describe("the two verifiers agree", () => {
  test("on the whole file, and on what each seat is given", async () => {
    expect(await agree(file)).toBeUndefined();
    for (const seat of [null, "aldia", "borea", "marin", "obser"]) {
      expect(await agree(await talks.file(seat))).toBeUndefined();
    }
  });

  test("on a keeper that is replaced: it signs the head that ends with the change, and none after it", async () => {
    const moved = await SignedCase.seated("moved");
    const change = {
      key: base64url((await signedDevice("next keeper")).signer.publicKey),
      checkpoint: checkpointText({ origin: originOf(moved.id, sharedLog), size: 1, root: moved.id }),
    };
    const borea = await signedDevice("borea");
    const signature = base64url(await borea.signer.sign(keeperMessage(moved.id, change)));
    await moved.issue("aldia", "KeeperChanged", { ...change, consents: [{ device: borea.id, signature }] });
    expect(await agree(await moved.file(null))).toBeUndefined();
    await moved.issue("borea", "SeatHeld", {});
    expect((await agree(await moved.file(null)))?.code).toBe("wrong-keeper");
  });

  test("on every line left out, doubled, or exchanged with the next", async () => {
    const inner = lines.slice(0, -1);
    for (let i = 0; i < inner.length; i++) {
      const dropped = inner.filter((_, at) => at !== i);
      const doubled = [...inner.slice(0, i + 1), ...inner.slice(i)];
      const swapped = inner.map((line, at) =>
        at === i ? (inner[i + 1] ?? line) : at === i + 1 ? inner[i]! : line,
      );
      // Without the last cosigned line or the newest circle's last entries a file may still be whole: both must say so.
      for (const changed of [dropped, doubled, swapped]) await agree(await resigned(changed));
    }
  });

  test("on every member of every line altered or taken away", async () => {
    const codes = new Set<string>();
    const values: Json[] = ["x", 0, null, {}, [], "A".repeat(43), "2025-01-01T00:00:00.000Z"];
    let turn = 0;
    for (const [i, line] of lines.entries()) {
      for (const place of placesIn(JSON.parse(line) as Json)) {
        for (const value of [turn % 2 === 0 ? undefined : values[turn % values.length]]) {
          turn++;
          const changed = canonicalJson(withChange(JSON.parse(line) as Json, place, value));
          if (changed === line) continue;
          const all = lines.map((was, at) => (at === i ? changed : was));
          const bytes =
            i === lines.length - 1 ? utf8(`${all.join("\n")}\n`) : await resigned(all.slice(0, -1));
          const fault = await agree(bytes);
          if (fault) codes.add(fault.code);
        }
      }
    }
    for (const code of ["bad-shape", "bad-signature", "wrong-count", "unknown-head", "wrong-case"]) {
      expect(codes, code).toContain(code);
    }
  });

  test("on keys enrolled to which nothing can be sealed, or with which nothing can be verified", async () => {
    const { keys } = await signedDevice("borea spare");
    const sealing = Buffer.from(keys.sealing, "base64url");
    const bent = (at: number, bytes: readonly number[]): string => {
      const key = Uint8Array.from(sealing);
      key.set(bytes, at);
      return base64url(key);
    };
    const shared = (await talks.exported())[0]!;
    for (const wrong of [
      { ...keys, sealing: bent(0, [0xff, 0xff]) },
      { ...keys, sealing: bent(1, [0xff, 0xff]) },
      { ...keys, sealing: bent(1184, Array<number>(32).fill(0)) },
      { ...keys, signing: base64url(Uint8Array.of(1, ...new Uint8Array(31))) },
    ]) {
      const entry = await talks.sign("borea", await talks.draft("borea", "DeviceAdded", { keys: wrong }));
      const chunks: Uint8Array[] = [];
      const logs = [{ ...shared, entries: [...(talks.entries.get(sharedLog) ?? []), entry] }];
      for await (const bytes of writeExport(logs, "keeper", talks.keeper)) chunks.push(bytes);
      expect((await agree(Buffer.concat(chunks)))?.code).toBe("wrong-device-keys");
    }
  });

  test("on any bytes exchanged, cut off or put in", async () => {
    const place = fc.nat({ max: file.length - 1 });
    await fc.assert(
      fc.asyncProperty(place, fc.uint8Array({ maxLength: 3 }), fc.nat({ max: 3 }), async (at, put, cut) => {
        const bytes = Buffer.concat([file.subarray(0, at), put, file.subarray(at + cut)]);
        await agree(bytes);
      }),
      { numRuns: 150 },
    );
    for (const end of [0, 1, 500, file.length - 1, file.length - 200]) await agree(file.subarray(0, end));
  });

  test("on heads from elsewhere", async () => {
    const head = await talks.checkpoint();
    expect(await agree(file, [head])).toBeUndefined();
    const longer = await SignedCase.seated("two verifiers");
    await longer.issue(
      "aldia",
      "DraftOpened",
      { kind: "partysText", text: sampleDraft },
      { audience: "table" },
    );
    expect(longer.id).toBe(talks.id);
    expect((await agree(file, [await longer.checkpoint()]))?.code).toBe("forked");
    for (const seat of ["aldia", "borea"]) await longer.issue(seat, "Void", {}, { audience: "table" });
    expect((await agree(file, [await longer.checkpoint()]))?.code).toBe("tail-missing");
    const other = await SignedCase.open("another table");
    expect((await agree(file, [await other.checkpoint()]))?.code).toBe("unknown-log");
  });
});

test("it runs by itself, and says what it does not check", () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-verify-"));
  try {
    const run = (bytes: Uint8Array) => {
      writeFileSync(join(folder, "case.parley"), bytes);
      return spawnSync(process.execPath, [path, join(folder, "case.parley")], { encoding: "utf8" });
    };
    const good = run(file);
    expect([good.status, good.stderr]).toEqual([0, ""]);
    expect(good.stdout).toContain("The rules of the case were not folded");
    const bad = run(file.map((byte, i) => (i === 5000 ? byte ^ 1 : byte)));
    expect(bad.status).toBe(1);
    expect(bad.stdout).toMatch(/^Fault in line \d+ \(/);
    expect(spawnSync(process.execPath, [path]).status).toBe(2);
    expect(spawnSync(process.execPath, [path, join(folder, "absent")]).status).toBe(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Paths to the members of a line, three levels deep. */
function placesIn(value: Json, at: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null || Array.isArray(value) || at.length === 3) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    [...at, name],
    ...placesIn(inner as Json, [...at, name]),
  ]);
}

function withChange(value: Json, [name, ...rest]: readonly string[], to: Json | undefined): Json {
  const object = { ...(value as Record<string, Json>) };
  if (rest.length > 0) object[name!] = withChange(object[name!]!, rest, to);
  else if (to === undefined) delete object[name!];
  else object[name!] = to;
  return object;
}
