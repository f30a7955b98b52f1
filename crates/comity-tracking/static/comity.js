/* Comity: which partner sent this visitor. Usage: docs/domain/tracking.md */
(function (w, d) {
  "use strict";
  var me = d.currentScript || d.querySelector("script[data-comity-key]") || {};
  var set = me.dataset || {};
  var base = set.endpoint || (me.src ? new URL(me.src).origin : location.origin);
  var param = set.param || "cid";
  var KEY = "comity_click", DAY = 864e5;
  // Partner codes of this and other systems; the first that is present counts.
  var codes = (set.codes || "via,ref,aff,fpr,affiliate,partner,a_aid,tap_a,rfsn").split(",");
  // Click ids and cookies of other systems: passed on with events, read once.
  var foreign = "irclickid,dub_id,ps_xid,_fprom_tid,awc,tduid,rewardful".split(",");
  var oldCookies = ["_fprom_ref", "affwp_ref", "ps_partner_key", "dub_partner", "gr_reftoken"];
  var friends = (set.domains || "").split(",").filter(Boolean);
  var consent = set.consent === "wait" ? null : true;
  var held = [], memory = null, seen = "";

  function cookie(name) {
    var m = d.cookie.match("(?:^|; )" + name + "=([^;]*)");
    return m ? decodeURIComponent(m[1]) : "";
  }
  function store(id) {
    memory = { id: id, at: Date.now() };
    if (!consent) return;
    var https = location.protocol === "https:" ? "; Secure" : "";
    var domain = set.cookieDomain ? "; Domain=" + set.cookieDomain : "";
    d.cookie = KEY + "=" + id + "; Path=/; Max-Age=" + (set.days || 90) * 86400 + "; SameSite=Lax" + domain + https;
    try { w.localStorage.setItem(KEY, JSON.stringify(memory)); } catch (e) { /* private mode */ }
  }
  function click() {
    if (memory) return memory.id;
    if (!consent) return "";
    var id = cookie(KEY);
    try {
      var kept = JSON.parse(w.localStorage.getItem(KEY) || "null");
      if (!id && kept && Date.now() - kept.at < (set.days || 90) * DAY) id = kept.id;
    } catch (e) { /* private mode */ }
    return /^clk_\w{26}$/.test(id) ? id : "";
  }
  function post(path, body) {
    body.key = set.comityKey;
    body.page = location.href;
    body.consent = consent;
    // Text, so that browsers ask no leave beforehand; kept alive when the page goes. With cookies:
    // on a host of the brand's own they outlive what scripts may store.
    return fetch(base + path, { method: "POST", body: JSON.stringify(body), keepalive: true, credentials: "include" })
      .then(function (r) {
        if (r.status === 429 || r.status > 499) throw r.status;
        return r.json().then(function (a) {
          if (!r.ok && w.console) console.warn("comity", a.code, a.errors);
          return a;
        });
      });
  }
  function others(query) {
    var found = {};
    foreign.forEach(function (name) {
      var value = query.get(name) || cookie(name);
      if (value) found[name] = value.slice(0, 255);
    });
    return found;
  }
  function land() {
    if (location.href === seen) return;
    seen = location.href;
    var query = new URLSearchParams(location.search), id = query.get(param);
    if (/^clk_\w{26}$/.test(id || "")) return store(id);
    var code = "";
    codes.some(function (name) { return (code = query.get(name) || ""); });
    if (!code && !click()) oldCookies.some(function (name) { return (code = cookie(name)); });
    if (!code || !consent) return;
    post("/t/c", { slug: code.slice(0, 128), referrer: d.referrer, foreign: others(query) })
      .then(function (a) { if (a.click_id) { store(a.click_id); flush(); } })
      .catch(function () { /* blocked: the server's own clicks do not need this */ });
  }
  function event(type, data, tries) {
    var body = {};
    if (consent === false) return;
    for (var k in data || {}) body[k] = data[k];
    body.type = type;
    // One name for all tries, so that it counts once.
    body.external_id = body.external_id || body.customer_id || "js-" + Date.now() + "-" + Math.random().toString(36).slice(2);
    if (consent === null) return held.push([type, body]);
    body.click_id = body.click_id || click() || undefined;
    body.foreign = others(new URLSearchParams(location.search));
    tries = tries || 1;
    return post("/t/e", body).catch(function () {
      if (tries < 5) setTimeout(function () { event(type, body, tries + 1); }, 1000 << tries);
    });
  }
  function flush() {
    held.splice(0).forEach(function (e) { event(e[0], e[1]); });
  }
  function friend(host) {
    return friends.some(function (f) { return host === f || host.slice(-f.length - 1) === "." + f; });
  }
  function decorate(e) {
    var a = e.target && e.target.closest && e.target.closest("a[href]"), id = click();
    if (!a || !id || a.host === location.host || !friend(a.hostname)) return;
    var url = new URL(a.href);
    url.searchParams.set(param, id);
    a.href = url.href;
  }
  function fill(form) {
    var id = click();
    if (!id || !(set.forms === "all" || form.hasAttribute("data-comity"))) return;
    var field = form.querySelector("input[name='" + param + "']");
    if (!field) {
      field = d.createElement("input");
      field.type = "hidden";
      field.name = param;
      form.appendChild(field);
    }
    field.value = id;
  }
  function run(args) {
    var name = args[0], data = args[1];
    if (name === "consent") {
      consent = data === true || data === "granted";
      if (consent) { if (memory) store(memory.id); seen = ""; land(); flush(); } else { held = []; memory = null; }
    } else if (name === "id") data(click());
    else if (name === "event") event(data, args[2]);
    else event(name, data);
  }
  function start() {
    ["pushState", "replaceState"].forEach(function (name) {
      var real = history[name];
      history[name] = function () { var r = real.apply(this, arguments); land(); return r; };
    });
    w.addEventListener("popstate", land);
    d.addEventListener("click", decorate, true);
    d.addEventListener("auxclick", decorate, true);
    d.addEventListener("submit", function (e) { fill(e.target); }, true);
    land();
    var queue = (w.comity && w.comity.q) || [];
    w.comity = function () { run(arguments); };
    [].forEach.call(queue, run);
  }
  if (d.prerendering) d.addEventListener("prerenderingchange", start, { once: true });
  else start();
})(window, document);
