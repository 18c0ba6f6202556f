"use strict";
// Projects with their targets, and what the prose says.

const WHOLE_DEPARTMENT = "部门整体支出"; // as printed; its self-evaluation holds its projects

function projectsTab(disclosure) {
  const { projects } = disclosure;
  if (!projects.length) return h("p", { class: "soft" }, t("文件没有公布项目的绩效目标表。"));
  return [
    h("section", {}, h("h2", {}, t("{0} 个项目", projects.length)), projectsChart(disclosure)),
    h("section", {}, h("h2", {}, t("项目与绩效目标")), projects.map((project) => projectCard(disclosure, project))),
  ];
}

/** The amount spent as a self-evaluation says it, in final accounts; else the amount that a form asks for. */
function moneyOf(project) {
  return project.executed_yuan ?? project.annual_yuan;
}

function isExecuted(project) {
  return (project.executed_yuan ?? null) !== null;
}

function projectsChart(disclosure) {
  const projects = disclosure.projects.filter((one) => one.project_kind_text !== WHOLE_DEPARTMENT);
  const sorted = [...projects].sort((one, other) => compare(moneyOf(other), moneyOf(one))).slice(0, 20);
  return Charts.figure({
    name: "projects",
    csv: () => [[t("项目"), t("金额（元）")], ...sorted.map((one) => [one.project_name, Csv.yuan(moneyOf(one))])],
    title: projects.some(isExecuted) ? t("各项目的执行数") : t("各项目的年度资金"),
    note: t("横轴从零开始。点按可见该项目的目标。"),
    height: 50 + sorted.length * 36,
    onclick: ({ dataIndex }) => {
      /** @type {HTMLDetailsElement} */
      const card = document.querySelector(`[data-project="${sorted[dataIndex].project_number}"]`);
      card.open = true;
      card.scrollIntoView({ block: "start" });
      card.querySelector("summary").focus({ preventScroll: true });
    },
    option: (colours, width) => ({
      grid: { left: 8, right: width < 520 ? 96 : 130, top: 8, bottom: 8, containLabel: true },
      tooltip: Charts.tooltip(colours, (events) => [sorted[events[0].dataIndex].project_name, [isExecuted(sorted[events[0].dataIndex]) ? t("执行数") : t("年度资金"), money(moneyOf(sorted[events[0].dataIndex]))]], "axis"),
      xAxis: Charts.amountAxis(colours, { min: 0, name: "", splitNumber: width < 520 ? 1 : 4 }),
      yAxis: Charts.nameAxis(colours, sorted.map((one) => one.project_name), { inverse: true, axisLabel: { color: colours.ink, width: Math.min(260, width * 0.36), overflow: "break", lineHeight: 14, interval: 0, fontSize: 12 } }),
      series: [{
        type: "bar", barMaxWidth: 18, itemStyle: { color: colours.project },
        data: sorted.map((one) => Money.length(moneyOf(one))),
        label: { show: true, position: "right", color: colours.ink, formatter: ({ dataIndex }) => `${Money.text(moneyOf(sorted[dataIndex]))}` },
      }],
    }),
  });
}

