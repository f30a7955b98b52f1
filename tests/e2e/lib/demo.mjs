// Starts the built binary on a free port with a data directory of its own, and stops it.
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** The binary under test; `cargo xtask e2e` names it. */
export const binary = process.env.COMITY_BIN;
if (!binary) throw new Error("COMITY_BIN is not set; run `cargo xtask e2e`");

/** Seeding a year of history must be quick, but not on a loaded machine with a debug build. */
const READY_MS = 180_000;
const STOP_MS = 15_000;

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** `comity demo`: resolves with its JSON line, and `stop()`. */
export async function startDemo() {
  const port = await freePort();
  return start(
    (data) => ["demo", "--port", String(port), "--data", data, "--fresh", "--json"],
    (line) => (line.startsWith("{") ? JSON.parse(line) : undefined),
  );
}

/** `comity serve` on an empty directory: resolves with the one-time set-up address. */
export async function startEmpty(flags = []) {
  const port = await freePort();
  const redirect = await freePort();
  return start(
    (data) => ["serve", "--listen", `127.0.0.1:${port}`, "--redirect-listen", `127.0.0.1:${redirect}`, "--data-dir", data, ...flags],
    (line) => {
      const found = line.match(/https?:\/\/\S*setup\S*/);
      return found ? { setup_url: found[0], base_url: new URL(found[0]).origin } : undefined;
    },
  );
}

async function start(args, read) {
  const data = await mkdtemp(join(tmpdir(), "comity-e2e-"));
  const child = spawn(binary, args(data), { stdio: ["ignore", "pipe", "pipe"] });
  const said = [];
  const keep = (line) => said.push(line) > 400 && said.shift();
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const ready = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready\n${said.join("\n")}`)), READY_MS);
    const listen = (stream) =>
      createInterface({ input: stream }).on("line", (line) => {
        keep(line);
        const value = read(line.trim());
        if (value) {
          clearTimeout(timer);
          resolve(value);
        }
      });
    listen(child.stdout);
    listen(child.stderr);
    ended.then((code) => reject(new Error(`ended with ${code}\n${said.join("\n")}`)));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await ended;
    clearTimeout(timer);
    await rm(data, { recursive: true, force: true });
  };
  try {
    return { ...(await ready), data, log: said, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
