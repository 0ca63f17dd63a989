/**
 * From agreement ad referendum to signature: capitals confirm (or reopen, any time before closing), the text is closed in
 * each authentic language, initialled, signed. Each step is one event of each principal and complete with the last.
 *
 * Nothing is agreed until everything is agreed: a text closes only when no bracket or blank is left in it and every
 * principal confirmed exactly what is agreed. An affected party is bound by the clauses that it accepts, and by no other.
 */
import { jsonHash } from "@parley/ledger/hash";
import {
  type BracketId,
  clauses,
  type Draft,
  type OptionId,
  parseMarkdown,
  renderMarkdown,
  settle,
} from "@parley/text";
import { readDraft, readMarked } from "./amending.ts";
import { draftHash } from "./draft-hash.ts";
import { inText, noText } from "./drafting.ts";
import type { SeatId } from "./ids.ts";
import { allPrincipals } from "./people.ts";
import { drop, find, including, put, type Table } from "./record.ts";
import { firstOf, isRefusal, type Refusal, refuse, type Verdict } from "./refusal.ts";
import { enter, itemOf } from "./register.ts";
import type { Closing, LanguageVersion, Room, Text } from "./room.ts";
import type { RoomRule, RoomRules } from "./rule.ts";
import type { BodyOf } from "./shape.ts";
import type { People, Seat } from "./state.ts";
import { voiceOf } from "./voice.ts";

export const concludingShapes = {
  AgreementConfirmed: { draft: "id", settlement: "hash" },
  BracketsReopened: { draft: "id", brackets: ["slug"], "reason?": "text" },
  LanguageFiled: { draft: "id", language: "language", text: "document" },
  TextClosed: {
    draft: "id",
    instrument: "jointStatement | parallelStatements | memorandum | treaty",
    binding: "binding | notBinding",
    texts: { "*": "hash" },
  },
  ClausesAccepted: { draft: "id", clauses: ["slug"] },
  ClausesRefused: { draft: "id", clauses: ["slug"] },
  TextInitialled: { draft: "id", name: "name", office: "name" },
  TextSigned: {
    draft: "id",
    name: "name",
    office: "name",
    capacity: "headOfState | headOfGovernment | foreignMinister | fullPowers",
    "fullPowers?": "text",
    place: "name",
  },
  TextReleased: { draft: "id", language: "language", text: "document" },
  ReleaseAccepted: { release: "id" },
} as const;

/** The hash of all that is agreed now, and of the words in which it is: what a capital confirms. */
export function settlementOf(text: Text): string {
  const choices = Object.entries(text.agreed).map(([bracket, { option }]) => [bracket, option] as const);
  return jsonHash({ revision: text.revision, agreed: Object.fromEntries(choices) });
}

interface SettledDraft {
  readonly draft: Draft;
  /** Brackets that stand in its way still. */
  readonly open: readonly string[];
}

/** The text with what is agreed put into it, and what still stands in its way. */
export function settledDraft(text: Text): SettledDraft {
  const agreed = Object.entries(text.agreed);
  return settledBy(
    text.draft,
    agreed.map(([bracket, { option }]) => [bracket as BracketId, option as OptionId]),
  );
}

function settledBy(text: Draft, choices: readonly (readonly [BracketId, OptionId])[]): SettledDraft {
  const { draft, unsettled, placeholders } = settle(text, new Map(choices));
  return { draft, open: [...unsettled, ...placeholders] };
}

/** A text in one of its authentic languages. */
export interface AuthenticText {
  readonly language: string;
  readonly hash: string;
  readonly draft: Draft;
  /** In canonical Markdown, as its hash is taken of it. */
  readonly text: string;
  /** Who filed it, where it is not the language in which the text was negotiated. */
  readonly filed?: LanguageVersion;
}

/**
 * The text in each authentic language, that of the negotiation first: as it was closed, or as it would be closed now, with
 * what was filed last in every other. What was filed for something else that was agreed once is not among them.
 */
