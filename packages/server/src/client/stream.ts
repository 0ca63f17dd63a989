/**
 * Follows a case: reads what it does not have by pages, then live; comes back by itself after a break, from where it
 * stands. Each log's entries are given in order, once.
 */
import { ApiProblem, type LogItem, type ParleyClient } from "./client.ts";

export interface Following {
  readonly caseId: string;
  readonly seat?: string;
  /** By log: the sequence number of the first entry that is wanted. Logs not named begin at 0. */
  readonly next: Readonly<Record<string, number>>;
  /** A log's checkpoint comes at most once a second, with its entries or, alone, after them. */
  readonly onItems: (log: string, items: readonly LogItem[], checkpoint: string | undefined) => void;
  /**
   * Reads what is missing up to these sizes in a way of its own, without `onItems`; gives where each log stands then. Left
   * out: pages, one after the other.
   */
  readonly catchUp?: (
    logs: readonly { readonly log: string; readonly size: number }[],
  ) => Promise<Readonly<Record<string, number>>>;
  /** `live`: nothing is missing now. `ended`: this reader may read no longer, or is signed out; it does not come back. */
  readonly onState?: (state: "reading" | "live" | "broken" | "ended") => void;
}

type Message =
  | { readonly type: "live" }
  | {
      readonly type: "entries";
      readonly log: string;
      readonly items: readonly LogItem[];
      readonly checkpoint?: string;
    };

const longestPauseMs = 15_000;
const ended = 4003;
const pageEntries = 1_000;

/** Begins to follow. Returns how to stop. */
export function follow(
  client: ParleyClient,
  following: Following,
  open: (url: string) => WebSocket = (url) => new WebSocket(url),
): () => void {
  const next = new Map(Object.entries(following.next));
  let stopped = false;
  let socket: WebSocket | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = 250;

  const state = (now: "reading" | "live" | "broken" | "ended"): void => following.onState?.(now);
  const take = (log: string, items: readonly LogItem[], checkpoint?: string): void => {
    const expected = next.get(log) ?? 0;
    const fresh = items.filter(({ seq }) => seq >= expected);
    if (fresh.length > 0) next.set(log, (fresh.at(-1)?.seq ?? 0) + 1);
    else if (checkpoint === undefined) return;
    following.onItems(log, fresh, checkpoint);
  };
  const again = (): void => {
    if (stopped) return;
    state("broken");
    timer = setTimeout(() => void begin(), pauseMs);
    pauseMs = Math.min(2 * pauseMs, longestPauseMs);
  };
  const end = (): void => {
    stopped = true;
    state("ended");
  };

  async function begin(): Promise<void> {
    state("reading");
    try {
      await readPages();
    } catch (error) {
      const refused = error instanceof ApiProblem && [401, 403, 404].includes(error.status);
      return refused ? end() : again();
    }
    if (stopped) return;
    socket = open(client.streamUrl(following.caseId, following.seat));
    socket.onopen = () => socket?.send(JSON.stringify({ next: Object.fromEntries(next) }));
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(String(data)) as Message;
      if (message.type === "entries") return take(message.log, message.items, message.checkpoint);
      pauseMs = 250;
      state("live");
    };
    // What went wrong is told by the close that follows.
    socket.onerror = () => undefined;
    socket.onclose = ({ code }) => (code === ended ? end() : again());
  }

  /** Far behind, pages are quicker than the stream, and the server asks for them. */
  async function readPages(): Promise<void> {
    const { seat, caseId } = following;
    const { logs } = await client.case(caseId, seat);
    if (following.catchUp) {
      for (const [log, size] of Object.entries(await following.catchUp(logs))) next.set(log, size);
      return;
    }
    for (const { log, size } of logs) {
      while (!stopped && (next.get(log) ?? 0) < size) {
        const from = next.get(log) ?? 0;
        const page = await client.entries(caseId, log, {
          from,
          limit: pageEntries,
          ...(seat === undefined ? {} : { seat }),
        });
        if (page.items.length === 0) break;
        take(log, page.items);
      }
    }
  }

  void begin();
  return () => {
    stopped = true;
    clearTimeout(timer);
    socket?.close();
  };
}
