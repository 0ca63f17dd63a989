import { cases } from "./cases/en.ts";
import { frame } from "./frame/en.ts";
import { text } from "./text/en.ts";

export const messages = { ...frame, ...cases, ...text };
