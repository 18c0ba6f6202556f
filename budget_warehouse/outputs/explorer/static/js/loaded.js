"use strict";
// Documents that are loaded, by organization and year, and those that are missing between them.

/** A row for each organization and scope, a column for each year; each stage leads to its document. */
function loadedTable(rows, caption) {
  const years = [...new Set(rows.map((row) => row.fiscal_year))].sort();
  const lines = [...grouped(rows, (row) => `${row.organization_id} ${row.scope}`).values()];
  const { first, more } = firstRows(lines);
  return [tableOf({
    caption,
    className: "matrix loaded",
    heads: [t("单位"), ...years.map((year) => t("{0}年", year))],
    rows: first.map((of) => [
      [organizationLink(of[0].organization), h("small", {}, label("scope", of[0].scope))],
      ...years.map((year) => ({ content: of.filter((row) => row.fiscal_year === year).map(loadedCell) })),
    ]),
    empty: t("没有载入文件。"),
  }), more];
}

function loadedCell(row) {
  const notes = [
    !row.is_current && t("旧版"),
    isUnreviewed(row) && t("未复核"),
    row.has_untied_total && UNTIED(),
  ].filter(Boolean);
  return h("div", {},
    h("a", { class: "place", href: link(["disclosure", row.disclosure_id]) }, label("stage", row.stage)),
    h("small", {},
      h("a", { class: row.error_count ? "error" : "soft", href: link(["disclosure", row.disclosure_id, "checks"]) },
        [row.error_count && t("错误 {0}", row.error_count), row.warning_count && t("警告 {0}", row.warning_count)].filter(Boolean).join(t("，")) || t("未发现问题")),
      notes.length > 0 && ` · ${notes.join(t("，"))}`));
}

/** Documents that organizations lack, each with the reason to expect it. */
function missingDocuments(rows) {
  const current = rows.filter((row) => row.is_current);
  const missing = [];
  for (const of of grouped(current, (row) => `${row.organization_id} ${row.scope} ${row.stage}`).values()) {
    const years = new Set(of.map((row) => row.fiscal_year));
    for (let year = Math.min(...years) + 1; year < Math.max(...years); year += 1)
      if (!years.has(year)) missing.push({ ...missingOf(of[0], year, of[0].stage), reason: t("前后年度均已载入") });
  }
  for (const of of grouped(current, (row) => `${row.organization_id} ${row.scope}`).values()) {
    const years = (stage) => new Set(of.filter((row) => row.stage === stage).map((row) => row.fiscal_year));
    const [budgets, accounts] = [years("initial_budget"), years("final_accounts")];
    for (const year of budgets)
      if (!accounts.has(year) && areAccountsDue(year)) missing.push({ ...missingOf(of[0], year, "final_accounts"), reason: t("预算已载入，决算应已公布") });
    for (const year of accounts)
      if (!budgets.has(year)) missing.push({ ...missingOf(of[0], year, "initial_budget"), reason: t("决算已载入") });
  }
  const once = new Map(missing.map((one) => [`${one.organization.organization_id} ${one.scope} ${one.stage} ${one.year}`, one]));
  return [...once.values()].sort((one, other) => byName(one.organization.organization_name, other.organization.organization_name) || one.year - other.year);
}

function missingOf({ organization, scope }, year, stage) {
  return { organization, scope, year, stage };
}

/** True where final accounts of a year are published by now: by October of the year after. */
function areAccountsDue(year) {
  return Index.publishedAt >= `${year + 1}-10`;
}

function missingTable(missing) {
  const { first, more } = firstRows(missing);
  return [tableOf({
    caption: t("缺少的文件：{0} 份；决算按次年十月前公布计", missing.length.toLocaleString("en")),
    className: "matrix",
    heads: [t("单位"), t("年度"), t("阶段"), t("依据")],
    rows: first.map((one) => [
      [organizationLink(one.organization), h("small", {}, label("scope", one.scope))],
      { class: "place", content: t("{0}年", one.year) }, { class: "place", content: label("stage", one.stage) }, one.reason,
    ]),
    empty: t("各年之间没有缺少的文件。"),
  }), more];
}

