/** The entries of a log: sending a signed event, reading by sequence, proofs, checkpoints and cosignatures. */
import { rights } from "@parley/core/rules";
import {
  cosignedAt,
  type DeviceId,
  type Event,
  fromBase64url,
  type LogId,
  openCheckpoint,
  originOf,
  readEvent,
} from "@parley/ledger";
import type { FastifyRequest } from "fastify";
import { presentAuthor } from "../keeper/case-file.ts";
import { itemText } from "../keeper/giving.ts";
import { requireReading, requireSession, requireStepUp } from "./access.ts";
import { notFound, Problem } from "./problem.ts";
import type { App } from "./route.ts";
import {
  answers,
  CaseParams,
  ConsistencyQuery,
  CursorQuery,
  cursorIn,
  cursorText,
  FromQuery,
  InclusionQuery,
  LogParams,
  NoQuery,
  nothing,
  pageOf,
  ReaderQuery,
} from "./route.ts";
import type { Services } from "./services.ts";
import {
  CheckpointShape,
  CosignatureShape,
  CosignaturesShape,
  EntriesShape,
  ProofShape,
  ReceiptShape,
  SubmissionShape,
} from "./shapes.ts";

/** Answering a package and signing bind a party: whoever does so proves presence first. */
const bindingKinds = new Set([
  "AnswerSealed",
  "PackageAccepted",
  "AgreementConfirmed",
  "TextInitialled",
  "TextSigned",
  "KeeperChanged",
]);
/** Whoever sends these brings the device's keys in the event, so the event itself is the proof that they are held. */
const newcomerKinds = new Set(
  Object.entries(rights)
    .filter(([, right]) => right.newcomer)
    .map(([kind]) => kind),
);

export function logRoutes(app: App, services: Services): void {
  submissionRoute(app, services);
  readingRoutes(app, services);
  proofRoutes(app, services);
  witnessRoutes(app, services);
}

function submissionRoute(app: App, services: Services): void {
  app.post(
    "/api/v1/cases/:caseId/events",
    {
      config: { access: "account" },
      schema: {
        tags: ["cases"],
        summary:
          "Appends a signed event to the log that it names. Answered once it is durable; sending it again is the same as once.",
        params: CaseParams,
        querystring: NoQuery,
        body: SubmissionShape,
        response: { ...answers(ReceiptShape), ...answers(ReceiptShape, 201) },
      },
    },
    async (request, reply) => {
      const { event: sent, signature } = request.body;
      const event = readEvent(sent as never);
      if (event.case !== request.params.caseId) {
        throw new Problem(
          400,
          "bad-request",
          "The event names another case than the address.",
          "/event/case",
        );
      }
      await requireSender(request, services, event);
      const outcome = await services.keeper.append({ event, signature });
      if ("refusal" in outcome) {
        services.metrics.events.inc({ outcome: outcome.refusal.code });
        throw new Problem(
          outcome.refusal.code === "not-keeper" ? 409 : 422,
          outcome.refusal.code,
          outcome.refusal.sentence,
          undefined,
          "values" in outcome.refusal ? outcome.refusal.values : undefined,
        );
      }
      services.metrics.events.inc({ outcome: outcome.acknowledged.again ? "again" : "kept" });
      if (newcomerKinds.has(event.kind) && !outcome.acknowledged.again) {
        await services.holdings.hold(event.case, requireSession(request).account, "device", event.author);
      }
      void reply.code(outcome.acknowledged.again ? 200 : 201);
      return outcome.acknowledged;
    },
  );
}

/** An event is taken from an account that holds its author's device, so that nobody sends what they only found. */
async function requireSender(request: FastifyRequest, services: Services, event: Event): Promise<void> {
  const session = requireSession(request);
  if (event.kind === "CaseOpened" && session.role !== "opener") {
    throw new Problem(403, "forbidden", "This account may not open cases: ask whoever runs the server.");
  }
  if (bindingKinds.has(event.kind)) requireStepUp(request, services);
  if (newcomerKinds.has(event.kind)) return;
  if (await services.holdings.holds(event.case, session.account, "device", event.author)) return;
  throw new Problem(
    403,
    "device-not-proven",
    "This account has not proved that it holds the device that signed.",
  );
}

