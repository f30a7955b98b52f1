// Bad input: each case gets a clear answer with a stable code and changes nothing.
import assert from "node:assert/strict";
import { test } from "node:test";
import { assertProblem, call, follow, fresh } from "../lib/api.mjs";
import { demo } from "../lib/browser.mjs";

const sale = (changes = {}) => ({
  type: "sale",
  external_id: fresh("bad"),
  amount_minor: 5_000,
  currency: "EUR",
  ...changes,
});

/** Sends an event that must be refused, and checks that nothing was kept of it. */
async function refused(event, status, options = {}) {
  const answer = await call("POST", "/api/v1/events", { body: event, ...options });
  assertProblem(answer, status);
  if (event.external_id && event.external_id.length < 200) {
    const trace = await call("GET", `/api/v1/trace/${encodeURIComponent(event.external_id)}`);
    assert.equal(trace.status, 404, "a refused event leaves no trace");
  }
  return answer.body;
}

test("an unknown link answers a page that says so", async () => {
  const link = new URL(demo.sample_link_url);
  link.pathname = link.pathname.replace(/[^/]+$/, "there-is-no-such-link");
  const answer = await fetch(link, { redirect: "manual", headers: { accept: "text/html" } });
  assert.equal(answer.status, 404);
  assert.match(answer.headers.get("content-type"), /text\/html/);
  assert.match(await answer.text(), /<h1/);
});

test("amounts that are no amounts are refused", async () => {
  await refused(sale({ amount_minor: -1 }), 422);
  await refused(sale({ amount_minor: 12.5 }), 422);
  await refused(JSON.parse(JSON.stringify(sale({ amount_minor: Number.MAX_SAFE_INTEGER }))), 422);
  const overflowing = JSON.stringify(sale()).replace("5000", "99999999999999999999999");
  assertProblem(await call("POST", "/api/v1/events", { body: overflowing }), 422);
});

test("unknown currencies and kinds are refused", async () => {
  await refused(sale({ currency: "ZZZ" }), 422);
  await refused(sale({ currency: "euro" }), 422);
  await refused(sale({ type: "sail" }), 422);
});

test("a field of 100 kB is refused", async () => {
  await refused(sale({ external_id: "x".repeat(100_000) }), 422);
});

test("bytes that are not UTF-8 are refused", async () => {
  const body = new Uint8Array([...Buffer.from('{"type":"sale","external_id":"'), 0xff, 0xfe, ...Buffer.from('"}')]);
  const answer = await call("POST", "/api/v1/events", { body });
  assertProblem(answer, answer.status === 400 ? 400 : 422);
});

test("a body that is not JSON is refused", async () => {
  assertProblem(await call("POST", "/api/v1/events", { body: "{" }), 400);
});

test("a request without a key, or with a wrong one, is refused", async () => {
  assertProblem(await call("GET", "/api/v1/partners", { key: "" }), 401);
  assertProblem(await call("GET", "/api/v1/partners", { key: `${demo.api_key}x` }), 401);
});

test("another tenant's id is not found", async () => {
  const foreign = "prt_01jzzzzzzzzzzzzzzzzzzzzzzz";
  assertProblem(await call("GET", `/api/v1/partners/${foreign}`), 404);
  assertProblem(await call("GET", "/api/v1/partners/not-an-id"), 404);
});

test("one idempotency key is one event, whoever wins", async () => {
  const { clickId } = await follow(demo.sample_link_url);
  const body = sale({ click_id: clickId });
  const headers = { "idempotency-key": fresh("key") };
  const answers = await Promise.all([1, 2, 3].map(() => call("POST", "/api/v1/events", { body, headers })));
  for (const answer of answers) assert.ok([200, 201, 409].includes(answer.status), JSON.stringify(answer.body));
  const again = await call("POST", "/api/v1/events", { body, headers });
  assert.ok([200, 201].includes(again.status));
  const other = await call("POST", "/api/v1/events", { body: sale(), headers });
  assertProblem(other, other.status === 409 ? 409 : 422);
});

test("a webhook with a wrong signature is refused", async () => {
  assert.deepEqual(Object.keys(demo.webhook_urls).sort(), ["shopify", "stripe", "woocommerce"]);
  for (const address of Object.values(demo.webhook_urls)) {
    const answer = await fetch(address, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "stripe-signature": `t=${Math.floor(Date.now() / 1000)},v1=${"0".repeat(64)}`,
        "x-shopify-hmac-sha256": "AAAA",
        "x-wc-webhook-signature": "AAAA",
      },
      body: '{"id":"evt_forged","type":"charge.refunded"}',
    });
    assert.equal(answer.status, 401, address);
  }
});

test("a malformed postback is refused", async () => {
  const answer = await call("GET", "/api/v1/postback?amount=abc&currency=EUR", { key: "" });
  assert.ok(answer.status >= 400 && answer.status < 500, String(answer.status));
});
