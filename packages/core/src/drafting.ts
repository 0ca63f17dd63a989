/**
 * The text on the table: opened with its audience, backed and reserved upon by each party for itself, amended. Whoever
 * holds the pen adopts amendments; without a pen, or past it, an amendment is adopted when every principal supports it.
 */
import type { JsonObject } from "@parley/ledger/canonical";
import { brackets, choosable, clauses, type Draft } from "@parley/text";
import {
  anchorsOf,
  bracketAnchor,
  type Change,
  changed,
  changeShape,
  readDraft,
  readMarked,
} from "./amending.ts";
import { draftHash } from "./draft-hash.ts";
import type { SeatId } from "./ids.ts";
import { allPrincipals } from "./people.ts";
import { drop, find, including, put } from "./record.ts";
import { firstOf, isRefusal, refuse, type Verdict } from "./refusal.ts";
import { enter, itemOf } from "./register.ts";
import type { Amendment, Room, Text, TextPhase, Touch } from "./room.ts";
import type { Act, RoomRule, RoomRules } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import type { People } from "./state.ts";
import { onTable } from "./tabled.ts";
import { givenTo, voiceOf } from "./voice.ts";

export const draftingShapes = {
  DraftOpened: { kind: "compilation | chairsText | bridgingText | partysText", text: "document" },
  AlternativeBacked: {
    draft: "id",
    bracket: "slug",
    "backing?": { option: "slug", role: "proposes | supports" },
  },
  ReservationNoted: { draft: "id", clause: "slug", text: "text" },
  CommentMade: { draft: "id", clause: "slug", "bracket?": "slug", text: "text" },
  AmendmentProposed: {
    draft: "id",
    change: changeShape as typeof changeShape,
    "reason?": "text",
  },
  AmendmentSupported: { amendment: "id" },
  AmendmentAdopted: { amendment: "id" },
  AmendmentWithdrawn: { amendment: "id" },
} as const;

export function phaseOfText(text: Text): TextPhase {
  if (!text.closed) return "drafting";
  if (text.signed) return "signed";
  return text.initialled ? "initialled" : "closed";
}

/** The text that an event is about, by whatever its body names. */
export function textOf(room: Room, body: JsonObject): Text | undefined {
  const { draft, amendment, proposal } = body;
  if (typeof draft === "string") return itemOf(room.texts, draft);
  if (typeof amendment === "string")
    return itemOf(room.texts, itemOf(room.amendments, amendment)?.draft ?? "");
  if (typeof proposal === "string") return itemOf(room.texts, itemOf(room.proposals, proposal)?.draft ?? "");
  return undefined;
}

const opened: RoomRule<BodyOf<typeof draftingShapes.DraftOpened>> = {
  admit: (_room, body, _act, people) => {
    const draft = readMarked(body.text, people.exercise);
    return isRefusal(draft) ? draft : undefined;
  },
  apply: (room, body, act) => {
    const draft = readDraft(body.text);
    if (isRefusal(draft)) return room;
    const text: Text = {
      ...voiceOf({}, act),
      kind: body.kind,
      draft,
      revision: draftHash(draft),
      version: 0,
      touched: {},
      backings: {},
      reservations: [],
      comments: [],
      agreed: {},
      confirmedBy: [],
      languages: {},
      closings: {},
      initials: {},
      initialled: false,
      signatures: {},
      signed: false,
      accepted: {},
      refused: {},
    };
    return { ...room, texts: enter(room.texts, text) };
  },
};

const backed: RoomRule<BodyOf<typeof draftingShapes.AlternativeBacked>> = {
  admit: (room, body) => {
    const bracket = bracketOf(room, body.draft, body.bracket);
    if (!bracket) return noBracket(body.bracket);
    const { backing } = body;
    return !backing || bracket.options.some(({ id }) => id === backing.option)
      ? undefined
      : refuse("not-found", `Bracket "${body.bracket}" has no option "${backing.option}".`);
  },
  apply: (room, body, act) =>
    inText(room, body.draft, (text) => {
      const others = drop(find(text.backings, body.bracket) ?? {}, act.seat.id);
      const backings = body.backing ? put(others, act.seat.id, body.backing) : others;
      return { ...text, backings: put(text.backings, body.bracket, backings) };
    }),
};

