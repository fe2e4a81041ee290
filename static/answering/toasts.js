// A word about what just happened, with its undo; gone after six seconds unless somebody is at it.

import { piece } from "./words.js";

const STAYS = 6_000;

export function toast(text, undo) {
  const toast = piece("toast");
  toast.querySelector("[data-text]").textContent = text;
  const button = toast.querySelector("[data-undo]");
  button.hidden = !undo;
  button.addEventListener("click", () => { toast.remove(); undo(); });
  toast.querySelector("[data-closes]").addEventListener("click", () => toast.remove());
  leaveInTime(toast);
  const place = document.querySelector(".toasts");
  place.replaceChildren(toast);
}

function leaveInTime(toast) {
  let timer;
  const wait = () => { clearTimeout(timer); timer = setTimeout(() => toast.remove(), STAYS); };
  const stay = () => clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stay);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, wait);
  wait();
}
