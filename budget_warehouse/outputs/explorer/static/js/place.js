"use strict";
// A place: which documents of its organizations are loaded, which are missing, what they add up to.

const NO_PLACE = "none";
const COLLATOR = new Intl.Collator("zh");

/** The order of two names. */
function byName(one, other) {
  return COLLATOR.compare(one, other);
}

function placeCode(organization) {
  return organization.region_code ?? NO_PLACE;
}

/** The name of an organization's place with those above it: 上海市普陀区. */
function placeName(organization) {
  return placeSteps(organization.region_code).map((one) => one.region_name).join("") || (organization.region_name ?? t("未注明地区"));
}

/** A place and those above it, the largest first. */
function placeSteps(code) {
  const steps = [];
  for (let region = Index.regions.get(code); region && !steps.includes(region); region = Index.regions.get(region.parent_region_code)) steps.unshift(region);
  return steps;
}

function placeLink(organization) {
  return h("a", { href: link(["place", placeCode(organization)]) }, placeName(organization));
}

function organizationLink(organization) {
  return h("a", { href: link(["organization", organization.organization_id]) }, organization.organization_name);
}

/** The places that have organizations, each with how many documents of theirs are loaded. */
function placesTable() {
  const places = [...grouped(Index.disclosures, (row) => placeCode(row.organization))]
    .map(([code, rows]) => ({ code, rows, name: placeName(rows[0].organization) }))
    .sort((one, other) => (one.code < other.code ? -1 : 1));
  const all = Route.get("places") === "1" || places.length <= ROWS_SHOWN;
  const count = (number) => ({ class: "amount", content: number.toLocaleString("en") });
  return h("section", {}, h("h2", {}, t("地区")), tableOf({
    caption: t("{0} 个地区", places.length.toLocaleString("en")),
    heads: [t("地区"), t("年度"), ...[t("单位"), t("文件"), t("未复核的文件"), label("severity", "error"), label("severity", "warning")].map((text) => ({ text, class: "amount" }))],
    rows: (all ? places : places.slice(0, ROWS_SHOWN)).map(({ code, rows, name }) => [
      h("a", { href: link(["place", code]) }, name),
      { class: "place", content: yearsOf(rows) },
      count(new Set(rows.map((row) => row.organization_id)).size),
      count(rows.length), count(rows.filter(isUnreviewed).length), count(total(rows, "error")), count(total(rows, "warning")),
    ]),
  }), !all && h("p", {}, h("a", { class: "button", href: Route.with({ places: 1 }) }, t("显示全部 {0} 行", places.length))));
}

function yearsOf(rows) {
  const years = rows.map((row) => row.fiscal_year);
  const [first, last] = [Math.min(...years), Math.max(...years)];
  return first === last ? t("{0}年", first) : t("{0}—{1}年", first, last);
}

async function placePage([, code]) {
  const rows = Index.disclosures.filter((row) => placeCode(row.organization) === code);
  const below = [...Index.regions.values()].filter((one) => one.parent_region_code === code);
  const expected = records(await Data.load("expected")).filter((one) => one.region_code === code);
  if (!rows.length && !Index.regions.has(code)) throw new Error(t("没有载入地区 {0} 的文件。", code));
  const name = rows.length ? placeName(rows[0].organization) : placeSteps(code).map((one) => one.region_name).join("");
  return {
    title: name,
    content: [
      h("nav", { class: "crumbs", "aria-label": t("地区层级") }, h("ol", {},
        h("li", {}, h("a", { href: link([]) }, t("总览"))),
        placeSteps(code).slice(0, -1).map((one) => h("li", {}, h("a", { href: link(["place", one.region_code]) }, one.region_name))))),
      h("h1", {}, name),
      below.length > 0 && h("p", {}, t("下级地区："), below.map((one, at) => [at ? t("、") : "", h("a", { href: link(["place", one.region_code]) }, one.region_name)])),
      !rows.length ? [h("p", { class: "soft" }, t("本级没有载入的文件。")), expectedSection(expected)] : await placeSections(code, rows, expected),
    ],
  };
}

