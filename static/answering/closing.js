// Answered items close to one row; the item at hand is the open box.

export class Closing {
  constructor(desk) {
    this.desk = desk;
    this.stoodAt = 0;
    for (const card of desk.cards) {
      card.element.tabIndex = -1;
      card.mayClose = card.element.hasAttribute("data-closed");
    }
    document.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("focusin", (event) => this.entered(event.target));
    addEventListener("hashchange", () => this.follow());
  }

  // Where the address leads, else the first item that waits for an answer.
  begin() {
    const first = this.desk.cards.find((card) => !isAnswered(card)) ?? this.desk.cards[0];
    for (const card of this.desk.cards) this.close(card);
    if (!this.follow() && first) this.at(first);
  }

  follow() {
    const card = this.desk.card(decodeURIComponent(location.hash.slice(1)));
    if (card) this.go(card);
    return Boolean(card);
  }

  // Only an answered item closes, and never one that has something to say.
  close(card) {
    const closes = card.mayClose && isAnswered(card) && card !== this.desk.current && ["kept", "waiting"].includes(card.state);
    card.element.toggleAttribute("data-closed", closes);
  }

  open(card) {
    card.element.removeAttribute("data-closed");
  }

  at(card) {
    const before = this.desk.current;
    this.desk.current = card;
    if (before && before !== card) {
      before.element.removeAttribute("data-current");
      this.close(before);
    }
    card.element.setAttribute("data-current", "");
    this.open(card);
    this.stoodAt = scrollY;
  }

  go(card) {
    this.at(card);
    card.element.focus({ preventScroll: true });
    card.element.scrollIntoView({ block: "start" });
    this.stoodAt = scrollY;
  }

  // After the last item of a section comes the next section.
  step(by) {
    const at = this.desk.cards.indexOf(this.desk.current);
    const next = this.desk.cards[at + by];
    if (next) this.go(next);
    else document.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]")?.click();
  }

  // Enter opens a row to look at it and closes it again.
  toggle() {
    const card = this.desk.current;
    if (!card) return;
    if (!isAnswered(card)) return;
    card.element.toggleAttribute("data-closed");
  }

  clicked(event) {
    const card = this.desk.cardOf(event.target);
    if (!card || !event.target.closest("[data-part=closed]")) return;
    event.preventDefault();
    this.go(card);
  }

  entered(target) {
    const card = this.desk.cardOf(target);
    if (card && card !== this.desk.current && !target.closest("[data-part=closed]")) this.staying(target, () => this.at(card));
  }

  // What closes above must not move what somebody is at, or it would leave their eyes and their pointer.
  staying(target, change) {
    const { top } = target.getBoundingClientRect();
    change();
    scrollBy({ top: target.getBoundingClientRect().top - top, behavior: "instant" });
    this.stoodAt = scrollY;
  }
}

export function isAnswered(card) {
  return (card.fields[`${card.item}-conclusion`] ?? []).length > 0;
}
