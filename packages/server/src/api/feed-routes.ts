/** The contacts of a seat as a feed: making its address, revoking it, and what a calendar program reads there. */
import { calendarOf, itemsOf, type RoomName, type SeatId, Type, viewOf } from "@parley/core/rules";
import { requireReading, requireSession } from "./access.ts";
import { notFound, Problem } from "./problem.ts";
import type { App } from "./route.ts";
import { answers, CaseParams, FeedParams, NoQuery, nothing, problems, ReaderQuery } from "./route.ts";
import type { Services } from "./services.ts";
import { FeedAddressShape, FeedShape } from "./shapes.ts";

const tags = ["calendar"];
const rooms: readonly RoomName[] = ["public", "consulted", "table"];

export function feedRoutes(app: App, services: Services): void {
  ownerRoutes(app, services);
  app.get(
    "/api/v1/cases/:caseId/feeds/:secret/contacts.ics",
    {
      config: { access: "feed" },
      schema: {
        tags,
        summary:
          "The contacts that a seat is given, for its calendar program (RFC 5545). The address is the key.",
        params: FeedParams,
        querystring: NoQuery,
        response: {
          ...problems,
          200: {
            description: "Every contact proposed to this seat; what was cancelled says so.",
            content: { "text/calendar": { schema: Type.String() } },
          },
        },
      },
    },
    async (request, reply) => {
      const { reader } = requireReading(request);
      const state = (await services.keeper.file(request.params.caseId))?.published?.state;
      if (!state) throw notFound("feed");
      const view = viewOf(state, reader.seat as SeatId);
      const { title, exercise } = view.people;
      const text = calendarOf(
        rooms.flatMap((name) => itemsOf(view.rooms[name].appointments)),
        { name: title, host: new URL(services.origin).hostname, exercise },
      );
      return reply.type("text/calendar; charset=utf-8").send(text as never);
    },
  );
}

/** Feeds belong to seats: who reads only what is public has none. */
function ownerRoutes(app: App, services: Services): void {
  const path = "/api/v1/cases/:caseId/feed";
  const own = (request: Parameters<typeof requireReading>[0]) => {
    const { seat } = requireReading(request).reader;
    if (seat === undefined)
      throw new Problem(403, "forbidden", "A feed is for a seat, and you hold none here.");
    return { account: requireSession(request).account, seat };
  };
  const route = { config: { access: "case" as const } };
  const asked = { tags, params: CaseParams, querystring: ReaderQuery };

  app.get(
    path,
    {
      ...route,
      schema: { ...asked, summary: "Whether your seat has a feed.", response: answers(FeedShape) },
    },
    async (request) => ({ madeAt: await services.feeds.madeAt(request.params.caseId, own(request)) }),
  );
  app.post(
    path,
    {
      config: { ...route.config, secret: true },
      schema: {
        ...asked,
        summary: "Makes a new address for your seat's feed, shown once. The one before ends.",
        response: answers(FeedAddressShape, 201),
      },
    },
    async (request, reply) => {
      const { caseId } = request.params;
      const secret = await services.feeds.make(caseId, own(request));
      void reply.code(201);
      return { url: `${services.origin}/api/v1/cases/${caseId}/feeds/${secret}/contacts.ics` };
    },
  );
  app.delete(
    path,
    { ...route, schema: { ...asked, summary: "Ends your seat's feed.", response: nothing } },
    async (request, reply) => {
      await services.feeds.revoke(request.params.caseId, own(request));
      return reply.code(204).send();
    },
  );
}
