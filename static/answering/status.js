// Whether each item is saved, said at the item itself and counted for the whole page.

import { announce, piece, say } from "./words.js";

// Shown at the top of the item until it is true no more; "kept" and "waiting" are quiet.
const LOUD = new Set(["offline", "busy", "signed-out", "conflict", "refused", "gone", "too-large"]);

export class Status {
  constructor(cards) {
    this.cards = cards;
    this.elsewhere = [];
    this.title = document.title;
    for (const card of cards) this.mark(card);
  }

  show(card, state, sentences = []) {
    const before = card.state;
    card.state = state;
    card.element.dataset.saving = state;
    this.notice(card, sentences);
    this.mark(card);
    this.count();
    if (state !== before && LOUD.has(state)) announce(say("told", { item: label(card), text: this.text(card) }));
    if (state === "kept" && LOUD.has(before)) announce(say("told", { item: label(card), text: say("saved-again") }));
  }

  // "Saved" stands in the foot only while it is true; the server writes it, with its time.
  mark(card) {
    const foot = card.part("foot");
    if (!foot) return;
    foot.querySelector("[data-saved]").hidden = card.state !== "kept";
    foot.querySelector("[data-not-saved]")?.remove();
    if (card.state !== "kept") foot.prepend(piece(LOUD.has(card.state) ? "not-saved" : "saving"));
    this.dock(card, foot);
  }

  // On a phone the foot is out of sight while somebody answers: the dock says the same, and is not read out twice.
  dock(card, foot) {
    const said = foot.querySelector("[data-not-saved]") ?? foot.querySelector("[data-saved]");
    const copy = said.cloneNode(true);
    for (const name of ["role", "data-saved", "data-not-saved"]) copy.removeAttribute(name);
    card.element.querySelector("[data-docked]").replaceChildren(copy);
  }

  text(card) {
    return say(card.isKeptHere || card.state === "kept" ? card.state : `${card.state}-nowhere`);
  }

  notice(card, sentences) {
    const old = card.element.querySelector("[data-unsaved]");
    if (!LOUD.has(card.state)) return old?.remove();
    const notice = old ?? piece("unsaved");
    notice.querySelector("[data-text]").textContent = sentences.reduce((what, how) => say("both", { what, how }), this.text(card));
    for (const button of notice.querySelectorAll("[data-for]")) button.hidden = !button.dataset.for.split(" ").includes(card.state);
    if (!old) card.element.querySelector(".answer-body").prepend(notice);
  }

  // Drafts of other sections cannot be shown here: the count leads to them.
  count() {
    const told = this.cards.filter((card) => LOUD.has(card.state));
    const where = [...told.map((card) => `#${card.item}`), ...this.elsewhere];
    document.title = where.length ? say("title", { count: where.length, title: this.title }) : this.title;
    for (const summary of document.querySelectorAll("[data-unsaved-count]")) {
      summary.hidden = where.length === 0;
      summary.querySelector("a").href = where[0] ?? "";
      summary.querySelector("[data-text]").textContent = say("count", { count: where.length });
    }
  }

  addElsewhere(address) {
    if (this.elsewhere.includes(address)) return;
    this.elsewhere.push(address);
    this.count();
  }
}

function label(card) {
  return card.element.querySelector(".item-number")?.getAttribute("aria-label") ?? card.item;
}
