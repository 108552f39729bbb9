// Shows the words an act rests on, and any words by their address (#c903-934). Offsets count characters as the text
// was read (code points, 0-based, the end not included); a browser counts UTF-16 units, so an emoji is two there.
"use strict";
(() => {
  const parts = [...document.querySelectorAll(".part")];
  if (!parts.length) return;
  const starts = parts.map((part) => Number(part.dataset.start));
  const highlights = globalThis.CSS?.highlights;
  const OWN = { actor: "actor", target: "target" };
  let pinned = null;

  // Code points in the first `units` UTF-16 units of `text`.
  const points = (text, units = text.length) => {
    let count = 0;
    for (let at = 0; at < units; count += 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
    return count;
  };
  // UTF-16 units that `count` code points of `text` take.
  const units = (text, count) => {
    let at = 0;
    for (let left = count; left > 0 && at < text.length; left -= 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
    return at;
  };
  const known = new WeakMap();
  // The text nodes of a part, each with the offsets between which it lies.
  function nodesOf(part) {
    if (!known.has(part)) {
      const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      const found = [];
      let at = Number(part.dataset.start);
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const end = at + points(node.data);
        found.push({ node, start: at, end });
        at = end;
      }
      known.set(part, found);
    }
    return known.get(part);
  }
  // Where the character at `offset` stands: the last item whose start is not behind it.
  function lastUpTo(items, startOf, offset) {
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (startOf(items[middle]) <= offset) low = middle + 1; else high = middle;
    }
    return Math.max(low - 1, 0);
  }
  function place(offset) {
    const part = parts[lastUpTo(starts, (start) => start, offset)];
    const nodes = nodesOf(part);
    const one = nodes[lastUpTo(nodes, (each) => each.start, offset)];
    if (!one) return null;
    return { node: one.node, at: units(one.node.data, Math.max(offset - one.start, 0)) };
  }
  // The range of the characters start..end, end not included; null where there are none.
  function rangeOf(start, end) {
    const last = nodesOf(parts.at(-1)).at(-1);
    if (!(start < end) || !last || start >= last.end) return null;
    const first = place(start);
    const final = place(Math.min(end, last.end) - 1);
    if (!first || !final) return null;
    const range = document.createRange();
    range.setStart(first.node, Math.min(first.at, first.node.length));
    const step = final.node.data.codePointAt(final.at) > 0xffff ? 2 : 1;
    range.setEnd(final.node, Math.min(final.at + step, final.node.length));
    return range;
  }

  const marks = new Map(); // act id -> what in the page belongs to it
  for (const one of document.querySelectorAll(".doc [data-act]")) {
    if (!marks.has(one.dataset.act)) marks.set(one.dataset.act, []);
    marks.get(one.dataset.act).push(one);
  }
  const cardOf = (act) => document.getElementById(`act-${act}`);

  let shown = null;
  function show(act) {
    if (act === shown) return;
    for (const one of marks.get(shown) ?? []) one.classList.remove("on");
    for (const one of marks.get(act) ?? []) one.classList.add("on");
    shown = act;
    if (!highlights) return;
    const found = { actor: [], target: [], other: [] };
    for (const [, name, start, end] of (cardOf(act)?.dataset.words ?? "").matchAll(/(\w+) (\d+)-(\d+)/g)) {
      const range = rangeOf(Number(start), Number(end));
      if (range) found[OWN[name] ?? "other"].push(range);
    }
    for (const name of Object.keys(found)) highlights.set(name, new Highlight(...found[name]));
  }

  function follow(scroll) {
    const asked = /^#c(\d+)-(\d+)$/.exec(location.hash);
    const range = asked && rangeOf(Number(asked[1]), Number(asked[2]));
    highlights?.delete("address");
    if (!range) return;
    if (highlights) highlights.set("address", new Highlight(range));
    else { getSelection().removeAllRanges(); getSelection().addRange(range); }
    pinned = document.querySelector(`.card[data-at="${asked[1]}-${asked[2]}"]`)?.dataset.act ?? null;
    show(pinned);
    if (!scroll) return;
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
    settle(range, 8);
  }
  // In a long text what comes into sight is drawn only then, and moves what follows: look again a few times.
  function settle(range, times) {
    const box = range.getBoundingClientRect();
    if (box.top < 40 || box.top > innerHeight - 60) scrollBy(0, box.top - innerHeight / 3);
    if (times > 0) requestAnimationFrame(() => settle(range, times - 1));
  }
  addEventListener("hashchange", () => follow(true));
  follow(true);

  const text = document.querySelector(".doc");
  const actAt = (event) => event.target.closest("[data-act]")?.dataset.act;
  text.addEventListener("pointerover", (event) => show(actAt(event) ?? pinned));
  text.addEventListener("pointerleave", () => show(pinned));
  text.addEventListener("focusin", (event) => show(actAt(event) ?? pinned));
  text.addEventListener("focusout", () => show(pinned));
  // A click on marked words keeps them shown, and their address in the address bar.
  text.addEventListener("click", (event) => {
    const act = event.target.closest(".part") ? actAt(event) : null;
    if (!act || !getSelection().isCollapsed) return;
    history.replaceState(null, "", `#c${cardOf(act).dataset.at}`);
    follow(false);
    pinned = act;
    show(act);
    cardOf(act).scrollIntoView({ block: "nearest" });
  });

  // Any words that are selected have an address too.
  const bar = document.querySelector(".picked");
  document.addEventListener("selectionchange", () => {
    const picked = getSelection();
    const span = picked.rangeCount && !picked.isCollapsed ? spanOf(picked.getRangeAt(0)) : null;
    bar.hidden = !span;
    if (!span) return;
    bar.querySelector("span").textContent = `${span[0]}–${span[1]}`;
    const button = bar.querySelector("button");
    button.dataset.copyAddress = `#c${span[0]}-${span[1]}`;
  });
  function spanOf(range) {
    let first = null;
    let last = null;
    for (const part of parts) {
      if (!range.intersectsNode(part)) continue;
      for (const { node, start, end } of nodesOf(part)) {
        if (!range.intersectsNode(node)) continue;
        const from = node === range.startContainer ? start + points(node.data, range.startOffset) : start;
        const to = node === range.endContainer ? start + points(node.data, range.endOffset) : end;
        if (from < to) { first ??= from; last = to; }
      }
    }
    return first === null ? null : [first, last];
  }
})();
