// Pictures of pages for people to look at; they are not compared.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { shape } from "./crawl.mjs";

export const FOLDER = fileURLToPath(new URL("../artifacts/", import.meta.url));

/** Every combination with `--full`; otherwise the phone in Russian at night and the desktop by day. */
export const COMBINATIONS = process.env.COMITY_E2E_FULL
  ? ["light", "dark"].flatMap((theme) =>
      ["en", "ru"].flatMap((language) => [
        { theme, language, width: 390 },
        { theme, language, width: 1360 },
      ]),
    )
  : [
      { theme: "dark", language: "ru", width: 390 },
      { theme: "light", language: "en", width: 1360 },
    ];

export async function take(page, who, { theme, language, width }) {
  const folder = join(FOLDER, `${width}-${theme}-${language}`);
  await mkdir(folder, { recursive: true });
  const name = shape(page.url()).replace(/^\//, "").replace(/[^a-z0-9{}]+/gi, "-") || "index";
  // Very long pages are cut: the first screens tell what is wrong.
  const height = Math.min(await page.evaluate(() => document.documentElement.scrollHeight), 4_000);
  await page.screenshot({
    path: join(folder, `${who}-${name}.png`),
    fullPage: true,
    clip: { x: 0, y: 0, width, height },
  });
}
