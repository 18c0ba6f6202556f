"use strict";
// Tick marks: whether an executed rule compared a figure, itself or within a sum, and with what.

const NO_ROWS = { columns: [], rows: [] };

const Ties = {
  /** Load the ties of a disclosure; a site of before has none. */
  async load(disclosure) {
    if (disclosure.ties) return disclosure.ties;
    const part = await Data.loadOf(disclosure.id, "ties").catch(() => ({ figures: NO_ROWS, ties: NO_ROWS }));
    const figures = records(part.figures).map((one) => ({ ...one, ties: [] }));
    for (const tie of records(part.ties)) figures[tie.figure].ties.push(tie);
    disclosure.ties = new Map(figures.map((one) => [Ties.key(one.table_name, one.row_number, one.measure), one]));
    return disclosure.ties;
  },

  key: (table, row, measure) => `${table}:${row}:${measure}`,

  /** The tick mark of a figure, a sign with words; nothing where no ties are loaded. */
  mark(disclosure, table, row, measure) {
    const figure = disclosure.ties?.get(Ties.key(table, row, measure));
    if (!figure) return null;
    const words = figure.ties.length ? t("已与他处核对") : t("没有规则核对过");
    return h("span", { class: figure.ties.length ? "tick tied" : "tick untied", role: "img", "aria-label": words, title: words }, figure.ties.length ? "✓" : "○");
  },

  /** The comparisons of the figures at some places, filled in when they are loaded. */
  section(disclosure, places) {
    const section = h("section", { class: "ties" });
    Ties.load(disclosure).then((ties) => {
      const figures = places.map(([table, row, measure]) => ties.get(Ties.key(table, row, measure))).filter(Boolean);
      if (figures.length) append(section, [h("h3", {}, t("核对标记")), figures.map((one) => comparedWith(disclosure, one))]);
    });
    return section;
  },
};

function comparedWith(disclosure, figure) {
  const name = figureName(disclosure, figure);
  const head = h("p", {}, Ties.mark(disclosure, figure.table_name, figure.row_number, figure.measure), " ", name, t("："),
    figure.ties.length ? t("已与他处核对") : t("没有规则核对过"));
  return [head, figure.ties.length > 0 && tableOf({
    caption: [t("与什么核对"), name, figure.printed_text].join(" "),
    heads: [t("规则"), t("对方的位置"), { text: t("对方金额（{0}）", Money.name), class: "amount" }],
    rows: figure.ties.map((tie) => [
      ruleLink(tie.rule_code),
      otherSide(disclosure, tie),
      { class: "amount", content: tie.other_fen === null ? "—" : Money.exact(tie.other_fen) },
    ]),
  })];
}

function ruleLink(code) {
  return h("a", { href: link(["rules", code]), title: Index.rule.get(code)?.statement }, h("code", {}, code));
}

/** The place of the other side, and how many figures each side adds up. */
function otherSide(disclosure, tie) {
  const other = Index.disclosure.get(tie.other_disclosure_id);
  const title = PROSE_PLACES().get(tie.other_table_name) ??
    (!tie.other_table_name ? "" : other ? tableLabel(other.stage, tie.other_table_name) : disclosure.tableTitle(tie.other_table_name));
  return [
    other && [h("a", { href: link(["disclosure", other.disclosure_id]) }, titleOf(other)), " "],
    title,
    tie.other_row_number !== null && [" ", t("第{0}行", tie.other_row_number)],
    tie.other_row_count > 1 && t("等{0}个数之和", tie.other_row_count),
    tie.addend_count > 1 && t("（本数是{0}个加数之一）", tie.addend_count),
  ];
}

const PROSE_PLACES = () => new Map([["narrative_claims", t("文字说明中的数字")], ["statements", t("其他说明")], ["performance_targets", t("绩效指标")]]);

const FIGURE_COLUMNS = () => new Map([
  ["amount_yuan", t("金额")], ["base_amount_yuan", t("所比的金额")], ["change_yuan", t("增减")],
  ["change_ratio", t("增减率")], ["completion_ratio", t("完成率")], ["numeric_value", t("数值")], ["score", t("得分")],
]);

function figureName(disclosure, figure) {
  const place = PROSE_PLACES().get(figure.table_name) ?? disclosure.tableTitle(figure.table_name);
  return `${place} ${placeOf(figure.source_ref)} · ${FIGURE_COLUMNS().get(figure.measure) ?? label("measure", figure.measure)}`;
}

/** The tab: which share of the figures is tied, and which are not. */
async function tiesTab(disclosure) {
  const figures = [...(await Ties.load(disclosure)).values()];
  if (!figures.length) return h("p", { class: "soft" }, t("没有核对标记。"));
  const kinds = [["tables", t("表")], ["prose", t("文字说明")], ["forms", t("项目表")]];
  const share = (ones) => {
    const tied = ones.filter((one) => one.ties.length).length;
    return t("{0} / {1}，{2}%", tied, ones.length, Math.floor((1000 * tied) / ones.length) / 10);
  };
  const { first, more } = firstRows(figures.filter((one) => !one.ties.length));
  return [
    h("p", { class: "soft" }, t("一个数只有在已执行的规则中被比较过（单独或作为加数之一），才标为已核对（✓）；其余标为 ○，列于下表。没有核对不等于有错。")),
    h("dl", { class: "keys" }, key(t("已核对的数"), share(figures)),
      kinds.map(([kind, name]) => {
        const ones = figures.filter((one) => one.kind === kind);
        return ones.length ? key(name, share(ones)) : null;
      })),
    h("section", {}, h("h2", {}, t("没有规则核对过的数")), tableOf({
      caption: t("没有规则核对过的数"),
      heads: [t("表"), t("列"), { text: t("印出的原样"), class: "amount" }, t("位置")],
      rows: first.map((one) => [
        PROSE_PLACES().get(one.table_name) ?? disclosure.tableTitle(one.table_name),
        FIGURE_COLUMNS().get(one.measure) ?? label("measure", one.measure),
        { class: "amount printed", content: one.printed_text ?? "" },
        { class: "place", content: pageLink(disclosure, figureRoute(one), placeOf(one.source_ref)) },
      ]),
      empty: t("每个数都核对过。"),
    }), more),
  ];
}

function figureRoute(one) {
  if (one.table_name === "narrative_claims") return `claim:${one.row_number}`;
  if (one.table_name === "statements") return `statement:${one.row_number}`;
  return `row:${one.table_name}:${one.row_number}:${one.measure}`;
}
