// The session had ended: sign in again in place, with the server's own form, and go on.

import { say } from "./words.js";

export class Session {
  constructor(desk, person) {
    Object.assign(this, { desk, person, isAway: false });
    this.dialog = document.querySelector("[data-sign-in-again]");
    this.signIn = desk.main.dataset.signIn;
    this.slot = this.dialog.querySelector("[data-slot]");
    this.dialog.querySelector("[data-leaves]").addEventListener("click", () => this.dialog.close());
    this.slot.addEventListener("submit", (event) => this.submit(event));
    addEventListener("focus", () => this.isAway && this.renew());
  }

  get token() {
    return document.querySelector("input[name=csrf_token]").value;
  }

  // Once asked, it is not asked again by every retry: whoever said "later" has a button at each item.
  async ask({ again = false } = {}) {
    if (this.dialog.open || (this.isAway && !again)) return;
    this.isAway = true;
    const page = await fetched(this.signIn);
    if (!page || !this.draw(page)) return void this.renew();
    this.dialog.showModal();
    this.slot.querySelector("input:not([type=hidden])")?.focus();
  }

  // Takes the form, its error summary and nothing else out of the server's page; the second step looks the same.
  draw(page) {
    const parts = page.querySelectorAll("main .summary, main form.form");
    this.slot.replaceChildren(...[...parts].map((part) => document.importNode(part, true)));
    this.slot.querySelector("[data-takes-focus]")?.focus();
    return this.slot.querySelector("form") !== null;
  }

  async submit(event) {
    event.preventDefault();
    const form = event.target;
    const page = await fetched(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const failed = this.dialog.querySelector("[data-failed]");
    failed.textContent = page ? "" : say("offline-short");
    if (page && !this.adopt(page) && !this.draw(page)) await this.renew();
  }

  // Ask for this page again: somebody may have signed in elsewhere, or the token has grown old.
  async renew() {
    const page = await fetched(location.pathname);
    return page !== null && this.adopt(page);
  }

  adopt(page) {
    const found = page.querySelector("[data-answering]");
    if (!found) return false;
    // Somebody else signed in: their page must show nothing of what this person typed, and it stays kept.
    if (found.dataset.person !== this.person) return void location.reload();
    const token = page.querySelector("input[name=csrf_token]").value;
    for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = token;
    const wasAway = this.isAway;
    this.isAway = false;
    this.dialog.close();
    this.slot.replaceChildren();
    if (wasAway) this.desk.backAgain();
    return true;
  }
}

async function fetched(url, options = {}) {
  try {
    const response = await fetch(url, { headers: { Accept: "text/html" }, ...options });
    return new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    return null;
  }
}