/** Documents that a list says are to be published: what is missing, what is due, what is loaded. */
function expectedSection(expected) {
  if (!expected.length) return null;
  const { first, more } = firstRows(expected);
  const counts = [...grouped(expected, (one) => one.presence)].map(([presence, of]) => `${label("presence", presence)} ${of.length.toLocaleString("en")}`);
  return h("section", {}, h("h2", {}, t("应公开的文件")),
    h("p", { class: "soft" }, t("清单列明应公开的文件。“未载入”指期限已过而本库没有；是否已在别处公开，本库不知。")),
    tableOf({
      caption: t("应公开的文件：{0}", counts.join(t("，"))),
      className: "matrix expected",
      heads: [t("单位"), t("年度"), t("阶段"), t("期限"), t("情况"), t("依据")],
      rows: first.map((one) => [
        [one.organization_name, h("small", {}, label("scope", one.scope))],
        { class: "place", content: t("{0}年", one.fiscal_year) }, { class: "place", content: label("stage", one.stage) },
        { class: "place", content: one.due_on },
        Index.disclosure.has(one.disclosure_id) ? h("a", { href: link(["disclosure", one.disclosure_id]) }, label("presence", one.presence)) : label("presence", one.presence),
        one.basis,
      ]),
    }), more);
}

/** Findings of documents by organization, and how many of these nobody reviewed. */
function findingsTable(rows) {
  const lines = [...grouped(rows, (row) => row.organization_id).values()]
    .map((of) => ({ organization: of[0].organization, of, counts: SEVERITIES.map((one) => total(of, one)) }))
    .sort((one, other) => other.counts[0] - one.counts[0] || other.counts[1] - one.counts[1] || byName(one.organization.organization_name, other.organization.organization_name));
  const { first, more } = firstRows(lines);
  const count = (number) => ({ class: "amount", content: number.toLocaleString("en") });
  return [tableOf({
    caption: t("各单位的问题"),
    className: "matrix",
    heads: [t("单位"), ...[t("文件"), ...SEVERITIES.map((one) => label("severity", one)), t("其中在未复核的文件中")].map((text) => ({ text, class: "amount" }))],
    rows: first.map((one) => [
      h("a", { href: link(["findings"], { organization: one.organization.organization_name }) }, one.organization.organization_name),
      count(one.of.length), ...one.counts.map(count),
      count(SEVERITIES.reduce((sum, severity) => sum + total(one.of.filter(isUnreviewed), severity), 0)),
    ]),
    empty: t("没有载入文件。"),
  }), more];
}

/** The number of findings of a severity in documents. */
function total(rows, severity) {
  return rows.reduce((sum, row) => sum + row[`${severity}_count`], 0);
}

/** Completeness of the readings of a page's documents, in one sentence and their rows. */
async function readingOf(rows) {
  const wanted = new Set(rows);
  const readings = records(await Data.load("reading")).map((one) => ({ ...one, row: Index.disclosures[one.disclosure_id] }))
    .filter((one) => wanted.has(one.row));
  if (!readings.length) return h("p", { class: "soft" }, t("这次发布没有记录各文件读出了多少。"));
  const counted = readings.filter((one) => one.numbers_printed !== null);
  const sum = (name) => counted.reduce((all, one) => all + one[name], 0);
  const { first, more } = firstRows(readings);
  return [
    h("p", {}, t("{0} 份文件，其中 {1} 份经人工复核；{2} 张表中读全 {3} 张，所印 {4} 个数字中归栏 {5} 个。",
      ...[readings.length, readings.filter((one) => one.reading === "reviewed").length, sum("table_count"), sum("whole_table_count"), sum("numbers_printed"), sum("numbers_placed")]
        .map((number) => number.toLocaleString("en")))),
    readingTable(first),
    more,
  ];
}
