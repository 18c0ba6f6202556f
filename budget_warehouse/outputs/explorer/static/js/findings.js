"use strict";
// The findings: a list of facts, what is most at stake first, and a heat map of rules by disclosures.

const COLUMNS_SHOWN = 24;
const FACTS_SHOWN = 12;
const SIGNS = { fail: "✕", hint: "≈", pass: "", insufficient_data: "·", not_applicable: "" };

async function findingsPage() {
  const wanted = Route.get("organization").trim();
  const family = Route.get("family");
  const severity = Route.get("severity");
  const year = Route.get("year");
  const columns = Index.disclosures.filter((row) =>
    (!year || String(row.fiscal_year) === year) && row.organization.organization_name.includes(wanted));
  const at = Math.max(0, Math.min(Number(Route.get("from", "0")) || 0, Math.max(0, columns.length - 1)));
  const page = columns.slice(at, at + COLUMNS_SHOWN);
  const rules = Index.rules.filter((rule) => (!family || rule.family === family) && (!severity || rule.severity === severity) &&
    (Route.get("every") || page.some((row) => ["fail", "hint"].includes(outcomeOf(row, rule)))));
  const years = [...new Set(Index.disclosures.map((row) => row.fiscal_year))].sort();
  const any = (options) => [["", "全部"], ...options];
  const chosen = await chosenCell();
  const facts = records(await Data.load("findings")).map((one) => ({ ...one, row: Index.disclosures[one.disclosure_id] }))
    .filter((one) => columns.includes(one.row) && (!severity || one.severity === severity) &&
      (!family || Index.rule.get(one.rule_code)?.family === family));
  return {
    title: "核对结果",
    content: [
      h("h1", {}, "核对结果"),
      h("p", { class: "lead" }, "同一处数字引出的各条规则合为一项，涉及金额大的在前。其下每列一份文件，每行一条规则：点按有标记的格，可见文中数与核算数，以及它们在文件中的位置。"),
      h("div", { class: "choices" },
        choice("年度", any(years.map((one) => [one, `${one}年`])), year, (value) => Route.go({ year: value || null, from: null })),
        choice("类别", any(Index.kinds.get("family").map((row) => [row.name, row.label_zh])), family, (value) => Route.go({ family: value || null })),
        choice("程度", any(SEVERITIES.map((one) => [one, label("severity", one)])), severity, (value) => Route.go({ severity: value || null })),
        h("input", { type: "search", value: wanted, placeholder: "按单位名称筛选", "aria-label": "按单位名称筛选", onchange: (event) => Route.go({ organization: event.target.value || null, from: null }) }),
        h("label", { class: "choice" }, h("input", { type: "checkbox", checked: Boolean(Route.get("every")), onchange: (event) => Route.go({ every: event.target.checked ? 1 : null }) }), "也列没有问题的规则")),
      h("section", {}, h("h2", {}, `问题：${facts.filter(isOpen).length} 项`), factsTable(facts)),
      h("h2", {}, "规则与文件"),
      h("ul", { class: "legend" },
        SEVERITIES.map((one) => h("li", {}, h("i", { class: `cell fail ${one}` }, SIGNS.fail), label("severity", one))),
        h("li", {}, h("i", { class: "cell hint" }, SIGNS.hint), label("outcome", "hint")),
        h("li", {}, h("i", { class: "cell pass" }), label("outcome", "pass")),
        h("li", {}, h("i", { class: "cell insufficient_data" }, SIGNS.insufficient_data), label("outcome", "insufficient_data")),
        h("li", {}, h("i", { class: "cell not_applicable" }), label("outcome", "not_applicable"))),
      heatMap(rules, page, chosen),
      columns.length > COLUMNS_SHOWN && h("p", { class: "pager" },
        at > 0 && h("a", { class: "button", href: Route.with({ from: Math.max(0, at - COLUMNS_SHOWN) || null }) }, "前一批"),
        h("span", {}, `第 ${at + 1}—${at + page.length} 份，共 ${columns.length} 份`),
        at + COLUMNS_SHOWN < columns.length && h("a", { class: "button", href: Route.with({ from: at + COLUMNS_SHOWN }) }, "后一批")),
    ],
  };
}

