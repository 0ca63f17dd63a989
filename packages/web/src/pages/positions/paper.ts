/** A paper of a circle: its words with their brackets, and how much each alternative is worth to each party of the circle. */
import {
  choiceTree,
  isCommon,
  issuesOf,
  itemsOf,
  linkagesLeft,
  linkagesOf,
  type Paper,
  type People,
  type SeatId,
  stanceSeats,
} from "@parley/core";
import type { Json, JsonObject, LogId } from "@parley/ledger";
import { type Outcome, type Problem, readProblem, type Scores } from "@parley/solver";
import {
  type BracketId,
  type Draft,
  type OptionId,
  parseMarkdown,
  renderMarkdown,
  renderPlain,
  settle,
} from "@parley/text";
import { useQuery } from "@tanstack/react-query";
import { useCase, useSnapshot } from "../../source/case-context.tsx";
import type { CaseSource, CircleSnapshot } from "../../source/case-source.ts";

export interface OpenedPaper {
  readonly log: LogId;
  /** To whom it is sealed. */
  readonly seats: readonly SeatId[];
  /** Whose stance it is to be: the parties among them. */
  readonly parties: readonly SeatId[];
  readonly paper: Paper;
  readonly draft: Draft;
  readonly common: boolean;
  /** By party, for those who have said it; each party's points are its own, and 0 is having no common stance. */
  readonly scores: Scores;
}

/** The papers that stand, of every circle of several parties in which the sitting seat is. */
export function usePapers(): readonly OpenedPaper[] {
  const source = useCase();
  const { circles, sitting, state } = useSnapshot();
  const shared = [...circles].filter(
    ([, { state }]) => sitting && state.seats.length > 1 && state.seats.includes(sitting.seat),
  );
  const stand = shared.map(([log, { state }]) => [
    log,
    itemsOf(state.papers).map(({ id, scores, joinedBy, revised }) => [id, scores, joinedBy, revised]),
  ]);
  const opened = useQuery({
    queryKey: ["papers", source.id, sitting?.device ?? "", JSON.stringify(stand)],
    queryFn: async () =>
      (await Promise.all(shared.map((one) => openAll(source, state.people, ...one)))).flat(),
    staleTime: Infinity,
    structuralSharing: false,
    placeholderData: (before) => before,
  });
  return opened.data ?? [];
}

async function openAll(
  source: CaseSource,
  people: People,
  log: LogId,
  { state, byId }: CircleSnapshot,
): Promise<readonly OpenedPaper[]> {
  const unsealed = async (id: string): Promise<JsonObject | undefined> => {
    const entry = byId.get(id as Paper["id"]);
    return entry && objectIn(await source.unseal(entry.event));
  };
  const papers = itemsOf(state.papers).filter(({ revised }) => !revised);
  const opened = await Promise.all(
    papers.map(async (paper): Promise<readonly OpenedPaper[]> => {
      const draft = draftOf((await unsealed(paper.id))?.["text"]);
      if (!draft) return [];
      const scored = await Promise.all(
        Object.entries(paper.scores).map(
          async ([seat, id]) => [seat, scoresOf((await unsealed(id))?.["scores"], draft)] as const,
        ),
      );
      const scores = Object.fromEntries(scored.flatMap(([seat, own]) => (own ? [[seat, own]] : [])));
      const parties = stanceSeats(state, people);
      const common = isCommon(state, paper, people);
      return [{ log, seats: state.seats, parties, paper, draft, common, scores }];
    }),
  );
  return opened.flat();
}

/** What a member of the circle sealed need not be a text: then it is shown by nobody. */
function draftOf(text: Json | undefined): Draft | undefined {
  if (typeof text !== "string") return undefined;
  try {
    return parseMarkdown(text).draft;
  } catch {
    return undefined;
  }
}

type OwnScores = Scores[string];

/** Only points for alternatives of the paper count. */
function scoresOf(value: Json | undefined, draft: Draft): OwnScores | undefined {
  const given = objectIn(value);
  if (!given) return undefined;
  return Object.fromEntries(
    issuesOf(choiceTree(draft)).map(({ id, options }) => {
      const points = options.map((option) => [option.id, objectIn(given[id])?.[option.id]] as const);
      return [id, Object.fromEntries(points.filter((one): one is [string, number] => isPoints(one[1])))];
    }),
  );
}

function isPoints(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function objectIn(value: Json | undefined): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

/** The words as typed, with their brackets, in canonical Markdown. Throws a `TextError` where they cannot be read. */
export function paperText(title: string, words: string): string {
  return renderMarkdown({ ...parseMarkdown(words).draft, title });
}

/** What the solver takes, once every party whose stance it is has said what the alternatives are worth to it. */
export function problemOf({ draft, parties, scores, paper }: OpenedPaper): Problem | undefined {
  const issues = choiceTree(draft);
  if (issues.length === 0 || parties.some((seat) => !scores[seat])) return undefined;
  const { excludes, requires } = linkagesLeft(linkagesOf(draft), issues);
  return readProblem({
    format: "parley-problem/1",
    name: paper.subject,
    parties: parties.map((id) => ({ id, walkAway: 0 })),
    issues,
    scores,
    excludes,
    requires,
  });
}

/** The paper with a package in it, as the next paper's text. */
export function withPackage(draft: Draft, outcome: Outcome): string {
  const choices = new Map(Object.entries(outcome) as [BracketId, OptionId][]);
  return renderMarkdown(settle(draft, choices).draft);
}

/** The words alone, as they are shown and as they go on the shared record. */
export function plainWords(draft: Draft): string {
  const { title: _, symbol: __, exercise: ___, ...rest } = draft;
  return renderPlain({ ...rest, title: "" }).trim();
}
