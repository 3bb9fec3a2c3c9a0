// The map moves: by drag, by arrow keys, and from day to day. Each has another way in the page.
// What is moved is a draft, until "keep" sends the same form as the list's.

const { location: here } = window;
const map = document.getElementById("map");

/** The circles of a picture, from the middle outwards: half as wide, and how high for how wide. */
function circlesOf(svg) {
  const { width, height } = svg.viewBox.baseVal;
  const radii = svg.dataset.rings.split(" ").map((pair) => pair.split(",").map(Number));
  return { x: width / 2, y: height / 2, width, height, radii, high: radii[0][1] / radii[0][0] };
}

/** In which circle a point is; outside of all, the last. */
function circleAt(of, x, y) {
  const far = Math.hypot(x - of.x, (y - of.y) / of.high);
  const found = of.radii.findIndex(([radius]) => far <= radius);
  return found < 0 ? of.radii.length : found + 1;
}

/** The point in the middle of a circle, in the direction of another point. */
function into(of, circle, x, y) {
  const turn = Math.atan2((y - of.y) / of.high, x - of.x);
  const inner = circle > 1 ? of.radii[circle - 2][0] : 24;
  const far = (inner + of.radii[circle - 1][0]) / 2;
  return [of.x + far * Math.cos(turn), of.y + far * of.high * Math.sin(turn)];
}

class Mover {
  constructor(section) {
    this.section = section;
    this.svg = section.querySelector(".rings svg");
    this.of = circlesOf(this.svg);
    this.bar = section.querySelector("[data-moving]");
    this.form = section.querySelector("[data-move]");
    this.live = section.querySelector("[data-live]");
    this.names = section.dataset.circles.split("|");
    this.draft = null;
    this.layer = document.createElement("div");
    this.layer.className = "handles";
    this.svg.parentElement.append(this.layer);
    for (const one of this.svg.querySelectorAll("[data-tie]")) this.handle(one);
    this.bar.querySelector("[data-moving-back]").addEventListener("click", () => this.back());
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.draft) this.back(); });
  }

  /** A link over the shape of one: opens the tie; arrow keys and dragging move it. */
  handle(one) {
    const shape = one.querySelector("g");
    const { e: x, f: y } = shape.transform.baseVal.consolidate().matrix;
    const link = document.createElement("a");
    link.className = "handle";
    link.href = `${this.section.dataset.url}/${one.dataset.tie}`;
    link.draggable = false;
    const name = one.dataset.name;
    const item = { one, shape, link, name, x, y, circle: Number(one.dataset.circle), to: 0, at: [x, y] };
    link.setAttribute("aria-label", `${name}, ${this.names[item.circle]}`);
    if (this.section.dataset.may) {
      link.setAttribute("aria-description", this.section.dataset.hint);
      link.addEventListener("keydown", (event) => this.key(event, item));
      link.addEventListener("pointerdown", (event) => this.hold(event, item));
      link.addEventListener("click", (event) => { if (item.dragged) { event.preventDefault(); item.dragged = false; } });
    }
    this.put(item, x, y);
    this.layer.append(link);
  }

  put(item, x, y) {
    item.at = [x, y];
    item.link.style.left = `${(100 * x) / this.of.width}%`;
    item.link.style.top = `${(100 * y) / this.of.height}%`;
    item.one.setAttribute("transform", x === item.x && y === item.y ? "" : `translate(${x - item.x} ${y - item.y})`);
  }

  key(event, item) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const now = this.draft === item ? item.to : item.circle || this.of.radii.length + 1;
    if (step) {
      event.preventDefault();
      this.move(item, Math.min(this.of.radii.length, Math.max(1, now + step)));
    } else if (event.key === "Enter" && this.draft === item) {
      event.preventDefault();
      this.form.requestSubmit();
    } else if (event.key === " ") {
      event.preventDefault();
      item.link.click();
    }
  }

  hold(event, item) {
    if (event.button) return;
    const box = this.svg.getBoundingClientRect();
    const scale = this.of.width / box.width;
    const from = [event.clientX, event.clientY];
    const begun = item.at;
    const drag = (now) => {
      const off = [now.clientX - from[0], now.clientY - from[1]];
      if (!item.dragged && Math.hypot(...off) < 6) return;
      if (!item.dragged && this.draft && this.draft !== item) this.back();
      item.dragged = true;
      item.link.classList.add("held");
      this.put(item, begun[0] + off[0] * scale, begun[1] + off[1] * scale);
    };
    const drop = (now) => {
      item.link.removeEventListener("pointermove", drag);
      item.link.classList.remove("held");
      if (now.type === "pointercancel") { this.put(item, ...begun); item.dragged = false; return; }
      if (item.dragged) this.move(item, circleAt(this.of, ...item.at), item.at);
    };
    item.link.setPointerCapture(event.pointerId);
    item.link.addEventListener("pointermove", drag);
    item.link.addEventListener("pointerup", drop, { once: true });
    item.link.addEventListener("pointercancel", drop, { once: true });
  }

  /** A draft: shown and said, not kept. Back in its own circle, there is nothing to keep. */
  move(item, circle, at) {
    if (this.draft && this.draft !== item) this.back();
    if (circle === item.circle) { this.draft = item; item.to = circle; this.back(); return; }
    this.draft = item;
    item.to = circle;
    this.put(item, ...(at ?? into(this.of, circle, item.x, item.y)));
    item.link.classList.add("moved");
    const said = this.section.dataset.moved.replace("*", item.name).replace("#", this.names[circle]);
    this.form.action = `${this.section.dataset.url}/${item.one.dataset.tie}/places`;
    this.form.elements.circle.value = circle;
    this.form.querySelector("[data-moving-words]").textContent = said;
    this.bar.hidden = false;
    this.live.textContent = said;
  }

  back() {
    const item = this.draft;
    if (!item) return;
    this.draft = null;
    item.to = 0;
    item.link.classList.remove("moved");
    this.put(item, item.x, item.y);
    this.bar.hidden = true;
    this.live.textContent = `${item.name}, ${this.names[item.circle]}`;
    item.link.focus({ preventScroll: true });
  }
}

