/** What every documented route says the same way. */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { TypeBoxTypeProvider } from "@fastify/type-provider-typebox";
import { type TSchema, Type } from "@parley/core/rules";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { Cursor } from "../store/sql.ts";
import { CaseId, Hash, LogName, ProblemShape, Size } from "./shapes.ts";

/** The application that routes are added to. */
export type App = FastifyInstance<
  Server,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

const problem = {
  description: "A problem.",
  content: { "application/problem+json": { schema: ProblemShape } },
};

/** What any route may answer instead. */
export const problems = { "4xx": problem, "5xx": problem };

/** Responses of a route: its own, and the problems that any may give. */
export function answers<Shape extends TSchema>(shape: Shape, status: 200 | 201 | 202 = 200) {
  return { [status]: shape, "4xx": problem, "5xx": problem };
}

/** A route that answers with nothing. */
export const nothing = {
  204: { type: "null", description: "Done." },
  ...problems,
};

const strict = { additionalProperties: false } as const;
const session = Type.Optional(
  Type.String({
    pattern: "^[a-z0-9-]{1,32}$",
    description: "The session's slot, where the header cannot be sent.",
    examples: ["main"],
  }),
);
const seat = Type.Optional(
  Type.String({
    maxLength: 100,
    examples: ["orvane"],
    description: "The seat to read as, where the account's devices are in several.",
  }),
);
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: 100 }));
const from = Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647, default: 0 }));
const after = Type.Optional(Type.String({ maxLength: 50, default: "" }));

export const NoQuery = Type.Object({ session }, strict);
export const ReaderQuery = Type.Object({ session, seat }, strict);
export const FromQuery = Type.Object({ session, seat, from, limit }, strict);
export const AfterQuery = Type.Object({ session, seat, after, limit }, strict);
export const CursorQuery = Type.Object(
  {
    session,
    seat,
    after: Type.Optional(
      Type.String({
        pattern: "^([0-9]{1,15}\\.[A-Za-z0-9_-]{1,128})?$",
        default: "",
        description: "`next` of the page before.",
      }),
    ),
    limit,
  },
  strict,
);
export const InclusionQuery = Type.Object({ session, seat, seq: Size, size: Size }, strict);
export const ConsistencyQuery = Type.Object({ session, seat, from: Size, to: Size }, strict);

export const CaseParams = Type.Object({ caseId: CaseId }, strict);
export const FeedParams = Type.Object({ caseId: CaseId, secret: Hash }, strict);
export const LogParams = Type.Object({ caseId: CaseId, log: LogName }, strict);
export const SessionParams = Type.Object({ session: Hash }, strict);
export const CredentialParams = Type.Object({ credential: Type.String({ maxLength: 128 }) }, strict);

/** The place in a list that `next` of the page before named; undefined is its beginning. */
export function cursorIn(after = ""): Cursor | undefined {
  const [order = "", id] = after.split(".");
  return id === undefined ? undefined : { order: Number(order), id };
}

export function cursorText({ order, id }: Cursor): string {
  return `${order}.${id}`;
}

/** The next page's start, or null. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  next: (last: T) => string,
): {
  items: T[];
  next: string | null;
} {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? next(last) : null };
}
