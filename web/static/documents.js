// A long list of boxes gets a field that narrows it; without this script it is simply long.
"use strict";

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

for (const list of document.querySelectorAll("[data-filter]")) {
  const box = document.createElement("input");
  box.type = "search";
  box.className = "form-control filter";
  box.placeholder = list.dataset.filter;
  box.setAttribute("aria-label", list.dataset.filter);
  const regions = [...list.querySelectorAll("details")];
  const atFirst = regions.map((region) => region.open);
  const items = [...list.querySelectorAll("label")].map((label) => [label, folded(label.textContent)]);

  box.addEventListener("input", () => {
    const wanted = folded(box.value.trim());
    for (const [label, words] of items) label.hidden = !words.includes(wanted);
    regions.forEach((region, at) => {
      region.hidden = !region.querySelector("label:not([hidden])");
      region.open = wanted ? true : atFirst[at];
    });
  });
  // Enter would save the page; here it only ends the search.
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  if (regions.length) list.prepend(box);
  else list.before(box);
}
