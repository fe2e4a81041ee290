// What others change appears here, and what is changed here appears in this person's other tabs.

const EVERY = 5_000;
const SLOWEST = 30_000;

export class Together {
  constructor(desk, { address, revision, channel }) {
    Object.assign(this, { desk, address, revision: Number(revision), postponed: new Map(), wait: EVERY });
    this.channel = channelOf(channel);
    this.channel?.addEventListener("message", ({ data }) => this.heard(data));
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.look(); });
    addEventListener("pageshow", (event) => { if (event.persisted) this.look(); });
    document.addEventListener("focusout", () => setTimeout(() => this.applyPostponed()));
    this.later();
  }

  tell(message) {
    this.channel?.postMessage(message);
  }

  heard(message) {
    if (message.saved) {
      this.apply([message.saved]);
      this.desk.progressed(message.saved.progress);
    }
    if (message.signedIn && this.desk.session.isAway) this.desk.session.renew();
    if (message.whose) this.tell({ living: this.desk.drafts.page });
    if (message.living) this.desk.living.add(message.living);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), this.wait);
  }

  async look() {
    clearTimeout(this.timer);
    if (!document.hidden && !this.desk.session.isAway) await this.fetch();
    this.later();
  }

  async fetch() {
    const body = new URLSearchParams({ csrf_token: this.desk.session.token, item: this.desk.current?.item ?? "", since: this.revision });
    try {
      const response = await fetch(this.address, { method: "POST", body, headers: { Accept: "application/json" } });
      this.wait = response.ok ? EVERY : Math.min(this.wait * 2, SLOWEST);
      if (response.ok) this.learned(await response.json());
      else if (response.status === 400) await this.desk.session.renew();
    } catch {
      this.wait = Math.min(this.wait * 2, SLOWEST);
    }
  }

  learned({ revision, items, progress, here, looks, comments }) {
    this.revision = revision;
    this.apply(items);
    this.desk.progressed(progress);
    this.desk.drawHere(here);
    if (comments) this.desk.drawSaid({ looks, comments });
  }

  apply(items) {
    for (const reply of items) {
      const card = this.desk.card(reply.item);
      if (card && !this.take(card, reply)) this.postponed.set(card, reply);
    }
  }

  applyPostponed() {
    for (const [card, reply] of this.postponed) if (this.take(card, reply)) this.postponed.delete(card);
  }

  // Says whether it is dealt with: a card on its way to the server or waiting for a choice takes nothing now.
  take(card, reply) {
    if (reply.version < card.version) return true;
    if (card.isSending || card.state === "conflict") return false;
    if (reply.version > card.version && !card.join(reply)) return false;
    this.desk.redraw(card, reply);
    if (!card.isChanged && card.state !== "kept") this.desk.saving.settle(card);
    return true;
  }
}

// A browser that forbids its storage may forbid this too: then other tabs learn it from the server.
function channelOf(name) {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
