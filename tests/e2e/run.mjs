// Starts the demo, runs the journeys against it one after the other, stops it.
// `node run.mjs [part of a file name…]`; `cargo xtask e2e` builds first and calls this.
import { readdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { startDemo } from "./lib/demo.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const wanted = process.argv.slice(2);
const files = readdirSync(join(here, "journeys"))
  .filter((file) => file.endsWith(".test.mjs"))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort()
  .map((file) => join(here, "journeys", file));
if (files.length === 0) throw new Error(`no journey is called ${wanted.join(" or ")}`);

await rm(join(here, "artifacts"), { recursive: true, force: true });
const began = Date.now();
const demo = await startDemo();
console.log(`demo ready after ${((Date.now() - began) / 1000).toFixed(1)} s at ${demo.base_url}`);
let code = 1;
try {
  const { stop, log, ...facts } = demo;
  const child = spawn(
    process.execPath,
    ["--test", "--test-concurrency=1", "--test-reporter=spec", ...files],
    { cwd: here, stdio: "inherit", env: { ...process.env, COMITY_DEMO: JSON.stringify(facts) } },
  );
  code = await new Promise((resolve) => child.once("exit", (status) => resolve(status ?? 1)));
  if (code !== 0) console.log(`last lines of the demo:\n${log.slice(-20).join("\n")}`);
} finally {
  await demo.stop();
}
process.exitCode = code;
