// Pieces of page that the server drew anew take the place of the old ones, and the focus stays where it was.

import { differing } from "./merging.js";
import { piece, say } from "./words.js";

const CITED = "cited-";

export function redraw(card, { parts = {}, fields = {} }) {
  const unsaved = differing(card.fields, fields);
  for (const [name, html] of Object.entries(parts)) {
    const part = card.part(name);
    if (part && !isTypedIn(card, name, part, unsaved)) replace(part, html);
  }
}

// What a line cites holds boxes of its own: what is newer there than the answer stays.
function isTypedIn(card, name, part, unsaved) {
  if (!name.startsWith(CITED)) return false;
  const line = `${card.item}-${name.slice(CITED.length)}-`;
  return part.contains(document.activeElement) || unsaved.some((field) => field.startsWith(line));
}

function replace(part, html) {
  const inside = "a, button, input, summary";
  const at = [...part.querySelectorAll(inside)].indexOf(document.activeElement);
  const opened = part.querySelector("details")?.open ?? false;
  part.innerHTML = html;
  if (opened) part.querySelector("details")?.setAttribute("open", "");
  if (at >= 0) part.querySelectorAll(inside)[at]?.focus({ preventScroll: true });
}

// The rail and, on a phone, the line: every section by its own share.
export function drawProgress(main, progress) {
  if (!progress) return;
  const { answered, applicable, sections, left } = progress;
  main.querySelector("[data-answered]").textContent = answered;
  const told = say("answered-of", { answered, applicable });
  for (const text of main.querySelectorAll("[data-answered-of]")) text.textContent = told;
  for (const text of main.querySelectorAll("[data-left]")) text.textContent = left;
  const here = sections.find(({ id }) => id === main.dataset.section);
  for (const text of main.querySelectorAll("[data-here-told]")) if (here) text.textContent = say("of-section", here);
  const rows = main.querySelectorAll(".rail-list li");
  sections.forEach((section, at) => rows[at] && drawRow(rows[at], section));
  drawLine(main.querySelector(".progress-bar .progress"), sections, told);
}

function drawRow(row, { answered, count }) {
  const share = count ? Math.round((10_000 * answered) / count) / 100 : 0;
  row.querySelector(".done").setAttribute("height", `${share}%`);
  row.querySelector(".rail-line svg")?.setAttribute("y", `${Math.min(share, 62)}%`);
  const whole = piece("all-answered");
  whole.querySelector("[data-text]").textContent = count;
  const told = answered === count ? [...whole.childNodes] : [say("of", { answered, count })];
  row.querySelector(".rail-count").replaceChildren(...told);
}

function drawLine(line, sections, told) {
  if (!line) return;
  const total = sections.reduce((sum, { count }) => sum + count, 0) || 1;
  const bars = line.querySelectorAll(".done, .here");
  let before = 0;
  sections.forEach(({ answered, count }, at) => {
    const width = (100 * answered) / total;
    bars[at]?.setAttribute("width", `${width}%`);
    if (bars[at]?.classList.contains("here")) line.querySelector("svg")?.setAttribute("x", `${(100 * before) / total + width}%`);
    before += count;
  });
  line.setAttribute("aria-label", told);
}

export function drawHere(main, here) {
  const place = main.querySelector("[data-here]");
  if (!here.length) return place.replaceChildren();
  const drawn = piece("here");
  const list = drawn.querySelector("ul");
  for (const { name, initials, where } of here) {
    const person = piece("person");
    person.querySelector("[data-initials]").textContent = initials;
    person.querySelector("[data-name]").textContent = name;
    person.querySelector("[data-where]").textContent = where;
    list.append(person);
  }
  if (place.textContent !== drawn.textContent) place.replaceChildren(...drawn.childNodes);
}

export function drawLooks(main, told) {
  const looks = main.querySelector("[data-looks]");
  looks.textContent = told;
  looks.hidden = told === "";
}

// How many comments wait at an item; none shows no figure.
export function drawComments(card, count) {
  const link = card.element.querySelector("[data-comments]");
  link?.querySelector(".count")?.remove();
  if (!link || !count) return;
  const figure = Object.assign(document.createElement("span"), { className: "count", textContent: count });
  link.append(" ", figure);
}
