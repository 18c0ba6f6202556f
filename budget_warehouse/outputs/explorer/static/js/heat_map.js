"use strict";
// The heat map: a row for each rule, a column for each document.

const COLUMNS_SHOWN = 24;
const SIGNS = { fail: "✕", hint: "≈", pass: "", insufficient_data: "·", not_applicable: "" };

/** Rules by the documents that the filters leave, a batch of columns at a time. */
async function heatMapSection(rows, wanted) {
  const { family, severity } = wanted;
  await withOutcomes();
  const at = Math.max(0, Math.min(Number(Route.get("from", "0")) || 0, Math.max(0, rows.length - 1)));
  const page = rows.slice(at, at + COLUMNS_SHOWN);
  const rules = Index.rules.filter((rule) => (!family || rule.family === family) && (!severity || rule.severity === severity) &&
    (Route.get("every") || page.some((row) => ["fail", "hint"].includes(outcomeOf(row, rule)))));
  return h("section", { class: "map" },
    h("h2", {}, t("规则与文件")),
    h("p", { class: "soft" }, t("每列一份文件，每行一条规则：点按有标记的格，可见文中数与核算数，以及它们在文件中的位置。")),
    h("div", { class: "choices" },
      h("label", { class: "choice" }, h("input", { type: "checkbox", checked: Boolean(Route.get("every")), onchange: (event) => Route.go({ every: event.target.checked ? 1 : null }) }), t("也列没有问题的规则"))),
    h("ul", { class: "legend" },
      SEVERITIES.map((one) => h("li", {}, h("i", { class: `cell fail ${one}` }, SIGNS.fail), label("severity", one))),
      h("li", {}, h("i", { class: "cell hint" }, SIGNS.hint), label("outcome", "hint")),
      h("li", {}, h("i", { class: "cell pass" }), label("outcome", "pass")),
      h("li", {}, h("i", { class: "cell insufficient_data" }, SIGNS.insufficient_data), label("outcome", "insufficient_data")),
      h("li", {}, h("i", { class: "cell not_applicable" }), label("outcome", "not_applicable"))),
    heatMap(rules, page, await chosenCell()),
    rows.length > COLUMNS_SHOWN && pager("from", at, COLUMNS_SHOWN, rows.length,
      t("第 {0}—{1} 份，共 {2} 份", at + 1, at + page.length, rows.length)));
}

async function chosenCell() {
  const [id, code] = [Route.get("disclosure"), Route.get("rule")];
  if (!id || !code) return null;
  const row = Index.disclosure.get(id);
  if (row && !row.has_pages) {
    return h("section", { class: "chosen" },
      h("h2", {}, h("a", { href: link(["disclosure", id]) }, titleOf(row))), await factsOf(row, code));
  }
  const disclosure = await Disclosure.load(id);
  const findings = disclosure.findings.filter((one) => one.rule_code === code);
  return h("section", { class: "chosen" },
    h("h2", {}, h("a", { href: link(["disclosure", id]) }, disclosure.title)),
    findings.length ? findings.map((one) => findingCard(disclosure, one)) : h("p", {}, t("这条规则在这份文件中没有发现问题。")));
}

function heatMap(rules, columns, chosen) {
  if (!rules.length || !columns.length) return h("p", {}, t("没有这样的核对结果。"));
  return sideways(h("div", { class: "scroll heat", tabindex: "0", role: "region", "aria-label": t("规则与文件") }, h("table", {},
    h("caption", {}, t("{0} 条规则，{1} 份文件", rules.length, columns.length), Csv.button()),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("规则")), columns.map((row) => h("th", { scope: "col" },
      h("a", { href: link(["disclosure", row.disclosure_id, "checks"]), title: titleOf(row) }, h("span", {}, row.organization.organization_name), h("span", {}, `${row.fiscal_year}${label("scope", row.scope)}`)))))),
    h("tbody", {}, rules.map((rule) => [
      h("tr", {},
        h("th", { scope: "row" }, h("a", { href: link(["rules", rule.rule_code]) }, h("code", {}, rule.rule_code)), h("span", {}, rule.statement)),
        columns.map((row) => heatCell(rule, row))),
      chosen && Route.get("rule") === rule.rule_code && h("tr", { class: "detail" }, h("td", { colspan: columns.length + 1 }, chosen)),
    ])))));
}

function heatCell(rule, row) {
  const outcome = outcomeOf(row, rule);
  const says = t("{0}，{1}：{2}", rule.rule_code, titleOf(row), outcome === "fail" ? label("severity", rule.severity) : label("outcome", outcome) || t("没有结果"));
  const chosen = Route.get("disclosure") === row.disclosure_id && Route.get("rule") === rule.rule_code;
  const content = ["fail", "hint"].includes(outcome)
    ? h("a", { class: `cell ${outcome} ${rule.severity}`, href: Route.with({ map: 1, disclosure: row.disclosure_id, rule: rule.rule_code }), "aria-label": says, title: says, "aria-current": chosen ? "true" : null }, SIGNS[outcome])
    : h("span", { class: `cell ${outcome}`, title: says }, SIGNS[outcome] ?? "", h("span", { class: "hidden" }, label("outcome", outcome)));
  return h("td", {}, content);
}
