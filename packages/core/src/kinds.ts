/** All kinds of event, each with the shape of its body. A new kind gets its shape and rule in the module of its concept. */
import { appointmentShapes } from "./appointments.ts";
import { circleShapes } from "./circles.ts";
import { concludingShapes } from "./concluding.ts";
import { contactShapes } from "./contacts.ts";
import { deviceShapes } from "./devices.ts";
import { draftingShapes } from "./drafting.ts";
import type { TSchema } from "./json-schema.ts";
import { keepingShapes } from "./keeping.ts";
import { leverShapes } from "./levers.ts";
import { measureShapes } from "./measures.ts";
import { memberShapes } from "./members.ts";
import { modalityShapes } from "./modalities.ts";
import { notificationShapes } from "./notifications.ts";
import { openingShapes } from "./opening.ts";
import { postShapes } from "./posts.ts";
import { powerShapes } from "./powers.ts";
import { proposalShapes } from "./proposals.ts";
import { seatShapes } from "./seats.ts";
import { type BodyOf, schemaOf } from "./shape.ts";
import { statementShapes } from "./statements.ts";

type PeopleShapes = typeof seatShapes &
  typeof keepingShapes &
  typeof memberShapes &
  typeof deviceShapes &
  typeof postShapes &
  typeof powerShapes &
  typeof modalityShapes;
type RoomShapes = typeof contactShapes &
  typeof appointmentShapes &
  typeof statementShapes &
  typeof draftingShapes &
  typeof proposalShapes &
  typeof concludingShapes &
  typeof measureShapes &
  typeof leverShapes &
  typeof notificationShapes;
type Shapes = typeof openingShapes & PeopleShapes & RoomShapes & typeof circleShapes;

export type EventKind = keyof Shapes;
/** The body of an event of this kind. */
export type Body<Kind extends EventKind> = BodyOf<Shapes[Kind]>;

export const shapes: Shapes = {
  ...openingShapes,
  ...seatShapes,
  ...keepingShapes,
  ...memberShapes,
  ...deviceShapes,
  ...postShapes,
  ...powerShapes,
  ...modalityShapes,
  ...contactShapes,
  ...appointmentShapes,
  ...statementShapes,
  ...draftingShapes,
  ...proposalShapes,
  ...concludingShapes,
  ...measureShapes,
  ...leverShapes,
  ...notificationShapes,
  ...circleShapes,
};

export const eventKinds: readonly EventKind[] = Object.keys(shapes) as EventKind[];

/** JSON Schema of each kind's body: what the border checks, and what the server publishes. */
export const schemas: { readonly [Kind in EventKind]: TSchema } = Object.fromEntries(
  eventKinds.map((kind) => [kind, schemaOf(shapes[kind])]),
) as { readonly [Kind in EventKind]: TSchema };

export function isEventKind(kind: string): kind is EventKind {
  return Object.hasOwn(shapes, kind);
}
