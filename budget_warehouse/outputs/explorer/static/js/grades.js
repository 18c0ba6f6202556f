"use strict";
// The grade of a publication: what would lift it, and the grades of the other years.

const GRADE_CLASSES = { A: "pass", B: "warning", C: "error", D: "error" };
const GRADES_EXPLAINED = () => t("A 没有错误和警告，B 只有警告，C 有少数错误，D 错误更多；读得不全或核对过少的不评级。");

/** The grade of one document in its head, or why it has none; nothing of a version without grades. */
function gradeOf(row, grades) {
  const own = grades.find((one) => one.row === row);
  if (!own) return null;
  const years = grades
    .filter((one) => one.row.is_current && one.row.organization === row.organization && one.row.scope === row.scope && one.row.stage === row.stage)
    .sort((one, other) => one.row.fiscal_year - other.row.fiscal_year);
  return h("div", { class: "grade" },
    h("p", { title: GRADES_EXPLAINED() }, t("公开质量等级："), gradeBadge(own), " ", lifting(own)),
    years.length > 1 && h("p", { class: "soft" }, t("各年等级："), years.map((one, at) => [at ? t("；") : "",
      h("a", { href: link(["disclosure", one.row.disclosure_id]), "aria-current": one === own ? "true" : null }, t("{0}年 {1}", one.row.fiscal_year, gradeName(one)))])));
}

function gradeName({ grade, not_graded_because }) {
  return grade ?? t("未评级（{0}）", label("not_graded_because", not_graded_because));
}

function gradeBadge(one) {
  return h("b", { class: `badge ${GRADE_CLASSES[one.grade] ?? "info"}` }, gradeName(one));
}

/** The corrections that would lift a grade; nothing where it is the best, or where there is none. */
function lifting({ next_grade, lifting_count }) {
  if (!next_grade) return null;
  return next_grade === "A"
    ? t("更正 {0} 处警告，可升为 {1} 级。", lifting_count, next_grade)
    : t("更正 {0} 处错误，至少可升为 {1} 级。", lifting_count, next_grade);
}

/** The grades of an organization's documents and of its units': a row for each stage, a column a year. */
function gradesSection(rows, grades) {
  const shown = grades.filter((one) => rows.includes(one.row) && one.row.is_current);
  if (!shown.length) return null;
  const years = [...new Set(shown.map((one) => one.row.fiscal_year))].sort();
  const lines = [...grouped(shown, ({ row }) => `${row.organization_id} ${row.scope} ${row.stage}`).values()];
  const { first, more } = firstRows(lines);
  return h("section", {}, h("h2", {}, t("公开质量等级")),
    tableOf({
      caption: GRADES_EXPLAINED(),
      className: "matrix grades",
      heads: [t("单位"), ...years.map((year) => t("{0}年", year))],
      rows: first.map((of) => [
        [organizationLink(of[0].row.organization), h("small", {}, [label("scope", of[0].row.scope), label("stage", of[0].row.stage)].join(" · "))],
        ...years.map((year) => of.filter((one) => one.row.fiscal_year === year).map((one) => h("div", {},
          h("a", { class: "badges", href: link(["disclosure", one.row.disclosure_id, "checks"]) }, gradeBadge(one)),
          h("small", {}, lifting(one))))),
      ]),
    }),
    more);
}
