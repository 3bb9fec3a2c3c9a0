// Each event of a Cosigne subscription once, in order, none missing.
import { createHmac, createPublicKey, timingSafeEqual, verify } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { open, rename } from "node:fs/promises";

const TOLERANCE = 300; // seconds
const ED25519 = Buffer.from("302a300506032b6570032100", "hex"); // what DER puts before the key

export class Unverified extends Error {}
export class Missing extends Error {}
export class Refused extends Error {
  constructor(status, told) {
    super(`${status} ${told.code ?? ""}: ${told.detail ?? ""}`);
    Object.assign(this, { status, code: told.code });
  }
}

/** What the environment says; `<name>_FILE` names a file that holds it. */
export function told(environment, name) {
  const [value, file] = [environment[name], environment[`${name}_FILE`]];
  if (value && file) throw new Error(`${name} and ${name}_FILE are both given: keep one`);
  return file ? readFileSync(file, "utf8").trim() : value;
}

/** The event of a webhook, once it is sure who signed it. `secrets`: as `feed.secrets()` gives them. */
export function verified(secrets, headers, body, now = Date.now() / 1000) {
  const [id, stamp, signatures] = ["id", "timestamp", "signature"].map(
    (name) => headers[`webhook-${name}`] ?? "",
  );
  if (!(Math.abs(now - Number(stamp || NaN)) <= TOLERANCE)) throw new Unverified("too old");
  const content = Buffer.concat([Buffer.from(`${id}.${stamp}.`), body]);
  const fits = signatures.split(" ").some((one) => {
    const [version, text] = one.split(",");
    const signature = Buffer.from(text ?? "", "base64");
    return secrets.some((secret) => signedBy(secret, version, signature, content));
  });
  if (!fits) throw new Unverified("no signature fits");
  const event = JSON.parse(body);
  if (event.id !== id) throw new Unverified("the header names another event");
  return event;
}

function signedBy(secret, version, signature, content) {
  const key = (shown) => Buffer.from(shown.slice(shown.indexOf("_") + 1), "base64");
  if (version === "v1" && secret.v1) {
    const made = createHmac("sha256", key(secret.v1)).update(content).digest();
    return made.length === signature.length && timingSafeEqual(made, signature);
  }
  if (version === "v1a" && secret.v1a) {
    const der = Buffer.concat([ED25519, key(secret.v1a)]);
    const publicKey = createPublicKey({ key: der, format: "der", type: "spki" });
    return verify(null, content, publicKey, signature);
  }
  return false;
}

export class Feed {
  constructor(url, subscription, token) {
    Object.assign(this, { token });
    this.feed = `${url}/v1/feed/${encodeURIComponent(subscription)}`;
    this.terms = `${url}/v1/subscriptions/${encodeURIComponent(subscription)}`;
  }

  /** What comes after an event, or from the beginning; empty: nothing more for now. */
  after(event) {
    return this.ask(`${this.feed}/events?limit=100${event ? `&lastEventId=${event}` : ""}`);
  }

  /** Say where webhooks go; nowhere: the feed is read only. */
  webhooksTo(url = undefined) {
    return this.ask(`${this.terms}/endpoint`, "PUT", { url });
  }

  async secrets() {
    return (await this.ask(`${this.terms}/secrets`)).secrets;
  }

  async ask(url, method = "GET", sent = undefined) {
    const headers = {
      Authorization: `Bearer ${this.token()}`,
      "Accept-Language": "en",
      "Content-Type": "application/json",
    };
    const body = sent && JSON.stringify(sent);
    const answer = await fetch(url, { method, headers, body, redirect: "error" });
    const told = await answer.json();
    if (!answer.ok) throw new Refused(answer.status, told);
    return told;
  }
}

/** `handle` is given 1, 2, 3 …; what it throws goes through, and the event comes again. */
export class Inbox {
  constructor(feed, path, handle, onGap = () => {}) {
    Object.assign(this, { feed, path, handle, onGap });
    this.place = existsSync(path) ? JSON.parse(readFileSync(path)) : { sequence: 0, event: null };
    this.turn = Promise.resolve();
  }

  /** A verified webhook. Throws Missing where what comes before it cannot be had yet. */
  receive(event) {
    return this.alone(async () => {
      const sequence = Number(event.sequence);
      if (sequence > this.place.sequence + 1) {
        this.onGap(this.place.sequence + 1, sequence - 1);
        await this.fetchMissing(sequence);
      }
      if (!(await this.take(event))) throw new Missing(`before ${sequence}`);
    });
  }

  /** Whatever no webhook brought. */
  repair() {
    return this.alone(() => this.fetchMissing(Infinity));
  }

  async fetchMissing(upto) {
    for (;;) {
      const told = await this.feed.after(this.place.event);
      for (const event of told) {
        if (!(await this.take(event))) throw new Error(`the feed has a hole at ${event.sequence}`);
      }
      if (told.length === 0 || this.place.sequence >= upto) return;
    }
  }

  /** Whether it is taken in, now or before; false: it is too early for it. */
  async take(event) {
    const sequence = Number(event.sequence);
    if (sequence <= this.place.sequence) return true;
    if (sequence > this.place.sequence + 1) return false;
    await this.handle(event);
    const place = { sequence, event: event.id };
    await kept(this.path, JSON.stringify(place));
    this.place = place;
    return true;
  }

  /** One after the other, whatever became of the one before. */
  alone(work) {
    const done = this.turn.then(work);
    this.turn = done.catch(() => {});
    return done;
  }
}

/** Written beside, and put in place whole. */
async function kept(path, text) {
  const file = await open(`${path}.new`, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
