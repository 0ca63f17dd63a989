import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { follow, type LogItem, ParleyClient } from "../src/client/index.ts";
import { closeCodes } from "../src/stream-hub.ts";
import { type PostgresServer, postgresFolder, startPostgres } from "./postgres-server.ts";
import { browser, type Person, person, startTestServer, TestCase, type TestServer } from "./table.ts";

/** A WebSocket with a browser's cookies. */
function openFor(someone: Person): (url: string) => globalThis.WebSocket {
  return (url) => {
    const cookie = [...someone.browser.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
    return new WebSocket(url, {
      headers: { cookie },
      origin: someone.origin,
    }) as unknown as globalThis.WebSocket;
  };
}

interface Listening {
  readonly texts: string[];
  readonly states: string[];
  stop(): void;
}

function listen(
  talks: TestCase,
  name: string,
  next: Record<string, number> = {},
  by = talks.member(name),
): Listening {
  const texts: string[] = [];
  const states: string[] = [];
  const told = ({ seq, ...item }: LogItem): string =>
    `${seq} ${"entry" in item ? String(item.entry.event.body["text"] ?? item.entry.event.kind) : "-"}`;
  const stop = follow(
    by.client,
    {
      caseId: talks.id,
      next,
      onItems: (log, items) => texts.push(...items.map((item) => `${log.slice(0, 6)} ${told(item)}`)),
      onState: (state) => states.push(state),
    },
    openFor(by),
  );
  return { texts, states, stop };
}

async function until(condition: () => boolean, ms = 15_000): Promise<void> {
  for (const end = Date.now() + ms; !condition(); ) {
    if (Date.now() > end) throw new Error("it did not come about");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("the stream", () => {
  let server: TestServer;
  let talks: TestCase;
  beforeAll(async () => {
    server = await startTestServer();
    talks = await TestCase.seated(server);
  });
  afterAll(() => server.stop());

  test("brings each reader every entry once, in order, as it is given to the seat", async () => {
    const start = (await talks.head("aldia")).size;
    const readers = ["aldia", "borea", "obser"].map((name) => listen(talks, name));
    await until(() => readers.every(({ states }) => states.includes("live")));
    for (let i = 0; i < 20; i++)
      await talks.say(i % 2 ? "aldia" : "borea", `line ${i}`, i % 4 ? "public" : "table");
    await until(() => readers.every(({ texts }) => texts.length === start + 20));
    const whole = readers[0]!.texts;
    expect(whole.map((text) => text.split(" ")[1])).toEqual(whole.map((_, i) => String(i)));
    expect(readers[1]!.texts).toEqual(whole);
    const observed = readers[2]!.texts;
    expect(observed.filter((text) => text.endsWith(" -")).length).toBe(5);
    expect(observed.filter((text) => text.includes("line")).length).toBe(15);
    for (const { stop } of readers) stop();
  });

  test("brings a circle to its seats alone, from its first entry", async () => {
    const [inside, outside] = [listen(talks, "aldia"), listen(talks, "borea")];
    await until(() => [inside, outside].every(({ states }) => states.includes("live")));
    const log = (await talks.circle("aldia", "marin")).slice(0, 6);
    await until(() => inside.texts.includes(`${log} 0 CircleOpened`));
    await talks.say("borea", "after");
    await until(() => outside.texts.some((text) => text.endsWith("after")));
    expect(outside.texts.some((text) => text.startsWith(log))).toBe(false);
    inside.stop();
    outside.stop();
  });

  test("publishes a log's checkpoint at most once a second, and the newest in the end", async () => {
    const notes: { readonly checkpoint: string; readonly at: number }[] = [];
    const marin = talks.member("marin");
    let live = false;
    const stop = follow(
      marin.client,
      {
        caseId: talks.id,
        next: {},
        onItems: (log, _items, checkpoint) => {
          if (log === "shared" && checkpoint !== undefined) notes.push({ checkpoint, at: performance.now() });
        },
        onState: (state) => {
          live ||= state === "live";
        },
      },
      openFor(marin),
    );
    await until(() => live);
    const started = performance.now();
    for (let i = 0; i < 12; i++) {
      await talks.say("aldia", `checkpoint ${i}`);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    const newest = await marin.client.checkpoint(talks.id, "shared");
    await until(() => notes.at(-1)?.checkpoint === newest);
    const seconds = (performance.now() - started) / 1_000;
    expect(new Set(notes.map(({ checkpoint }) => checkpoint)).size).toBe(notes.length);
    expect(notes.length).toBeGreaterThan(0);
    expect(notes.length).toBeLessThanOrEqual(1 + Math.ceil(seconds));
    stop();
  });

  test("is taken up where the reader stands, and comes back after a break", async () => {
    const { size } = await talks.head("marin");
    const sockets: WebSocket[] = [];
    const marin = talks.member("marin");
    const texts: number[] = [];
    const states: string[] = [];
    const stop = follow(
      marin.client,
      {
        caseId: talks.id,
        next: { shared: size - 2 },
        onItems: (log, items) => {
          if (log === "shared") texts.push(...items.map(({ seq }) => seq));
        },
        onState: (state) => states.push(state),
      },
      (url) => {
        const socket = openFor(marin)(url);
        sockets.push(socket as unknown as WebSocket);
        return socket;
      },
    );
    await until(() => states.includes("live"));
    expect(texts).toEqual([size - 2, size - 1]);
    sockets[0]!.terminate();
    await until(() => states.includes("broken"));
    await talks.say("aldia", "during the break");
    await until(() => texts.includes(size));
    expect(texts).toEqual([size - 2, size - 1, size]);
    stop();
  });

  test("lets go of a reader who does not read, keeps nothing for it, and it catches up when it reads again", async () => {
    const { size } = await talks.head("marin");
    const marin = talks.member("marin");
    const sockets: WebSocket[] = [];
    const seqs: number[] = [];
    const states: string[] = [];
    const stop = follow(
      marin.client,
      {
        caseId: talks.id,
        next: { shared: size },
        onItems: (log, items) => {
          if (log === "shared") seqs.push(...items.map(({ seq }) => seq));
        },
        onState: (state) => states.push(state),
      },
      (url) => {
        const socket = openFor(marin)(url);
        sockets.push(socket as unknown as WebSocket);
        return socket;
      },
    );
    const other = listen(talks, "borea", { shared: size });
    await until(() => states.includes("live") && other.states.includes("live"));
    sockets[0]!.pause();
    const codes: number[] = [];
    sockets[0]!.on("close", (code) => codes.push(code));
    const dropped = async () => (await server.services.metrics.dropped.get()).values[0]?.value ?? 0;
    const before = await dropped();
    let said = 0;
    // The system's own buffers for a connection take some megabytes first.
    for (; said < 800 && (await dropped()) === before; said++) await talks.say("aldia", "x".repeat(20_000));
    expect(await dropped()).toBe(before + 1);
    await talks.say("aldia", "said after that");
    said++;
    await until(() => other.texts.length === said);
    expect(seqs.length).toBeLessThan(said);
    sockets[0]!.resume();
    await until(() => seqs.length === said && codes.length > 0);
    expect(codes).toEqual([closeCodes.slow]);
    expect(seqs).toEqual(seqs.map((_, i) => size + i));
    stop();
    other.stop();
  });

  test("ends at once for a session that is ended from another one of the same account", async () => {
    const marin = talks.member("marin");
    const jar = browser(server.url);
    const elsewhere: Person = {
      ...marin,
      browser: jar,
      client: new ParleyClient({ origin: server.url, fetch: jar }),
    };
    const { account } = marin;
    const link = { name: "marin", role: "member", validMs: 60_000, account } as const;
    const { session } = await elsewhere.client.redeemLink(await server.services.accounts.link(link));
    const reader = listen(talks, "marin", {}, elsewhere);
    const other = listen(talks, "marin");
    await until(() => [reader, other].every(({ states }) => states.includes("live")));
    await marin.client.endSession(session);
    // A dead line is noticed after half a minute and more.
    await until(() => reader.states.includes("ended"), 10_000);
    expect(other.states).not.toContain("ended");
    other.stop();
  });

  test("ends for a member whose device is revoked, before anything later is sent", async () => {
    const reader = listen(talks, "cassa");
    await until(() => reader.states.includes("live"));
    const { device } = await import("./table.ts");
    await talks.issue("cassa", "DeviceRevoked", { device: (await device("cassa")).id });
    await until(() => reader.states.includes("ended"));
    await talks.say("aldia", "later");
    expect(reader.texts.some((text) => text.endsWith("later"))).toBe(false);
    await expect(talks.member("cassa").client.case(talks.id)).rejects.toMatchObject({ status: 404 });
  });

  test("takes up as many logs as a reader may have, and so many streams of one account", async () => {
    const narrow = await startTestServer({ "max-streams-each": "2" });
    onTestFinished(() => narrow.stop());
    const held = await TestCase.open(narrow);
    const marin = held.member("marin");
    const many = Array.from({ length: 900 }, (_, i) => [String(i).padStart(43, "A"), 2_147_483_647] as const);
    const first = listen(held, "marin", { shared: 0, ...Object.fromEntries(many) });
    await until(() => first.states.includes("live"));
    const second = listen(held, "marin");
    await until(() => second.states.includes("live"));
    const third = listen(held, "marin");
    await until(() => third.states.includes("broken"));
    expect(third.states).not.toContain("live");
    second.stop();
    await until(() => third.states.includes("live"));
    for (const { stop } of [first, third]) stop();
    expect((await marin.client.case(held.id)).logs).toHaveLength(1);
  });

  test("opens for nobody else, nor from another site, and closes on what it does not understand", async () => {
    const url = talks.member("aldia").client.streamUrl(talks.id);
    const refused = (headers: Record<string, string>, origin = server.url): Promise<number> =>
      new Promise((resolve) => {
        const socket = new WebSocket(url, { headers, origin });
        socket.on("unexpected-response", (_request, response) => resolve(response.statusCode ?? 0));
        socket.on("open", () => resolve(200));
        socket.on("error", () => undefined);
      });
    const stranger = await person(server);
    const cookie = (someone: Person) => [...someone.browser.cookies].map(([k, v]) => `${k}=${v}`).join("; ");
    expect(await refused({})).toBe(401);
    expect(await refused({ cookie: cookie(stranger) })).toBe(404);
    expect(await refused({ cookie: cookie(talks.member("aldia")) }, "https://evil.example")).toBe(403);
    const code = await new Promise((resolve) => {
      const socket = new WebSocket(url, {
        headers: { cookie: cookie(talks.member("aldia")) },
        origin: server.url,
      });
      socket.on("open", () => socket.send('{"next":{"shared":-1}}'));
      socket.on("close", resolve);
    });
    expect(code).toBe(closeCodes.badRequest);
  });
});

describe.runIf(postgresFolder !== undefined)("two servers on one PostgreSQL", () => {
  let postgres: PostgresServer;
  let one: TestServer;
  let two: TestServer;
  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await postgres.database();
    one = await startTestServer({ "database-url": url });
    two = await startTestServer({ "database-url": url });
  });
  afterAll(async () => {
    await one.stop();
    await two.stop();
    await postgres.stop();
  });

  test("are one keeper: events sent to both stand once each in one order, and both streams bring them", async () => {
    expect(two.services.keeper.key).toBe(one.services.keeper.key);
    const talks = await TestCase.seated(one);
    const names = ["aldia", "borea", "marin", "cassa"];
    const clients = new Map<string, Person>();
    for (const [i, name] of names.entries()) {
      if (i % 2 === 0) continue;
      const jar = browser(two.url);
      for (const [k, v] of talks.member(name).browser.cookies) jar.cookies.set(k, v);
      const { ParleyClient } = await import("../src/client/index.ts");
      clients.set(name, {
        client: new ParleyClient({ origin: two.url, fetch: jar }),
        browser: jar,
        account: "",
        origin: two.url,
      });
    }
    const far = listen(talks, "borea", {}, clients.get("borea")!);
    const near = listen(talks, "aldia");
    await until(() => [far, near].every(({ states }) => states.includes("live")));
    const { size } = await talks.head("aldia");
    const sendAll = async (name: string): Promise<number[]> => {
      const seqs: number[] = [];
      for (let i = 0; i < 15; i++) {
        const body = { form: "statement", text: `${name} ${i}`, about: [] };
        const { event, signature } = await talks.next(name, { kind: "StatementMade", body });
        const { client } = clients.get(name) ?? talks.member(name);
        seqs.push((await client.append(event, signature)).seq);
      }
      return seqs;
    };
    const seqs = (await Promise.all(names.map(sendAll))).flat().sort((a, b) => a - b);
    expect(seqs).toEqual(seqs.map((_, i) => size + i));
    await until(() => far.texts.length === size + 60 && near.texts.length === size + 60);
    expect(far.texts).toEqual(near.texts);
    expect(await talks.head("aldia")).toEqual(
      (await clients.get("borea")!.client.case(talks.id)).logs.map(({ size: s, root }) => ({
        size: s,
        root,
      }))[0],
    );
    far.stop();
    near.stop();
  });
});
