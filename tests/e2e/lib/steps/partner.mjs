// The partner's part of the journey: applies, gets in, shares the link, reads earnings and payouts.
import assert from "node:assert/strict";
import { Person, minor } from "./person.mjs";

const IBAN = "DE89370400440532013000";
/** Forms sent faster than a person can type are refused, so the long answer is typed like one. */
const TYPING_MS = 30;

/** A stranger finds the program's page and applies; answers them and the page that tells the status. */
export async function apply(stage, address) {
  const partner = await Person.enter(stage, "partner");
  await partner.open(address);
  await partner.label("public-your-name").fill("Maya Okafor");
  await partner.label("public-email").fill(stage.email);
  await partner.page.getByLabel(partner.say("public-audience")).fill("https://letters.example/");
  await partner.page
    .getByLabel(partner.say("public-pitch"))
    .pressSequentially("I write a letter on tools that twelve thousand people read each week.", { delay: TYPING_MS });
  await partner.page.getByRole("checkbox", { name: partner.say("public-accept-terms") }).check();
  await partner.press(partner.button("public-apply"));
  await partner.page.getByRole("heading", { name: partner.say("application-status-title") }).waitFor();
  const received = await stage.mailbox.next(stage.email);
  assert.match(received.links.join(" "), /\/applications\//, "the mail leads to the status page");
  return partner;
}

/** The manager reads the application and lets the partner in. */
export async function approve(owner) {
  await owner.open("/admin/applications");
  await owner.press(owner.page.getByRole("link", { name: "Maya Okafor" }).first());
  await owner.press(owner.button("application-approve"));
}

/** In by the link in the mail: it asks for one press, so that mail scanners do not use it up. */
export async function signIn(stage, partner) {
  await stage.mailbox.next(stage.email);
  await partner.open("/sign-in");
  await partner.label("session-email").fill(stage.email);
  await partner.press(partner.button("session-send-link"));
  const mail = await stage.mailbox.next(stage.email);
  await partner.open(mail.links.find((link) => link.includes("/sign-in/link/")));
  await partner.press(partner.button("session-sign-in"));
  assert.equal(new URL(partner.page.url()).pathname, "/portal");
}

/** Copies the first link, as the button does it. */
export async function copyLink(partner) {
  await partner.open("/portal/links");
  await partner.button("shell-copy").first().click();
  await partner.page.getByRole("button", { name: partner.say("shell-copied") }).first().waitFor();
  const link = await partner.page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /^https?:\/\//);
  return link;
}

/** Where the money goes. */
export async function setMethod(partner) {
  await partner.open("/portal/payouts/method?kind=sepa");
  await partner.page.getByLabel(partner.say("portal-holder")).fill("Maya Okafor");
  await partner.page.getByLabel(partner.say("portal-iban")).fill(IBAN);
  await partner.press(partner.button("portal-save-method"));
}

/** The newest earning, with the reasons behind it; answers minor units. */
export async function readEarning(partner) {
  await partner.open("/portal/earnings");
  const row = partner.page.getByRole("main").getByRole("link").filter({ hasText: /A-1/ }).first();
  await partner.press(row);
  await partner.page.getByRole("heading", { name: partner.say("portal-why-title") }).waitFor();
  for (const key of ["portal-why-amount", "portal-why-credit", "portal-why-history"]) {
    await partner.page.getByRole("heading", { name: partner.say(key) }).waitFor();
  }
  return minor(await partner.page.locator("main p.total").innerText());
}

/** What the portal says can be paid out; below zero after a refund of something paid. */
export async function available(partner) {
  await partner.open("/portal");
  return minor(await partner.page.locator("main .hero .big").first().innerText());
}

/** The payout that arrived, and the statement of this month that shows it. */
export async function readPayout(partner, earned) {
  await partner.open("/portal/payouts");
  await partner.page.getByRole("main").getByText(partner.say("portal-payout-paid"), { exact: true }).first().waitFor();
  await partner.press(partner.page.locator("main ul.items a").first());
  assert.equal(minor(await partner.page.locator("main p.total").innerText()), earned);
  await partner.open("/portal/statements");
  await partner.press(partner.page.locator("main ul.items a").first());
  const rows = await partner.page.locator("main tbody tr").allInnerTexts();
  const booked = (sum) => rows.some((row) => row.split(/[\t\n]/).some((cell) => Math.abs(minor(cell)) === sum));
  assert.ok(booked(earned), `the statement books ${earned}:\n${rows.join("\n")}`);
}

/** A mail that the partner may do without arrived; the link below it ends its kind. */
export async function stopMails(stage, partner) {
  let stop;
  while (!stop) {
    const mail = await stage.mailbox.next(stage.email);
    stop = mail.links.find((link) => link.includes("/mails/unsubscribe/"));
  }
  await partner.open(stop);
  await partner.press(partner.button("public-unsubscribe-do"));
  await partner.page.getByRole("heading", { name: partner.say("public-unsubscribe-done") }).waitFor();
}
