/** Signing in at the organisation's own provider, linking it and proving presence there, without a mouse. */
import type { Page } from "playwright-core";
import { afterAll, describe, expect, test } from "vitest";
import { type ProviderOnLoopback, startProvider } from "../../server/test/provider.ts";
import { chromiumPath } from "./chromium.ts";
import { press } from "./keyboard.ts";
import { serve } from "./served.ts";
import { expectToStand } from "./standing.ts";

describe.skipIf(!chromiumPath)("at a provider", () => {
  let provider: ProviderOnLoopback;
  const served = serve(async () => {
    provider = await startProvider();
    return {
      "openid-issuer": provider.issuer,
      "openid-client-id": "parley",
      "openid-client-secret": "a secret of the test",
    };
  });
  afterAll(() => provider?.stop());

  /** The pages of this provider ask for a font elsewhere, and nothing leaves this machine. */
  async function arrive(name: string, address: string): Promise<Page> {
    const context = await served.newContext();
    await context.route(
      ({ hostname }) => hostname !== "localhost",
      (route) => route.abort(),
    );
    const page = await served.newPage(context, name);
    await page.goto(address);
    return page;
  }

  /** The provider's own pages: who it is, and that this client may know. */
  async function signInThere(page: Page, name: string): Promise<void> {
    await page.locator("input[name=login]").fill(name);
    await page.locator("input[name=password]").fill("any");
    await page.keyboard.press("Enter");
    // Its next page has a button too: one that is seen before this page is gone is the old one's.
    await page.locator("input[name=login]").waitFor({ state: "detached" });
    await page.locator("button, input[type=submit]").first().waitFor();
    if (page.url().startsWith(provider.issuer)) await page.keyboard.press("Enter");
  }

  test("an account is linked, proves presence and is entered again; another identity is told why it is not", async () => {
    provider.allow(`${served.server.url}/api/v1/openid/callback`);
    const token = await served.server.services.accounts.link({
      name: "Ada",
      role: "member",
      validMs: 600_000,
    });
    const page = await arrive("Ada", `${served.server.url}/#link=${token}`);
    await page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
    await press(page, "Account");
    await page.getByRole("button", { name: "Link your provider" }).waitFor();
    await press(page, "Link your provider");
    await signInThere(page, "ada");
    await page.getByText("Your provider is linked").waitFor();
    await press(page, "Prove at your provider that it is you");
    await signInThere(page, "ada");
    await page.getByText("Your provider confirmed that it is you.").waitFor();
    await expectToStand({ page, faults: [], asked: [] }, served.server.url);

    await press(page, "Sign out");
    await page.getByRole("button", { name: "Sign in at your provider" }).waitFor();
    await press(page, "Sign in at your provider");
    await page.getByRole("heading", { level: 1, name: "Cases" }).waitFor();
    await press(page, "Account");
    await page.getByText("Signed in as Ada").waitFor();

    const stranger = await arrive("a stranger", `${served.server.url}/?session=main`);
    await stranger.getByRole("button", { name: "Sign in at your provider" }).waitFor();
    await press(stranger, "Sign in at your provider");
    await signInThere(stranger, "eve");
    await stranger.getByText("No account here is linked with this sign-in at the provider.").waitFor();
    // Who is not signed in is answered 401; the provider's own pages miss what was kept from them.
    expect(served.faults.filter((fault) => !/Failed to load resource/.test(fault))).toEqual([]);
  });
});
