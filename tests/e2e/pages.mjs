// Sample pages (typical, empty and hostile data) held to the same rules as the running product:
// `node pages.mjs FOLDER [--no-shots] [part of a name…]`. FOLDER holds NAME.LANGUAGE.THEME.html and
// the assets they name, as `cargo xtask pages` writes them.
import { createReadStream } from "node:fs";
import { mkdir, readdir, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { DESKTOP, LOOKS, PHONE, device, launch, openPage } from "./lib/browser.mjs";
import { inspect } from "./lib/checks.mjs";

const KINDS = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

const [first, ...rest] = process.argv.slice(2);
const folder = resolve(first ?? "");
const pictures = !rest.includes("--no-shots");
const parts = rest.filter((word) => !word.startsWith("--"));

const server = createServer(async (request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
  const file = join(folder, path);
  if (!file.startsWith(folder) || !(await stat(file).catch(() => undefined))?.isFile()) {
    // Event streams, search suggestions and the like have no sample.
    response.writeHead(204).end();
    return;
  }
  response.writeHead(200, { "content-type": KINDS[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const base = `http://127.0.0.1:${server.address().port}`;

const names = (await readdir(folder))
  .filter((name) => name.endsWith(".html"))
  .filter((name) => parts.length === 0 || parts.some((part) => name.includes(part)))
  .sort();
const browser = await launch();
const findings = [];

for (const look of LOOKS) {
  const found = await check(of(look), look);
  report(look, found);
  findings.push(...found);
}
if (pictures) {
  for (const look of LOOKS) {
    for (const viewport of [PHONE, DESKTOP]) await shoot(of(look), { ...look, viewport });
  }
}
await browser.close();
server.close();
server.closeAllConnections();
console.log(`${names.length} pages, ${findings.length} finding(s)`);
process.exitCode = findings.length ? 1 : 0;

function of({ language, theme }) {
  return names.filter((name) => name.endsWith(`.${language}.${theme}.html`));
}

/** The same finding on many pages is one line. */
function report({ language, theme, viewport }, found) {
  const pages = new Map();
  for (const line of found) {
    const at = line.indexOf(": ");
    const what = line.slice(at + 2);
    pages.set(what, [...(pages.get(what) ?? []), line.slice(0, at)]);
  }
  console.log(`${language}, ${theme}, ${viewport.width} px: ${found.length} finding(s)`);
  for (const [what, where] of pages) {
    console.log(`  ${what}\n    ${where.length}×: ${where.slice(0, 5).join(" ")}`);
  }
}

async function check(files, { language, theme, viewport }) {
  const context = await device(browser, { language, theme, viewport, inspect: true });
  const page = await openPage(context);
  const found = [];
  for (const file of files) {
    await page.goto(`${base}/${file}`, { waitUntil: "load" });
    found.push(...(await inspect(page, file.split(".")[0])));
  }
  await context.close();
  return found;
}

async function shoot(files, { language, theme, viewport }) {
  const context = await device(browser, { language, theme, viewport });
  const page = await context.newPage();
  const target = join(folder, "pictures", String(viewport.width));
  await mkdir(target, { recursive: true });
  for (const file of files) {
    await page.goto(`${base}/${file}`, { waitUntil: "load" });
    await page.screenshot({ path: join(target, file.replace(/\.html$/, ".png")), fullPage: true });
  }
  await context.close();
}
