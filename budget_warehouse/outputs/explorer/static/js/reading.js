"use strict";
// Completeness of each reading, for whoever decides what to review: the worst first.

async function readingPage() {
  const all = records(await Data.load("reading")).map((one) => ({ ...one, row: Index.disclosures[one.disclosure_id] }));
  const wanted = Route.get("organization").trim();
  const rows = all.filter(({ row }) => row.organization.organization_name.includes(wanted));
  const { first, more } = firstRows(rows);
  return {
    title: t("阅读质量"),
    content: [
      h("h1", {}, t("阅读质量")),
      h("p", { class: "lead" }, t("每行一份文件，最需要人工核对的在前。一张表所印的数字都归入了行和栏，就是读全。")),
      all.length > 0 && h("div", { class: "choices" },
        h("input", { type: "search", value: wanted, placeholder: t("按单位名称筛选"), "aria-label": t("按单位名称筛选"), onchange: (event) => Route.go({ organization: event.target.value || null }) }),
        h("span", { class: "soft", role: "status" }, t("{0} 份", rows.length))),
      readingTable(first, all.length ? t("没有这样的单位。") : t("这次发布没有记录各文件读出了多少。")),
      more,
    ],
  };
}

function readingTable(readings, empty) {
  return tableOf({
    caption: t("各文件读出的表和数字"),
    className: "matrix",
    heads: [t("文件"), t("读取方式"), ...[t("公开表"), t("读全的表"), t("所印数字"), t("已归栏数字"), t("归栏比例")].map((text) => ({ text, class: "amount" })), t("是否读全")],
    rows: readings.map(readingRow),
    empty,
  });
}

function readingRow(one) {
  const count = (number) => ({ class: "amount", content: number === null ? "—" : number.toLocaleString("en") });
  const share = one.numbers_printed ? `${Math.floor(1000 * one.numbers_placed / one.numbers_printed) / 10}` : null;
  return [
    h("a", { href: link(["disclosure", one.row.disclosure_id, "tables"]) }, titleOf(one.row)),
    label("reading", one.reading) || "—",
    count(one.table_count),
    count(one.numbers_printed === null ? null : one.whole_table_count),
    count(one.numbers_printed),
    count(one.numbers_placed),
    { class: "amount", content: share === null ? "—" : `${Number(share).toFixed(1)}%` },
    wholeness(one),
  ];
}

function wholeness(one) {
  if (one.numbers_printed === null) return h("span", { class: "soft" }, t("未计数"));
  return one.part_table_count
    ? h("span", { class: "badge warning" }, t("读到一部分"))
    : h("span", { class: "badge pass" }, t("读全"));
}

/** True where the program read a document, and nobody compared the reading with its pages. */
function isUnreviewed(row) {
  return row.reading === "by_program";
}
