/**
 * Reads and plays `parley-story/1` (docs/formats/case.md): what happens in an exercise before it is opened, told in order,
 * each event by a member of a fictional delegation at so many minutes from the beginning. So an exercise can begin with a
 * test that was answered, an incident that was answered late, and readouts that differ, all signed and checked as any
 * other event is.
 *
 * In a body, at any depth, `@label` stands for the id of an event told before, `@member:seat/Name` for a person,
 * `@time:90` for a time so many minutes from the beginning, `@date:-20` for a day so many days from it, and `@day:4:09:30`
 * for half past nine, UTC, of such a day. `@draft` is the text that was on the table before. `checkedBy` beside a message
 * becomes that person's signature over it. `{ "startingFormat": "TEST" }` is that format of the starting set.
 */
import type { Json, JsonObject } from "@parley/ledger/canonical";
import type { CaseId, DeviceId, EventId } from "@parley/ledger/event";
import { RecordError } from "./case-record.ts";
import { faultOf } from "./fault.ts";
import type { Body } from "./kinds.ts";
import { checkMessage } from "./notifications.ts";
import { type BodyOf, schemaOf } from "./shape.ts";
import { startingFormats } from "./starting-formats.ts";

const storyShape = {
  format: "name",
  /** Who joins beside the heads of the delegations. */
  members: [
    {
      seat: "seat",
      name: "name",
      office: "name",
      role: "deputy | adviser | interpreter | watchOfficer",
    },
  ],
  events: [
    {
      "label?": "slug",
      /** A seat, whose head it is, or `seat/Name`. */
      by: "name",
      minute: "count",
      kind: "name",
      "audience?": "public | consulted | table",
      body: "object",
    },
  ],
} as const;
const storySchema = schemaOf(storyShape);

export type CaseStory = BodyOf<typeof storyShape>;
export type StoryMember = CaseStory["members"][number];

/** A story from its JSON text. Throws `RecordError`. */
export function readCaseStory(text: string): CaseStory {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RecordError("bad-json", "story", "this is not JSON.");
  }
  const fault = faultOf(storySchema, value, "story");
  if (fault) throw new RecordError("bad-format", "story", `${fault}.`);
  const story = value as CaseStory;
  if (story.format !== "parley-story/1") {
    throw new RecordError("bad-format", "story", `the format "${story.format}" is not parley-story/1.`);
  }
  return story;
}

const minuteMs = 60_000;
const dayMinutes = 1440;

/** How long the story takes. */
export function storyMs({ events }: CaseStory): number {
  return Math.max(0, ...events.map(({ minute }) => minute)) * minuteMs;
}

/** What a story needs of whoever plays it: the members' devices, and the log. */
export interface StoryStage {
  readonly caseId: CaseId;
  /** The text on the table before the story begins, if there is one. */
  readonly draft?: EventId | undefined;
  /** So many minutes from the beginning. */
  time(minute: number): string;
  device(actor: string): Promise<DeviceId>;
  sign(actor: string, message: Uint8Array): Promise<string>;
  /** Signs and appends, at this time of the keeper. */
  append(
    actor: string,
    kind: string,
    body: JsonObject,
    audience: "public" | "consulted" | "table",
    at: string,
  ): Promise<EventId>;
}

/** Plays the events in order; members joined before. Throws `RecordError` for a label that is not there. */
export async function playStory(story: CaseStory, stage: StoryStage): Promise<void> {
  const ids = new Map<string, EventId>(stage.draft === undefined ? [] : [["draft", stage.draft]]);
  for (const [i, { label, by, minute, kind, audience = "public", body }] of story.events.entries()) {
    const place = `events[${i}]`;
    const told = await tell(body, { ids, stage, place });
    const id = await stage.append(by, kind, told as JsonObject, audience, stage.time(minute));
    if (label !== undefined) ids.set(label, id);
  }
}

interface Telling {
  readonly ids: ReadonlyMap<string, EventId>;
  readonly stage: StoryStage;
  readonly place: string;
}

async function tell(value: Json, telling: Telling): Promise<Json> {
  if (typeof value === "string") return value[0] === "@" ? told(value.slice(1), telling) : value;
  if (Array.isArray(value)) return Promise.all(value.map((item) => tell(item as Json, telling)));
  if (typeof value !== "object" || value === null) return value;
  const { startingFormat, checkedBy, ...rest } = value as JsonObject;
  if (typeof startingFormat === "string") {
    const format = startingFormats.find(({ code }) => code === startingFormat);
    if (!format)
      throw new RecordError("bad-label", telling.place, `no format has the code ${startingFormat}.`);
    return format as Json;
  }
  const entries = await Promise.all(
    Object.entries(rest).map(async ([key, item]) => [key, await tell(item as Json, telling)] as const),
  );
  const body: JsonObject = Object.fromEntries(entries);
  if (typeof checkedBy !== "string") return body;
  const message = body["message"] as Body<"NotificationSent">["message"];
  const { stage } = telling;
  const signature = await stage.sign(checkedBy, checkMessage(stage.caseId, message));
  return { ...body, check: { device: await stage.device(checkedBy), signature } };
}

async function told(word: string, { ids, stage, place }: Telling): Promise<string> {
  const [what = "", ...rest] = word.split(":");
  const detail = rest.join(":");
  // A person is named by the device with which they joined.
  if (what === "member") return stage.device(detail);
  if (what === "time") return stage.time(Number(detail));
  if (what === "date") return stage.time(Number(detail) * dayMinutes).slice(0, 10);
  if (what === "day") {
    const [days = "", hour = "", minute = ""] = rest;
    return `${stage.time(Number(days) * dayMinutes).slice(0, 10)}T${hour}:${minute}:00.000Z`;
  }
  const id = ids.get(word);
  if (!id) throw new RecordError("bad-label", place, `no event before this one has the label "@${word}".`);
  return id;
}
