"use strict";
// The rules: what each says, on what ground, and in which disclosures it fails.

async function rulesPage([, code]) {
  if (code) return rulePage(code);
  await withOutcomes();
  const others = records(await Data.load("rules-not-in-force"));
  const reasons = (heading, name, rows) => rows.length > 0 && h("section", {}, h("h2", {}, heading), tableOf({
    caption: t("{0} 项", rows.length), heads: [name, t("原因")], rows: rows.map(([one, reason]) => [one, reason]),
  }));
  return {
    title: t("规则"),
    content: [
      h("h1", {}, t("规则")),
      h("p", { class: "lead" }, t("{0} 条勾稽规则，逐份文件核对。数字只并列，不更正。", Index.rules.length)),
      byFamily().map(([family, rules]) => h("section", {},
        h("h2", {}, label("family", family)),
        tableOf({
          caption: t("{0}：{1} 条", label("family", family), rules.length),
          heads: [t("编号"), t("勾稽关系"), t("程度"), { text: t("不符"), class: "amount" }, { text: t("通过"), class: "amount" }, { text: t("未核对"), class: "amount" }],
          rows: rules.map((rule) => {
            const outcomes = Index.disclosures.map((row) => outcomeOf(row, rule));
            const count = (...names) => ({ class: "amount", content: outcomes.filter((one) => names.includes(one)).length || "" });
            return [h("a", { href: link(["rules", rule.rule_code]) }, h("code", {}, rule.rule_code)), { class: "name", content: rule.statement },
              label("severity", rule.severity), count("fail"), count("pass", "hint"), count("insufficient_data", "not_applicable", "")];
          }),
        }))),
      reasons(t("没有规则的编号"), t("编号"), others.filter((one) => one.rule_code).map((one) => [h("code", {}, one.rule_code), one.reason])),
      reasons(t("尚无规则的要求"), t("依据"), others.filter((one) => !one.rule_code).map((one) => [one.basis, one.reason])),
    ],
  };
}

/** Counts of a rule's findings that people confirmed or not, with the interval. */
function precisionOf(code) {
  const precision = Index.precision.get(code);
  if (!precision) return t("尚无人工核实的结果");
  const percent = (ratio) => `${(Number(ratio) * 100).toFixed(1)}%`;
  return [
    t("属实 {0} 处，不成立 {1} 处；准确率的 95% 区间为 {2} 至 {3}", precision.confirmed_count, precision.unfounded_count, percent(precision.precision_lower_ratio), percent(precision.precision_upper_ratio)),
    precision.is_doubted && h("small", {}, t("{0}，尚未核实的不符只作提示", label("lowered_because", "rule_doubted"))),
  ];
}

async function rulePage(code) {
  const rule = Index.rule.get(code);
  if (!rule) throw new Error(t("没有规则 {0}。", code));
  const part = await Data.load(`rules/${code}`);
  const [fields] = records(part.fields);
  await withOutcomes();
  const groups = grouped(Index.disclosures, (row) => outcomeOf(row, rule));
  return {
    title: t("规则 {0}", code),
    content: [
      h("nav", { class: "crumbs", "aria-label": t("位置") }, h("ol", {}, h("li", {}, h("a", { href: link(["rules"]) }, t("规则"))), h("li", {}, label("family", rule.family)))),
      h("h1", {}, h("code", {}, code), h("span", {}, rule.statement)),
      h("dl", { class: "facts rule" }, [...ruleFacts(rule, fields), [t("人工核实"), precisionOf(code)]].filter(([, fact]) => fact)
        .map(([name, fact]) => [h("dt", {}, name), h("dd", {}, fact)])),
      h("section", {}, h("h2", {}, t("核对情况")), ruleOutcomes(records(part.outcomes))),
      ruleFindings(code, records(part.findings)),
      h("section", {}, h("h2", {}, t("各份文件")), Object.values(OUTCOMES).filter((outcome) => groups.has(outcome)).map((outcome) => h("details", {},
        h("summary", {}, t("{0}：{1} 份", label("outcome", outcome), groups.get(outcome).length)),
        h("ul", { class: "plain" }, groups.get(outcome).slice(0, ROWS_SHOWN).map((row) => h("li", {}, h("a", {
          href: ["fail", "hint"].includes(outcome) ? link(["findings"], { map: 1, disclosure: row.disclosure_id, rule: code }) : link(["disclosure", row.disclosure_id, "checks"]),
        }, titleOf(row))))),
        groups.get(outcome).length > ROWS_SHOWN && h("p", { class: "soft" }, t("只列前 {0} 份。", ROWS_SHOWN))))),
    ],
  };
}

