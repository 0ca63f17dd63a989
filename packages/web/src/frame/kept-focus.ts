/**
 * Where an act takes away what had the focus (a dialog that closes, an item that is removed, a button at rest), the browser
 * gives the focus to nothing, and whoever works by keyboard or listens to the page stands at its top again. Here it goes back
 * to the same thing where that is still there; else to what stands in its place; else to what is beside it; else to the
 * heading above it. Whoever puts it elsewhere, or presses on an empty place, is left alone.
 */
import { useEffect } from "react";
import { isActing } from "../source/underway.ts";

/** An element around the one with the focus, and what stood beside it there. */
interface Around {
  readonly within: Element;
  readonly before: Element | null;
  readonly after: Element | null;
}

interface Place {
  readonly at: HTMLElement;
  /** From the innermost out. */
  readonly around: readonly Around[];
  readonly address: string;
}

/** What is drawn again after an act comes within so many frames. */
const settlingFrames = 3;
/** How long something at rest may take to be ready again after its act is over. */
const restMs = 400;

const focusable =
  "a[href], button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select, summary, [tabindex]";

export function useKeptFocus(): void {
  useEffect(() => {
    /** On the page, and in whatever lies over it: the second goes back to the first. */
    let onPage: Place | undefined;
    let latest: Place | undefined;
    let pressing = false;
    let touched = false;
    let waiting = false;

    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement) || target === document.body) return;
      latest = placeOf(target);
      if (!target.closest("[role=dialog], [role=alertdialog], .popover")) onPage = latest;
    };

    const look = () => {
      if (!isLost() || pressing || !latest || waiting) return;
      waiting = true;
      const since = performance.now();
      let frames = 0;
      const again = () => {
        frames += 1;
        const place = latest;
        if (!isLost() || !place) {
          waiting = false;
          return;
        }
        const settled = frames > settlingFrames && !isActing();
        const gone = place.address !== location.hash;
        if (gone && settled) {
          thePage()?.focus({ preventScroll: true });
        } else if (!gone && canTake(place.at)) {
          place.at.focus();
        } else if (settled && !gone && (!place.at.isConnected || performance.now() - since > restMs)) {
          (nextTo(place, onPage, touched) ?? thePage())?.focus();
        } else {
          requestAnimationFrame(again);
          return;
        }
        waiting = false;
      };
      requestAnimationFrame(again);
    };

    const point = ({ pointerType }: PointerEvent) => {
      touched = pointerType === "touch";
    };
    const press = () => {
      pressing = true;
    };
    // A press where nothing takes the focus is meant to leave it. What the press does comes after its end.
    const release = () => {
      pressing = false;
      if (isLost()) latest = undefined;
    };
    const key = () => {
      touched = false;
      pressing = false;
    };
    const changes = new MutationObserver(look);
    document.addEventListener("focusin", remember);
    document.addEventListener("focusout", look);
    document.addEventListener("pointerdown", point, true);
    document.addEventListener("mousedown", press, true);
    document.addEventListener("mouseup", release, true);
    document.addEventListener("keydown", key, true);
    changes.observe(document.body, { childList: true, subtree: true });
    return () => {
      changes.disconnect();
      document.removeEventListener("focusin", remember);
      document.removeEventListener("focusout", look);
      document.removeEventListener("pointerdown", point, true);
      document.removeEventListener("mousedown", press, true);
      document.removeEventListener("mouseup", release, true);
      document.removeEventListener("keydown", key, true);
    };
  }, []);
}

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

function placeOf(at: HTMLElement): Place {
  const around: Around[] = [];
  for (let one: Element = at; one.parentElement && one !== document.body; one = one.parentElement) {
    around.push({
      within: one.parentElement,
      before: one.previousElementSibling,
      after: one.nextElementSibling,
    });
  }
  return { at, around, address: location.hash };
}

function canTake(element: HTMLElement): boolean {
  return (
    element.isConnected &&
    element.matches(`${focusable}, [tabindex]`) &&
    !element.matches(":disabled, [inert] *, [aria-hidden=true] *, [hidden] *") &&
    element.checkVisibility({ visibilityProperty: true })
  );
}

function nextTo(lost: Place, onPage: Place | undefined, touched: boolean): HTMLElement | undefined {
  const beside = besidePlace(lost, touched);
  if (beside || !onPage || onPage === lost) return beside;
  return canTake(onPage.at) ? onPage.at : besidePlace(onPage, touched);
}

function besidePlace({ at, around }: Place, touched: boolean): HTMLElement | undefined {
  // A form that was sent and is empty again begins at its first field.
  const form = at.isConnected ? at.closest("form") : null;
  if (form) return firstIn(form, touched) ?? headingOf(form);
  for (const { within, before, after } of around) {
    if (!within.isConnected) continue;
    // Around the page is its head, and nothing of what was done.
    if (within.querySelector("main")) return undefined;
    const first = before?.parentElement === within ? before.nextElementSibling : within.firstElementChild;
    for (let one = first; one && one !== after; one = one.nextElementSibling) {
      const found = one.contains(at) && one === at ? undefined : firstIn(one, touched);
      if (found) return found;
    }
    for (const one of [after, before]) {
      const found = one?.parentElement === within ? firstIn(one, touched) : undefined;
      if (found) return found;
    }
    if (within.matches("section, article, main, [role=dialog], [role=alertdialog]")) return headingOf(within);
  }
  return undefined;
}

function firstIn(element: Element, touched: boolean): HTMLElement | undefined {
  const all = [element, ...element.querySelectorAll(focusable)];
  return all.find(
    (one): one is HTMLElement =>
      one instanceof HTMLElement &&
      one.tabIndex >= 0 &&
      canTake(one) &&
      // Under a finger a field would bring up the keyboard over what was just done.
      !(touched && one.matches("input, textarea")),
  );
}

function headingOf(element: Element): HTMLElement | undefined {
  for (let one: Element | null = element; one; one = one.parentElement) {
    const heading = one.querySelector<HTMLElement>("h1, h2, h3, h4");
    if (heading) {
      heading.tabIndex = -1;
      return heading;
    }
    if (one.matches("main, [role=dialog], [role=alertdialog]")) break;
  }
  return thePage();
}

function thePage(): HTMLElement | undefined {
  return document.querySelector<HTMLElement>("main[tabindex]") ?? undefined;
}
