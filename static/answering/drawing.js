// Pieces of page that the server drew anew take the place of the old ones, and the focus stays where it was.

export function redraw(card, parts = {}) {
  for (const [name, html] of Object.entries(parts)) {
    const part = card.part(name);
    if (part && part.innerHTML !== html) replace(part, html);
  }
}

function replace(part, html) {
  const focused = part.contains(document.activeElement) ? document.activeElement : null;
  const at = focused && [...part.querySelectorAll("a, button, input, summary")].indexOf(focused);
  part.innerHTML = html;
  if (focused) part.querySelectorAll("a, button, input, summary")[at]?.focus({ preventScroll: true });
}
