import { answer } from "./answer/ar.ts";
import { aCase } from "./case/ar.ts";
import { cases } from "./cases/ar.ts";
import { desk } from "./desk/ar.ts";
import { frame } from "./frame/ar.ts";
import { measures } from "./measures/ar.ts";
import { meetings } from "./meetings/ar.ts";
import { packages } from "./packages/ar.ts";
import { people } from "./people/ar.ts";
import { record } from "./record/ar.ts";
import { refusals } from "./refusals/ar.ts";
import { side } from "./side/ar.ts";
import { text } from "./text/ar.ts";

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
