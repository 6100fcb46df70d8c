/* 读报告: the words in the document and the findings beside it move together. The page works without it by its anchors. */
(() => {
  "use strict";
  const $ = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  let wanted = "";

  const show = (id) => {
    all(".hit.on").forEach((one) => one.classList.remove("on"));
    all(`.hit[data-marks~="${id}"]`).forEach((one) => one.classList.add("on"));
    const number = document.getElementById(id), later = $("[data-later]");
    if (number) { wanted = ""; number.scrollIntoView({ block: "center" }); }
    else if (later && window.htmx) { wanted = id; window.htmx.trigger(later, "wanted"); }
  };
  const open = (finding) => {
    all(".found.open").forEach((one) => one !== finding && one.classList.remove("open"));
    finding.classList.add("open");
    setTimeout(() => { show(finding.dataset.mark); finding.scrollIntoView({ block: "nearest" }); }, 0);
  };
  document.addEventListener("focusin", (event) => { if (event.target.matches(".found")) open(event.target); });
  document.addEventListener("htmx:afterSettle", () => { if (wanted) show(wanted); });
  document.addEventListener("click", (event) => {
    const number = event.target.closest(".hit-number[data-leads]"), hit = event.target.closest(".hit[data-marks]");
    const id = number ? number.dataset.leads : hit ? hit.dataset.marks.split(" ")[0].replace("m", "f") : "";
    const finding = id ? document.getElementById(id) : event.target.closest(".found");
    if (event.target.closest("[data-locate]")) { event.preventDefault(); show(event.target.closest(".found").dataset.mark); }
    else if (finding && !event.target.closest("a, button, summary, textarea, form")) finding.focus({ preventScroll: true });
    const chapter = event.target.closest(".outline a");
    if (chapter) { all(".outline a[aria-current]").forEach((one) => one.removeAttribute("aria-current")); chapter.setAttribute("aria-current", "true"); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing && event.target.matches(".found")) { event.preventDefault(); show(event.target.dataset.mark); }
  });
  const first = $(".outline a");
  if (first && !$(".outline a[aria-current]")) first.setAttribute("aria-current", "true");
})();
