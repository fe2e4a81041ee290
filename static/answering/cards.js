// One item on the page: what it says now, what the server holds, and what was sent but not answered.

import { controls, isText, read, readDrawn, shownOn, write } from "./fields.js";
import { random } from "./drafts.js";
import { differing, isSame, merge, shownAfter } from "./merging.js";

export class Card {
  constructor(element) {
    this.element = element;
    this.item = element.dataset.item;
    this.save = element.dataset.save;
    this.version = Number(element.dataset.version);
    this.kept = this.shown = readDrawn(element);
    this.state = element.dataset.saving = "kept";
    this.isSending = false;
    this.key = null;
    this.unanswered = [];
    this.aside = null;
    this.confirms = false;
    this.leftBehind = [];
    this.isKeptHere = true;
    this.last = this.kept;
  }

  get fields() {
    return read(this.element);
  }

  get isChanged() {
    return this.confirms || this.aside !== null || !isSame(this.fields, this.shown);
  }

  get draft() {
    const { version, kept, shown, key, fields, unanswered, aside, save, confirms } = this;
    return { version, kept, shown, key, fields, unanswered, aside, save, confirms, path: location.pathname };
  }

  get texts() {
    return new Set(controls(this.element).filter(isText).map((control) => control.name));
  }

  control(field) {
    return this.element.querySelector(`[name="${this.item}-${field}"]`);
  }

  part(name) {
    return this.element.querySelector(`[data-part="${name}"]`);
  }

  get number() {
    return this.element.querySelector(".item-number")?.textContent.trim() ?? this.item;
  }

  get lines() {
    return [...this.element.querySelectorAll("[data-line]")].map((line) => ({
      id: line.dataset.line,
      name: line.dataset.name,
      counts: this.applies(line.dataset.line) ?? "counts" in line.dataset,
      state: this.fields[`${this.item}-${line.dataset.line}-state`]?.[0] ?? "",
      isCited: Boolean(this.fields[`${this.item}-${line.dataset.line}-documents`]?.length),
    }));
  }

  // A line with a condition counts when the condition was said to hold.
  applies(line) {
    const choice = this.control(`${line}-applies`);
    return choice ? this.fields[choice.name]?.[0] === "yes" : null;
  }

  // A change gets a name of its own, so that the server keeps it once however often it arrives.
  renew(key = random()) {
    this.key = key;
  }

  say(fields) {
    write(this.element, fields);
    this.last = this.fields;
  }

  // The server holds what was sent, perhaps tidied; a box with the caret in it is tidied later.
  acknowledge(sent, { version, fields: held }) {
    const fields = shownOn(this.element, held);
    this.unanswered = [];
    this.aside = null;
    this.confirms = false;
    this.stand(version, fields);
    const now = this.fields;
    const newer = new Set([...differing(now, sent), caret()]);
    const untouched = Object.keys(now).filter((name) => !newer.has(name));
    const tidied = Object.fromEntries(untouched.map((name) => [name, fields[name] ?? []]));
    this.say({ ...now, ...tidied });
    this.shown = { ...sent, ...tidied };
  }

  // Takes what somebody else saved, unless both changed the same field, or the person is in a field that they changed.
  join({ version, fields: held }, { evenWhereTheCaretIs = false } = {}) {
    const mine = this.fields;
    const theirs = shownOn(this.element, held);
    const { fields, clashes } = merge({ mine, shown: this.shown, theirs, kept: this.kept });
    if (clashes.length) return false;
    if (!evenWhereTheCaretIs && differing(fields, mine).includes(caret())) return false;
    const shown = shownAfter({ mine, shown: this.shown, theirs, fields });
    this.stand(version, theirs);
    this.shown = shown;
    this.say(fields);
    return true;
  }

  // From here on what the person says is compared with this version.
  stand(version, fields) {
    this.version = version;
    this.element.dataset.version = version;
    const hidden = this.control("version");
    if (hidden) hidden.value = version;
    this.kept = this.shown = shownOn(this.element, fields);
  }
}

function caret() {
  return document.activeElement?.name ?? "";
}
