// node listen.mjs URL SUBSCRIPTION PLACE PORT: each event a line. COSIGNE_TOKEN signs it in.
import { createServer } from "node:http";
import { Feed, Inbox, Missing, Unverified, verified } from "./partner.mjs";

const LARGEST = 64 * 1024;
const REPAIR_EVERY = 30_000;
const [url, subscription, place, port] = process.argv.slice(2);
// to try a repair: every so many webhooks are dropped, as if they had never come
const lose = Number(process.env.LOSE ?? Infinity);
const feed = new Feed(url, subscription, () => process.env.COSIGNE_TOKEN);
const say = (line) => process.stdout.write(`${line}\n`);
const inbox = new Inbox(
  feed,
  place,
  (event) => say(`${Number(event.sequence)} ${event.id} ${event.type}`),
  (first, last) => say(`gap ${first}-${last}`),
);
const secrets = await feed.secrets(); // after a rotation: start again within its overlap
let count = 0;

async function answer(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    parts.push(part);
    if ((size += part.length) > LARGEST) return 413;
  }
  try {
    const event = verified(secrets, request.headers, Buffer.concat(parts));
    if (++count % lose === 0) {
      say(`lost ${Number(event.sequence)} on purpose`);
      return 204;
    }
    await inbox.receive(event);
    return 204;
  } catch (error) {
    if (!(error instanceof Missing)) process.stderr.write(`${error}\n`);
    return error instanceof Unverified || error instanceof SyntaxError ? 400 : 503;
  }
}

const repair = () => inbox.repair().catch((error) => process.stderr.write(`${error}\n`));
setInterval(repair, REPAIR_EVERY);
process.on("SIGHUP", repair);
createServer(async (request, response) => {
  response.writeHead(await answer(request)).end();
}).listen(Number(port), "127.0.0.1", function () {
  say(`listening on http://127.0.0.1:${this.address().port}/`);
});
