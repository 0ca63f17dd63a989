import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Disk, writeWhole } from "../../src/store/whole-file.ts";
import { PowerFailure, SimulatedDisk } from "./simulated-disk.ts";

const file = "folder/backup";
const old = "what stood there before";

/** Writes to the disk until it is done or the power fails; returns whether it was said to be done. */
async function attempt(disk: Disk, write: typeof writeWhole, chunks: readonly string[]): Promise<boolean> {
  try {
    await write(
      file,
      async (put) => {
        for (const chunk of chunks) await put(Buffer.from(chunk));
      },
      disk,
    );
    return true;
  } catch (error) {
    if (!(error instanceof PowerFailure)) throw error;
    return false;
  }
}

/** One power failure of any kind: when, what was there, what was being written, and what the disk kept of it. */
const failures = fc.record({
  before: fc.constantFrom<Readonly<Record<string, string>>[]>({}, { [file]: old }),
  chunks: fc.array(fc.stringMatching(/^[a-z]{1,20}$/), { minLength: 1, maxLength: 6 }),
  failAt: fc.integer({ min: 0, max: 14 }),
  chances: fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 30, maxLength: 30 }),
});

function asked(chances: readonly number[]): () => number {
  let next = 0;
  return () => chances[next++ % chances.length] ?? 0;
}

describe("a file that is written whole", () => {
  test("is the old one or the new one after a power failure, and the new one once that was said", async () => {
    await fc.assert(
      fc.asyncProperty(failures, async ({ before, chunks, failAt, chances }) => {
        const disk = new SimulatedDisk(before, failAt);
        const done = await attempt(disk, writeWhole, chunks);
        const found = disk.afterFailure(asked(chances)).get(file);
        if (done) expect(found).toBe(chunks.join(""));
        else expect([before[file], chunks.join("")]).toContain(found);
      }),
      { numRuns: 5_000 },
    );
  });

  test("would be torn or lost on the same disk without its syncs", async () => {
    const found = new Set<string>();
    for (const skipped of ["sync", "syncFolder"] as const) {
      const sample = fc.sample(failures, { numRuns: 1_000, seed: 1 });
      for (const { before, chunks, chances } of sample) {
        const disk = new SimulatedDisk(before);
        const careless: Disk = {
          create: async (path) => {
            const handle = await disk.create(path);
            return skipped === "sync" ? { ...handle, sync: async () => undefined } : handle;
          },
          rename: (from, to) => disk.rename(from, to),
          remove: (path) => disk.remove(path),
          syncFolder: async () => (skipped === "syncFolder" ? undefined : disk.syncFolder()),
        };
        expect(await attempt(careless, writeWhole, chunks)).toBe(true);
        const after = disk.afterFailure(asked(chances)).get(file);
        if (after !== chunks.join("")) found.add(`${skipped}: ${after === before[file] ? "lost" : "torn"}`);
      }
    }
    expect([...found].sort()).toEqual(["sync: torn", "syncFolder: lost"]);
  });

  test("replaces the one before, is for its owner alone, and leaves nothing where its writer fails", async () => {
    const folder = mkdtempSync(join(tmpdir(), "parley-whole-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, "a.backup");
    writeFileSync(path, old);
    const failing = writeWhole(path, async (put) => {
      await put(Buffer.from("half"));
      throw new Error("no more");
    });
    await expect(failing).rejects.toThrow("no more");
    expect(readdirSync(folder)).toEqual(["a.backup"]);
    expect(readFileSync(path, "utf8")).toBe(old);
    await writeWhole(path, (put) => put(Buffer.from("new")));
    expect(readdirSync(folder)).toEqual(["a.backup"]);
    expect(readFileSync(path, "utf8")).toBe("new");
    if (process.platform !== "win32") expect(statSync(path).mode & 0o077).toBe(0);
  });
});
