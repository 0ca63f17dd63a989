/**
 * What this seat may know of everyone's preferences: its own; those that a party sealed to it; its own estimates; the
 * exercise's scores, if it loaded them. Each with where it comes from, because an estimate must never pass for a word.
 */
import {
  linkagesLeft,
  linkagesOf,
  type Preferences,
  type Provenance,
  preferencesOf,
  readPreferences,
  readValuation,
  type Seat,
  type SeatId,
  type Text,
  type Valuation,
  valuationOf,
  walkAwayOf,
} from "@parley/core";
import type { Event, EventId } from "@parley/ledger";
import { type Linkage, type Problem, type ProblemIssue, readProblem } from "@parley/solver";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useCase, useSnapshot } from "./case-context.tsx";
import type { CaseSnapshot, CaseSource } from "./case-source.ts";
import { wholeTree } from "./choices.ts";
import { useDrafts } from "./valuations.ts";

export interface Known {
  readonly seat: Seat;
  readonly from: Provenance | "memory";
  readonly at?: string;
  /** Without a walk-away value where none was said yet. */
  readonly preferences: Omit<Preferences, "walkAway"> & { readonly walkAway: number | undefined };
  /** Brackets without any mark. */
  readonly unmarked: readonly string[];
}

export interface Desk {
  /** Principals first, then affected parties; undefined where nothing is known. */
  readonly parties: readonly { readonly seat: Seat; readonly known: Known | undefined }[];
  readonly loading: boolean;
}

/** Scores of the exercise that were loaded for this desk, by party. */
export type Loaded = Readonly<Record<string, Preferences>>;

/** `tree`: the choices that are looked at; what each party is known to prefer comes without any other. */
export function useDesk(text: Text, tree: readonly ProblemIssue[], loaded: Loaded): Desk {
  const source = useCase();
  const snapshot = useSnapshot();
  const drafts = useDrafts();
  const found = eventsFor(snapshot);
  const opened = useQuery({
    queryKey: ["desk", source.id, snapshot.sitting?.device ?? "", found.map(({ id }) => id).join(" ")],
    queryFn: () => openAll(source, found),
    staleTime: Infinity,
    structuralSharing: false,
  });
  const whole = useMemo(() => wholeTree(text), [text]);
  const sealed = opened.data ?? new Map<SeatId, Opened>();
  const seats = Object.values(snapshot.state.people.seats);
  const listed = (["principal", "affected"] as const).flatMap((kind) =>
    seats.filter((seat) => seat.kind === kind),
  );
  return {
    loading: opened.isPending,
    parties: listed.map((seat) => {
      const draft = drafts.get(seat.id);
      const own = sealed.get(seat.id);
      const given = loaded[seat.id];
      const inMemory = draft
        ? {
            valuation: draft.valuation,
            from: draft.valuation.provenance === "stated" ? ("memory" as const) : draft.valuation.provenance,
          }
        : undefined;
      const best =
        inMemory ??
        own ??
        (given ? { valuation: valuationOf(given), points: given.scores, from: given.provenance } : undefined);
      return { seat, known: best && knownOf(seat, best, tree, whole) };
    }),
  };
}

interface Opened {
  readonly valuation: Valuation;
  /** Where points were given as a file gives them, a red line bars its alternative and its points are what they are. */
  readonly points?: Preferences["scores"];
  readonly from: Provenance | "memory";
  readonly at?: string;
}

function knownOf(
  seat: Seat,
  { valuation, points, from, at }: Opened,
  tree: readonly ProblemIssue[],
  whole: readonly ProblemIssue[],
): Known {
  const marked = preferencesOf(valuation, tree, 0);
  const preferences = points ? { ...marked, scores: asGiven(marked.scores, points) } : marked;
  return {
    seat,
    from,
    ...(at === undefined ? {} : { at }),
    preferences: { ...preferences, walkAway: walkAwayOf(valuation, whole).value },
    unmarked: unmarkedIn(preferences, tree),
  };
}

function asGiven(scores: Preferences["scores"], points: Preferences["scores"]): Preferences["scores"] {
  const given = (bracket: string, option: string): [string, number][] => {
    const value = points[bracket]?.[option];
    // What another party sealed may hold anything; what is no number was never a score.
    return typeof value === "number" && Number.isFinite(value) ? [[option, value]] : [];
  };
  return Object.fromEntries(
    Object.entries(scores).map(([bracket, options]) => [
      bracket,
      Object.fromEntries(Object.keys(options).flatMap((option) => given(bracket, option))),
    ]),
  );
}

