// Files one after the other, each with its progress; what broke on the way can be sent again. Without this file the
// form sends them all at once.

// Send one file; resolves with {status, answer}, also when the connection breaks (status 0).
export function sendFile(url, file, token, { onProgress = () => {}, fields = {} } = {}) {
  return new Promise((resolve) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...fields, csrf_token: token })) form.append(name, value);
    form.append("file", file, file.name);
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(Math.floor((100 * event.loaded) / event.total));
    });
    request.addEventListener("loadend", () => {
      let answer = null;
      try { answer = JSON.parse(request.responseText); } catch { /* a proxy answered, or nobody */ }
      resolve({ status: request.status, answer });
    });
    request.send(form);
  });
}

const form = document.querySelector("form[data-uploads]");
if (form) begin(form);

function begin(form) {
  const input = form.querySelector("input[type=file]");
  const list = document.querySelector("[data-arrivals]");
  const waiting = [];
  let isBusy = false;

  form.addEventListener("submit", (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    take(input.files);
    input.value = "";
  });
  input.addEventListener("change", () => { if (input.files.length) form.requestSubmit(); });
  addEventListener("beforeunload", (event) => { if (isBusy) event.preventDefault(); });

  function take(files) {
    list.hidden = false;
    for (const file of files) waiting.push([file, row(file)]);
    next();
  }

  function row(file) {
    const item = document.getElementById("arrival").content.firstElementChild.cloneNode(true);
    item.querySelector(".file-name").textContent = file.name;
    say(item, form.dataset.sayWaiting);
    list.querySelector("ul").append(item);
    return item;
  }

  async function next() {
    if (isBusy || !waiting.length) return;
    isBusy = true;
    const [file, item] = waiting.shift();
    await send(file, item);
    isBusy = false;
    next();
  }

  async function send(file, item) {
    if (file.size > Number(form.dataset.most) * 1_000_000) {
      refuse(item, form.dataset.sayLarge.replace("{name}", () => file.name));
      return;
    }
    const bar = item.querySelector("progress");
    bar.hidden = false;
    const onProgress = (percent) => {
      bar.value = percent;
      say(item, form.dataset.saySending.replace("{percent}", percent));
    };
    onProgress(0);
    const { status, answer } = await sendFile(form.dataset.uploads, file, form.elements.csrf_token.value, { onProgress });
    bar.hidden = true;
    if (status === 200 && answer?.document) accept(item, answer);
    else refuse(item, answer?.error ?? form.dataset.sayLost);
    if (status === 0 || status === 401 || status === 413 || status >= 500) offerAgain(file, item);
  }

  function accept(item, { document: found, duplicate }) {
    const name = item.querySelector(".file-name");
    const link = document.createElement("a");
    link.href = found.url;
    link.textContent = name.textContent;
    name.replaceChildren(link);
    tell(item, duplicate ? "arrival-there" : "arrival-added");
  }

  function refuse(item, problem) {
    tell(item, "arrival-refused");
    item.querySelector(".arrival-told").append(" ", problem);
  }

  function offerAgain(file, item) {
    const button = item.querySelector("button");
    button.textContent = form.dataset.sayRetry;
    button.setAttribute("aria-label", `${form.dataset.sayRetry}: ${file.name}`);
    button.hidden = false;
    button.onclick = () => {
      button.hidden = true;
      say(item, form.dataset.sayWaiting);
      waiting.push([file, item]);
      next();
    };
  }

  const say = (item, text) => { item.querySelector(".arrival-told").textContent = text; };
  const tell = (item, id) => {
    item.querySelector(".arrival-told").replaceChildren(document.getElementById(id).content.cloneNode(true));
  };
}
