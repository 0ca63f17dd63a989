/**
 * What a person writes and has not sent. It lives in this window's memory and nowhere else: it outlasts a step to another
 * bracket or page, a line that is lost, and a change of what it is about. While something is written, closing the window
 * asks first, from whichever page.
 */
import { useSyncExternalStore } from "react";
import { useCase, useSnapshot } from "./case-context.tsx";

interface Kept {
  readonly value: unknown;
  readonly written: boolean;
}

const kept = new Map<string, Kept>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function keep(place: string, one: Kept | undefined): void {
  if (one) kept.set(place, one);
  else kept.delete(place);
  // Only while it is needed: some browsers load a page anew that has such a listener and is gone back to.
  if ([...kept.values()].some(({ written }) => written)) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
  for (const listener of listeners) listener();
}

/** From outside a page; undefined lets it go. */
export function putUnsentAt(place: string, value: unknown): void {
  keep(place, value === undefined ? undefined : { value, written: true });
}

/** What it is next, or how it comes of what it is now: an act may end after something else was written. */
type Next<T> = T | ((now: T) => T);

/** A state that outlasts the page. `blank`, the same object each time: nothing is kept. */
export function useUnsentAt<T>(
  place: string,
  blank: T,
  isWritten: (value: T) => boolean = () => true,
): readonly [T, (next: Next<T>) => void] {
  useSyncExternalStore(subscribe, () => kept.get(place));
  const now = (): T => {
    const one = kept.get(place);
    return one ? (one.value as T) : blank;
  };
  const put = (next: Next<T>) => {
    const value = next instanceof Function ? next(now()) : next;
    keep(place, value === blank ? undefined : { value, written: isWritten(value) });
  };
  return [now(), put];
}

/** The same within a case, for the device that sits in it: what one seat writes is no other seat's. */
export function useUnsent<T>(
  about: string,
  blank: T,
  isWritten?: (value: T) => boolean,
): readonly [T, (next: Next<T>) => void] {
  const source = useCase();
  const { sitting } = useSnapshot();
  return useUnsentAt(`${source.id} ${sitting?.device ?? ""} ${about}`, blank, isWritten);
}

/** Words in one field, and whether they are being written at all. */
export function useUnsentWords(
  about: string,
): readonly [string | undefined, (next: string | undefined) => void] {
  return useUnsent<string | undefined>(about, undefined, (words) => words?.trim() !== "");
}
