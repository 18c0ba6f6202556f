"use strict";
// An organization: its documents, those of its units, and what a department has beside them.

const ORGANIZATIONS_OF_PART = 20;  // as place_queries.py writes them

async function organizationPage([, id]) {
  const position = Index.organizations.findIndex((one) => one.organization_id === id);
  if (position < 0) throw new Error(t("没有编号为“{0}”的单位。", id));
  const organization = Index.organizations[position];
  const own = Index.disclosures.filter((row) => row.organization === organization);
  const units = Index.organizations.filter((one) => one.parent_organization_id === id);
  const ofUnits = Index.disclosures.filter((row) => units.includes(row.organization));
  const parent = Index.organizations.find((one) => one.organization_id === organization.parent_organization_id);
  const parts = await organizationParts([...new Set([organization, ...units])]);
  const named = namedUnits(parts.units.filter((one) => own.includes(one.row)), organization, units);
  const rows = [...own, ...ofUnits];
  return {
    title: organization.organization_name,
    content: [
      h("h1", {}, organization.organization_name),
      h("p", { class: "soft" }, placeLink(organization),
        organization.organization_type && ` · ${label("organization_type", organization.organization_type)}`,
        parent && [" · ", t("主管部门："), organizationLink(parent)]),
      units.length > 0 && h("p", {}, t("所属单位（{0} 个有文件）：", units.length), units.map((one, at) => [at ? t("、") : "", organizationLink(one)])),
      !own.length && h("p", { class: "notice" }, t("本部门没有载入的文件，只见于所属单位的文件。")),
      rows.length > 0 && h("dl", { class: "keys" },
        key(t("文件"), own.length.toLocaleString("en"), ofUnits.length > 0 && t("另有所属单位 {0} 份", ofUnits.length.toLocaleString("en"))),
        key(t("由程序读取，未经人工复核"), rows.filter(isUnreviewed).length.toLocaleString("en")),
        key(t("核对发现"), h("a", { class: "badges", href: link(["findings"], { organization: organization.organization_name }) },
          badges(Object.fromEntries(SEVERITIES.map((one) => [`${one}_count`, total(own, one)])))))),
      h("section", {}, h("h2", {}, t("已载入的文件")), loadedTable(rows, t("各年的文件"))),
      gradesSection(rows, parts.grades),
      h("section", {}, h("h2", {}, t("缺少的文件")), missingTable(missingDocuments(rows)),
        named.length > 0 && h("p", {}, t("文件中列出、但没有载入其文件的单位："), named.map((one, at) => [at ? t("、") : "",
          h("a", { href: link(["disclosure", one.row.disclosure_id, "tables"]) }, one.unit_name)]))),
      own.length > 0 && h("section", {}, h("h2", {}, t("支出合计")), ownSums(own, parts.classes)),
      departmentBesideUnits(own, ofUnits, parts.classes),
      rows.length > 0 && h("section", {}, h("h2", {}, t("阅读质量")), await readingOf(rows)),
    ],
  };
}

/** Spending of organizations by class and document, the units that these name, their grades. */
async function organizationParts(organizations) {
  const numbers = new Set(organizations.map((one) => Math.floor(Index.organizations.indexOf(one) / ORGANIZATIONS_OF_PART)));
  const parts = await Promise.all([...numbers].map((number) => Data.load(`organizations/${number}`)));
  const rows = (name) => parts.flatMap((part) => records(part[name])).map((one) => ({ ...one, row: Index.disclosures[one.disclosure_id] }));
  return { classes: rows("classes"), units: rows("units"), grades: rows("grades") };
}

/** The units that documents name and of which no document is here. */
function namedUnits(named, organization, units) {
  const published = new Set([organization, ...units].map((one) => one.organization_name));
  return [...grouped(named.filter((one) => !published.has(one.unit_name)), (one) => one.unit_name).values()].map(([first]) => first);
}

