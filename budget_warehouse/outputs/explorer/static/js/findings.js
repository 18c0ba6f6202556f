"use strict";
// The findings: a list of facts to sort, filter and take away; on demand the heat map.

const FACTS_SHOWN = 60;
const FACTS_OF_SHARD = 200;  // as finding_queries.py writes them
const RANKS = { error: 0, warning: 1, info: 2 };

/** The columns of the list by which it can be sorted, each with the order that a first click asks for. */
const FACT_ORDERS = {
  organization: { first: 1, by: (one, other) => byName(one.organization.organization_name, other.organization.organization_name) },
  place: { first: 1, by: (one, other) => byName(placeName(one.organization), placeName(other.organization)) },
  year: { first: -1, by: (one, other) => one.row.fiscal_year - other.row.fiscal_year },
  severity: { first: 1, by: (one, other) => RANKS[one.severity] - RANKS[other.severity] },
  amount: { first: -1, by: (one, other) => compare(one.amount_yuan, other.amount_yuan) },
  rule: { first: 1, by: (one, other) => (one.rule_code < other.rule_code ? -1 : one.rule_code > other.rule_code ? 1 : 0) },
  review: { first: 1, by: (one, other) => REVIEWS.indexOf(reviewOf(one)) - REVIEWS.indexOf(reviewOf(other)) },
};
const REVIEWS = ["open", "reopened", "confirmed", "unfounded"];

async function findingsPage() {
  const facts = await allFacts();
  /** @type {Record<string, string>} */
  const wanted = Object.fromEntries(["organization", "place", "year", "family", "code", "severity", "review", "reading"]
    .map((name) => [name, Route.get(name).trim()]));
  const documents = Index.disclosures.filter((row) => fitsDocument(row, wanted));
  const fitting = new Set(documents);
  const found = facts.filter((one) => fitting.has(one.row) && fitsFact(one, wanted));
  sortFacts(found);
  const at = Math.max(0, Math.min(Number(Route.get("at", "0")) || 0, Math.max(0, found.length - 1)));
  const shown = Route.get("all") === "1" ? found : found.slice(at, at + FACTS_SHOWN);
  const map = Route.get("map") || (Route.get("disclosure") && Route.get("rule"));
  return {
    title: t("核对结果"),
    content: [
      h("h1", {}, t("核对结果")),
      h("p", { class: "lead" }, t("同一处数字引出的各条规则合为一项。点按列名可以排序，点按单位可见文中数与核算数，以及它们在文件中的位置。")),
      factChoices(facts, wanted),
      h("section", {},
        h("h2", {}, t("问题：{0} 项", found.filter(isOpen).length.toLocaleString("en"))),
        factCounts(found),
        h("p", { class: "actions" },
          found.length > 0 && h("button", { class: "button", type: "button", onclick: () => saveFacts(found) }, t("下载这 {0} 项（CSV）", found.length.toLocaleString("en"))),
          !map && h("a", { class: "button", href: Route.with({ map: 1 }) }, t("查看规则与文件的对照图"))),
        factsTable(await withTexts(shown)),
        shown.length < found.length && [
          pager("at", at, FACTS_SHOWN, found.length, t("第 {0}—{1} 项，共 {2} 项", at + 1, at + shown.length, found.length)),
          allRows(found.length)]),
      map && await heatMapSection(documents, wanted),
    ],
  };
}

/** Every fact, without its texts, in the order in which they are published. */
async function allFacts() {
  return records(await Data.load("findings")).map((one, position) => {
    const row = Index.disclosures[one.disclosure_id];
    return { ...one, position, row, organization: row.organization };
  });
}

/** Facts with their texts, from the parts that hold them. */
async function withTexts(facts) {
  const numbers = [...new Set(facts.map((one) => Math.floor(one.position / FACTS_OF_SHARD)))];
  const shards = await Promise.all(numbers.map(async (number) => records(await Data.load(`findings/${number}`))));
  return facts.map((one) => ({ ...one,
    ...shards[numbers.indexOf(Math.floor(one.position / FACTS_OF_SHARD))][one.position % FACTS_OF_SHARD] }));
}

