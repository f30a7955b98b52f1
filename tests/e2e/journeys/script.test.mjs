// comity.js in a real browser: the shop is one origin, the redirect host another.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { device, launch, openPage } from "../lib/browser.mjs";
import { startEmpty } from "../lib/demo.mjs";

let browser;
let shop;
let server;
let owner;
let link;
let snippet = "";
before(async () => {
  browser = await launch();
  shop = await openShop();
  server = await startEmpty();
  owner = await openPage(await device(browser));
  link = await setUp(owner);
  snippet = await tag(owner);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  shop?.close();
});

/** The brand's own pages: every path is one, with the tag the tracking page shows. */
async function openShop() {
  const http = createServer((request, response) => {
    const wait = request.url.startsWith("/wait");
    const script = wait ? snippet.replace("<script async", '<script async data-consent="wait"') : snippet;
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<!doctype html><title>Shop</title>${script}
      <form action="/signup" data-comity><input name="email"><button>Sign up</button></form>`);
  });
  await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
  const { port } = http.address();
  // The same pages under a name that is not the program's site.
  return { origin: `http://127.0.0.1:${port}`, stranger: `http://localhost:${port}`, close: () => http.close() };
}

/** A program that leads to the shop; answers its first link. */
async function setUp(page) {
  await page.goto(server.setup_url);
  await page.getByLabel("Company or product").fill("Acme");
  await page.getByLabel("Where should partner links go?").fill(`${shop.origin}/`);
  await page.getByLabel("Your name").fill("Ada Owner");
  await page.getByLabel("Your email").fill("ada@shop.example");
  await page.getByLabel("Password").fill("correct horse battery staple");
  await page.getByRole("radio", { name: "Affiliate" }).check();
  await page.getByRole("button", { name: "Create program" }).click();
  return page.getByRole("link", { name: "Open the link" }).getAttribute("href");
}

/** The script tag exactly as the settings page offers it. */
async function tag(page) {
  await page.goto(`${server.base_url}/admin/settings/tracking`);
  await page.getByText("Waiting for the first event").waitFor();
  const blocks = await page.locator("pre").allTextContents();
  return blocks.find((text) => text.includes("comity.js"));
}

const cookie = async (context, name, origin) =>
  (await context.cookies(origin)).find((one) => one.name === name)?.value;

/** What the collector answers to the next call of `path` while `act` runs. */
async function answered(page, path, act) {
  const [response] = await Promise.all([page.waitForResponse((r) => r.url().endsWith(path)), act()]);
  return response;
}

/** A visitor who came by the partner's link. */
async function arrive(path = "") {
  const context = await device(browser, { agent: await agent() });
  const page = await openPage(context);
  await page.goto(path ? `${shop.origin}${path}` : link, { waitUntil: "load" });
  return { context, page };
}

/** What the browser is called when a person holds it: headless ones are machines. */
async function agent() {
  const page = await browser.newPage();
  const name = await page.evaluate(() => navigator.userAgent);
  await page.close();
  return name.replace("Headless", "");
}

test("a click through the link is known on the shop's page and goes with its events", async () => {
  const { context, page } = await arrive();
  const click = new URL(page.url()).searchParams.get("cid");
  assert.match(click, /^clk_\w{26}$/);
  assert.equal(new URL(page.url()).origin, shop.origin);
  assert.equal(await cookie(context, "comity_cid", link), click, "the redirect's own cookie");
  await page.waitForFunction(() => document.cookie.includes("comity_click"));
  assert.equal(await cookie(context, "comity_click", shop.origin), click);

  const heard = await answered(page, "/t/e", () =>
    page.evaluate(() => window.comity("lead", { external_id: "lead-1", customer_id: "c-1" })),
  );
  assert.equal(heard.status(), 202);
  assert.deepEqual(await heard.json(), { status: "accepted" });

  await page.getByRole("button", { name: "Sign up" }).click();
  await page.waitForURL(/signup/);
  assert.equal(new URL(page.url()).searchParams.get("cid"), click, "the form carries the click");
  assert.deepEqual(page.complaints, []);

  await owner.getByText("It works: lead-1 arrived").waitFor();
  await owner.goto(`${server.base_url}/admin/trace?id=lead-1`);
  await owner.getByText("Credited with").first().waitFor();
  await context.close();
});

test("a landing with a partner's code inside a single-page application becomes a click", async () => {
  const { context, page } = await arrive("/");
  await page.waitForFunction(() => !window.comity.q);
  assert.equal(await cookie(context, "comity_click", shop.origin), undefined);
  const code = new URL(link).pathname.slice(1);
  const heard = await answered(page, "/t/c", () =>
    page.evaluate((slug) => history.pushState(null, "", `/pricing?via=${slug}&s1=blog`), code),
  );
  assert.equal(heard.status(), 200);
  const { click_id: click } = await heard.json();
  await page.waitForFunction((id) => document.cookie.includes(id), click);
  assert.equal(await page.evaluate(() => new Promise((told) => window.comity("id", told))), click);
  assert.deepEqual(page.complaints, []);
  await context.close();
});

test("nothing is stored or sent before consent", async () => {
  const { context, page } = await arrive("/wait?cid=clk_00000000000000000000000001");
  const sent = [];
  page.on("request", (request) => request.url().includes("/t/") && sent.push(request.url()));
  await page.waitForFunction(() => !window.comity.q);
  await page.evaluate(() => window.comity("lead", { external_id: "lead-2" }));
  assert.deepEqual(await context.cookies(shop.origin), []);
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
  assert.deepEqual(sent, []);
  const heard = await answered(page, "/t/e", () => page.evaluate(() => window.comity("consent", true)));
  assert.equal(heard.status(), 202);
  assert.equal(await cookie(context, "comity_click", shop.origin), "clk_00000000000000000000000001");
  await context.close();
});

test("a page that is not the program's is not heard and cannot read the answer", async () => {
  const context = await device(browser, { agent: await agent() });
  const page = await context.newPage();
  await page.goto(`${shop.stranger}/`);
  const [failed] = await Promise.all([
    page.waitForEvent("requestfailed", (request) => request.url().endsWith("/t/e")),
    page.evaluate(() => window.comity("lead", { external_id: "lead-3" })),
  ]);
  const body = failed.postData();
  const asked = await fetch(failed.url(), { method: "POST", body, headers: { origin: shop.stranger } });
  assert.equal(asked.status, 403);
  assert.equal((await asked.json()).code, "origin_not_allowed");
  assert.equal(asked.headers.get("access-control-allow-origin"), null);
  await context.close();
});
