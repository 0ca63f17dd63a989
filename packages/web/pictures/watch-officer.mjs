/** A watch desk through a shift: the pictures of the watch officer's guide. */
import { button, goTo, sitAs } from "./studio.mjs";

export async function takeWatch({ sit, take }) {
  const page = await sit(1280, 800);
  await sitAs(page, "Rhea Sund");
  await goTo(page, "Watch desk");
  await page.getByText("1 to acknowledge").waitFor();
  await take(page, "desk-board");

  await page.keyboard.press("n");
  const form = page.locator("form.prepare");
  await form.getByRole("button", { name: /Format$/ }).click();
  await page.getByRole("option", { name: /^INCIDENT/ }).click();
  await form.getByRole("button", { name: /What happened$/ }).click();
  await page.getByRole("option", { name: /^CR/ }).click();
  await form.getByLabel("When (UTC)").fill("2026-09-14T01:00");
  await form.getByLabel("Place").fill("Strait of Seld, buoy 9");
  await form.getByLabel("Own reference").fill("O-14");
  // Higher than the window: its last lines would be cut off.
  await page.setViewportSize({ width: 1280, height: 1100 });
  await take(form, "desk-prepare");
  await page.setViewportSize({ width: 1280, height: 800 });
  await form.getByRole("button", { name: "Prepare for the second officer" }).click();
  await page.getByText("A second officer checks it").waitFor();
  await sitAs(page, "Odo Varr");
  await page.getByText("I have compared every field").click();
  await take(page.locator(".prepared"), "desk-check");
  await page.getByRole("button", { name: "Sign as second officer" }).click();
  await sitAs(page, "Rhea Sund");
  await button(page, "Send").click();
  await page.locator(".prepared").waitFor({ state: "detached" });
  await page.locator(".board tbody tr", { hasText: "buoy 7" }).last().getByRole("button").click();
  await page.getByText("Answered late").last().waitFor();
  await take(page.locator(".message-view"), "desk-late");
  await page.getByRole("button", { name: "Hand over the shift" }).click();
  await page.getByText("Odo Varr").last().click();
  await page.getByLabel("Note for the next shift").fill("The reply about buoy 9 is due tonight.");
  await take(page.locator("form.handover"), "desk-handover");

  // What both sides accepted, in full.
  await page.getByText("Formats, channel and desks").click();
  const incident = page.locator(".format-list > li", { hasText: "INCIDENT" });
  await incident.locator("summary").click();
  await take(incident, "desk-format");
}
