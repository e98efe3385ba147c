// While somebody types, the same checks that stand behind Save say at each field what does not fit.
"use strict";

for (const form of document.querySelectorAll("form[data-hints]")) {
  const shape = form.querySelector("template[data-hint]").content.firstElementChild;
  let waiting = 0;
  let asked = 0;

  const noteOf = (id) => {
    const known = document.getElementById(`${id}-note`);
    const place = document.getElementById(id);
    if (known || !place) return known;
    const note = document.createElement("div");
    note.id = `${id}-note`;
    const legend = place.querySelector("legend");
    if (legend) legend.after(note);
    else (place.closest("label") ?? place).before(note);
    const described = (place.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
    place.setAttribute("aria-describedby", [...described, note.id].join(" "));
    return note;
  };

  const tell = (id, sentences) => {
    const note = sentences.length ? noteOf(id) : document.getElementById(`${id}-note`);
    if (!note || note.dataset.said === sentences.join("\n")) return;
    note.dataset.said = sentences.join("\n");
    note.setAttribute("aria-live", "polite");
    note.replaceChildren(...sentences.map((sentence) => {
      const line = shape.cloneNode(true);
      line.querySelector("span").textContent = sentence;
      return line;
    }));
  };

  async function ask() {
    const turn = ++asked;
    const sent = new FormData(form);
    for (const button of ["add", "remove", "action"]) sent.delete(button);
    const answer = await fetch(form.dataset.hints, { method: "POST", body: sent, redirect: "manual" }).catch(() => null);
    if (!answer?.ok || turn !== asked) return;
    for (const [id, sentences] of Object.entries(await answer.json())) tell(id, sentences);
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 700);
  });
}
