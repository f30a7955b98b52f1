// A page with just what the script touches; every check is one function.
"use strict";
const assert = require("assert");
const ID = "clk_" + "0".repeat(26);

function page(href, set, options = {}) {
  const sent = [], listeners = {}, cookies = new Map(options.cookies || []), kept = new Map();
  const url = new URL(href);
  const document = {
    currentScript: { src: "https://app.test/comity.js", dataset: Object.assign({ comityKey: "pk_1" }, set) },
    referrer: "https://blog.test/post",
    prerendering: options.prerendering || false,
    addEventListener: (name, f) => (listeners[name] = listeners[name] || []).push(f),
    createElement: () => ({}),
    get cookie() { return [...cookies].map(([k, v]) => `${k}=${v}`).join("; "); },
    set cookie(text) { const [k, v] = text.split(";")[0].split("="); cookies.set(k, v); document.written = text; },
  };
  const location = { get href() { return url.href; }, get search() { return url.search; }, host: url.host, protocol: url.protocol, origin: url.origin };
  const history = { pushState(_, __, to) { url.href = new URL(to, url.href).href; }, replaceState() {} };
  const window = {
    comity: options.queue && { q: options.queue },
    localStorage: { getItem: (k) => kept.get(k) || null, setItem: (k, v) => kept.set(k, v) },
    addEventListener: document.addEventListener,
  };
  const fetch = (to, init) => {
    const body = JSON.parse(init.body);
    sent.push({ to, body });
    const reply = to.endsWith("/t/c") ? { click_id: ID } : {};
    const status = (options.answers || []).shift() || 200;
    return Promise.resolve({ ok: status < 400, status, json: () => Promise.resolve(reply) });
  };
  const timers = [];
  const later = (f, wait) => timers.push([f, wait]);
  new Function("window", "document", "location", "history", "fetch", "setTimeout", SOURCE)(window, document, location, history, fetch, later);
  const fire = (name, event) => (listeners[name] || []).forEach((f) => f(event));
  return { window, document, history, sent, fire, cookies, kept, timers, comity: (...a) => window.comity(...a) };
}
const settled = () => new Promise((done) => setImmediate(done));

