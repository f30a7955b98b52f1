// The money's part of the journey: a sale from the shop, its release, the payout, the refund.
import assert from "node:assert/strict";
import { call } from "../api.mjs";

/** What the shop reports, under its own key. */
export async function report(stage, event) {
  const path = new URL("/api/v1/events", stage.server.base_url).href;
  const answer = await call("POST", path, {
    key: stage.key,
    headers: { "idempotency-key": `${event.external_id}-${event.type}` },
    body: { currency: "EUR", ...event },
  });
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}

/** The team ends the waiting of the newest commission, and what else holds it: a large order is looked at. */
export async function release(owner) {
  await owner.open("/admin/commissions");
  await owner.press(owner.page.getByRole("main").locator("tbody a").first());
  const page = owner.page.url();
  const held = owner.button("commission-release");
  while (await held.count()) {
    await owner.press(held.first());
    await owner.open(page);
  }
  await owner.press(owner.button("commission-approve"));
}

/** Finance plans the run. */
export async function plan(owner) {
  await owner.open("/admin/payouts");
  const program = owner.page.getByRole("main").getByRole("link", { name: "Newsletters", exact: true });
  await owner.press(program.first());
  await owner.press(owner.button("payout-plan-all"));
  return new URL(owner.page.url()).pathname;
}

/** Approves it, takes the files, sends it and notes its arrival. */
export async function pay(finance, run, earned) {
  await finance.open(run);
  await finance.press(finance.button("payout-approve-do"));
  const bank = await finance.download(finance.link("payout-file"));
  assert.match(bank.name, /\.xml$/);
  assert.match(bank.text, /urn:iso:std:iso:20022:tech:xsd:pain\.001\.001\.\d\d/);
  assert.ok(bank.text.includes((earned / 100).toFixed(2)), "the file pays what was earned");
  await finance.press(finance.button("payout-send-do"));
  await finance.press(finance.button("payout-settle-do"));
  await finance.open("/admin/payouts");
  const sheet = await finance.download(finance.link("payout-export"));
  assert.match(sheet.name, /\.csv$/);
  assert.ok(sheet.text.includes((earned / 100).toFixed(2)), "and so does the sheet");
}
