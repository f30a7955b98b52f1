// Pictures of rendered sample pages: `node pages.mjs FOLDER`, where FOLDER holds `en/*.html`,
// `ru/*.html` and the assets they name. Used by `cargo xtask pages`.
import { createReadStream } from "node:fs";
import { mkdir, readdir, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { device, launch } from "./lib/browser.mjs";

const KINDS = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".json": "application/json",
};

const folder = resolve(process.argv[2] ?? "");
const server = createServer(async (request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
  const file = join(folder, path);
  if (!file.startsWith(folder) || !(await stat(file).catch(() => undefined))?.isFile()) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": KINDS[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const base = `http://127.0.0.1:${server.address().port}`;

const browser = await launch();
let count = 0;
for (const language of ["en", "ru"]) {
  const pages = (await readdir(join(folder, language))).filter((name) => name.endsWith(".html"));
  for (const theme of ["light", "dark"]) {
    for (const width of [390, 1360]) {
      const context = await device(browser, { theme, language, viewport: { width, height: 860 } });
      const page = await context.newPage();
      const target = join(folder, "pictures", `${width}-${theme}-${language}`);
      await mkdir(target, { recursive: true });
      for (const name of pages) {
        await page.goto(`${base}/${language}/${name}`, { waitUntil: "load" });
        const path = join(target, name.replace(/\.html$/, ".png"));
        await page.screenshot({ path, fullPage: true });
        count += 1;
      }
      await context.close();
    }
  }
}
await browser.close();
server.close();
console.log(`${count} pictures`);
