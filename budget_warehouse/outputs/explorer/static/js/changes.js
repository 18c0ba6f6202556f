"use strict";
// Causes of the change from last year: a waterfall, and the tree below it.

const NATURES = ["total", "basic", "project"];
const BARS_SHOWN = 9;

function changesTab(disclosure) {
  const nature = Route.get("nature", "total");
  const node = Route.get("node", "total");
  const rows = disclosure.changes.filter((row) => row.nature === nature);
  const whole = rows.find((row) => row.function_code === "total");
  if (!whole) return h("p", { class: "soft" }, disclosure.row.is_counted
    ? t("本文件没有可以与上年相比的支出。") : t("本文件不计入合计，比较见包含它的文件。"));
  const own = rows.find((row) => row.function_code === node) ?? whole;
  const claims = disclosure.claims.filter((one) => one.change_yuan !== null);
  const comparable = rows.some((row) => row.basis === "published");
  return [
    h("div", { class: "choices" }, choice(t("支出性质"), NATURES.map((one) => [one, label("nature", one)]), nature,
      (value) => Route.go({ nature: value }))),
    h("dl", { class: "keys" },
      key(t("本年"), amount(disclosure, whole.amount_yuan, `function:total:${nature}`).content, Money.name),
      key(whole.basis === "stated" ? t("上年（文件自称）") : t("上年"), lastYear(disclosure, whole, nature), Money.name),
      key(t("增减"), h("span", { class: `money ${direction(whole.change_yuan)}` }, Money.text(whole.change_yuan, "+")), percent(whole.change_ratio, "+"))),
    whole.basis !== "published" && h("p", { class: "notice" }, t("上年的文件未载入。"), withoutLastYear(whole, claims)),
    comparable && [
      h("section", {}, h("h2", {}, t("是什么带来了增减")), crumbs(disclosure, own.function_code), waterfall(disclosure, rows, own)),
      h("section", {}, h("h2", {}, t("各科目的增减")), changesTable(disclosure, rows, own.function_code, nature)),
    ],
    !comparable && claims.length > 0 && h("section", {}, h("h2", {}, t("文件自称的增减")), claimsTable(disclosure, claims)),
  ];
}

/** A sentence on a change where last year's document is not loaded. */
function withoutLastYear(whole, claims) {
  if (whole.last_year_amount_yuan !== null) return t("上年数与增减为本文件文字说明所称，不与公开数混用，也不能分到科目。");
  return claims.length ? t("本文件自称的增减列于下；说法不一的并列，不取其一。") : t("本文件也没有说明增减，无从比较。");
}

function direction(fen) {
  const sign = compare(fen, "0");
  return sign > 0 ? "rise" : sign < 0 ? "fall" : "";
}

/** Last year's amount; it leads to where last year's document prints it. */
function lastYear(disclosure, row, nature) {
  const text = Money.text(row.last_year_amount_yuan);
  if (!Index.disclosure.has(row.last_year_disclosure_id) || row.last_year_amount_yuan === null) return h("span", { class: "money" }, text);
  const figure = `function:${row.function_code}:${nature}`;
  return h("a", {
    href: link(["disclosure", row.last_year_disclosure_id], { figure }),
    title: t("看上年文件中的这个数"),
  }, text);
}

