import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const sources = join(import.meta.dirname, "../src");
const sheets = readdirSync(sources, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".css"))
  .map((name) => ({ name, css: readFileSync(join(sources, name), "utf8").replace(/\/\*[\s\S]*?\*\//g, "") }));

test("a theme changes colours and shadows and nothing else, so that a page stands alike in all of them", () => {
  expect(sheets.length).toBeGreaterThan(10);
  const themed = sheets.flatMap(({ name, css }) =>
    [...css.matchAll(/([^{}]*\[data-theme[^{}]*)\{([^}]*)\}/g)].map(([, of = "", body = ""]) => ({
      of: `${name}: ${of.trim()}`,
      declared: body
        .split(";")
        .flatMap((line) => line.match(/^\s*([\w-]+)\s*:\s*(.+?)\s*$/s)?.slice(1, 3) ?? []),
    })),
  );
  expect(themed.length).toBeGreaterThanOrEqual(4);
  for (const { of, declared } of themed) {
    for (let i = 0; i < declared.length; i += 2) {
      const [property = "", value = ""] = declared.slice(i);
      const isColour = property.startsWith("--") && /^(#[\da-f]{3,8}|transparent)$/i.test(value);
      expect(isColour || /^(--shadow|color-scheme)$/.test(property), `${of} sets ${property}: ${value}`).toBe(
        true,
      );
    }
  }
});
