/** For whoever runs the server, and for clients that want to know what it is. */
import { Type } from "@parley/core/rules";
import { version } from "../version.ts";
import { Problem } from "./problem.ts";
import type { App } from "./route.ts";
import { answers, NoQuery } from "./route.ts";
import type { Services } from "./services.ts";
import { ServerShape } from "./shapes.ts";

const tags = ["operation"];
const Healthy = Type.Object(
  { status: Type.Literal("ok") },
  { additionalProperties: false, examples: [{ status: "ok" }] },
);

export function operationRoutes(app: App, services: Services): void {
  app.get(
    "/healthz",
    {
      config: { access: "open", rateLimit: false },
      schema: {
        tags,
        summary: "Whether the process lives.",
        querystring: NoQuery,
        response: answers(Healthy),
      },
    },
    async () => ({ status: "ok" as const }),
  );

  app.get(
    "/readyz",
    {
      config: { access: "open", rateLimit: false },
      schema: {
        tags,
        summary: "Whether it can reach its store.",
        querystring: NoQuery,
        response: answers(Healthy),
      },
    },
    async () => {
      await services.sql.query("SELECT version FROM schema_version");
      return { status: "ok" as const };
    },
  );

  app.get(
    "/metrics",
    {
      config: { access: "operator", rateLimit: false },
      schema: { hide: true },
    },
    async (_request, reply) => {
      const { registry } = services.metrics;
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  );

  app.get(
    "/api/v1",
    {
      config: { access: "open" },
      schema: {
        tags,
        summary: "What this server is.",
        querystring: NoQuery,
        response: answers(ServerShape),
      },
    },
    async () => ({
      keeper: services.keeper.key,
      demo: services.config.demo,
      openid: services.openid !== undefined,
      version,
      time: new Date(services.ports.now()).toISOString(),
    }),
  );

  app.get(
    "/api/v1/openapi.json",
    {
      config: { access: "open" },
      schema: { hide: true },
    },
    async (_request, reply) =>
      reply.type("application/json; charset=utf-8").send(JSON.stringify(app.swagger())),
  );

  app.all(
    "/api/*",
    {
      config: { access: "open" },
      schema: { hide: true },
    },
    async () => {
      throw new Problem(404, "not-found", "There is no such route.");
    },
  );
}