export function authenticTexts(text: Text): readonly [AuthenticText, ...AuthenticText[]] {
  const { draft } = settledDraft(text);
  const settled = draftHash(draft);
  const closed = text.closed && Object.entries(text.closed.texts);
  const [own = draft.language ?? "en"] = closed?.find(([, hash]) => hash === settled) ?? [];
  const filed = Object.entries(text.languages)
    .filter(([hash, version]) =>
      closed
        ? find(text.closed?.texts ?? {}, version.language) === hash
        : version.settled === settled && version.language !== own,
    )
    .sort(([, a], [, b]) => Number(a.at > b.at) - Number(a.at < b.at));
  const others = new Map(
    filed.map(([hash, version]) => {
      const { language, text: words } = version;
      const one = { language, hash, draft: { ...parseMarkdown(words).draft, language }, text: words };
      return [language, { ...one, filed: version }] as const;
    }),
  );
  return [{ language: own, hash: settled, draft, text: renderMarkdown(draft) }, ...others.values()];
}

/** What is filed or released is a text with nothing left to agree. */
function finished(text: string, people: People): Verdict {
  const draft = readMarked(text, people.exercise);
  if (isRefusal(draft)) return draft;
  const { open } = settledBy(draft, []);
  return open.length > 0 ? stillOpen(open) : undefined;
}

function stillOpen(open: readonly string[]): Refusal {
  const brackets = open.slice(0, 5).join(", ");
  return refuse("still-open", `Nothing is agreed until everything is: ${brackets} still open.`, { brackets });
}

const confirmed: RoomRule<BodyOf<typeof concludingShapes.AgreementConfirmed>> = {
  admit: (room, body, act) => {
    const text = itemOf(room.texts, body.draft);
    if (!text) return noText();
    if (body.settlement !== settlementOf(text)) {
      return refuse("stale-revision", "What is agreed has changed; confirm what is agreed now.");
    }
    return text.confirmedBy.includes(act.seat.id)
      ? refuse("already-done", "Your capital has confirmed this already.")
      : undefined;
  },
  apply: (room, body, act) =>
    inText(room, body.draft, (text) => ({ ...text, confirmedBy: including(text.confirmedBy, act.seat.id) })),
};

const reopened: RoomRule<BodyOf<typeof concludingShapes.BracketsReopened>> = {
  admit: (room, body) => {
    const text = itemOf(room.texts, body.draft);
    if (!text) return noText();
    const open = body.brackets.find((bracket) => !find(text.agreed, bracket));
    if (open !== undefined) return refuse("not-agreed", `Bracket "${open}" is not agreed.`);
    return body.brackets.length > 0 ? undefined : refuse("bad-body", "At least one bracket is reopened.");
  },
  apply: (room, body) =>
    inText(room, body.draft, (text) => {
      const agreed = body.brackets.reduce((rest, bracket) => drop(rest, bracket), text.agreed);
      return { ...text, agreed, confirmedBy: [], closings: {} };
    }),
};

const languageFiled: RoomRule<BodyOf<typeof concludingShapes.LanguageFiled>> = {
  admit: (room, body, _act, people) =>
    itemOf(room.texts, body.draft) ? finished(body.text, people) : noText(),
  apply: (room, body, act) => {
    const draft = readDraft(body.text);
    if (isRefusal(draft)) return room;
    return inText(room, body.draft, (text) => {
      const settled = draftHash(settledDraft(text).draft);
      const version = { ...voiceOf({}, act), language: body.language, text: body.text, settled };
      return { ...text, languages: put(text.languages, draftHash(draft), version) };
    });
  },
};