/** The registry's entry of a rule: names and facts; a version published earlier says less. */
function ruleFacts(rule, fields) {
  const severity = h("span", { class: `badge ${rule.severity}` }, label("severity", rule.severity));
  const basis = label("basis", rule.basis ?? t("未注明"));
  const tolerance = label("tolerance", rule.tolerance ?? t("未注明"));
  const years = rule.from_fiscal_year ? t("{0} 年度起", rule.from_fiscal_year) : t("各年度");
  if (!fields) return [[t("程度"), severity], [t("依据"), basis], [t("允许误差"), tolerance], [t("适用"), years]];
  const limits = [fields.threshold, fields.second_threshold].filter((one) => one !== null).join(t("、"));
  return [
    [t("程度"), [severity, h("small", {}, t(" 重要性：{0}", label("materiality", fields.materiality)))]],
    [t("公式"), h("code", { lang: "en" }, fields.formula)],
    [t("依据"), [basis, fields.article && !basis.includes(fields.article) && t("（{0}）", fields.article)]],
    [t("前提"), fields.assumption],
    [t("允许误差"), [tolerance, h("small", { class: "more" }, fields.tolerance_reason)]],
    [t("界限"), limits],
    [t("适用"), ruleScope(rule, fields, years)],
    [t("所需"), ruleNeeds(fields)],
    [t("除外"), fields.exclusions],
    [t("应有内容"), fields.expected],
    [t("改法"), fields.remedy],
    [t("版本"), t("第 {0} 版，{1}；{2}：{3}", fields.version, label("status", fields.status), fields.changed_on, fields.change_note)],
    [fields.is_shared_test ? t("同类共用的测试") : t("示例与反例"), h("code", { lang: "en" }, fields.unit_test)],
  ];
}

const OTHER_FORMS = () => ({ other_columns: t("栏目不同"), other_rows: t("按单位或名称列行"), other_lines: t("行次不同") });

function ruleScope(rule, fields, years) {
  const forms = fields.applies_to_forms.split(" ").map((one) => OTHER_FORMS()[one]).filter(Boolean);
  const stages = fields.applies_to_stages?.split(" ").map((one) => label("stage", one)).join(t("、"));
  return [
    years + (fields.until_fiscal_year ? t("，至 {0} 年度", fields.until_fiscal_year) : ""),
    stages ?? t("各阶段"),
    fields.applies_to_regions && t("限{0}", fields.applies_to_regions),
    fields.prescribed_in_regions && t("格式由{0}规定，其他地区只核对各种格式共有的内容", fields.prescribed_in_regions),
    forms.length > 0 && t("也核对{0}的表", forms.join(t("、"))),
  ].filter(Boolean).join(t("；"));
}

const TABLES_NEEDED = () => ({ any: t("任何一张表"), tables: t("各表的表头"), narrative_claims: t("文字说明所列数字"), statements: t("文字说明的其他语句") });

function ruleNeeds(fields) {
  const tables = fields.needed_tables.split(" ").map((one) => TABLES_NEEDED()[one] ?? label("table", one)).join(t("、"));
  return fields.other_documents === "none" ? tables : t("{0}；另需{1}", tables, label("other_documents", fields.other_documents));
}

function ruleOutcomes(outcomes) {
  return tableOf({
    caption: t("在本站各份文件中的结果"),
    heads: [t("结果"), t("未核对的原因"), { text: t("文件"), class: "amount" }, { text: t("核对处数"), class: "amount" }],
    rows: outcomes.map((one) => [
      h("span", { class: `outcome ${one.outcome}` }, label("outcome", one.outcome)),
      one.reason ?? "",
      { class: "amount", content: Number(one.disclosure_count).toLocaleString("en") },
      { class: "amount", content: Number(one.checked_count).toLocaleString("en") },
    ]),
    empty: t("没有结果。"),
  });
}

function ruleFindings(code, findings) {
  if (!findings.length) return null;
  const side = (fen, text, place) => ({
    class: "amount",
    content: [fen === null ? text ?? "—" : Money.text(fen), place && h("small", {}, place)],
  });
  return h("section", {}, h("h2", {}, t("发现")), tableOf({
    caption: t("差额大的在前，最多 {0} 处（{1}）", ROWS_SHOWN, Money.name),
    className: "stakes",
    heads: [t("文件"), t("结果"), t("对象"), { text: t("文中数"), class: "amount" }, { text: t("核算数"), class: "amount" }, { text: t("差额"), class: "amount" }, t("核实")],
    rows: findings.map((one) => ({ ...one, row: Index.disclosures[one.disclosure_id] })).map((one) => [
      h("a", { href: link(["disclosure", one.row.disclosure_id, "checks"], { rule: code }) }, titleOf(one.row)),
      one.outcome === "hint" ? label("outcome", "hint") : h("span", { class: `badge ${one.severity}` }, label("severity", one.severity)),
      one.subject_zh ?? t("全文"),
      side(one.stated_yuan, one.stated_text_zh, one.stated_source_zh),
      side(one.computed_yuan, one.computed_text_zh, one.computed_source_zh),
      { class: "amount", content: one.gap_yuan === null ? "—" : Money.text(one.gap_yuan, "+") },
      verdictWord(one),
    ]),
  }));
}
