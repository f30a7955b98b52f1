// The owner's part of the journey: set-up, a program, a key for the shop, a second pair of eyes.
import assert from "node:assert/strict";
import { Person } from "./person.mjs";

const PASSWORD = "correct horse battery staple";
/** A test account of the standard's own examples; its check digits fit. */
const PAYER_IBAN = "DE75512108001245126199";

/** The one-time address, one form, the dashboard. */
export async function setUp(stage) {
  const owner = await Person.enter(stage, "owner");
  await owner.open(stage.server.setup_url);
  await owner.label("setup-product").fill("Acme");
  await owner.label("setup-website").fill(stage.shop.url);
  await owner.label("setup-name").fill("Ada Owner");
  await owner.label("setup-email").fill("ada@shop.example");
  await owner.label("setup-password").fill(PASSWORD);
  await owner.page.getByRole("radio", { name: owner.say("setup-affiliate") }).check();
  await owner.page.getByLabel(owner.say("setup-currency")).selectOption("EUR");
  await owner.press(owner.button("setup-create"));
  await owner.press(owner.link("setup-go"));
  assert.equal(new URL(owner.page.url()).pathname, "/admin");
  return owner;
}

/** A program besides the first one, opened for applications; answers its public address. */
export async function createProgram(owner) {
  await owner.open("/admin/programs");
  await owner.press(owner.link("shell-new-program").first());
  await owner.label("program-name").fill("Newsletters");
  await owner.page.getByLabel(owner.say("program-currency")).selectOption("EUR");
  await owner.label("program-zone").fill("Europe/Berlin");
  await owner.page.locator("#f-slug, [name=slug]").fill("newsletters");
  await owner.press(owner.button("program-create"));
  await owner.press(owner.button("program-do-open"));
  return "/p/newsletters";
}

/** A key that may record events, for the shop. */
export async function makeKey(owner) {
  await owner.open("/admin/settings/api-keys");
  await owner.page.getByLabel(owner.say("settings-key-name")).fill("Shop");
  await owner.page.getByRole("checkbox", { name: owner.say("settings-scope-events") }).check();
  await owner.press(owner.button("settings-key-create"));
  return (await owner.page.getByLabel(owner.say("settings-key-secret")).innerText()).trim();
}

/** The account that bank files pay from. */
export async function setPayer(owner) {
  await owner.open("/admin/settings/payouts");
  await owner.page.getByLabel(owner.say("payout-payer-iban")).fill(PAYER_IBAN);
  await owner.press(owner.button("payout-payer-save"));
}

/** Somebody of finance, invited by mail, on their own device. */
export async function inviteFinance(stage, owner) {
  await owner.open("/admin/settings/team");
  await owner.page.getByRole("main").getByLabel(owner.say("team-email")).fill("finn@shop.example");
  await owner.page.getByRole("main").getByLabel(owner.say("team-role"), { exact: true }).selectOption("finance");
  await owner.press(owner.button("team-invite"));
  const mail = await stage.mailbox.next("finn@shop.example");
  const finance = await Person.enter(stage, "finance");
  await finance.open(mail.links.find((link) => link.includes("/invite/")));
  await finance.page.getByLabel(finance.say("session-name")).fill("Finn Finance");
  await finance.page.getByLabel(finance.say("session-new-password")).fill(PASSWORD);
  await finance.press(finance.button("session-join"));
  return finance;
}
