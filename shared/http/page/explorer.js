// Lists the operations of ../openapi.json and lets one try them. No library, nothing from elsewhere.
"use strict";

const METHODS = ["get", "post", "put", "patch", "delete"];
const byId = (id) => document.getElementById(id);
// the service is mounted where this page is: …/v1/explorer/
const base = location.pathname.replace(/\/v1\/explorer\/.*$/, "");

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function resolved(description, part) {
  if (!part || !part.$ref) return part;
  return part.$ref.slice(2).split("/").reduce((at, key) => at[key], description);
}

function exampleOf(content) {
  if (!content) return undefined;
  if (content.example !== undefined) return content.example;
  const [first] = Object.values(content.examples || {});
  return first && first.value;
}

function pretty(value) {
  return value === undefined ? "" : JSON.stringify(value, null, 2);
}

function operationOf(description, path, method, operation, shared) {
  const parameters = [...(shared || []), ...(operation.parameters || [])]
    .map((p) => resolved(description, p))
    .filter((p) => p.name !== "Accept-Language");
  const body = operation.requestBody && operation.requestBody.content["application/json"];
  const box = element("details", {},
    element("summary", {},
      element("span", { class: "method" }, method.toUpperCase()), " ",
      element("code", {}, path), " ", operation.summary || ""));
  const shown = () => fill(box, description, path, method, operation, parameters, body);
  box.addEventListener("toggle", shown, { once: true });
  box.dataset.words = `${method} ${path} ${operation.summary || ""}`.toLowerCase();
  return box;
}

function fill(box, description, path, method, operation, parameters, body) {
  if (operation.description) box.append(element("p", {}, operation.description));
  const form = element("form", { autocomplete: "off" });
  const fields = parameters.map((parameter) => {
    const input = element("input", { name: parameter.name, spellcheck: "false" });
    if (parameter.in === "path") input.required = true;
    const hint = parameter.description || `${parameter.in}${parameter.required ? " *" : ""}`;
    form.append(element("label", {}, parameter.name, input, element("span", { class: "small" }, hint)));
    return [parameter, input];
  });
  const text = element("textarea", { spellcheck: "false", "aria-label": "JSON" });
  if (body) {
    text.value = pretty(exampleOf(body));
    form.append(element("label", { class: "wide" }, "JSON", text));
  }
  form.append(element("button", {}, "Essayer · Try"));
  const answer = element("pre", { hidden: "", tabindex: "0", "aria-live": "polite" });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    answer.hidden = false;
    answer.textContent = "…";
    answer.textContent = await tried(path, method, fields, body && text.value);
  });
  box.append(form, answer, ...answersOf(description, operation));
}

function answersOf(description, operation) {
  return Object.entries(operation.responses || {}).flatMap(([status, reference]) => {
    const response = resolved(description, reference);
    const [content] = Object.values(response.content || {});
    const example = status.startsWith("2") ? exampleOf(content) : undefined;
    const title = element("h3", {}, `${status} · ${response.description || ""}`);
    return example === undefined ? [title] : [title, element("pre", { tabindex: "0" }, pretty(example))];
  });
}

async function tried(path, method, fields, body) {
  const query = new URLSearchParams();
  const headers = { "Accept-Language": byId("language").value };
  if (byId("token").value) headers.Authorization = `Bearer ${byId("token").value.trim()}`;
  let target = path;
  for (const [parameter, input] of fields) {
    if (!input.value) continue;
    if (parameter.in === "path") target = target.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    if (parameter.in === "query") query.append(parameter.name, input.value);
    if (parameter.in === "header") headers[parameter.name] = input.value;
  }
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const address = `${base}${target}${query.size ? `?${query}` : ""}`;
  try {
    const response = await fetch(address, { method: method.toUpperCase(), headers, body });
    const told = ["ETag", "Link", "Location", "Retry-After"]
      .filter((name) => response.headers.has(name))
      .map((name) => `${name}: ${response.headers.get(name)}`);
    const raw = await response.text();
    return [`${response.status} ${response.statusText}`, ...told, "", readable(raw)].join("\n");
  } catch (error) {
    return String(error);
  }
}

function readable(raw) {
  try {
    return pretty(JSON.parse(raw));
  } catch {
    return raw;
  }
}

function searched() {
  const wanted = byId("search").value.toLowerCase();
  for (const box of document.querySelectorAll("details")) {
    box.hidden = !box.dataset.words.includes(wanted);
  }
}

async function start() {
  byId("session").addEventListener("submit", (event) => event.preventDefault());
  byId("search").addEventListener("input", searched);
  const description = await (await fetch("../openapi.json")).json();
  document.title = description.info.title;
  byId("title").textContent = description.info.title;
  byId("about").textContent = description.info.description || "";
  const rooms = new Map();
  for (const [path, item] of Object.entries(description.paths || {})) {
    for (const method of METHODS.filter((name) => item[name])) {
      const room = (item[method].tags || ["…"])[0];
      if (!rooms.has(room)) rooms.set(room, []);
      rooms.get(room).push(operationOf(description, path, method, item[method], item.parameters));
    }
  }
  for (const [room, boxes] of rooms) byId("operations").append(element("h2", {}, room), ...boxes);
}

start();
