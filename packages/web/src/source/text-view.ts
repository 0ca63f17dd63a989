/** The text on the table as pages show it: the draft with who backs what now, and how each bracket stands. */

import type { Amendment, RoomName, SeatView, Text } from "@parley/core";
import { itemsOf } from "@parley/core";
import {
  type AnyOption,
  type Attribution,
  type Block,
  type Bracket,
  type BracketId,
  brackets,
  type Draft,
  type Inline,
  type Note,
  type NoteId,
  type Option,
  type PlacedBracket,
} from "@parley/text";
import { revised } from "./revision.ts";
import { newId } from "./words.ts";

export type BracketStatus = "open" | "adref" | "closed";

export interface TextView {
  readonly text: Text;
  /** The audience it was opened for; what is said about it has the same. */
  readonly audience: RoomName;
  readonly draft: Draft;
  readonly order: readonly PlacedBracket[];
  readonly amendments: readonly Amendment[];
  readonly statusOf: (id: BracketId) => BracketStatus;
  readonly agreedOption: (id: BracketId) => string | undefined;
}

const roomNames: readonly RoomName[] = ["table", "consulted", "public"];
const made = new WeakMap<Text, Omit<TextView, "amendments" | "audience">>();

/**
 * The single negotiating text: the one that was opened first. It changes by amendment, whoever opened it: a text that a
 * party opens beside it, to fewer or to more, takes it off nobody's table.
 */
export function textView(view: SeatView): TextView | undefined {
  const [first] = roomNames
    .flatMap((audience) => itemsOf(view.rooms[audience].texts).map((text) => ({ audience, text })))
    .sort((a, b) => Number(a.text.at > b.text.at) - Number(a.text.at < b.text.at));
  if (!first) return undefined;
  const { audience, text } = first;
  const amendments = itemsOf(view.rooms[audience].amendments).filter(({ draft }) => draft === text.id);
  return { ...shownOf(text), audience, amendments };
}

/** Made once for each version of a text, so that what did not change is not drawn again. */
function shownOf(text: Text): Omit<TextView, "amendments" | "audience"> {
  const known = made.get(text);
  if (known) return known;
  const draft = revised(asItStands(text), text.version);
  const order = brackets(draft);
  const left = openBrackets(order, text.agreed);
  const shown = {
    text,
    draft,
    order,
    statusOf: (id: BracketId): BracketStatus => {
      if (text.closed) return "closed";
      return left.has(id) ? "open" : "adref";
    },
    agreedOption: (id: BracketId) => (Object.hasOwn(text.agreed, id) ? text.agreed[id]?.option : undefined),
  };
  made.set(text, shown);
  return shown;
}

/** What is neither agreed nor fell away with an alternative instead of which another was agreed. */
export function openBrackets(order: readonly PlacedBracket[], agreed: Text["agreed"]): ReadonlySet<string> {
  const fallen = new Set<string>();
  const open = new Set<string>();
  for (const { bracket, parent } of order) {
    const around = parent && Object.hasOwn(agreed, parent.bracket) ? agreed[parent.bracket] : undefined;
    if (parent && (fallen.has(parent.bracket) || (around && around.option !== parent.option)))
      fallen.add(bracket.id);
    else if (!Object.hasOwn(agreed, bracket.id)) open.add(bracket.id);
  }
  return open;
}

/**
 * A party's own word about a bracket takes the place of what the text, as it was opened, said of that party. Reservations
 * are set as notes to their clauses, as practice has them. What nothing was said about stays the same object.
 */
function asItStands({ draft, backings, reservations }: Text): Draft {
  if (Object.keys(backings).length === 0 && reservations.length === 0) return draft;
  // A note of the text may be called as one of these would be.
  const taken = new Set<string>(draft.notes.map(({ id }) => id));
  const nextId = () => {
    const id = newId("reservation", taken);
    taken.add(id);
    return id as NoteId;
  };
  const notes = reservations.map(
    ({ of, by, at, text }): Note => ({
      id: nextId(),
      kind: "reservation",
      author: of ?? by,
      date: at,
      content: [{ type: "text", text }],
    }),
  );
  const marksOn = (clause: string): readonly Inline[] =>
    notes.flatMap(({ id }, index) =>
      reservations[index]?.clause === clause ? [{ type: "note" as const, note: id }] : [],
    );
  const inlines = (list: readonly Inline[]): readonly Inline[] =>
    mapKept(list, (part) => (part.type === "bracket" ? backed(part, inlines) : part));
  const blocks = (list: readonly Block[]): readonly Block[] =>
    mapKept(list, (block) => {
      if (block.type === "bracket") return backed(block, blocks);
      const content = inlines(block.content);
      const marks = marksOn(block.id);
      if (marks.length > 0) return { ...block, content: [...content, ...marks] };
      return content === block.content ? block : { ...block, content };
    });
  function backed<C, B extends Bracket<C>>(bracket: B, inside: (list: readonly C[]) => readonly C[]): B {
    const stands = Object.hasOwn(backings, bracket.id) ? backings[bracket.id] : undefined;
    const options = mapKept(bracket.options, (option): Option<C> => {
      const content = inside(option.content);
      const kept = content === option.content ? option : { ...option, content };
      return stands ? { ...kept, attributions: attributionsOf(option as AnyOption, stands) } : kept;
    });
    return options === bracket.options ? bracket : { ...bracket, options };
  }
  return { ...draft, blocks: blocks(draft.blocks), notes: [...draft.notes, ...notes] };
}

function attributionsOf(option: AnyOption, stands: Text["backings"][string]): readonly Attribution[] {
  const others = (option.attributions ?? []).filter(({ party }) => !Object.hasOwn(stands, party));
  const own = Object.entries(stands)
    .filter(([, backing]) => backing.option === option.id)
    .map(([party, { role }]) => ({ party, role }));
  return [...others, ...own];
}

/** The same list if nothing in it changed. */
function mapKept<T>(list: readonly T[], change: (item: T) => T): readonly T[] {
  const next = list.map(change);
  return next.every((item, index) => item === list[index]) ? list : next;
}
