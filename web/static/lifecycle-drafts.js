// While a lifecycle is typed, the server says what is wrong with it, and each fault stands beside its line.
// Without this script "Check" says the same.
"use strict";

for (const form of document.querySelectorAll("form[data-faults]")) {
  const text = form.querySelector("textarea");
  const sheet = form.querySelector(".draft__sheet");
  const list = form.querySelector("[data-list]");
  const verdict = form.querySelector("[data-verdict]");
  const shape = form.querySelector("template[data-fault]").content.firstElementChild;
  const numbers = document.createElement("div");
  const notes = document.createElement("div");
  numbers.className = "draft__numbers";
  notes.className = "draft__notes";
  for (const beside of [numbers, notes]) beside.setAttribute("aria-hidden", "true");
  sheet.prepend(numbers);
  sheet.append(notes);
  sheet.classList.add("draft__sheet--beside");
  let faults = [];
  let drawn = 0;
  let waiting = 0;
  let asked = 0;

  const height = () => parseFloat(getComputedStyle(text).lineHeight);

  const linesWritten = () => text.value.split("\n").length;

  const number = () => {
    const count = linesWritten();
    drawn = count;
    const wrong = new Set(faults.map((each) => each.line));
    numbers.replaceChildren(...Array.from({ length: count }, (_, at) => {
      const line = document.createElement("span");
      line.textContent = String(at + 1);
      line.classList.toggle("draft__wrong", wrong.has(at + 1));
      return line;
    }));
    follow();
  };

  const follow = () => {
    numbers.scrollTop = text.scrollTop;
    notes.scrollTop = text.scrollTop;
  };

  const goTo = (line) => {
    const before = text.value.split("\n").slice(0, line - 1).join("\n").length;
    const start = line > 1 ? before + 1 : 0;
    const end = text.value.indexOf("\n", start);
    text.focus();
    text.setSelectionRange(start, end < 0 ? text.value.length : end);
    text.scrollTop = Math.max(0, (line - 4) * height());
  };

  const beside = () => {
    const inner = document.createElement("div");
    inner.style.height = `${text.scrollHeight}px`;
    let free = 0;
    for (const each of faults) {
      const note = document.createElement("p");
      note.textContent = each.said;
      const top = Math.max((each.line - 1) * height(), free);
      note.style.top = `${top}px`;
      free = top + height();
      inner.append(note);
    }
    notes.replaceChildren(inner);
    follow();
  };

  const tell = (answer) => {
    faults = answer.faults;
    verdict.textContent = answer.sound;
    const lines = faults.map((each) => {
      const item = shape.cloneNode(true);
      const button = item.querySelector("button");
      button.textContent = `${sheet.dataset.line.replace("{line}", each.line)}: ${each.place} ${each.said}`;
      button.addEventListener("click", () => goTo(each.line));
      return item;
    });
    const told = document.createElement("ol");
    told.className = "plain draft__faults";
    told.append(...lines);
    list.replaceChildren(...(lines.length ? [told] : []));
    number();
    beside();
  };

  async function ask() {
    const turn = ++asked;
    const answer = await fetch(form.dataset.faults, { method: "POST", body: new FormData(form), redirect: "manual" }).catch(() => null);
    if (answer?.ok && turn === asked) tell(await answer.json());
  }

  text.addEventListener("scroll", follow);
  text.addEventListener("input", () => {
    if (linesWritten() !== drawn) number();
    clearTimeout(waiting);
    waiting = setTimeout(ask, 600);
  });
  number();
  ask();
}
