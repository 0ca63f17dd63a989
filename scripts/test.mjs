// `npm test` on a fresh clone: set up, then everything that `npm run check` runs.
import { setUp } from "./setup.mjs";

setUp();
await import("./check.mjs");
