// `npm run pictures`: makes the pictures of the README and of the guides from the running exercise, in headless Chromium.
// They say what the pages say; run it again when the pages change.
import { openStudio } from "./studio.mjs";
import { takeTable } from "./table.mjs";
import { takeWatch } from "./watch-officer.mjs";

const studio = await openStudio();
try {
  await takeTable(studio);
  await takeWatch(studio);
} finally {
  await studio.close();
}
