"use strict";
// The tables of a disclosure as they are printed, cell by cell.

function tablesTab(disclosure) {
  const printed = grouped(disclosure.amounts, (one) => one.table_name);
  const names = Index.kinds.get("table").map((row) => row.name)
    .filter((name) => printed.has(name) || disclosure.tables.some((one) => one.table_name === name));
  const name = names.includes(Route.get("table")) ? Route.get("table") : names[0];
  if (!name) return h("p", { class: "soft" }, t("文件中没有读到表。"));
  const about = disclosure.tables.find((one) => one.table_name === name);
  const ofTable = disclosure.findings.filter((one) => one.outcome === "fail" && one.table_name === name && !one.amounts.length);
  return [
    h("nav", { class: "tables", "aria-label": t("表") }, names.map((one) => h("a", {
      href: link(["disclosure", disclosure.id, "tables"], { table: one }), "aria-current": one === name ? "true" : null,
    }, tableLabel(disclosure.row.stage, one)))),
    h("h2", {}, disclosure.tableTitle(name)),
    about && h("p", { class: "soft" }, [about.compiling_entity && t("编制部门：{0}", about.compiling_entity), about.unit && t("单位：{0}", about.unit), placeOf(about.source_ref)].filter(Boolean).join(t("　"))),
    printedTable(disclosure, name, printed.get(name) ?? []),
    about?.remark && h("p", { class: "printed" }, about.remark),
    ofTable.map((one) => findingCard(disclosure, one)),
  ];
}

function printedTable(disclosure, name, amounts) {
  const measures = Index.kinds.get("measure").map((row) => row.name).filter((one) => amounts.some((cell) => cell.measure === one));
  const ordered = [...measures.filter((one) => one !== "total" || name === "three_public_expenses"), ...measures.filter((one) => one === "total" && name !== "three_public_expenses")];
  const sides = new Set(amounts.map((one) => one.side).filter(Boolean)).size > 1;
  const rows = [...grouped(amounts, (one) => one.row_number).values()].sort((one, other) => one[0].row_number - other[0].row_number);
  if (sides) return twoSidedTable(disclosure, name, ordered, rows);
  return tableOf({
    caption: t("{0}，每格为印出的原样", disclosure.tableTitle(name)),
    isPrinted: true,
    className: "tree",
    heads: [t("行"), ...ordered.map((one) => ({ text: label("measure", one), class: "amount" })), t("位置")],
    rows: rows.map((cells) => {
      const [first] = cells;
      return {
        class: [first.row_role === "total" ? "level-total" : `level-${first.level ?? "line"}`, Number(Route.get("row")) === first.row_number ? "here" : ""].join(" "),
        "data-row": first.row_number,
        cells: [
          name === "projects" ? projectName(disclosure, first.row_number) : rowName(first),
          ...ordered.map((measure) => printedCell(disclosure, cells.filter((cell) => cell.measure === measure))),
          { class: "place", content: placeOf(first.source_ref) },
        ],
      };
    }),
    empty: t("本表没有数字。"),
  });
}

/** A summary as on paper: revenue on the left, expenditure on the right. */
function twoSidedTable(disclosure, name, measures, rows) {
  const columns = (side) => measures.filter((measure) => rows.some((cells) => cells[0].side === side && cells.some((cell) => cell.measure === measure)));
  const [left, right] = [columns("revenue"), columns("expenditure")];
  const half = (cells, own) => own.map((measure) => (cells ? printedCell(disclosure, cells.filter((cell) => cell.measure === measure)) : ""));
  const role = (cells) => (cells?.[0].row_role === "total" ? "level-total" : `level-${cells?.[0].level ?? "line"}`);
  return tableOf({
    caption: t("{0}，每格为印出的原样", disclosure.tableTitle(name)),
    isPrinted: true,
    className: "tree sides-of-table",
    heads: [t("收入"), ...left.map((one) => ({ text: label("measure", one), class: "amount" })),
      { text: t("支出"), class: "second" }, ...right.map((one) => ({ text: label("measure", one), class: "amount" })), t("位置")],
    rows: printedLines(rows).map(({ revenue, expenditure }) => ({
      class: [role(revenue ?? expenditure), [revenue, expenditure].some((cells) => cells?.[0].row_number === Number(Route.get("row"))) ? "here" : ""].join(" "),
      "data-row": (revenue ?? expenditure)[0].row_number,
      cells: [
        revenue ? rowName(revenue[0]) : "",
        ...half(revenue, left),
        { class: "second", content: expenditure ? rowName(expenditure[0]) : "" },
        ...half(expenditure, right),
        { class: "place", content: placeOf((revenue ?? expenditure)[0].source_ref) },
      ],
    })),
  });
}

/** The rows of both sides, those that stand on one printed line together. */
function printedLines(rows) {
  const lines = [];
  for (const cells of rows) {
    const [{ side, source_ref: place }] = cells;
    const line = lines.at(-1);
    const beside = side === "expenditure" && line?.revenue && !line.expenditure &&
      (line.revenue[0].source_ref === place || !/^p\./.test(place ?? ""));
    if (beside) line.expenditure = cells;
    else lines.push({ [side === "revenue" ? "revenue" : "expenditure"]: cells });
  }
  return lines;
}

function printedCell(disclosure, cells) {
  return {
    class: "amount printed",
    content: cells.map((cell) => {
      const at = disclosure.amounts.indexOf(cell);
      const figure = `row:${cell.table_name}:${cell.row_number}:${cell.measure}`;
      return [marks(disclosure, disclosure.disputes.get(at) ?? []),
        cell.printed_text ? [Ties.mark(disclosure, cell.table_name, cell.row_number, cell.measure), h("a", { href: Route.with({ figure }) }, cell.printed_text)] : ""];
    }),
  };
}

function projectName(disclosure, number) {
  return disclosure.projects.find((one) => one.project_number === number)?.project_name ?? t("第{0}个项目", number);
}
