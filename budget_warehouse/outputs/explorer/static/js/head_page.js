"use strict";
// A document that this site lists without its pages: its head figures, its findings, and the way to the rest.

async function headPage(row) {
  const figure = (nature) => h("span", { class: "money" }, Money.text(row[`${nature}_yuan`]));
  const others = Index.disclosures.filter((one) => one.organization === row.organization && one !== row);
  const { grades } = await organizationParts([row.organization]);
  return {
    title: titleOf(row),
    content: [
      h("div", { class: "head" },
        h("h1", {}, organizationLink(row.organization), h("span", {}, documentName(row))),
        h("p", { class: "soft" }, placeLink(row.organization),
          others.length > 0 && [t(" · 同一单位："), others.map((one, at) => [at ? t("、") : "",
            h("a", { href: link(["disclosure", one.disclosure_id]) }, documentName(one))])]),
        isUnreviewed(row) && h("p", { class: "notice unreviewed" }, t("由程序读取，未经人工复核")),
        gradeOf(row, grades),
        withoutPages(row)),
      h("dl", { class: "keys" },
        key(t("支出合计"), figure("total"), Money.name), key(t("基本支出"), figure("basic"), Money.name), key(t("项目支出"), figure("project"), Money.name),
        key(t("核对发现"), h("span", { class: "badges" }, badges(row)))),
      h("section", {}, h("h2", {}, t("核对结果")), await factsOf(row, Route.get("rule"))),
    ],
  };
}

/** The command that writes what this site does not have of a document. */
function withoutPages(row) {
  return h("p", { class: "notice" }, t("本站没有写出这份文件的各页，只列其合计与问题；写出其各页："), " ",
    h("code", {}, `make explore DISCLOSURES=${row.disclosure_id}`));
}

/** The findings of one document from the list of all, of one rule where it is named. */
async function factsOf(row, rule) {
  const facts = (await allFacts()).filter((one) => one.row === row && (!rule || one.rule_codes.split("|").includes(rule)));
  return factsTable(await withTexts(facts));
}
