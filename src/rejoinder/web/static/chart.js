// The chart of a dyad by hand: drag over it to look at a stretch of time, turn the wheel or press keys to zoom, go
// from bar to bar. All of it works by links without this file; it only follows the same links without leaving the page.
"use strict";
(() => {
  const WHEEL_PAUSE = 250; // milliseconds between two steps of the wheel
  const STIRRED = 5; // pixels that a hand moves without meaning to
  let drag = null;
  let lastWheel = 0;
  let asking = null;

  const one = (selector) => document.querySelector(selector);
  const same = (element, selector) => element.target.closest?.(selector) ?? null;

  // Show what is at `address` in place of the view, and note it in the history unless we came from there.
  const show = async (address, noted = true) => {
    asking?.abort();
    asking = new AbortController();
    const focused = document.activeElement?.id;
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
    if (!page.getElementById("view")) { location.assign(address); return; }
    const opened = [...document.querySelectorAll("#view details[open][id]")].map((details) => details.id);
    for (const part of ["#view", "footer.bottom"]) one(part).replaceWith(document.adoptNode(page.querySelector(part)));
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    document.title = page.title;
    if (noted) history.pushState({}, "", address);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    one("#said").textContent = one("#total")?.textContent ?? "";
  };

  const between = (first, last) => {
    const there = new URL(location.href);
    there.searchParams.set("since", first.dataset.since);
    there.searchParams.set("until", last.dataset.until);
    there.searchParams.delete("page");
    return there.href;
  };
  const step = (key) => { const link = one(`a#zoom-${key}`); if (link) show(link.href); };
  const all = () => one("[data-all]")?.dataset.all;

  // Bars in order, and the one under a point of the screen.
  const columns = (plot) => [...plot.querySelectorAll("a.column")];
  const columnAt = (plot, x) => {
    const here = columns(plot);
    return here.find((column) => x < column.getBoundingClientRect().right) ?? here[here.length - 1];
  };
  const number = (column) => Number(column.dataset.at);

  // What a bar stands for is said below the chart while it is pointed at or gone to by keys.
  const tell = (mark) => {
    const said = one("figure.chart .readout");
    if (said && mark) said.textContent = mark.querySelector("title").textContent;
  };
  const goTo = (figure, column) => {
    for (const old of figure.querySelectorAll("a.column.at")) old.classList.remove("at");
    column.classList.add("at");
    tell(column);
  };

  const brush = () => {
    const rect = drag.plot.querySelector(".brushed");
    const left = drag.plot.getBoundingClientRect().left;
    const ends = [drag.from, drag.to].map((column) => column.getBoundingClientRect());
    const first = Math.min(...ends.map((end) => end.left)) - left;
    rect.setAttribute("x", first);
    rect.setAttribute("width", Math.max(...ends.map((end) => end.right)) - left - first);
  };
  const drop = () => {
    drag?.plot.querySelector(".brushed").setAttribute("width", 0);
    drag = null;
  };

  document.addEventListener("pointerdown", (event) => {
    const plot = same(event, "svg.plot");
    if (!plot || event.button !== 0 || event.pointerType === "touch") return; // a finger scrolls
    const from = columnAt(plot, event.clientX);
    if (from) drag = { plot, from, to: from, x: event.clientX, moved: false };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    if (!(event.buttons & 1)) { drop(); return; } // let go outside the window
    if (!drag.moved && Math.abs(event.clientX - drag.x) < STIRRED) return;
    drag.moved = true;
    drag.to = columnAt(drag.plot, event.clientX);
    brush();
  });
  document.addEventListener("pointerup", () => {
    if (!drag?.moved) { drag = null; return; }
    const [first, last] = [drag.from, drag.to].sort((a, b) => number(a) - number(b));
    drop();
    const swallow = (event) => { event.preventDefault(); event.stopPropagation(); };
    addEventListener("click", swallow, { capture: true, once: true }); // the end of a drag is no click on a bar
    setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
    show(between(first, last));
  });
  document.addEventListener("pointercancel", drop);
  document.addEventListener("dragstart", (event) => { if (same(event, "svg.plot")) event.preventDefault(); });
  document.addEventListener("pointerover", (event) => tell(same(event, "a.column, a.strip")));

  // A link or form inside the view that stays on this page changes the view alone.
  const stays = (there) => there.origin === location.origin && there.pathname === location.pathname && !there.hash;
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = same(event, "#view a[href]");
    if (!link || link.hasAttribute("download")) return;
    const there = new URL(link.href.baseVal ?? link.href, location.href);
    if (!stays(there)) return;
    event.preventDefault();
    show(there.href);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("#view form[method=get]")) return;
    event.preventDefault();
    const filled = [...new FormData(event.target)].filter(([, value]) => value.trim());
    show(`${location.pathname}?${new URLSearchParams(filled)}`).then(() => one("#view").scrollIntoView());
  });
  addEventListener("popstate", () => show(location.href, false));

  // The wheel with Ctrl (or two fingers on a pad) zooms to the bar under the pointer; without, the page scrolls.
  document.addEventListener("wheel", (event) => {
    const plot = event.ctrlKey ? same(event, "svg.plot") : null;
    if (!plot) return;
    event.preventDefault();
    const now = Date.now();
    if (now - lastWheel < WHEEL_PAUSE) return;
    lastWheel = now;
    const here = columns(plot);
    if (event.deltaY > 0) step("out");
    else if (here.length < 4) step("in");
    else {
      const half = Math.ceil(here.length / 2);
      const first = Math.min(Math.max(0, number(columnAt(plot, event.clientX)) - Math.floor(half / 2)), here.length - half);
      show(between(here[first], here[first + half - 1]));
    }
  }, { passive: false });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (drag) drop();
      else if (all() && /[?&](since|until)=/.test(location.search)) show(new URL(all(), location.href).href);
      return;
    }
    const figure = event.target.matches?.("figure.chart") ? event.target : null;
    if (!figure || event.metaKey || event.ctrlKey || event.altKey) return;
    const here = [...figure.querySelectorAll("a.column:not(.empty)")];
    const at = here.findIndex((column) => column.classList.contains("at"));
    const steps = { "+": "in", "=": "in", "-": "out", PageUp: "earlier", PageDown: "later" };
    const goes = { ArrowLeft: at < 0 ? here.length - 1 : at - 1, ArrowRight: at + 1, Home: 0, End: here.length - 1 };
    if (event.key in steps) step(steps[event.key]);
    else if (event.key in goes && here[goes[event.key]]) goTo(figure, here[goes[event.key]]);
    else if (event.key === "Enter" && at >= 0) show(new URL(here[at].href.baseVal, location.href).href);
    else return;
    event.preventDefault();
  });
})();
