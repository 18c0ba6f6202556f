"use strict";
// The whole: years and organisations side by side.

const ROWS_SHOWN = 60;

function overviewPage() {
  const stages = [...new Set(Index.disclosures.map((row) => row.stage))];
  const usual = stages.includes("initial_budget") ? "initial_budget" : stages[0];
  const stage = Route.get("stage", usual);
  const ofStage = Index.disclosures.filter((row) => row.stage === stage && row.is_current);
  const years = [...new Set(ofStage.map((row) => row.fiscal_year))].sort();
  const year = Number(Route.get("year", years.at(-1)));
  const errors = Index.disclosures.reduce((sum, row) => sum + row.error_count, 0);
  const warnings = Index.disclosures.reduce((sum, row) => sum + row.warning_count, 0);
  const organizations = new Set(Index.disclosures.map((row) => row.organization_id)).size;
  return {
    title: "总览",
    content: [
      h("h1", {}, "总览"),
      h("p", { class: "lead" },
        `${Index.disclosures.length.toLocaleString("en")} 份公开文件，${organizations.toLocaleString("en")} 个单位，`,
        years.length > 1 ? `${years[0]}—${years.at(-1)} 年。` : `${years[0]} 年。`,
        "按 ", h("a", { href: link(["rules"]) }, `${Index.rules.length} 条勾稽规则`), " 逐份核对，发现 ",
        h("a", { href: link(["findings"]) }, `${errors.toLocaleString("en")} 处错误、${warnings.toLocaleString("en")} 处警告`), "。"),
      h("div", { class: "choices" },
        stages.length > 1 && choice("阶段", stages.map((one) => [one, label("stage", one)]), stage, (value) => Route.go({ stage: value, year: null })),
        choice("年度", years.map((one) => [one, `${one}年`]), year, (value) => Route.go({ year: value }))),
      h("div", { class: "pair" }, yearsChart(stage), organizationsChart(ofStage, year)),
      matrix(ofStage, years),
    ],
  };
}

/** Basic against project by year, of all spending that sums count. */
function yearsChart(stage) {
  const byYear = grouped(Index.years.filter((row) => row.stage === stage), (row) => row.fiscal_year);
  const years = [...byYear.keys()];
  const of = (year, nature) => byYear.get(year).find((row) => row.nature === nature)?.amount_yuan ?? "0";
  const counts = years.map((year) => Math.max(...byYear.get(year).map((row) => row.organization_count)));
  const untied = years.reduce((sum, year) => sum + Math.max(...byYear.get(year).map((row) => row.untied_count)), 0);
  return Charts.figure({
    title: "各年支出：基本与项目",
    note: `${label("stage", stage)}。各年载入的单位不同，总额不宜直接相比。${untied ? `其中 ${untied} 份文件${UNTIED}。` : ""}`,
    height: 320,
    option: (colours) => splitBars(colours, years.map((year, at) => `${year}\n${counts[at]} 个单位`), years.map((year) => [of(year, "basic"), of(year, "project")])),
    table: tableOf({
      caption: `各年支出（${Money.name}）`,
      heads: ["年度", { text: "单位数", class: "amount" }, { text: "基本支出", class: "amount" }, { text: "项目支出", class: "amount" }],
      rows: years.map((year, at) => [h("a", { href: Route.with({ year }), title: "看这一年的各单位" }, year), { content: counts[at], class: "amount" },
        { content: Money.text(of(year, "basic")), class: "amount" }, { content: Money.text(of(year, "project")), class: "amount" }]),
    }),
  });
}

/** Stacked columns of basic and project spending, from zero. */
function splitBars(colours, names, pairs, onTop = {}) {
  return {
    legend: Charts.legend(colours),
    grid: { left: 8, right: 12, top: 56, bottom: 8, containLabel: true },
    tooltip: Charts.tooltip(colours, (events) => [
      String(names[events[0].dataIndex]).replace("\n", "，"),
      ["基本支出", money(pairs[events[0].dataIndex][0])],
      ["项目支出", money(pairs[events[0].dataIndex][1])],
    ], "axis"),
    xAxis: Charts.nameAxis(colours, names),
    yAxis: Charts.amountAxis(colours, { min: (range) => Math.min(0, range.min) }),
    series: ["基本支出", "项目支出"].map((name, at) => ({
      name,
      type: "bar",
      stack: "all",
      barMaxWidth: 72,
      itemStyle: { color: at ? colours.project : colours.basic },
      data: pairs.map((pair) => Money.length(pair[at])),
    })),
    ...onTop,
  };
}

