/** The ways in: a link, a passkey, an OpenID Connect provider. Each ends in a new session in the slot that was named. */
import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Account } from "../accounts/accounts.ts";
import type { OpenId } from "../accounts/openid.ts";
import { isSteppedUp, type Session } from "../accounts/sessions.ts";
import { requireOwner, requireSession } from "./access.ts";
import { Problem } from "./problem.ts";
import type { App } from "./route.ts";
import { answers, NoQuery } from "./route.ts";
import type { Services } from "./services.ts";
import { setSessionCookie } from "./session-cookie.ts";
import {
  LinkShape,
  OpenIdStartShape,
  PasskeyAnswerShape,
  PasskeyOptionsShape,
  RedirectShape,
  SessionShape,
} from "./shapes.ts";

const tags = ["accounts"];
const stateCookie = "parley-openid";

/** Begins a session in a slot; one that was there ends, so that nobody's earlier secret lives on. */
async function signIn(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
  account: Account,
  steppedUp: boolean,
  slot: string = request.slot,
  before: Pick<Session, "account" | "session"> | null | undefined = request.session,
) {
  if (before) await services.sessions.end(before.account, before.session);
  const agent = request.headers["user-agent"] ?? "";
  const { session, token } = await services.sessions.begin(account, agent, steppedUp);
  setSessionCookie(reply, services, slot, token);
  return { session, account: account.account, name: account.name, role: account.role, steppedUp };
}

export function signInRoutes(app: App, services: Services): void {
  const limited = {
    max: services.config.signInLimit,
    timeWindow: 60_000,
    keyGenerator: (r: FastifyRequest) => r.ip,
  };
  const open = { access: "open" as const, rateLimit: limited };

  app.post(
    "/api/v1/links/redeem",
    {
      config: open,
      schema: {
        tags,
        summary: "Uses up a link that opens an account.",
        querystring: NoQuery,
        body: LinkShape,
        response: answers(SessionShape, 201),
      },
    },
    async (request, reply) => {
      const redeemed = await services.accounts.redeem(request.body.token);
      if (!redeemed) {
        throw new Problem(
          403,
          "link-not-valid",
          "This link is not valid: it was used, has expired, or never was.",
        );
      }
      void reply.code(201);
      // A link to an account that was there is the operator's word for somebody who lost every other proof.
      return signIn(request, reply, services, redeemed.account, redeemed.known);
    },
  );

  app.post(
    "/api/v1/passkeys/sign-in/options",
    {
      config: open,
      schema: {
        tags,
        summary: "What to ask a passkey to sign in with.",
        querystring: NoQuery,
        response: answers(PasskeyOptionsShape),
      },
    },
    async () => ({ ...(await services.passkeys.authentication("sign-in")) }),
  );

  app.post(
    "/api/v1/passkeys/sign-in",
    {
      config: open,
      schema: {
        tags,
        summary: "Signs in with a passkey.",
        querystring: NoQuery,
        body: PasskeyAnswerShape,
        response: answers(SessionShape, 201),
      },
    },
    async (request, reply) => {
      const answer = request.body as unknown as AuthenticationResponseJSON;
      const id = await services.passkeys.authenticate("sign-in", answer);
      const account = id === undefined ? undefined : await services.accounts.get(id);
      if (account?.disabledAt !== null) {
        throw new Problem(403, "passkey-not-valid", "This passkey opens no account here.");
      }
      void reply.code(201);
      return signIn(request, reply, services, account, true);
    },
  );

  openIdRoutes(app, services, open);
}

function openIdRoutes(app: App, services: Services, open: { access: "open" }): void {
  app.post(
    "/api/v1/openid/start",
    {
      config: open,
      schema: {
        tags,
        summary: "Where to send the browser to sign in at the provider, to link it, or to prove presence.",
        querystring: NoQuery,
        body: OpenIdStartShape,
        response: answers(RedirectShape),
      },
    },
    async (request, reply) => {
      if (!services.openid)
        throw new Problem(404, "openid-off", "This server has no OpenID Connect provider.");
      const { purpose } = request.body;
      if (purpose === "link") await requireOwner(request, services);
      const account = purpose === "sign-in" ? "" : requireSession(request).account;
      const { slot, session } = request;
      const before = session ? { account: session.account, session: session.session } : null;
      const { url, state } = await startAtProvider(services, { purpose, account, slot, before });
      void reply.setCookie(stateCookie, state, {
        path: "/api/v1/openid",
        httpOnly: true,
        // The provider sends the browser back from its own site.
        sameSite: "lax",
        secure: services.origin.startsWith("https:"),
        maxAge: 300,
      });
      return { url };
    },
  );

  // A person's browser comes back here, not a page's request: whatever became of it is said by a page.
  app.get("/api/v1/openid/callback", { config: open, schema: { hide: true } }, async (request, reply) => {
    const state = request.cookies[stateCookie];
    void reply.clearCookie(stateCookie, { path: "/api/v1/openid" });
    if (!services.openid || state === undefined) return reply.redirect(pageAfter("openid-failed"));
    const query = request.url.split("?")[1] ?? "";
    const answer = await services.openid.finish(query, state);
    if ("refused" in answer) return reply.redirect(pageAfter(answer.refused, answer.slot));
    const { account, purpose, slot, before } = answer;
    if (purpose === "link") return reply.redirect(pageAfter("linked", slot));
    // The callback comes without the page's header, so the slot is the one that was named at the start.
    await signIn(request, reply, services, account, purpose === "step-up", slot, before);
    return reply.redirect(purpose === "step-up" ? pageAfter("proved", slot) : `/?session=${slot}`);
  });
}

/** The account's page, which says what the provider's answer came to. Without a session in the address pages work alone. */
function pageAfter(outcome: string, slot = "main"): string {
  return `/?session=${slot}#/account?provider=${outcome}`;
}

async function startAtProvider(
  { openid }: Services,
  asked: Parameters<OpenId["start"]>[0],
): Promise<{ url: string; state: string }> {
  try {
    if (openid) return await openid.start(asked);
  } catch (error) {
    if (error instanceof Error && error.name === "StoreError") throw error;
  }
  throw new Problem(502, "openid-failed", "The OpenID Connect provider cannot be reached.");
}

export function sessionBody(
  session: { session: string; account: string; name: string; role: string; steppedUpAt: number | null },
  services: Services,
) {
  const { session: id, account, name, role } = session;
  const steppedUp = services.config.demo || isSteppedUp(session, services.ports.now());
  return { session: id, account, name, role, steppedUp };
}
