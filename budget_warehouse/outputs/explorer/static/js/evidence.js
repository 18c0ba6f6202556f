"use strict";
// The dialog that shows where a figure is printed, and how.

async function showEvidence() {
  const dialog = document.querySelector("dialog");
  const figure = Route.get("figure");
  if (!figure || Route.path[0] !== "disclosure" || !Index.disclosure.get(Route.path[1])?.has_pages) {
    if (dialog.open) dialog.close();
    return;
  }
  const disclosure = await Disclosure.load(Route.path[1]);
  dialog.replaceChildren();
  append(dialog, /^(claim|statement):/.test(figure) ? proseEvidence(disclosure, figure) : evidence(disclosure, figure));
  if (!dialog.open) dialog.showModal();
}

function evidence(disclosure, figure) {
  const places = disclosure.printed(figure);
  const [kind, code, measure] = figure.split(":");
  const first = disclosure.amounts[places[0]];
  const subject = kind === "function" ? `${code === "total" ? "" : code} ${disclosure.name(code)}` : first ? rowName(first) : "";
  const sum = shownFigure(disclosure, kind, code, measure);
  const different = sum !== null && first && first.amount_yuan !== sum && !(first.amount_yuan === null && !/[1-9]/.test(sum));
  const findings = [...new Set(places.flatMap((at) => disclosure.disputes.get(at) ?? []))];
  return [
    h("header", {},
      h("div", {}, h("small", {}, disclosure.title), h("h2", {}, subject.trim(), " · ", label("measure", kind === "expense" ? code : kind === "row" ? figure.split(":")[3] : measure))),
      h("form", { method: "dialog" }, h("button", { class: "close", "aria-label": t("关闭") }, "×"))),
    sum !== null && h("p", { class: "figure" }, money(sum),
      kind === "function" && h("small", {}, t("由末级科目相加；下为原文所印"))),
    different && h("p", { class: "notice" }, t("原文印为 {0}，与末级科目之和不同；两数并列，未作更正。", money(first.amount_yuan))),
    places.length
      ? tableOf({
        caption: t("原文中的这个数"),
        heads: [t("表与位置"), { text: t("印出的原样"), class: "amount" }, t("印出的单位"), { text: t("合 {0}", Money.name), class: "amount" }],
        rows: places.map((at) => {
          const one = disclosure.amounts[at];
          return [
            {
              class: "name",
              content: [h("a", { href: link(["disclosure", disclosure.id, "tables"], { table: one.table_name, row: one.row_number }) }, disclosure.tableTitle(one.table_name)),
                h("small", {}, placeOf(one.source_ref))],
            },
            { class: "amount printed", content: one.printed_text || t("（{0}）", label("null_kind", one.null_kind ?? "blank")) },
            one.unit ?? "",
            { class: "amount", content: [marks(disclosure, disclosure.disputes.get(at) ?? []), Money.exact(one.amount_yuan)] },
          ];
        }),
      })
      : h("p", {}, sum === null ? t("这份文件中没有这个数。") : t("原文没有印出这个数；它由末级科目相加而得，各末级科目见科目表。")),
    Ties.section(disclosure, places.map((at) => [disclosure.amounts[at].table_name, disclosure.amounts[at].row_number, disclosure.amounts[at].measure])),
    printedPages(disclosure, places.map((at) => placeOfAmount(disclosure.amounts[at]))),
    h("p", { class: "soft" }, t("来源文件：{0}", disclosure.about.source_document ?? t("未注明"))),
    findings.length > 0 && h("section", {}, h("h3", {}, t("文件对这个数自相矛盾")), findings.map((one) => findingCard(disclosure, one))),
  ];
}

function shownFigure(disclosure, kind, code, measure) {
  if (kind !== "function") return null;
  const row = disclosure.splits.find((one) => one.function_code === code);
  return row ? row[`${measure}_yuan`] ?? null : null;
}

/** The account or line of a printed row. */
function rowName(one) {
  if (one.account_code) return `${one.account_code} ${one.account_name ?? ""}`;
  const number = /^row (\d+)$/.exec(one.row_key ?? "");
  return one.account_name ?? (one.row_role === "total" || one.row_key === "total row" ? t("合计") : number ? t("第{0}行", number[1]) : one.row_key ?? "");
}
