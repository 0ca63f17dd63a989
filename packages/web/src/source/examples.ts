/** The examples that come with the project, each a plan of how its case begins. */
import {
  type CaseFile,
  type CaseParty,
  type CaseRecord,
  readCaseFile,
  readCaseRecord,
  readCaseStory,
  type SeatId,
  textOfCase,
} from "@parley/core";
import type { Act } from "./case-source.ts";
import type { Plan, PlannedSeat } from "./shelf.ts";

const files = import.meta.glob(["../../../../examples/*/*.json", "../../../../examples/*/draft.md"], {
  query: "?raw",
  import: "default",
});

export interface Example {
  readonly name: string;
  readonly title: string;
  readonly exercise: boolean;
  readonly parties: readonly string[];
  readonly plan: () => Promise<Plan>;
}

export async function examples(): Promise<readonly Example[]> {
  const found = Object.entries(files).filter(([path]) => path.endsWith("/case.json"));
  return Promise.all(
    found.map(async ([path, load]) => {
      const file = readCaseFile(await load());
      const folder = path.slice(0, -"case.json".length);
      return {
        name: file.name,
        title: file.title,
        exercise: file.exercise,
        parties: file.parties.map(({ name }) => name),
        plan: async () => {
          const events = await files[`${folder}events.json`]?.();
          return events
            ? recordedPlan(file, readCaseRecord(events))
            : planOf(file, await files[folder + file.draft]?.(), await files[`${folder}story.json`]?.());
        },
      };
    }),
  );
}

/** What was written down from public sources: the parties' seats have no devices, so nothing is signed for them. */
function recordedPlan(file: CaseFile, record: CaseRecord): Plan {
  const { seat, name, office } = record.recorder;
  return {
    title: record.title,
    exercise: record.exercise === true,
    seats: [],
    convener: seat,
    opener: { name, office },
    acts: [],
    example: file.name,
    record,
  };
}

/** Everyone's keys are made here: whoever opens an exercise alone sits in every chair in turn. */
function planOf(file: CaseFile, draft: string | undefined, story: string | undefined): Plan {
  const seats = file.parties.map(
    (party): PlannedSeat => ({
      id: party.id as SeatId,
      kind: party.seat,
      name: party.name,
      code: party.code,
      people: party.delegation,
      held: true,
    }),
  );
  const convener = file.parties.find(({ powers }) => powers.includes("pen")) ?? file.parties[0];
  if (!convener) throw new Error("an example has a party");
  const [opener] = convener.delegation;
  return {
    title: file.title,
    exercise: file.exercise,
    seats,
    convener: convener.id as SeatId,
    opener: { name: opener?.name ?? convener.name, office: opener?.office ?? convener.name },
    acts: [...delegations(file), ...grants(file), ...(draft ? [opening(file, convener, draft)] : [])],
    example: file.name,
    ...(story ? { story: readCaseStory(story) } : {}),
  };
}

type Planned = Plan["acts"][number];

function delegations(file: CaseFile): readonly Planned[] {
  return file.parties
    .filter(({ delegation }) => delegation.length > 0)
    .map(({ id, delegation }) => ({
      by: id as SeatId,
      act: {
        kind: "DelegationListed",
        body: { people: delegation.map(({ name, office }) => ({ name, office })) },
      },
    }));
}

function grants(file: CaseFile): readonly Planned[] {
  const principals = file.parties.filter(({ seat }) => seat === "principal");
  const lent = file.parties.flatMap(({ id, powers }) => powers.map((power) => ({ to: id, power })));
  return principals.flatMap(({ id }) =>
    lent.map(({ to, power }): Planned => {
      const act: Act =
        power === "preferences"
          ? { kind: "ReadingGranted", body: { to } }
          : { kind: "PowerGranted", body: { power, to } };
      return { by: id as SeatId, act };
    }),
  );
}

/** The affected parties are to accept what concerns them, so they are given the text. */
function opening(file: CaseFile, pen: CaseParty, markdown: string): Planned {
  const text = textOfCase(markdown, file);
  return {
    by: pen.id as SeatId,
    act: { kind: "DraftOpened", audience: "consulted", body: { kind: "chairsText", text } },
  };
}
