/* Draws the charts of a page from the data beside them. Ink and outline, hollow for claimed, solid for reviewed; no animation. */
(() => {
  "use strict";
  const number = (text) => (text === null || text === undefined ? null : Number(text));
  const minus = (text) => (text === null ? "—" : String(text).replace("-", "−"));
  const PATH = { claimed: "circle", computed: "diamond", reviewed: "circle", final: "rect" };
  const inks = () => {
    const style = getComputedStyle(document.documentElement), of = (name) => style.getPropertyValue(name).trim();
    return { ink: of("--ink"), ink2: of("--ink-2"), ink3: of("--ink-3"), line: of("--line-2"), field: of("--field"), surface: of("--surface"), action: of("--action"), sans: getComputedStyle(document.body).fontFamily };
  };
  /* Lines over years: ticks that are even between both ends, where five, ten or twenty makes them so. */
  const even = (kind, low, high) => (kind === "lines" && low !== null && high !== null ? [5, 10, 20].find((step) => (high - low) % step === 0 && (high - low) / step <= 8) : undefined);
  const look = (shape, c) => {
    if (shape === "claimed") return { color: c.surface, borderColor: c.ink, borderWidth: 1.5, opacity: 1 };
    if (shape === "computed") return { color: c.surface, borderColor: c.action, borderWidth: 1.5, opacity: 1 };
    return { color: c.ink, borderColor: c.ink, borderWidth: 1, opacity: 1 };
  };
  const greys = (c) => [c.ink, c.ink3, c.field, c.ink2];
  const marks = (data, c, sideways) => data.series.map((one, at) => ({
    name: one.name, type: "scatter", z: 5 + at, symbol: PATH[one.shape] || "circle",
    symbolSize: one.shape === "claimed" ? 11 : one.shape === "computed" ? 11 : 9, itemStyle: look(one.shape, c),
    data: one.values.map((value, row) => (sideways ? [number(value), row] : [row, number(value)])),
  }));
  /* The line between the marks of a row: an unseen bar up to the lower one, and a thin one on top of it. */
  const joins = (data, c) => {
    const ends = data.labels.map((_, at) => data.series.map((one) => number(one.values[at])).filter((value) => value !== null));
    const low = ends.map((all) => (all.length > 1 ? Math.min(...all) : null)), high = ends.map((all) => (all.length > 1 ? Math.max(...all) : null));
    const bar = { type: "bar", stack: "join", barWidth: 1.5, silent: true, tooltip: { show: false } };
    return [
      { ...bar, name: "", data: low, itemStyle: { color: "transparent" } },
      { ...bar, name: " ", data: low.map((value, at) => (value === null ? null : high[at] - value)), itemStyle: { color: c.ink3 } },
    ];
  };
  const references = (data, c, sideways) => !data.references.length ? [] : [{
    type: "scatter", name: "  ", data: [], silent: true, tooltip: { show: false },
    markLine: { silent: true, symbol: "none", animation: false, lineStyle: { color: c.ink, type: "dashed", width: 1 }, label: { color: c.ink, formatter: "{b}", position: sideways ? "start" : "end" },
      data: data.references.map((one) => ({ name: one.name, [sideways ? "xAxis" : "yAxis"]: number(one.at) })) },
  }];
  const option = (data) => {
    const c = inks(), sideways = data.kind === "gap", text = { color: c.ink, fontFamily: c.sans, fontSize: 12 };
    const names = { type: "category", data: data.labels, inverse: sideways, axisTick: { show: false }, axisLine: { lineStyle: { color: c.field } }, axisLabel: { ...text, interval: sideways ? 0 : "auto", hideOverlap: !sideways } };
    const scale = { type: "value", min: data.low === null ? undefined : number(data.low), max: data.high === null ? undefined : number(data.high), splitLine: { lineStyle: { color: c.line } }, axisLabel: text, axisLine: { show: false }, scale: data.kind === "lines", minInterval: data.places ? 0 : 1, interval: even(data.kind, number(data.low), number(data.high)) };
    const said = (rows, label) => [label, ...rows.map((one) => `${one.name}  ${minus(one.values[data.labels.indexOf(label)])}`)].join("\n");
    const base = {
      animation: false, textStyle: text, grid: { left: 8, right: sideways ? 64 : 24, top: data.references.length ? 28 : 16, bottom: 8, containLabel: true },
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "none" }, backgroundColor: c.surface, borderColor: c.field, textStyle: text, confine: true,
        formatter: (all) => said(data.series, data.labels[all[0].dataIndex]) },
      xAxis: sideways ? scale : names, yAxis: sideways ? names : scale,
    };
    if (data.kind === "gap" || data.kind === "marks") base.series = [...joins(data, c), ...marks(data, c, sideways), ...references(data, c, sideways)];
    else if (data.kind === "bars") base.series = [...data.series.map((one) => ({ name: one.name, type: "bar", barMaxWidth: 28, barGap: "20%", itemStyle: look(one.shape, c), label: { show: true, position: "top", ...text, formatter: (at) => minus(one.values[at.dataIndex]) }, data: one.values.map(number) })), ...references(data, c, false)];
    else base.series = [...data.series.map((one, at) => ({ name: one.name, type: "line", symbol: "circle", symbolSize: 5, itemStyle: { color: greys(c)[at % 4] }, lineStyle: { color: greys(c)[at % 4], width: at ? 1 : 2 }, endLabel: { show: true, formatter: "{a}", ...text, color: greys(c)[at % 4] }, labelLayout: { moveOverlap: "shiftY" }, data: one.values.map(number) })), ...references(data, c, false)];
    if (data.kind === "lines") base.grid.right = 96;
    return base;
  };
  const drawn = new Map();
  const draw = (place) => {
    const source = document.getElementById(place.dataset.chart);
    if (!source) return;
    const data = JSON.parse(source.textContent);
    place.closest(".chart").classList.add("drawn");
    if (data.kind === "gap") place.style.height = `${60 + 24 * data.labels.length}px`;
    const known = drawn.get(place) || echarts.init(place, null, { renderer: "svg" });
    drawn.set(place, known);
    known.setOption(option(data), true);
    known.resize();
  };
  const all = () => {
    for (const [place, chart] of drawn) if (!place.isConnected) { chart.dispose(); drawn.delete(place); }
    document.querySelectorAll("[data-chart]").forEach((place) => { if (!drawn.has(place)) draw(place); });
  };
  const again = () => drawn.forEach((_, place) => draw(place));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-chart-table]");
    if (!button) return;
    const chart = button.closest(".chart"), on = chart.classList.toggle("as-table");
    button.setAttribute("aria-pressed", String(on));
    button.textContent = on ? "图" : "数据表";
    if (!on) drawn.forEach((one, place) => { if (chart.contains(place)) one.resize(); });
  });
  window.hengjiCharts = all;
  all();
})();
