import { answer } from "./answer/fr.ts";
import { aCase } from "./case/fr.ts";
import { cases } from "./cases/fr.ts";
import { desk } from "./desk/fr.ts";
import { frame } from "./frame/fr.ts";
import { measures } from "./measures/fr.ts";
import { meetings } from "./meetings/fr.ts";
import { packages } from "./packages/fr.ts";
import { people } from "./people/fr.ts";
import { record } from "./record/fr.ts";
import { refusals } from "./refusals/fr.ts";
import { side } from "./side/fr.ts";
import { text } from "./text/fr.ts";

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
