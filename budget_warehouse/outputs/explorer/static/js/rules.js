"use strict";
// The rules: what each says, on what ground, and in which disclosures it fails.

async function rulesPage([, code]) {
  if (code) return rulePage(code);
  const others = records(await Data.load("rules-not-in-force"));
  const reasons = (heading, name, rows) => rows.length > 0 && h("section", {}, h("h2", {}, heading), tableOf({
    caption: `${rows.length} 项`, heads: [name, "原因"], rows: rows.map(([one, reason]) => [one, reason]),
  }));
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
      reasons("没有规则的编号", "编号", others.filter((one) => one.rule_code).map((one) => [h("code", {}, one.rule_code), one.reason])),
      reasons("尚无规则的要求", "依据", others.filter((one) => !one.rule_code).map((one) => [one.basis, one.reason])),
    ],
  };
}

/** How many of a rule's findings people confirmed, with the interval. */
function precisionOf(code) {
  const precision = Index.precision.get(code);
  if (!precision) return "尚无人工核实的结果";
  const percent = (ratio) => `${(Number(ratio) * 100).toFixed(1)}%`;
  return [
    `属实 ${precision.confirmed_count} 处，不成立 ${precision.unfounded_count} 处；准确率的 95% 区间为 ${percent(precision.precision_lower_ratio)} 至 ${percent(precision.precision_upper_ratio)}`,
    precision.is_doubted && h("small", {}, `${label("lowered_because", "rule_doubted")}，尚未核实的不符只作提示`),
  ];
}

async function rulePage(code) {
  const rule = Index.rule.get(code);
  if (!rule) throw new Error(`没有规则 ${code}。`);
  const part = await Data.load(`rules/${code}`);
  const [fields] = records(part.fields);
  const groups = grouped(Index.disclosures, (row) => outcomeOf(row, rule));
  return {
    title: `规则 ${code}`,
    content: [
      h("nav", { class: "crumbs", "aria-label": "位置" }, h("ol", {}, h("li", {}, h("a", { href: link(["rules"]) }, "规则")), h("li", {}, label("family", rule.family)))),
      h("h1", {}, h("code", {}, code), h("span", {}, rule.statement)),
      h("dl", { class: "facts rule" }, [...ruleFacts(rule, fields), ["人工核实", precisionOf(code)]].filter(([, fact]) => fact)
        .map(([name, fact]) => [h("dt", {}, name), h("dd", {}, fact)])),
      h("section", {}, h("h2", {}, "核对情况"), ruleOutcomes(records(part.outcomes))),
      ruleFindings(code, records(part.findings)),
      h("section", {}, h("h2", {}, "各份文件"), Object.values(OUTCOMES).filter((outcome) => groups.has(outcome)).map((outcome) => h("details", {},
        h("summary", {}, `${label("outcome", outcome)}：${groups.get(outcome).length} 份`),
        h("ul", { class: "plain" }, groups.get(outcome).slice(0, ROWS_SHOWN).map((row) => h("li", {}, h("a", {
          href: ["fail", "hint"].includes(outcome) ? link(["findings"], { disclosure: row.disclosure_id, rule: code }) : link(["disclosure", row.disclosure_id, "checks"]),
        }, titleOf(row))))),
        groups.get(outcome).length > ROWS_SHOWN && h("p", { class: "soft" }, `只列前 ${ROWS_SHOWN} 份。`)))),
    ],
  };
}

