import { answer } from "./answer/zh.ts";
import { aCase } from "./case/zh.ts";
import { cases } from "./cases/zh.ts";
import { desk } from "./desk/zh.ts";
import { frame } from "./frame/zh.ts";
import { measures } from "./measures/zh.ts";
import { meetings } from "./meetings/zh.ts";
import { packages } from "./packages/zh.ts";
import { people } from "./people/zh.ts";
import { record } from "./record/zh.ts";
import { refusals } from "./refusals/zh.ts";
import { side } from "./side/zh.ts";
import { text } from "./text/zh.ts";

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
