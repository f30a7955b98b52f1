// The core loop, whole: from an empty server to a payout and a refund after it, with every page looked at.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DESKTOP, PHONE, launch } from "../lib/browser.mjs";
import { assertNone } from "../lib/checks.mjs";
import { startEmpty } from "../lib/demo.mjs";
import { openMailbox } from "../lib/mailbox.mjs";
import { words } from "../lib/words.mjs";
import { createProgram, inviteFinance, makeKey, setPayer, setUp } from "../lib/steps/program.mjs";
import { apply, approve, available, copyLink, readEarning, readPayout, setMethod, signIn, stopMails } from "../lib/steps/partner.mjs";
import { click, openShop } from "../lib/steps/visitor.mjs";
import { pay, plan, release, report } from "../lib/steps/money.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const looks = [
  // More than one person may approve alone, so a second one has to.
  { language: "en", viewport: DESKTOP, theme: "light", sale_minor: 3_000_000, second: true },
  { language: "ru", viewport: PHONE, theme: "dark", sale_minor: 40_000, second: false },
];

for (const look of looks) {
  test(`from set-up to a payout and a refund, ${look.viewport.width} px, ${look.language}`, async () => {
    const mailbox = await openMailbox();
    const server = await startEmpty(mailbox.flags);
    const shop = await openShop();
    const stage = {
      ...{ browser, look, mailbox, server, shop, email: "maya@letters.example" },
      ...{ word: words(look.language), findings: [], people: [], seen: new Set() },
    };
    try {
      await loop(stage);
      assertNone(stage.findings);
    } catch (error) {
      for (const person of stage.people) await person.picture();
      throw error;
    } finally {
      for (const person of stage.people) await person.context.close();
      await server.stop();
      mailbox.stop();
      shop.stop();
    }
  });
}

async function loop(stage) {
  const owner = await setUp(stage);
  const address = await createProgram(owner);
  stage.key = await makeKey(owner);

  const partner = await apply(stage, address);
  await approve(owner);
  await signIn(stage, partner);
  await setMethod(partner);

  const clickId = await click(stage, await copyLink(partner));
  const sale = { type: "sale", external_id: "A-1", amount_minor: stage.look.sale_minor, click_id: clickId };
  await report(stage, sale);
  const earned = await readEarning(partner);
  assert.ok(earned > 0 && earned < stage.look.sale_minor, `earned ${earned}`);
  assert.equal(await available(partner), 0, "it waits for the refund period");

  await stopMails(stage, partner);

  await release(owner);
  assert.equal(await available(partner), earned);
  await setPayer(owner);
  const run = await plan(owner);
  await pay(stage.look.second ? await inviteFinance(stage, owner) : owner, run, earned);
  assert.equal(await available(partner), 0);
  await readPayout(partner, earned);

  await report(stage, { type: "refund", external_id: "A-1-back", refers_to: "A-1", amount_minor: sale.amount_minor });
  assert.equal(await available(partner), -earned, "what was paid is owed back");
}
