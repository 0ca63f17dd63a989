/** The solver in a worker of a real browser: bundled as the pages are, asked, watched and stopped. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { type Problem, type solveRemotely as remotely, type SolutionDocument, solve } from "@parley/solver";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, launch } from "../../web/test/chromium.ts";

const sources: Readonly<Record<string, string>> = {
  worker: 'import { serveSolver } from "@parley/solver"; serveSolver(self, () => performance.now());',
  page: 'import { solveRemotely } from "@parley/solver"; globalThis.solveRemotely = solveRemotely;',
};

async function bundle(folder: string): Promise<void> {
  await build({
    configFile: false,
    root: resolve(import.meta.dirname, ".."),
    logLevel: "silent",
    resolve: { conditions: ["@parley/source", "module", "browser", "development|production"] },
    plugins: [
      {
        name: "entries",
        resolveId: (id) => (id in sources ? `\0${id}` : null),
        load: (id) => sources[id.replace("\0", "")] ?? null,
      },
    ],
    build: {
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: {
        input: Object.fromEntries(Object.keys(sources).map((name) => [name, name])),
        preserveEntrySignatures: "strict",
        output: { entryFileNames: "[name].js" },
      },
    },
  });
}

/** `isolated`: with the headers under which a page may share memory with its workers. */
function serve(folder: string, isolated: boolean): Promise<{ address: string; server: Server }> {
  const headers = isolated
    ? { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" }
    : {};
  const server = createServer((request, response) => {
    const name = basename(request.url ?? "");
    if (!name.endsWith(".js")) {
      response
        .writeHead(200, { ...headers, "content-type": "text/html" })
        .end('<!doctype html><title>solver</title><script type="module" src="/page.js"></script>');
      return;
    }
    response.writeHead(200, { ...headers, "content-type": "text/javascript" });
    const inside = (request.url ?? "").split("/").filter((part) => part !== "" && part !== "..");
    response.end(readFileSync(join(folder, ...inside)));
  });
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => {
      const at = server.address();
      done({ address: `http://127.0.0.1:${typeof at === "object" && at ? at.port : 0}`, server });
    });
  });
}

type Browser = Awaited<ReturnType<typeof launch>>;
type Page = Awaited<ReturnType<Browser["newPage"]>>;

interface Answer {
  readonly document: SolutionDocument | null;
  readonly refused: string | null;
  readonly reports: number;
  readonly isolated: boolean;
}

/** Asks in the page; `stop` aborts at the first report of progress. */
function ask(page: Page, problem: unknown, stop: boolean): Promise<Answer> {
  return page.evaluate(
    async ({ asked, stops }) => {
      const { solveRemotely } = globalThis as unknown as { solveRemotely: typeof remotely };
      const worker = new Worker("/worker.js", { type: "module" });
      const controller = new AbortController();
      let reports = 0;
      const outcome = await solveRemotely(
        worker,
        { problem: asked as Problem, frontier: {}, solve: {} },
        {
          signal: controller.signal,
          terminate: () => worker.terminate(),
          onProgress: () => {
            reports++;
            if (stops) controller.abort();
          },
        },
      ).then(
        (document) => ({ document, refused: null }),
        (error: Error) => ({ document: null, refused: error.message }),
      );
      worker.terminate();
      return { ...outcome, reports, isolated: globalThis.crossOriginIsolated };
    },
    { asked: problem, stops: stop },
  );
}

/** Points that grow apart, so that much is efficient and nothing is quick. */
function problemOf(parties: number, issues: number, options: number): Problem {
  const ids = (letter: string, count: number): string[] =>
    Array.from({ length: count }, (_, k) => `${letter}${k}`);
  const points = (p: number, i: number, o: number): number => ((p + 3) * (i + 7) * (o + 11) * 7919) % 9973;
  return {
    format: "parley-problem/1",
    name: "worker",
    parties: ids("p", parties).map((id) => ({ id, walkAway: 0 })),
    issues: ids("i", issues).map((id) => ({
      id,
      options: ids("o", options).map((option) => ({ id: option })),
    })),
    scores: Object.fromEntries(
      ids("p", parties).map((party, p) => [
        party,
        Object.fromEntries(
          ids("i", issues).map((id, i) => [
            id,
            Object.fromEntries(ids("o", options).map((option, o) => [option, points(p, i, o)])),
          ]),
        ),
      ]),
    ),
  };
}

describe.skipIf(!chromiumPath)("the solver in a browser's worker", () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-solver-worker-"));
  const servers: Server[] = [];
  let browser: Browser;
  const open = async (isolated: boolean): Promise<Page> => {
    const { address, server } = await serve(folder, isolated);
    servers.push(server);
    const page = await browser.newPage();
    await page.goto(address);
    return page;
  };

  beforeAll(async () => {
    await bundle(folder);
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("answers as it does at home, and refuses what is not a problem", async () => {
    const page = await open(false);
    const problem = problemOf(3, 6, 4);
    const { document } = await ask(page, problem, false);
    const home = solve(problem);
    for (const [name, solution] of Object.entries(home)) {
      expect(document?.solutions).toHaveProperty(name);
      if (solution.status === "optimal")
        expect(document?.solutions).toMatchObject({
          [name]: { status: "optimal", outcome: solution.outcome },
        });
    }
    expect(document?.frontier?.size).toBeGreaterThan(1);
    const { refused } = await ask(page, { ...problem, parties: [] }, false);
    expect(refused).toMatch(/at least one party/);
  });

  test("is stopped through shared memory where the page may share it, with what was found so far", async () => {
    const page = await open(true);
    const { document, reports, isolated } = await ask(page, problemOf(8, 80, 10), true);
    expect(isolated).toBe(true);
    expect(reports).toBeGreaterThan(0);
    for (const solution of Object.values(document?.solutions ?? {}))
      expect(solution.status).not.toBe("infeasible");
    expect(JSON.stringify(document?.solutions)).toMatch(/"status":"(bounded|unknown)"/);
  });

  test("is stopped by ending the worker where memory may not be shared", async () => {
    const page = await open(false);
    const { document, refused, isolated } = await ask(page, problemOf(8, 80, 10), true);
    expect(isolated).toBe(false);
    expect(document).toBeNull();
    expect(refused).toBe("the request was stopped");
  });
});
