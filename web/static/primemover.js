// Comforts on top of pages that work without any script.
"use strict";

// A refused form is read from its summary.
document.querySelector("[data-focus]")?.focus();

// A menu closes with Escape and with a click beside it.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  closeMenus(null);
  open?.querySelector("summary").focus();
});

// A text that has a limit says how much of it is used.
for (const area of document.querySelectorAll("textarea[maxlength]")) {
  const count = document.createElement("p");
  count.className = "field__count";
  const words = document.body.dataset.count ?? "{used} / {most}";
  const tell = () => {
    count.textContent = words.replace("{used}", area.value.length).replace("{most}", area.maxLength);
  };
  area.addEventListener("input", tell);
  area.after(count);
  tell();
}

// A second click on the same button sends nothing twice.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 4000);
  });
}

// What is awaited is looked at again by itself; only its own part of the page changes.
const awaited = (page) => page.querySelector("[data-awaited]");
async function lookAgain() {
  const answer = await fetch(location.href).catch(() => null);
  const found = answer?.ok && awaited(new DOMParser().parseFromString(await answer.text(), "text/html"));
  if (found && found.innerHTML !== awaited(document).innerHTML) awaited(document).replaceWith(found);
  if (!found || found.dataset.awaited === "yes") setTimeout(lookAgain, 3000);
}
if (awaited(document)?.dataset.awaited === "yes") setTimeout(lookAgain, 3000);
