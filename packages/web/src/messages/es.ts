import { answer } from "./answer/es.ts";
import { aCase } from "./case/es.ts";
import { cases } from "./cases/es.ts";
import { desk } from "./desk/es.ts";
import { frame } from "./frame/es.ts";
import { measures } from "./measures/es.ts";
import { meetings } from "./meetings/es.ts";
import { packages } from "./packages/es.ts";
import { people } from "./people/es.ts";
import { record } from "./record/es.ts";
import { refusals } from "./refusals/es.ts";
import { side } from "./side/es.ts";
import { text } from "./text/es.ts";

export const messages = {
  ...frame,
  ...cases,
  ...aCase,
  ...text,
  ...side,
  ...packages,
  ...people,
  ...answer,
  ...record,
  ...refusals,
  ...meetings,
  ...measures,
  ...desk,
};