const closed: RoomRule<BodyOf<typeof concludingShapes.TextClosed>> = {
  admit: (room, body, _act, people) => {
    const text = itemOf(room.texts, body.draft);
    if (!text) return noText();
    const { draft, open } = settledDraft(text);
    return firstOf(
      () => (open.length > 0 ? stillOpen(open) : undefined),
      () =>
        allPrincipals(people, text.confirmedBy)
          ? undefined
          : refuse("not-confirmed", "Not every capital has confirmed what is agreed."),
      () => textsHold(text, body.texts, draft),
    );
  },
  apply: (room, { draft: id, ...closing }, act, people) =>
    inText(room, id, (text) => {
      const closings = put(text.closings, act.seat.id, closing);
      const complete = allPrincipals(
        people,
        seatsOf(closings, (other) => isSameClosing(other, closing)),
      );
      return { ...text, closings, ...(complete ? { closed: closing } : {}) };
    }),
};

/** Each language has the settled text itself or a version that was filed in that language. */
function textsHold(text: Text, texts: Closing["texts"], draft: Draft): Verdict {
  const settled = draftHash(draft);
  const hashes = Object.entries(texts);
  if (!hashes.some(([language, hash]) => hash === settled && language === (draft.language ?? language))) {
    return refuse("wrong-text", "None of these is the text as it is agreed.");
  }
  const unknown = hashes.find(([language, hash]) => {
    const filed = find(text.languages, hash);
    return hash !== settled && !(filed?.language === language && filed.settled === settled);
  });
  return unknown
    ? refuse(
        "language-not-filed",
        `No such text was filed in the language "${unknown[0]}" for what is agreed now.`,
        { language: unknown[0] },
      )
    : undefined;
}

/** A text is closed once every principal has said the same. */
export function isSameClosing(a: Closing, b: Closing): boolean {
  return jsonHash({ ...a }) === jsonHash({ ...b });
}

/** That each of the clauses is in the text and concerns the party: nobody answers for what binds others. */
function concerning(
  text: Text,
  ids: readonly string[],
  { id: seat, name }: Seat,
): readonly (() => Verdict)[] {
  const known = new Map(clauses(settledDraft(text).draft).map((clause) => [clause.id as string, clause]));
  return ids.map((id) => () => {
    const clause = known.get(id);
    if (!clause) return refuse("not-found", `The text has no clause "${id}".`);
    return clause.concerns?.some((party) => party === seat || party === name)
      ? undefined
      : refuse("not-yours", `Clause "${id}" does not concern your party; it has nothing to answer there.`);
  });
}

const clausesAccepted: RoomRule<BodyOf<typeof concludingShapes.ClausesAccepted>> = {
  admit: (room, body, act) => {
    const text = itemOf(room.texts, body.draft);
    if (!text) return noText();
    const accepted = find(text.accepted, act.seat.id) ?? [];
    return firstOf(...concerning(text, body.clauses, act.seat), () =>
      body.clauses.some((id) => !accepted.includes(id))
        ? undefined
        : refuse("already-done", "There is no clause here that your party has not accepted yet."),
    );
  },
  // What was accepted binds: a later acceptance adds to it and takes nothing back.
  apply: (room, body, act) =>
    inText(room, body.draft, (text) => {
      const { id: seat } = act.seat;
      const accepted = body.clauses.reduce(including<string>, find(text.accepted, seat) ?? []);
      const refused = (find(text.refused, seat) ?? []).filter((id) => !body.clauses.includes(id));
      return {
        ...text,
        accepted: put(text.accepted, seat, accepted),
        refused: put(text.refused, seat, refused),
      };
    }),
};

/** A word for the record: an affected party is as little bound by what it never answered. */
const clausesRefused: RoomRule<BodyOf<typeof concludingShapes.ClausesRefused>> = {
  admit: (room, body, act) => {
    const text = itemOf(room.texts, body.draft);
    if (!text) return noText();
    const accepted = find(text.accepted, act.seat.id) ?? [];
    const refused = find(text.refused, act.seat.id) ?? [];
    return firstOf(
      ...concerning(text, body.clauses, act.seat),
      ...body.clauses.map(
        (id) => () =>
          accepted.includes(id)
            ? refuse("accepted-binds", `Your party has accepted clause "${id}"; what was accepted binds.`, {
                clause: id,
              })
            : undefined,
      ),
      () =>
        body.clauses.some((id) => !refused.includes(id))
          ? undefined
          : refuse("already-done", "There is no clause here that your party has not refused yet."),
    );
  },
  apply: (room, body, act) =>
    inText(room, body.draft, (text) => {
      const refused = body.clauses.reduce(including<string>, find(text.refused, act.seat.id) ?? []);
      return { ...text, refused: put(text.refused, act.seat.id, refused) };
    }),
};

