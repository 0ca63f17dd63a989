/**
 * Errors as RFC 9457 problem documents: `code` for programs, `detail` for people, and where it was wrong. A refusal by the
 * rules of the case or its log carries their code, sentence and values unchanged.
 */
import { STATUS_CODES } from "node:http";
import type { Refusal } from "@parley/core";

export type ProblemCode =
  | "bad-request"
  | "not-signed-in"
  | "session-header-missing"
  | "foreign-origin"
  | "forbidden"
  | "step-up-needed"
  | "step-up-unavailable"
  | "not-found"
  | "method-not-allowed"
  | "seat-needed"
  | "device-not-proven"
  | "bad-proof"
  | "refused"
  | "not-keeper"
  | "idempotency-key-reused"
  | "link-not-valid"
  | "passkey-not-valid"
  | "openid-off"
  | "openid-failed"
  | "openid-unknown-account"
  | "openid-other-account"
  | "too-large"
  | "too-many-requests"
  | "too-many-streams"
  | "storage-full"
  | "storage-failed"
  | "storage-busy"
  | "storage-unavailable"
  | "stopping"
  | "internal";

export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly place?: string;
  readonly values?: Refusal["values"];
}

/** Thrown in a handler, sent as a problem document. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly code: string;
  readonly place: string | undefined;
  readonly values: Refusal["values"] | undefined;

  constructor(
    status: number,
    code: ProblemCode | (string & {}),
    detail: string,
    place?: string,
    values?: Refusal["values"],
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.place = place;
    this.values = values;
  }

  document(): ProblemDocument {
    return {
      type: `urn:parley:problem:${this.code}`,
      title: STATUS_CODES[this.status] ?? "Error",
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(this.place === undefined ? {} : { place: this.place }),
      ...(this.values === undefined ? {} : { values: this.values }),
    };
  }
}

export function notFound(what: string): Problem {
  return new Problem(404, "not-found", `There is no such ${what}, or it is not given to you.`);
}
