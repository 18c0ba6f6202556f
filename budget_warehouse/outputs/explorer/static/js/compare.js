"use strict";
// Two documents side by side: two organizations, two years, or budget and outturn.

const CANDIDATES_SHOWN = 12;
const NAMES_SHOWN = 50;

async function comparePage() {
  const chosen = { a: Index.disclosure.get(Route.get("a")), b: Index.disclosure.get(Route.get("b")) };
  for (const side of ["a", "b"])
    if (Route.get(side) && !chosen[side]) throw new Error(t("没有编号为“{0}”的文件。", Route.get(side)));
  const isReady = Boolean(chosen.a && chosen.b);
  return {
    title: isReady ? t("{0} 与 {1}", titleOf(chosen.a), titleOf(chosen.b)) : t("对比"),
    content: [
      h("h1", {}, t("对比两份文件")),
      h("div", { class: "choosers" }, chooser("a", chosen), chooser("b", chosen)),
      isReady && h("p", {}, h("a", { class: "button", href: Route.with({ a: chosen.b.disclosure_id, b: chosen.a.disclosure_id }) }, t("左右对调"))),
      isReady ? await comparison(chosen.a, chosen.b) : candidates(chosen),
    ],
  };
}

/** The choice of one side: an organization by its name, and one of its documents. */
function chooser(side, chosen) {
  const row = chosen[side];
  const other = chosen[side === "a" ? "b" : "a"];
  const names = namesOfOrganizations();
  const list = h("datalist", { id: `names-${side}` });
  const offer = (typed) => list.replaceChildren(...[...names.keys()].filter((name) => name.includes(typed.trim())).slice(0, NAMES_SHOWN).map((name) => h("option", { value: name })));
  offer("");
  const own = row ? Index.disclosures.filter((one) => one.organization === row.organization && (one.has_pages || one === row)).sort((one, two) => one.fiscal_year - two.fiscal_year) : [];
  const heading = side === "a" ? t("左边的文件") : t("右边的文件");
  return h("fieldset", { class: "chooser" },
    h("legend", {}, heading),
    h("input", {
      type: "search", list: `names-${side}`, "aria-label": t("{0}：单位", heading), placeholder: t("写单位名称"),
      value: row ? [...names].find(([, organization]) => organization === row.organization)?.[0] ?? row.organization.organization_name : "",
      oninput: (event) => offer(event.target.value),
      onchange: (event) => {
        const organization = names.get(event.target.value.trim());
        if (organization) Route.go({ [side]: nearest(organization, row ?? other, other).disclosure_id });
      },
    }), list,
    row && choice(t("文件"), own.map((one) => [one.disclosure_id, documentName(one)]), row.disclosure_id, (value) => Route.go({ [side]: value })));
}

/** Organizations with documents by their names, with the place where two have the same. */
function namesOfOrganizations() {
  const published = [...new Set(Index.disclosures.filter((row) => row.has_pages).map((row) => row.organization))];
  const same = grouped(published, (one) => one.organization_name);
  /** @type {Map<string, any>} */
  const names = new Map();
  for (const one of published)
    names.set(same.get(one.organization_name).length > 1 ? t("{0}（{1}）", one.organization_name, placeName(one)) : one.organization_name, one);
  return names;
}

/** The document of an organization that is most like another one: its stage, year and scope. */
function nearest(organization, like, other) {
  const distance = (row) => [row === other, row.stage !== like?.stage, Math.abs(row.fiscal_year - (like?.fiscal_year ?? row.fiscal_year)), row.scope !== like?.scope, !row.is_current].map(Number);
  return Index.disclosures.filter((row) => row.organization === organization && row.has_pages)
    .map((row) => ({ row, distance: distance(row) }))
    .sort((one, two) => one.distance.map((part, at) => part - two.distance[at]).find(Boolean) ?? 0)[0].row;
}

/** 2025年度部门年初预算 */
function documentName(row) {
  return t("{0}年度{1}{2}{3}", row.fiscal_year, label("scope", row.scope), label("stage", row.stage), row.is_current ? "" : t("（旧版）"));
}

/** The documents to compare a document with: the year before, the other stage, then its neighbours. */
function comparableWith(row) {
  const own = Index.disclosures.filter((one) => one !== row && one.organization === row.organization && one.is_current && one.has_pages);
  const before = own.filter((one) => one.scope === row.scope && one.stage === row.stage && one.fiscal_year < row.fiscal_year)
    .sort((one, other) => other.fiscal_year - one.fiscal_year);
  const stages = own.filter((one) => one.scope === row.scope && one.stage !== row.stage && one.fiscal_year === row.fiscal_year);
  const like = (one) => one !== row && one.organization !== row.organization && one.is_current && one.has_pages && one.stage === row.stage && one.fiscal_year === row.fiscal_year && one.scope === row.scope;
  const near = Index.disclosures.filter((one) => like(one) && one.organization.region_code === row.organization.region_code);
  const far = Index.disclosures.filter((one) => like(one) && one.organization.region_code !== row.organization.region_code);
  return [...new Set([...before, ...stages, ...own, ...near, ...far])].slice(0, CANDIDATES_SHOWN);
}

