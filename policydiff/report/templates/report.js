"use strict";
// Views, filters, folds and evidence of a report. Without this script everything stays readable, one under another.
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const tabs = all('[role="tab"]');
  const views = all(".view");

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
  const body = (button) => document.getElementById(button.getAttribute("aria-controls"));
  function setFold(button, open) {
    button.setAttribute("aria-expanded", String(open));
    body(button).classList.toggle("closed", !open);
  }
  for (const button of folds) {
    setFold(button, false);
    button.addEventListener("click", () => setFold(button, button.getAttribute("aria-expanded") !== "true"));
  }
  const unfold = document.querySelector("button.unfold");
  if (unfold && !folds.length) unfold.hidden = true;
  if (unfold) {
    unfold.addEventListener("click", () => {
      const open = unfold.getAttribute("aria-pressed") !== "true";
      unfold.setAttribute("aria-pressed", String(open));
      for (const button of folds) setFold(button, open);
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
    for (const row of all(".row", view)) {
      const fits =
        groups.every(([group, values]) => (row.dataset[group] || "").split(" ").some((value) => values.has(value))) &&
        (!any || Boolean(row.dataset[any]));
      row.hidden = !fits;
      total += 1;
      shown += fits ? 1 : 0;
    }
    view.classList.toggle("filtered", active);
    for (const group of all(".group", view)) group.hidden = active && !group.querySelector(".row:not([hidden])");
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
    if (value === "any") view.dataset.any = group;
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
    apply(view);
  }

  // Places: a link opens the view, the fold and the row it leads to.
  function reveal(target, focus) {
    const view = target.closest(".view");
    if (view) {
      show(view);
      const row = target.closest(".row");
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
    if (!link || link.getAttribute("role") === "tab" || link.dataset.evidence) return;
    const target = document.getElementById(decodeURIComponent(link.getAttribute("href").slice(1)));
    if (!target) return;
    event.preventDefault();
    if (dialog.open) dialog.close();
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

  // Evidence: a revision's few changed rows hold theirs as a template; a comparison's comes from one block, read and
  // built when a claim is opened, for thousands of texts would slow the report's opening.
  const block = document.getElementById("evidence-data");
  let read = null;
  function known() {
    read ||= JSON.parse(block.textContent);
    return read;
  }
  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }
  function words(text, runs) {
    const said = element("p", "doc");
    said.lang = "zh-CN";
    if (!runs) {
      said.append(text);
      return said;
    }
    let start = 0;
    for (const run of runs.split(" ")) {
      const end = start + Number(run);
      const piece = text.slice(start, end);
      said.append(run.startsWith("+") ? element("mark", piece.length < 4 ? "slight" : "", piece) : piece);
      start = end;
    }
    return said;
  }
  function textOf(name, side, absent) {
    const head = element("h3", "", name);
    if (!side) return element("div", "", head, element("p", "none", absent));
    const { places, texts } = known();
    const [place, text, runs, short] = side;
    const link = element("a", "", places[place][1]);
    link.href = `#${places[place][0]}`;
    head.append(" ", link);
    const shown = element("div", "", head, words(texts[text], runs));
    if (short >= 0) {
      const said = element("p", "said", texts[short]);
      said.lang = "zh-CN";
      shown.append(said);
    }
    return shown;
  }
  function built(claim) {
    const { labels } = known();
    const content = [];
    if (claim.verdict) {
      const badge = element("span", `badge r-${claim.kind}`, labels.relations[claim.kind]);
      content.push(element("p", "verdict-line", badge, " ", claim.verdict));
    }
    const absent = claim.verdict ? labels.unexplained : labels.none;
    for (const [local, superior] of claim.pairs) {
      const pair = [textOf(labels.local, local, absent), textOf(labels.superior, superior, absent)];
      content.push(element("section", "pair", ...pair));
    }
    return content;
  }
  const dialog = document.getElementById("evidence");
  let opener = null;
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-evidence]");
    if (!chosen) return;
    const claim = block && known().claims[chosen.dataset.evidence];
    const template = block ? null : document.getElementById(chosen.dataset.evidence);
    if (!claim && !template) return;
    event.preventDefault();
    opener = chosen;
    const place = dialog.querySelector(".dialog-body");
    place.replaceChildren(...(claim ? built(claim) : [template.content.cloneNode(true)]));
    const title = claim ? claim.title : template.dataset.title;
    dialog.querySelector("h2").textContent = title || dialog.querySelector("h2").textContent;
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
    const row = step && !event.ctrlKey && !event.metaKey && !event.altKey && event.target.closest(".row");
    if (!row || dialog.open) return;
    const rows = all(".row", row.closest(".view") || document).filter((other) => other.getClientRects().length);
    const next = rows[rows.indexOf(row) + step];
    if (!next) return;
    event.preventDefault();
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  });

  show(views[0]);
  root.dataset.ready = "true";
  follow();
  window.addEventListener("hashchange", follow);
})();
