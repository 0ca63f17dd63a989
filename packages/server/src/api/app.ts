/**
 * The HTTP server: one place for what holds for every route. Each request is matched to a session, counted against its
 * limit, checked for other sites, authorized by its route's access, and answered in JSON or as a problem document.
 */
import { createHash } from "node:crypto";
import fastifyCookie from "@fastify/cookie";
import fastifyRateLimit from "@fastify/rate-limit";
import fastifySwagger from "@fastify/swagger";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import fastifyWebsocket from "@fastify/websocket";
import { MalformedError } from "@parley/ledger";
import { Ajv, type ValidateFunction } from "ajv";
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  type FastifySchemaCompiler,
  LogController,
} from "fastify";
import { StoreError } from "../store/sql.ts";
import { authorize } from "./access.ts";
import { caseRoutes } from "./case-routes.ts";
import { Connections } from "./connections.ts";
import { feedRoutes } from "./feed-routes.ts";
import { keepReply, replayReply } from "./idempotency.ts";
import { logRoutes } from "./log-routes.ts";
import { openApi } from "./openapi.ts";
import { operationRoutes } from "./operation-routes.ts";
import { pageRoutes } from "./page-routes.ts";
import { Problem } from "./problem.ts";
import type { App } from "./route.ts";
import type { Services } from "./services.ts";
import { refuseForeign, resolveSession } from "./session-cookie.ts";
import { sessionRoutes } from "./session-routes.ts";
import { signInRoutes } from "./sign-in-routes.ts";
import { maxSaidBytes, streamRoutes } from "./stream-routes.ts";

const maxDepth = 64;
/** RFC 6455: an endpoint is "going away". */
const goingAway = 1001;
const farewellMs = 2_000;

export interface AppOptions {
  /** Folder of the built web table, if it is to be served. */
  readonly pages?: string;
  readonly logger?: FastifyBaseLogger;
}

export async function createApp(services: Services, options: AppOptions = {}): Promise<App> {
  const { config, origin } = services;
  const connections = new Connections({ requestMs: 30_000, keepAliveMs: 65_000 });
  const app = Fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    bodyLimit: config.maxBodyBytes,
    serverFactory: (listener) => connections.serve(listener),
    // One proxy, the one that does TLS: what came before it in X-Forwarded-For anyone could have written.
    trustProxy: origin.startsWith("https:") ? (_address: string, hop: number) => hop === 0 : false,
    logController: new LogController({ disableRequestLogging: true }),
    // It would answer with no problem document; `addHooks` does.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 128 },
  }).withTypeProvider<TypeBoxTypeProvider>() as App;

  checkBodiesStrictly(app);
  readJsonOfBoundedDepth(app);
  app.setErrorHandler(async (error, request, reply) => {
    const problem = problemOf(error, request);
    if (problem.status === 429) void reply.header("retry-after", "60");
    return reply.code(problem.status).type("application/problem+json").send(problem.document());
  });
  app.setNotFoundHandler(() => {
    throw new Problem(404, "not-found", "There is no such page or route.");
  });

  await app.register(fastifyCookie);
  await app.register(fastifyWebsocket, {
    options: { maxPayload: maxSaidBytes, perMessageDeflate: false },
    preClose: endStreams,
  });
  // After the streams had their farewell.
  app.addHook("preClose", async () => connections.stop());
  await app.register(fastifySwagger, openApi());
  addHooks(app, services);
  await app.register(fastifyRateLimit, {
    hook: "preParsing",
    max: config.rateLimit,
    timeWindow: 60_000,
    keyGenerator: (request) => request.session?.account ?? request.ip,
    errorResponseBuilder: (_request, { after }) =>
      new Problem(429, "too-many-requests", `Too many requests: try again in ${after}.`),
  });

  const routes = [
    operationRoutes,
    signInRoutes,
    sessionRoutes,
    caseRoutes,
    feedRoutes,
    logRoutes,
    streamRoutes,
  ];
  for (const add of routes) add(app, services);
  await pageRoutes(app, services, options.pages);
  return app;
}

