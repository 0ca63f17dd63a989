import { answer } from "./answer/ru.ts";
import { aCase } from "./case/ru.ts";
import { cases } from "./cases/ru.ts";
import { desk } from "./desk/ru.ts";
import { frame } from "./frame/ru.ts";
import { measures } from "./measures/ru.ts";
import { meetings } from "./meetings/ru.ts";
import { packages } from "./packages/ru.ts";
import { people } from "./people/ru.ts";
import { record } from "./record/ru.ts";
import { refusals } from "./refusals/ru.ts";
import { side } from "./side/ru.ts";
import { text } from "./text/ru.ts";

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
