// `npm test` on a fresh clone: set up, then everything that `npm run check` runs.
import { findOrInstallPrograms } from "./programs.mjs";
import { setUp } from "./setup.mjs";

setUp();
findOrInstallPrograms();
await import("./check.mjs");
