"use strict";
// One account through the years, and the list of accounts.

async function accountsPage() {
  const accounts = records(await Data.load("search/accounts"));
  const kind = Route.get("kind", "function");
  const named = [...grouped(accounts.filter((one) => one.kind === kind), (one) => one.code)];
  return {
    title: t("科目"),
    content: [
      h("h1", {}, t("科目")),
      h("div", { class: "choices" }, choice(t("分类"), [["function", t("支出功能分类")], ["economic", t("支出经济分类")]], kind, (value) => Route.go({ kind: value }))),
      h("ul", { class: "accounts" }, named.map(([code, names]) => h("li", { class: `code-${code.length}` },
        h("code", {}, code), " ", h("a", { href: link(["account", kind, code]) }, namesOf(names).join(" / "))))),
    ],
  };
}

async function accountPage([, kind, code]) {
  const accounts = grouped(records(await Data.load("search/accounts")).filter((one) => one.kind === kind), (one) => one.code);
  if (!accounts.has(code)) throw new Error(t("没有科目 {0}。", code));
  const rows = records(await Data.load(`accounts/${kind}-${code.slice(0, 5)}`))
    .filter((row) => row.account_code === code)
    .map((row) => ({ ...row, disclosure: Index.disclosures[row.disclosure_id] }))
    .filter((row) => row.disclosure.is_current);
  const stages = [...new Set(rows.map((row) => row.disclosure.stage))];
  const stage = Route.get("stage", stages.includes("initial_budget") ? "initial_budget" : stages[0]);
  const ofStage = rows.filter((row) => row.disclosure.stage === stage);
  const organizations = [...grouped(ofStage, (row) => row.disclosure.organization).keys()];
  const chosen = organizations.find((one) => one.organization_id === Route.get("organization"));
  const names = namesOf(accounts.get(code));
  const steps = kind === "function" ? [3, 5, 7] : [3, 5];
  return {
    title: `${code} ${names.at(-1)}`,
    content: [
      h("nav", { class: "crumbs", "aria-label": t("科目层级") }, h("ol", {},
        h("li", {}, h("a", { href: link(["accounts"], { kind }) }, kind === "function" ? t("支出功能分类") : t("支出经济分类"))),
        steps.filter((length) => length < code.length).map((length) => {
          const above = code.slice(0, length);
          return h("li", {}, h("a", { href: link(["account", kind, above], { organization: Route.get("organization") }) }, `${above} ${namesOf(accounts.get(above) ?? []).at(-1) ?? ""}`));
        }))),
      h("h1", {}, h("code", {}, code), " ", names.at(-1)),
      names.length > 1 && h("p", { class: "soft" }, t("各文件所印的名称：{0}", names.join(t("、")))),
      h("div", { class: "choices" },
        stages.length > 1 && choice(t("阶段"), stages.map((one) => [one, label("stage", one)]), stage, (value) => Route.go({ stage: value })),
        organizations.length > 1 && choice(t("单位"), [["", t("全部单位")], ...organizations.map((one) => [one.organization_id, one.organization_name])],
          chosen?.organization_id ?? "", (value) => Route.go({ organization: value || null }))),
      accountChart(ofStage, kind, chosen),
      accountTable(ofStage, kind, chosen),
      h("ul", { class: "accounts" }, [...accounts].filter(([below]) => below.startsWith(code) && below.length === code.length + 2)
        .map(([below, of]) => h("li", {}, h("code", {}, below), " ",
          h("a", { href: link(["account", kind, below], { organization: Route.get("organization") }) }, namesOf(of).at(-1))))),
    ],
  };
}

/** The names that documents give an account; one that was printed without a name has its code. */
function namesOf(accounts) {
  const names = [...new Set(accounts.map((one) => one.name))];
  return names.length > 1 ? names.filter((name) => name !== accounts[0].code) : names;
}

const PARTS = { function: ["basic", "project"], economic: ["personnel", "public_use"] };

