/**
 * The typed client of the server's API, for the browser and the command line. It throws `ApiProblem` for every answer that
 * is not good, and verifies nothing: whoever keeps a log folds and proves what this brings.
 */
import type { People } from "@parley/core/rules";
import type { Entry, Event } from "@parley/ledger/event";
import type {
  CaseSummary,
  Cases,
  Cosignatures,
  Directory,
  Feed,
  Holding,
  NewCosignature,
  NewPasskey,
  PasskeyAnswer,
  PasskeyList,
  ProblemBody,
  Proof,
  Receipt,
  ServerInfo,
  SessionInfo,
  SessionList,
} from "../api/shapes.ts";
import { version } from "../version.ts";

export type {
  CaseSummary,
  Cases,
  Cosignatures,
  Directory,
  Feed,
  Holding,
  NewCosignature,
  NewPasskey,
  PasskeyAnswer,
  PasskeyList,
  Proof,
  Receipt,
  ServerInfo,
  SessionInfo,
  SessionList,
};

/** An entry as it is given: in full, or its leaf hash. */
export type LogItem = { readonly seq: number } & ({ readonly entry: Entry } | { readonly leaf: string });
export interface LogPage {
  readonly items: readonly LogItem[];
  /** Where the next page begins, or null. */
  readonly next: number | null;
  readonly size: number;
}

export interface FoldedPeople {
  readonly people: People;
  /** Entries of the shared log that they follow from. */
  readonly size: number;
}

/** What the server answered instead of what was asked. */
export class ApiProblem extends Error {
  override readonly name = "ApiProblem";
  readonly status: number;
  /** For programs; `offline` where the server could not be reached. */
  readonly code: string;
  readonly place: string | undefined;
  readonly values: ProblemBody["values"];

  constructor(status: number, code: string, detail: string, place?: string, values?: ProblemBody["values"]) {
    super(detail);
    this.status = status;
    this.code = code;
    this.place = place;
    this.values = values;
  }
}

export interface ClientOptions {
  /** Scheme, host and port; empty for the page's own server. */
  readonly origin: string;
  /** Which of several sessions in this browser. */
  readonly session?: string;
  /** For programs without a cookie jar: sent and kept by whoever brings it. */
  readonly fetch?: typeof fetch;
}

export interface Paging {
  readonly after?: string;
  readonly limit?: number;
}

export class ParleyClient {
  readonly #origin: string;
  readonly session: string;
  readonly #fetch: typeof fetch;

  constructor(options: ClientOptions) {
    this.#origin = options.origin;
    this.session = options.session ?? "main";
    this.#fetch = options.fetch ?? ((...request) => fetch(...request));
  }

  server(): Promise<ServerInfo> {
    return this.#json("GET", "/api/v1");
  }

  // Accounts