function fitsDocument(row, wanted) {
  return (!wanted.year || String(row.fiscal_year) === wanted.year) &&
    (!wanted.place || placeCode(row.organization) === wanted.place) &&
    (!wanted.reading || (isUnreviewed(row) ? "by_program" : row.reading) === wanted.reading) &&
    row.organization.organization_name.includes(wanted.organization);
}

function fitsFact(one, wanted) {
  return (!wanted.severity || one.severity === wanted.severity) &&
    (!wanted.family || Index.rule.get(one.rule_code)?.family === wanted.family) &&
    (!wanted.code || one.rule_codes.split("|").includes(wanted.code)) &&
    (!wanted.review || reviewOf(one) === wanted.review);
}

/** The state of a fact: open, reopened, confirmed or unfounded. */
function reviewOf(one) {
  return one.verdict ?? (one.reopened_because ? "reopened" : "open");
}

function reviewLabel(review) {
  return { open: t("未核实"), reopened: t("重新待核实") }[review] ?? label("verdict", review);
}

/** Sort by the column and direction in the link; the published order decides among equals. */
function sortFacts(facts) {
  const [name, sign] = factOrder();
  if (!name) return;
  facts.sort((one, other) => sign * FACT_ORDERS[name].by(one, other) || one.position - other.position);
}

/**
 * The column and the direction in the link: `amount` from small to large, `-amount` the other way.
 * @returns {[string, number]}
 */
function factOrder() {
  const order = Route.get("sort");
  const name = order.replace(/^-/, "");
  return Object.hasOwn(FACT_ORDERS, name) ? [name, order.startsWith("-") ? -1 : 1] : ["", 1];
}

function factChoices(facts, wanted) {
  const select = (text, name, options) => choice(text, [["", t("全部")], ...options], wanted[name],
    (value) => Route.go({ [name]: value || null, at: null, from: null }));
  const years = [...new Set(Index.disclosures.map((row) => row.fiscal_year))].sort();
  const codes = [...new Set(facts.flatMap((one) => one.rule_codes.split("|")))].sort();
  const places = [...new Map(Index.disclosures.map((row) => [placeCode(row.organization), placeName(row.organization)]))];
  const readings = [...new Set(Index.disclosures.map((row) => row.reading).filter(Boolean))].sort();
  return h("div", { class: "choices" },
    select(t("年度"), "year", years.map((one) => [one, t("{0}年", one)])),
    places.length > 1 && select(t("地区"), "place", places.sort((one, other) => byName(one[1], other[1]))),
    select(t("程度"), "severity", SEVERITIES.map((one) => [one, label("severity", one)])),
    select(t("类别"), "family", Index.kinds.get("family").map((row) => [row.name, label("family", row.name)])),
    select(t("规则"), "code", codes.map((one) => [one, one])),
    select(t("核实"), "review", REVIEWS.map((one) => [one, reviewLabel(one)])),
    readings.length > 0 && select(t("读取方式"), "reading", readings.map((one) => [one, label("reading", one)])),
    h("input", { type: "search", value: wanted.organization, placeholder: t("按单位名称筛选"), "aria-label": t("按单位名称筛选"),
      onchange: (event) => Route.go({ organization: event.target.value || null, at: null, from: null }) }));
}

/** Counts by severity, in documents that a person reviewed and in the others. */
function factCounts(facts) {
  const open = facts.filter(isOpen);
  const unreviewed = open.filter((one) => isUnreviewed(one.row));
  if (!unreviewed.length) return null;
  const counts = (of) => SEVERITIES.map((one) => `${label("severity", one)} ${of.filter((fact) => fact.severity === one).length.toLocaleString("en")}`).join(t("，"));
  return h("p", { class: "soft" },
    t("经人工复核的文件：{0}。由程序读取、未经人工复核的文件：{1}。", counts(open.filter((one) => !isUnreviewed(one.row))), counts(unreviewed)));
}

