// A file is looked at before it is sent: its size and its kind; while it is sent, how far it is.
// Without this script the server looks at it, after it was sent.
"use strict";

const MEGABYTE = 1048576;

function tell(input, words) {
  let line = document.getElementById(`${input.id}-unsent`);
  if (!line) {
    line = document.createElement("p");
    line.id = `${input.id}-unsent`;
    line.className = "field__error";
    line.setAttribute("role", "alert");
    input.before(line);
    input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
  }
  line.textContent = words;
  line.hidden = !words;
  input.toggleAttribute("aria-invalid", false);
  if (words) input.setAttribute("aria-invalid", "true");
}

function problem(input) {
  const file = input.files[0];
  if (!file) return "";
  const size = (file.size / MEGABYTE).toFixed(1);
  if (file.size > input.dataset.most * MEGABYTE) return input.dataset.large.replace("{size}", size);
  if (!file.size) return input.dataset.empty;
  const ending = /\.[^.]*$/.exec(file.name.toLowerCase())?.[0] ?? "";
  return input.accept.split(",").includes(ending) ? "" : input.dataset.kind;
}

function send(form, input) {
  const bar = document.createElement("progress");
  const said = document.createElement("p");
  const button = form.querySelector("button:not([type=button])");
  bar.max = 100;
  bar.className = "sending";
  bar.setAttribute("aria-label", input.dataset.sending.replace("{percent}", 0));
  button.disabled = true;
  input.after(bar, said);
  const end = (words) => {
    bar.remove();
    said.remove();
    button.disabled = false;
    delete form.dataset.sent;
    tell(input, words);
  };
  const sending = new XMLHttpRequest();
  sending.open("POST", form.getAttribute("action") || location.href);
  sending.setRequestHeader("Accept", "application/json");
  sending.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = Math.round((100 * loaded) / total);
    said.textContent = input.dataset.sending.replace("{percent}", bar.value);
  });
  sending.addEventListener("error", () => end(input.dataset.broken));
  sending.addEventListener("load", () => {
    const answer = (sending.getResponseHeader("Content-Type") ?? "").includes("json") ? JSON.parse(sending.responseText) : null;
    if (answer?.next) location.assign(answer.next);
    else if (answer) end(answer.problem);
    // Whatever else it is, such as a page that asks for the password, the browser shows it by itself.
    else form.submit();
  });
  sending.send(new FormData(form));
}

for (const input of document.querySelectorAll("input[type=file][data-most]")) {
  input.addEventListener("change", () => tell(input, problem(input)));
  input.form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !input.files.length) return;
    const wrong = problem(input);
    if (!wrong && !input.dataset.sending) return;
    event.preventDefault();
    if (!wrong) return send(input.form, input);
    delete input.form.dataset.sent;
    tell(input, wrong);
    input.focus();
  });
}
