/** The shelf and the case at hand, for the pages under them. */
import { createContext, useContext, useMemo, useSyncExternalStore } from "react";
import { type PartyLook, partyCodes } from "../frame/party-codes.ts";
import { useWords } from "../messages/words.ts";
import { AloneShelf } from "./alone-shelf.ts";
import type { CaseSnapshot, CaseSource } from "./case-source.ts";
import type { Shelf } from "./shelf.ts";

let shelf: Shelf | undefined;

/** A window that was opened with a server's session keeps its cases there; any other, in this browser. */
export function setShelf(kept: Shelf): void {
  shelf = kept;
}

export function theShelf(): Shelf {
  shelf ??= new AloneShelf();
  return shelf;
}

export const CaseContext: React.Context<CaseSource | undefined> = createContext<CaseSource | undefined>(
  undefined,
);

export function useCase(): CaseSource {
  const source = useContext(CaseContext);
  if (!source) throw new Error("this page belongs under a case");
  return source;
}

export function useSnapshot(): CaseSnapshot {
  const source = useCase();
  return useSyncExternalStore(source.subscribe, source.snapshot);
}

/** How each seat is shown, by its id. */
export function useLooks(): ReadonlyMap<string, PartyLook> {
  const { seats } = useSnapshot().state.people;
  return useMemo(() => partyCodes(new Map(Object.entries(seats))), [seats]);
}

/** The names of these seats in one line. */
export function useSeatNames(): (seats: readonly string[]) => string {
  const t = useWords();
  const looks = useLooks();
  return (seats) => seats.map((seat) => looks.get(seat)?.name ?? seat).join(t("said.comma"));
}