const reservationNoted: RoomRule<BodyOf<typeof draftingShapes.ReservationNoted>> = {
  admit: (room, body) => clauseOf(room, body.draft, body.clause),
  apply: (room, body, act) =>
    inText(room, body.draft, (text) => ({
      ...text,
      reservations: [...text.reservations, { ...voiceOf({}, act), clause: body.clause, text: body.text }],
    })),
};

const commentMade: RoomRule<BodyOf<typeof draftingShapes.CommentMade>> = {
  admit: (room, body) =>
    clauseOf(room, body.draft, body.clause) ??
    (body.bracket === undefined || bracketOf(room, body.draft, body.bracket)
      ? undefined
      : noBracket(body.bracket)),
  apply: (room, { draft, ...said }, act) =>
    inText(room, draft, (text) => ({
      ...text,
      comments: [...text.comments, { ...said, ...voiceOf({}, act) }],
    })),
};

const amendmentProposed: RoomRule<BodyOf<typeof draftingShapes.AmendmentProposed>> = {
  admit: (room, body, act, people) => {
    const text = itemOf(room.texts, body.draft);
    if (!text) return noText();
    const draft = changed(text.draft, body.change);
    return isRefusal(draft) ? draft : concernedHold(people, body.change, text.draft, draft, act);
  },
  apply: (room, body, act) => {
    const text = itemOf(room.texts, body.draft);
    if (!text) return room;
    const amendment: Amendment = { ...body, ...voiceOf({}, act), version: text.version, supportedBy: [] };
    return { ...room, amendments: enter(room.amendments, amendment) };
  },
};

const amendmentSupported: RoomRule<BodyOf<typeof draftingShapes.AmendmentSupported>> = {
  admit: (room, body, act, people) => {
    const amendment = itemOf(room.amendments, body.amendment);
    if (!amendment) return noAmendment();
    return firstOf(
      () =>
        amendment.supportedBy.includes(act.seat.id)
          ? refuse("already-done", "Your delegation supports this amendment already.")
          : undefined,
      () => adoptable(room, amendment, act, people),
    );
  },
  apply: (room, body, act, people) => {
    const amendment = itemOf(room.amendments, body.amendment);
    if (!amendment) return room;
    const supportedBy = including(amendment.supportedBy, act.seat.id);
    const supported = {
      ...room,
      amendments: enter(room.amendments, { ...amendment, supportedBy }),
    };
    return allPrincipals(people, supportedBy) ? adopt(supported, amendment.id) : supported;
  },
};

const amendmentAdopted: RoomRule<BodyOf<typeof draftingShapes.AmendmentAdopted>> = {
  admit: (room, body, act, people) => {
    const amendment = itemOf(room.amendments, body.amendment);
    return amendment ? adoptable(room, amendment, act, people) : noAmendment();
  },
  apply: (room, body) => adopt(room, body.amendment),
};

const amendmentWithdrawn: RoomRule<BodyOf<typeof draftingShapes.AmendmentWithdrawn>> = {
  admit: (room, body, act) => {
    const amendment = itemOf(room.amendments, body.amendment);
    if (!amendment) return noAmendment();
    if (amendment.outcome) return refuse("already-done", `This amendment is ${amendment.outcome} already.`);
    return amendment.by === act.seat.id
      ? undefined
      : refuse("not-yours", "Another delegation proposed this amendment; only it withdraws.");
  },
  apply: (room, body) => {
    const amendment = itemOf(room.amendments, body.amendment);
    if (!amendment) return room;
    return {
      ...room,
      amendments: enter(room.amendments, { ...amendment, outcome: "withdrawn" }),
    };
  },
};

/** Whom the change would have accept clauses is affected, and is given the text. */
function concernedHold(people: People, change: Change, before: Draft, after: Draft, act: Act): Verdict {
  const concerned = (draft: Draft) => clauses(draft).flatMap(({ concerns = [] }) => concerns);
  const known = new Set(concerned(before));
  const added = [
    ...(change.concerns ?? []),
    ...concerned(after).filter((party) => !known.has(party)),
  ] as SeatId[];
  const other = added.find((seat) => find(people.seats, seat)?.kind !== "affected");
  return other === undefined
    ? givenTo(people, added, act)
    : refuse("wrong-seat", `A clause concerns affected parties, and "${other}" is none.`);
}

