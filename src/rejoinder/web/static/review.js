// The desk at the speed of keys. Every key presses a button or follows a link that works without this file; here the
// next case is shown at once, and what was said is sent in order, again where sending fails, until the server has it.
"use strict";

const desk = document.getElementById("desk");
const token = () => document.querySelector('meta[name="token"]')?.content ?? "";
for (const one of document.querySelectorAll("[data-tick]")) {
  one.hidden = false;
  one.addEventListener("click", () => {
    for (const box of document.querySelectorAll('input[form="ticked"]')) box.checked = true;
  });
}
if (desk) begin();

function begin() {
  const named = desk.dataset.named;
  const base = new URL(desk.dataset.here, location.href);
  const ids = desk.dataset.ids.split(" ").filter(Boolean);
  const cards = new Map(); // id -> promise of the case's element
  const handled = new Set(); // judged here, on their way to the server or there
  const skipped = new Set(base.searchParams.getAll("skip"));
  const seen = []; // what was shown, for `k`
  const outbox = [];
  let current = document.getElementById("case").dataset.id ?? null;
  let sending = false, choosing = false, filling = null, turn = 0, held = 0;
  if (current && !ids.includes(current)) ids.unshift(current);
  history.scrollRestoration = "manual";

  const card = () => document.getElementById("case");
  const say = (words) => { document.getElementById("said").textContent = words; };

  // which case

  function address(id) {
    const to = new URL(base);
    for (const one of ["said", "act", "pair", "whole"]) to.searchParams.delete(one);
    if (id) to.searchParams.set(named, id);
    return to;
  }

  async function ask(to, options) {
    const answer = await fetch(to, { credentials: "same-origin", ...options });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return { answer, page };
  }

  function load(id) {
    if (!cards.has(id)) {
      const coming = ask(address(id)).then(({ answer, page }) => {
        if (!answer.ok) throw new Error(told(page, answer));
        return page.getElementById("case");
      });
      coming.catch(() => cards.delete(id));
      cards.set(id, coming);
    }
    return cards.get(id);
  }

  function put(element, id) {
    const old = card();
    const fresh = document.importNode(element, true);
    old.replaceWith(fresh);
    current = fresh.dataset.id ?? null;
    ready(fresh);
    history.replaceState(null, "", id ? address(id) : address(null));
    fresh.focus({ preventScroll: true });
    const top = document.getElementById("desk").getBoundingClientRect().top;
    if (top < 0) window.scrollTo(0, window.scrollY + top);
    const trigger = fresh.querySelector(".pane .w-trigger");
    const pane = trigger?.closest(".text");
    if (pane && pane.scrollHeight > pane.clientHeight) pane.scrollTop = trigger.offsetTop - pane.offsetTop - pane.clientHeight / 3;
  }

  async function show(id) {
    const mine = ++turn;
    try {
      const element = await load(id);
      if (mine !== turn) return; // somebody went on meanwhile
      put(element, id);
      ahead();
    } catch (fault) {
      if (mine === turn) trouble(`This case cannot be shown: ${fault.message}`, () => show(id));
    }
  }

  const open = () => ids.filter((id) => !handled.has(id) && !skipped.has(id));

  function next() {
    const at = ids.indexOf(current);
    const rest = ids.slice(at + 1).find((id) => !handled.has(id) && !skipped.has(id));
    return rest ?? open().find((id) => id !== current);
  }

  async function go(id) {
    if (current) seen.push(current);
    if (id) return show(id);
    await fill();
    const more = next();
    if (more) return show(more);
    await settled(); // the end: the server says what is left
    const { page } = await ask(address(null));
    cards.clear();
    put(page.getElementById("case"), null);
  }

  function ahead() { // the next two are fetched before they are asked for
    const at = ids.indexOf(current);
    const coming = [...ids.slice(at + 1), ...ids.slice(0, Math.max(at, 0))].filter((id) => !handled.has(id) && !skipped.has(id));
    for (const id of coming.slice(0, 2)) load(id).catch(() => {});
    if (coming.length < 10) fill();
    if (cards.size > 60) for (const id of [...cards.keys()].slice(0, 20)) if (id !== current) cards.delete(id);
  }

  function fill() {
    filling ??= (async () => {
      const to = address(null);
      to.pathname = "/review.json";
      for (const id of skipped) if (!to.searchParams.getAll("skip").includes(id)) to.searchParams.append("skip", id);
      try {
        const more = (await (await fetch(to, { credentials: "same-origin" })).json()).next;
        for (const id of more) if (!ids.includes(id)) ids.push(id);
      } catch { /* the next case asks again */ }
      setTimeout(() => { filling = null; }, 2000);
    })();
    return filling;
  }

  // what is said

  function count(by) {
    const line = document.getElementById("count");
    const judged = Math.max(0, Math.min(Number(line.dataset.total), Number(line.dataset.judged) + by));
    line.dataset.judged = judged;
    line.textContent = `${judged.toLocaleString("en")} of ${Number(line.dataset.total).toLocaleString("en")} judged`;
    document.querySelector(".progress progress").value = judged;
  }

  function told(page, answer) {
    return page.querySelector("main .told, main p")?.textContent?.trim() || page.body?.textContent?.trim() || `status ${answer.status}`;
  }

  function trouble(words, again, show_again) {
    const box = document.getElementById("trouble");
    const line = document.createElement("p");
    line.append(`${words} `);
    const button = (text, does) => {
      const one = document.createElement("button");
      one.type = "button"; one.textContent = text;
      one.addEventListener("click", () => { line.remove(); does(); });
      line.append(one, " ");
    };
    if (again) button("Try again", again);
    if (show_again) button("Show it", show_again);
    button("Leave it", () => {});
    box.append(line);
  }

  function wait() {
    document.getElementById("waiting").textContent = held
      ? `${outbox.length} not yet kept: the server does not answer. Trying again in ${held} s; keep this page open.` : "";
  }

  const pause = (seconds) => new Promise((resume) => { setTimeout(resume, seconds * 1000); });
  const settled = async () => { while (outbox.length) await pause(0.05); };

  async function send() {
    if (sending) return;
    sending = true;
    let tries = 0;
    while (outbox.length) {
      const one = outbox[0];
      let answer = null, page = null;
      try {
        answer = await fetch(one.to, {
          method: "POST", body: one.body, credentials: "same-origin",
          headers: { "X-Token": token() }, redirect: one.stay ? "follow" : "manual",
        });
        if (answer.type !== "opaqueredirect") page = new DOMParser().parseFromString(await answer.text(), "text/html");
      } catch { answer = null; }
      if (answer === null || answer.status >= 500) {
        tries += 1;
        const seconds = Math.min(30, 2 ** (tries - 1));
        held = seconds;
        wait();
        await pause(seconds);
        continue;
      }
      tries = held = 0;
      outbox.shift();
      wait();
      if (answer.type === "opaqueredirect" || answer.ok) {
        cards.delete(one.id);
        if (one.stay) arrived(one, answer, page);
      } else {
        if (!one.stay) { handled.delete(one.id); count(-1); }
        trouble(`Not kept (${one.label}): ${told(page, answer)}`, null, one.id ? () => { cards.delete(one.id); show(one.id); } : null);
      }
    }
    sending = false;
  }

  // The server shows what follows from what was said: a corrected act, or the one whose judgement was undone.
  function arrived(one, answer, page) {
    const element = page.getElementById("case");
    const line = page.getElementById("count");
    if (line) document.querySelector(".progress").innerHTML = page.querySelector(".progress").innerHTML;
    if (line && outbox.length) count(outbox.filter((other) => !other.stay).length);
    say(page.getElementById("said")?.textContent ?? "");
    if (!element) return;
    const other = new URL(answer.url).searchParams.get("what") ?? "acts";
    if (other !== desk.dataset.what && element.dataset.id) { location.assign(answer.url); return; }
    const id = element.dataset.id;
    if (id) { handled.delete(id); skipped.delete(id); }
    if (one.moves || id === current) {
      turn += 1;
      if (id && !ids.includes(id)) ids.splice(Math.max(0, ids.indexOf(current)), 0, id);
      put(element, id);
      ahead();
    } else if (id) cards.delete(id);
  }

  function post(form, submitter) {
    const body = new URLSearchParams(new FormData(form));
    if (submitter?.name) body.append(submitter.name, submitter.value);
    const note = card().querySelector('input[name="note"]');
    if (note?.value && !body.get("note")) body.set("note", note.value);
    const stay = form.dataset.fast === "stay";
    const pressed = [...(submitter?.childNodes ?? [])].filter((one) => one.nodeType === 3).map((one) => one.textContent.trim()).join(" ");
    const label = `${pressed || body.get("do")}: ${card().dataset.label ?? ""}`;
    const does = body.get("do");
    outbox.push({
      to: form.action, body: body.toString(), stay, id: does === "undo" ? null : current, label,
      moves: ["undo", "add", "link", "merge", "correct", "kind", "done"].includes(does),
    });
    if (note) note.value = "";
    wait();
    if (!stay) {
      handled.add(current);
      count(1);
      say(`${label}.`);
      go(next());
    }
    send();
  }

  // forms, links, dialogs

  const picker = document.getElementById("picker");

  async function pick(to) {
    const { answer, page } = await ask(to);
    const found = page.getElementById("pick");
    if (!found) { trouble(told(page, answer)); return; }
    picker.replaceChildren(document.importNode(found, true));
    if (!picker.open) picker.showModal();
    (picker.querySelector('input[type="radio"]:checked') ?? picker.querySelector('input[type="search"]'))?.focus();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.closest("#picker") && form.method === "get") {
      event.preventDefault();
      const to = new URL(form.action);
      to.search = new URLSearchParams(new FormData(form));
      pick(to);
    } else if (form.dataset.fast) {
      event.preventDefault();
      if (picker.open) picker.close();
      post(form, event.submitter);
    }
  });

  document.addEventListener("click", (event) => {
    const one = event.target.closest("[data-go], [data-pick]");
    if (!one || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if ("pick" in one.dataset) pick(one.href);
    else does[one.dataset.go]?.(one);
  });

  const does = {
    skip() { skipped.add(current); say("Skipped: it comes again later."); go(next()); },
    after() { const at = ids.indexOf(current); go(ids.slice(at + 1).find((id) => !skipped.has(id) && !handled.has(id)) ?? next()); },
    before() {
      const at = ids.indexOf(current);
      const id = seen.pop() ?? ids[at - 1];
      if (id) show(id); else say("This is the first one.");
    },
    async load(one) {
      const { page } = await ask(one.href);
      put(page.getElementById("case"), current);
      card().querySelector(".text").focus({ preventScroll: true });
    },
    edit() { choose(!choosing); },
    keys() { const all = document.getElementById("keys"); all.showModal(); all.querySelector("form button").focus({ preventScroll: true }); },
    close() { picker.close(); card().focus({ preventScroll: true }); },
  };

  function choose(on) {
    choosing = on;
    document.body.classList.toggle("choosing", on);
    say(on ? "Which field? Press its letter; Escape leaves." : "");
  }

  function open_field(letter) {
    const found = [...card().querySelectorAll("[data-field-key]")].find((one) => one.dataset.fieldKey === letter);
    choose(false);
    if (!found) { say("No field has this letter."); return; }
    found.open = true;
    const input = found.querySelector("input:not([type=hidden]), select");
    input.focus();
    if (input.select) input.select();
  }

  // keys

  const box = document.getElementById("keys-on");
  let on = true;
  try { on = localStorage.getItem("rejoinder-keys") !== "off"; } catch { /* private windows may keep nothing */ }
  box.checked = on;
  document.body.classList.toggle("no-keys", !on);
  box.addEventListener("change", () => {
    on = box.checked;
    document.body.classList.toggle("no-keys", !on);
    try { localStorage.setItem("rejoinder-keys", on ? "on" : "off"); } catch { /* then for this page only */ }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return leave(event);
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, select, textarea, [contenteditable], dialog")) return;
    if (event.target.closest(".pane .text") && words(event)) return;
    if (!on || document.querySelector("dialog[open]") || event.repeat) return;
    if (choosing && event.key.length === 1) { event.preventDefault(); open_field(event.key.toLowerCase()); return; }
    if (event.key === "n") { event.preventDefault(); add(); return; }
    const wanted = desk.dataset.what === "merges" && event.key === "m" ? "a" : event.key;
    const found = [...desk.querySelectorAll("[data-key]")].find((one) => one.dataset.key === wanted);
    if (!found) return;
    event.preventDefault();
    if (found.matches("input, select")) found.focus();
    else found.click();
  });

  function leave(event) {
    if (choosing) { choose(false); return; }
    const inside = event.target.closest("details[open], .note");
    if (!inside || document.querySelector("dialog[open]")) return;
    if (inside.open) { inside.open = false; }
    card().focus({ preventScroll: true });
  }

  // words selected in the text: where an act is added

  function selected() {
    const selection = getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const [first, last] = [range.startContainer, range.endContainer].map((node) => (node.nodeType === 1 ? node : node.parentElement)?.closest(".passage"));
    if (!first || !last || !first.closest("#case .pane")) return null;
    const offset = (passage, node, at) => {
      const before = document.createRange();
      before.setStart(passage, 0);
      before.setEnd(node, at);
      return Number(passage.dataset.at) + [...before.toString()].length;
    };
    let start = offset(first, range.startContainer, range.startOffset);
    let end = offset(last, range.endContainer, range.endOffset);
    const quote = first === last ? range.toString() : selection.toString();
    if (!quote.trim()) return null;
    start += [...quote].length - [...quote.trimStart()].length;
    end -= [...quote].length - [...quote.trimEnd()].length;
    return start < end ? { start, end, quote: quote.trim() } : null;
  }

  document.addEventListener("selectionchange", () => {
    const found = selected(), form = document.querySelector("#add form");
    if (!found || !form) return;
    form.elements.trigger.value = `${found.start}-${found.end}`;
    form.querySelector(".picked").textContent = `“${found.quote}”`;
  });
  document.addEventListener("mouseup", (event) => {
    if (event.target.closest(".pane .text") && selected()) { const more = document.getElementById("add"); if (more) more.open = true; }
  });

  function add() {
    const more = document.getElementById("add");
    if (!more) return;
    more.open = true;
    const form = more.querySelector("form");
    (selected() ? form.elements.kind : form.elements.trigger).focus();
  }

  function words(event) { // arrows move through the text word by word, Shift selects, Enter adds
    const selection = getSelection();
    const pane = event.target.closest(".text");
    if (event.key === "Enter") { event.preventDefault(); add(); return true; }
    const way = { ArrowRight: ["forward", "word"], ArrowLeft: ["backward", "word"], ArrowDown: ["forward", "line"], ArrowUp: ["backward", "line"] }[event.key];
    if (!way || (!event.shiftKey && way[1] === "line")) return false;
    event.preventDefault();
    if (!selection.rangeCount || !pane.contains(selection.anchorNode)) selection.collapse(pane.querySelector(".w-trigger, .passage").firstChild, 0);
    if (event.shiftKey) selection.modify("extend", ...way);
    else { selection.modify("move", ...way); selection.modify("extend", "forward", "word"); }
    return true;
  }

  function ready(element) {
    for (const one of element.querySelectorAll("[data-go][hidden]")) one.hidden = false;
  }

  addEventListener("beforeunload", (event) => { if (outbox.length) event.preventDefault(); });
  ready(card());
  if (current) { cards.set(current, Promise.resolve(card().cloneNode(true))); ahead(); }
  card().focus({ preventScroll: true });
}
