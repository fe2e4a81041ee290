// Two people changed the same field: both versions are shown whole, and the person chooses.

import { both, merge } from "./merging.js";

export class Conflict {
  constructor(desk) {
    this.desk = desk;
    this.open = null;
  }

  ask(card, theirs, html) {
    card.clash = { theirs, html };
    this.desk.saving.keep(card);
    this.desk.status.show(card, "conflict");
    this.show(card);
  }

  // One question at a time; the next waits at its item.
  show(card) {
    if (this.open || document.querySelector("dialog[open]")) return;
    const holder = document.querySelector("[data-conflicts]");
    holder.innerHTML = card.clash.html;
    const dialog = holder.querySelector("dialog");
    this.open = card;
    dialog.addEventListener("click", (event) => this.pressed(event, card, dialog));
    dialog.addEventListener("close", () => this.left(card, holder));
    // Of two equal buttons none has the focus.
    dialog.tabIndex = -1;
    dialog.showModal();
    dialog.focus();
    dialog.scrollTop = 0;
  }

  pressed(event, card, dialog) {
    const button = event.target.closest("[data-choose], [data-leaves]");
    if (!button) return;
    event.preventDefault();
    if (button.dataset.choose) this.choose(card, button.dataset.choose);
    dialog.close();
  }

  left(card, holder) {
    holder.replaceChildren();
    this.open = null;
    card.element.focus({ preventScroll: true });
    const next = this.desk.cards.find((other) => other.state === "conflict" && other !== card);
    if (next) this.show(next);
  }

  // Mine is as it was shown: what only they changed is theirs in both.
  choose(card, choice) {
    const { theirs } = card.clash;
    const { fields: mine, clashes } = merge({ mine: card.fields, shown: card.shown, theirs: theirs.fields, kept: card.kept });
    card.stand(theirs.version, theirs.fields);
    card.clash = null;
    card.say(mine);
    if (choice === "both") card.say(both({ mine, theirs: theirs.fields, clashes, texts: card.texts }));
    // What was not chosen stays in the history: it is saved first, and theirs on top of it.
    if (choice === "theirs") {
      card.aside = mine;
      card.say(theirs.fields);
    }
    this.desk.status.show(card, "waiting");
    this.desk.saving.noticed(card);
  }
}
