import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { LoadedCase, measureAppends, measureRawStore, measureStream, serve } from "../server.ts";

const connections = Number(process.env["BENCH_CONNECTIONS"] ?? "3");
const events = Number(process.env["BENCH_EVENTS"] ?? "4");
const readers = Number(process.env["BENCH_READERS"] ?? "5");
const large = connections > 50;

test("the server's bench measures appends, the stream, the start and the raw store", {
  timeout: 600_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, "data");
  const server = await serve(data);
  const loaded = await LoadedCase.open(server.url, { data, lock: false }, connections);
  const appends = await measureAppends(loaded, events);
  expect(appends).toMatchObject({ events: connections * events, refused: 0 });
  const stream = await measureStream(loaded, readers, 10, large ? 10 : 1);
  expect(stream.received).toBe(stream.expected);
  const resident = server.residentMB();
  await server.stop();
  const again = await serve(data);
  await again.stop();
  const raw = await measureRawStore(
    { data: join(folder, "raw"), lock: true },
    Math.max(1, connections),
    large ? 3_000 : 100,
  );
  expect(raw.perSecond).toBeGreaterThan(0);
  console.log(
    JSON.stringify({
      appends,
      stream,
      residentMB: Math.round(resident),
      coldStartMs: Math.round(again.startMs),
      raw,
    }),
  );
});