async function placeSections(code, rows, expected) {
  const organizations = new Set(rows.map((row) => row.organization_id)).size;
  return [
    h("dl", { class: "keys" },
      key(t("单位"), organizations.toLocaleString("en")),
      key(t("文件"), rows.length.toLocaleString("en")),
      key(t("由程序读取，未经人工复核"), rows.filter(isUnreviewed).length.toLocaleString("en")),
      key(t("核对发现"), h("a", { class: "badges", href: link(["findings"], { place: code }) },
        badges(Object.fromEntries(SEVERITIES.map((one) => [`${one}_count`, total(rows, one)])))))),
    h("section", {}, h("h2", {}, t("已载入的文件")), loadedTable(rows, t("各单位各年的文件"))),
    h("section", {}, h("h2", {}, t("缺少的文件")), missingTable(missingDocuments(rows))),
    expectedSection(expected),
    h("section", {}, h("h2", {}, t("支出合计")), await placeSums(code)),
    h("section", {}, h("h2", {}, t("核对结果")), findingsTable(rows)),
    h("section", {}, h("h2", {}, t("阅读质量")), await readingOf(rows)),
  ];
}

/** Spending of a place by class: own organizations only, and no unit beside its department. */
async function placeSums(code) {
  const sums = records(await Data.load(`places/${code}`));
  if (!sums.length) return h("p", { class: "soft" }, t("没有计入合计的支出。"));
  const { stage, nature, choices } = sumChoices(sums.map((one) => one.stage));
  const ofStage = sums.filter((one) => one.stage === stage);
  const counts = new Map(ofStage.filter((one) => one.class_code === "total").map((one) => [one.fiscal_year, one.organization_count]));
  return [
    choices,
    classTable({
      caption: t("本级各单位按功能分类的支出（{0}）；部门已含其所属单位，不重复计入；不含下级地区", Money.name),
      columns: [...counts].map(([year, count]) => ({ key: year, text: t("{0}年", year), note: t("{0} 个单位", count) })),
      rows: ofStage.map((one) => ({ ...one, column: one.fiscal_year, fen: one[`${nature}_yuan`] })),
      nameOf: (one) => h("a", { href: link(["account", "function", one.class_code], { stage }) }, one.class_name ?? one.class_code),
      cell: (one) => Money.text(one.fen),
    }),
    h("p", { class: "soft" }, t("各年载入的单位不同，总额不宜直接相比。")),
  ];
}

/** The stage and nature that sums are shown in, chosen in the link. */
function sumChoices(stages) {
  const known = [...new Set(stages)];
  const stage = known.includes(Route.get("stage")) ? Route.get("stage") : known.includes("initial_budget") ? "initial_budget" : known[0];
  const nature = NATURES.includes(Route.get("nature")) ? Route.get("nature") : "total";
  return {
    stage, nature,
    choices: h("div", { class: "choices" },
      known.length > 1 && choice(t("阶段"), known.map((one) => [one, label("stage", one)]), stage, (value) => Route.go({ stage: value })),
      choice(t("支出性质"), NATURES.map((one) => [one, label("nature", one)]), nature, (value) => Route.go({ nature: value }))),
  };
}

/** Classes by columns, the total last. */
function classTable({ caption, columns, rows, nameOf, cell }) {
  const classes = [...grouped(rows, (one) => one.class_code)]
    .sort(([one], [other]) => Number(one === "total") - Number(other === "total") || (one < other ? -1 : 1));
  return tableOf({
    caption,
    className: "tree",
    heads: [t("科目"), ...columns.map((one) => ({ text: one.note ? [one.text, h("small", {}, one.note)] : one.text, class: "amount" }))],
    rows: classes.map(([code, of]) => ({
      class: code === "total" ? "level-total" : "level-line",
      "data-code": code,
      cells: [
        code === "total" ? t("合计") : [h("code", {}, code), " ", nameOf(of.at(-1))],
        ...columns.map((column) => {
          const one = of.find((row) => row.column === column.key);
          return { class: "amount", content: one ? cell(one) : "" };
        }),
      ],
    })),
    empty: t("没有计入合计的支出。"),
  });
}
