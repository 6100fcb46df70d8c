/* 起草指标体系: line numbers, going to a line, Ctrl S checks. The page works without it: mistakes say their line. */
(() => {
  "use strict";
  const area = document.getElementById("text"), gutter = document.querySelector(".gutter"), note = document.getElementById("line-note");
  if (!area) return;
  let lines = 0;
  const number = () => {
    const now = area.value.split("\n").length;
    if (now !== lines) { lines = now; gutter.textContent = Array.from({ length: now }, (_, n) => n + 1).join("\n"); }
    gutter.scrollTop = area.scrollTop;
  };
  const go = (line, focus) => {
    const all = area.value.split("\n"), at = Math.min(Math.max(line, 1), all.length);
    const start = all.slice(0, at - 1).reduce((sum, each) => sum + each.length + 1, 0);
    area.setSelectionRange(start, start + all[at - 1].length);
    area.scrollTop = Math.max(0, (at - 5) * parseFloat(getComputedStyle(area).lineHeight));
    if (focus) area.focus({ preventScroll: true });
    if (note) note.textContent = `第 ${at} 行：${all[at - 1].trim().slice(0, 60)}`;
    number();
  };
  document.addEventListener("click", (event) => {
    const place = event.target.closest("[data-line]");
    if (place && Number(place.dataset.line)) go(Number(place.dataset.line), true);
  });
  document.addEventListener("focusin", (event) => {
    const place = event.target.closest("#mistakes [data-line]");
    if (place && Number(place.dataset.line)) go(Number(place.dataset.line), false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.ctrlKey && event.key.toLowerCase() === "s") { event.preventDefault(); if (window.htmx) window.htmx.trigger(area, "check"); }
  });
  area.addEventListener("scroll", number);
  area.addEventListener("input", number);
  number();
})();
