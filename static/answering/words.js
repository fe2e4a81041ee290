// All words come from the page: <template data-words> holds texts by name, every <template data-piece> a piece of page.

export function say(name, values = {}) {
  const word = document.querySelector("template[data-words]").content.querySelector(`[data-word="${name}"]`);
  return word.textContent.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

export function piece(name) {
  const template = document.querySelector(`template[data-piece="${name}"]`);
  return template.content.firstElementChild.cloneNode(true);
}

// Read out when the screen reader pauses; the same words twice are read twice.
export function announce(text) {
  const live = document.querySelector("[data-announces]");
  live.textContent = "";
  setTimeout(() => { live.textContent = text; }, 50);
}
