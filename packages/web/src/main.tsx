// Self-hosted; each script is its own file, fetched only by a page that has a letter of it.
import "@fontsource-variable/source-serif-4/wght.css";
import "@fontsource-variable/source-serif-4/wght-italic.css";
import "@fontsource-variable/source-sans-3/wght.css";
import "@fontsource-variable/noto-naskh-arabic/wght.css";
import "@fontsource-variable/noto-sans-arabic/wght.css";
import "./style/tokens.css";
import "./style/base.css";
import "./style/controls.css";
import "./style/shell.css";
import "./style/worded.css";
import "./style/print.css";
import { startReading } from "./frame/reading.ts";
import { watchFiles } from "./frame/stale.ts";
import { beginTable } from "./table.tsx";

startReading();
watchFiles();
void beginTable();
