// The exact answer: − and + and a slide, which hold no value until they are touched.
for (const exact of document.querySelectorAll("[data-exact]")) {
  const figure = exact.querySelector("input[type=number]");
  const slide = exact.querySelector("input[type=range]");
  const form = figure.form;
  const chosen = form.querySelector("input[name=answer][value=exact]");
  const steps = () => form.querySelector("input[name=answer]:checked")?.value;
  const told = () => {
    slide.classList.toggle("untouched", figure.value === "");
    if (figure.value === "") slide.setAttribute("aria-valuetext", slide.dataset.none);
    else { slide.value = figure.value; slide.removeAttribute("aria-valuetext"); }
  };
  const set = (value) => {
    figure.value = Math.min(Number(figure.max), Math.max(Number(figure.min), value));
    if (chosen) chosen.checked = true;
    told();
  };
  const from = () => {
    if (figure.value !== "") return Number(figure.value);
    const step = steps();
    return /^\d+$/.test(step ?? "") ? Number(step) : null;
  };
  for (const button of exact.querySelectorAll("button[data-by]")) {
    button.addEventListener("click", () => {
      const now = from();
      set(now === null ? Number(slide.value) : now + Number(button.dataset.by));
    });
  }
  slide.addEventListener("input", () => set(Number(slide.value)));
  slide.addEventListener("click", () => set(Number(slide.value)));
  slide.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); set(Number(slide.value)); } });
  figure.addEventListener("input", () => { if (figure.value !== "" && chosen) chosen.checked = true; told(); });
  for (const radio of form.querySelectorAll("input[name=answer]")) {
    radio.addEventListener("change", () => { if (radio.value !== "exact" && radio.checked) { figure.value = ""; told(); } });
  }
  told();
}
