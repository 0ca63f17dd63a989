/**
 * The live stream of a case: a WebSocket on which the reader says once where it stands, as { "next": { log: seq } }, and
 * then receives entries of the shared log and of its circles as they become durable, in the same form as the pages.
 */
import type { Socket } from "node:net";
import type { WebSocket } from "@fastify/websocket";
import type { FastifyRequest } from "fastify";
import { closeCodes, type Outlet, StreamHub } from "../stream-hub.ts";
import { requireReading, requireSession } from "./access.ts";
import { Problem } from "./problem.ts";
import type { App } from "./route.ts";
import { CaseParams, ReaderQuery } from "./route.ts";
import type { Services } from "./services.ts";

const firstMessageMs = 10_000;
const pingMs = 30_000;
const maxLogs = 1_000;
/** What a reader says: the place in each log takes less than 64 bytes. */
export const maxSaidBytes: number = 64 * maxLogs;

export function streamRoutes(app: App, services: Services): void {
  const hubs = new Map<string, StreamHub>();
  const streams = new Set<{ socket: WebSocket; session: string; account: string; alive: boolean }>();

  app.get(
    "/api/v1/cases/:caseId/stream",
    {
      websocket: true,
      config: { access: "case" },
      schema: {
        tags: ["cases"],
        summary: "The live stream (a WebSocket).",
        params: CaseParams,
        querystring: ReaderQuery,
      },
      preHandler: async (request) => {
        const { maxStreams, maxStreamsEach } = services.config;
        if (streams.size >= maxStreams) {
          throw new Problem(503, "too-many-streams", "This server has as many open streams as it takes.");
        }
        const { account } = requireSession(request);
        const own = [...streams].filter((stream) => stream.account === account).length;
        if (own >= maxStreamsEach) {
          throw new Problem(
            429,
            "too-many-streams",
            "This account has as many open streams as one may have: close other windows.",
          );
        }
      },
    },
    (socket: WebSocket, request: FastifyRequest) => {
      const { reader, published } = requireReading(request);
      const { caseId } = published.people;
      const { session, account } = requireSession(request);
      const stream = { socket, session, account, alive: true };
      streams.add(stream);
      services.metrics.streams.inc();
      let leave: (() => void) | undefined;
      const late = setTimeout(
        () => socket.close(closeCodes.badRequest, "say where you stand"),
        firstMessageMs,
      );
      socket.once("message", (data: Buffer) => {
        clearTimeout(late);
        const next = placesOf(data.toString());
        if (!next) return socket.close(closeCodes.badRequest, "not understood");
        const hub = hubs.get(caseId) ?? new StreamHub(caseId, services.keeper, services.metrics);
        hubs.set(caseId, hub);
        hub.follow(reader, outletOf(socket, request.raw.socket), next).then(
          (how) => {
            leave = how;
            if (socket.readyState !== socket.OPEN) how();
          },
          (error: unknown) => {
            request.log.error({ err: error }, "a stream failed");
            socket.close(1011, "failed");
          },
        );
      });
      socket.on("pong", () => {
        stream.alive = true;
      });
      socket.on("error", () => socket.terminate());
      socket.on("close", () => {
        clearTimeout(late);
        streams.delete(stream);
        services.metrics.streams.dec();
        leave?.();
        if (hubs.get(caseId)?.isEmpty) hubs.delete(caseId);
      });
    },
  );

  const signedOut = (session: string) => {
    for (const stream of streams) {
      if (stream.session === session) stream.socket.close(closeCodes.ended, "signed out");
    }
  };
  services.sessions.onEnded.add(signedOut);
  const care = setInterval(() => {
    for (const stream of streams) {
      if (!stream.alive) stream.socket.terminate();
      stream.alive = false;
      stream.socket.ping();
      services.sessions.isLive(stream.session).then(
        (live) => live || signedOut(stream.session),
        () => undefined,
      );
    }
  }, pingMs);
  app.addHook("onClose", async () => clearInterval(care));
}

/**
 * Messages go past the WebSocket's own sender, which would make a frame for each of thousands of readers: the server's
 * frames are not masked, so one is good for all. Pings and the end are still written there, each at once and whole.
 */
function outletOf(socket: WebSocket, connection: Socket): Outlet {
  return {
    send: (text) => {
      if (socket.readyState === socket.OPEN) connection.write(frameAround(text));
    },
    close: (code, reason) => socket.close(code, reason),
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
  };
}

const frames = new WeakMap<Buffer, Buffer>();

/** A final text frame, not masked and not compressed (RFC 6455, section 5.2). */
function frameAround(text: Buffer): Buffer {
  const known = frames.get(text);
  if (known) return known;
  const { length } = text;
  const wide = length > 0xffff ? 8 : length > 125 ? 2 : 0;
  const frame = Buffer.allocUnsafe(2 + wide + length);
  frame[0] = 0x81;
  frame[1] = wide === 8 ? 127 : wide === 2 ? 126 : length;
  if (wide === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  if (wide === 2) frame.writeUInt16BE(length, 2);
  text.copy(frame, 2 + wide);
  frames.set(text, frame);
  return frame;
}

/** The reader's first message; undefined where it is not one. */
function placesOf(text: string): Map<string, number> | undefined {
  try {
    const { next, ...rest } = JSON.parse(text) as { next?: unknown };
    if (typeof next !== "object" || next === null || Object.keys(rest).length > 0) return undefined;
    const places = Object.entries(next);
    const wellFormed = places.every(
      ([log, seq]) => /^(shared|[A-Za-z0-9_-]{43})$/.test(log) && Number.isSafeInteger(seq) && seq >= 0,
    );
    return wellFormed && places.length <= maxLogs ? new Map(places as [string, number][]) : undefined;
  } catch {
    return undefined;
  }
}
