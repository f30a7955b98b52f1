// A mail server that keeps what it is given, for the product to send to.
import { createServer } from "node:net";

/** Longest a mail may take from the queue to here on a loaded machine. */
const ARRIVAL_MS = 20_000;
const FROM = "Acme <partners@shop.example>";

/** Resolves with `{ flags, next(to), stop() }`: what `comity serve` is started with; `next` takes the oldest unread mail to an address. */
export async function openMailbox() {
  const unread = [];
  const waiting = [];
  const arrived = (mail) => {
    unread.push(mail);
    for (const look of [...waiting]) look();
  };
  const server = createServer((socket) => converse(socket, arrived));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const next = (to) =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no mail to ${to}`)), ARRIVAL_MS);
      const look = () => {
        const at = unread.findIndex((mail) => mail.to === to);
        if (at < 0) return;
        clearTimeout(timer);
        waiting.splice(waiting.indexOf(look), 1);
        resolve(unread.splice(at, 1)[0]);
      };
      waiting.push(look);
      look();
    });
  const port = String(server.address().port);
  const flags = ["--smtp-host", "127.0.0.1", "--smtp-port", port, "--smtp-security", "none", "--smtp-from", FROM];
  return { flags, next, stop: () => server.close() };
}

/** One SMTP conversation (RFC 5321), as far as a polite client needs it. */
function converse(socket, arrived) {
  let buffer = "";
  let to = "";
  let data = false;
  const say = (line) => socket.write(`${line}\r\n`);
  socket.on("error", () => socket.destroy());
  socket.setEncoding("utf8");
  say("220 mailbox");
  socket.on("data", (chunk) => {
    buffer += chunk;
    for (;;) {
      const mark = data ? "\r\n.\r\n" : "\r\n";
      const end = buffer.indexOf(mark);
      if (end < 0) return;
      const line = buffer.slice(0, end);
      buffer = buffer.slice(end + mark.length);
      if (data) {
        data = false;
        arrived(read(to, line));
        say("250 kept");
      } else if (/^rcpt to:/i.test(line)) {
        to = line.match(/<(.*)>/)[1].toLowerCase();
        say("250 ok");
      } else if (/^data/i.test(line)) {
        data = true;
        say("354 go on");
      } else if (/^quit/i.test(line)) {
        say("221 bye");
        socket.end();
      } else say("250 ok");
    }
  });
}

/** Recipient, headers, the two bodies, and the web addresses in the plain one. */
function read(to, source) {
  const [head] = source.split("\r\n\r\n", 1);
  const text = part(source, "text/plain");
  return { to, head, text, html: part(source, "text/html"), links: text.match(/https?:\/\/\S+/g) ?? [] };
}

function part(source, kind) {
  // A signature begins with two dashes too, so only the named boundary cuts.
  const boundary = source.match(/boundary="([^"]+)"/i)?.[1];
  const sections = source.split(`\r\n--${boundary}`);
  const section = sections.find((one) => one.slice(0, 400).toLowerCase().includes(`content-type: ${kind}`));
  if (!section) return "";
  const cut = section.indexOf("\r\n\r\n");
  return decode(section.slice(0, cut), section.slice(cut + 4));
}

function decode(head, body) {
  if (/encoding:\s*base64/i.test(head)) return Buffer.from(body, "base64").toString("utf8");
  if (!/encoding:\s*quoted-printable/i.test(head)) return body;
  const bytes = body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