function factsTable(facts) {
  const [sorted, sign] = factOrder();
  const heads = [["organization", t("单位")], ["place", t("地区")], ["year", t("年度")], ["severity", t("程度")], ["amount", t("涉及金额"), "amount"],
    ["rule", t("规则")], [null, t("对象")], [null, t("文中数"), "amount"], [null, t("核算数"), "amount"], ["review", t("核实")]];
  const table = tableOf({
    caption: t("各项问题（{0}）", Money.name),
    className: "stakes facts-list",
    heads: heads.map(([, text, kind]) => ({ text, class: kind })),
    rows: facts.map((one) => [
      [h("a", { href: link(["disclosure", one.row.disclosure_id, "checks"], { rule: one.rule_code }) }, one.organization.organization_name),
        h("small", {}, [t("{0}{1}", label("scope", one.row.scope), label("stage", one.row.stage)), isUnreviewed(one.row) && t("未复核")].filter(Boolean).join(" · "))],
      h("a", { href: link(["place", placeCode(one.organization)]) }, placeName(one.organization)),
      `${one.row.fiscal_year}`,
      h("span", { class: `badge ${one.severity}` }, label("severity", one.severity)),
      { class: "amount", content: Money.text(one.amount_yuan) },
      one.rule_codes.split("|").map((code, at) => [at ? " " : "", h("a", { href: link(["rules", code]) }, h("code", {}, code))]),
      one.subject_zh ?? t("全文"),
      findingSide(one.stated_yuan, one.stated_text_zh, one.stated_source_zh),
      findingSide(one.computed_yuan, one.computed_text_zh, one.computed_source_zh),
      verdictWord(one),
    ]),
    empty: t("没有这样的问题。"),
  });
  [...table.querySelectorAll("thead th")].forEach((head, at) => {
    const [name, text] = heads[at];
    if (!name) return;
    const next = name === sorted ? -sign : FACT_ORDERS[name].first;
    head.setAttribute("aria-sort", name !== sorted ? "none" : sign > 0 ? "ascending" : "descending");
    head.replaceChildren(h("a", { class: "sort", href: Route.with({ sort: `${next < 0 ? "-" : ""}${name}`, at: null }) }, text));
  });
  return table;
}

/** One side of a finding: its figure or words, and where they stand. */
function findingSide(fen, text, place) {
  return { class: "amount", content: [fen === null ? text ?? "—" : Money.text(fen), place && h("small", {}, place)] };
}

/** Write facts to a file: every column, amounts in yuan to the fen. */
async function saveFacts(facts) {
  const columns = [
    [t("文件编号"), (one) => one.row.disclosure_id],
    [t("单位"), (one) => one.organization.organization_name],
    [t("地区代码"), (one) => one.organization.region_code],
    [t("地区"), (one) => placeName(one.organization)],
    [t("年度"), (one) => one.row.fiscal_year],
    [t("阶段"), (one) => label("stage", one.row.stage)],
    [t("范围"), (one) => label("scope", one.row.scope)],
    [t("程度"), (one) => label("severity", one.severity)],
    [t("涉及金额（元）"), (one) => Csv.yuan(one.amount_yuan)],
    [t("规则"), (one) => one.rule_code],
    [t("同一处的各条规则"), (one) => one.rule_codes.replaceAll("|", " ")],
    [t("规则内容"), (one) => statementOf(Index.rule.get(one.rule_code), one.row.stage)],
    [t("对象"), (one) => one.subject_zh ?? t("全文")],
    [t("文中数（元）"), (one) => Csv.yuan(one.stated_yuan)],
    [t("文中所述"), (one) => one.stated_text_zh],
    [t("文中位置"), (one) => one.stated_source_zh],
    [t("核算数（元）"), (one) => Csv.yuan(one.computed_yuan)],
    [t("核算所据"), (one) => one.computed_text_zh],
    [t("核算位置"), (one) => one.computed_source_zh],
    [t("核实"), (one) => reviewLabel(reviewOf(one))],
    [t("核实人"), (one) => one.reviewer],
    [t("核实日期"), (one) => one.reviewed_on],
    [t("读取方式"), (one) => label("reading", one.row.reading)],
  ];
  const rows = (await withTexts(facts)).map((one) => columns.map(([, value]) => value(one)));
  Csv.save(t("核对结果"), columns.map(([head]) => head), rows);
}

/** The way through a long list: the batch before, the one shown, the one after. */
function pager(name, at, size, count, text) {
  return h("p", { class: "pager" },
    at > 0 && h("a", { class: "button", href: Route.with({ [name]: Math.max(0, at - size) || null }) }, t("前一批")),
    h("span", {}, text),
    at + size < count && h("a", { class: "button", href: Route.with({ [name]: at + size }) }, t("后一批")));
}
