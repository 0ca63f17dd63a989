/**
 * `Idempotency-Key` on a POST: the answer to what was done is kept for a day and given again to the same account for the
 * same request. A refusal changed nothing, so what was refused is asked anew: after a step-up it may be taken. Events need
 * no key, since their id is their hash.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { tokenHash } from "../ports.ts";
import { Problem } from "./problem.ts";
import type { Services } from "./services.ts";

const keptMs = 86_400_000;
const maxKey = 200;

function keyOf(request: FastifyRequest): string | undefined {
  const key = request.headers["idempotency-key"];
  if (request.method !== "POST" || typeof key !== "string" || !request.session) return undefined;
  if (key.length === 0 || key.length > maxKey) {
    throw new Problem(
      400,
      "bad-request",
      `An idempotency key has 1 to ${maxKey} characters.`,
      "idempotency-key",
    );
  }
  return key;
}

function hashOf(request: FastifyRequest): string {
  return tokenHash(JSON.stringify([request.url, request.body ?? null]));
}

export async function replayReply(
  request: FastifyRequest,
  reply: FastifyReply,
  { sql, ports }: Services,
): Promise<void> {
  const key = keyOf(request);
  if (key === undefined) return;
  const [kept] = await sql.query<{ request_hash: string; status: number; body: string }>(
    `SELECT request_hash, status, body FROM replies
     WHERE account = $1 AND idempotency_key = $2 AND expires_at > $3`,
    [request.session?.account ?? "", key, ports.now()],
  );
  if (!kept) return;
  if (kept.request_hash !== hashOf(request)) {
    throw new Problem(422, "idempotency-key-reused", "This idempotency key was used for another request.");
  }
  void reply.header("idempotency-replayed", "true");
  void reply.code(kept.status);
  await (kept.body === "" ? reply.send() : reply.type("application/json; charset=utf-8").send(kept.body));
}

export async function keepReply(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  { sql, ports }: Services,
): Promise<void> {
  if (!request.session || reply.hasHeader("idempotency-replayed") || reply.statusCode >= 300) return;
  if (request.method !== "POST" || request.headers["idempotency-key"] === undefined) return;
  if (request.routeOptions.config.secret) return;
  const key = String(request.headers["idempotency-key"]);
  const body = payload ?? "";
  if (key.length === 0 || key.length > maxKey || typeof body !== "string") return;
  const now = ports.now();
  await sql.transaction(async (tx) => {
    await tx.execute("DELETE FROM replies WHERE expires_at < $1", [now]);
    await tx.execute(
      `INSERT INTO replies (account, idempotency_key, request_hash, status, body, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [request.session?.account ?? "", key, hashOf(request), reply.statusCode, body, now + keptMs],
    );
  });
}
