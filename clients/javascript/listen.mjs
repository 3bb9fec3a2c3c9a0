// node listen.mjs URL SUBSCRIPTION PLACE PORT: each event a line. COSIGNE_TOKEN signs it in, or
// COSIGNE_TOKEN_FILE names a file that holds it, read each time: a token may be replaced there;
// ENDPOINT says where webhooks go meanwhile, LOSE=3 drops every third one, WEBHOOKS=6 stops after six.
import { createServer } from "node:http";
import { Feed, Inbox, Missing, told, Unverified, verified } from "./partner.mjs";

const LARGEST = 64 * 1024;
const REPAIR_EVERY = 30_000;
const [url, subscription, place, port] = process.argv.slice(2);
// to try a repair: every so many webhooks are dropped, as if they had never come
const lose = Number(process.env.LOSE ?? Infinity);
// stop once so many webhooks came
const enough = Number(process.env.WEBHOOKS ?? Infinity);
const feed = new Feed(url, subscription, () => told(process.env, "COSIGNE_TOKEN"));
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
    // counted from the first one on that is new: the feed told what waited before
    if (count || Number(event.sequence) > inbox.place.sequence) count++;
    if (count && count % lose === 0) {
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
const looking = setInterval(repair, REPAIR_EVERY);
process.on("SIGHUP", repair);
const server = createServer(async (request, response) => {
  response.writeHead(await answer(request)).end();
  if (count >= enough) await stop();
});
server.listen(Number(port), "127.0.0.1", async () => {
  say(`listening on http://127.0.0.1:${server.address().port}/`);
  await inbox.repair();
  if (process.env.ENDPOINT) await feed.webhooksTo(process.env.ENDPOINT);
});

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  clearInterval(looking);
  if (process.env.ENDPOINT) await feed.webhooksTo();
  // what is being answered is answered; connections that are only kept open are closed
  setTimeout(() => server.closeAllConnections(), 500);
  await new Promise((done) => server.close(done));
  await inbox.repair(); // a last one that was lost shows in nothing after it
  say(`nothing is missing up to ${inbox.place.sequence}`);
}
