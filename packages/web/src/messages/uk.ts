import { answer } from "./answer/uk.ts";
import { aCase } from "./case/uk.ts";
import { cases } from "./cases/uk.ts";
import { desk } from "./desk/uk.ts";
import { frame } from "./frame/uk.ts";
import { measures } from "./measures/uk.ts";
import { meetings } from "./meetings/uk.ts";
import { packages } from "./packages/uk.ts";
import { people } from "./people/uk.ts";
import { record } from "./record/uk.ts";
import { refusals } from "./refusals/uk.ts";
import { side } from "./side/uk.ts";
import { text } from "./text/uk.ts";

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
