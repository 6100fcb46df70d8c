/* Keys, unsent saves, pasting, dropping, and charts where there are any. Pages work without it, except for paste and drop. */
(() => {
  "use strict";
  const $ = (selector, root) => (root || document).querySelector(selector);
  const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
  const seen = (one) => one.offsetParent !== null;
  const KEY = "hengji-unsent";

  /* A save that finds no server is kept in the browser and sent again, oldest first. */
  const unsent = () => { try { return JSON.parse(localStorage.getItem(KEY) || "[]"); } catch { return []; } };
  const keep = (list) => localStorage.setItem(KEY, JSON.stringify(list));
  const say = (text, kind) => { const place = $("#save"); if (place) { place.textContent = text; place.className = `saved ${kind || ""}`; } };
  const tell = () => { const waiting = unsent().length; if (waiting) say(`未连接，已暂存 ${waiting} 处`, "offline"); };
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.requestConfig.verb === "post" && !unsent().length) say("正在保存"); });
  /* A page that would show itself anew waits while its reader is leaving it: a reload would take back the link just clicked. It asks again. */
  let leaving = 0;
  addEventListener("beforeunload", () => { leaving = Date.now(); });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.getResponseHeader("HX-Refresh") && Date.now() - leaving < 5000) event.preventDefault();
  });
  document.addEventListener("htmx:oobAfterSwap", (event) => {
    const target = event.detail.target;
    if (target.id === "save") target.className = "";
    if (target.id === "rows") { const cell = $("tr:last-child :is(input, select)", target); if (cell) cell.focus(); }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const status = event.detail.xhr.status;
    if (event.detail.requestConfig.verb !== "post") return;
    if (status >= 200 && status < 300 && $("#save") && $("#save").textContent === "正在保存") say("已保存");
    if (status === 409) say("没有保存：别人刚改过", "offline");
    else if (status === 422) say("没有保存：请看这一格", "offline");
    else if (status >= 400) say("没有保存", "offline");
  });
  document.addEventListener("htmx:sendError", (event) => {
    const config = event.detail.requestConfig;
    if (!config || config.verb !== "post") return;
    const values = {};
    for (const [name, value] of config.formData.entries()) if (typeof value === "string") values[name] = value;
    const list = unsent().filter((one) => !(one.path === config.path && one.values.year === values.year && one.values.column === values.column));
    list.push({ path: config.path, values });
    keep(list); tell();
  });
  /* What the server did not take when it was sent again is put back into its field, unsaved, for its author to look at. */
  const REFUSED = "hengji-refused";
  const refused = (list) => { if (list) localStorage.setItem(REFUSED, JSON.stringify(list)); try { return JSON.parse(localStorage.getItem(REFUSED) || "[]"); } catch { return []; } };
  const put = () => {
    const left = refused().filter((one) => {
      const input = all("[hx-post][name=value]").find((field) => {
        const said = JSON.parse(field.getAttribute("hx-vals") || "{}");
        return field.getAttribute("hx-post") === one.path && (said.year || "") === (one.values.year || "") && (said.column || "") === (one.values.column || "");
      });
      if (!input) return true;
      const note = document.createElement("p");
      note.className = "note error"; note.setAttribute("role", "alert");
      note.textContent = `断线时填的“${one.values.value}”没有存进去，已放回这一格，请核对后再按 ↵ 保存。`;
      input.value = one.values.value; input.parentElement.append(note); input.focus();
      return false;
    });
    refused(left);
    if (left.length) say(`有 ${left.length} 处断线时填的没有存进去`, "offline");
  };
  let sending = false;
  const resend = async () => {
    const list = unsent();
    if (sending || !list.length) return;
    sending = true;
    try {
      const headers = JSON.parse(document.body.getAttribute("hx-headers"));
      const answer = await fetch(list[0].path, { method: "POST", headers: { ...headers, "HX-Request": "true" }, body: new URLSearchParams(list[0].values) });
      if (answer.status < 500) {
        if (!answer.ok) refused([...refused(), list[0]]);
        keep(unsent().slice(1));
        if (!unsent().length) location.reload();
      }
    } catch { /* still no server */ }
    sending = false;
    tell();
    if (unsent().length) setTimeout(resend, 300);
  };
  setInterval(resend, 5000);
  addEventListener("online", resend);
  put();
  tell();

  /* An answer about the score that is older than what stands there is dropped. */
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const now = event.detail.target, coming = event.detail.fragment && event.detail.fragment.querySelector("[data-revision]");
    if (now && coming && now.id === "score" && Number(coming.dataset.revision) < Number(now.dataset.revision)) event.detail.shouldSwap = false;
  });

  /* The leaves that the focused cell feeds are marked in the panel. */
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest && event.target.closest("[data-feeds]");
    if (!row) return;
    const ids = row.dataset.feeds.split(" ");
    all("#score [data-leaf]").forEach((leaf) => leaf.classList.toggle("fed", ids.includes(leaf.dataset.leaf)));
  });

  /* Undo: the value a cell had before its last save. */
  const before = [];
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (input.dataset && input.dataset.saved !== undefined && input.id && input.value !== input.dataset.saved) before.push([input.id, input.dataset.saved]);
  });
  const undo = () => {
    const last = before.pop(), input = last && document.getElementById(last[0]);
    if (!input) return;
    input.value = last[1]; input.focus();
    input.dispatchEvent(new Event("change", { bubbles: true }));
    before.pop();
  };

  /* Keys. Nothing is done while an input method composes. */
  const step = (selector, back) => {
    const places = all(selector).filter(seen);
    if (!places.length) return;
    const here = places.indexOf(document.activeElement);
    const next = places[here < 0 ? (back ? places.length - 1 : 0) : (here + (back ? -1 : 1) + places.length) % places.length];
    next.focus({ preventScroll: true }); next.scrollIntoView({ block: "center" });
  };
  const go = (back) => {
    const leaf = $(back ? "[data-previous]" : "[data-following]");
    if (leaf) { leaf.click(); return; }
    const links = all(".rail a"), here = links.findIndex((one) => one.hasAttribute("aria-current"));
    const link = links[here + (back ? -1 : 1)];
    if (here >= 0 && link) link.click();
  };
  const column = (back) => {
    const columns = all(".work > *, .work > .middle").filter((one) => seen(one) && $("a, button, input", one));
    const here = columns.findIndex((one) => one.contains(document.activeElement));
    const next = columns[(here + (back ? -1 : 1) + columns.length) % columns.length];
    const target = next && all("a, button, input, select, textarea", next).find(seen);
    if (target) target.focus();
  };
  const below = (input, back) => {
    const cell = input.closest("td"), row = cell && cell.parentElement;
    if (!row) return false;
    const place = [...row.cells].indexOf(cell);
    let other = row;
    do { other = back ? other.previousElementSibling : other.nextElementSibling; } while (other && !(other.cells[place] && $("input, select", other.cells[place])));
    const found = other && $("input, select", other.cells[place]);
    if (!found) return false;
    found.focus(); if (found.select) found.select();
    return true;
  };
  /* F7: the choices of a field as a list of its own, with a digit for each; the browser's own list has no key that pages can press. */
  const choices = (select) => {
    const list = document.createElement("dialog"), options = [...select.options];
    list.className = "choices"; list.setAttribute("aria-label", select.getAttribute("aria-label") || "选择");
    options.forEach((option, at) => {
      const button = document.createElement("button");
      button.type = "button"; button.dataset.digit = String((at + (options[0].text ? 1 : 0)) % 10);
      button.textContent = `${button.dataset.digit}　${option.text || "（空着）"}`;
      if (option.selected) { button.autofocus = true; button.setAttribute("aria-current", "true"); }
      button.addEventListener("click", () => {
        list.close();
        if (select.selectedIndex !== at) { select.selectedIndex = at; select.dispatchEvent(new Event("change", { bubbles: true })); }
      });
      list.append(button);
    });
    list.addEventListener("keydown", (event) => {
      const buttons = [...list.children], here = buttons.indexOf(document.activeElement);
      const way = { ArrowDown: 1, ArrowUp: -1 }[event.key], named = buttons.find((one) => one.dataset.digit === event.key);
      if (way) { event.preventDefault(); buttons[(here + way + buttons.length) % buttons.length].focus(); }
      else if (named) { event.preventDefault(); named.click(); }
    });
    list.addEventListener("close", () => { list.remove(); const now = document.getElementById(select.id) || select; now.focus(); });
    document.body.append(list); list.showModal();
  };
  const primary = (form) => form.requestSubmit($(".btn-primary", form) || $("button:not([type=button])", form) || undefined);
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const target = event.target, typed = target.dataset && target.dataset.saved !== undefined;
    const inGrid = target.closest && target.closest(".ledger") && target.matches("input") && target.type !== "radio" && target.type !== "checkbox";
    const done = () => event.preventDefault();
    if (event.key === "F1") { done(); $("#help").showModal(); }
    else if (event.ctrlKey && event.key.toLowerCase() === "k" && $("#find")) { done(); $("#find").select(); $("#find").focus(); }
    else if (event.key === "F8") { done(); const doubt = $(event.shiftKey ? "[data-doubtful-back]" : "[data-doubtful]"); if (doubt) doubt.click(); else step("[data-finding]", event.shiftKey); }
    else if (event.key === "F6") { done(); column(event.shiftKey); }
    else if (event.key === "F7") { done(); const own = target.matches("select") ? target : target.closest("td, .cell, label, .field") && $("select", target.closest("td, .cell, label, .field")); if (own) choices(own); }
    else if (event.key === "F9") { const link = $("[data-derivation]"); if (link) { done(); link.click(); } }
    else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) { done(); go(event.key === "ArrowUp"); }
    else if (event.ctrlKey && event.key === "Enter" && target.form) { done(); primary(target.form); }
    else if (event.key === "Insert" && $("[data-add]")) { done(); $("[data-add]").click(); }
    else if (event.key === "F2" && inGrid) { done(); target.setSelectionRange(target.value.length, target.value.length); }
    else if (event.ctrlKey && event.key.toLowerCase() === "z" && (!typed || target.value === target.dataset.saved) && before.length) { done(); undo(); }
    else if (event.key === "Enter" && target.matches(".ask input")) { done(); $(".ask button", target.closest(".cell")).click(); }
    else if (inGrid && event.key === "Enter") {
      done();
      if (!below(target, event.shiftKey)) { if (target.closest(".register") && $("[data-add]")) $("[data-add]").click(); else target.blur(); }
    }
    else if (inGrid && (event.key === "ArrowDown" || event.key === "ArrowUp") && target.value === target.dataset.saved) { if (below(target, event.key === "ArrowUp")) done(); }
    else if (event.key === "Escape" && typed) { target.value = target.dataset.saved; }
    else if (event.key === "Escape" && $(".side.open")) $(".side.open .sheet-toggle").click();
    else if (/^[0-9]$/.test(event.key) && target.closest && target.closest("[data-digits]") && target.type === "radio") {
      const choice = $(`input[data-digit="${event.key}"]`, target.closest("[data-digits]"));
      if (choice) { done(); choice.focus(); choice.click(); }
    }
    else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && target.matches("[data-walk] tr[tabindex]")) {
      const rows = all("tr[tabindex]", target.closest("[data-walk]")), next = rows[rows.indexOf(target) + (event.key === "ArrowUp" ? -1 : 1)];
      if (next) { done(); next.focus(); }
    }
    else if (event.key === "Enter" && target.matches("[data-walk] tr[tabindex]")) { const link = $("a", target); if (link) { done(); link.click(); } }
    else if (/^[0-9]$/.test(event.key) && target.matches("[data-walk] tr[tabindex]") && $(`button[data-digit="${event.key}"]`, target)) { done(); $(`button[data-digit="${event.key}"]`, target).click(); }
    else if (event.key === " " && target.matches("[data-walk] tr[tabindex]")) { const box = $("input[type=checkbox]", target); if (box) { done(); box.click(); } }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button, summary");
    if (!button) return;
    if (button.hasAttribute("data-help")) $("#help").showModal();
    if (button.hasAttribute("data-next")) step("[data-finding]", false);
    if (button.hasAttribute("data-reload")) location.reload();
    if (button.hasAttribute("data-print")) print();
    if (button.hasAttribute("data-copy")) { navigator.clipboard.writeText($(button.dataset.copy).textContent.trim()); button.lastChild.textContent = "已复制"; }
    if (button.classList.contains("sheet-toggle")) button.setAttribute("aria-expanded", String(button.closest(".side").classList.toggle("open")));
    if (button.dataset.insert !== undefined) insert(button);
    if (button.dataset.confirm && !confirm(button.dataset.confirm)) event.preventDefault();
  });

  /* A fact is put where the cursor was in the text. */
  let writing = null;
  document.addEventListener("focusin", (event) => { if (event.target.matches(".paragraph textarea")) writing = event.target.id; });
  const insert = (button) => {
    const area = (writing && document.getElementById(writing)) || $(".paragraph:last-of-type textarea");
    if (!area) return;
    if (!writing) area.setSelectionRange(area.value.length, area.value.length);
    area.focus(); area.setRangeText(button.dataset.insert, area.selectionStart, area.selectionEnd, "end");
  };

  /* A block from Excel goes to a preview: the form #paste with its field #block. */
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData && event.clipboardData.getData("text/plain");
    const grid = event.target.closest && event.target.closest("[data-paste]"), form = $("#paste");
    if (!grid || !form || !text || !/[\t\n].*\S/.test(text.trim())) return;
    event.preventDefault();
    $("#block").value = text;
    const from = $("[name=from]", form), row = event.target.closest("tr");
    if (from && row) from.value = row.id;
    form.requestSubmit();
  });

  /* Files dropped anywhere on a page that takes files. */
  const drop = $("[data-drop]");
  if (drop) {
    const files = $("input[type=file]", drop);
    for (const name of ["dragover", "dragenter"]) addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    addEventListener("dragleave", () => drop.classList.remove("over"));
    addEventListener("drop", (event) => {
      event.preventDefault(); drop.classList.remove("over");
      if (!event.dataTransfer.files.length) return;
      files.files = event.dataTransfer.files;
      files.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  /* The files of charts are fetched only where there is a chart. */
  let fetched = null;
  const charts = () => {
    if (!$("[data-chart]")) return;
    if (window.hengjiCharts) { window.hengjiCharts(); return; }
    if (fetched) return;
    fetched = $("meta[name=chart-files]").content.split(" ").map((address) => {
      const script = document.createElement("script");
      script.src = address; script.async = false;
      document.head.append(script);
      return script;
    });
  };
  charts();
  document.addEventListener("htmx:afterSettle", charts);

  /* Review: the marked row of the table of all stays in sight. */
  const sight = () => {
    const row = $(".own-scroll tr[aria-current]"), pane = row && row.closest(".own-scroll");
    if (!row) return;
    const at = row.getBoundingClientRect(), within = pane.getBoundingClientRect();
    if (at.top < within.top + 60 || at.bottom > Math.min(within.bottom, innerHeight)) pane.scrollTop += at.top - within.top - within.height / 2;
  };
  sight();
  document.addEventListener("htmx:afterSettle", sight);

  /* Work that ended elsewhere: an answer may carry HX-Trigger: {"toast": {"text": …, "address": …}}. */
  document.addEventListener("toast", (event) => {
    const note = document.createElement(event.detail.address ? "a" : "p");
    if (event.detail.address) note.href = event.detail.address;
    note.textContent = event.detail.text;
    $("#toasts").append(note);
    setTimeout(() => note.remove(), 6000);
  });

  /* A menu of the navigation closes when something else is clicked, when the focus leaves it, and with Escape. */
  const shut = (but) => all(".ways[open]").forEach((menu) => { if (!but || !menu.contains(but)) menu.open = false; });
  document.addEventListener("click", (event) => shut(event.target));
  document.addEventListener("focusin", (event) => shut(event.target));
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && $(".ways[open]");
    if (open) { open.open = false; $("summary", open).focus(); }
  });

  if (matchMedia("(max-width: 767px)").matches) { const rail = $(".rail details"); if (rail) rail.open = false; }
})();
