"use strict";
// Search over accounts, organisations and projects.

const HITS_SHOWN = 30;

async function searchPage() {
  const wanted = Route.get("q").trim();
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const hits = (text) => words.length > 0 && words.every((word) => text.toLowerCase().includes(word));
  const [accounts, ...projects] = await Promise.all([
    Data.load("search/accounts"),
    ...Index.projectYears.map((year) => Data.load(`search/projects-${year}`)),
  ]);
  const organizations = Index.organizations.filter((one) => hits(one.organization_name));
  const named = [...grouped(records(accounts), (one) => `${one.kind} ${one.code}`).values()]
    .filter((of) => of.some((one) => hits(`${one.code} ${one.name}`)));
  const foundProjects = projects.flatMap(records).filter((one) => hits(one.project_name));
  const places = [...Index.regions.values()].map((one) => ({ code: one.region_code, name: placeSteps(one.region_code).map((step) => step.region_name).join("") }))
    .filter((one) => hits(one.name));
  const total = organizations.length + places.length + named.length + foundProjects.length;
  const section = (heading, all, item) => all.length > 0 && h("section", {}, h("h2", {}, t("{0}：{1}", heading, all.length)),
    h("ul", { class: "hits" }, all.slice(0, HITS_SHOWN).map(item)),
    all.length > HITS_SHOWN && h("p", { class: "soft" }, t("只列前 {0} 个，请写得更具体。", HITS_SHOWN)));
  return {
    title: t("搜索 {0}", wanted),
    content: [
      h("h1", {}, t("搜索")),
      h("p", { class: "lead", role: "status" }, wanted ? t("“{0}”：{1} 个结果", wanted, total) : t("在上方写科目、单位或项目的名称，或科目编码。")),
      section(t("地区"), places, (one) => h("li", {}, h("a", { href: link(["place", one.code]) }, one.name))),
      section(t("单位"), organizations, (one) => h("li", {}, organizationLink(one), h("span", {},
        Index.disclosures.filter((row) => row.organization === one).map((row, at) => [at ? t("、") : "",
          h("a", { href: link(["disclosure", row.disclosure_id]) }, t("{0}年{1}{2}", row.fiscal_year, label("scope", row.scope), label("stage", row.stage)))])))),
      section(t("科目"), named, (of) => h("li", {}, h("a", { href: link(["account", of[0].kind, of[0].code]) },
        h("code", {}, of[0].code), " ", namesOf(of).join(" / ")),
      h("small", {}, of[0].kind === "function" ? t("支出功能分类") : t("支出经济分类")))),
      section(t("项目"), foundProjects, (one) => {
        const row = Index.disclosures[one.disclosure_id];
        return h("li", {}, h("a", { href: link(["disclosure", row.disclosure_id, "projects"], { project: one.project_number }) }, one.project_name),
          h("span", { class: "money" }, money(one.annual_yuan)), h("small", {}, titleOf(row)));
      }),
    ],
  };
}
