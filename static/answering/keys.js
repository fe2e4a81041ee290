// Everything by keyboard. One letter is one step, so the letters can be switched off for who talks to the computer.

import { announce, say } from "./words.js";
import { safeStorage } from "./drafts.js";
import { isText } from "./fields.js";
import { press } from "./pressing.js";

const STATES = ["have", "partial", "missing"];
const OFF = "plumbline/keys-off";

export class Keys {
  constructor(desk) {
    this.desk = desk;
    this.help = document.querySelector("[data-help]");
    this.isFiltering = false;
    this.commands = {
      j: () => desk.closing.step(1), k: () => desk.closing.step(-1), n: () => this.note(), l: () => this.otherLanguage(),
      m: () => this.click("[data-add-file]"), r: () => this.click("[data-flag]"), u: () => desk.undone(), v: () => this.filter(),
      y: () => this.allHave(), "/": () => document.querySelector("[data-search]")?.focus(), "?": () => this.help.showModal(),
    };
    document.addEventListener("keydown", (event) => this.pressed(event));
    document.querySelector("[data-other-language]").addEventListener("click", (event) => this.otherLanguage(event));
    for (const line of desk.main.querySelectorAll("[data-line]")) {
      if (line.dataset.line in this.commands) line.querySelector(".key").textContent = `⇧${line.dataset.line}`;
    }
    const opener = document.querySelector("[data-keys]");
    opener.hidden = false;
    opener.addEventListener("click", () => this.help.showModal());
    this.help.querySelector("[data-leaves]").addEventListener("click", () => this.help.close());
    this.switch();
  }

  switch() {
    const box = this.help.querySelector("[data-keys-on]");
    const store = safeStorage();
    box.checked = store.getItem(OFF) === null;
    box.addEventListener("change", () => remember(store, box.checked));
    this.isOn = () => box.checked;
  }

  pressed(event) {
    if (event.defaultPrevented || event.isComposing || event.altKey || document.querySelector("dialog[open]")) return;
    if (isTyping(event.target)) return void (event.key === "Escape" && this.leave(event.target));
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.shiftKey) return done(event, this.desk.undone());
    if (event.ctrlKey || event.metaKey || !this.isOn()) return;
    if (event.key === "Enter") return void (isNowhere(event.target) && done(event, this.desk.closing.toggle()));
    const act = this.meaning(event);
    if (act) done(event, act());
  }

  // Inside an item its digits and its lines' letters; a line whose letter is a command asks for Shift.
  meaning(event) {
    const key = event.key.toLowerCase();
    if (this.isFiltering) return this.chip(key);
    const line = this.line(key);
    if (line && (event.shiftKey || !(key in this.commands))) return () => this.cycle(line, event.shiftKey && !(key in this.commands) ? -1 : 1);
    const radio = this.desk.current?.element.querySelector(`[type=radio][name$="-conclusion"][data-key="${CSS.escape(key)}"]`);
    if (radio) return () => this.conclude(radio);
    return event.shiftKey && key !== "?" ? null : this.commands[key];
  }

  line(key) {
    return this.desk.current?.element.querySelector(`[data-line="${CSS.escape(key)}"]`);
  }

  cycle(line, by) {
    this.desk.closing.open(this.desk.current);
    const radios = STATES.map((state) => line.querySelector(`[type=radio][name$="-state"][value="${state}"]`));
    const at = radios.findIndex((radio) => radio.checked);
    const next = radios[(((at + 1 + by) % 4) + 4) % 4 - 1];
    if (next) press(next);
    else press(radios[at], false);
    line.scrollIntoView({ block: "nearest" });
    announce(`${line.dataset.line} ${next ? next.labels[0].textContent.trim() : say("unmarked")}`);
  }

  conclude(radio) {
    const isOn = !radio.checked;
    press(radio, isOn);
    announce(isOn ? radio.labels[0].querySelector("span").textContent : say("unanswered"));
  }

  allHave() {
    const card = this.desk.current;
    if (card?.lines.length && card.element.dataset.save) this.desk.allHere(card);
  }

  // The address that the link without script leads to says the same, so a reload keeps it.
  otherLanguage(event) {
    event?.preventDefault();
    const isShown = this.desk.main.classList.toggle("has-both");
    const link = document.querySelector("[data-other-language]");
    if (isShown) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }

  note() {
    const card = this.desk.current;
    if (!card) return;
    this.desk.closing.open(card);
    const note = card.control("note");
    note?.closest("details")?.setAttribute("open", "");
    note?.focus();
  }

  click(selector) {
    (this.desk.current?.element.querySelector(selector) ?? document.querySelector(`main ${selector}`))?.click();
  }

  filter() {
    this.isFiltering = true;
    document.querySelector("[data-filters] a")?.focus();
    setTimeout(() => { this.isFiltering = false; }, 3_000);
  }

  chip(key) {
    this.isFiltering = false;
    const chip = document.querySelectorAll("[data-filters] a")[Number(key) - 1];
    return chip ? () => chip.click() : null;
  }

  leave(target) {
    const card = this.desk.cardOf(target);
    if (card) card.element.focus({ preventScroll: true });
    else target.blur();
  }
}

// Where nothing can be kept, the switch holds as long as the page.
function remember(store, isOn) {
  try {
    if (isOn) store.removeItem(OFF);
    else store.setItem(OFF, "1");
  } catch {
    // full, or forbidden
  }
}

function isTyping(target) {
  return target.isContentEditable || target.localName === "select" || isText(target) || ["password", "date", "number", "file"].includes(target.type);
}

// Enter on a link or a button is theirs.
function isNowhere(target) {
  return target === document.body || target.matches("main, [data-item]");
}

function done(event) {
  event.preventDefault();
}
