// The last changes, taken back one by one by saving what was there before.

import { differing, isSameText } from "./merging.js";

const MOST = 50;

export class Undo {
  constructor(desk) {
    this.desk = desk;
    this.changes = [];
  }

  // Typing on in the same box is one change.
  note(card, before, after, box = "") {
    const last = this.changes.at(-1);
    if (box && last?.card === card && last.box === box) last.after = after;
    else this.changes = [...this.changes, { card, before, after, box }].slice(-MOST);
  }

  // Only what this change changed goes back, and only where nobody changed it since; where nothing of it is left, the
  // change before it goes back.
  back() {
    const change = this.changes.pop();
    if (!change) return null;
    const { card, before, after } = change;
    const now = card.fields;
    const is = (name) => isSameText({ [name]: now[name] ?? [] }, { [name]: after[name] ?? [] });
    const back = differing(before, after).filter(is).map((name) => [name, before[name] ?? []]);
    if (!back.length) return this.back();
    card.say({ ...now, ...Object.fromEntries(back) });
    this.desk.changed(card, { undone: true });
    return card;
  }
}
