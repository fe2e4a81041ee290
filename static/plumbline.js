// Progressive enhancement only: every page works without this file.

const TOAST_MS = 6000;
const SENT_MS = 5000;

function revealPasswords() {
  for (const button of document.querySelectorAll("[data-reveal]")) {
    const input = document.getElementById(button.getAttribute("aria-controls"));
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = input.type === "password";
      input.type = shown ? "text" : "password";
      button.textContent = shown ? button.dataset.hide : button.dataset.show;
      button.setAttribute("aria-label", shown ? button.dataset.hideLabel : button.dataset.showLabel);
    });
    input.form?.addEventListener("submit", () => { input.type = "password"; });
  }
}

async function copy(input) {
  input.select();
  if (navigator.clipboard) return navigator.clipboard.writeText(input.value);
  if (!document.execCommand("copy")) throw new Error("copying is not allowed here");
}

function copyBoxes() {
  for (const button of document.querySelectorAll("[data-copies]")) {
    const input = document.getElementById(button.dataset.copies);
    const told = document.getElementById(`${button.dataset.copies}-copied`);
    button.hidden = false;
    input.addEventListener("focus", () => input.select());
    button.addEventListener("click", async () => {
      try {
        await copy(input);
        told.textContent = button.dataset.done;
      } catch {
        told.textContent = button.dataset.failed;
      }
    });
  }
}

function dismissToasts() {
  for (const toast of document.querySelectorAll("[data-toast]")) {
    let timer;
    const leave = () => {
      toast.dataset.leaving = "";
      setTimeout(() => toast.remove(), 200);
    };
    const wait = () => { timer = setTimeout(leave, TOAST_MS); };
    const stay = () => clearTimeout(timer);
    const waitUnlessHeld = () => { stay(); if (!toast.matches(":hover, :focus-within")) wait(); };
    toast.addEventListener("pointerenter", stay);
    toast.addEventListener("focusin", stay);
    toast.addEventListener("pointerleave", waitUnlessHeld);
    toast.addEventListener("focusout", () => setTimeout(waitUnlessHeld));
    const close = toast.querySelector("[data-closes]");
    if (close) {
      close.hidden = false;
      close.addEventListener("click", leave);
    }
    wait();
  }
}

function openDialogs() {
  for (const opener of document.querySelectorAll("[data-opens]")) {
    const dialog = document.getElementById(opener.dataset.opens);
    if (!dialog?.showModal) continue;
    opener.setAttribute("aria-haspopup", "dialog");
    opener.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
    for (const leaver of dialog.querySelectorAll("[data-leaves]")) {
      leaver.addEventListener("click", (event) => {
        event.preventDefault();
        dialog.close();
      });
    }
  }
}

function closeMenus() {
  const menus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of menus()) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of menus()) if (!menu.contains(event.target)) menu.open = false;
  });
}

function focusSummary() {
  document.querySelector("[data-takes-focus]")?.focus();
}

// Pressed again while the answer is on its way, a form would be sent, and kept, twice.
function sendOnce() {
  const sent = new Set();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog") return; // a dialog that closes sends nothing
    if (sent.has(form)) return event.preventDefault();
    sent.add(form);
    setTimeout(() => sent.delete(form), SENT_MS); // what it led to was perhaps a file
  });
  addEventListener("pageshow", () => sent.clear());
}

// Back from signing in: the page between leads on by itself.
function goOn() {
  document.querySelector("form[data-goes-on]")?.requestSubmit();
}

// The section one reads is marked in the list of sections beside it.
function followReading() {
  const links = new Map([...document.querySelectorAll(".reading-rail .contents a")].map((link) => [link.hash.slice(1), link]));
  if (!links.size) return;
  const visible = new Set();
  const mark = () => {
    const here = [...links.keys()].find((id) => visible.has(id));
    for (const [id, link] of links) {
      if (id === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) visible[entry.isIntersecting ? "add" : "delete"](entry.target.id);
    mark();
  }, { rootMargin: "-25% 0px -60% 0px" });
  for (const id of links.keys()) observer.observe(document.getElementById(id));
}

revealPasswords();
copyBoxes();
dismissToasts();
openDialogs();
closeMenus();
focusSummary();
sendOnce();
goOn();
followReading();
