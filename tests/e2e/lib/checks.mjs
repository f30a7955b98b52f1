// What every page must pass: no complaints, no axe violation, nothing wider than its container.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Violations as short lines: rule, first targets, what to do. */
export async function axe(page) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.addScriptTag({ content: AXE });
  const violations = await page.evaluate(async (tags) => {
    const options = { runOnly: tags, resultTypes: ["violations"] };
    return (await globalThis.axe.run(document, options)).violations;
  }, TAGS);
  return violations.map(({ id, help, nodes }) => {
    const targets = nodes.slice(0, 3).map((node) => node.target.join(" "));
    const detail = nodes[0].any[0]?.message ?? "";
    return `${id} (${nodes.length}×): ${help}: ${targets.join(" | ")} ${detail}`;
  });
}

/**
 * Elements that stick out: of the window, or of the nearest ancestor that neither scrolls nor clips.
 * The document's own width is not enough: mobile emulation widens the layout viewport.
 */
export function overflow(page) {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const found = [];
    if (document.documentElement.scrollWidth > width + 1) {
      found.push(`the page is ${document.documentElement.scrollWidth} px wide, the window ${width}`);
    }
    const name = (element) =>
      element.tagName.toLowerCase() +
      (element.id ? `#${element.id}` : "") +
      [...element.classList].map((word) => `.${word}`).join("");
    const clips = (element) => getComputedStyle(element).overflowX !== "visible";
    const hidden = (element) => {
      if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return true;
      // Off-canvas drawers, and text for screen readers only.
      const box = element.getBoundingClientRect();
      return box.width <= 1 || box.right <= 0 || element.closest("dialog:not([open]), [inert]");
    };
    for (const element of document.body.querySelectorAll("*")) {
      if (element.closest("svg") && element.tagName !== "svg") continue;
      if (hidden(element)) continue;
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      if (style.position === "fixed" && box.left >= width) continue;
      let holder = element.parentElement;
      while (holder && !clips(holder) && holder !== document.body) holder = holder.parentElement;
      const inside = holder && holder !== document.body && clips(holder);
      if (!inside && (box.right > width + 1 || box.left < -1)) {
        found.push(`${name(element)} spans ${Math.round(box.left)}…${Math.round(box.right)} of ${width}`);
      }
      // A box that clips its own text without an ellipsis or a scroll bar hides information.
      const cut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
      const silent = style.overflowX === "hidden" || style.overflowX === "clip";
      if (cut && silent && style.textOverflow !== "ellipsis" && element.children.length === 0 && element.textContent.trim()) {
        found.push(`${name(element)} cuts its text`);
      }
    }
    return [...new Set(found)].slice(0, 8);
  });
}

/** Findings of one page, each with where it was seen; empty when all is well. */
export async function inspect(page, where, { withAxe = true } = {}) {
  const found = [];
  if (withAxe) found.push(...(await axe(page)));
  found.push(...(await overflow(page)));
  found.push(...page.complaints.splice(0));
  return found.map((line) => `${where}: ${line}`);
}

export function assertNone(findings) {
  assert.equal(findings.length, 0, `${findings.length} finding(s)\n${findings.join("\n")}`);
}