const initialled: RoomRule<BodyOf<typeof concludingShapes.TextInitialled>> = {
  admit: (room, body, act) => {
    const text = itemOf(room.texts, body.draft);
    if (!text) return noText();
    return find(text.initials, act.seat.id)
      ? refuse("already-done", "Your delegation has initialled this text already.")
      : undefined;
  },
  apply: (room, body, act, people) =>
    inText(room, body.draft, (text) => {
      const { name, office } = body;
      const initials = put(text.initials, act.seat.id, { ...voiceOf({}, act), name, office });
      return { ...text, initials, initialled: allPrincipals(people, seatsOf(initials)) };
    }),
};

const signed: RoomRule<BodyOf<typeof concludingShapes.TextSigned>> = {
  admit: (room, body, act) => {
    const text = itemOf(room.texts, body.draft);
    if (!text) return noText();
    if (find(text.signatures, act.seat.id))
      return refuse("already-done", "Your party has signed this text already.");
    return (body.capacity === "fullPowers") === (body.fullPowers !== undefined)
      ? undefined
      : refuse(
          "full-powers",
          "Full powers are named by whoever signs on their strength; heads of state and government and foreign ministers need none.",
        );
  },
  apply: (room, { draft, ...body }, act, people) =>
    inText(room, draft, (text) => {
      const signatures = put(text.signatures, act.seat.id, { ...body, ...voiceOf({}, act) });
      return { ...text, signatures, signed: allPrincipals(people, seatsOf(signatures)) };
    }),
};

/** The seats whose entry in a table by seat is as asked. */
function seatsOf<V>(table: Table<V>, asked: (value: V) => boolean = () => true): readonly SeatId[] {
  return Object.entries(table)
    .filter(([, value]) => asked(value))
    .map(([seat]) => seat as SeatId);
}

/** It carries the text itself, because those to whom it is given were not given the text it comes from. */
const released: RoomRule<BodyOf<typeof concludingShapes.TextReleased>> = {
  admit: (_room, body, _act, people) => finished(body.text, people),
  apply: (room, body, act) => {
    const release = { ...body, ...voiceOf({}, act), releasedBy: [act.seat.id], released: false };
    return { ...room, releases: enter(room.releases, release) };
  },
};

const releaseAccepted: RoomRule<BodyOf<typeof concludingShapes.ReleaseAccepted>> = {
  admit: (room, body, act) => {
    const release = itemOf(room.releases, body.release);
    if (!release) return refuse("not-found", "There is no such release in this audience.");
    return release.releasedBy.includes(act.seat.id)
      ? refuse("already-done", "Your delegation has released this text already.")
      : undefined;
  },
  apply: (room: Room, body, act, people) => {
    const release = itemOf(room.releases, body.release);
    if (!release) return room;
    const releasedBy = including(release.releasedBy, act.seat.id);
    const next = { ...release, releasedBy, released: allPrincipals(people, releasedBy) };
    return { ...room, releases: enter(room.releases, next) };
  },
};

export const concludingRules: RoomRules<typeof concludingShapes> = {
  AgreementConfirmed: confirmed,
  BracketsReopened: reopened,
  LanguageFiled: languageFiled,
  TextClosed: closed,
  ClausesAccepted: clausesAccepted,
  ClausesRefused: clausesRefused,
  TextInitialled: initialled,
  TextSigned: signed,
  TextReleased: released,
  ReleaseAccepted: releaseAccepted,
};
