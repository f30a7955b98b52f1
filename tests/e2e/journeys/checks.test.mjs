// The checks themselves: planted faults are found, a clean page has none.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { NARROW, device, launch, openPage } from "../lib/browser.mjs";
import { inspect } from "../lib/checks.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

async function findings(body) {
  const context = await device(browser, { viewport: NARROW, inspect: true });
  const page = await openPage(context);
  await page.setContent(`<!doctype html><html lang="en"><head><title>Checks</title>
    <meta name="viewport" content="width=device-width"></head>
    <body><main><h1>Checks</h1>${body}</main></body></html>`);
  const found = await inspect(page, "sample");
  await context.close();
  return found.join("\n");
}

test("a clean page has no findings", async () => {
  assert.equal(await findings("<p>Nothing to see.</p>"), "");
});

test("planted faults are found", async () => {
  const low = '<p style="color:#ccc;background:#fff">low contrast</p>';
  assert.match(await findings(low), /color-contrast/);
  assert.match(await findings('<div style="width:500px">wide</div>'), /500|508/);
  const cut = '<div style="overflow:hidden;width:50px;white-space:nowrap">a text that is cut</div>';
  assert.match(await findings(cut), /cuts its text/);
  assert.match(await findings("<script>throw new Error('boo')</script>"), /script: boo/);
});
