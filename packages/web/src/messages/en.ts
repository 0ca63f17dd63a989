import { answer } from "./answer/en.ts";
import { aCase } from "./case/en.ts";
import { cases } from "./cases/en.ts";
import { desk } from "./desk/en.ts";
import { frame } from "./frame/en.ts";
import { measures } from "./measures/en.ts";
import { meetings } from "./meetings/en.ts";
import { packages } from "./packages/en.ts";
import { people } from "./people/en.ts";
import { record } from "./record/en.ts";
import { refusals } from "./refusals/en.ts";
import { side } from "./side/en.ts";
import { text } from "./text/en.ts";

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
