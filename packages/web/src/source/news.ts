/**
 * What others did to the text since this seat last looked at it in this browser, or since the page was opened. Kept on the
 * device: how far one has read is told to nobody.
 */
import type { Entry } from "@parley/ledger";
import type { BracketId, ClauseId } from "@parley/text";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useCase, useSnapshot } from "./case-context.tsx";
import { keepReadTo, readTo } from "./read-to.ts";
import type { TextView } from "./text-view.ts";

export interface News {
  readonly entry: Entry;
  readonly seq: number;
  /** The seat that did it. */
  readonly by: string;
  readonly brackets: readonly BracketId[];
  readonly clause: ClauseId | undefined;
}

export interface AllNews {
  /** Newest first. */
  readonly items: readonly News[];
  readonly seen: () => void;
}

export function useNews(view: TextView): AllNews {
  const source = useCase();
  const { entries, seqs, sitting, state } = useSnapshot();
  const place = `parley.read ${source.id} ${sitting?.device ?? ""}`;
  const last = seqs.at(-1) ?? 0;
  const [from, setFrom] = useState(() => readPlace(place) ?? last);
  useEffect(() => {
    keepReadTo(place, String(last));
  }, [place, last]);
  const items = useMemo(() => {
    const found: News[] = [];
    for (let index = entries.length - 1; index >= 0; index -= 1) {
      const seq = seqs[index] ?? 0;
      const entry = entries[index];
      if (seq <= from || !entry) break;
      const by = state.people.members[state.people.devices[entry.event.author]?.member ?? ""]?.seat;
      const about = by && by !== sitting?.seat && aboutText(entry, view);
      if (by && about) found.push({ entry, seq, by, ...about });
    }
    return found;
  }, [entries, seqs, from, state, sitting, view]);
  return { items, seen: useCallback(() => setFrom(last), [last]) };
}

type About = Pick<News, "brackets" | "clause">;

/** What of the text an entry touches; undefined if it is about something else. */
function aboutText({ event }: Entry, { text, amendments, order }: TextView): About | undefined {
  const body = event.body as Readonly<Record<string, unknown>>;
  const about = (bracket: unknown, clause: unknown): About => {
    const placed = order.find((one) => one.bracket.id === bracket);
    const own = typeof clause === "string" ? (clause as ClauseId) : placed?.clause;
    return { brackets: placed ? [placed.bracket.id] : [], clause: own };
  };
  if (typeof body["amendment"] === "string") {
    const amendment = amendments.find(({ id }) => id === body["amendment"]);
    return amendment && about(amendment.change.bracket, amendment.change.clause);
  }
  if (body["draft"] !== text.id) return undefined;
  const change = body["change"] as { bracket?: unknown; clause?: unknown } | undefined;
  return about(body["bracket"] ?? change?.bracket, body["clause"] ?? change?.clause);
}

function readPlace(place: string): number | undefined {
  const kept = Number(readTo(place) ?? Number.NaN);
  return Number.isSafeInteger(kept) ? kept : undefined;
}
