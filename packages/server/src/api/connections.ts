/**
 * The server's connections. Stopping waits for the answers that are under way and for nothing else: not for a connection
 * that a browser opened ahead, one that brought half a request, or one that is kept for the next; Node would wait for each
 * until its time is over.
 */
import { createServer, type RequestListener, type Server } from "node:http";
import type { Socket } from "node:net";

export interface Limits {
  /** How long a request may take to arrive, and a connection may be silent. */
  readonly requestMs: number;
  readonly keepAliveMs: number;
}

export class Connections {
  readonly #limits: Limits;
  /** How many answers are under way on each. */
  readonly #answering = new Map<Socket, number>();
  #stopping: boolean = false;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  serve(listener: RequestListener): Server {
    const { requestMs, keepAliveMs } = this.#limits;
    const limits = {
      requestTimeout: requestMs,
      keepAliveTimeout: keepAliveMs,
      // Whoever sends a byte now and then is never silent: how long the whole takes is looked at this often.
      connectionsCheckingInterval: requestMs / 3,
    };
    const server = createServer(limits, listener);
    server.setTimeout(requestMs);
    server.on("connection", (socket) => {
      this.#answering.set(socket, 0);
      socket.once("close", () => this.#answering.delete(socket));
      if (this.#stopping) socket.destroy();
    });
    server.on("request", ({ socket }, response) => {
      this.#count(socket, 1);
      response.once("close", () => this.#count(socket, -1));
    });
    return server;
  }

  stop(): void {
    this.#stopping = true;
    for (const [socket, answers] of this.#answering) if (answers === 0) socket.destroy();
  }

  #count(socket: Socket, more: number): void {
    const answers = this.#answering.get(socket);
    if (answers === undefined) return;
    this.#answering.set(socket, answers + more);
    if (this.#stopping && answers + more === 0) socket.destroySoon();
  }
}
