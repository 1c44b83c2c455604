"use strict";
// Views, filters, folds and evidence of a report. Without this script everything stays readable, one under another.
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const tabs = all('[role="tab"]');
  const views = all(".view");

  // Words that stand in another row: "start length from,to from,to", counted in the text cell of the row that the link leads to.
  const MARKS = { d: "del", i: "ins" };
  const texts = new Map();
  function textOf(id) {
    if (!texts.has(id)) {
      const row = document.getElementById(id);
      const held = row ? row.querySelector("td.doc") : null;
      const place = held && held.firstElementChild;
      const before = place && place === held.firstChild && place.tagName === "I" ? place.textContent.length : 0;
      texts.set(id, held ? held.textContent.slice(before) : "");
    }
    return texts.get(id);
  }
  function quote(cell) {
    const link = cell.firstElementChild;
    const [start, length, ...marks] = cell.dataset.q.split(" ");
    const words = textOf(decodeURIComponent(link.hash.slice(1))).substr(Number(start), Number(length));
    let done = 0;
    for (const each of marks) {
      const kind = MARKS[each[0]];
      const [from, to] = (kind ? each.slice(1) : each).split(",").map(Number);
      const made = document.createElement(kind || "u");
      made.textContent = words.slice(from, to);
      cell.append(words.slice(done, from), made);
      done = to;
    }
    cell.append(words.slice(done));
    delete cell.dataset.q;
  }
  for (const cell of all("td[data-q]")) quote(cell);

  // A link without words names the row it leads to by the address that the row begins with.
  const places = new Map();
  for (const link of all("td a:empty")) {
    const id = link.getAttribute("href").slice(1);
    if (!places.has(id)) places.set(id, document.getElementById(id).querySelector("i").textContent);
    link.textContent = places.get(id);
  }

  // Views
  function show(view) {
    if (!view) return;
    for (const other of views) other.hidden = other !== view;
    for (const tab of tabs) {
      const chosen = tab.getAttribute("aria-controls") === view.id;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
  }
  for (const tab of tabs) {
    tab.addEventListener("click", (event) => {
      event.preventDefault();
      show(document.getElementById(tab.getAttribute("aria-controls")));
      history.replaceState(null, "", tab.hash);
    });
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      const index = tabs.indexOf(tab);
      let next = null;
      if (step) next = tabs[(index + step + tabs.length) % tabs.length];
      if (event.key === "Home") next = tabs[0];
      if (event.key === "End") next = tabs[tabs.length - 1];
      if (event.key === " ") next = tab;
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.click();
    });
  }

  // Folds
  const folds = all("button.fold");
  const body = (button) => button.closest("tbody").nextElementSibling;
  function setFold(button, open) {
    button.setAttribute("aria-expanded", String(open));
    body(button).classList.toggle("closed", !open);
  }
  for (const [index, button] of folds.entries()) {
    body(button).id = `fold-${index}`;
    button.lang = root.lang;
    button.setAttribute("aria-controls", `fold-${index}`);
    setFold(button, false);
    button.addEventListener("click", () => setFold(button, button.getAttribute("aria-expanded") !== "true"));
  }
  for (const unfold of all("button.unfold")) {
    const own = all("button.fold", unfold.closest(".view"));
    unfold.hidden = !own.length;
    unfold.addEventListener("click", () => {
      const open = unfold.getAttribute("aria-pressed") !== "true";
      unfold.setAttribute("aria-pressed", String(open));
      for (const button of own) setFold(button, open);
    });
  }

  // Layouts of two texts: side by side, one under the other, one of them alone.
  for (const button of all("button.mode")) {
    button.addEventListener("click", () => {
      const view = button.closest(".view");
      for (const other of all("button.mode", view)) other.setAttribute("aria-pressed", String(other === button));
      view.dataset.mode = button.dataset.mode;
    });
  }

  // Filters: chips of one group widen the choice, groups narrow each other.
  function apply(view) {
    const chosen = {};
    for (const chip of all('.chip[aria-pressed="true"]', view)) {
      (chosen[chip.dataset.group] ||= new Set()).add(chip.dataset.value);
    }
    const any = view.dataset.any;
    const groups = Object.entries(chosen);
    const active = groups.length > 0 || Boolean(any);
    let shown = 0;
    let total = 0;
    for (const row of all("tr[data-f]", view)) {
      const held = row.dataset.f.split(" ");
      const fits = groups.every(([, values]) => held.some((value) => values.has(value))) && (!any || held.includes(any));
      row.hidden = !fits;
      total += 1;
      shown += fits ? 1 : 0;
    }
    view.classList.toggle("filtered", active);
    for (const group of all(".group", view)) group.hidden = active && !group.querySelector("tr[data-f]:not([hidden])");
    const clear = view.querySelector(".clear");
    if (clear) clear.hidden = !active;
    const status = view.querySelector(".shown");
    if (status) status.textContent = status.dataset.template.replace("{shown}", shown).replace("{total}", total);
  }
  function choose(view, group, value) {
    delete view.dataset.any;
    for (const chip of all(".chip", view)) {
      chip.setAttribute("aria-pressed", String(chip.dataset.group === group && chip.dataset.value === value));
    }
    if (value === "any") view.dataset.any = value;
    apply(view);
  }
  for (const view of views) {
    for (const chip of all(".chip", view)) {
      chip.addEventListener("click", () => {
        chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
        apply(view);
      });
    }
    const clear = view.querySelector(".clear");
    if (clear) clear.addEventListener("click", () => choose(view, "", ""));
  }

  // Places: a link opens the view, the fold and the row it leads to.
  function reveal(target, focus) {
    const view = target.closest(".view");
    if (view) {
      show(view);
      const row = target.closest("tr");
      if (target.hidden || target.closest("[hidden]") || (row && row.hidden)) choose(view, "", "");
      const fold = target.closest("tbody.closed");
      if (fold) for (const button of folds) if (body(button) === fold) setFold(button, true);
    }
    target.scrollIntoView({ block: target.classList.contains("view") ? "start" : "center" });
    if (focus && !target.classList.contains("view")) {
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
    }
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || link.getAttribute("role") === "tab" || opens(link)) return;
    const target = document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
    if (!target) return;
    event.preventDefault();
    if (dialog.open) {
      opener = null;
      dialog.close();
    }
    if (link.dataset.only) {
      const [group, value] = link.dataset.only.split(":");
      choose(target, group, value);
    }
    history.pushState(null, "", link.getAttribute("href"));
    mark(target);
    reveal(target, true);
  });
  function mark(target) {
    for (const old of all(".here")) old.classList.remove("here");
    target.classList.add("here");
  }
  function follow() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    mark(target);
    reveal(target, false);
  }

  // Evidence: both texts of a row, and of the further places it names, shown over the page; made of the row itself.
  const dialog = document.getElementById("evidence");
  let opener = null;
  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }
  function copied(cell) {
    const kind = (cell.closest("tr").dataset.f || "").split(" ")[0];
    const made = element("div", "doc");
    made.lang = "zh-CN";
    made.append(...Array.from(cell.childNodes, (node) => node.cloneNode(true)));
    for (const link of all("a", made)) link.replaceWith(element("i", "", ...link.childNodes));
    for (const button of all("button", made)) button.replaceWith(element("b", button.className || `k-${kind}`, ...button.childNodes));
    return made;
  }
  function further(row) {
    const pairs = [];
    for (const link of all("td:last-child a", row)) {
      const other = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      const words = other && other.querySelector("td.doc, .texts td");
      if (words) pairs.push(element("section", "pair further", copied(words)));
    }
    return pairs;
  }
  function evidence(row) {
    const heads = all("thead th", row.closest("table")).map((head) => head.textContent.trim());
    const cells = Array.from(row.cells);
    const parallel = row.closest(".texts");
    const isText = (cell) => (parallel ? cell.nextElementSibling : cell.classList.contains("doc"));
    const shown = cells.filter(isText);
    const notes = cells.filter((cell) => !isText(cell));
    const verdict = element("div", "verdict-line", ...notes.map(copied));
    const sides = shown.map((cell) => {
      const head = element("h3", "", cell.colSpan > 1 ? heads.slice(0, 2).join(" = ") : heads[cell.cellIndex] || "");
      return element("div", "", head, copied(cell));
    });
    return [verdict, element("section", "pair", ...sides), ...further(row)];
  }
  function opens(link) {
    return link.closest(".findings li") !== null;
  }
  document.addEventListener("click", (event) => {
    const claim = event.target.closest("td button:not(.fold)");
    const link = event.target.closest("a[href^='#']");
    const chosen = claim || (link && opens(link) ? link : null);
    if (!chosen || event.ctrlKey || event.metaKey) return;
    const row = claim ? claim.closest("tr") : document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!row || !row.cells) return;
    event.preventDefault();
    opener = chosen;
    const place = dialog.querySelector(".dialog-body");
    place.replaceChildren(...evidence(row));
    dialog.querySelector(".to-row").hash = row.id;
    dialog.showModal();
    place.scrollTop = 0;
  });
  dialog.querySelector(".close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    if (opener) opener.focus({ preventScroll: true });
    opener = null;
  });

  // Rows: j and k, only while a row or something in it has the focus.
  document.addEventListener("keydown", (event) => {
    const step = { j: 1, k: -1 }[event.key];
    const row = step && !event.ctrlKey && !event.metaKey && !event.altKey && event.target.closest("tr[id]");
    if (!row || dialog.open) return;
    const rows = all("tr[id]", row.closest(".view") || document).filter((other) => other.getClientRects().length);
    const next = rows[rows.indexOf(row) + step];
    if (!next) return;
    event.preventDefault();
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  });

  // Titles of drawn clauses that the file leaves out: place and judgement of the row.
  document.addEventListener("pointerover", (event) => {
    const drawn = event.target.closest(".drawn a");
    const row = drawn && !drawn.querySelector("title") && document.getElementById(decodeURIComponent(drawn.getAttribute("href").slice(1)));
    if (!row) return;
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = all("i:first-child, b, button", row).slice(0, 3).map((each) => each.textContent).join(" ");
    drawn.append(title);
  });

  // Lists on a narrow screen: a row is a card, each value behind the name of its column; roles keep it a table for ears.
  const narrow = window.matchMedia("(max-width: 720px)");
  function name() {
    if (!narrow.matches) return;
    narrow.removeEventListener("change", name);
    const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TH: "columnheader", TD: "cell" };
    for (const table of all("table.plain:not(.data)")) {
      const heads = all("thead th", table).map((head) => head.textContent.trim());
      for (const part of [table, ...all("thead, tbody, tr, th, td", table)]) part.setAttribute("role", roles[part.tagName]);
      for (const cell of all("tbody td:not(:first-child)", table)) cell.dataset.label = heads[cell.cellIndex] || "";
    }
  }
  narrow.addEventListener("change", name);
  name();

  show(views[0]);
  root.dataset.ready = "true";
  follow();
  window.addEventListener("hashchange", follow);
})();
