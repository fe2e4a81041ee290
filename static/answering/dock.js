// What stands at the bottom of a phone: the way to the item before and after, its note, a file for it, and its saving.

// So little a page moves by itself; whoever scrolled further looks at another item.
const STILL = 80;

export class Dock {
  constructor(desk) {
    Object.assign(this, { desk, bar: document.querySelector("[data-dock]"), top: desk.main.querySelector("[data-flat]") });
    this.bar.hidden = false;
    this.bar.querySelector("[data-file]")?.toggleAttribute("hidden", !desk.evidence.isOffered);
    this.bar.addEventListener("click", (event) => this.pressed(event));
  }

  pressed(event) {
    const name = Object.keys(PRESSES).find((each) => event.target.closest(`[data-${each}]`));
    const card = this.card();
    if (!name || !card) return;
    this.desk.closing.at(card);
    PRESSES[name](this.desk, card);
  }

  // The item at hand, or the one that fills most of the screen once somebody scrolled away from it.
  card() {
    const { closing, current, cards } = this.desk;
    if (current && Math.abs(scrollY - closing.stoodAt) < STILL) return current;
    const shown = cards.map((card) => ({ card, height: this.height(card) }));
    return shown.reduce((most, each) => (each.height > most.height ? each : most), { card: current, height: 0 }).card;
  }

  height(card) {
    const { top, bottom } = card.element.getBoundingClientRect();
    return Math.min(bottom, this.bar.getBoundingClientRect().top) - Math.max(top, this.top.getBoundingClientRect().bottom);
  }
}

const PRESSES = {
  before: (desk) => desk.closing.step(-1),
  after: (desk) => desk.closing.step(1),
  note: (desk) => desk.keys.note(),
  file: (desk, card) => desk.evidence.begin(card),
};
