/**
 * What this delegation has marked, before and after it is sealed. Marks that are not sealed yet live in this window's
 * memory and nowhere else: closing the window loses them, which the page says. Sealed ones are read from the delegation's
 * own circle with the keys of this device.
 */
import { emptyValuation, readValuation, type SeatId, type Valuation } from "@parley/core";
import type { Event } from "@parley/ledger";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCase, useSnapshot } from "./case-context.tsx";
import type { CaseSource } from "./case-source.ts";
import { circleAmong } from "./circles.ts";
import { useUnsent } from "./unsent.ts";

type Drafts = ReadonlyMap<string, Valuation>;

const none: Drafts = new Map();

export interface OurValuation {
  readonly valuation: Valuation;
  readonly change: (next: Valuation) => void;
  /** Something is marked that was not sealed yet. */
  readonly changed: boolean;
  /** What was not sealed is as it was sealed last, or empty. */
  readonly forget: () => void;
  /** When it was last sealed; undefined: never. */
  readonly sealedAt: string | undefined;
  readonly loading: boolean;
  /** Why what was sealed could not be read. */
  readonly fault: string | undefined;
}

/** `of`: whose it is; another's than the sitting seat's is an estimate. */
export function useValuation(of: SeatId): OurValuation {
  const source = useCase();
  const snapshot = useSnapshot();
  const seat = snapshot.sitting?.seat;
  const own = seat && circleAmong(snapshot, [seat])?.circle;
  const last = own?.state.preferences[of];
  const event = last && own?.byId.get(last.id)?.event;
  const key = `${source.id} ${snapshot.sitting?.device ?? ""} ${of}`;
  const [drafts, putDrafts] = useUnsent("marks", none);
  const draft = drafts.get(of);
  const keep = (valuation: Valuation | undefined) => {
    putDrafts((now) => {
      const next = new Map(now);
      if (valuation) next.set(of, valuation);
      else next.delete(of);
      return next.size > 0 ? next : none;
    });
  };
  const sealed = useQuery({
    queryKey: ["valuation", key, last?.id ?? ""],
    queryFn: async () => (event ? readSealed(source, event) : null),
    staleTime: Infinity,
    placeholderData: keepPreviousData,
    structuralSharing: false,
  });
  return {
    valuation: draft ?? sealed.data ?? emptyValuation(of, of === seat ? "stated" : "imputed"),
    change: keep,
    changed: draft !== undefined,
    forget: () => keep(undefined),
    sealedAt: last?.at,
    loading: sealed.isPending,
    fault: sealed.error?.message,
  };
}

async function readSealed(source: CaseSource, event: Event): Promise<Valuation> {
  const value = await source.unseal(event);
  if (value === undefined) throw new Error("It was sealed to other devices than this one.");
  return readValuation(value);
}

/** What is marked in this window and not sealed yet, by party. */
export function useDrafts(): Drafts {
  return useUnsent("marks", none)[0];
}
