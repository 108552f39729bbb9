// What every page does beyond plain links and forms: the token travels with what htmx sends.
"use strict";
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="token"]');
  if (token) event.detail.headers["X-Token"] = token.content;
});
// Copy what a button names ("copy citation"); data-copy-address is made a whole address first.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-address]");
  if (!button) return;
  const { copy, copyAddress } = button.dataset;
  const done = await copied(copy ?? new URL(copyAddress, location.href).href);
  const said = button.dataset.said ?? button.textContent;
  button.dataset.said = said;
  button.textContent = done ? "Copied" : "Select it and copy by hand";
  setTimeout(() => { button.textContent = said; }, 1500);
});
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text); // only over https or from this machine
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
