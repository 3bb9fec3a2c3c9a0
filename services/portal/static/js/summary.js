// Pieces move up and down by a button; their numbers say the same without a script.
const list = document.querySelector("[data-arranged]");
const number = () => [...list.children].forEach((piece, place) => { piece.querySelector("input[type=number]").value = place + 1; });
list?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-up], [data-down]");
  if (!button) return;
  const piece = button.closest("li");
  const other = "up" in button.dataset ? piece.previousElementSibling : piece.nextElementSibling;
  if (!other) return;
  if ("up" in button.dataset) other.before(piece); else other.after(piece);
  number();
  button.focus();
});
list?.addEventListener("change", (event) => {
  if (event.target.type !== "number") return;
  const piece = event.target.closest("li"), others = [...list.children].filter((one) => one !== piece);
  const place = Math.min(Math.max(Number(event.target.value) || 1, 1), others.length + 1) - 1;
  if (others[place]) others[place].before(piece); else list.append(piece);
  number();
  event.target.focus();
});
