"use strict";
// One disclosure: its head and tabs, and what it spends by function.

/** @type {() => [string, string, (disclosure: Disclosure) => any][]} */
const TABS = () => [
  ["", t("功能分类"), budgetTab],
  ["changes", t("比上年"), (disclosure) => changesTab(disclosure)],
  ["stages", t("预决算对照"), (disclosure) => stagesTab(disclosure)],
  ["expenses", t("三公与基本支出"), (disclosure) => expensesTab(disclosure)],
  ["projects", t("项目与目标"), (disclosure) => projectsTab(disclosure)],
  ["prose", t("文字说明"), (disclosure) => proseTab(disclosure)],
  ["checks", t("核对结果"), (disclosure) => checksTab(disclosure)],
  ["tables", t("原文各表"), async (disclosure) => {
    await Ties.load(disclosure);
    return tablesTab(disclosure);
  }],
  ["ties", t("核对标记"), (disclosure) => tiesTab(disclosure)],
];

const UNTIED = () => t("支出明细与所印合计不符");

async function disclosurePage([, id, tab = ""]) {
  const row = Index.disclosure.get(id);
  if (row && !row.has_pages) return headPage(row);
  const disclosure = await Disclosure.load(id);
  const { grades } = await organizationParts([row.organization]);
  const [, name, content] = TABS().find(([one]) => one === tab) ?? TABS()[0];
  return {
    title: `${disclosure.title} · ${name}`,
    content: [
      disclosureHead(disclosure, grades),
      h("nav", { class: "tabs", "aria-label": t("本文件的内容") }, TABS().map(([one, text]) =>
        h("a", { href: link(["disclosure", id, one].filter(Boolean)), "aria-current": one === tab ? "page" : null }, text))),
      await content(disclosure),
    ],
  };
}

function disclosureHead({ row, about, id }, grades) {
  const others = Index.disclosures.filter((one) => one.organization === row.organization && one !== row);
  const url = /^https?:\/\//.test(about.source_url ?? "")
    ? h("a", { href: about.source_url, rel: "noopener noreferrer" }, about.source_url) : about.source_url;
  const department = Index.disclosure.get(row.department_disclosure_id);
  return h("div", { class: "head" },
    h("h1", {}, organizationLink(row.organization), h("span", {}, t("{0}年度{1}{2}", row.fiscal_year, label("scope", row.scope), label("stage", row.stage)))),
    h("p", { class: "soft" },
      placeLink(row.organization), row.organization.organization_type && ` · ${label("organization_type", row.organization.organization_type)}`,
      others.length > 0 && [t(" · 同一单位："), others.map((one, at) => [at ? t("、") : "",
        h("a", { href: link(["disclosure", one.disclosure_id]) }, t("{0}年{1}{2}{3}", one.fiscal_year, label("scope", one.scope), label("stage", one.stage), one.is_current ? "" : t("（旧版）")))])]),
    isUnreviewed(row) && h("p", { class: "notice unreviewed" }, t("由程序读取，未经人工复核")),
    !row.is_current && h("p", { class: "notice" }, t("本文件已被同一单位后续公布的版本取代。")),
    row.is_stale && h("p", { class: "notice" }, t("本文件较新的数据未能读取，以下为上一次能够读取的内容。")),
    row.has_untied_total && h("p", { class: "notice" }, t("{0}：明细相加为 {1}，所印合计为 {2}（{3}）。本页的支出按明细汇总。", UNTIED(), Money.exact(row.total_yuan ?? "0"), Money.exact(row.printed_spending_yuan), Money.name)),
    department && h("p", { class: "notice" }, phrase("本单位已包含于{0}，合计时不重复计入。",
      h("a", { href: link(["disclosure", department.disclosure_id]) }, titleOf(department)))),
    gradeOf(row, grades),
    h("p", {}, compareLink(row)),
    h("details", { class: "origin" },
      h("summary", {}, t("来源文件："), about.source_document ?? t("未注明")),
      h("dl", {},
        h("dt", {}, t("公开日期")), h("dd", {}, about.published_on ?? t("未注明")),
        h("dt", {}, t("公开网址")), h("dd", {}, url ?? t("未注明")),
        h("dt", {}, t("文件校验值")), h("dd", {}, h("code", {}, about.source_sha256 ? `SHA-256 ${about.source_sha256}` : t("未注明"))),
        h("dt", {}, t("编号")), h("dd", {}, h("code", {}, id)))));
}