const checks = {
  "the click id of the landing page is kept and sent with events"() {
    const p = page("https://shop.test/?cid=" + ID);
    assert.strictEqual(p.cookies.get("comity_click"), ID);
    assert.match(p.document.written, /SameSite=Lax; Secure$/);
    p.comity("sale", { external_id: "o1", amount_minor: 100, currency: "EUR" });
    const { to, body } = p.sent[0];
    assert.strictEqual(to, "https://app.test/t/e");
    assert.deepStrictEqual([body.type, body.click_id, body.external_id, body.key], ["sale", ID, "o1", "pk_1"]);
  },
  "commands queued before the script came are run"() {
    const p = page("https://shop.test/", {}, { queue: [["lead", { external_id: "l1" }]] });
    assert.strictEqual(p.sent[0].body.type, "lead");
  },
  async "a partner code makes a click and what other systems left is passed on"() {
    const p = page("https://shop.test/?via=ann&irclickid=x9", {}, { cookies: [["_fprom_tid", "t1"]] });
    assert.deepStrictEqual(
      [p.sent[0].to, p.sent[0].body.slug, p.sent[0].body.referrer, p.sent[0].body.foreign],
      ["https://app.test/t/c", "ann", "https://blog.test/post", { irclickid: "x9", _fprom_tid: "t1" }]);
    await settled();
    await settled();
    assert.strictEqual(p.cookies.get("comity_click"), ID);
  },
  "an old vendor's cookie is adopted once"() {
    const fresh = page("https://shop.test/", {}, { cookies: [["affwp_ref", "ann"]] });
    assert.strictEqual(fresh.sent[0].body.slug, "ann");
    const known = page("https://shop.test/", {}, { cookies: [["affwp_ref", "ann"], ["comity_click", ID]] });
    assert.strictEqual(known.sent.length, 0);
  },
  "a single-page application is followed"() {
    const p = page("https://shop.test/");
    p.history.pushState(null, "", "/pricing?cid=" + ID);
    assert.strictEqual(p.cookies.get("comity_click"), ID);
  },
  "nothing is stored or sent before consent, everything after it"() {
    const p = page("https://shop.test/?cid=" + ID, { consent: "wait" });
    p.comity("lead", { external_id: "l1" });
    assert.deepStrictEqual([p.sent.length, p.cookies.size, p.kept.size], [0, 0, 0]);
    p.comity("consent", true);
    assert.strictEqual(p.cookies.get("comity_click"), ID);
    assert.deepStrictEqual([p.sent[0].body.click_id, p.sent[0].body.consent], [ID, true]);
    const no = page("https://shop.test/?cid=" + ID, { consent: "wait" });
    no.comity("lead", { external_id: "l1" });
    no.comity("consent", false);
    assert.deepStrictEqual([no.sent.length, no.cookies.size], [0, 0]);
  },
  "after a refusal nothing is sent any more"() {
    const p = page("https://shop.test/?cid=" + ID, { consent: "wait" });
    p.comity("consent", false);
    p.comity("lead", { external_id: "l1" });
    let id;
    p.comity("id", (value) => (id = value));
    assert.deepStrictEqual([p.sent.length, p.cookies.size, id], [0, 0, ""]);
  },
  async "a busy collector is asked again under the same name, a refusal is not"() {
    const p = page("https://shop.test/", {}, { answers: [503, 429, 202] });
    p.comity("lead", {});
    for (const wait of [2000, 4000]) {
      await settled();
      await settled();
      const [again, pause] = p.timers.shift();
      assert.strictEqual(pause, wait);
      again();
    }
    await settled();
    assert.strictEqual(p.timers.length, 0);
    const names = new Set(p.sent.map((s) => s.body.external_id));
    assert.deepStrictEqual([p.sent.length, names.size], [3, 1]);
    const bad = page("https://shop.test/", {}, { answers: [422] });
    bad.comity("lead", { external_id: "l1" });
    await settled();
    await settled();
    assert.strictEqual(bad.timers.length, 0);
  },
  "links to friendly domains carry the id, others do not"() {
    const p = page("https://shop.test/?cid=" + ID, { domains: "pay.test" });
    const follow = (href) => {
      const a = new URL(href);
      const link = { href, host: a.host, hostname: a.hostname };
      p.fire("click", { target: { closest: () => link } });
      return link.href;
    };
    assert.strictEqual(follow("https://checkout.pay.test/x?y=1"), "https://checkout.pay.test/x?y=1&cid=" + ID);
    assert.strictEqual(follow("https://evilpay.test/"), "https://evilpay.test/");
  },
  "marked forms get a hidden field"() {
    const p = page("https://shop.test/?cid=" + ID);
    const form = (marked) => {
      const fields = [];
      const f = { hasAttribute: () => marked, querySelector: () => null, appendChild: (x) => fields.push(x) };
      p.fire("submit", { target: f });
      return fields;
    };
    assert.deepStrictEqual(form(true), [{ type: "hidden", name: "cid", value: ID }]);
    assert.deepStrictEqual(form(false), []);
  },
  "a page drawn in advance does nothing until it is shown"() {
    const p = page("https://shop.test/?cid=" + ID, {}, { prerendering: true });
    assert.strictEqual(p.cookies.size, 0);
    p.fire("prerenderingchange");
    assert.strictEqual(p.cookies.get("comity_click"), ID);
  },
  "a forged id is not kept"() {
    assert.strictEqual(page("https://shop.test/?cid=clk_<script>").cookies.size, 0);
  },
};

(async () => {
  for (const [name, check] of Object.entries(checks)) {
    try { await check(); } catch (error) { console.error(name, error); process.exitCode = 1; }
  }
})();
