/**
 * What this delegation has marked, before and after it is sealed. Marks that are not sealed yet live in this window's
 * memory and nowhere else: closing the window loses them, which the page says. Sealed ones are read from the delegation's
 * own circle with the keys of this device.
 */
import {
  emptyValuation,
  headOf,
  type Member,
  readValuation,
  type SealedPreferences,
  type SeatId,
  type Valuation,
} from "@parley/core";
import type { Event } from "@parley/ledger";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCase, useSnapshot } from "./case-context.tsx";
import type { CaseSource } from "./case-source.ts";
import { circleAmong } from "./circles.ts";
import { useUnsent } from "./unsent.ts";

interface Draft {
  readonly valuation: Valuation;
  /** What was sealed last when it was begun. */
  readonly on: string | undefined;
}

type Drafts = ReadonlyMap<string, Draft>;

const none: Drafts = new Map();

export interface OurValuation {
  readonly valuation: Valuation;
  readonly change: (next: Valuation) => void;
  /** Something is marked that was not sealed yet. */
  readonly changed: boolean;
  /** What was not sealed is as it was sealed last, or empty. */
  readonly forget: () => void;
  /** By whom and when it was last sealed; undefined: never. */
  readonly sealed: SealedPreferences | undefined;
  /** Since these marks were begun somebody else of the delegation has sealed others. */
  readonly overtaken: boolean;
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
      if (valuation) next.set(of, { valuation, on: now.has(of) ? now.get(of)?.on : last?.id });
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
    valuation: draft?.valuation ?? sealed.data ?? emptyValuation(of, of === seat ? "stated" : "imputed"),
    change: keep,
    changed: draft !== undefined,
    forget: () => keep(undefined),
    sealed: last,
    overtaken: draft !== undefined && draft.on !== last?.id,
    loading: sealed.isPending,
    fault: sealed.error?.message,
  };
}

/** Where a delegation's marks stand within it: the head's word is the delegation's. */
export interface Agreeing {
  readonly head: Member;
  /** The marks that were sealed last are not the head's; undefined: they are. */
  readonly others:
    | {
        /** What the head sealed last; undefined: nothing. */
        readonly before: Valuation | undefined;
      }
    | undefined;
}

/** undefined where there is nothing to agree on, and until what the head sealed has been read. */
export function useAgreeing(of: SeatId): Agreeing | undefined {
  const source = useCase();
  const snapshot = useSnapshot();
  const own = circleAmong(snapshot, [of])?.circle;
  const head = headOf(snapshot.state.people, of);
  const { devices } = snapshot.state.people;
  const [id, entry] =
    [...(own?.byId ?? [])]
      .filter(
        ([, { event }]) =>
          event.kind === "PreferencesSealed" &&
          event.body["of"] === of &&
          devices[event.author]?.member === head?.id,
      )
      .at(-1) ?? [];
  const before = useQuery({
    queryKey: ["head's valuation", source.id, snapshot.sitting?.device ?? "", id ?? ""],
    queryFn: async () => (entry ? readSealed(source, entry.event) : null),
    staleTime: Infinity,
    structuralSharing: false,
  });
  const last = own?.state.preferences[of];
  if (!last || !head || before.isPending) return undefined;
  return { head, others: last.by === head.id ? undefined : { before: before.data ?? undefined } };
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