function waterfall(disclosure, rows, own) {
  const children = Disclosure.under(rows, own.function_code)
    .filter((row) => row.change_yuan !== null && compare(row.change_yuan, "0") !== 0)
    .sort((one, other) => compare(magnitude(other.change_yuan), magnitude(one.change_yuan)));
  const bars = children.slice(0, BARS_SHOWN);
  const rest = children.slice(BARS_SHOWN).reduce((sum, row) => sum + BigInt(row.change_yuan), 0n);
  const steps = [
    { name: t("上年"), total: own.last_year_amount_yuan ?? "0" },
    ...bars.map((row) => ({ name: disclosure.name(row.function_code), code: row.function_code, change: row.change_yuan, kind: row.change_kind })),
    ...(children.length > BARS_SHOWN ? [{ name: t("其余 {0} 个科目", children.length - BARS_SHOWN), change: rest.toString() }] : []),
    { name: t("本年"), total: own.amount_yuan ?? "0" },
  ];
  let running = 0n;
  for (const step of steps) {
    step.from = step.total === undefined ? running : 0n;
    running = step.total === undefined ? running + BigInt(step.change) : BigInt(step.total);
    step.to = running;
  }
  const levels = steps.map((step) => Money.length(step.to));
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  // A scale from zero shows nothing of a small change in a large whole: it starts higher, and says so.
  const start = low > 0 && high > low && high - low < high * 0.3 ? roundDown(low - (high - low) * 0.6) : Math.min(0, low);
  return Charts.figure({
    name: "changes",
    csv: () => [[t("科目"), t("金额或增减（元）")], ...steps.map((step) => [step.name, Csv.yuan(step.total ?? step.change)])],
    title: own.function_code === "total" ? t("从上年到本年") : t("{0}：从上年到本年", disclosure.name(own.function_code)),
    note: [start > 0 ? t("横轴从 {0}元起，没有从零开始。", Money.mark(start)) : t("横轴从零开始。"),
      children.length ? t("点按科目可再展开一级。") : t("下级科目没有增减。")].join(""),
    height: 70 + steps.length * 38,
    onclick: ({ dataIndex }) => {
      const step = steps[dataIndex];
      if (!step.code) return;
      if (step.code.length < 7) Route.go({ node: step.code });
      else Route.go({ figure: `function:${step.code}:${Route.get("nature", "total")}` });
    },
    option: (colours, width) => ({
      grid: { left: 8, right: width < 520 ? 96 : 150, top: 8, bottom: 8, containLabel: true },
      tooltip: Charts.tooltip(colours, (events) => {
        const step = steps[events[0].dataIndex];
        return [step.name, step.total === undefined ? [label("change_kind", step.kind) || t("增减"), money(step.change, "+")] : [t("支出"), money(step.total)]];
      }, "axis"),
      yAxis: Charts.nameAxis(colours, steps.map((step) => step.name), {
        inverse: true,
        axisLabel: { color: colours.ink, width: Math.min(220, width * 0.27), overflow: "break", lineHeight: 15, interval: 0, fontSize: width < 520 ? 11 : 12 },
      }),
      xAxis: Charts.amountAxis(colours, { min: start, name: "", splitNumber: width < 520 ? 2 : 4 }),
      series: [
        { type: "bar", stack: "all", silent: true, itemStyle: { color: "transparent" },
          data: steps.map((step) => Math.max(start, Math.min(...ends(step)))) },
        { type: "bar", stack: "all", barMaxWidth: 22,
          data: steps.map((step) => ({
            value: Math.max(...ends(step)) - Math.max(start, Math.min(...ends(step))),
            itemStyle: { color: step.total !== undefined ? colours.total : step.to >= step.from ? colours.rise : colours.fall },
          })),
          label: { show: true, position: "right", color: colours.ink, fontSize: width < 520 ? 11 : 12,
            formatter: ({ dataIndex }) => `${steps[dataIndex].total === undefined ? Money.text(steps[dataIndex].change, "+") : Money.text(steps[dataIndex].total)}` } },
      ],
    }),
  });
}

function ends(step) {
  return step.total === undefined
    ? [Money.length(step.from.toString()), Money.length(step.to.toString())]
    : [0, Money.length(step.to.toString())];
}

function roundDown(value) {
  const unit = 10 ** Math.floor(Math.log10(value));
  return Math.floor((value / unit) * 10) / 10 * unit;
}

function changesTable(disclosure, rows, node, nature) {
  const lines = rows
    .filter((row) => node === "total" || row.function_code.startsWith(node))
    .sort((one, other) => Number(one.function_code === "total") - Number(other.function_code === "total") || (one.function_code < other.function_code ? -1 : 1));
  return tableOf({
    caption: t("{0}比上年（{1}）；贡献率为占全部增减的份额", label("nature", nature), Money.name),
    className: "tree",
    heads: [t("科目"), ...[t("上年"), t("本年"), t("增减"), t("增减率"), t("贡献率")].map((text) => ({ text, class: "amount" })), t("增减类型")],
    rows: lines.map((row) => ({
      class: `level-${row.level}`,
      "data-code": row.function_code,
      cells: [
        accountName(disclosure, row.function_code),
        { class: "amount", content: lastYear(disclosure, row, nature) },
        amount(disclosure, row.amount_yuan, `function:${row.function_code}:${nature}`),
        { class: `amount ${direction(row.change_yuan)}`, content: Money.text(row.change_yuan, "+") },
        { class: "amount", content: percent(row.change_ratio, "+") },
        { class: "amount", content: percent(row.contribution_ratio) },
        label("change_kind", row.change_kind),
      ],
    })),
  });
}
