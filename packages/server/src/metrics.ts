/** Counts for Prometheus. Labels are routes and codes, never names, ids or addresses. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Keeper } from "./keeper/keeper.ts";

export interface Metrics {
  readonly registry: Registry;
  readonly requests: Histogram<"method" | "route" | "status">;
  readonly events: Counter<"outcome">;
  readonly streams: Gauge;
  readonly dropped: Counter;
}

export function createMetrics(keeper: Keeper): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: "parley_events_waiting",
    help: "Events that wait for the next commit.",
    registers,
    collect() {
      this.set(keeper.waiting);
    },
  });
  new Gauge({
    name: "parley_entries_held",
    help: "Entries of the cases held in memory.",
    registers,
    collect() {
      this.set(keeper.held.entries);
    },
  });
  return {
    registry,
    requests: new Histogram({
      name: "parley_request_seconds",
      help: "Time from request to response.",
      labelNames: ["method", "route", "status"],
      buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
      registers,
    }),
    events: new Counter({
      name: "parley_events_total",
      help: "Events that were sent, by what became of them.",
      labelNames: ["outcome"],
      registers,
    }),
    streams: new Gauge({ name: "parley_streams_open", help: "Open streams.", registers }),
    dropped: new Counter({
      name: "parley_streams_dropped_total",
      help: "Readers that were too slow and were sent to catch up.",
      registers,
    }),
  };
}
