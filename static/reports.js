// The report page: page one follows the choices, and a download says that it is being built. Without this file the
// same buttons send the same form.

const form = document.querySelector("form[data-reports]");
const told = form.querySelector("[data-told]");
const preview = document.querySelector("[data-preview]");
const SAID_AFTER_MS = 400;
let latest = 0;

function choices() {
  const found = new URLSearchParams(new FormData(form));
  found.delete("csrf_token");
  return found;
}

async function show() {
  const mine = ++latest;
  const url = `${form.action}?${choices()}`;
  preview.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    if (mine !== latest || !answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== latest) return;
    preview.replaceChildren(...page.querySelector("[data-preview]").childNodes);
    history.replaceState(null, "", url);
  } finally {
    if (mine === latest) preview.removeAttribute("aria-busy");
  }
}

function nameOf(answer) {
  const found = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("Content-Disposition") ?? "");
  return found ? decodeURIComponent(found[1]) : "";
}

function save(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function build(button) {
  const body = choices();
  body.append(button.name, button.value);
  const saying = setTimeout(() => { told.textContent = form.dataset.building; }, SAID_AFTER_MS);
  told.textContent = "";
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(button.formAction, { method: "POST", body, headers: { Accept: "application/json" } });
    clearTimeout(saying);
    if (answer.ok && answer.headers.has("Content-Disposition")) {
      save(await answer.blob(), nameOf(answer));
      told.textContent = form.dataset.done;
    } else {
      const said = await answer.json().catch(() => null);
      told.textContent = said?.error ?? form.dataset.lost;
    }
  } catch {
    told.textContent = form.dataset.lost;
  } finally {
    clearTimeout(saying);
    button.removeAttribute("aria-busy");
  }
}

form.querySelector("[data-shows]").hidden = true;
form.addEventListener("change", show);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter;
  if (button?.formMethod !== "post") show();
  else if (button.getAttribute("aria-busy") !== "true") build(button);
});
