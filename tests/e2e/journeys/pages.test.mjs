// Every page that can be reached by links, as owner, partner and visitor: axe, overflow, console,
// both themes, both languages, and pictures.
import { after, before, test } from "node:test";
import { LOOKS, device, launch, openPage, signedIn, visit } from "../lib/browser.mjs";
import { assertNone, inspect } from "../lib/checks.mjs";
import { crawl, links, shape } from "../lib/crawl.mjs";
import { COMBINATIONS, take } from "../lib/picture.mjs";

/** Leaving, files, and what is not this person's own tree. */
const NOT_PAGES = /logout|sign-?out|\/export|\.csv$|\.xml$|\.json$|\.svg$|\/healthz|\/readyz|\/metrics|\/go\/|\/assets?\//;

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const people = [
  { who: "owner", enter: (options) => signedIn(browser, "owner", options) },
  { who: "partner", enter: (options) => signedIn(browser, "partner", options) },
  { who: "visitor", enter: visitor },
];

async function visitor(options) {
  const context = await device(browser, options);
  return { context, page: await openPage(context) };
}

for (const { who, enter } of people) {
  test(`every page of the ${who}`, async (t) => {
    const { context, page } = await enter({ inspect: true });
    const start = who === "visitor" ? ["/sign-in", ...(await publicPages())] : [page.url()];
    const { pages, broken } = await crawl(page, start, (path) => NOT_PAGES.test(path));
    page.complaints.splice(0);
    t.diagnostic(`${pages.length} pages: ${[...new Set(pages.map(shape))].join(" ")}`);
    await t.test("no link is broken", () => assertNone(broken));
    for (const look of LOOKS) {
      const name = `${look.theme}, ${look.language}, ${look.viewport.width} px`;
      await t.test(name, async () => assertNone(await walk(context, pages, look, who)));
    }
    await t.test("pictures", () => photograph(context, pages, who));
    await context.close();
  });
}

/** Landing, application and terms of every program, as the owner's pages link to them. */
async function publicPages() {
  const { context, page } = await signedIn(browser, "owner");
  const found = new Set();
  for (const address of ["/admin/programs", "/admin/applications"]) {
    await visit(page, address);
    for (const next of await links(page)) if (/^\/(p|legal)\//.test(new URL(next).pathname)) found.add(next);
  }
  await context.close();
  return found;
}

async function walk(session, pages, look, who) {
  const context = await device(browser, { ...look, inspect: true, reuse: session });
  const page = await openPage(context);
  const found = [];
  for (const address of onePerShape(pages)) {
    await visit(page, address);
    found.push(...(await inspect(page, `${who} ${shape(address)}`)));
  }
  await context.close();
  return found;
}

async function photograph(session, pages, who) {
  for (const combination of COMBINATIONS) {
    const viewport = { width: combination.width, height: 860 };
    const context = await device(browser, { ...combination, viewport, reuse: session });
    const page = await openPage(context);
    for (const address of onePerShape(pages)) {
      await visit(page, address);
      await take(page, who, combination);
    }
    await context.close();
  }
}

function onePerShape(pages) {
  const first = new Map();
  for (const address of pages) if (!first.has(shape(address))) first.set(shape(address), address);
  return [...first.values()];
}
