// "Print" does what the browser's own menu does.
for (const button of document.querySelectorAll("button[data-print]")) button.addEventListener("click", () => print());
