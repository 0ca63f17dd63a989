/** Everything that passes between one person's browser and the rest of the world, in either direction. */
import type { Entry } from "@parley/ledger";
import type { Page } from "playwright-core";

/** A moment, by what had passed. */
export interface Mark {
  readonly sent: number;
  readonly received: number;
}

export class Wire {
  /** Addresses, headers and bodies of requests, and frames, as they left. */
  readonly sent: string[] = [];
  /** Headers and bodies of responses, and frames, as they came; Latin-1, so that nothing is lost in decoding. */
  readonly received: string[] = [];
  readonly #under: Set<Promise<void>> = new Set();

  watch(page: Page): void {
    page.on("request", (request) => {
      this.sent.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? "");
    });
    page.on("response", (response) => {
      this.received.push(JSON.stringify(response.headers()));
      const body = response.body().then(
        (bytes) => void this.received.push(bytes.toString("latin1")),
        // A redirect has no body.
        () => undefined,
      );
      this.#under.add(body);
      void body.finally(() => this.#under.delete(body));
    });
    page.on("websocket", (socket) => {
      socket.on("framesent", ({ payload }) => this.sent.push(payload.toString()));
      socket.on("framereceived", ({ payload }) =>
        this.received.push(Buffer.from(payload).toString("latin1")),
      );
    });
  }

  async settled(): Promise<void> {
    while (this.#under.size > 0) await Promise.all(this.#under);
  }

  /** How much has passed until now. */
  marked(): Mark {
    return { sent: this.sent.length, received: this.received.length };
  }

  /** Every entry that was given since then, wherever it stood: in a page of a log, a frame of the stream, a line of an export. */
  entries(since: Mark = { sent: 0, received: 0 }): readonly Entry[] {
    return this.received
      .slice(since.received)
      .flatMap((text) => Buffer.from(text, "latin1").toString("utf8").split("\n").flatMap(entriesIn));
  }
}

function entriesIn(line: string): Entry[] {
  if (!line.includes('"signature"')) return [];
  try {
    return found(JSON.parse(line) as unknown);
  } catch {
    return [];
  }
}

function found(value: unknown): Entry[] {
  if (typeof value !== "object" || value === null) return [];
  if ("event" in value && "signature" in value && "at" in value) return [value as Entry];
  return Object.values(value).flatMap(found);
}
