// What a card's controls say, as {name: [values]}, and back again. Nothing said is an empty list.

// Sent with an answer but no part of it; the last two serve the page without script.
const NOT_STATED = new Set(["version", "key", "cite", "cite-lines"]);
const LISTED = "-documents";

export function controls(card) {
  const start = `${card.dataset.item}-`;
  const isStated = (name) => name.startsWith(start) && !NOT_STATED.has(name.slice(start.length));
  return [...card.querySelectorAll("input, textarea, select")].filter((control) => isStated(control.name));
}

export function read(card) {
  return gather(card, (control) => control.checked, (control) => control.value);
}

// Of what the server tells, that which this card has a place for: the rest cannot be changed here.
export function shownOn(card, fields) {
  const places = new Set(controls(card).map((control) => control.name));
  return Object.fromEntries(Object.entries(fields).filter(([name]) => places.has(name) || name.endsWith(LISTED)));
}

// What the server drew, whatever the browser or a quick hand put there since.
export function readDrawn(card) {
  const drawn = (control) => (control.localName === "select" ? control.value : control.defaultValue);
  return gather(card, (control) => control.defaultChecked, drawn);
}

// Leaves every control alone that says it already, so that the caret of whoever types stays where it is.
export function write(card, fields) {
  for (const [name, values] of Object.entries(fields)) if (name.endsWith(LISTED)) list(card, name, values);
  const all = controls(card);
  for (const control of all) {
    const values = fields[control.name] ?? [];
    const isOnABox = (value) => all.some((box) => isPressed(box) && box.name === control.name && box.value === value);
    if (isPressed(control)) control.checked = values.includes(control.value) && control.value !== "";
    else if (control.type !== "hidden") fill(control, values.find((value) => !isOnABox(value)) ?? "");
  }
}

// A box and a text of one name say one thing: the one that was touched last.
export function settle(card, control) {
  for (const other of controls(card).filter(({ name }) => name === control.name)) {
    if (isPressed(other) === isPressed(control)) continue;
    if (!isPressed(control) && control.value.trim()) other.checked = false;
    if (isPressed(control) && control.checked) fill(other, "");
  }
}

// What is empty is sent empty, so that the server knows it was emptied.
export function encode(fields) {
  const body = new URLSearchParams();
  for (const [name, values] of Object.entries(fields)) for (const value of values.length ? values : [""]) body.append(name, value);
  return body;
}

// A document that is not on the card yet is added bare: what it looks like the server draws when it is saved.
function list(card, name, values) {
  const listed = controls(card).filter((control) => control.name === name).map((control) => control.value);
  for (const value of values.filter((each) => !listed.includes(each))) {
    const line = name.slice(card.dataset.item.length + 1, -LISTED.length);
    const input = Object.assign(document.createElement("input"), { type: "checkbox", name, value, checked: true, hidden: true });
    (card.querySelector(`[data-part="cited-${line}"]`) ?? card).append(input);
  }
}

export function isText(control) {
  return control.localName === "textarea" || ["text", "search", "url", "email"].includes(control.type);
}

function fill(control, text) {
  if (plain(control.value) !== text) control.value = text;
}

function isPressed(control) {
  return control.type === "radio" || control.type === "checkbox";
}

function gather(card, isOn, valueOf) {
  const fields = {};
  for (const control of controls(card)) {
    const values = (fields[control.name] ??= []);
    if (isPressed(control) && !isOn(control)) continue;
    const value = plain(valueOf(control));
    if (value !== "") values.push(value);
  }
  return fields;
}

function plain(value) {
  return value.replace(/\r\n?/g, "\n");
}
