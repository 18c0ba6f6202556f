"use strict";
// The rules: what each says, on what ground, and in which disclosures it fails.

function rulesPage([, code]) {
  if (code) return rulePage(code);
  return {
    title: "规则",
    content: [
      h("h1", {}, "规则"),
      h("p", { class: "lead" }, `${Index.rules.length} 条勾稽规则，逐份文件核对。数字只并列，不更正。`),
      byFamily().map(([family, rules]) => h("section", {},
        h("h2", {}, label("family", family)),
        tableOf({
          caption: `${label("family", family)}：${rules.length} 条`,
          heads: ["编号", "勾稽关系", "程度", { text: "不符", class: "amount" }, { text: "通过", class: "amount" }, { text: "未核对", class: "amount" }],
          rows: rules.map((rule) => {
            const outcomes = Index.disclosures.map((row) => outcomeOf(row, rule));
            const count = (...names) => ({ class: "amount", content: outcomes.filter((one) => names.includes(one)).length || "" });
            return [h("a", { href: link(["rules", rule.rule_code]) }, h("code", {}, rule.rule_code)), { class: "name", content: rule.statement },
              label("severity", rule.severity), count("fail"), count("pass", "hint"), count("insufficient_data", "not_applicable", "")];
          }),
        }))),
    ],
  };
}

function rulePage(code) {
  const rule = Index.rule.get(code);
  if (!rule) throw new Error(`没有规则 ${code}。`);
  const groups = grouped(Index.disclosures, (row) => outcomeOf(row, rule));
  return {
    title: `规则 ${code}`,
    content: [
      h("nav", { class: "crumbs", "aria-label": "位置" }, h("ol", {}, h("li", {}, h("a", { href: link(["rules"]) }, "规则")), h("li", {}, label("family", rule.family)))),
      h("h1", {}, h("code", {}, code), h("span", {}, rule.statement)),
      h("dl", { class: "facts" },
        h("dt", {}, "程度"), h("dd", {}, h("span", { class: `badge ${rule.severity}` }, label("severity", rule.severity))),
        h("dt", {}, "依据"), h("dd", {}, label("basis", rule.basis ?? "未注明")),
        h("dt", {}, "允许误差"), h("dd", {}, label("tolerance", rule.tolerance ?? "未注明")),
        h("dt", {}, "适用"), h("dd", {}, rule.from_fiscal_year ? `${rule.from_fiscal_year} 年度起` : "各年度")),
      Object.values(OUTCOMES).filter((outcome) => groups.has(outcome)).map((outcome) => h("section", {},
        h("h2", {}, `${label("outcome", outcome)}：${groups.get(outcome).length} 份`),
        h("ul", { class: "plain" }, groups.get(outcome).slice(0, ROWS_SHOWN).map((row) => h("li", {}, h("a", {
          href: ["fail", "hint"].includes(outcome) ? link(["findings"], { disclosure: row.disclosure_id, rule: code }) : link(["disclosure", row.disclosure_id, "checks"]),
        }, titleOf(row))))),
        groups.get(outcome).length > ROWS_SHOWN && h("p", { class: "soft" }, `只列前 ${ROWS_SHOWN} 份。`))),
    ],
  };
}
