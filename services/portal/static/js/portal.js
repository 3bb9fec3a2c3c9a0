// What every page does better with a script; without one it all works, with a tap more.
document.documentElement.classList.add("js");

// The quick way out: nothing of this page is left behind in "back".
// Other tabs leave with it; a server that is slow is not waited for.
const away = document.querySelector("form[data-away]");
const others = new BroadcastChannel("cosigne-away");
const empty = () => { document.body.replaceChildren(); document.title = "…"; };
away?.addEventListener("submit", async (event) => {
  event.preventDefault();
  empty();
  others.postMessage("");
  const told = fetch(away.action, { method: "POST", redirect: "manual", keepalive: true }).catch(() => {});
  await Promise.race([told, new Promise((enough) => setTimeout(enough, 800))]);
  location.replace(away.dataset.away);
});
others.addEventListener("message", () => { empty(); location.replace(away?.dataset.away ?? "about:blank"); });
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.shiftKey) away?.requestSubmit();
});

// A page kept by the browser is not shown again to whoever comes next.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// A menu closes by Escape, and when one goes elsewhere.
for (const menu of document.querySelectorAll("details.menu")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
  });
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
}

// Listening: the browser's own voice, in the page's language. Nothing leaves the device.
const voice = window.speechSynthesis;
for (const button of document.querySelectorAll("button[data-listen]")) {
  if (!voice) { button.hidden = true; continue; }
  button.hidden = false;
  button.addEventListener("click", () => {
    if (voice.speaking) { voice.cancel(); return; }
    const told = document.getElementById(button.dataset.listen);
    const said = new SpeechSynthesisUtterance(told.innerText);
    said.lang = document.documentElement.lang;
    said.onstart = () => button.setAttribute("aria-pressed", "true");
    said.onend = () => button.setAttribute("aria-pressed", "false");
    voice.speak(said);
  });
}
addEventListener("pagehide", () => voice?.cancel());

// What is to be mended, or was said, is where one begins to read.
// An address that names a place on the page is scrolled to all the same.
const first = document.querySelector(".problem, .said");
first?.setAttribute("tabindex", "-1");
const begin = () => first?.focus({ preventScroll: location.hash !== "" });
begin();
// The browser goes to that place a moment later, and takes the focus away again.
addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => {
  if (document.activeElement === document.body) begin();
})));

// From what is to be mended one goes to the field itself, opened if it was folded away.
for (const link of document.querySelectorAll(".problem a[href^='#']")) {
  link.addEventListener("click", (event) => {
    const described = document.querySelector(`[aria-describedby~="${link.hash.slice(1)}"]`);
    if (!described) return;
    event.preventDefault();
    for (let at = described.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    (described.matches("fieldset") ? described.querySelector("input, select, textarea") : described).focus();
  });
}

// Another language or look is a page anew: what was written and not sent is not lost unasked.
const written = () => [...document.querySelectorAll("main textarea, main input:not([type=range], [type=hidden])")].some((field) => field.value !== field.defaultValue);
for (const form of document.querySelectorAll("form[data-unsent]")) {
  form.addEventListener("submit", (event) => { if (written() && !confirm(form.dataset.unsent)) event.preventDefault(); });
}

// A form is sent once.
for (const form of document.querySelectorAll("form[method=post]:not([data-away])")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 4000);
  });
}
