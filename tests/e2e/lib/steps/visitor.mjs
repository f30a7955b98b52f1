// The visitor's part of the journey: follows the link in a browser and lands in the shop.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { device, openPage } from "../browser.mjs";

/** A browser of a person: headless ones say so and are not credited. */
const AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36";

/** A shop on a port of its own: `{ url, stop() }`. */
export async function openShop() {
  const page = '<!doctype html><html lang="en"><head><title>Shop</title><link rel="icon" href="data:,"></head><body><h1>Shop</h1></body></html>';
  const server = createServer((_, response) => response.setHeader("content-type", "text/html").end(page));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

/** Clicks the partner's link; answers the click's id as the shop finds it in its address. */
export async function click(stage, link) {
  const context = await device(stage.browser, { ...stage.look, agent: AGENT });
  const page = await openPage(context);
  const response = await page.goto(link, { waitUntil: "load" });
  const landing = new URL(page.url());
  assert.equal(response.status(), 200);
  assert.equal(landing.origin, new URL(stage.shop.url).origin, "the visitor is in the shop");
  assert.ok((await context.cookies(link)).length > 0, "and carries the first-party cookie");
  stage.findings.push(...page.complaints);
  await context.close();
  return landing.searchParams.get("cid");
}
