/**
 * Who may use a route. Every route names one of these; a route that names none is refused at the start, so nothing is
 * open by omission.
 *
 *   open      anyone
 *   account   whoever is signed in
 *   case      whoever is signed in and reads this case: through a seat, an open invitation, or because it is open to all
 *   log       the same, for a log that is given to the seat; another's circle is as if it were not there
 *   feed      whoever brings the secret of a feed, as long as its account is in that seat
 *   operator  loopback, or the metrics token
 */
import type { FastifyRequest } from "fastify";
import type { Reader } from "../accounts/holdings.ts";
import { isSteppedUp, type Session } from "../accounts/sessions.ts";
import { givesLog } from "../keeper/giving.ts";
import type { Readable } from "../keeper/roll.ts";
import { tokenHash } from "../ports.ts";
import { notFound, Problem } from "./problem.ts";
import type { Services } from "./services.ts";

export type Access = "open" | "account" | "case" | "log" | "feed" | "operator";

/** A case that the request may read, and as whom. */
export interface Reading {
  readonly published: Readable;
  readonly reader: Reader;
}

declare module "fastify" {
  interface FastifyContextConfig {
    access?: Access;
    /** Its answer holds a secret, and is not kept to be given again. */
    secret?: true;
  }
  interface FastifyInstance {
    /** Every route, for the tests that try each as everyone. */
    readonly routeTable: { readonly method: string; readonly url: string; readonly access: Access }[];
  }
  interface FastifyRequest {
    session: Session | undefined;
    /** The name of the session among several in one browser. */
    slot: string;
    reading: Reading | undefined;
  }
}

export function requireSession(request: FastifyRequest): Session {
  if (!request.session) throw new Problem(401, "not-signed-in", "Sign in first.");
  return request.session;
}

export function requireReading(request: FastifyRequest): Reading {
  if (!request.reading) throw notFound("case");
  return request.reading;
}

export function requireStepUp(request: FastifyRequest, services: Services, why = "This binds a party"): void {
  const session = requireSession(request);
  if (isSteppedUp(session, services.ports.now()) || services.config.demo) return;
  throw new Problem(
    403,
    "step-up-needed",
    `${why}: prove once more that it is you, with your passkey or at your provider.`,
  );
}

/** By what presence is proved is changed by whoever proves it; the first passkey of an account is taken on the session alone. */
export async function requireOwner(request: FastifyRequest, services: Services): Promise<void> {
  const { account } = requireSession(request);
  if (await services.accounts.canProvePresence(account, services.openid !== undefined)) {
    requireStepUp(request, services, "This changes how you prove who you are");
  }
}

/** Resolves what the route asks for, or throws. */
export async function authorize(request: FastifyRequest, services: Services): Promise<void> {
  switch (request.routeOptions.config.access) {
    case "open":
      return;
    case "account":
      requireSession(request);
      return;
    case "case":
    case "log":
      request.reading = await readingOf(request, services);
      return;
    case "feed":
      request.reading = await feedReading(request, services);
      return;
    case "operator":
      return requireOperator(request, services);
    case undefined:
      throw notFound("route");
  }
}

/** What a feed's account reads now in the feed's seat: a device that was revoked since opens nothing. */
async function feedReading(request: FastifyRequest, services: Services): Promise<Reading> {
  const { caseId, secret } = request.params as { caseId: string; secret: string };
  const published = await services.keeper.readable(caseId);
  const feed = published && (await services.feeds.find(caseId, secret));
  const reader = feed && (await services.holdings.reader(published.people, feed.account, feed.seat));
  if (!published || !reader || reader === "seat-needed") throw notFound("feed");
  return { published, reader };
}

async function readingOf(request: FastifyRequest, services: Services): Promise<Reading> {
  const session = requireSession(request);
  const params = request.params as { caseId: string; log?: string };
  const { seat } = request.query as { seat?: string };
  const published = await services.keeper.readable(params.caseId);
  if (!published) throw notFound("case");
  const reader = await services.holdings.reader(published.people, session.account, seat);
  if (reader === "seat-needed") {
    throw new Problem(400, "seat-needed", "Your devices are in several seats: say which, with ?seat=.");
  }
  if (!reader) throw notFound("case");
  if (request.routeOptions.config.access === "log" && !givesLog(published, reader, params.log ?? "")) {
    throw notFound("log");
  }
  return { published, reader };
}

function requireOperator(request: FastifyRequest, { config }: Services): void {
  const loopback = ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(request.ip);
  const { authorization = "" } = request.headers;
  // By their hashes, so that the time of the answer tells nothing of the token.
  const token =
    config.metricsToken !== "" && tokenHash(authorization) === tokenHash(`Bearer ${config.metricsToken}`);
  if (!loopback && !token) throw notFound("route");
}
