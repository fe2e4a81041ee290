// Sends what was changed: one request at a time for an item, again and again until the server has answered.

import { isSameText } from "./merging.js";
import { takeUpNext } from "./restoring.js";
import { send } from "./sending.js";

const SOON = 800;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;
const MOST_UNANSWERED = 5;
// Sending these again would give the same answer: they wait for the person.
const WAITS_FOR_PERSON = new Set(["conflict", "refused", "gone", "too-large"]);

export class Saving {
  constructor(desk) {
    this.desk = desk;
    this.wait = FIRST_WAIT;
    addEventListener("online", () => this.sendAll());
    document.addEventListener("visibilitychange", () => this.sendAll({ leaving: document.hidden }));
    addEventListener("pagehide", () => this.sendAll({ leaving: true }));
    addEventListener("beforeunload", (event) => {
      if (desk.cards.some((card) => card.isChanged && !card.isKeptHere)) event.preventDefault();
    });
  }

  // Everything typed is on this computer before anything else happens.
  noticed(card, { later = false, key } = {}) {
    if (!card.isChanged && !card.isSending) return this.settle(card);
    card.renew(key);
    card.pause = later ? SOON : 0;
    this.keep(card);
    if (card.state === "conflict") return;
    if (card.state === "kept" || card.state === "refused") this.desk.status.show(card, "waiting");
    if (this.desk.session.isAway) this.desk.status.show(card, "signed-out");
    else this.schedule(card, card.pause);
  }

  keep(card) {
    card.isKeptHere = this.desk.drafts.keep(card.item, card.draft);
  }

  schedule(card, wait) {
    clearTimeout(card.timer);
    card.timer = setTimeout(() => this.send(card), wait);
  }

  soonest(card) {
    if (card.isChanged && card.state === "waiting") this.schedule(card, 0);
  }

  sendAll({ leaving = false } = {}) {
    clearTimeout(this.timer);
    for (const card of this.desk.cards) if (card.isChanged && !WAITS_FOR_PERSON.has(card.state)) this.send(card, leaving);
  }

  // Asked for by hand: what was archived is perhaps restored, and whoever may answer is perhaps signed in again.
  again(card) {
    if (card) this.send(card);
    this.sendAll();
  }

  async send(card, leaving = false) {
    clearTimeout(card.timer);
    if (card.isSending || this.desk.session.isAway || !card.isChanged) return;
    const sent = card.aside ?? card.fields;
    card.key ?? card.renew();
    card.isSending = true;
    const answer = await send(card, sent, this.desk.session.token, { leaving });
    card.isSending = false;
    const take = ANSWERS[answer.status] ?? later;
    await take(this, card, sent, answer);
  }

  settle(card) {
    this.desk.drafts.forget(card.item);
    card.isKeptHere = true;
    this.desk.status.show(card, "kept");
    takeUpNext(this.desk, card);
  }

  sendLater() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sendAll(), this.wait * (0.75 + Math.random() / 2));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }
}

const ANSWERS = {
  200: taken,
  400: grownOld,
  401: signedOut,
  404: (saving, card) => saving.desk.status.show(card, "gone"),
  409: clashed,
  413: (saving, card) => saving.desk.status.show(card, "too-large"),
  422: refused,
};

function taken(saving, card, sent, reply) {
  saving.wait = FIRST_WAIT;
  card.renewed = false;
  card.acknowledge(sent, reply);
  saving.desk.saved(card, reply);
  if (!card.isChanged) return saving.settle(card);
  saving.keep(card);
  saving.desk.status.show(card, "waiting");
  saving.schedule(card, card.pause);
}

// What was sent without an answer may have arrived after all: then the newer version is our own.
async function clashed(saving, card, sent, { theirs, dialog, error }) {
  if (!theirs) return saving.desk.status.show(card, "gone", error ? [error] : []);
  const arrived = [...card.unanswered, sent].find((fields) => isSameText(fields, theirs.fields));
  if (card.aside && !arrived) card.say(card.aside);
  card.aside = null;
  if (arrived) card.acknowledge(arrived, theirs);
  else if (!card.join(theirs, { evenWhereTheCaretIs: true })) return saving.desk.conflict.ask(card, theirs, dialog);
  saving.noticed(card);
}

function refused(saving, card, _sent, { errors }) {
  saving.desk.status.show(card, "refused", Object.values(errors).flat());
}

function signedOut(saving, card) {
  saving.desk.status.show(card, "signed-out");
  return saving.desk.session.ask();
}

// A page from before the last sign-in carries a token that is worth nothing now: fetch a new one, once.
async function grownOld(saving, card) {
  if (card.renewed) return later(saving, card, null, { status: 400 });
  card.renewed = true;
  if (await saving.desk.session.renew()) saving.schedule(card, 0);
  else later(saving, card, null, { status: 0 });
}

function later(saving, card, sent, { status }) {
  if (sent && status === 0) card.unanswered = [...card.unanswered, sent].slice(-MOST_UNANSWERED);
  saving.keep(card);
  saving.desk.status.show(card, status === 0 ? "offline" : "busy");
  saving.sendLater();
}