/** Nothing it touches changed since, is agreed, or is on the table in a package. */
function adoptable(room: Room, amendment: Amendment, act: Act, people: People): Verdict {
  if (amendment.outcome) return refuse("already-done", `This amendment is ${amendment.outcome} already.`);
  const text = itemOf(room.texts, amendment.draft);
  if (!text) return noText();
  const anchors = anchorsOf(text.draft, amendment.change);
  const other = changedSince(text, amendment.change, amendment.version);
  if (other) {
    return refuse(
      "stale-amendment",
      `Amendment ${other.amendment} changed ${other.anchor} after this one was proposed; propose it anew.`,
    );
  }
  const agreed = Object.keys(text.agreed).find((bracket) => anchors.includes(bracketAnchor(bracket)));
  if (agreed !== undefined)
    return refuse("bracket-agreed", `Bracket "${agreed}" is agreed; reopen it first.`, { bracket: agreed });
  const tabled = anchors.find((anchor) => onTable(room, text.id, anchor, act.at, people));
  if (tabled !== undefined) {
    return refuse(
      "bracket-on-table",
      `A proposal on ${tabled} waits for answers; the amendment waits for it.`,
      { bracket: tabled },
    );
  }
  const draft = changed(text.draft, amendment.change);
  return isRefusal(draft) ? refuse("stale-amendment", draft.sentence) : undefined;
}

/** What a change touches and an amendment changed after this version; such a change can only be proposed anew. */
export function changedSince(
  text: Text,
  change: Change,
  version: number,
): (Touch & { readonly anchor: string }) | undefined {
  for (const anchor of anchorsOf(text.draft, change)) {
    const touch = find(text.touched, anchor);
    if (touch && touch.version > version) return { ...touch, anchor };
  }
  return undefined;
}

function adopt(room: Room, id: string): Room {
  const amendment = itemOf(room.amendments, id);
  const text = amendment && itemOf(room.texts, amendment.draft);
  const draft = text && changed(text.draft, amendment.change);
  if (!draft || isRefusal(draft)) return room;
  const version = text.version + 1;
  let touched: Text["touched"] = text.touched;
  for (const anchor of anchorsOf(text.draft, amendment.change)) {
    touched = put(touched, anchor, { version, amendment: amendment.id });
  }
  // Words changed: what capitals confirmed and parties closed was another text.
  const next: Text = {
    ...text,
    draft,
    revision: draftHash(draft),
    version,
    touched,
    confirmedBy: [],
    closings: {},
  };
  return {
    ...room,
    texts: enter(room.texts, next),
    amendments: enter(room.amendments, { ...amendment, outcome: "adopted" }),
  };
}

export function bracketOf(
  room: Room,
  draft: string,
  bracket: string,
): { readonly options: readonly { readonly id: string }[] } | undefined {
  const text = itemOf(room.texts, draft);
  const found = text && brackets(text.draft).find((placed) => placed.bracket.id === bracket);
  return found && { options: choosable(found.bracket) };
}

export function inText(room: Room, id: string, change: (text: Text) => Text): Room {
  const text = itemOf(room.texts, id);
  return text ? { ...room, texts: enter(room.texts, change(text)) } : room;
}

export function noText(): Verdict {
  return refuse("not-found", "There is no such text in this audience.");
}

function clauseOf(room: Room, draft: string, clause: string): Verdict {
  const text = itemOf(room.texts, draft);
  if (!text) return noText();
  return clauses(text.draft).some(({ id }) => id === clause)
    ? undefined
    : refuse("not-found", `The text has no clause "${clause}".`);
}

function noBracket(bracket: string): Verdict {
  return refuse("not-found", `The text has no bracket "${bracket}".`);
}

function noAmendment(): Verdict {
  return refuse("not-found", "There is no such amendment in this audience.");
}

export const draftingRules: RoomRules<typeof draftingShapes> = {
  DraftOpened: opened,
  AlternativeBacked: backed,
  ReservationNoted: reservationNoted,
  CommentMade: commentMade,
  AmendmentProposed: amendmentProposed,
  AmendmentSupported: amendmentSupported,
  AmendmentAdopted: amendmentAdopted,
  AmendmentWithdrawn: amendmentWithdrawn,
};
