"use strict";
// The outcome of every rule in one disclosure.

const OUTCOMES = { f: "fail", h: "hint", p: "pass", i: "insufficient_data", n: "not_applicable" };
const SEVERITIES = ["error", "warning", "info"];

async function checksTab(disclosure) {
  await withOutcomes();
  const wanted = Route.get("rule");
  const findings = disclosure.findings.filter((one) => !wanted || one.rule_code === wanted);
  const section = (heading, findings) => findings.length > 0 &&
    h("section", {}, h("h2", {}, t("{0}：{1} 处", heading, findings.length)), findings.map((one) => findingCard(disclosure, one)));
  const fails = findings.filter((one) => one.outcome === "fail" && isOpen(one));
  return [
    wanted && h("p", {}, t("只显示 {0}。", wanted), h("a", { href: Route.with({ rule: null }) }, t("显示全部规则"))),
    findings.length === 0 && h("p", {}, t("已执行的勾稽关系中没有发现问题。")),
    SEVERITIES.map((severity) => section(label("severity", severity), fails.filter((one) => one.severity === severity))),
    section(t("{0}（不作为问题）", label("outcome", "hint")), findings.filter((one) => one.outcome === "hint")),
    section(t("经人工核实不成立（不作为问题）"), findings.filter((one) => one.outcome === "fail" && !isOpen(one))),
    !wanted && h("section", {}, h("h2", {}, t("全部规则")), rulesOfDisclosure(disclosure)),
  ];
}

function rulesOfDisclosure(disclosure) {
  const byRule = grouped(disclosure.checks, (row) => row.rule_code);
  return byFamily().map(([family, rules]) => h("details", {},
    h("summary", {}, label("family", family), h("small", {}, tally(rules.map((rule) => outcomeOf(disclosure.row, rule))))),
    tableOf({
      caption: label("family", family),
      heads: [t("编号"), t("勾稽关系"), t("结果"), { text: t("核对处数"), class: "amount" }, t("未核对的原因")],
      rows: rules.map((rule) => {
        const rows = byRule.get(rule.rule_code) ?? [];
        const outcome = outcomeOf(disclosure.row, rule);
        return [
          h("a", { href: link(["rules", rule.rule_code]) }, h("code", {}, rule.rule_code)),
          { class: "name", content: statementOf(rule, disclosure.row.stage) },
          h("span", { class: `outcome ${outcome}` }, label("outcome", outcome)),
          { class: "amount", content: rows.reduce((sum, row) => sum + Number(row.checked_count), 0).toLocaleString("en") },
          [...new Set(rows.map((row) => row.not_executed_reason).filter(Boolean))].join(t("；")),
        ];
      }),
    })));
}

/** The rules of each family, in the order of the families. */
function byFamily() {
  const rules = grouped(Index.rules, (rule) => rule.family);
  return Index.kinds.get("family").filter(({ name }) => rules.has(name)).map(({ name }) => [name, rules.get(name)]);
}

/** The worst outcome of a rule in a disclosure; empty where there is none. */
function outcomeOf(row, rule) {
  return OUTCOMES[row.outcomes[Index.rules.indexOf(rule)]] ?? "";
}

function tally(outcomes) {
  return Object.values(OUTCOMES)
    .map((outcome) => [outcome, outcomes.filter((one) => one === outcome).length])
    .filter(([, count]) => count)
    .map(([outcome, count]) => `${label("outcome", outcome)} ${count}`)
    .join(t("，"));
}