function projectCard(disclosure, project) {
  const targets = disclosure.targets.filter((one) => one.project_name === project.project_name);
  const figure = (measure) => `row:projects:${project.project_number}:${measure}`;
  const money = (name, fen, measure) => [h("dt", {}, name), h("dd", { class: "amount" }, amount(disclosure, fen, figure(measure)).content)];
  const stated = (name, text) => text && [h("dt", {}, name), h("dd", { class: "amount" }, text)];
  const evaluated = [
    [t("年初预算数"), project.initial_budget_yuan], [t("全年预算数"), project.adjusted_budget_yuan], [t("全年执行数"), project.executed_yuan],
  ].map(([name, fen]) => (fen ?? null) !== null && stated(name, Money.text(fen)));
  const isEvaluated = targets.some((one) => one.achieved_text || one.score_text);
  const rows = new Set(targets.map((one) => one.indicator_number));
  const problems = disclosure.findings.filter((one) => one.outcome === "fail" && one.table_name === "performance_targets" && rows.has(one.row_number));
  const wanted = Number(Route.get("project")) === project.project_number;
  return h("details", { class: wanted ? "project wanted" : "project", open: wanted || disclosure.projects.length <= 3, "data-project": project.project_number },
    h("summary", {}, h("b", {}, project.project_name), h("span", { class: "money" }, Money.text(moneyOf(project)), " ", Money.name),
      h("small", {}, project.project_kind_text || label("project_kind", project.project_kind ?? ""))),
    h("dl", { class: "facts" },
      evaluated, stated(t("自评得分"), project.score_text),
      money(t("项目总金额"), project.total_yuan, "total"),
      money(t("年度资金"), project.annual_yuan, "annual_total"),
      money(t("其中：财政资金"), project.fiscal_yuan, "annual_fiscal"),
      money(t("上年结转"), project.carryover_yuan, "annual_carryover"),
      money(t("其他资金"), project.other_yuan, "annual_other"),
      h("dt", {}, t("起止")), h("dd", {}, t("{0} 至 {1}", project.starts_on ?? t("未注明"), project.ends_on ?? t("未注明"))),
      h("dt", {}, t("主管部门")), h("dd", {}, project.supervising_organization_name ?? t("未注明")),
      h("dt", {}, t("实施单位")), h("dd", {}, project.implementing_organization_name ?? t("未注明")),
      h("dt", {}, t("位置")), h("dd", {}, placeOf(project.source_ref))),
    tableOf({
      caption: t("绩效目标，如文件所印"),
      heads: [t("一级指标"), t("二级指标"), t("指标"), t("指标值"), ...(isEvaluated ? [t("完成值"), t("得分")] : []), t("位置")],
      rows: targets.map((one) => [one.indicator_level_1, one.indicator_level_2, one.indicator_name, { class: "printed", content: one.target_text },
        ...(isEvaluated ? [one.achieved_text, one.score_text].map((content) => ({ class: "printed", content: content ?? "" })) : []), { class: "place", content: placeOf(one.source_ref) }]),
      empty: t("文件没有印出这个项目的指标。"),
    }),
    problems.map((one) => findingCard(disclosure, one)));
}

function proseTab(disclosure) {
  return [
    h("section", {}, h("h2", {}, t("文字说明中的数字")),
      disclosure.claims.length ? claimsTable(disclosure, disclosure.claims) : h("p", { class: "soft" }, t("文字说明中没有读到数字。"))),
    disclosure.statements.length > 0 && h("section", {}, h("h2", {}, t("其他说明")), tableOf({
      caption: t("文字说明中的其他事项"),
      heads: [t("事项"), t("说明"), t("位置")],
      rows: disclosure.statements.map((one) => [label("measure", one.subject), { class: "printed", content: [label("measure", one.value_text ?? ""), one.unit ?? "", one.note ? t("（{0}）", one.note) : ""] }, { class: "place", content: pageLink(disclosure, `statement:${one.statement_number}`, placeOf(one.source_ref)) }]),
    })),
  ];
}

function claimsTable(disclosure, claims) {
  const unit = (text, one) => (text ? `${text}${one.unit ?? ""}` : "—");
  return tableOf({
    caption: t("文字说明中的数字，如文件所印"),
    heads: [t("事项"), { text: t("金额"), class: "amount" }, t("所比的年度"), { text: t("增减"), class: "amount" }, { text: t("增减率"), class: "amount" }, t("位置")],
    rows: claims.map((one) => ({
      "data-claim": one.claim_number,
      class: Number(Route.get("claim")) === one.claim_number ? "here" : null,
      cells: [
        [marks(disclosure, disclosure.disputedClaims.get(one.claim_number) ?? []), one.account_name ?? label("measure", one.measure)],
        { class: "amount printed", content: unit(one.amount_text, one) },
        { class: "place", content: one.base_year ? t("{0}年{1}", one.base_year, label("stage", one.base_stage ?? "")) : "" },
        { class: "amount printed", content: one.direction_text || one.change_text ? [one.direction_text ?? "", one.change_text ? unit(one.change_text, one) : ""] : "" },
        { class: "amount printed", content: one.change_percent_text ? `${one.change_percent_text}${/[%％]$/.test(one.change_percent_text) ? "" : "%"}` : "" },
        { class: "place", content: pageLink(disclosure, `claim:${one.claim_number}`, placeOf(one.source_ref)) },
      ],
    })),
  });
}
