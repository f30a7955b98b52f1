// The JSON API as an integrating developer calls it.
import assert from "node:assert/strict";
import { demo } from "./browser.mjs";

/** One request; answers `{ status, headers, body }` with the body parsed where it is JSON. */
export async function call(method, path, { body, key = demo.api_key, headers = {} } = {}) {
  const response = await fetch(new URL(path, demo.base_url), {
    method,
    redirect: "manual",
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : {}),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    body: body === undefined ? undefined : raw(body),
  });
  const text = await response.text();
  const isJson = (response.headers.get("content-type") ?? "").includes("json");
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text ? JSON.parse(text) : text,
  };
}

function raw(body) {
  return typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
}

/** A refusal of the API: RFC 9457 with a stable code. */
export function assertProblem(answer, status) {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.match(answer.headers.get("content-type"), /^application\/problem\+json/);
  assert.equal(answer.body.status, status);
  assert.match(answer.body.code, /^[a-z_]+(\.[a-z_]+)?$/, "a code scripts can rely on");
  assert.ok(answer.body.title, "words for people");
}

/** Follows a partner link as a visitor would, without leaving for the shop. */
export async function follow(link) {
  const response = await fetch(link, {
    redirect: "manual",
    headers: {
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0 Safari/537.36",
      accept: "text/html",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    },
  });
  const location = response.headers.get("location");
  return {
    status: response.status,
    cookie: response.headers.get("set-cookie"),
    location,
    clickId: location ? new URL(location).searchParams.get("cid") : undefined,
  };
}

let serial = 0;
/** An external id this run has not used yet. */
export function fresh(kind) {
  serial += 1;
  return `e2e-${kind}-${Date.now()}-${serial}`;
}
