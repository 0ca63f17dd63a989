import { describe, expect, test } from "vitest";
import { chromiumPath } from "./chromium.ts";
import { layoutFaults } from "./layout.ts";
import { expectToStand } from "./standing.ts";
import { type Seat, setTable } from "./table.ts";

const pages = ["", "text", "side", "packages", "answer", "conclusion", "channels", "record"] as const;
/** Before and beside the text. */
const besidePages = ["contacts", "readouts", "summit", "positions", "desk", "measures", "levers"] as const;

/** The router of the pages, as it shows itself to its own tools. */
interface Routed {
  readonly __TSR_ROUTER__: {
    readonly routesByPath: Readonly<Record<string, unknown>>;
    readonly state: {
      readonly matches: readonly { readonly fullPath: string }[];
      readonly location: { readonly href: string };
      readonly resolvedLocation?: { readonly href: string };
    };
  };
}

/** The addresses of a route and of what is in it end with a stroke or without one. */
const asRoute = (path: string) => path.replace(/(?<=.)\/$/, "");

describe.skipIf(!chromiumPath)("every page", () => {
  const table = setTable("standalone");

  /** In any language: the example by its place, a seat by the party's own name. */
  async function openExample({ page }: Seat, name: string): Promise<string> {
    await page.locator(`main button[aria-label*="${name}"]`).click();
    await page.waitForURL(/#\/case\//);
    await page.locator("main h1").waitFor();
    return page.url().replace(/\/$/, "");
  }

  async function sitIn({ page }: Seat, party: string): Promise<void> {
    await page.locator(".tools button").first().click();
    await page.getByRole("menuitemradio", { name: party }).first().click();
    await page.locator(".tools button", { hasText: party }).waitFor();
  }

  async function go(seat: Seat, address: string): Promise<void> {
    await seat.page.goto(address);
    // The same document goes on: until the router has drawn what is asked for, the page before stands.
    await seat.page.waitForFunction(() => {
      const { location, resolvedLocation } =
        (window as unknown as Partial<Routed>).__TSR_ROUTER__?.state ?? {};
      return (
        location !== undefined &&
        `#${location.href}` === window.location.hash &&
        resolvedLocation?.href === location.href
      );
    });
    await seat.page.locator("h1, h2").first().waitFor({ state: "attached" });
    // Fonts and what is drawn after the first frame.
    await seat.page.evaluate(() =>
      document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 80))),
    );
  }

  /** All pages of the exercise as the mediator sees them, and those outside a case. */
  async function walk(seat: Seat, look: (what: string) => Promise<void>): Promise<void> {
    const { page } = seat;
    await go(seat, `${table.address}/#/`);
    await look("cases, none yet");
    for (const path of ["draft", "new", "account", "join/nothing/nothing", "nowhere", "case/nothing"]) {
      await go(seat, `${table.address}/#/${path}`);
      await look(path);
    }
    await go(seat, `${table.address}/#/`);
    const address = await openExample(seat, "Exercise");
    await sitIn(seat, "Orvane");
    for (const path of besidePages) {
      await go(seat, `${address}/${path}`);
      // With every form open: what is folded away must stand too.
      await page.evaluate(() => {
        for (const folded of document.querySelectorAll("details")) folded.open = true;
      });
      await look(`${path}, as a party`);
    }
    await sitIn(seat, "Quelda");
    for (const path of pages) {
      await go(seat, `${address}/${path}`);
      await look(path || "overview");
      if (path === "text") {
        await page.keyboard.press("j");
        await page.keyboard.press("]");
        await look("text, a bracket in hand");
        await page.keyboard.press("j");
        await look("text, a clause in hand");
      }
      if (path === "packages") {
        await page.locator(".whose button").nth(1).click();
        await page.locator(".packages-plot svg text").first().waitFor({ state: "attached" });
        await page.locator(".tabling").waitFor();
        await look("packages, computed");
        await page.locator(".tabling .button.primary").click();
        await page.locator(".tabling [role=status]").waitFor();
      }
    }
    await sitIn(seat, "Institute");
    for (const path of ["text", "bring", "side", "packages", "answer", "conclusion"]) {
      await go(seat, `${address}/${path}`);
      await look(`${path}, as an observer`);
    }
    await go(seat, `${table.address}/#/`);
    await look("cases, one kept");
    const facts = await openExample(seat, "Riyadh");
    await look("the model case");
    for (const path of ["facts", "record"]) {
      await go(seat, `${facts}/${path}`);
      await look(`the model case, ${path}`);
    }
  }

  test("wide, in every theme: axe finds nothing, nothing is cut, nothing lies over anything", {
    timeout: 400_000,
  }, async () => {
    const seat = await table.sit();
    const walked = new Set<string>();
    await walk(seat, async (what) => {
      const here = await seat.page.evaluate(
        () => (window as unknown as Routed).__TSR_ROUTER__.state.matches.at(-1)?.fullPath ?? "",
      );
      walked.add(asRoute(here));
      await expectToStand(seat, table.address, what);
      expect.soft(await layoutFaults(seat.page), what).toEqual([]);
    });
    const routes = await seat.page.evaluate(() =>
      Object.keys((window as unknown as Routed).__TSR_ROUTER__.routesByPath),
    );
    // A page that is added to the router and to no list above fails here.
    expect([...walked].sort()).toEqual([...new Set(routes.map(asRoute))].sort());
  });

  test("what is cut, beyond the edge or over other words is found", async () => {
    const seat = await table.sit();
    await go(seat, `${table.address}/#/`);
    await seat.page.evaluate(() => {
      const put = (words: string, style: string) => {
        const line = document.createElement("p");
        line.textContent = words;
        line.setAttribute("style", style);
        document.querySelector("main")?.append(line);
      };
      put("under", "position: absolute; inset-block-start: 300px; inset-inline-start: 40px");
      put("over", "position: absolute; inset-block-start: 302px; inset-inline-start: 40px");
      put("too long for its box", "inline-size: 3rem; overflow: hidden; white-space: nowrap");
      put("outside", "position: absolute; inset-block-start: 400px; inset-inline-start: -60px");
    });
    const faults = (await layoutFaults(seat.page)).join("\n");
    expect(faults).toMatch(/"under" lies over "over"/);
    expect(faults).toMatch(/"too long for its box" is cut off/);
    expect(faults).toMatch(/"outside" is \d+ pixels beyond the edge/);
  });

  test("on a phone nothing is cut, beyond the edge, or over anything", async () => {
    const seat = await table.sit({ width: 390, height: 844 });
    await walk(seat, async (what) => expect.soft(await layoutFaults(seat.page), what).toEqual([]));
    expect(seat.faults).toEqual([]);
  });

  test("in Arabic, wide and on a phone, the pages run from right to left and nothing is cut", async () => {
    for (const size of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      const seat = await table.sit({ locale: "ar", ...size });
      await walk(seat, async (what) => {
        expect(await seat.page.locator("html").getAttribute("dir"), what).toBe("rtl");
        expect.soft(await layoutFaults(seat.page), `${what}, ${size.width} wide`).toEqual([]);
      });
      expect(seat.faults).toEqual([]);
    }
  });
});