/** The chosen organisation by its two parts, or the largest organisations side by side. */
function accountChart(rows, kind, chosen) {
  const years = [...new Set(rows.map((row) => row.disclosure.fiscal_year))].sort();
  const parts = PARTS[kind];
  const counted = rows.filter((row) => row.disclosure.is_counted);
  const of = (organization, year) => counted.find((row) => row.disclosure.organization === organization && row.disclosure.fiscal_year === year);
  const largest = [...grouped(counted, (row) => row.disclosure.organization)]
    .map(([organization, own]) => [organization, own.map((row) => row.total_yuan).sort(compare).at(-1)])
    .sort((one, other) => compare(other[1], one[1]))
    .slice(0, 6)
    .map(([organization]) => organization);
  const names = years.map((year) => t("{0}年", year));
  const organization = chosen ?? (largest.length === 1 ? largest[0] : null);
  if (!largest.length) return null;
  const series = organization
    ? parts.map((part, at) => ({ name: label("measure", part), stack: "all", colour: at ? "project" : "basic",
      fen: years.map((year) => of(organization, year)?.[`${part}_yuan`] ?? null) }))
    : largest.map((one) => ({ name: one.organization_name, fen: years.map((year) => of(one, year)?.total_yuan ?? null) }));
  return Charts.figure({
    name: "account",
    csv: () => [[t("年度"), ...series.map((one) => t("{0}（元）", one.name))],
      ...names.map((name, at) => [name, ...series.map((one) => Csv.yuan(one.fen[at]))])],
    title: organization ? organization.organization_name : t("各单位各年"),
    note: t("纵轴从零开始。{0}缺的年度没有载入文件。", organization || largest.length < 6 ? "" : t("金额最大的 6 个单位；全部单位见下表。")),
    height: 340,
    option: (colours, width) => ({
      legend: { ...Charts.legend(colours), type: "scroll", ...(organization ? {} : { orient: width < 720 ? "vertical" : "horizontal" }) },
      grid: { left: 8, right: 12, top: organization || width >= 720 ? 56 : 44 + series.length * 22, bottom: 8, containLabel: true },
      tooltip: Charts.tooltip(colours, (events) => [names[events[0].dataIndex],
        ...series.filter((one) => one.fen[events[0].dataIndex] !== null).map((one) => [one.name, money(one.fen[events[0].dataIndex])])], "axis"),
      xAxis: Charts.nameAxis(colours, names),
      yAxis: Charts.amountAxis(colours, { min: (range) => Math.min(0, range.min) }),
      series: series.map((one, at) => ({
        name: one.name, type: "bar", stack: one.stack, barMaxWidth: 56,
        itemStyle: { color: one.colour ? colours[one.colour] : colours.hues[at] },
        data: one.fen.map((fen) => (fen === null ? null : Money.length(fen))),
      })),
    }),
  });
}

function accountTable(rows, kind, chosen) {
  const parts = [...PARTS[kind], "total"];
  const lines = rows
    .filter((row) => !chosen || row.disclosure.organization === chosen)
    .sort((one, other) => one.disclosure.fiscal_year - other.disclosure.fiscal_year || compare(other.total_yuan, one.total_yuan));
  const { first, more } = firstRows(lines);
  return [tableOf({
    caption: t("各年各单位（{0}）", Money.name),
    heads: [t("年度"), t("单位"), ...parts.map((one) => ({ text: label("measure", one), class: "amount" }))],
    rows: first.map((row) => [
      `${row.disclosure.fiscal_year}`,
      {
        class: "name",
        content: [h("a", { href: link(["disclosure", row.disclosure.disclosure_id]) }, row.disclosure.organization.organization_name),
          h("small", {}, label("scope", row.disclosure.scope), row.disclosure.is_counted ? "" : t("，已含于部门，不重复计入"))],
      },
      ...parts.map((part) => ({
        class: "amount",
        content: row[`${part}_yuan`] === null ? "" : [
          part === "total" && row.disputed_by && h("a", { class: "mark error", href: link(["disclosure", row.disclosure.disclosure_id, "checks"], { rule: row.disputed_by.split(" ")[0] }) },
            h("span", { class: "hidden" }, t("文件自相矛盾：")), row.disputed_by.split(" ")[0], row.disputed_by.includes(" ") ? `+${row.disputed_by.split(" ").length - 1}` : ""),
          h("a", {
            href: link(["disclosure", row.disclosure.disclosure_id], { figure: `${kind}:${row.account_code}:${part}` }),
          }, Money.text(row[`${part}_yuan`])),
        ],
      })),
    ]),
  }), more];
}
