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
  const unreviewed = Index.disclosures.filter(isUnreviewed);
  const organizations = new Set(Index.disclosures.map((row) => row.organization_id)).size;
  return {
    title: t("总览"),
    content: [
      h("h1", {}, t("总览")),
      h("p", { class: "lead" },
        phrase("{0} 份公开文件，{1} 个单位，{2}按 {3} 逐份核对，发现 {4}。", Index.disclosures.length.toLocaleString("en"), organizations.toLocaleString("en"),
          years.length > 1 ? t("{0}—{1} 年。", years[0], years.at(-1)) : t("{0} 年。", years[0]),
          h("a", { href: link(["rules"]) }, t("{0} 条勾稽规则", Index.rules.length)),
          h("a", { href: link(["findings"]) }, t("{0} 处错误、{1} 处警告", errors.toLocaleString("en"), warnings.toLocaleString("en")))),
        unreviewed.length > 0 && t("其中 {0} 份由程序读取，未经人工复核，含 {1} 处错误、{2} 处警告；经人工复核的文件含 {3} 处错误、{4} 处警告。",
          ...[unreviewed.length, total(unreviewed, "error"), total(unreviewed, "warning"), errors - total(unreviewed, "error"), warnings - total(unreviewed, "warning")]
            .map((number) => number.toLocaleString("en")))),
      h("div", { class: "choices" },
        stages.length > 1 && choice(t("阶段"), stages.map((one) => [one, label("stage", one)]), stage, (value) => Route.go({ stage: value, year: null })),
        choice(t("年度"), years.map((one) => [one, t("{0}年", one)]), year, (value) => Route.go({ year: value }))),
      h("div", { class: "pair" }, yearsChart(stage), organizationsChart(ofStage, year)),
      placesTable(),
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
    name: "years",
    title: t("各年支出：基本与项目"),
    note: t("{0}。各年载入的单位不同，总额不宜直接相比。{1}", label("stage", stage), untied ? t("其中 {0} 份文件{1}。", untied, UNTIED()) : ""),
    height: 320,
    option: (colours) => splitBars(colours, years.map((year, at) => t("{0}\n{1} 个单位", year, counts[at])), years.map((year) => [of(year, "basic"), of(year, "project")])),
    table: tableOf({
      caption: t("各年支出（{0}）", Money.name),
      heads: [t("年度"), { text: t("单位数"), class: "amount" }, { text: t("基本支出"), class: "amount" }, { text: t("项目支出"), class: "amount" }],
      rows: years.map((year, at) => [h("a", { href: Route.with({ year }), title: t("看这一年的各单位") }, year), { content: counts[at], class: "amount" },
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
      String(names[events[0].dataIndex]).replace("\n", t("，")),
      [t("基本支出"), money(pairs[events[0].dataIndex][0])],
      [t("项目支出"), money(pairs[events[0].dataIndex][1])],
    ], "axis"),
    xAxis: Charts.nameAxis(colours, names),
    yAxis: Charts.amountAxis(colours, { min: (range) => Math.min(0, range.min) }),
    series: [t("基本支出"), t("项目支出")].map((name, at) => ({
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
    name: "organizations",
    title: t("{0}年各单位支出", year),
    note: largest.length === 12 ? t("支出最多的 12 个单位；全部单位见下表。") : t("点按单位，可见该文件。"),
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
      caption: t("{0}年各单位支出（{1}）", year, Money.name),
      heads: [t("单位"), { text: t("基本支出"), class: "amount" }, { text: t("项目支出"), class: "amount" }, { text: t("合计"), class: "amount" }],
      rows: largest.map((row) => [[row.organization.organization_name, row.has_untied_total && h("small", {}, t("{0}：所印 {1}", UNTIED(), Money.exact(row.printed_spending_yuan)))],
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
  const { first, more } = firstRows(rows);
  const filter = h("input", {
    type: "search", value: wanted, placeholder: t("按单位名称筛选"), "aria-label": t("按单位名称筛选"),
    onchange: (event) => Route.go({ organization: event.target.value }),
  });
  return h("section", {},
    h("h2", {}, t("单位与年度")),
    h("div", { class: "choices" }, filter, h("span", { class: "soft", role: "status" }, t("{0} 行", rows.length))),
    tableOf({
      caption: t("支出合计（{0}），及核对发现的问题", Money.name),
      className: "matrix",
      heads: [t("单位"), ...years.map((year) => ({ text: t("{0}年", year), class: "amount" }))],
      rows: first.map((of) => [
        [organizationLink(of[0].organization), h("small", {}, [label("scope", of[0].scope), of[0].organization.region_name].filter(Boolean).join(" · "))],
        ...years.map((year) => ({ class: "amount", content: of.filter((row) => row.fiscal_year === year).map(matrixCell) })),
      ]),
      empty: t("没有这样的单位。"),
    }),
    more);
}

/** The first rows of a list, or all that are asked for, and the way to the others. */
function firstRows(rows) {
  const all = Route.get("all") === "1" || rows.length <= ROWS_SHOWN;
  return { first: all ? rows : rows.slice(0, ROWS_SHOWN), more: !all && allRows(rows.length) };
}

function allRows(count) {
  return h("p", {}, h("a", { class: "button", href: Route.with({ all: 1 }) }, t("显示全部 {0} 行", count)));
}

function matrixCell(row) {
  const text = Money.text(row.total_yuan);
  return h("div", { class: row.is_counted ? "" : "uncounted" },
    h("a", { href: link(["disclosure", row.disclosure_id]) }, text),
    h("small", {},
      !row.is_counted && t("已含于部门，不重复计入 "),
      isUnreviewed(row) && `${t("未复核")} `,
      row.is_stale && t("较新的数据未能读取 "),
      row.has_untied_total && t("{0}：所印 {1} ", UNTIED(), Money.exact(row.printed_spending_yuan)),
      h("a", { class: row.error_count ? "error" : "soft", href: link(["disclosure", row.disclosure_id, "checks"]) },
        [row.error_count && t("错误 {0}", row.error_count), row.warning_count && t("警告 {0}", row.warning_count)].filter(Boolean).join(t("，")) || t("未发现问题"))));
}