/** Readers are told that the server goes, so that they come back to the next one; who does not hear it is let go. */
function endStreams(this: FastifyInstance, done: () => void): void {
  const { websocketServer } = this;
  for (const socket of websocketServer.clients) socket.close(goingAway, "the server is stopping");
  const late = setTimeout(() => {
    for (const socket of websocketServer.clients) socket.terminate();
  }, farewellMs);
  websocketServer.close(() => {
    clearTimeout(late);
    done();
  });
}

/** Bodies are taken as they are: nothing is dropped, turned or filled in. What stands in an address is text, so it is read. */
function checkBodiesStrictly(app: App): void {
  const strict = new Ajv({ strict: false, removeAdditional: false, coerceTypes: false, useDefaults: false });
  const address = new Ajv({ strict: false, removeAdditional: false, coerceTypes: true, useDefaults: true });
  app.setValidatorCompiler(({ schema, httpPart }) => {
    const ajv = httpPart === "body" ? strict : address;
    return compiledAtFirstUse(() => ajv.compile(schema as object));
  });
  // Replies come from our own types; they are written plainly and compared with their schema in the tests.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
}

/** Compiling the schemas of all routes would be a tenth of the start. */
function compiledAtFirstUse(compile: () => ValidateFunction): ReturnType<FastifySchemaCompiler<unknown>> {
  let compiled: ValidateFunction | undefined;
  const validate: ReturnType<FastifySchemaCompiler<unknown>> = (value: unknown) => {
    compiled ??= compile();
    const valid = compiled(value);
    validate.errors = (compiled.errors ?? null) as NonNullable<typeof validate.errors> | null;
    return valid;
  };
  return validate;
}

function readJsonOfBoundedDepth(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    const text = body as string;
    if (text === "") return done(null, undefined);
    if (!isShallow(text)) return done(new Problem(400, "bad-request", "The body is nested too deeply."));
    try {
      const value: unknown = JSON.parse(text);
      return done(null, value);
    } catch {
      return done(new Problem(400, "bad-request", "The body is not JSON."));
    }
  });
}

/** Whether brackets outside of strings nest at most `maxDepth` deep: found before anything is built of them. */
function isShallow(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i++;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x7b || c === 0x5b) {
      if (++depth > maxDepth) return false;
    } else if (c === 0x7d || c === 0x5d) depth--;
  }
  return true;
}

function addHooks(app: App, services: Services): void {
  app.decorate("routeTable", []);
  app.decorateRequest("session", undefined);
  app.decorateRequest("slot", "main");
  app.decorateRequest("reading", undefined);
  app.addHook("onRoute", ({ method, url, config }) => {
    const access = config?.access;
    if (access === undefined) throw new Error(`${url} does not say who may use it`);
    for (const one of [method].flat()) app.routeTable.push({ method: one, url, access });
  });
  const methodsAt = methodsByPath(app);
  let stopping = false;
  app.addHook("preClose", async () => {
    stopping = true;
  });
  app.addHook("onRequest", async (request, reply) => {
    void reply.headers(securityHeaders(services));
    if (stopping) throw new Problem(503, "stopping", "The server is stopping: send the same again.");
    // What Node's parser lets through although RFC 9112 (3.2) does not: a proxy in front may have believed the other one.
    const names = request.raw.rawHeaders.filter((text, i) => i % 2 === 0 && text.length === 4);
    if (names.filter((name) => name.toLowerCase() === "host").length > 1) {
      void reply.header("connection", "close");
      throw new Problem(400, "bad-request", "The request names two hosts.", "host");
    }
    const unknown = request.is404 || request.routeOptions.url?.endsWith("*");
    const methods = unknown ? methodsAt(request.url) : [];
    if (methods.length > 0) {
      void reply.header("allow", methods.join(", "));
      throw new Problem(405, "method-not-allowed", `This address takes ${methods.join(", ")} only.`);
    }
    refuseForeign(request, services);
    await resolveSession(request, reply, services);
  });
  app.addHook("preHandler", async (request, reply) => {
    await authorize(request, services);
    await replayReply(request, reply, services);
  });
  app.addHook("onSend", async (request, reply, payload) => {
    await keepReply(request, reply, payload, services);
    return tagged(request, reply, payload);
  });
  app.addHook("onResponse", async (request, reply) => {
    const { method, routeOptions } = request;
    // The pattern of the route, never the address asked for, in which a secret could stand.
    const answered = { method, route: routeOptions.url ?? "none", status: reply.statusCode };
    services.metrics.requests.observe(answered, reply.elapsedTime / 1_000);
    request.log.debug({ ...answered, tookMs: Math.round(reply.elapsedTime) }, "answered");
  });
}

