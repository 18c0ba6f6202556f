"use strict";
// Parts of several pages: amounts that lead to their source, marks, findings.

/** An amount that leads to where it is printed, with a mark where the document disputes it. */
function amount(disclosure, fen, figure) {
  if (fen === null || fen === undefined) return { content: "—", class: "amount" };
  const text = Money.text(fen);
  const here = Route.path[0] === "disclosure" && Route.path[1] === disclosure.id;
  const href = here ? Route.with({ figure }) : link(["disclosure", disclosure.id], { figure });
  return {
    class: "amount",
    content: [
      marks(disclosure, disclosure.disputed(figure)),
      h("a", { href, title: t("看原文中的这个数") }, text),
    ],
  };
}

/** The rules by which a document disputes a figure, said beside it. */
function marks(disclosure, findings) {
  if (!findings.length) return null;
  const [worst] = findings;
  const more = new Set(findings.map((one) => one.rule_code)).size - 1;
  return h("a", {
    class: `mark ${worst.severity}`,
    href: link(["disclosure", disclosure.id, "checks"], { rule: worst.rule_code }),
    title: findings.map((one) => `${one.rule_code} ${statementOf(Index.rule.get(one.rule_code), disclosure.row.stage) ?? ""}`).join("\n"),
  }, h("span", { class: "hidden" }, t("{0}，文件自相矛盾：", label("severity", worst.severity))),
  worst.rule_code, more ? `+${more}` : "");
}

/** An exact figure with its unit, of a tooltip, a finding or running text, without a link. */
function money(fen, sign) {
  return `${Money.exact(fen, sign)} ${Money.name}`;
}

function badge(severity, count) {
  return count ? h("span", { class: `badge ${severity}` }, `${label("severity", severity)} ${count}`) : null;
}

function badges(row) {
  const counts = [badge("error", row.error_count), badge("warning", row.warning_count), badge("info", row.info_count)];
  return counts.some(Boolean) ? counts : h("span", { class: "badge pass" }, t("未发现问题"));
}

/** A finding: both figures side by side, where they stand, and what a person found out. */
function findingCard(disclosure, finding) {
  const rule = Index.rule.get(finding.rule_code);
  const severity = finding.outcome === "hint" ? "hint" : finding.severity;
  const side = (name, fen, text, place) => h("div", {},
    h("dt", {}, name),
    h("dd", {},
      fen !== null && h("b", { class: "money" }, money(fen)),
      text && h("span", {}, text),
      fen === null && !text && "—",
      place && h("small", {}, place)));
  return h("article", { class: `finding ${severity}` },
    h("header", {},
      h("span", { class: `badge ${severity}` }, finding.outcome === "hint" ? label("outcome", "hint") : label("severity", severity)),
      h("a", { href: link(["rules", finding.rule_code]) }, h("code", {}, finding.rule_code)),
      h("span", {}, statementOf(rule, disclosure.row.stage))),
    finding.subject && h("p", { class: "subject" }, t("对象："), finding.subject),
    h("dl", { class: "sides" },
      side(t("文中数"), finding.stated_yuan, finding.stated_text, finding.stated_place),
      side(t("核算数"), finding.computed_yuan, finding.computed_text, finding.computed_place),
      h("div", {}, h("dt", {}, t("差额")), h("dd", {},
        finding.gap_yuan === null ? "—" : h("b", { class: "money" }, money(finding.gap_yuan, "+"))))),
    h("p", { class: finding.reason ? "reason" : "reason new" },
      finding.reason ? t("{0}：{1}", verdictOf(finding), finding.reason) : finding.outcome === "hint" ? t("差额在四舍五入范围以内，不作为问题。") : openWord(finding)),
    finding.lowered_because && finding.verdict !== "unfounded" && h("p", { class: "soft" }, t("降为提示：{0}。", label("lowered_because", finding.lowered_because))),
    sourcesOf(disclosure, finding));
}

/** The verdict of a person who looked a finding up, with name and day. */
function verdictOf(finding) {
  const by = [finding.reviewer, finding.reviewed_on].filter(Boolean).join(t("，"));
  return t("经人工核实{0}{1}", label("verdict", finding.verdict ?? "confirmed"), by ? t("（{0}）", by) : "");
}

/** The verdict on a finding in one word, for a column of a list. */
function verdictWord(finding) {
  if (finding.verdict) return [label("verdict", finding.verdict), h("small", {}, finding.reviewer ?? "")];
  return h("span", { class: "soft" }, finding.reopened_because ? t("重新待核实") : t("未核实"));
}

/** That nobody has looked a finding up, or why it has to be looked up again. */
function openWord(finding) {
  return finding.reopened_because ? t("重新待核实：{0}。", label("reopened_because", finding.reopened_because)) : t("新发现，尚未人工核实。");
}

/** True unless a person found a finding to be none. */
function isOpen(finding) {
  return finding.verdict !== "unfounded";
}

/** Places of a finding's figures, as links into the printed tables and the prose. */
function sourcesOf(disclosure, finding) {
  const links = [
    ...finding.amounts.map((at) => {
      const one = disclosure.amounts[at];
      return [`${disclosure.tableTitle(one.table_name)} ${placeOf(one.source_ref)}`,
        { table: one.table_name, row: one.row_number }, "tables", `row:${one.table_name}:${one.row_number}:${one.measure}`];
    }),
    ...finding.claims.map((number) => [t("文字说明第{0}条表述", number), { claim: number }, "prose", `claim:${number}`]),
  ];
  if (!links.length && disclosure.tables.some((one) => one.table_name === finding.table_name))
    links.push([disclosure.tableTitle(finding.table_name), { table: finding.table_name }, "tables"]);
  const different = [...new Map(links.map((one) => [one[0], one])).values()];
  if (!different.length) return null;
  return h("p", { class: "sources" }, t("原文："), different.map(([text, query, tab, figure], at) =>
    [at ? t("，") : "", h("a", { href: link(["disclosure", disclosure.id, tab], query) }, text), figure && [" ", pageLink(disclosure, figure, t("原页"))]]));
}

/** The way to a node of the functional tree, each step a link. */
function crumbs(disclosure, code) {
  const steps = ["total"];
  if (code !== "total")
    for (let length = 3; length <= code.length; length += 2) steps.push(code.slice(0, length));
  return h("nav", { class: "crumbs", "aria-label": t("科目层级") }, h("ol", {}, steps.map((step, at) => {
    const text = step === "total" ? t("全部科目") : `${step} ${disclosure.name(step)}`;
    return h("li", {}, at === steps.length - 1
      ? h("span", { "aria-current": "true" }, text)
      : h("a", { href: Route.with({ node: step === "total" ? null : step, figure: null }) }, text));
  })));
}

/** A key figure with its name above it. */
function key(name, content, more) {
  return h("div", { class: "key" }, h("dt", {}, name), h("dd", {}, content, more && h("small", {}, more)));
}
