import { cases } from "./cases/en.ts";
import { frame } from "./frame/fr.ts";
import { text } from "./text/en.ts";

export const messages = { ...frame, ...cases, ...text };
