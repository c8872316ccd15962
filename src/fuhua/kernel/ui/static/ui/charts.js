// Draws the house's chart specs with ECharts; the table beside each chart says the same, so failing here loses nothing.
(() => {
  "use strict";
  const chinese = document.documentElement.lang.startsWith("zh");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const drawn = new Map();

  // --- tokens and words ----------------------------------------------------------------------------------------------
  function tokens() {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(`--${name}`).trim();
    return {
      scale: parseFloat(style.fontSize) / 16, size: parseFloat(style.fontSize) * .75, paper: matchMedia("print").matches, ink: read("ink"), ink2: read("ink-2"), ink3: read("ink-3"), rule: read("rule"), rule2: read("rule-2"),
      sheet: read("sheet"), sunk: read("sunk"), zhu: read("zhu"), sans: read("sans"),
      series: [1, 2, 3, 4, 5, 6, 7].map((index) => read(`series-${index}`)),
      good: read("jade-fill"), behind: read("ochre-fill"), critical: read("zhu-fill"), unknown: read("rule-2"), undetermined: read("rule-2"),
    };
  }
  const trim = (value, places) => Number(value.toFixed(places)).toLocaleString("en", { maximumFractionDigits: places });

  function scaled(value, places) {
    const size = Math.abs(value);
    if (chinese) {
      if (size >= 1e8) return `${trim(value / 1e8, places)} 亿`;
      if (size >= 1e4) return `${trim(value / 1e4, places)} 万`;
    } else {
      if (size >= 1e9) return `${trim(value / 1e9, places)} bn`;
      if (size >= 1e6) return `${trim(value / 1e6, places)} m`;
    }
    return trim(value, places);
  }
  function write(measure, value, places = 2) {
    if (value === null || value === undefined) return "—";
    if (measure === "share") return `${trim(value * 100, 1)}%`;
    if (measure === "money") return chinese ? `${scaled(value / 100, places)}元`.replace(/(\d)元/, "$1 元") : `¥${scaled(value / 100, places)}`;
    return places < 2 ? scaled(value, places) : trim(value, places);
  }
  const tick = (spec, value) => (value === 0 ? "0" : write(spec.measure, value, 1));
  const day = (iso) => {
    const [year, month, date] = iso.slice(0, 10).split("-").map(Number);
    return chinese ? `${year}年${month}月${date}日`
      : `${date} ${new Date(Date.UTC(year, month - 1, date)).toLocaleString("en", { month: "short", timeZone: "UTC" })} ${year}`;
  };
  // A local midnight, so that ECharts' local-time axis puts the day where the reader expects it.
  const local = (iso) => new Date(`${iso}T00:00:00`).getTime();

  // --- pieces every chart shares ---------------------------------------------------------------------------------------
  function frame(spec, look) {
    return {
      animation: !still, animationDuration: 500, textStyle: { fontFamily: look.sans, color: look.ink2, fontSize: look.size },
      color: look.series, grid: { left: 4, right: 20, top: 12 + legendHeight(spec, look), bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 18 * look.scale, itemHeight: 9 * look.scale, itemGap: 16, icon: undefined, textStyle: { color: look.ink2, fontSize: look.size } },
      tooltip: {
        confine: true, backgroundColor: look.sheet, borderColor: look.rule2, borderWidth: 1, padding: [8, 12], extraCssText: "",
        axisPointer: { type: "line", lineStyle: { color: look.rule2, type: "dashed" }, shadowStyle: { color: look.sunk, opacity: .5 } },
      },
    };
  }
  // How tall the legend will be once wrapped: about 13 px a Chinese character, 7 px a Latin one, beside its mark.
  function legendHeight(spec, look) {
    const names = spec.series ? spec.series.map((each) => each.label) : Object.entries(spec.words || {})
      .filter(([key, name]) => name && !["frozen", "asOf"].includes(key) && spec[key === "forecast" ? "band" : key]?.length).map(([, name]) => name);
    let lines = 1, used = 0;
    for (const name of names) {
      const wide = (44 + [...name].reduce((sum, letter) => sum + (letter > "\u2e80" ? 13 : 7), 0)) * look.scale;
      if (used && used + wide > look.wide) { lines += 1; used = 0; }
      used += wide;
    }
    return lines * 22 * look.scale;
  }
  function valueAxis(spec, look) {
    return {
      type: "value", axisLabel: { color: look.ink3, fontSize: look.size, formatter: (value) => tick(spec, value) },
      splitLine: { lineStyle: { color: look.rule, width: 1 } }, axisLine: { show: false }, axisTick: { show: false }, splitNumber: 4,
    };
  }
  function nameAxis(names, look) {
    return {
      type: "category", data: names, axisTick: { show: false }, axisLine: { lineStyle: { color: look.rule2 } },
      axisLabel: { color: look.ink2, fontSize: look.size, hideOverlap: true, width: Math.min(170 * look.scale, look.wide / 3), overflow: "truncate" },
    };
  }
  function tip(title, lines) {
    const box = document.createElement("div");
    box.className = "chart-tip";
    box.append(Object.assign(document.createElement("b"), { textContent: title }));
    for (const [colour, name, value] of lines) box.append(tipLine(colour, name, value));
    return box;
  }
  function tipLine(colour, name, value) {
    const line = document.createElement("div");
    const dot = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    dot.setAttribute("width", 9);
    dot.setAttribute("height", 9);
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [key, set] of Object.entries({ width: 9, height: 9, rx: 2, fill: colour || "transparent" })) rect.setAttribute(key, set);
    dot.append(rect);
    line.append(dot, ...[name, value].map((text) => Object.assign(document.createElement("span"), { textContent: text })));
    return line;
  }

  // --- trajectory ------------------------------------------------------------------------------------------------------
  function trajectory(spec, look) {
    const words = spec.words;
    const series = [...bandSeries(spec, look), ...targetSeries(spec, look), ...secondSeries(spec, look), actualSeries(spec, look)];
    return {
      ...frame(spec, look), series, yAxis: valueAxis(spec, look),
      xAxis: {
        type: "time", axisLine: { lineStyle: { color: look.rule2 } }, axisTick: { show: false }, splitLine: { show: false },
        axisLabel: { color: look.ink3, fontSize: look.size, hideOverlap: true, formatter: monthLabel },
      },
      legend: { ...frame(spec, look).legend, data: trajectoryLegend(series, words) }, grid: { ...frame(spec, look).grid, top: (spec.asOf ? 32 : 14) + legendHeight(spec, look) },
      tooltip: { ...frame(spec, look).tooltip, trigger: "axis", formatter: (hits) => trajectoryTip(spec, look, words, hits[0].axisValue) },
    };
  }
  function trajectoryLegend(series, words) {
    const present = new Set(series.map((each) => each.name));
    return [words.actual, words.target, words.second, words.forecast, words.band].filter((name) => name && present.has(name))
      .map((name) => (name === words.band ? { name, icon: "rect", itemStyle: { opacity: .35 } } : { name }));
  }
  function monthLabel(at) {
    const date = new Date(at);
    const month = date.getMonth();
    if (month === 0) return chinese ? `${date.getFullYear()}年` : String(date.getFullYear());
    return chinese ? `${month + 1}月` : date.toLocaleString("en", { month: "short" });
  }
  function actualSeries(spec, look) {
    const frozen = new Set(spec.frozen);
    const [colour] = look.series;
    const data = spec.actual.map(([iso, value]) => ({
      value: [local(iso), value], symbol: "circle", symbolSize: frozen.has(iso) ? 9 : 6,
      itemStyle: frozen.has(iso) ? { color: colour, borderColor: colour, borderWidth: 2 } : { color: look.sheet, borderColor: colour, borderWidth: 2 },
    }));
    const mark = spec.asOf && {
      silent: true, symbol: "none", lineStyle: { color: look.zhu, type: "solid", width: 1 }, data: [{ xAxis: local(spec.asOf) }],
      label: { formatter: `${spec.words.asOf} ${day(spec.asOf)}`, color: look.zhu, fontSize: look.size, position: "end", rotate: 0, align: markAlign(spec) },
    };
    return { name: spec.words.actual, type: "line", data, color: colour, lineStyle: { width: 2.5 }, z: 6, connectNulls: false, ...(mark ? { markLine: mark } : {}) };
  }
  // The words of the mark stand over it, but inside the chart where it is near an end.
  function markAlign(spec) {
    const days = [...spec.actual, ...spec.target, ...spec.band, ...spec.second].map(([iso]) => local(iso));
    const [first, last] = [Math.min(...days), Math.max(...days)], share = (local(spec.asOf) - first) / (last - first);
    return share > .75 ? "right" : share < .25 ? "left" : "center";
  }
  function targetSeries(spec, look) {
    if (!spec.target.length) return [];
    const last = spec.target.length - 1;
    return [{
      name: spec.words.target, type: "line", color: look.ink2, lineStyle: { width: 1.5, type: [6, 4] }, z: 4, symbol: "rect", symbolSize: [10, 3],
      data: spec.target.map(([iso, value], index) => ({
        value: [local(iso), value], label: { show: index === last, formatter: write(spec.measure, value), position: "left", fontSize: look.size, color: look.ink, fontWeight: 700, backgroundColor: look.sheet, padding: [1, 4], borderRadius: 2 },
      })),
    }];
  }
  function secondSeries(spec, look) {
    if (!spec.second.length) return [];
    return [{ name: spec.words.second, type: "line", color: look.series[1], lineStyle: { width: 2, type: [2, 3] }, z: 5, symbol: "triangle", symbolSize: 6,
      data: spec.second.map(([iso, value]) => [local(iso), value]) }];
  }
  function bandSeries(spec, look) {
    if (!spec.band.length) return [];
    const line = { type: "line", symbol: "none", color: look.series[0] };
    const spread = { ...line, stack: "band", stackStrategy: "all", lineStyle: { opacity: 0 }, silent: true };
    return [
      { ...spread, name: "low", data: spec.band.map(([iso, low]) => [local(iso), low]) },
      { ...spread, name: spec.words.band, areaStyle: { color: look.series[0], opacity: .18 }, data: spec.band.map(([iso, low, , high]) => [local(iso), high - low]) },
      { ...line, name: spec.words.forecast, lineStyle: { width: 1.75, type: [4, 3] }, z: 5, data: spec.band.map(([iso, , middle]) => [local(iso), middle]) },
    ];
  }
  function trajectoryTip(spec, look, words, at) {
    const find = (points) => points.find(([iso]) => local(iso) === at);
    const [actual, target, band, second] = [spec.actual, spec.target, spec.band, spec.second].map(find);
    const shown = (value) => write(spec.measure, value);
    const iso = (actual || target || band || second)[0];
    const name = words.actual + (spec.frozen.includes(iso) ? ` · ${words.frozen}` : "");
    return tip(day(iso), [
      actual && [look.series[0], name, shown(actual[1])], second && [look.series[1], words.second, shown(second[1])],
      target && [look.ink2, words.target, shown(target[1])],
      band && [look.series[0], words.forecast, shown(band[2])], band && ["", words.band, `${shown(band[1])} – ${shown(band[3])}`],
    ].filter(Boolean));
  }

  // --- bars, stack, flow -------------------------------------------------------------------------------------------------
  function bars(spec, look) {
    const items = spec.upright ? spec.items : [...spec.items].reverse();
    const names = nameAxis(items.map((each) => each.label), look);
    const [axis, other] = spec.upright ? ["xAxis", "yAxis"] : ["yAxis", "xAxis"];
    const data = items.map((each) => ({ value: each.value, url: each.url, itemStyle: { color: look[each.state] || look.series[0] } }));
    const mark = items.map((each) => each.target);
    const words = { type: "scatter", silent: true, symbolSize: 0, data: items.map((each, index) => {
      const end = Math.max(each.value ?? 0, each.target ?? 0);
      return { value: spec.upright ? [index, end] : [end, index], label: { show: true, distance: 8, position: spec.upright ? "top" : "right", fontSize: look.size, color: look.ink2,
        formatter: write(spec.measure, each.value) + (each.target === null ? "" : ` / ${write(spec.measure, each.target)}`) } };
    }) };
    const target = { name: spec.targetWord, type: "scatter", silent: true, z: 5, symbol: "rect", symbolSize: spec.upright ? [26 * look.scale, 3] : [3, 20 * look.scale], color: look.ink, itemStyle: { borderColor: look.sheet, borderWidth: .5 },
      data: mark.map((value, index) => (spec.upright ? [index, value] : [value, index])).filter((each) => !each.includes(null)) };
    return {
      ...frame(spec, look), [axis]: names, [other]: { ...valueAxis(spec, look), splitLine: { show: spec.upright, lineStyle: { color: look.rule } }, axisLabel: { show: spec.upright, color: look.ink3, fontSize: look.size, formatter: (value) => tick(spec, value) } },
      grid: { left: 14 * look.scale, right: spec.upright ? 12 : 72 * look.scale, top: target.data.length ? 30 * look.scale : 14, bottom: 4, containLabel: true },
      series: [{ name: spec.title, type: "bar", data, barMaxWidth: 18 * look.scale, cursor: data.some((each) => each.url) ? "pointer" : "default" }, words, ...(target.data.length ? [target] : [])],
      legend: { ...frame(spec, look).legend, data: target.data.length ? [spec.targetWord] : [] },
      tooltip: { ...frame(spec, look).tooltip, trigger: "item", formatter: (hit) => tip(hit.name, [
        [hit.color, spec.unit || spec.title, write(spec.measure, hit.value)],
        ...(items[hit.dataIndex].target === null ? [] : [[look.ink, spec.targetWord, write(spec.measure, items[hit.dataIndex].target)]])]) },
    };
  }
  function stack(spec, look) {
    return {
      ...frame(spec, look), xAxis: nameAxis(spec.categories, look), yAxis: valueAxis(spec, look),
      series: spec.series.map((each, index) => ({ name: each.label, type: "bar", stack: "all", barMaxWidth: 44 * look.scale, data: each.values,
        itemStyle: { color: look.series[index], borderColor: look.sheet, borderWidth: 1, decal: index > 3 ? { symbol: "line", rotation: index / 2, dashArrayX: [1, 0], dashArrayY: [2, 6], color: look.sheet } : undefined } })),
      tooltip: { ...frame(spec, look).tooltip, trigger: "axis", axisPointer: { type: "shadow", shadowStyle: { color: look.sunk, opacity: .6 } },
        formatter: (hits) => tip(hits[0].name, [...hits].reverse().map((hit) => [hit.color, hit.seriesName, write(spec.measure, hit.value)])) },
    };
  }
  function flow(spec, look) {
    const narrow = innerWidth < 640;
    return {
      ...frame(spec, look), legend: undefined,
      series: [{
        type: "sankey", left: 4, right: (narrow ? 90 : 130) * look.scale, top: 8, bottom: 8, nodeWidth: 10 * look.scale, nodeGap: 14, draggable: false, emphasis: { focus: "adjacency" },
        data: spec.nodes.map((name, index) => ({ name, itemStyle: { color: look.series[index % 7] } })), links: spec.streams,
        lineStyle: { color: look.paper ? "source" : "gradient", opacity: .35, curveness: .5 },
        label: { color: look.ink, fontSize: look.size, width: (narrow ? 84 : 150) * look.scale, overflow: "break", position: "right", },
      }],
      tooltip: { ...frame(spec, look).tooltip, trigger: "item", formatter: (hit) => (hit.dataType === "edge"
        ? tip(`${hit.data.source} → ${hit.data.target}`, [["", spec.unit || spec.title, write(spec.measure, hit.data.value)]])
        : tip(hit.name, [[hit.color, spec.unit || spec.title, write(spec.measure, hit.value)]])) },
    };
  }
  const KINDS = { trajectory, bars, stack, flow };

  // --- drawing, redrawing ------------------------------------------------------------------------------------------------
  function height(spec) {
    return spec.kind === "bars" && !spec.upright ? Math.max(120, spec.items.length * 30 + 44) / 16 : null;
  }
  function prepared(place) {
    const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const make = KINDS[spec.kind], tall = height(spec);
    if (tall) place.style.height = `${tall}rem`;
    if (!make) place.classList.add("failed");
    return make ? { place, spec, make } : null;
  }
  function draw({ place, spec, make, width, height }, look) {
    const chart = window.echarts.init(place, null, { renderer: "svg", width, height });
    chart.setOption(make(spec, { ...look, wide: width }));
    chart.on("click", (hit) => { if (hit.data?.url) location.assign(hit.data.url); });
    drawn.set(place, { chart, spec, make, wide: width });
  }
  // The page is laid out once for all charts: sizes and colours are read before any is drawn, as each one drawn moves the rest.
  function drawAll(root) {
    if (!window.echarts) return;
    const all = [...root.querySelectorAll("[data-chart]")].filter((place) => !drawn.has(place)).map(prepared).filter(Boolean);
    for (const each of all) Object.assign(each, { width: each.place.clientWidth, height: each.place.clientHeight });
    const look = tokens();
    for (const each of all) draw(each, look);
    for (const { place } of all) watch.observe(place);
  }
  function measure(place, each) {
    return Object.assign(each, { resized: each.wide !== place.clientWidth, wide: place.clientWidth, tall: place.clientHeight });
  }
  function refresh({ chart, spec, make, resized, wide, tall }, look, moving) {
    if (resized) chart.resize({ width: wide, height: tall });
    chart.setOption({ ...make(spec, { ...look, wide }), ...(moving ? {} : { animation: false }) }, true);
  }
  function redraw(moving = true) {
    const look = tokens();
    for (const [place, each] of drawn) {
      if (!place.isConnected) { each.chart.dispose(); drawn.delete(place); }
      else measure(place, each);
    }
    for (const each of drawn.values()) refresh(each, look, moving);
  }
  const watch = new ResizeObserver((changes) => {
    for (const { target } of changes) {
      const known = drawn.get(target);
      if (known && measure(target, known).resized) refresh(known, tokens(), false);
    }
  });

  document.addEventListener("fuhua:theme", () => redraw(false));
  document.addEventListener("htmx:load", (event) => { if (event.detail.elt !== document.body) drawAll(event.detail.elt); });
  matchMedia("print").addEventListener("change", () => redraw(false));
  drawAll(document);
})();
