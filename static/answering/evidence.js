// Files pasted or dropped anywhere on an item, and documents of the library, become the evidence of its lines.

import { piece, say } from "./words.js";
import { isText } from "./fields.js";
import { toast } from "./toasts.js";
import { sendFile } from "../uploads.js";

const PAUSE = 250;

export class Evidence {
  constructor(desk) {
    const { upload: address, find } = desk.main.dataset;
    Object.assign(this, { desk, address, find, dialog: document.querySelector("[data-evidence-dialog]"), chosen: new Map(), uploads: new Set() });
    this.isOffered = Boolean(this.dialog && address);
    if (!this.isOffered) return;
    for (const button of desk.main.querySelectorAll("[data-add-file]")) button.hidden = false;
    this.listen();
    this.listenInDialog();
  }

  listen() {
    const { main } = this.desk;
    main.addEventListener("click", (event) => { if (event.target.closest("[data-add-file]")) this.begin(this.desk.cardOf(event.target)); });
    document.addEventListener("paste", (event) => this.pasted(event));
    document.addEventListener("dragover", (event) => this.hover(event));
    main.addEventListener("dragleave", (event) => this.desk.cardOf(event.target)?.element.removeAttribute("data-drop"));
    main.addEventListener("drop", (event) => this.offered(event, event.dataTransfer, this.desk.cardOf(event.target)));
  }