/** The methods that an address takes, as the document has it: a fixed address comes before one with a parameter. */
function methodsByPath(app: App): (url: string) => readonly string[] {
  let routes: { readonly route: string; readonly pattern: RegExp; readonly methods: string[] }[] | undefined;
  return (url) => {
    routes ??= [...new Set(app.routeTable.map((one) => one.url))]
      .filter((route) => !route.includes("*"))
      .map((route) => ({
        route,
        pattern: new RegExp(`^${route.replace(/:\w+/g, "[^/]+")}$`),
        methods: app.routeTable
          .filter(({ url: at, access }) => at === route && access !== "operator")
          .map(({ method }) => method),
      }));
    const path = url.split("?")[0] ?? "";
    const found =
      routes.find(({ route }) => route === path) ?? routes.find(({ pattern }) => pattern.test(path));
    return found?.methods ?? [];
  };
}

function securityHeaders({ origin }: Services): Record<string, string> {
  return {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cache-control": "no-store",
    ...(origin.startsWith("https:")
      ? { "strict-transport-security": "max-age=63072000; includeSubDomains" }
      : {}),
  };
}

/** A JSON answer that has not changed is not sent again: the tag is the hash of what this reader would be sent. */
function tagged(request: FastifyRequest, reply: import("fastify").FastifyReply, payload: unknown): unknown {
  const json = String(reply.getHeader("content-type") ?? "").startsWith("application/json");
  if (request.method !== "GET" || reply.statusCode !== 200 || !json || typeof payload !== "string")
    return payload;
  const tag = `"${createHash("sha256").update(payload).digest("base64url").slice(0, 27)}"`;
  void reply.header("etag", tag).header("cache-control", "private, no-cache");
  if (request.headers["if-none-match"] !== tag) return payload;
  void reply.code(304).removeHeader("content-type").removeHeader("content-length");
  return "";
}

function problemOf(error: unknown, request: FastifyRequest): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof MalformedError) return new Problem(400, "bad-request", error.message, error.place);
  if (error instanceof StoreError) {
    request.log.error({ code: error.code }, error.message);
    const again =
      error.outcome === "unknown"
        ? " Whether it was kept is not known: send the same again, an event counts once."
        : "";
    return new Problem(error.code === "storage-full" ? 507 : 503, error.code, `${error.message}${again}`);
  }
  const known = error as { statusCode?: number; code?: string; message?: string; validation?: unknown };
  if (known.validation) {
    const [first] = known.validation as { instancePath?: string; message?: string; params?: object }[];
    const extra = (first?.params as { additionalProperty?: string } | undefined)?.additionalProperty;
    const what =
      extra === undefined ? (first?.message ?? "it is not as it should be") : `"${extra}" is not known here`;
    return new Problem(
      400,
      "bad-request",
      `The request is not understood: ${what}.`,
      first?.instancePath ?? "",
    );
  }
  if (known.statusCode === 413)
    return new Problem(413, "too-large", "The body is larger than this server takes.");
  if (known.statusCode !== undefined && known.statusCode >= 400 && known.statusCode < 500) {
    return new Problem(known.statusCode, "bad-request", known.message ?? "The request is not understood.");
  }
  request.log.error({ err: error }, "a request failed");
  return new Problem(500, "internal", "Something is wrong in the server; its log says what.");
}
