// Somebody with a device: goes to pages, does what a person does, and notes what is wrong on the way.
import { device, openPage } from "../browser.mjs";
import { inspect } from "../checks.mjs";
import { shape } from "../crawl.mjs";
import { FOLDER } from "../picture.mjs";

export class Person {
  /** `stage` is one journey: its server, browser, look, words and findings. */
  static async enter(stage, name) {
    const { browser, look } = stage;
    const context = await device(browser, { ...look, inspect: true, clipboard: true });
    const person = Object.assign(new Person(), { stage, name, context, page: await openPage(context) });
    stage.people.push(person);
    return person;
  }

  /** The text of a message in the language of the journey. */
  say(key) {
    return this.stage.word(key);
  }

  async open(address) {
    await this.page.goto(new URL(address, this.stage.server.base_url).href, { waitUntil: "load" });
    await this.see();
  }

  /** Looks at the page that is open: overflow, console, and axe the first time for a shape of page. */
  async see() {
    const where = `${this.name} ${shape(this.page.url())}`;
    const withAxe = !this.stage.seen.has(where);
    this.stage.seen.add(where);
    this.stage.findings.push(...(await inspect(this.page, where, { withAxe })));
  }

  label(key) {
    return this.page.getByLabel(this.say(key), { exact: true });
  }

  button(key) {
    return this.page.getByRole("button", { name: this.say(key), exact: true });
  }

  link(key) {
    return this.page.getByRole("link", { name: this.say(key), exact: true });
  }

  text(key) {
    return this.page.getByText(this.say(key), { exact: true });
  }

  /** Presses a button that leads to another page, and looks at that one. */
  async press(button) {
    await Promise.all([this.page.waitForEvent("load"), button.click()]);
    await this.see();
  }

  /** Saves what a link downloads; answers its name and its text. */
  async download(link) {
    const [file] = await Promise.all([this.page.waitForEvent("download"), link.click()]);
    const chunks = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk);
    return { name: file.suggestedFilename(), text: Buffer.concat(chunks).toString("utf8") };
  }

  /** What the person has in front of them, for who reads a failed run. */
  async picture() {
    const { language, viewport } = this.stage.look;
    await this.page.screenshot({ path: `${FOLDER}loop-${viewport.width}-${language}-${this.name}.png`, fullPage: true });
  }
}

/** `€1,234.50`, `1 234,50 €`, `−€80.00` → minor units. */
export function minor(text) {
  const negative = /[−-]\s*\D?\s*\d/.test(text);
  const digits = text.replace(/[^\d]/g, "");
  return (negative ? -1 : 1) * Number(digits);
}
