import { answer } from "./answer/ru.ts";
import { aCase } from "./case/ru.ts";
import { cases } from "./cases/ru.ts";
import { frame } from "./frame/ru.ts";
import { packages } from "./packages/ru.ts";
import { people } from "./people/ru.ts";
import { record } from "./record/ru.ts";
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
};
