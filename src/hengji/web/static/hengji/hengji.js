/* Keys, unsent saves, pasting and dropping. Pages work without it, except for paste and drop. */
(() => {
  "use strict";
  const $ = (selector, root) => (root || document).querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const KEY = "hengji-unsent";

  /* A save that finds no server is kept in the browser and sent again, oldest first. */
  const unsent = () => { try { return JSON.parse(localStorage.getItem(KEY) || "[]"); } catch { return []; } };
  const keep = (list) => localStorage.setItem(KEY, JSON.stringify(list));
  const tell = () => {
    const place = $("#save"), waiting = unsent().length;
    if (place && waiting) { place.textContent = `未连接，已暂存 ${waiting} 处`; place.className = "saved offline"; }
  };
  document.addEventListener("htmx:sendError", (event) => {
    const config = event.detail.requestConfig;
    if (!config || config.verb !== "post") return;
    const values = {};
    for (const [name, value] of config.formData.entries()) if (typeof value === "string") values[name] = value;
    const list = unsent().filter((one) => !(one.path === config.path && one.values.year === values.year && one.values.column === values.column));
    list.push({ path: config.path, values });
    keep(list); tell();
  });
  let sending = false;
  const resend = async () => {
    const list = unsent();
    if (sending || !list.length) return;
    sending = true;
    try {
      const headers = JSON.parse(document.body.getAttribute("hx-headers"));
      const answer = await fetch(list[0].path, { method: "POST", headers: { ...headers, "HX-Request": "true" }, body: new URLSearchParams(list[0].values) });
      if (answer.status < 500) {
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
  tell();

  /* An answer about the score that is older than what stands there is dropped. */
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const now = event.detail.target, coming = event.detail.fragment && event.detail.fragment.querySelector("[data-revision]");
    if (now && coming && now.id === "score" && Number(coming.dataset.revision) < Number(now.dataset.revision)) event.detail.shouldSwap = false;
  });

  /* Keys. Nothing is done while an input method composes. */
  const step = (selector, back) => {
    const places = all(selector).filter((one) => one.offsetParent);
    if (!places.length) return;
    const here = places.indexOf(document.activeElement);
    const next = places[(here + (back ? -1 : 1) + places.length) % places.length];
    next.focus(); next.scrollIntoView({ block: "center" });
  };
  const go = (back) => {
    const leaf = $(back ? "[data-previous]" : "[data-following]");
    if (leaf) { leaf.click(); return; }
    const links = all(".rail a"), here = links.findIndex((one) => one.hasAttribute("aria-current"));
    const link = links[here + (back ? -1 : 1)];
    if (here >= 0 && link) link.click();
  };
  const below = (input, back) => {
    const cell = input.closest("td"), row = cell && cell.parentElement;
    if (!row) return false;
    const column = [...row.cells].indexOf(cell);
    let other = row;
    do { other = back ? other.previousElementSibling : other.nextElementSibling; } while (other && !(other.cells[column] && $("input, select", other.cells[column])));
    const found = other && $("input, select", other.cells[column]);
    if (!found) return false;
    found.focus(); if (found.select) found.select();
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const target = event.target, inGrid = target.closest && target.closest(".grid") && target.matches("input");
    if (event.key === "F1") { event.preventDefault(); $("#help").showModal(); }
    else if (event.ctrlKey && event.key.toLowerCase() === "k" && $("#find")) { event.preventDefault(); $("#find").select(); }
    else if (event.key === "F8") { event.preventDefault(); step("[data-finding]", event.shiftKey); }
    else if (event.key === "F9") { const link = $("[data-derivation]"); if (link) { event.preventDefault(); link.click(); } }
    else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) { event.preventDefault(); go(event.key === "ArrowUp"); }
    else if (event.ctrlKey && event.key === "Enter" && target.form) { event.preventDefault(); target.form.requestSubmit($(".primary", target.form) || undefined); }
    else if (event.key === "Insert" && $("[data-add]")) { event.preventDefault(); $("[data-add]").click(); }
    else if (inGrid && event.key === "Enter" && target.type !== "radio") { event.preventDefault(); if (!below(target, event.shiftKey)) target.blur(); }
    else if (inGrid && (event.key === "ArrowDown" || event.key === "ArrowUp") && target.type !== "radio" && target.value === target.dataset.saved) { if (below(target, event.key === "ArrowUp")) event.preventDefault(); }
    else if (event.key === "Escape" && target.dataset && target.dataset.saved !== undefined) { target.value = target.dataset.saved; }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button, summary");
    if (!button) return;
    if (button.hasAttribute("data-help")) $("#help").showModal();
    if (button.hasAttribute("data-next")) step("[data-finding]", false);
    if (button.hasAttribute("data-reload")) location.reload();
    if (button.hasAttribute("data-print")) print();
    if (button.hasAttribute("data-copy")) navigator.clipboard.writeText($(button.dataset.copy).textContent);
    if (button.dataset.confirm && !confirm(button.dataset.confirm)) event.preventDefault();
  });

  /* A block from Excel into a register goes to the preview. */
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData && event.clipboardData.getData("text/plain");
    const grid = event.target.closest && event.target.closest("[data-paste]"), form = $("#paste");
    if (!grid || !form || !text || !/[\t\n].*\S/.test(text.trim())) return;
    event.preventDefault();
    $("#block").value = text;
    form.requestSubmit();
  });

  /* Files dropped anywhere on the page of evidence. */
  const drop = $("[data-drop]");
  if (drop) {
    for (const name of ["dragover", "dragenter"]) addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
    addEventListener("dragleave", () => drop.classList.remove("over"));
    addEventListener("drop", (event) => {
      event.preventDefault(); drop.classList.remove("over");
      if (event.dataTransfer.files.length) { $("#files").files = event.dataTransfer.files; }
    });
  }
  if (matchMedia("(max-width: 767px)").matches) { const rail = $(".rail details"); if (rail) rail.open = false; }
})();