function readingRoutes(app: App, services: Services): void {
  app.get(
    "/api/v1/cases/:caseId/logs/:log/entries",
    {
      config: { access: "log" },
      schema: {
        tags: ["cases"],
        summary: "Entries by sequence number. Of an entry that is not given there is only the leaf hash.",
        params: LogParams,
        querystring: FromQuery,
        response: answers(EntriesShape),
      },
    },
    async (request, reply) => {
      const { published, reader } = requireReading(request);
      const { caseId, log } = request.params;
      const { from = 0, limit = 100 } = request.query;
      if (reader.seat !== undefined) services.keeper.expect(caseId, published.revision);
      const size = published.heads.get(log as LogId)?.size ?? 0;
      const rows = (await services.keeper.logs.page(caseId, log, from, limit)).filter(
        ({ seq }) => seq < size,
      );
      const items = rows.map((row) => itemText(published, reader, row));
      const last = rows.at(-1)?.seq ?? size;
      const next = last + 1 < size ? last + 1 : null;
      // Entries are canonical JSON already: they go out as they are stored.
      const body = `{"items":[${items.join(",")}],"next":${next},"size":${size}}`;
      return reply.type("application/json; charset=utf-8").send(body as never);
    },
  );
}

function proofRoutes(app: App, services: Services): void {
  const tags = ["proofs"];
  app.get(
    "/api/v1/cases/:caseId/logs/:log/inclusion",
    {
      config: { access: "log" },
      schema: {
        tags,
        summary: "Proof that an entry is in the tree of a size (RFC 6962).",
        params: LogParams,
        querystring: InclusionQuery,
        response: answers(ProofShape),
      },
    },
    async (request) => {
      const { seq, size } = request.query;
      const { caseId, log } = request.params;
      const proof = (await services.keeper.file(caseId))?.inclusion(log as LogId, seq, size);
      if (!proof) throw notFound("entry or size");
      return { proof };
    },
  );

  app.get(
    "/api/v1/cases/:caseId/logs/:log/consistency",
    {
      config: { access: "log" },
      schema: {
        tags,
        summary: "Proof that a longer tree continues a shorter one (RFC 6962).",
        params: LogParams,
        querystring: ConsistencyQuery,
        response: answers(ProofShape),
      },
    },
    async (request) => {
      const { from, to } = request.query;
      const { caseId, log } = request.params;
      const proof = (await services.keeper.file(caseId))?.consistency(log as LogId, from, to);
      if (!proof) throw notFound("size");
      return { proof };
    },
  );

  app.get(
    "/api/v1/cases/:caseId/logs/:log/checkpoint",
    {
      config: { access: "log" },
      schema: {
        tags,
        summary: "The newest checkpoint, signed by the keeper.",
        params: LogParams,
        querystring: ReaderQuery,
        response: answers(CheckpointShape),
      },
    },
    async (request) => {
      const head = requireReading(request).published.heads.get(request.params.log as LogId);
      if (!head) throw notFound("log");
      return { checkpoint: head.checkpoint };
    },
  );
}

function witnessRoutes(app: App, services: Services): void {
  const tags = ["proofs"];
  app.get(
    "/api/v1/cases/:caseId/logs/:log/cosignatures",
    {
      config: { access: "log" },
      schema: {
        tags,
        summary: "Cosignatures of devices, the newest heads first.",
        params: LogParams,
        querystring: CursorQuery,
        response: answers(CosignaturesShape),
      },
    },
    async (request) => {
      const { caseId, log } = request.params;
      const { after, limit = 100 } = request.query;
      const rows = await services.keeper.logs.cosignatures(caseId, log, cursorIn(after), limit + 1);
      const items = rows.map(({ log: _, ...one }) => one);
      return pageOf(items, limit, ({ size, device }) => cursorText({ order: size, id: device }));
    },
  );

  app.post(
    "/api/v1/cases/:caseId/logs/:log/cosignatures",
    {
      config: { access: "log" },
      schema: {
        tags,
        summary: "Keeps a device's cosignature of a checkpoint.",
        params: LogParams,
        querystring: ReaderQuery,
        body: CosignatureShape,
        response: nothing,
      },
    },
    async (request, reply) => {
      const { people } = requireReading(request).published;
      const { caseId, log } = request.params;
      const { device, line, checkpoint } = request.body;
      const author = presentAuthor(people, device);
      const { account } = requireSession(request);
      if (!author || !(await services.holdings.holds(caseId, account, "device", device))) {
        throw new Problem(403, "device-not-proven", "This account has not proved that it holds this device.");
      }
      const origin = originOf(people.caseId, log as LogId);
      const head = openCheckpoint(checkpoint, origin, fromBase64url(people.keeper));
      const cosigned = cosignedAt(
        `${checkpoint}${line}`,
        device as DeviceId,
        fromBase64url(author.device.keys.signing),
      );
      const file = await services.keeper.file(caseId);
      if (!head || cosigned === undefined || file?.rootAt(log as LogId, head.size) !== head.root) {
        throw new Problem(
          422,
          "bad-proof",
          "This is not the device's cosignature of a checkpoint of this log.",
        );
      }
      await services.keeper.logs.cosign(caseId, {
        log,
        size: head.size,
        device,
        checkpoint,
        line,
        at: services.ports.now(),
      });
      return reply.code(204).send();
    },
  );
}
