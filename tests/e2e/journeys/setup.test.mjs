// The first minute: the printed address, one form, the first link, its click arriving.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, PHONE, device, launch, openPage } from "../lib/browser.mjs";
import { follow } from "../lib/api.mjs";
import { assertNone, inspect } from "../lib/checks.mjs";
import { startEmpty } from "../lib/demo.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function fill(page) {
  await page.getByLabel("Company or product").fill("Acme");
  await page.getByLabel("Where should partner links go?").fill("https://shop.example/");
  await page.getByLabel("Your name").fill("Ada Owner");
  await page.getByLabel("Your email").fill("ada@shop.example");
  await page.getByLabel("Password").fill("correct horse battery staple");
  await page.getByRole("radio", { name: "Affiliate" }).check();
  await page.getByRole("button", { name: "Create program" }).click();
}

for (const { name, viewport, script } of [
  { name: "on a desktop", viewport: DESKTOP, script: true },
  { name: "on a phone without scripts", viewport: PHONE, script: false },
]) {
  test(`set up ${name}`, async () => {
    const server = await startEmpty();
    try {
      const context = await device(browser, { viewport, script, inspect: script });
      const page = await openPage(context);
      await page.goto(server.setup_url);
      if (script) assertNone(await inspect(page, "the form"));
      await fill(page);

      await page.getByRole("heading", { name: "Your first link is live. Click it." }).waitFor();
      if (script) assertNone(await inspect(page, "the first link"));
      const link = await page.getByRole("link", { name: "Open the link" }).getAttribute("href");
      const click = await follow(link);
      assert.equal(click.status, 302);
      assert.ok(click.clickId, "the landing address carries the click");
      if (!script) await arrived(page);
      await page.getByText(/^Click 1 on/).waitFor();

      await page.getByRole("link", { name: "Go to the dashboard" }).click();
      await page.getByRole("navigation").first().waitFor();
      assert.equal(new URL(page.url()).pathname, "/admin");

      const again = await page.goto(server.setup_url);
      assert.equal(again.status(), 404, "the address works once");
      await context.close();
    } finally {
      await server.stop();
    }
  });
}

/** Without scripts the page is asked again until the click has been shipped from the spool. */
async function arrived(page) {
  for (let tries = 0; tries < 20; tries += 1) {
    await page.reload();
    if (await page.getByText(/^Click 1 on/).count()) return;
  }
}
