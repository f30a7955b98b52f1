// Finds every page a person can reach by links, so that a new page is checked without being listed.
import { demo, visit } from "./browser.mjs";

/** Pages of one shape (`/admin/partners/{id}`) are alike: this many of each are visited. */
const PER_SHAPE = 2;
/** Far above the number of shapes there are; a guard against a calendar without end. */
const MAX_PAGES = 400;

/** `/admin/partners/prt_01…?page=2` → `/admin/partners/{id}?page`. */
export function shape(address) {
  const url = new URL(address, demo.base_url);
  const path = url.pathname
    .split("/")
    .map((part) => (/^[a-z]{2,4}_[0-9a-z]{20,}$|\d{3,}|^[0-9a-z]{24,}$/.test(part) ? "{id}" : part))
    .join("/");
  const keys = [...new Set(url.searchParams.keys())].sort();
  return keys.length ? `${path}?${keys.join("&")}` : path;
}

/**
 * Walks links of this origin from `start`, breadth first. `skip(path)` leaves addresses out.
 * Returns `{ pages, broken }`: addresses of HTML pages, and links that answered with an error.
 */
export async function crawl(page, start, skip = () => false) {
  const queue = [...start.map((address) => new URL(address, demo.base_url).href)];
  const seen = new Set(queue);
  const shapes = new Map();
  const pages = [];
  const broken = [];
  while (queue.length && pages.length < MAX_PAGES) {
    const address = queue.shift();
    const key = shape(address);
    if ((shapes.get(key) ?? 0) >= PER_SHAPE) continue;
    shapes.set(key, (shapes.get(key) ?? 0) + 1);
    let response;
    try {
      response = await visit(page, address);
    } catch (error) {
      // A link that downloads a file is not a page.
      if (/download|ERR_ABORTED/i.test(error.message)) continue;
      throw error;
    }
    if (response.status() >= 400) {
      broken.push(`${response.status()} ${new URL(address).pathname}`);
      continue;
    }
    if (!(response.headers()["content-type"] ?? "").includes("text/html")) continue;
    if (new URL(page.url()).origin !== new URL(demo.base_url).origin) continue;
    pages.push(new URL(page.url()).href);
    for (const next of await links(page)) {
      const url = new URL(next);
      url.hash = "";
      if (seen.has(url.href) || skip(url.pathname)) continue;
      seen.add(url.href);
      queue.push(url.href);
    }
  }
  return { pages: [...new Set(pages)], broken };
}

/** Addresses on this origin that the page links to. */
export function links(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("a[href]:not([download])")]
      .map((link) => link.href)
      .filter((href) => href.startsWith(`${location.origin}/`)),
  );
}
