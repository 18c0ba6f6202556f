"use strict";
// The three public expenses through the years, and basic expenditure by economic classification.

async function expensesTab(disclosure) {
  const years = await Promise.all(disclosure.siblings.filter((row) => row.has_pages).map((row) => Disclosure.load(row.disclosure_id)));
  return [
    h("section", {}, h("h2", {}, t("“三公”经费和机关运行经费")), threePublicChart(years), threePublicTable(years)),
    h("section", {}, h("h2", {}, t("一般公共预算基本支出")), economicChart(disclosure), economicTable(disclosure)),
  ];
}

function expense(disclosure, measure) {
  return disclosure.amounts[disclosure.printed(`expense:${measure}`)[0]];
}

function threePublicChart(years) {
  const parts = THREE_PUBLIC.filter((measure) => years.some((one) => expense(one, measure)?.amount_yuan));
  if (!parts.some((measure) => years.some((one) => compare(expense(one, measure)?.amount_yuan, "0") > 0))) return null;
  const names = years.map((one) => t("{0}年", one.row.fiscal_year));
  return Charts.figure({
    name: "three-public",
    csv: () => [[t("年度"), ...parts.map((measure) => t("{0}（元）", label("measure", measure)))],
      ...years.map((one, at) => [names[at], ...parts.map((measure) => Csv.yuan(expense(one, measure)?.amount_yuan))])],
    title: t("各年“三公”经费"),
    note: t("纵轴从零开始。机关运行经费不属于“三公”经费，见下表。"),
    height: 300,
    onclick: ({ dataIndex, seriesIndex }) => {
      location.hash = link(["disclosure", years[dataIndex].id, "expenses"], { figure: `expense:${parts[seriesIndex]}` });
    },
    option: (colours, width) => ({
      legend: Charts.legend(colours),
      grid: { left: 8, right: 12, top: width < 520 ? 84 : 56, bottom: 8, containLabel: true },
      tooltip: Charts.tooltip(colours, (events) => [names[events[0].dataIndex],
        ...parts.map((measure) => [label("measure", measure), money(expense(years[events[0].dataIndex], measure)?.amount_yuan)])], "axis"),
      xAxis: Charts.nameAxis(colours, names),
      yAxis: Charts.amountAxis(colours, { min: 0 }),
      series: parts.map((measure) => ({
        name: label("measure", measure), type: "bar", stack: "all", barMaxWidth: 72,
        itemStyle: { color: colours.hues[[0, 2, 1, 4][THREE_PUBLIC.indexOf(measure)]] },
        data: years.map((one) => Money.length(expense(one, measure)?.amount_yuan)),
      })),
    }),
  });
}

function threePublicTable(years) {
  const measures = ["total", "overseas_visits", "official_hospitality", "vehicle_total", "vehicle_purchase", "vehicle_operation", "agency_operating_expenses"];
  const lines = measures.filter((measure) => years.some((one) => expense(one, measure)));
  return tableOf({
    caption: t("各年“三公”经费和机关运行经费（{0}），如文件所印", Money.name),
    heads: [t("费用"), ...years.map((one) => ({ text: t("{0}年", one.row.fiscal_year), class: "amount" }))],
    rows: lines.map((measure) => ({
      class: ["overseas_visits", "official_hospitality", "vehicle_total"].includes(measure) ? "level-section" : measure.startsWith("vehicle_") ? "level-item" : "level-class",
      cells: [measure === "total" ? label("measure", "three_public_total") : label("measure", measure), ...years.map((one) => {
        const printed = expense(one, measure);
        return printed ? amount(one, printed.amount_yuan ?? (printed.null_kind ? "0" : null), `expense:${measure}`) : { content: "—", class: "amount" };
      })],
    })),
    empty: t("文件中没有“三公”经费预算表。"),
  });
}

/** The rows of the economic classification as printed: code, name and the three columns. */
function economicRows(disclosure) {
  const rows = grouped(disclosure.amounts.filter((one) => one.table_name === ECONOMIC_TABLE), (one) => one.row_number);
  return [...rows.values()].map((cells) => ({
    ...cells[0],
    columns: Object.fromEntries(cells.map((cell) => [cell.measure, cell.amount_yuan])),
  }));
}

function economicChart(disclosure) {
  const items = economicRows(disclosure)
    .filter((row) => row.row_role === "leaf" && compare(row.columns.total, "0") > 0)
    .sort((one, other) => compare(other.columns.total, one.columns.total))
    .slice(0, 12);
  if (!items.length) return null;
  const names = items.map((row) => row.account_name ?? row.account_code);
  const components = ["personnel", "public_use"];
  return Charts.figure({
    name: "economic",
    csv: () => [[t("编码"), t("科目"), ...components.map((one) => t("{0}（元）", label("component", one)))],
      ...items.map((row, at) => [row.account_code, names[at], ...components.map((one) => Csv.yuan(row.columns[one]))])],
    title: t("金额最大的经济分类科目"),
    note: t("横轴从零开始。点按可见原文中的数字。"),
    height: 80 + items.length * 30,
    onclick: ({ dataIndex, seriesIndex }) => Route.go({ figure: `economic:${items[dataIndex].account_code}:${components[seriesIndex]}` }),
    option: (colours, width) => ({
      legend: Charts.legend(colours),
      grid: { left: 8, right: 24, top: 36, bottom: 8, containLabel: true },
      tooltip: Charts.tooltip(colours, (events) => [`${items[events[0].dataIndex].account_code} ${names[events[0].dataIndex]}`,
        ...components.map((one) => [label("component", one), money(items[events[0].dataIndex].columns[one])])], "axis"),
      xAxis: Charts.amountAxis(colours, { min: 0, name: "", splitNumber: width < 520 ? 2 : 4 }),
      yAxis: Charts.nameAxis(colours, names, { inverse: true, axisLabel: { color: colours.ink, width: Math.min(220, width * 0.36), overflow: "break", lineHeight: 14, interval: 0, fontSize: 12 } }),
      series: components.map((one, at) => ({
        name: label("component", one), type: "bar", stack: "all", barMaxWidth: 16,
        itemStyle: { color: at ? colours.project : colours.basic },
        data: items.map((row) => Money.length(row.columns[one])),
      })),
    }),
  });
}

function economicTable(disclosure) {
  const measures = ["personnel", "public_use", "total"];
  return tableOf({
    caption: t("一般公共预算基本支出，按经济分类（{0}），如文件所印", Money.name),
    className: "tree",
    heads: [t("科目"), ...measures.map((one) => ({ text: label("measure", one), class: "amount" })), { text: t("占比"), class: "amount" }],
    rows: economicRows(disclosure).map((row, _, rows) => ({
      class: row.row_role === "total" ? "level-total" : `level-${row.level}`,
      cells: [
        row.account_code && row.row_role !== "unplaced"
          ? [h("code", {}, row.account_code), " ", h("a", { href: link(["account", "economic", row.account_code], { organization: disclosure.row.organization.organization_id }) }, row.account_name ?? "")]
          : rowName(row),
        ...measures.map((one) => (row.columns[one] === undefined || row.columns[one] === null ? { class: "amount", content: "" }
          : amount(disclosure, row.columns[one], `row:${ECONOMIC_TABLE}:${row.row_number}:${one}`))),
        { class: "amount", content: shareOf(row.columns.total, rows.find((one) => one.row_role === "total")?.columns.total ?? "0") },
      ],
    })),
    empty: t("文件中没有按经济分类列示的基本支出。"),
  });
}