  redeemLink(token: string): Promise<SessionInfo> {
    return this.#json("POST", "/api/v1/links/redeem", { token });
  }
  whoAmI(): Promise<SessionInfo> {
    return this.#json("GET", "/api/v1/session");
  }
  signOut(): Promise<void> {
    return this.#nothing("DELETE", "/api/v1/session");
  }
  sessions(paging: Paging = {}): Promise<SessionList> {
    return this.#json("GET", `/api/v1/sessions${queryOf({ ...paging })}`);
  }
  endSession(session: string): Promise<void> {
    return this.#nothing("DELETE", `/api/v1/sessions/${session}`);
  }
  passkeys(paging: Paging = {}): Promise<PasskeyList> {
    return this.#json("GET", `/api/v1/passkeys${queryOf({ ...paging })}`);
  }
  /** Options for `navigator.credentials.create`, as JSON. */
  passkeyRegistration(): Promise<object> {
    return this.#json("POST", "/api/v1/passkeys/options");
  }
  addPasskey(passkey: NewPasskey): Promise<void> {
    return this.#nothing("POST", "/api/v1/passkeys", passkey);
  }
  removePasskey(credential: string): Promise<void> {
    return this.#nothing("DELETE", `/api/v1/passkeys/${credential}`);
  }
  /** Options for `navigator.credentials.get`, as JSON. */
  passkeySignIn(): Promise<object> {
    return this.#json("POST", "/api/v1/passkeys/sign-in/options");
  }
  signInWithPasskey(answer: PasskeyAnswer): Promise<SessionInfo> {
    return this.#json("POST", "/api/v1/passkeys/sign-in", answer);
  }
  passkeyStepUp(): Promise<object> {
    return this.#json("POST", "/api/v1/session/step-up/options");
  }
  stepUpWithPasskey(answer: PasskeyAnswer): Promise<SessionInfo> {
    return this.#json("POST", "/api/v1/session/step-up", answer);
  }
  /** Where to send the browser. */
  async openId(purpose: "sign-in" | "link" | "step-up"): Promise<string> {
    return (await this.#json<{ url: string }>("POST", "/api/v1/openid/start", { purpose })).url;
  }

  // Cases

  cases(paging: Paging = {}): Promise<Cases> {
    return this.#json("GET", `/api/v1/cases${queryOf({ ...paging })}`);
  }
  case(caseId: string, seat?: string): Promise<CaseSummary> {
    return this.#json("GET", `/api/v1/cases/${caseId}${queryOf({ seat })}`);
  }
  /** What the server folded of who is in the case: not proven, and of a form that this version of Parley knows. */
  async people(caseId: string, seat?: string): Promise<FoldedPeople | undefined> {
    const path = `/api/v1/cases/${caseId}/people${queryOf({ seat })}`;
    const told = await this.#json<FoldedPeople & { readonly version: string }>("GET", path);
    return told.version === version ? told : undefined;
  }
  directory(caseId: string, paging: Paging = {}, seat?: string): Promise<Directory> {
    return this.#json("GET", `/api/v1/cases/${caseId}/directory${queryOf({ ...paging, seat })}`);
  }
  /** Proves a device or an invitation of a case; see `holdingClaim` for what is signed. */
  proveHolding(caseId: string, holding: Holding): Promise<void> {
    return this.#nothing("POST", `/api/v1/cases/${caseId}/holdings`, holding);
  }
  /** Appends a signed event; resolves once it is durable. Sending it again is the same as once. */
  append(event: Event, signature: string): Promise<Receipt> {
    return this.#json("POST", `/api/v1/cases/${event.case}/events`, { event, signature });
  }
  entries(
    caseId: string,
    log: string,
    page: { from?: number; limit?: number; seat?: string } = {},
  ): Promise<LogPage> {
    return this.#json("GET", `${logPath(caseId, log)}/entries${queryOf(page)}`);
  }
  async checkpoint(caseId: string, log: string, seat?: string): Promise<string> {
    const path = `${logPath(caseId, log)}/checkpoint${queryOf({ seat })}`;
    return (await this.#json<{ checkpoint: string }>("GET", path)).checkpoint;
  }
  inclusion(caseId: string, log: string, seq: number, size: number, seat?: string): Promise<Proof> {
    return this.#json("GET", `${logPath(caseId, log)}/inclusion${queryOf({ seq, size, seat })}`);
  }
  consistency(caseId: string, log: string, from: number, to: number, seat?: string): Promise<Proof> {
    return this.#json("GET", `${logPath(caseId, log)}/consistency${queryOf({ from, to, seat })}`);
  }
  cosignatures(
    caseId: string,
    log: string,
    page: Paging & { readonly seat?: string } = {},
  ): Promise<Cosignatures> {
    return this.#json("GET", `${logPath(caseId, log)}/cosignatures${queryOf({ ...page })}`);
  }
  cosign(caseId: string, log: string, cosignature: NewCosignature, seat?: string): Promise<void> {
    return this.#nothing("POST", `${logPath(caseId, log)}/cosignatures${queryOf({ seat })}`, cosignature);
  }
  /** The `.parley` file, as a response whose body can be streamed. */
  export(caseId: string, seat?: string): Promise<Response> {
    return this.#send("GET", `/api/v1/cases/${caseId}/export${queryOf({ seat })}`);
  }
  /** When the calendar feed of one's seat was made, if it has one. */
  feed(caseId: string, seat?: string): Promise<Feed> {
    return this.#json("GET", `/api/v1/cases/${caseId}/feed${queryOf({ seat })}`);
  }
  /** A new address for a calendar program, which is shown once and ends the one before. */
  async makeFeed(caseId: string, seat?: string): Promise<string> {
    const path = `/api/v1/cases/${caseId}/feed${queryOf({ seat })}`;
    return (await this.#json<{ url: string }>("POST", path)).url;
  }
  revokeFeed(caseId: string, seat?: string): Promise<void> {
    return this.#nothing("DELETE", `/api/v1/cases/${caseId}/feed${queryOf({ seat })}`);
  }
  /** Address of the live stream; see `openStream`. */
  streamUrl(caseId: string, seat?: string): string {
    const path = `/api/v1/cases/${caseId}/stream${queryOf({ session: this.session, seat })}`;
    const url = new URL(`${this.#origin || globalThis.location.origin}${path}`);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return url.href;
  }

  async #json<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    return (await (await this.#send(method, path, body)).json()) as Answer;
  }

  async #nothing(method: string, path: string, body?: unknown): Promise<void> {
    await this.#send(method, path, body);
  }

  async #send(method: string, path: string, body?: unknown): Promise<Response> {
    let response: Response;
    try {
      response = await this.#fetch(`${this.#origin}${path}`, {
        method,
        credentials: "same-origin",
        headers: {
          "parley-session": this.session,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      throw new ApiProblem(0, "offline", "The server cannot be reached.");
    }
    if (!response.ok) throw await problemIn(response);
    return response;
  }
}

async function problemIn(response: Response): Promise<ApiProblem> {
  try {
    const { code, detail, place, values } = (await response.json()) as ProblemBody;
    return new ApiProblem(response.status, code, detail, place, values);
  } catch {
    return new ApiProblem(response.status, "internal", `The server answered ${response.status}.`);
  }
}

function logPath(caseId: string, log: string): string {
  return `/api/v1/cases/${caseId}/logs/${log}`;
}

function queryOf(values: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? ""
    : `?${new URLSearchParams(given.map(([k, v]) => [k, String(v)])).toString()}`;
}
