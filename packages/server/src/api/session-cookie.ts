/**
 * Sessions in cookies. One browser may hold several, each in a slot of its own, so that the seats of an exercise can be
 * open side by side: the request says which slot it means. The header that says so also keeps other sites out, since
 * none can send it without asking first, and nobody is ever told yes.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { longestMs } from "../accounts/sessions.ts";
import { Problem } from "./problem.ts";
import type { Services } from "./services.ts";

export const slotHeader = "parley-session";
const slotName = /^[a-z0-9-]{1,32}$/;
const safeMethods = ["GET", "HEAD", "OPTIONS"];

function cookieName({ origin }: Services, slot: string): string {
  return origin.startsWith("https:") ? `__Host-parley-${slot}` : `parley-${slot}`;
}

export function setSessionCookie(reply: FastifyReply, services: Services, slot: string, token: string): void {
  void reply.setCookie(cookieName(services, slot), token, {
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure: services.origin.startsWith("https:"),
    maxAge: longestMs / 1_000,
  });
}

export function clearSessionCookie(reply: FastifyReply, services: Services, slot: string): void {
  void reply.clearCookie(cookieName(services, slot), {
    path: "/",
    secure: services.origin.startsWith("https:"),
  });
}

/** Finds the session of a request, and renews its cookie where the secret has changed. */
export async function resolveSession(
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
): Promise<void> {
  const header = request.headers[slotHeader];
  const named = typeof header === "string" ? header : (request.query as { session?: string }).session;
  if (named !== undefined && !slotName.test(named)) {
    const status = named === header ? 401 : 400;
    const code = named === header ? "not-signed-in" : "bad-request";
    throw new Problem(status, code, "The name of a session is up to 32 of a-z, 0-9 and -.", slotHeader);
  }
  request.slot = named ?? "main";
  const token = request.cookies[cookieName(services, request.slot)];
  if (token === undefined || token.length > 100) return;
  // A cookie that opens nothing is left: a request that was under way when somebody signed in would take the new one.
  const session = await services.sessions.find(token);
  request.session = session;
  if (session?.rotated !== undefined) {
    setSessionCookie(reply, services, request.slot, session.rotated);
  }
}

/** Refuses what another site's page could have sent. */
export function refuseForeign(request: FastifyRequest, { origin }: Services): void {
  const upgrade = request.headers.upgrade !== undefined;
  if (safeMethods.includes(request.method) && !upgrade) return;
  const from = request.headers.origin;
  const site = request.headers["sec-fetch-site"];
  if (
    (from !== undefined && from !== origin) ||
    (site !== undefined && site !== "same-origin" && site !== "none")
  ) {
    throw new Problem(403, "foreign-origin", "Requests from other sites are not taken.");
  }
  if (!upgrade && request.headers[slotHeader] === undefined) {
    throw new Problem(403, "session-header-missing", `Changes need the header ${slotHeader}.`, slotHeader);
  }
}
