// The words of the pages, read from the catalogues, so that a journey can be made in any language.
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

const CATALOGUES = fileURLToPath(new URL("../../../crates/comity-ui/i18n/", import.meta.url));

/** `word(key)`: an exact text, or a pattern where the message has variables or plurals. */
export function words(language) {
  const messages = read(language);
  return (key) => {
    const text = messages.get(key);
    if (text === undefined) throw new Error(`no message ${key} in ${language}`);
    return text.includes("{") ? pattern(text) : text;
  };
}

function read(language) {
  const folder = join(CATALOGUES, language);
  const messages = new Map();
  for (const file of readdirSync(folder)) {
    let key;
    for (const line of readFileSync(join(folder, file), "utf8").split("\n")) {
      const start = line.match(/^([a-z][a-z0-9-]*) = ?(.*)$/);
      if (start) messages.set((key = start[1]), start[2]);
      else if (key && /^\s+\S/.test(line)) messages.set(key, `${messages.get(key)} ${line.trim()}`);
      else if (!line.trim()) key = undefined;
    }
  }
  return messages;
}

/** Variables, also nested ones, match anything. */
function pattern(text) {
  let depth = 0;
  let source = "";
  for (const sign of text) {
    if (sign === "{" && depth++ === 0) source += ".*";
    else if (sign === "}") depth -= 1;
    else if (depth === 0) source += sign.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  }
  return new RegExp(source.trim(), "s");
}
