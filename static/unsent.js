// What was typed and never sent stays in this browser for its author: not past their signing out unless they leave it
// unasked, and not beyond seven days. Without this file nothing is kept here in the first place.

import { now } from "./clock.js";

const ROOT = "plumbline/draft/"; // as answering/drafts.js has it: person, assessment, item, page
const ENDED = "plumbline/ended/"; // how many of a person's were removed for their age, told at their next visit
const ASKED = "plumbline/asked"; // whether this tab's person was asked about somebody else's
const LEAVING = "plumbline/leaving"; // who is signing out in this tab
const LONGEST = 7 * 24 * 60 * 60 * 1_000;
const PATIENCE = 4_000;
const SIGNS_OUT = 'form[action$="/sign-out"], form[action$="/sign-out-everywhere"]';

const place = document.querySelector("[data-unsent]");
const me = place?.dataset.unsent ?? "";

function drafts() {
  const keys = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at));
  return keys.filter((key) => key?.startsWith(ROOT)).map((key) => {
    const [person, assessment, item] = key.slice(ROOT.length).split("/");
    return { key, person, what: `${assessment}/${item}`, at: moment(localStorage.getItem(key)) };
  });
}

function moment(text) {
  try {
    return JSON.parse(text).at ?? 0;
  } catch {
    return 0;
  }
}

const mine = () => drafts().filter(({ person }) => person === me);
const others = () => drafts().filter(({ person }) => person !== me);
const count = (several) => new Set(several.map(({ person, what }) => `${person}/${what}`)).size;

function remove(several) {
  for (const { key } of several) localStorage.removeItem(key);
}

// One's own come back and are sent however old they are; what nobody came back for goes.
function expire() {
  const old = others().filter(({ at }) => at < now() - LONGEST);
  for (const person of new Set(old.map((draft) => draft.person))) {
    const before = Number(localStorage.getItem(ENDED + person) ?? 0);
    localStorage.setItem(ENDED + person, before + count(old.filter((draft) => draft.person === person)));
  }
  remove(old);
}

// Only once somebody is really signed out does what they left go.
function arrived() {
  const left = sessionStorage.getItem(LEAVING);
  if (left && left !== me) remove(drafts().filter(({ person }) => person === left));
  sessionStorage.removeItem(LEAVING);
}

function ask(name, number, { then = () => {}, otherwise = () => {} } = {}) {
  const dialog = place.querySelector(`[data-about=${name}]`);
  const text = dialog.querySelector("[data-text]");
  text.textContent = text.dataset.text.replace("{count}", number);
  dialog.returnValue = "";
  dialog.onclose = () => (dialog.returnValue === "remove" ? then() : otherwise());
  dialog.showModal();
}

function tellWhatEnded() {
  const number = localStorage.getItem(ENDED + me);
  if (number) ask("ended", number, { otherwise: () => localStorage.removeItem(ENDED + me) });
  return Boolean(number);
}

function askAboutOthers() {
  const number = count(others());
  if (!number || sessionStorage.getItem(ASKED) === me) return;
  ask("others", number, { then: () => remove(others()), otherwise: () => sessionStorage.setItem(ASKED, me) });
}

// What is on its way just now may still arrive.
async function allSent() {
  for (const end = Date.now() + PATIENCE; Date.now() < end && mine().length;) await new Promise((done) => setTimeout(done, 100));
  return mine().length === 0;
}

async function signingOut(event) {
  const form = event.target;
  const leave = () => { sessionStorage.setItem(LEAVING, me); form.submit(); };
  event.preventDefault();
  if (await allSent()) leave();
  else ask("own", count(mine()), { then: leave });
}

function begin() {
  arrived();
  expire();
  if (!me) return;
  for (const form of document.querySelectorAll(SIGNS_OUT)) form.addEventListener("submit", signingOut);
  if (!tellWhatEnded()) askAboutOthers();
}

try {
  begin();
} catch {
  // a browser that forbids its storage keeps nothing
}