function unmarkedIn({ scores }: Preferences, tree: readonly ProblemIssue[]): string[] {
  return tree.flatMap(({ id, options }) => [
    // A bracket that is settled is no gap.
    ...(options.length > 1 && !Object.hasOwn(scores, id) ? [id] : []),
    ...options.flatMap(({ issues }) => (issues ? unmarkedIn({ scores } as Preferences, issues) : [])),
  ]);
}

interface Found {
  readonly id: EventId;
  readonly of: SeatId;
  readonly event: Event;
  readonly at: string;
  readonly provenance: "stated" | "imputed";
  readonly ours: boolean;
}

/** The last that were sealed for each party where this seat reads: a party's own word before our estimate of it. */
function eventsFor({ circles, sitting }: CaseSnapshot): readonly Found[] {
  const seat = sitting?.seat;
  const found = [...circles.values()].flatMap(({ state, byId }) =>
    Object.values(state.preferences).flatMap((sealed): Found[] => {
      const entry = byId.get(sealed.id);
      if (!entry || !seat || !state.seats.includes(seat)) return [];
      const { id, of, at, provenance } = sealed;
      return [{ id, of, at, provenance, event: entry.event, ours: state.seats.length === 1 }];
    }),
  );
  const rank = ({ provenance, at }: Found) => `${provenance === "stated" ? 1 : 0} ${at}`;
  return found.sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

export async function openAll(
  source: Pick<CaseSource, "unseal">,
  found: readonly Pick<Found, "of" | "event" | "at" | "provenance">[],
): Promise<Map<SeatId, Opened>> {
  const opened = new Map<SeatId, Opened>();
  for (const { of, event, at, provenance } of found) {
    const value = await source.unseal(event);
    const format =
      typeof value === "object" && value !== null && "format" in value ? value["format"] : undefined;
    // What another party sealed is not ours to trust: a fault in it stops at this party.
    try {
      const isPoints = format !== "parley-valuation/1";
      const valuation = isPoints ? fromPreferences(value) : readValuation(value);
      // Whose it is stands in clear; sealed in another's name it would take the place of that one's own word.
      if (valuation.party !== of) throw new Error(`sealed for ${of}, in the name of ${valuation.party}`);
      opened.set(of, {
        valuation,
        at,
        ...(isPoints ? { points: (value as unknown as Preferences).scores } : {}),
        from: valuation.provenance === "illustrative" ? "illustrative" : provenance,
      });
    } catch {
      opened.delete(of);
    }
  }
  return opened;
}

/** Preferences are checked against the text when they are used; here only their shape is taken. */
function fromPreferences(value: unknown): Valuation {
  const { scores, redLines, ...rest } = value as Preferences & { format?: string };
  const { format: _, draft: __, ...others } = rest as typeof rest & { draft?: string };
  const marks: Record<string, Record<string, number | "redLine">> = {};
  for (const [bracket, options] of Object.entries(scores ?? {})) marks[bracket] = { ...options };
  for (const [bracket, option] of redLines ?? []) marks[bracket] = { ...marks[bracket], [option]: "redLine" };
  return readValuation({ ...others, format: "parley-valuation/1", marks });
}

/** Reads the exercise's file for a party, on the whole text. */
export function readLoaded(json: string, text: readonly ProblemIssue[]): Preferences {
  return readPreferences(json, text);
}

/** The principals' preferences as one problem; undefined while one of them or a walk-away value is missing. */
export function problemOf(desk: Desk, tree: readonly ProblemIssue[], text: Text): Problem | undefined {
  const principals = desk.parties.filter(({ seat }) => seat.kind === "principal");
  const all = principals.map(({ known }) => known?.preferences);
  const ready = all.flatMap((one) =>
    one && one.walkAway !== undefined ? [{ ...one, walkAway: one.walkAway }] : [],
  );
  if (ready.length < principals.length || ready.length === 0) return undefined;
  const ofText = linkagesLeft(linkagesOf(text.draft), tree);
  const linkages = (kind: "excludes" | "requires"): readonly Linkage[] => [
    ...new Map(
      [...ofText[kind], ...ready.flatMap((one) => one[kind])].map((linkage) => [
        JSON.stringify(linkage),
        linkage,
      ]),
    ).values(),
  ];
  return readProblem({
    format: "parley-problem/1",
    name: text.draft.title,
    parties: ready.map(({ party, walkAway }) => ({ id: party, walkAway })),
    issues: tree,
    scores: Object.fromEntries(ready.map(({ party, scores }) => [party, scores])),
    redLines: Object.fromEntries(ready.map(({ party, redLines }) => [party, redLines])),
    excludes: linkages("excludes"),
    requires: linkages("requires"),
    interactions: ready.flatMap(({ party, interactions }) =>
      interactions.map((paid) => ({ party, ...paid })),
    ),
  });
}
