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
import "./style/print.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { startReading } from "./frame/reading.ts";

startReading();
const table = document.getElementById("table");
if (table) {
  createRoot(table).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
