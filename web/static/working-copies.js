// What is typed is kept every few seconds and on leaving, and given back after a loss.
// It is kept beside the form: nobody else sees it, and nothing is sent until the person sends it.
"use strict";

const SOON = 3000;
const AGAIN = 10000;
const unkept = document.currentScript.dataset.unkept;
const NOT_TYPED = ["hidden", "submit", "button", "reset", "file", "password"];
const key = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join("");

const typed = (form) => [...form.elements].filter((field) => field.name && !NOT_TYPED.includes(field.type));
const placeOf = (form) => {
  const { pathname, search } = new URL(form.getAttribute("action") || location.href, location.href);
  return pathname + search;
};

class Kept {
  constructor(form) {
    this.form = form;
    this.place = placeOf(form);
    this.unsaved = false;
    this.failing = false;
    this.line = document.createElement("p");
    this.line.className = "kept";
    form.append(this.line);
    form.addEventListener("input", () => this.later(SOON));
    form.addEventListener("change", () => this.later(SOON));
    form.addEventListener("submit", () => this.leave());
  }

  get address() {
    const page = location.pathname + location.search;
    return `/working-copies?${new URLSearchParams({ place: this.place, key, page })}`;
  }

  get fields() {
    const data = new FormData(this.form);
    for (const field of this.form.elements) {
      if (field.type === "file" || field.type === "password") data.delete(field.name);
    }
    return data;
  }

  later(wait) {
    this.unsaved = true;
    this.timer ??= setTimeout(() => this.keep(), wait);
  }

  async keep() {
    this.timer = null;
    this.unsaved = false;
    const sent = { method: "POST", body: this.fields, redirect: "manual" };
    const answer = await fetch(this.address, sent).catch(() => null);
    const told = answer?.status < 500 && answer.type !== "opaqueredirect" ? await answer.json().catch(() => null) : null;
    this.failing = !answer?.ok || !told || Boolean(told.away);
    this.line.textContent = told?.said ?? unkept;
    this.line.classList.toggle("kept--not", this.failing);
    if (this.failing) this.later(AGAIN);
  }

  // The last words go along with whatever ends the page, also where the form itself never arrives.
  leave() {
    if (!this.unsaved) return;
    if (!navigator.sendBeacon(this.address, this.fields)) fetch(this.address, { method: "POST", body: this.fields });
    this.unsaved = this.failing;
  }

  give(left) {
    const values = new Map();
    for (const [name, value] of left.fields) values.set(name, [...(values.get(name) ?? []), value]);
    const differs = typed(this.form).some((field) => !fits(field, values));
    if (!differs) return;
    const told = document.createElement("p");
    told.className = "told";
    told.setAttribute("role", "status");
    told.append(left.said, " ");
    const put = () => {
      for (const field of typed(this.form)) fill(field, values);
      told.querySelector("button")?.remove();
      this.form.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const empty = [...this.form.querySelectorAll("textarea")].every((area) => !area.value);
    if (!empty) told.append(button(left.put, put), " ");
    const away = document.createElement("a");
    away.href = "/working-copies";
    away.textContent = left.all;
    told.append(away);
    this.form.prepend(told);
    for (let around = this.form.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
    if (empty) put();
  }
}

function fits(field, values) {
  const mine = values.get(field.name) ?? [];
  if (field.type === "checkbox" || field.type === "radio") return field.checked === mine.includes(field.value);
  if (field.type === "select-multiple") return [...field.options].every((each) => each.selected === mine.includes(each.value));
  return !values.has(field.name) || mine.includes(field.value.replace(/\r?\n/g, "\r\n")) || mine.includes(field.value);
}

function fill(field, values) {
  const mine = values.get(field.name) ?? [];
  if (field.type === "checkbox" || field.type === "radio") field.checked = mine.includes(field.value);
  else if (field.type === "select-multiple") for (const each of field.options) each.selected = mine.includes(each.value);
  else if (values.has(field.name)) field.value = mine[0];
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn btn-sm";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

const kept = [...document.forms]
  .filter((form) => form.method === "post" && form.dataset.workingCopy !== "none")
  .filter((form) => "workingCopy" in form.dataset || form.querySelector("textarea:not([readonly])"))
  .map((form) => new Kept(form));

// The page names itself to where its words are taken, so that what it still sends afterwards is late.
for (const each of kept) {
  const name = document.createElement("input");
  Object.assign(name, { type: "hidden", name: "working-copy", value: key });
  each.form.append(name);
}

addEventListener("pagehide", () => kept.forEach((each) => each.leave()));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") kept.forEach((each) => each.leave());
});
addEventListener("beforeunload", (event) => {
  if (kept.some((each) => each.failing && each.unsaved && !each.form.dataset.sent)) event.preventDefault();
});

// A form of a document is given back by the server already, with the text that was kept in it.
const asked = kept.filter((each) => each.form.dataset.workingCopy !== "given");
if (asked.length) {
  const places = new URLSearchParams(asked.map((each) => ["place", each.place]));
  fetch(`/working-copies/left?${places}`, { redirect: "manual" })
    .then((answer) => (answer.ok ? answer.json() : []))
    .then((found) => {
      for (const left of found) asked.find((each) => each.place === left.place)?.give(left);
    })
    .catch(() => {});
}