function candidates(chosen) {
  const row = chosen.a ?? chosen.b;
  if (!row) return h("p", { class: "soft" }, t("先选一份文件。"));
  const open = chosen.a ? "b" : "a";
  const rows = comparableWith(row);
  return h("section", {}, h("h2", {}, t("可以对比的文件")),
    rows.length ? h("ul", { class: "plain" }, rows.map((one) => h("li", {}, h("a", { href: Route.with({ [open]: one.disclosure_id }) }, titleOf(one)))))
      : h("p", { class: "soft" }, t("没有相近的文件；请在上方写单位名称。")));
}

/** The way from a document to what it is best compared with. */
function compareLink(row) {
  const [base] = comparableWith(row);
  const isOlder = base && base.fiscal_year > row.fiscal_year;
  const [a, b] = isOlder || !base ? [row, base] : [base, row];
  return h("a", { class: "button", href: link(["compare"], { a: a.disclosure_id, b: b?.disclosure_id }) },
    base ? t("与{0}比较", base.organization === row.organization ? documentName(base) : titleOf(base)) : t("与另一份文件比较"));
}

async function comparison(a, b) {
  const without = [a, b].filter((row) => !row.has_pages);
  if (without.length) return without.map((row) => [h("p", { class: "notice" }, titleOf(row)), withoutPages(row)]);
  const [left, right, changes] = await Promise.all([
    Disclosure.load(a.disclosure_id), Disclosure.load(b.disclosure_id), Data.load("classification-changes"),
  ]);
  if (!left.splits.length || !right.splits.length)
    return h("p", { class: "notice" }, t("{0} 没有按功能分类列示的支出，无从对比。", titleOf(left.splits.length ? b : a)));
  const conversions = Context.choices(a, b);
  const conversion = conversions.find((one) => one.value === Route.get("by"));
  const nature = SPENT.includes(Route.get("nature")) ? Route.get("nature") : "total";
  const order = Route.get("order", "difference");
  const nodes = Alignment.nodes(left, right, records(changes)).map((node) => ({ ...node, shown: shownAmounts(node, conversion) }));
  const names = (code) => (later(left, right).names.get(code) ?? left.names.get(code) ?? right.names.get(code) ?? code);
  const page = { left, right, nature, conversion, names };
  return [
    conversion && Context.sources(conversion),
    notices(left, right),
    h("section", {}, h("h2", {}, t("合计")), compareTotals(page, nodes.find((node) => node.code === "total"))),
    h("section", {}, h("h2", {}, t("各科目")),
      h("div", { class: "choices" },
        choice(t("支出性质"), SPENT.map((one) => [one, label("nature", one)]), nature, (value) => Route.go({ nature: value })),
        choice(t("次序"), [["difference", t("差额大的在前")], ["tree", t("按科目编码")]], order, (value) => Route.go({ order: value })),
        conversions.length > 0 && choice(t("换算"), [["", t("原数")], ...conversions.map((one) => [one.value, one.name])], conversion?.value ?? "", (value) => Route.go({ by: value || null }))),
      compareTree(page, ordered(nodes, nature, order)),
      nodes.some((node) => !node.isMapped) && h("p", { class: "soft" }, t("标明“编码含义已变”的科目，两份文件之间拆分或新设，不能逐项相比，只比上级。"))),
  ];
}

function later(left, right) {
  return left.row.fiscal_year > right.row.fiscal_year ? left : right;
}

/** Warnings to a reader before comparing: readings, scopes, totals that do not tie. */
function notices(left, right) {
  return [left, right].map(({ row }) => [
    isUnreviewed(row) && t("由程序读取，未经人工复核"),
    row.has_untied_total && UNTIED(),
    !row.is_counted && row.department_disclosure_id && t("已含于部门，不重复计入"),
    !row.is_current && t("旧版"),
  ].filter(Boolean)).map((words, at) => words.length > 0 && h("p", { class: "notice" }, t("{0}：{1}", titleOf([left, right][at].row), words.join(t("；")))));
}

/** The amounts of a node after the conversion, and their difference, by nature. */
function shownAmounts(node, conversion) {
  return Object.fromEntries(SPENT.map((nature) => {
    const [left, right] = [node.left, node.right].map((side, at) => Context.converted(side[nature], conversion, at));
    return [nature, { left, right, difference: left === null || right === null ? null : right - left }];
  }));
}

