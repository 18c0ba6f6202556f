"use strict";
// Charts by Apache ECharts. Their lengths are approximate; every text on them is exact.

const Charts = {
  drawn: new Set(),

  /**
   * A figure with a caption, a chart, and the table that says the same.
   * `option` gets the colours and the width, and is asked again when either changes.
   * `name` is what a link calls it that shows it alone; `csv` gives its figures, heads first, where
   * no table does.
   * @param {{name?: string, title: any, note?: any, height: any, option: any, onclick?: any, table?: any, csv?: any}} parts
   */
  figure({ name, title, note, height, option, onclick, table, csv }) {
    const canvas = h("div", { class: "canvas", "aria-hidden": "true" });
    const figure = h("figure", { class: "chart", "data-name": name },
      h("figcaption", {}, title, note && h("small", {}, note)),
      canvas,
      table && h("details", {}, h("summary", {}, t("以表格查看")), table));
    figure.append(chartActions(figure, { name, csv: csv ?? (table && (() => Csv.linesOf(table.querySelector("table")))) }));
    const chart = { canvas, option, height, onclick, instance: null, width: 0 };
    new ResizeObserver(() => Charts.draw(chart)).observe(canvas);
    Charts.drawn.add(chart);
    return figure;
  },

  async draw(chart) {
    const width = Math.round(chart.canvas.clientWidth);
    if (!width || width === chart.width) return;
    chart.width = width;
    Charts.settle(chart);
    Charts.library ??= script("js/echarts.min.js");
    await Charts.library;
    if (!chart.canvas.isConnected) return;
    if (!chart.instance) {
      chart.instance = echarts.init(chart.canvas, null, { renderer: "svg" });
      if (chart.onclick) chart.instance.on("click", (event) => chart.onclick(event));
    }
    chart.instance.resize();
    chart.instance.setOption({ ...Charts.base(), ...chart.option(Charts.colours(), width) }, true);
    // on paper the drawing is scaled to the page
    chart.canvas.querySelector("svg").setAttribute("viewBox", `0 0 ${width} ${chart.canvas.clientHeight}`);
    chart.canvas.dataset.ready = "true";
  },

  /** Take the room that the chart will need, so that the page does not move when it comes. */
  settle({ canvas, height }) {
    canvas.style.height = `${typeof height === "function" ? height(canvas.clientWidth) : height}px`;
  },

  redraw() {
    for (const chart of Charts.drawn) {
      chart.width = 0;
      Charts.draw(chart);
    }
  },

  /** Let go of the charts of the page that is left. */
  forget() {
    for (const chart of Charts.drawn) {
      if (!chart.canvas.isConnected) continue;
      chart.instance?.dispose();
      Charts.drawn.delete(chart);
    }
  },

  colours() {
    const style = getComputedStyle(document.documentElement);
    const names = ["ink", "soft", "line", "paper", "card", "basic", "project", "rise", "fall", "total"];
    /** @type {Record<string, any>} */
    const colours = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
    colours.hues = Array.from({ length: 8 }, (_, at) => style.getPropertyValue(`--hue-${at + 1}`).trim());
    return colours;
  },

  base() {
    const colours = Charts.colours();
    return {
      animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      animationDuration: 300,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: colours.ink },
      aria: { enabled: false },
    };
  },

  /** A tooltip of lines of text, each [name, amount]. */
  tooltip(colours, lines, trigger = "item") {
    return {
      trigger,
      confine: true,
      backgroundColor: colours.card,
      borderColor: colours.line,
      textStyle: { color: colours.ink, fontSize: 13 },
      axisPointer: { type: "shadow", shadowStyle: { opacity: 0.25 } },
      formatter: (event) => {
        const [title, ...rest] = lines(event);
        return h("div", { class: "tip" }, h("b", {}, title),
          h("dl", {}, rest.map(([name, text]) => [h("dt", {}, name), h("dd", {}, text)])));
      },
    };
  },

  amountAxis(colours, more = {}) {
    return {
      type: "value",
      name: t("元"),
      nameTextStyle: { color: colours.soft },
      axisLabel: { color: colours.soft, formatter: Money.mark, hideOverlap: true },
      splitLine: { lineStyle: { color: colours.line } },
      splitNumber: 4,
      ...more,
    };
  },

  nameAxis(colours, names, more = {}) {
    return {
      type: "category",
      data: names,
      axisLine: { lineStyle: { color: colours.soft } },
      axisTick: { show: false },
      axisLabel: { color: colours.ink, interval: 0, lineHeight: 16 },
      ...more,
    };
  },

  legend(colours) {
    return { top: 0, left: 0, itemWidth: 14, itemHeight: 10, icon: "rect", textStyle: { color: colours.ink } };
  },
};
