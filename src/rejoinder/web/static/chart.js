// The chart of a dyad by hand: drag over it to look at a stretch of time, turn the wheel or press keys to zoom.
// All of it works by links without this file; it only follows the same links without leaving the page.
"use strict";
(() => {
  const view = () => document.getElementById("view");
  const WHEEL_PAUSE = 250; // milliseconds between two steps of the wheel
  let drag = null;
  let lastWheel = 0;
  let asking = null;

  // Show what is at `address` in place of the view, and note it in the history unless we came from there.
  const show = async (address, noted = true) => {
    asking?.abort();
    asking = new AbortController();
    const from = document.activeElement?.id;
    let text;
    try {
      const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.statusText);
      text = await answer.text();
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address); // the browser tells what is wrong
      return;
    }
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.getElementById("view");
    if (!fresh) { location.assign(address); return; }
    const height = document.documentElement.scrollHeight;
    view().replaceWith(document.adoptNode(fresh));
    document.title = page.title;
    document.querySelector("footer.bottom")?.replaceWith(document.adoptNode(page.querySelector("footer.bottom")));
    if (noted) history.pushState({ chart: true }, "", address);
    if (from) document.getElementById(from)?.focus({ preventScroll: true });
    if (document.documentElement.scrollHeight < scrollY + innerHeight && height > 0) scrollTo(0, scrollY);
    document.getElementById("said").textContent = document.getElementById("total")?.textContent ?? "";
  };

  const address = (since, until) => {
    const there = new URL(location.href);
    there.searchParams.set("since", since);
    there.searchParams.set("until", until);
    there.searchParams.delete("page");
    return there.href;
  };

  const step = (key) => { const link = document.querySelector(`a#zoom-${key}`); if (link) show(link.href); };

  // Columns in order, and the one under a point of the screen.
  const columns = (plot) => [...plot.querySelectorAll("a.column")];
  const columnAt = (plot, x) => {
    const all = columns(plot);
    return all.find((one) => x < one.getBoundingClientRect().right) ?? all[all.length - 1];
  };

  const paint = () => {
    const rect = drag.plot.querySelector(".brushed");
    const frame = drag.plot.getBoundingClientRect();
    const first = drag.from.getBoundingClientRect();
    const last = drag.to.getBoundingClientRect();
    const left = Math.min(first.left, last.left) - frame.left;
    rect.setAttribute("x", left - parseFloat(getComputedStyle(drag.plot).paddingLeft || 0));
    rect.setAttribute("width", Math.max(first.right, last.right) - frame.left - left);
  };

  const drop = () => {
    drag?.plot.querySelector(".brushed").setAttribute("width", 0);
    drag = null;
  };

  document.addEventListener("pointerdown", (event) => {
    const plot = event.target.closest?.("svg.plot");
    if (!plot || event.button !== 0 || event.pointerType === "touch") return; // a finger scrolls
    const from = columnAt(plot, event.clientX);
    if (from) drag = { plot, from, to: from, x: event.clientX, moved: false };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!drag.moved && Math.abs(event.clientX - drag.x) < 5) return;
    drag.moved = true;
    drag.to = columnAt(drag.plot, event.clientX);
    paint();
  });
  document.addEventListener("pointerup", () => {
    if (!drag?.moved) { drag = null; return; }
    const [first, last] = Number(drag.from.dataset.at) <= Number(drag.to.dataset.at) ? [drag.from, drag.to] : [drag.to, drag.from];
    const there = address(first.dataset.since, last.dataset.until);
    drop();
    document.addEventListener("click", (event) => { event.preventDefault(); event.stopPropagation(); }, { capture: true, once: true });
    show(there);
  });
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.("svg.plot")) event.preventDefault(); });

  // A link inside the view that stays on this page changes the view alone.
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.("#view a[href]");
    if (!link || link.hasAttribute("download")) return;
    const there = new URL(link.href?.baseVal ?? link.href, location.href);
    if (there.origin !== location.origin || there.pathname !== location.pathname || there.hash) return;
    event.preventDefault();
    show(there.href);
  });
  addEventListener("popstate", () => show(location.href, false));

  document.addEventListener("wheel", (event) => {
    if (!event.ctrlKey || !event.target.closest?.("svg.plot")) return; // without Ctrl the page scrolls
    event.preventDefault();
    const now = Date.now();
    if (now - lastWheel < WHEEL_PAUSE) return;
    lastWheel = now;
    step(event.deltaY < 0 ? "in" : "out");
  }, { passive: false });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (drag) { drop(); return; }
      const all = document.querySelector("[data-all]");
      if (all && location.search.match(/[?&](since|until)=/)) show(new URL(all.dataset.all, location.href).href);
      return;
    }
    if (!event.target.closest?.("figure.chart") || event.metaKey || event.ctrlKey || event.altKey) return;
    const key = { "+": "in", "=": "in", "-": "out", ArrowLeft: "earlier", ArrowRight: "later" }[event.key];
    if (key) { event.preventDefault(); step(key); }
  });

  // What a bar stands for is said below the chart while it is pointed at.
  document.addEventListener("pointerover", (event) => {
    const told = event.target.closest?.("svg.plot a.column, svg.plot a.strip")?.querySelector("title");
    const said = document.querySelector("figure.chart .readout");
    if (told && said) said.textContent = told.textContent;
  });
})();