function budgetTab(disclosure) {
  const node = Route.get("node", "total");
  const total = disclosure.splits.find((row) => row.function_code === "total");
  if (!total) return h("p", { class: "soft" }, t("本文件没有按功能分类列示的支出。"));
  const figure = (nature) => amount(disclosure, total[`${nature}_yuan`], `function:total:${nature}`).content;
  return [
    h("dl", { class: "keys" },
      key(t("支出合计"), figure("total"), Money.name),
      key(t("基本支出"), figure("basic"), Money.name),
      key(t("项目支出"), figure("project"), Money.name),
      key(t("核对发现"), h("a", { class: "badges", href: link(["disclosure", disclosure.id, "checks"]) }, badges(disclosure.row)))),
    h("section", {},
      h("h2", {}, t("钱花在哪里")),
      crumbs(disclosure, node),
      treemap(disclosure, node)),
    h("section", {}, h("h2", {}, t("支出功能分类")), splitsTable(disclosure, node)),
    throughTheYears(disclosure),
  ];
}

/** Basic against project of the same organisation by year, where more than one is loaded. */
function throughTheYears(disclosure) {
  const rows = disclosure.siblings.filter((row) => row.total_yuan !== null);
  if (rows.length < 2) return null;
  const natures = ["basic", "project", "total"];
  return h("section", {}, h("h2", {}, t("各年的基本支出与项目支出")), Charts.figure({
    name: "years",
    title: disclosure.row.organization.organization_name,
    note: t("纵轴从零开始。点按可见该年的文件。"),
    height: 320,
    onclick: ({ dataIndex }) => { location.hash = link(["disclosure", rows[dataIndex].disclosure_id]); },
    option: (colours) => splitBars(colours, rows.map((row) => t("{0}年", row.fiscal_year)), rows.map((row) => [row.basic_yuan, row.project_yuan])),
    table: tableOf({
      caption: t("各年支出（{0}）", Money.name),
      heads: [t("年度"), ...natures.map((nature) => ({ text: label("nature", nature), class: "amount" }))],
      rows: rows.map((row) => [t("{0}年", row.fiscal_year), ...natures.map((nature) => ({
        class: "amount",
        content: h("a", { href: link(["disclosure", row.disclosure_id], { figure: `function:total:${nature}` }) }, Money.text(row[`${nature}_yuan`])),
      }))]),
    }),
  }));
}

