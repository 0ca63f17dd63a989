/** What somebody who is signed in does with their own account. */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { requireOwner, requireSession } from "./access.ts";
import { notFound, Problem } from "./problem.ts";
import type { App } from "./route.ts";
import {
  answers,
  CredentialParams,
  CursorQuery,
  cursorIn,
  cursorText,
  NoQuery,
  nothing,
  pageOf,
  SessionParams,
} from "./route.ts";
import type { Services } from "./services.ts";
import { clearSessionCookie } from "./session-cookie.ts";
import {
  NewPasskeyShape,
  PasskeyAnswerShape,
  PasskeyOptionsShape,
  PasskeysShape,
  SessionShape,
  SessionsShape,
} from "./shapes.ts";
import { sessionBody } from "./sign-in-routes.ts";

const tags = ["accounts"];
const account = { access: "account" as const };

export function sessionRoutes(app: App, services: Services): void {
  app.get(
    "/api/v1/session",
    {
      config: account,
      schema: { tags, summary: "Who is signed in.", querystring: NoQuery, response: answers(SessionShape) },
    },
    async (request) => sessionBody(requireSession(request), services),
  );

  app.delete(
    "/api/v1/session",
    { config: account, schema: { tags, summary: "Signs out.", querystring: NoQuery, response: nothing } },
    async (request, reply) => {
      const { account: id, session } = requireSession(request);
      await services.sessions.end(id, session);
      clearSessionCookie(reply, services, request.slot);
      return reply.code(204).send();
    },
  );

  app.get(
    "/api/v1/sessions",
    {
      config: account,
      schema: {
        tags,
        summary: "Where this account is signed in, the newest first.",
        querystring: CursorQuery,
        response: answers(SessionsShape),
      },
    },
    async (request) => {
      const own = requireSession(request);
      const { after, limit = 100 } = request.query;
      const listed = await services.sessions.list(own.account, cursorIn(after), limit + 1);
      return pageOf(
        listed.map((one) => ({ ...one, current: one.session === own.session })),
        limit,
        ({ createdAt, session }) => cursorText({ order: createdAt, id: session }),
      );
    },
  );

  app.delete(
    "/api/v1/sessions/:session",
    {
      config: account,
      schema: {
        tags,
        summary: "Ends a session of this account.",
        params: SessionParams,
        querystring: NoQuery,
        response: nothing,
      },
    },
    async (request, reply) => {
      const own = requireSession(request);
      if (!(await services.sessions.end(own.account, request.params.session))) throw notFound("session");
      return reply.code(204).send();
    },
  );

  passkeyRoutes(app, services);
}

function passkeyRoutes(app: App, services: Services): void {
  app.get(
    "/api/v1/passkeys",
    {
      config: account,
      schema: {
        tags,
        summary: "The passkeys of this account, the oldest first.",
        querystring: CursorQuery,
        response: answers(PasskeysShape),
      },
    },
    async (request) => {
      const { after, limit = 100 } = request.query;
      const { account: id } = requireSession(request);
      const listed = await services.passkeys.list(id, cursorIn(after), limit + 1);
      return pageOf(listed, limit, ({ createdAt, credential }) =>
        cursorText({ order: createdAt, id: credential }),
      );
    },
  );

  app.post(
    "/api/v1/passkeys/options",
    {
      config: account,
      schema: {
        tags,
        summary: "What to make a new passkey with. Beside an earlier one it needs a step-up.",
        querystring: NoQuery,
        response: answers(PasskeyOptionsShape),
      },
    },
    async (request) => {
      await requireOwner(request, services);
      const { account: id, name } = requireSession(request);
      return { ...(await services.passkeys.registration(id, name)) };
    },
  );

  app.post(
    "/api/v1/passkeys",
    {
      config: account,
      schema: {
        tags,
        summary: "Keeps a new passkey.",
        querystring: NoQuery,
        body: NewPasskeyShape,
        response: nothing,
      },
    },
    async (request, reply) => {
      const own = requireSession(request);
      const { name, answer } = request.body;
      const response = answer as unknown as RegistrationResponseJSON;
      if (!(await services.passkeys.register(own.account, name, response))) {
        throw new Problem(400, "passkey-not-valid", "The passkey's answer does not hold. Begin again.");
      }
      return reply.code(204).send();
    },
  );

  app.delete(
    "/api/v1/passkeys/:credential",
    {
      config: account,
      schema: {
        tags,
        summary: "Forgets a passkey. Needs a step-up.",
        params: CredentialParams,
        querystring: NoQuery,
        response: nothing,
      },
    },
    async (request, reply) => {
      await requireOwner(request, services);
      const own = requireSession(request);
      if (!(await services.passkeys.remove(own.account, request.params.credential)))
        throw notFound("passkey");
      return reply.code(204).send();
    },
  );

  app.post(
    "/api/v1/session/step-up/options",
    {
      config: account,
      schema: {
        tags,
        summary: "What to ask a passkey to prove presence with.",
        querystring: NoQuery,
        response: answers(PasskeyOptionsShape),
      },
    },
    async (request) => {
      const own = requireSession(request);
      if (!(await services.passkeys.has(own.account))) {
        throw new Problem(
          409,
          "step-up-unavailable",
          "This account has no passkey: add one first, or use the provider.",
        );
      }
      return { ...(await services.passkeys.authentication("step-up", own.account)) };
    },
  );

  app.post(
    "/api/v1/session/step-up",
    {
      config: account,
      schema: {
        tags,
        summary: "Proves presence with a passkey, for acts that bind a party.",
        querystring: NoQuery,
        body: PasskeyAnswerShape,
        response: answers(SessionShape),
      },
    },
    async (request) => {
      const own = requireSession(request);
      const answer = request.body as unknown as AuthenticationResponseJSON;
      const proven = await services.passkeys.authenticate("step-up", answer, own.account);
      if (proven !== own.account) {
        throw new Problem(403, "passkey-not-valid", "The passkey's answer does not hold. Begin again.");
      }
      await services.sessions.stepUp(own.session);
      return sessionBody({ ...own, steppedUpAt: services.ports.now() }, services);
    },
  );
}
