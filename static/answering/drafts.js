// Unsaved changes, kept in this browser until the server has acknowledged them. Each belongs to one person, one
// assessment and one item; each open page writes its own, so that two tabs never overwrite one another's.

import { now } from "../clock.js";

const ROOT = "plumbline/draft";

export class Drafts {
  constructor({ person, assessment, store = safeStorage() }) {
    this.start = `${ROOT}/${person}/${assessment}/`;
    this.store = store;
    this.page = random();
  }

  // Says whether it worked: a full or forbidden store must not be taken for a safe place.
  keep(item, draft) {
    try {
      this.store.setItem(this.keyOf(item), JSON.stringify({ ...draft, item, at: Math.round(now()) }));
      return true;
    } catch {
      return false;
    }
  }

  forget(item) {
    this.drop(this.keyOf(item));
  }

  drop(key) {
    try {
      this.store.removeItem(key);
    } catch {
      // what cannot be removed is sent again, and the server knows it by its key
    }
  }

  // The drafts of this person in this assessment that other pages left, the oldest first.
  left() {
    const found = [];
    for (const key of keysOf(this.store)) {
      if (!key.startsWith(this.start) || key.endsWith(`/${this.page}`)) continue;
      const draft = parsed(this.store.getItem(key));
      if (draft) found.push({ ...draft, place: key, page: key.slice(key.lastIndexOf("/") + 1) });
    }
    return found.sort((one, other) => one.at - other.at);
  }

  keyOf(item) {
    return `${this.start}${item}/${this.page}`;
  }
}

// crypto.randomUUID is missing where a company serves its pages without encryption.
export function random() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A browser may forbid its storage, and some show none at all: then nothing is kept here, and all else works.
export function safeStorage() {
  try {
    return window.localStorage ?? NOWHERE;
  } catch {
    return NOWHERE;
  }
}

const NOWHERE = { length: 0, key: () => null, getItem: () => null, removeItem: () => {}, setItem: () => { throw new Error("no store"); } };

function keysOf(store) {
  return Array.from({ length: store.length }, (_, at) => store.key(at)).filter(Boolean);
}

function parsed(text) {
  try {
    const draft = JSON.parse(text);
    return draft && typeof draft.fields === "object" ? draft : null;
  } catch {
    return null;
  }
}
