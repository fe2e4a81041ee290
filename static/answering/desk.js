// Everything at hand on one answering page, and what happens when something changes.

import { Card } from "./cards.js";
import { Closing } from "./closing.js";
import { Conflict } from "./conflict.js";
import { Dock } from "./dock.js";
import { Drafts } from "./drafts.js";
import { Evidence } from "./evidence.js";
import { isText, settle } from "./fields.js";
import { Keys } from "./keys.js";
import { restore } from "./restoring.js";
import { drawComments, drawHere, drawLooks, drawProgress, redraw } from "./drawing.js";
import { Saving } from "./saving.js";
import { Session } from "./session.js";
import { Status } from "./status.js";
import { Together } from "./together.js";
import { toast } from "./toasts.js";
import { Undo } from "./undo.js";
import { say } from "./words.js";

export class Desk {
  constructor(main) {
    const { person, assessment, presence, revision } = main.dataset;
    this.main = main;
    this.cards = [...main.querySelectorAll("article[data-item]")].map((element) => new Card(element));
    this.byItem = new Map(this.cards.map((card) => [card.item, card]));
    this.current = null;
    this.drafts = new Drafts({ person, assessment });
    this.status = new Status(this.cards);
    this.session = new Session(this, person);
    this.saving = new Saving(this);
    this.conflict = new Conflict(this);
    this.undo = new Undo(this);
    this.closing = new Closing(this);
    this.together = new Together(this, { address: presence, revision, channel: `plumbline/${person}/${assessment}` });
    this.keys = new Keys(this);
    this.evidence = new Evidence(this);
    this.dock = new Dock(this);
    restore(this);
    this.closing.begin();
  }

  card(item) {
    return this.byItem.get(item);
  }

  cardOf(target) {
    return this.card(target.closest?.("[data-item]")?.dataset.item);
  }

  // Something was typed or pressed: `box` names the text box, for typing in it is one change and waits for a pause.
  changed(card, { box = "", undone = false, later = Boolean(box) } = {}) {
    const before = card.last;
    card.last = card.fields;
    if (!undone) this.undo.note(card, before, card.last, box);
    this.saving.noticed(card, { later });
  }

  // Several fields at once, by one press.
  set(card, fields) {
    const before = card.fields;
    card.say(fields);
    this.undo.note(card, before, card.fields);
    this.closing.at(card);
    this.saving.noticed(card);
  }

  allHere(card) {
    const here = card.lines.filter((line) => line.counts).map((line) => [`${card.item}-${line.id}-state`, ["have"]]);
    this.set(card, { ...card.fields, ...Object.fromEntries(here) });
    toast(say("all-here"), () => this.undone());
  }

  typed(event) {
    const card = this.cardOf(event.target);
    if (!card || !isText(event.target)) return;
    settle(card.element, event.target);
    // Half a syllable of an input method is kept, but not sent.
    if (event.isComposing) return this.saving.keep(card);
    this.changed(card, { box: event.target.name });
  }

  pressed(event) {
    const card = this.cardOf(event.target);
    if (!card || isText(event.target)) return;
    settle(card.element, event.target);
    this.changed(card);
  }

  saved(card, reply) {
    this.redraw(card, reply);
    this.progressed(reply.progress);
    this.together.tell({ saved: reply });
  }

  undone() {
    const card = this.undo.back();
    if (!card) {
      toast(say("nothing-to-undo"));
      return;
    }
    this.closing.at(card);
    card.element.scrollIntoView({ block: "nearest" });
    toast(say("undone"));
  }

  redraw(card, reply) {
    redraw(card, reply);
    card.mayClose = reply.closed;
    this.status.mark(card);
  }

  progressed(progress) {
    drawProgress(this.main, progress);
  }

  drawHere(here) {
    drawHere(this.main, here);
  }

  drawSaid({ looks, comments }) {
    drawLooks(this.main, looks);
    for (const card of this.cards) drawComments(card, comments[card.item] ?? 0);
  }

  // Script saves by itself; the button of the page without script only asks for it once more.
  submitted(event) {
    const { name = "", value } = event.submitter ?? {};
    const press = { "": () => this.saving.sendAll(), "all-here": (card) => this.allHere(card), holds: (card) => this.confirm(card), flag: (card) => this.flag(card) }[name];
    if (!press || event.target.method !== "post") return;
    event.preventDefault();
    press(this.card(value));
  }

  confirm(card) {
    card.confirms = true;
    this.saving.noticed(card);
  }

  async flag(card) {
    const isOn = card.element.querySelector("[data-flag]").getAttribute("aria-pressed") === "true";
    const body = new URLSearchParams({ csrf_token: this.session.token, flagged: isOn ? "0" : "1" });
    const response = await fetch(`${card.save}/flag`, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
    if (response?.ok) return this.together.look();
    if (response?.status === 401) return this.session.ask();
    toast(say("offline-short"));
  }

  acted(event) {
    const act = event.target.closest("[data-act]")?.dataset.act;
    const card = this.cardOf(event.target);
    if (act === "sign-in") this.session.ask({ again: true });
    if (act === "conflict") this.conflict.show(card);
    if (act === "retry") this.saving.again(card);
  }

  backAgain() {
    this.together.tell({ signedIn: true });
    this.saving.sendAll();
  }
}