/** The nodes as a tree; among those below one node the largest difference first, or by code. */
function ordered(nodes, nature, order) {
  const size = (node) => { const { difference } = node.shown[nature]; return difference === null ? 0n : difference < 0n ? -difference : difference; };
  const byCode = (one, other) => (one.code < other.code ? -1 : 1);
  const byDifference = (one, other) => { const [x, y] = [size(one), size(other)]; return x < y ? 1 : x > y ? -1 : byCode(one, other); };
  const below = grouped(nodes.filter((node) => node.code !== "total"), (node) => (node.level === "class" ? "total" : node.code.slice(0, -2)));
  const branch = (code) => (below.get(code) ?? []).sort(order === "tree" ? byCode : byDifference).flatMap((node) => [node, ...branch(node.code)]);
  return [...branch("total"), ...nodes.filter((node) => node.code === "total")];
}

/** The heads of both sides: what tells them apart, and where they lead. */
function sideHeads({ left, right }) {
  const isSame = left.row.organization === right.row.organization;
  return [left, right].map(({ row }) => ({
    class: "amount side",
    text: [h("a", { href: link(["disclosure", row.disclosure_id]) }, isSame ? documentName(row) : row.organization.organization_name), !isSame && h("small", {}, documentName(row))],
  }));
}

function compareTotals(page, whole) {
  const natures = ["basic", "project", "total"];
  return tableOf({
    caption: t("支出（{0}）；差额为右减左", Money.name),
    className: "tree compared",
    heads: [t("支出性质"), ...sideHeads(page), ...[t("差额"), t("增减率")].map((text) => ({ text, class: "amount" }))],
    rows: natures.map((nature) => ({
      class: nature === "total" ? "level-total" : "level-line",
      "data-nature": nature,
      cells: [label("nature", nature), ...comparedCells({ ...page, nature }, whole)],
    })),
  });
}

function compareTree(page, nodes) {
  return tableOf({
    caption: t("{0}（{1}）；差额为右减左，科目按较晚年度的编码对应", label("nature", page.nature), Money.name),
    className: "tree compared",
    heads: [t("科目"), ...sideHeads(page), ...[t("差额"), t("增减率")].map((text) => ({ text, class: "amount" }))],
    rows: nodes.map((node) => ({
      class: `level-${node.level}`,
      "data-code": node.code,
      cells: [node.code === "total" ? t("合计") : [h("code", {}, node.code), " ", h("a", { href: link(["account", "function", node.code]) }, page.names(node.code))],
        ...comparedCells(page, node)],
    })),
  });
}

/** Both amounts of a node, each leading to its print, their difference and its rate. */
function comparedCells(page, node) {
  const { left, right, difference } = node.shown[page.nature];
  const amounts = [sideCell(page, node, "left", left), sideCell(page, node, "right", right)];
  if (!node.isMapped) return [...amounts, { class: "amount", content: h("small", {}, t("编码含义已变")) }, { class: "amount", content: "—" }];
  if (difference === null) return [...amounts, ...["—", "—"].map((content) => ({ class: "amount", content }))];
  return [...amounts,
    { class: `amount ${direction(difference.toString())}`, content: Money.text(difference.toString(), "+") },
    { class: "amount", content: rateOf(difference, left) }];
}

function sideCell(page, node, side, shown) {
  const { nature, [side]: disclosure } = page;
  const { codes, isPresent, [nature]: fen } = node[side];
  if (!isPresent || fen === null) return { class: "amount", content: "—" };
  const text = Money.text(shown.toString());
  const own = disclosure.splits.find((row) => row.function_code === node.code);
  const isOwn = own && own[`${nature}_yuan`] === fen.toString();
  const figure = (code) => link(["disclosure", disclosure.id], { figure: `function:${code}:${nature}` });
  const moved = isOwn ? [] : codes;
  return {
    class: "amount",
    content: [
      isOwn && marks(disclosure, disclosure.disputed(`function:${node.code}:${nature}`)),
      h("a", { href: figure(isOwn || !codes.length ? node.code : codes[0]), title: t("看原文中的这个数") }, text),
      moved.length > 0 && h("small", {}, t("原编码 "), moved.map((code, at) => [at ? t("、") : "", h("a", { href: figure(code) }, code)])),
    ],
  };
}

/** A difference as a share of what it is from, of two places, rounded half away from zero. */
function rateOf(difference, from) {
  if (!from) return "—";
  const hundredths = divided(difference * 10_000n, from < 0n ? -from : from);
  const digits = hundredths.toString().replace("-", "").padStart(3, "0");
  return `${hundredths < 0n ? "-" : hundredths > 0n ? "+" : ""}${digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${digits.slice(-2)}%`;
}
