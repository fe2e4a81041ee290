// The answering page, while script runs: without it the page is a form with one button, and that works too.

import { Desk } from "./desk.js";
import { letGo } from "./pressing.js";

const main = document.querySelector("[data-answering]");
if (main) {
  letGo(main);
  const desk = new Desk(main);
  main.addEventListener("input", (event) => desk.typed(event));
  main.addEventListener("compositionend", (event) => desk.typed(event));
  main.addEventListener("change", (event) => desk.pressed(event));
  main.addEventListener("click", (event) => desk.acted(event));
  for (const select of main.querySelectorAll("[data-submits]")) select.addEventListener("change", () => select.form.requestSubmit());
  main.addEventListener("focusout", (event) => {
    const card = desk.cardOf(event.target);
    if (card) desk.saving.soonest(card);
  });
  main.addEventListener("submit", (event) => desk.submitted(event));
  main.dataset.answering = "ready";
}