/** The organisations of one year side by side, the largest first. */
function organizationsChart(ofStage, year) {
  const largest = ofStage
    .filter((row) => row.fiscal_year === year && row.is_counted && row.total_yuan !== null)
    .sort((one, other) => compare(other.total_yuan, one.total_yuan))
    .slice(0, 12);
  return Charts.figure({
    title: `${year}年各单位支出`,
    note: largest.length === 12 ? "支出最多的 12 个单位；全部单位见下表。" : "点按单位，可见该文件。",
    height: (width) => 90 + largest.length * (width < 520 ? 46 : 40),
    onclick: (event) => { location.hash = link(["disclosure", largest[event.dataIndex].disclosure_id]); },
    option: (colours, width) => {
      const names = largest.map((row) => row.organization.organization_name);
      const vertical = splitBars(colours, names, largest.map((row) => [row.basic_yuan, row.project_yuan]));
      return {
        ...vertical,
        xAxis: { ...vertical.yAxis, nameLocation: "end", nameGap: 4, name: "", splitNumber: width < 520 ? 2 : 4 },
        yAxis: Charts.nameAxis(colours, names, {
          inverse: true,
          axisLabel: { color: colours.ink, width: Math.min(200, width * 0.36), overflow: "break", lineHeight: 16, interval: 0 },
        }),
        grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
        series: vertical.series.map((one) => ({ ...one, barMaxWidth: 18 })),
      };
    },
    table: tableOf({
      caption: `${year}年各单位支出（${Money.name}）`,
      heads: ["单位", { text: "基本支出", class: "amount" }, { text: "项目支出", class: "amount" }, { text: "合计", class: "amount" }],
      rows: largest.map((row) => [[row.organization.organization_name, row.has_untied_total && h("small", {}, `${UNTIED}：所印 ${Money.text(row.printed_spending_yuan)}`)],
        ...["basic", "project", "total"].map((nature) => ({
          class: "amount",
          content: h("a", { href: link(["disclosure", row.disclosure_id], { figure: `function:total:${nature}` }) }, Money.text(row[`${nature}_yuan`])),
        }))]),
    }),
  });
}

/** Every organisation, a column for each year; each amount leads to its disclosure. */
function matrix(ofStage, years) {
  const wanted = Route.get("organization").trim();
  const rows = [...grouped(ofStage, (row) => `${row.organization_id} ${row.scope}`).values()]
    .filter(([row]) => row.organization.organization_name.includes(wanted));
  const all = Route.get("all") === "1" || rows.length <= ROWS_SHOWN;
  const filter = h("input", {
    type: "search", value: wanted, placeholder: "按单位名称筛选", "aria-label": "按单位名称筛选",
    onchange: (event) => Route.go({ organization: event.target.value }),
  });
  return h("section", {},
    h("h2", {}, "单位与年度"),
    h("div", { class: "choices" }, filter, h("span", { class: "soft", role: "status" }, `${rows.length} 行`)),
    tableOf({
      caption: `支出合计（${Money.name}），及核对发现的问题`,
      className: "matrix",
      heads: ["单位", ...years.map((year) => ({ text: `${year}年`, class: "amount" }))],
      rows: (all ? rows : rows.slice(0, ROWS_SHOWN)).map((of) => [
        [of[0].organization.organization_name, h("small", {}, [label("scope", of[0].scope), of[0].organization.region_name].filter(Boolean).join(" · "))],
        ...years.map((year) => ({ class: "amount", content: of.filter((row) => row.fiscal_year === year).map(matrixCell) })),
      ]),
      empty: "没有这样的单位。",
    }),
    !all && allRows(rows.length));
}

function allRows(count) {
  return h("p", {}, h("a", { class: "button", href: Route.with({ all: 1 }) }, `显示全部 ${count} 行`));
}

function matrixCell(row) {
  const text = Money.text(row.total_yuan);
  return h("div", { class: row.is_counted ? "" : "uncounted" },
    h("a", { href: link(["disclosure", row.disclosure_id]), "data-missing": "0".repeat(Money.missing(text === "—" ? "0.00" : text)) }, text),
    h("small", {},
      !row.is_counted && "已含于部门，不重复计入 ",
      row.is_stale && "较新的数据未能读取 ",
      row.has_untied_total && `${UNTIED}：所印 ${Money.text(row.printed_spending_yuan)} `,
      h("a", { class: row.error_count ? "error" : "soft", href: link(["disclosure", row.disclosure_id, "checks"]) },
        [row.error_count && `错误 ${row.error_count}`, row.warning_count && `警告 ${row.warning_count}`].filter(Boolean).join("，") || "未发现问题")));
}