function factsTable(facts) {
  const all = Route.get("all") === "1";
  const side = (fen, text, place) => ({
    class: "amount",
    content: [fen === null ? text ?? "—" : Money.text(fen), place && h("small", {}, place)],
  });
  return [
    tableOf({
      caption: `各项问题（${Money.name}）`,
      className: "stakes",
      heads: ["文件", "程度", { text: "涉及金额", class: "amount" }, "规则", "对象", { text: "文中数", class: "amount" }, { text: "核算数", class: "amount" }, "核实"],
      rows: facts.slice(0, all ? facts.length : FACTS_SHOWN).map((one) => [
        h("a", { href: link(["disclosure", one.row.disclosure_id, "checks"], { rule: one.rule_code }) }, titleOf(one.row)),
        h("span", { class: `badge ${one.severity}` }, label("severity", one.severity)),
        { class: "amount", content: Money.text(one.amount_yuan) },
        one.rule_codes.split("|").map((code, at) => [at ? " " : "", h("a", { href: link(["rules", code]) }, h("code", {}, code))]),
        one.subject_zh ?? "全文",
        side(one.stated_yuan, one.stated_text_zh, one.stated_source_zh),
        side(one.computed_yuan, one.computed_text_zh, one.computed_source_zh),
        verdictWord(one),
      ]),
      empty: "没有这样的问题。",
    }),
    !all && facts.length > FACTS_SHOWN && allRows(facts.length),
  ];
}

async function chosenCell() {
  const [id, code] = [Route.get("disclosure"), Route.get("rule")];
  if (!id || !code) return null;
  const disclosure = await Disclosure.load(id);
  const findings = disclosure.findings.filter((one) => one.rule_code === code);
  return h("section", { class: "chosen" },
    h("h2", {}, h("a", { href: link(["disclosure", id]) }, disclosure.title)),
    findings.length ? findings.map((one) => findingCard(disclosure, one)) : h("p", {}, "这条规则在这份文件中没有发现问题。"));
}

function heatMap(rules, columns, chosen) {
  if (!rules.length || !columns.length) return h("p", {}, "没有这样的核对结果。");
  return h("div", { class: "scroll heat", tabindex: "0", role: "region", "aria-label": "规则与文件" }, h("table", {},
    h("caption", {}, `${rules.length} 条规则，${columns.length} 份文件`),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "规则"), columns.map((row) => h("th", { scope: "col" },
      h("a", { href: link(["disclosure", row.disclosure_id, "checks"]), title: titleOf(row) }, h("span", {}, row.organization.organization_name), h("span", {}, `${row.fiscal_year}${label("scope", row.scope)}`)))))),
    h("tbody", {}, rules.map((rule) => [
      h("tr", {},
        h("th", { scope: "row" }, h("a", { href: link(["rules", rule.rule_code]) }, h("code", {}, rule.rule_code)), h("span", {}, rule.statement)),
        columns.map((row) => heatCell(rule, row))),
      chosen && Route.get("rule") === rule.rule_code && h("tr", { class: "detail" }, h("td", { colspan: columns.length + 1 }, chosen)),
    ]))));
}

function heatCell(rule, row) {
  const outcome = outcomeOf(row, rule);
  const says = `${rule.rule_code}，${titleOf(row)}：${outcome === "fail" ? label("severity", rule.severity) : label("outcome", outcome) || "没有结果"}`;
  const chosen = Route.get("disclosure") === row.disclosure_id && Route.get("rule") === rule.rule_code;
  const content = ["fail", "hint"].includes(outcome)
    ? h("a", { class: `cell ${outcome} ${rule.severity}`, href: Route.with({ disclosure: row.disclosure_id, rule: rule.rule_code }), "aria-label": says, title: says, "aria-current": chosen ? "true" : null }, SIGNS[outcome])
    : h("span", { class: `cell ${outcome}`, title: says }, SIGNS[outcome] ?? "", h("span", { class: "hidden" }, label("outcome", outcome)));
  return h("td", {}, content);
}