  listenInDialog() {
    const { dialog } = this;
    dialog.querySelector("input[type=file]").addEventListener("change", ({ target }) => { for (const file of target.files) this.send(file); target.value = ""; });
    dialog.querySelector("[data-find]").addEventListener("input", () => { clearTimeout(this.timer); this.timer = setTimeout(() => this.search(), PAUSE); });
    dialog.querySelector("[data-found]").addEventListener("change", ({ target }) => this.pick(target));
    dialog.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); this.apply(); });
    dialog.querySelector("[data-leaves]").addEventListener("click", () => dialog.close());
  }

  // Beside the items a file is not taken: the browser would leave the page and show it instead.
  hover(event) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    const card = this.desk.cardOf(event.target);
    if (card && this.takes(card)) card.element.setAttribute("data-drop", "");
    else event.dataTransfer.dropEffect = "none";
  }

  // Office programs copy a picture of the text beside it: in a box it is the text that is wanted.
  pasted(event) {
    const transfer = event.clipboardData;
    if (isText(event.target) && transfer?.types.includes("text/plain")) return;
    this.offered(event, transfer, this.desk.current);
  }

  // Text that is pasted or dragged is text; only files are evidence.
  offered(event, transfer, card) {
    const files = [...(transfer?.files ?? [])];
    card?.element.removeAttribute("data-drop");
    if (!files.length || !card || !this.takes(card)) return;
    event.preventDefault();
    if (!this.dialog.open) this.begin(card);
    const isFolder = foldersAmong(transfer);
    files.forEach((file, at) => (isFolder[at] ? this.refuse(file) : this.send(named(file, card))));
  }

  takes(card) {
    return card.element.querySelector("[data-add-file]") !== null;
  }

  begin(card) {
    this.card = card;
    this.chosen.clear();
    this.uploads.clear();
    this.desk.closing.at(card);
    this.dialog.querySelector("h2").textContent = say("evidence-for", { number: card.number });
    for (const name of ["[data-files]", "[data-found]", "[data-lines]"]) this.dialog.querySelector(name).replaceChildren();
    this.dialog.querySelector("[data-find]").value = "";
    this.dialog.querySelector("[data-lines]").append(...lineChoices(card.lines));
    this.tell("");
    this.dialog.showModal();
    this.search();
  }

  row(file) {
    const row = piece("upload");
    row.querySelector("[data-name]").textContent = file.name;
    this.dialog.querySelector("[data-files]").append(row);
    return row;
  }

  refuse(folder) {
    const row = this.row(folder);
    row.setAttribute("data-failed", "");
    row.querySelector("[data-text]").textContent = say("folder");
  }

  async send(file) {
    const row = this.row(file);
    const text = row.querySelector("[data-text]");
    this.uploads.add(row);
    const onProgress = (percent) => { text.textContent = say("uploading", { percent }); };
    const { status, answer } = await sendFile(this.address, file, this.desk.session.token, { onProgress });
    this.uploads.delete(row);
    // The dialog was closed meanwhile: the file is in the library, and evidence of nothing that is shown now.
    if (!row.isConnected) return;
    if (answer?.document) this.kept(row, answer.document);
    else this.failed(row, file, status, answer?.error);
  }

  kept(row, { id, title }) {
    this.chosen.set(id, title);
    row.querySelector("[data-text]").textContent = say("uploaded");
    this.tell("");
  }

  // What broke on the way can be sent again; a file that is refused stays refused.
  failed(row, file, status, error) {
    row.setAttribute("data-failed", "");
    row.querySelector("[data-text]").textContent = error ?? say(status === 401 ? "signed-out-short" : "upload-failed");
    const again = row.querySelector("[data-again]");
    again.hidden = error !== undefined && status !== 401;
    again.addEventListener("click", () => { row.remove(); this.send(file); }, { once: true });
    if (status === 401) this.desk.session.ask();
    if (status === 400) this.desk.session.renew();
  }

  async search() {
    const list = this.dialog.querySelector("[data-found]");
    const words = this.dialog.querySelector("[data-find]").value;
    const response = await fetch(`${this.find}?${new URLSearchParams({ q: words })}`, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!response?.ok) return;
    const { documents } = await response.json();
    list.replaceChildren(...documents.map((each) => this.documentChoice(each)));
  }

  documentChoice(found) {
    const choice = piece("document-choice");
    const box = choice.querySelector("input");
    Object.assign(box, { value: found.id, checked: this.chosen.has(found.id) });
    choice.querySelector("[data-text]").textContent = [found.number, found.title, found.edition].filter(Boolean).join(" ");
    return choice;
  }

  pick(box) {
    if (box.checked) this.chosen.set(box.value, "");
    else this.chosen.delete(box.value);
  }

  apply() {
    const lines = [...this.dialog.querySelectorAll("[data-lines] input:checked")].map((box) => box.value);
    if (this.uploads.size) return this.tell(say("still-uploading"));
    if (!this.chosen.size) return this.tell(say("no-document"));
    if (!lines.length) return this.tell(say("no-line"));
    this.dialog.close();
    this.cite(this.card, lines, [...this.chosen.keys()]);
  }

  // The same documents for all these lines, in one change that one press takes back.
  cite(card, lines, documents) {
    const fields = card.fields;
    for (const line of lines) {
      const name = `${card.item}-${line}-documents`;
      fields[name] = [...new Set([...(fields[name] ?? []), ...documents])];
      fields[`${card.item}-${line}-state`] = ["have"];
    }
    this.desk.set(card, fields);
    toast(say("evidence-added", { count: lines.length }), () => this.desk.undone());
  }

  tell(text) {
    this.dialog.querySelector("[data-problem]").textContent = text;
  }
}

// A screenshot comes without a name of its own: the item and the moment make one.
function named(file, card) {
  if (file.name && !/^image\.\w+$/.test(file.name)) return file;
  const type = file.type.split("/")[1] ?? "png";
  const moment = new Date().toISOString().slice(0, 19).replace("T", " ").replaceAll(":", "");
  return new File([file], `${card.number} ${moment}.${type}`, { type: file.type });
}

// Asked while the files are dropped: a folder comes as a file that cannot be read.
function foldersAmong(transfer) {
  const items = [...transfer.items].filter((item) => item.kind === "file");
  return items.map((item) => item.webkitGetAsEntry?.()?.isDirectory ?? false);
}

// All that is not had yet is ticked, so that one press is enough for the usual case; where all that counts is had, what
// cites nothing is.
function lineChoices(lines) {
  const isWanting = lines.some((line) => line.counts && line.state !== "have");
  return lines.map((line) => lineChoice(line, isWanting ? line.state !== "have" : !line.isCited));
}

function lineChoice(line, isTicked) {
  const choice = piece("line-choice");
  choice.querySelector("input").value = line.id;
  choice.querySelector("input").checked = isTicked;
  choice.querySelector("[data-letter]").textContent = line.id;
  choice.querySelector("[data-text]").textContent = line.name;
  return choice;
}
