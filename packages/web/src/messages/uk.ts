import { cases } from "./cases/en.ts";
import { frame } from "./frame/uk.ts";
import { text } from "./text/en.ts";

export const messages = { ...frame, ...cases, ...text };
