/** `admit` and `apply` for the log of a circle, given the state of the shared log at the head that the entry names. */
import { type Entry, type Event, eventId } from "@parley/ledger/event";
import { admitAuthor, admitIssue, admitSealedPart, readEvent } from "./border.ts";
import {
  admitCircleOpening,
  applyCircleOpening,
  type CircleRule,
  type CircleState,
  circleRules,
} from "./circles.ts";
import type { Body } from "./kinds.ts";
import { authorOf } from "./people.ts";
import { find, type Table } from "./record.ts";
import { firstOf, isRefusal, refuse, type Verdict } from "./refusal.ts";
import type { Act, Context } from "./rule.ts";
import type { Surroundings } from "./surroundings.ts";

/** `shared`: the shared state at the head that the entry will carry. */
export interface CircleContext extends Context {
  readonly shared: Surroundings;
}

const rules: Table<CircleRule<never>> = circleRules;

/** Whether this event may be appended to the circle's log; `circle` is undefined before its first entry. undefined: yes. */
export function admitToCircle(
  circle: CircleState | undefined,
  event: Event,
  context: CircleContext,
): Verdict {
  const read = readEvent(event);
  if (isRefusal(read)) return read;
  const { people } = context.shared;
  if (event.case !== people.caseId) return refuse("case-mismatch", "This event belongs to another case.");
  if (event.audience !== "circle")
    return refuse("wrong-audience", "What is said in a circle is for the circle.");
  const author = authorOf(people, event.author);
  if (!author) return admitAuthor(author);
  const act: Act = { ...author, id: read.id, at: context.at, caseId: people.caseId, event };
  return firstOf(
    () => admitAuthor(author),
    () => admitIssue(people, read.kind, author, "circle"),
    () => admitSealedPart(read.kind, event),
    () => {
      if (read.kind === "CircleOpened") {
        return circle
          ? refuse("already-open", "This circle is open already.")
          : admitCircleOpening(event, read.body as Body<"CircleOpened">, act, people);
      }
      if (circle?.log !== event.log) return refuse("not-found", "There is no such circle.");
      return circle.seats.includes(author.seat.id)
        ? find(rules, read.kind)?.admit(circle, read.body as never, act, context.shared)
        : refuse("not-in-audience", "Your delegation is not in this circle.");
    },
  );
}

/** The circle after an admitted entry; `shared` as in `admitToCircle`. Total: what it does not know changes nothing. */
export function applyToCircle(
  circle: CircleState | undefined,
  entry: Entry,
  shared: Surroundings,
): CircleState | undefined {
  const { event, at } = entry;
  const author = authorOf(shared.people, event.author);
  if (!author) return circle;
  const act: Act = { ...author, id: eventId(event), at, caseId: shared.people.caseId, event };
  if (!circle) {
    return event.kind === "CircleOpened"
      ? applyCircleOpening(event, event.body as Body<"CircleOpened">, act)
      : undefined;
  }
  return find(rules, event.kind)?.apply(circle, event.body as never, act) ?? circle;
}
