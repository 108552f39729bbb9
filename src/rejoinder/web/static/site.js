// What every page does beyond plain links and forms: the token travels with what htmx sends.
"use strict";
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="token"]');
  if (token) event.detail.headers["X-Token"] = token.content;
});
// Copy what a button names ("copy citation").
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  const said = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = said; }, 1500);
});
