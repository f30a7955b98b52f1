// The admin app with the keyboard only: skip link, palette, shortcuts, rows, dialogs, visible focus.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, signedIn, visit } from "../lib/browser.mjs";

let browser;
let page;
before(async () => {
  browser = await launch();
  ({ page } = await signedIn(browser, "owner"));
});
after(() => browser?.close());

const path = () => new URL(page.url()).pathname;
const open = (address) => visit(page, `${address}?live=off`);
const press = (...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

/** What has the focus, and whether one can see that. */
const focus = () =>
  page.evaluate(() => {
    const at = document.activeElement;
    const style = getComputedStyle(at);
    const seen = style.outlineStyle !== "none" || style.boxShadow !== "none";
    return { name: (at.getAttribute("aria-label") ?? at.textContent ?? "").trim(), id: at.id, seen };
  });

test("the first stop skips to the content", async () => {
  await open("/admin/partners");
  await press("Tab");
  assert.equal((await focus()).name, "Skip to content");
  assert.ok((await focus()).seen);
  await press("Enter");
  assert.equal((await focus()).id, "main");
});

test("every stop on a list can be seen", async () => {
  await open("/admin/links");
  for (let stop = 0; stop < 40; stop += 1) {
    await press("Tab");
    const { name, seen } = await focus();
    assert.ok(seen, `no focus ring on “${name}”`);
  }
});

test("the palette opens, filters, goes, and gives the focus back", async () => {
  await open("/admin");
  await press("Control+k");
  const palette = page.locator("#palette");
  await palette.getByRole("combobox").waitFor();
  await page.keyboard.type("commissions");
  await press("Escape");
  await palette.waitFor({ state: "hidden" });
  await press("Control+k");
  await page.keyboard.type("Webhooks");
  const marked = palette.locator("[aria-selected=true]");
  await marked.filter({ hasText: "Webhooks" }).waitFor();
  assert.equal(await palette.getByRole("combobox").getAttribute("aria-activedescendant"), await marked.getAttribute("id"));
  await Promise.all([page.waitForURL(/\/settings\/webhooks/), press("Enter")]);
});

test("records are found from anywhere", async () => {
  await open("/admin");
  await press("Control+k");
  await page.keyboard.type("maya");
  await page.locator("#palette-records [role=option]").first().waitFor();
  await Promise.all([page.waitForURL(/\/admin\/(partners|links|commissions)\//), press("Enter")]);
});

test("letters go, rows are walked, and a field takes letters as letters", async () => {
  await open("/admin");
  await Promise.all([page.waitForURL(/\/admin\/partners/), press("g", "p")]);
  await press("j", "j");
  const second = await focus();
  await press("k");
  assert.notEqual((await focus()).name, second.name);
  await press("j", "Enter");
  await page.waitForURL(/\/admin\/partners\/prt_/);
  await open("/admin/partners");
  await press("/");
  await page.keyboard.type("gp");
  assert.equal(await page.locator("main input[type=search]").inputValue(), "gp");
  assert.equal(path(), "/admin/partners");
});

test("the list of keys opens, holds the focus, and closes", async () => {
  await open("/admin");
  await press("?");
  const dialog = page.locator("#keys");
  await dialog.waitFor();
  assert.ok(await dialog.evaluate((node) => node.contains(document.activeElement)));
  await press("Escape");
  await dialog.waitFor({ state: "hidden" });
});

test("the open tab of the settings can be seen on a phone", async () => {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await open("/admin/settings/audit");
  const box = await page.locator(".tabs [aria-current]").boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box));
  await page.setViewportSize(size);
});