/** A treemap of one node's children and theirs; a click goes down, and at an item to its source. */
function treemap(disclosure, node) {
  const children = Disclosure.under(disclosure.splits, node);
  const positive = (row) => compare(row.total_yuan, "0") > 0;
  const below = (row) => row.total_yuan && Disclosure.under(disclosure.splits, row.function_code).filter(positive);
  const box = (row, colour) => ({
    itemStyle: { color: colour, borderColor: "#ffffff80", borderWidth: 1 },
    name: disclosure.name(row.function_code),
    code: row.function_code,
    value: Money.length(row.total_yuan),
    fen: row.total_yuan,
  });
  const hidden = children.filter((row) => !positive(row)).length;
  const leaf = !children.length;
  const own = disclosure.splits.find((row) => row.function_code === node);
  const natures = leaf && own ? ["basic", "project"]
    .map((nature) => ({ nature, name: label("nature", nature), fen: own[`${nature}_yuan`], figure: `function:${node}:${nature}` }))
    .filter((one) => compare(one.fen, "0") > 0)
    .map((one) => ({ ...one, value: Money.length(one.fen) })) : null;
  const shownTotal = (natures ?? children.filter(positive).map((row) => ({ value: Money.length(row.total_yuan) })))
    .reduce((sum, one) => sum + one.value, 0);
  const room = (data, width) => Math.sqrt((data.value / shownTotal) * width * 400);
  return Charts.figure({
    name: "functions",
    csv: () => [[t("编码"), t("科目"), t("支出（元）")],
      ...(natures ?? children.map((row) => ({ code: row.function_code, name: disclosure.name(row.function_code), fen: row.total_yuan })))
        .map((one) => ["code" in one ? one.code : node, one.name, Csv.yuan(one.fen)])],
    title: leaf ? t("本科目的基本支出与项目支出") : t("面积为支出金额"),
    note: [leaf ? t("点按可见原文中的数字。") : t("点按科目逐级展开，直至原文中的那一行。"), hidden ? t("另有 {0} 个科目金额为零或负，不在图中。", hidden) : ""].join(""),
    height: (width) => (width < 520 ? 360 : 420),
    onclick: ({ data }) => {
      if (data.figure) Route.go({ figure: data.figure });
      else Route.go({ node: data.code });
    },
    option: (colours, width) => ({
      tooltip: Charts.tooltip(colours, ({ data }) => [data.code ? `${data.code} ${data.name}` : data.name, [t("支出"), money(data.fen)], [t("占比"), shareOf(data.fen, disclosure.splits.find((row) => row.function_code === "total").total_yuan)]]),
      series: [{
        type: "treemap",
        left: 0, right: 0, top: 0, bottom: 0,
        roam: false,
        nodeClick: false,
        breadcrumb: { show: false },
        label: { fontSize: 13, lineHeight: 18, overflow: "truncate", color: "#fff", formatter: ({ data }) => boxLabel(data, "\n", room(data, width)) },
        upperLabel: { show: true, height: 26, color: "#fff", fontSize: 13, overflow: "truncate", formatter: ({ data }) => boxLabel(data, "  ", room(data, width) - 14 * (data.name ?? "").length) },
        childrenVisibleMin: 16000,
        levels: [{ upperLabel: { show: false }, itemStyle: { borderColor: colours.card, borderWidth: 0, gapWidth: 3 } }],
        data: natures?.map((one) => ({ ...one, itemStyle: { color: colours[one.nature] } })) ?? children.filter(positive).map((row, at) => {
          const colour = colours.hues[at % colours.hues.length];
          const inner = below(row);
          if (inner.length < 2) return box(row, colour);
          const frame = { color: colour, borderColor: colour, borderWidth: 1, gapWidth: 0 };
          return { ...box(row, colour), itemStyle: frame, children: inner.map((one) => box(one, colour)) };
        }),
      }],
    }),
  });
}

/** A box's name where there is room, and its amount only where no digit of it will be cut. */
function boxLabel({ name, fen }, between, room) {
  const text = String(Money.text(fen));
  if (room > text.length * 14) return `${name}${between}${text}`;
  return room > 72 || between !== "\n" ? name : "";
}

/** The tree below a node as a table: every level, each amount leading to its print. */
function splitsTable(disclosure, node) {
  const rows = disclosure.splits
    .filter((row) => node === "total" || row.function_code.startsWith(node))
    .sort((one, other) => Number(one.level === "total") - Number(other.level === "total") || (one.function_code < other.function_code ? -1 : 1));
  const whole = disclosure.splits.find((row) => row.function_code === "total")?.total_yuan ?? "0";
  const cell = (row, nature) => amount(disclosure, row[`${nature}_yuan`], `function:${row.function_code}:${nature}`);
  return tableOf({
    caption: t("支出功能分类（{0}）；上级科目由末级科目逐级相加", Money.name),
    className: "tree",
    heads: [t("科目"), { text: t("基本支出"), class: "amount" }, { text: t("项目支出"), class: "amount" }, { text: t("合计"), class: "amount" }, { text: t("占比"), class: "amount" }],
    rows: rows.map((row) => ({
      class: `level-${row.level}`,
      "data-code": row.function_code,
      cells: [accountName(disclosure, row.function_code), cell(row, "basic"), cell(row, "project"), cell(row, "total"), { class: "amount", content: shareOf(row.total_yuan, whole) }],
    })),
  });
}

function accountName(disclosure, code) {
  if (code === "total") return t("合计");
  return [h("code", {}, code), " ", h("a", { href: link(["account", "function", code], { organization: disclosure.row.organization.organization_id }), title: t("看这一科目的各年") }, disclosure.name(code))];
}