/** What the registry says of a rule: names and facts; a version published earlier says less. */
function ruleFacts(rule, fields) {
  const severity = h("span", { class: `badge ${rule.severity}` }, label("severity", rule.severity));
  const basis = label("basis", rule.basis ?? "未注明");
  const tolerance = label("tolerance", rule.tolerance ?? "未注明");
  const years = rule.from_fiscal_year ? `${rule.from_fiscal_year} 年度起` : "各年度";
  if (!fields) return [["程度", severity], ["依据", basis], ["允许误差", tolerance], ["适用", years]];
  const limits = [fields.threshold, fields.second_threshold].filter((one) => one !== null).join("、");
  return [
    ["程度", [severity, h("small", {}, ` 重要性：${label("materiality", fields.materiality)}`)]],
    ["公式", h("code", { lang: "en" }, fields.formula)],
    ["依据", [basis, fields.article && !basis.includes(fields.article) && `（${fields.article}）`]],
    ["前提", fields.assumption],
    ["允许误差", [tolerance, h("small", { class: "more" }, fields.tolerance_reason)]],
    ["界限", limits],
    ["适用", ruleScope(rule, fields, years)],
    ["所需", ruleNeeds(fields)],
    ["除外", fields.exclusions],
    ["应有内容", fields.expected],
    ["改法", fields.remedy],
    ["版本", `第 ${fields.version} 版，${label("status", fields.status)}；${fields.changed_on}：${fields.change_note}`],
    [fields.is_shared_test ? "同类共用的测试" : "示例与反例", h("code", { lang: "en" }, fields.unit_test)],
  ];
}

const OTHER_FORMS = { other_columns: "栏目不同", other_rows: "按单位或名称列行", other_lines: "行次不同" };

function ruleScope(rule, fields, years) {
  const forms = fields.applies_to_forms.split(" ").map((one) => OTHER_FORMS[one]).filter(Boolean);
  const stages = fields.applies_to_stages?.split(" ").map((one) => label("stage", one)).join("、");
  return [
    years + (fields.until_fiscal_year ? `，至 ${fields.until_fiscal_year} 年度` : ""),
    stages ?? "各阶段",
    fields.applies_to_regions && `限${fields.applies_to_regions}`,
    fields.prescribed_in_regions && `格式由${fields.prescribed_in_regions}规定，其他地区只核对各种格式共有的内容`,
    forms.length > 0 && `也核对${forms.join("、")}的表`,
  ].filter(Boolean).join("；");
}

const TABLES_NEEDED = { any: "任何一张表", tables: "各表的表头", narrative_claims: "文字说明所列数字", statements: "文字说明的其他语句" };

function ruleNeeds(fields) {
  const tables = fields.needed_tables.split(" ").map((one) => TABLES_NEEDED[one] ?? label("table", one)).join("、");
  return fields.other_documents === "none" ? tables : `${tables}；另需${label("other_documents", fields.other_documents)}`;
}

function ruleOutcomes(outcomes) {
  return tableOf({
    caption: "在本站各份文件中的结果",
    heads: ["结果", "未核对的原因", { text: "文件", class: "amount" }, { text: "核对处数", class: "amount" }],
    rows: outcomes.map((one) => [
      h("span", { class: `outcome ${one.outcome}` }, label("outcome", one.outcome)),
      one.reason ?? "",
      { class: "amount", content: Number(one.disclosure_count).toLocaleString("en") },
      { class: "amount", content: Number(one.checked_count).toLocaleString("en") },
    ]),
    empty: "没有结果。",
  });
}

function ruleFindings(code, findings) {
  if (!findings.length) return null;
  const side = (fen, text, place) => ({
    class: "amount",
    content: [fen === null ? text ?? "—" : Money.text(fen), place && h("small", {}, place)],
  });
  return h("section", {}, h("h2", {}, "发现"), tableOf({
    caption: `差额大的在前，最多 ${ROWS_SHOWN} 处（${Money.name}）`,
    className: "stakes",
    heads: ["文件", "结果", "对象", { text: "文中数", class: "amount" }, { text: "核算数", class: "amount" }, { text: "差额", class: "amount" }, "核实"],
    rows: findings.map((one) => ({ ...one, row: Index.disclosures[one.disclosure_id] })).map((one) => [
      h("a", { href: link(["disclosure", one.row.disclosure_id, "checks"], { rule: code }) }, titleOf(one.row)),
      one.outcome === "hint" ? label("outcome", "hint") : h("span", { class: `badge ${one.severity}` }, label("severity", one.severity)),
      one.subject_zh ?? "全文",
      side(one.stated_yuan, one.stated_text_zh, one.stated_source_zh),
      side(one.computed_yuan, one.computed_text_zh, one.computed_source_zh),
      { class: "amount", content: one.gap_yuan === null ? "—" : Money.text(one.gap_yuan, "+") },
      verdictWord(one),
    ]),
  }));
}
