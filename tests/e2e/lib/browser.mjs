// One Chromium for a test file, and contexts that look like a person's device.
import { chromium } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const PHONE = { width: 390, height: 844 };
export const NARROW = { width: 360, height: 740 };
export const DESKTOP = { width: 1360, height: 860 };

/** Every theme, language and width meets the checks, though not every combination of the three. */
export const LOOKS = [
  { theme: "light", language: "en", viewport: DESKTOP },
  { theme: "dark", language: "ru", viewport: NARROW },
  { theme: "light", language: "ru", viewport: NARROW },
  { theme: "dark", language: "en", viewport: DESKTOP },
];

/** The demo this run talks to, as `run.mjs` passed it on. */
export const demo = JSON.parse(process.env.COMITY_DEMO ?? "{}");

export function launch() {
  return chromium.launch({
    executablePath: process.env.COMITY_CHROMIUM ?? "/usr/bin/chromium",
    args: FLAGS,
  });
}

/**
 * A fresh device. `script: false` switches JavaScript off; `inspect: true` lets axe in past the
 * content security policy; `reuse` continues another device's session (its cookies); `clipboard` lets the test
 * read it; `agent` is what the browser calls itself.
 */
export async function device(browser, options = {}) {
  const { viewport = DESKTOP, theme = "light", language = "en", script = true } = options;
  const { inspect = false, reuse, clipboard = false, agent } = options;
  const context = await browser.newContext({
    viewport,
    colorScheme: theme,
    locale: language === "ru" ? "ru-RU" : "en-US",
    reducedMotion: "reduce",
    javaScriptEnabled: script,
    bypassCSP: inspect,
    userAgent: agent,
    permissions: clipboard ? ["clipboard-read", "clipboard-write"] : [],
    storageState: reuse ? await reuse.storageState() : undefined,
  });
  context.setDefaultTimeout(15_000);
  return context;
}

/** A page that remembers what its console and its requests complained about. */
export async function openPage(context) {
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`);
  });
  return Object.assign(page, { complaints });
}

/** Opens an address without waiting for open event streams, which never go idle. */
export async function visit(page, address) {
  const response = await page.goto(new URL(address, demo.base_url).href, { waitUntil: "load" });
  return response;
}

/** A device that is logged in through a one-time link of the demo. */
export async function signedIn(browser, who, options = {}) {
  const context = await device(browser, options);
  const page = await openPage(context);
  const response = await visit(page, demo[`${who}_login_url`]);
  if (!response.ok()) throw new Error(`${who} could not sign in: ${response.status()}`);
  // A link may ask for one press, so that mail scanners do not use it up.
  const confirm = page.getByRole("main").getByRole("button", { name: /sign in|log in|continue|войти|продолжить/i });
  if (/\/login|\/magic|\/sign/.test(new URL(page.url()).pathname) && (await confirm.count())) {
    await confirm.first().click();
    await page.waitForLoadState("load");
  }
  return { context, page };
}
