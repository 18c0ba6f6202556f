"use strict";
// Budget beside outturn: another stage of the same budget, in another file or in the same one.

function stagesTab(disclosure) {
  const rows = disclosure.stages.filter((row) => row.basis !== "none");
  const claims = disclosure.claims.filter((one) => one.amount_text && one.base_amount_text && one.base_year === disclosure.row.fiscal_year);
  const stated = claims.length > 0 && h("section", {}, h("h2", {}, t("文字说明所述的预算与决算")), budgetClaims(disclosure, claims));
  if (!rows.length) return [h("p", { class: "soft" }, withoutStage(disclosure)), stated];
  const nature = Route.get("nature", "total");
  const groups = [...grouped(rows, (row) => [row.basis, row.base_stage, row.base_disclosure_id].join(" ")).values()];
  return [
    rows.some((row) => row.function_code) && h("div", { class: "choices" },
      choice(t("支出性质"), NATURES.map((one) => [one, label("nature", one)]), nature, (value) => Route.go({ nature: value }))),
    groups.map((group) => h("section", {},
      h("h2", {}, stagesHeading(disclosure, group[0])),
      stagesTable(disclosure, group.filter((row) => row.expense || row.nature === nature)))),
    stated,
  ];
}

/** Budget, outturn and completion as sentences state them: text, never mixed with what tables print. */
function budgetClaims(disclosure, claims) {
  const unit = (text, one) => (text ? `${text}${one.unit ?? ""}` : "—");
  return tableOf({
    caption: t("如文件所印"),
    heads: [t("事项"), ...[t("预算"), t("决算"), t("完成预算")].map((text) => ({ text, class: "amount" })), t("位置")],
    rows: claims.map((one) => ({
      "data-claim": one.claim_number,
      cells: [
        [marks(disclosure, disclosure.disputedClaims.get(one.claim_number) ?? []), one.account_name ?? label("measure", one.measure)],
        { class: "amount printed", content: [unit(one.base_amount_text, one), h("small", {}, label("stage", one.base_stage ?? ""))] },
        { class: "amount printed", content: unit(one.amount_text, one) },
        { class: "amount printed", content: one.completion_percent_text ? `${one.completion_percent_text}${/[%％]$/.test(one.completion_percent_text) ? "" : "%"}` : "" },
        { class: "place", content: h("a", { href: link(["disclosure", disclosure.id, "prose"], { claim: one.claim_number }) }, placeOf(one.source_ref)) },
      ],
    })),
  });
}

/** The reason there is nothing to compare: no budget was read, which is not a budget of nothing. */
function withoutStage(disclosure) {
  if (!disclosure.row.is_counted) return t("本文件不计入合计，对照见包含它的文件。");
  return disclosure.row.stage === "final_accounts"
    ? t("同一年度的预算未载入或未能读全，本文件的表中也未列预算数，无从对照。")
    : t("上年度决算未载入或未能读全，无从对照。");
}

function stagesHeading(disclosure, row) {
  const stage = label("stage", row.base_stage);
  if (row.basis === "printed") return t("决算与本文件所列{0}对照", stage);
  const base = Index.disclosure.get(row.base_disclosure_id);
  const text = base ? titleOf(base) : t("{0}年度{1}", row.base_fiscal_year, stage);
  return phrase("与{0}对照", base ? h("a", { href: link(["disclosure", row.base_disclosure_id]) }, text) : text);
}

function stagesTable(disclosure, rows) {
  const [first] = rows;
  if (!first) return null;
  const ratio = rows.some((row) => row.execution_ratio !== null);
  const order = (row) => (row.expense ? THREE_PUBLIC.indexOf(row.expense) : row.function_code === "total" ? "" : row.function_code);
  const lines = [...rows].sort((one, other) => Number(Boolean(one.expense)) - Number(Boolean(other.expense)) || (order(one) < order(other) ? -1 : 1));
  return tableOf({
    caption: t("{0}与{1}（{2}）", label("stage", first.base_stage), label("stage", disclosure.row.stage), Money.name),
    className: "tree",
    heads: [t("科目或费用"), ...[t("{0}年{1}", first.base_fiscal_year, label("stage", first.base_stage)),
      t("{0}年{1}", disclosure.row.fiscal_year, label("stage", disclosure.row.stage)), t("增减"), ratio ? t("完成率") : t("增减率")]
      .map((text) => ({ text, class: "amount" })), t("增减类型")],
    rows: lines.map((row) => ({
      class: row.expense ? "level-section" : `level-${row.level}`,
      "data-code": row.function_code ?? row.expense,
      cells: [
        row.expense ? label("measure", row.expense) : accountName(disclosure, row.function_code),
        { class: "amount", content: stageBase(disclosure, row) },
        amount(disclosure, row.amount_yuan, row.expense ? `expense:${row.expense}` : `function:${row.function_code}:${row.nature}`),
        { class: `amount ${direction(row.change_yuan)}`, content: Money.text(row.change_yuan, "+") },
        { class: "amount", content: ratio ? percent(row.execution_ratio) : percent(row.change_ratio, "+") },
        label("change_kind", row.change_kind),
      ],
    })),
  });
}

/** The amount of the other stage; it leads to where that is printed. */
function stageBase(disclosure, row) {
  const printed = row.basis === "printed" ? `${row.base_stage}_` : "";
  const figure = row.expense ? `expense:${printed}${row.expense}` : `function:${row.function_code}:${printed}${row.nature}`;
  if (row.base_disclosure_id === disclosure.id) return amount(disclosure, row.base_yuan, figure).content;
  const text = Money.text(row.base_yuan);
  return Index.disclosure.has(row.base_disclosure_id)
    ? h("a", { href: link(["disclosure", row.base_disclosure_id], { figure }), title: t("看该文件中的这个数") }, text)
    : h("span", { class: "money" }, text);
}
