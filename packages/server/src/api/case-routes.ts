/** Cases: which there are for this account, what they are, who is in them, and the proof of a key that opens one. */
import { invitationFor, type People, phaseOf } from "@parley/core/rules";
import { fromBase64url, sharedLog, verifySignature } from "@parley/ledger";
import { publicReader } from "../accounts/holdings.ts";
import { holdingMessage } from "../client/holding.ts";
import { givesLog } from "../keeper/giving.ts";
import { version } from "../version.ts";
import type { Reading } from "./access.ts";
import { requireReading, requireSession } from "./access.ts";
import { exportRoute } from "./export-route.ts";
import { notFound, Problem } from "./problem.ts";
import type { App } from "./route.ts";
import { AfterQuery, answers, CaseParams, NoQuery, nothing, pageOf, ReaderQuery } from "./route.ts";
import type { Services } from "./services.ts";
import { CaseShape, CasesShape, DirectoryShape, type Holding, HoldingShape, PeopleShape } from "./shapes.ts";

const tags = ["cases"];
const maxSkewMs = 5 * 60_000;

export function caseRoutes(app: App, services: Services): void {
  app.get(
    "/api/v1/cases",
    {
      config: { access: "account" },
      schema: {
        tags,
        summary: "The cases that this account may read.",
        querystring: AfterQuery,
        response: answers(CasesShape),
      },
    },
    async (request) => {
      const { account } = requireSession(request);
      const { after = "", limit = 100 } = request.query;
      const ids = pageOf(await services.holdings.cases(account, after, limit + 1), limit, (id) => id);
      const items = [];
      for (const id of ids.items) {
        const published = await services.keeper.readable(id);
        if (!published) continue;
        const reader = await services.holdings.reader(published.people, account, undefined);
        if (!reader) continue;
        const shown = reader === "seat-needed" ? publicReader : reader;
        items.push(summary({ published, reader: shown }, services));
      }
      return { items, next: ids.next };
    },
  );

  app.get(
    "/api/v1/cases/:caseId",
    {
      config: { access: "case" },
      schema: {
        tags,
        summary: "A case, with the heads of the logs that are given.",
        params: CaseParams,
        querystring: ReaderQuery,
        response: answers(CaseShape),
      },
    },
    async (request) => summary(requireReading(request), services),
  );

  app.get(
    "/api/v1/cases/:caseId/people",
    {
      config: { access: "case" },
      schema: {
        tags,
        summary:
          "Who is in the case, as the server folded it: to show something of a long case while it is read. Nothing rests on it.",
        params: CaseParams,
        querystring: ReaderQuery,
        response: answers(PeopleShape),
      },
    },
    async (request) => {
      const { people, heads } = requireReading(request).published;
      return { people: { ...people }, size: heads.get(sharedLog)?.size ?? 0, version };
    },
  );

  app.get(
    "/api/v1/cases/:caseId/directory",
    {
      config: { access: "case" },
      schema: {
        tags,
        summary: "The devices of all members with their public keys, which are public.",
        params: CaseParams,
        querystring: AfterQuery,
        response: answers(DirectoryShape),
      },
    },
    async (request) => {
      const { published } = requireReading(request);
      const { after = "", limit = 100 } = request.query;
      const rows = directory(published.people).filter(({ device }) => device > after);
      const head = published.heads.get(sharedLog);
      if (!head) throw notFound("case");
      return { ...pageOf(rows, limit, ({ device }) => device), head: { size: head.size, root: head.root } };
    },
  );

  app.post(
    "/api/v1/cases/:caseId/holdings",
    {
      // Whoever is signed in may try: the proof decides, and a case that is not there answers as a wrong proof does.
      config: { access: "account" },
      schema: {
        tags,
        summary: "Proves that this account holds a device or an invitation of the case, and so may read it.",
        params: CaseParams,
        querystring: NoQuery,
        body: HoldingShape,
        response: nothing,
      },
    },
    async (request, reply) => {
      const { account } = requireSession(request);
      const { caseId } = request.params;
      const people = (await services.keeper.readable(caseId))?.people;
      if (!people || !provesHolding(people, account, request.body, services)) {
        throw new Problem(403, "bad-proof", "This does not prove a key of this case.");
      }
      await services.holdings.hold(caseId, account, request.body.kind, request.body.id);
      return reply.code(204).send();
    },
  );

  exportRoute(app, services);
}

function provesHolding(people: People, account: string, holding: Holding, services: Services): boolean {
  const { kind, id, at, signature } = holding;
  if (!(Math.abs(Date.parse(at) - services.ports.now()) <= maxSkewMs)) return false;
  const now = new Date(services.ports.now()).toISOString();
  const key = kind === "device" ? deviceKey(people, id) : invitationFor(people, id, now)?.inviteKey;
  if (key === undefined) return false;
  const claim = { account, at, case: people.caseId, id, kind, origin: services.origin };
  try {
    return verifySignature(fromBase64url(key), holdingMessage(claim), fromBase64url(signature));
  } catch {
    return false;
  }
}

function deviceKey({ devices }: People, device: string): string | undefined {
  return Object.hasOwn(devices, device) ? devices[device]?.keys.signing : undefined;
}

function summary({ published, reader }: Reading, { keeper }: Services) {
  const { people } = published;
  const logs = [...published.heads.values()]
    .filter(({ log }) => givesLog(published, reader, log))
    .map(({ log, size, root, checkpoint }) => ({ log, size, root, checkpoint }));
  return {
    case: people.caseId as string,
    title: people.title,
    phase: phaseOf(people),
    demo: people.demo,
    exercise: people.exercise,
    keeper: people.keeper,
    kept: people.keeper === keeper.key,
    seats: [...reader.seats] as string[],
    logs,
  };
}

function directory(people: People) {
  return Object.values(people.devices)
    .map((device) => {
      const member = people.members[device.member];
      return {
        device: device.id as string,
        member: device.member as string,
        seat: member?.seat ?? "",
        name: member?.name ?? "",
        role: member?.role ?? "",
        signing: device.keys.signing,
        sealing: device.keys.sealing,
        recovery: device.recovery,
        revoked: device.revoked,
      };
    })
    .sort((a, b) => (a.device < b.device ? -1 : 1));
}