/** A slider over the days: the map of a day comes in place of the one before. */
class Days {
  constructor(form) {
    this.form = form;
    this.field = form.elements.on;
    this.first = Date.parse(this.field.min);
    this.days = Math.round((Date.parse(this.field.max) - this.first) / 864e5);
    this.range = document.createElement("input");
    Object.assign(this.range, { type: "range", min: 0, max: this.days, step: 1, value: this.at(this.field.value) });
    this.range.setAttribute("aria-label", form.dataset.slide);
    this.said();
    form.querySelector(".field").append(this.range);
    this.range.addEventListener("input", () => { this.field.value = this.day(); this.said(); });
    this.range.addEventListener("change", () => this.show());
    this.field.addEventListener("change", () => { this.range.value = this.at(this.field.value); this.said(); });
  }

  at(day) { return Math.round((Date.parse(day) - this.first) / 864e5); }
  day() { return new Date(this.first + this.range.value * 864e5).toISOString().slice(0, 10); }
  said() {
    const told = new Date(`${this.field.value}T12:00`);
    this.range.setAttribute("aria-valuetext", told.toLocaleDateString(document.documentElement.lang, { dateStyle: "long" }));
  }

  async show() {
    const today = this.form.getAttribute("action");
    const url = `${today}?${new URLSearchParams(new FormData(this.form))}`;
    if (this.field.value >= this.field.max) { here.assign(today); return; }
    this.asked?.abort();
    this.asked = new AbortController();
    try {
      const answer = await fetch(url, { signal: this.asked.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const map = page.getElementById("map");
      const list = page.getElementById("all");
      if (!answer.ok || !map || !list) throw new Error(answer.status);
      history.replaceState(null, "", url);
      document.getElementById("map").replaceWith(map);
      document.getElementById("all").replaceWith(list);
      begin(map);
      const live = map.querySelector("[data-live]");
      if (live) live.textContent = map.querySelector(".said p")?.textContent || this.range.getAttribute("aria-valuetext");
    } catch (error) {
      if (error.name !== "AbortError") here.assign(url);
    }
  }
}

function begin(section) {
  if (section?.querySelector(".rings svg")) new Mover(section);
  const roomy = section?.querySelector(".rings.roomy");
  if (roomy) roomy.scrollLeft = (roomy.scrollWidth - roomy.clientWidth) / 2;
}

begin(map);
const days = document.querySelector("[data-days]");
if (days) new Days(days);