/** The organization's own spending by class and year; each amount leads to where it is printed. */
function ownSums(own, classes) {
  const documents = countedOnce(own);
  const { stage, nature, choices } = sumChoices(documents.map((row) => row.stage));
  const ofStage = documents.filter((row) => row.stage === stage).sort((one, other) => one.fiscal_year - other.fiscal_year);
  return [
    choices,
    classTable({
      caption: t("按功能分类的支出（{0}）；同一年度有部门与单位两种文件的，取部门", Money.name),
      columns: ofStage.map((row) => ({ key: row, text: t("{0}年", row.fiscal_year), note: label("scope", row.scope) })),
      rows: classes.filter((one) => ofStage.includes(one.row)).map((one) => ({ ...one, column: one.row, fen: one[`${nature}_yuan`] })),
      nameOf: (one) => accountLink(one, own[0].organization),
      cell: (one) => figureLink(one.row, one.fen, `function:${one.class_code}:${nature}`),
    }),
  ];
}

/** One current document for each year and stage: the department's, which contains the unit's. */
function countedOnce(rows) {
  return [...grouped(rows.filter((row) => row.is_current), (row) => `${row.fiscal_year} ${row.stage}`).values()]
    .map((of) => of.find((row) => row.scope === "department") ?? of[0]);
}

function accountLink(one, organization) {
  return h("a", { href: link(["account", "function", one.class_code], { organization: organization.organization_id }) }, one.class_name ?? one.class_code);
}

/** An amount of a document that leads to where it is printed. */
function figureLink(row, fen, figure) {
  if (fen === null || fen === undefined) return "—";
  const text = Money.text(fen);
  return h("a", { href: link(["disclosure", row.disclosure_id], { figure }), title: t("看原文中的这个数") }, text);
}

/** A department against the units of it that have documents: by class, year and stage. */
function departmentBesideUnits(own, ofUnits, classes) {
  const units = (row) => [...own, ...ofUnits].filter((one) => one.is_current && one.scope === "unit" && one.fiscal_year === row.fiscal_year && one.stage === row.stage);
  const departments = countedOnce(own).filter((row) => row.scope === "department" && units(row).length)
    .sort((one, other) => other.fiscal_year - one.fiscal_year);
  if (!departments.length) return null;
  return h("section", {}, h("h2", {}, t("部门与所属单位")),
    h("p", { class: "soft" }, t("部门的文件包含其单位；这里只并列，不相加。未载入的单位在差额之中。")),
    departments.map((row) => {
      const below = units(row);
      const sum = (code) => classes.filter((one) => below.includes(one.row) && one.class_code === code && one.total_yuan !== null)
        .reduce((all, one) => all + BigInt(one.total_yuan), 0n);
      const ofDepartment = classes.filter((one) => one.row === row);
      const codes = [...new Set(classes.filter((one) => one.row === row || below.includes(one.row)).map((one) => one.class_code))]
        .sort((one, other) => Number(one === "total") - Number(other === "total") || (one < other ? -1 : 1));
      return tableOf({
        caption: t("{0}年{1}，载入 {2} 个单位（{3}）", row.fiscal_year, label("stage", row.stage), below.length, Money.name),
        className: "tree",
        heads: [t("科目"), ...[t("部门"), t("各单位之和"), t("差额")].map((text) => ({ text, class: "amount" }))],
        rows: codes.map((code) => {
          const department = ofDepartment.find((one) => one.class_code === code);
          const named = department ?? classes.find((one) => one.class_code === code);
          return {
            class: code === "total" ? "level-total" : "level-line",
            "data-code": code,
            cells: [
              code === "total" ? t("合计") : [h("code", {}, code), " ", accountLink(named, row.organization)],
              { class: "amount", content: department ? figureLink(row, department.total_yuan, `function:${code}:total`) : "—" },
              { class: "amount", content: below.length === 1
                ? figureLink(below[0], sum(code).toString(), `function:${code}:total`) : Money.text(sum(code).toString()) },
              { class: "amount", content: Money.text((BigInt(department?.total_yuan ?? 0) - sum(code)).toString(), "+") },
            ],
          };
        }),
      });
    }));
}
