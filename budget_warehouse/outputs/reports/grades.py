"""The grades of publications as pages show them: each with what would lift it, and its other years.

Nobody is graded for what we failed to read: such a document has the reason in place of a grade.
"""

from collections import defaultdict
from dataclasses import dataclass

import duckdb

from budget_warehouse.contract.labels import Labels
from budget_warehouse.outputs.texts import Texts
from budget_warehouse.storage.rows import Row, rows_of
from budget_warehouse.storage.tables import has_table

_GRADES = """
    select
        disclosure_id, organization_id, fiscal_year, stage, scope, is_current, grade,
        not_graded_because, next_grade, lifting_count
    from marts.fct_disclosure_grades
    order by fiscal_year, disclosure_id
"""


@dataclass(frozen=True)
class Grade:
    """The grade of one publication, or why it has none, among those of its other years."""

    row: Row
    years: list[Row]

    def name(self, labels: Labels, t: Texts) -> str:
        """Return the grade, or that there is none and why."""
        return _name(self.row, labels, t)

    def lifting(self, t: Texts) -> str | None:
        """Return what would lift the grade; null for the best, and for none."""
        grade, count = self.row["next_grade"], self.row["lifting_count"]
        if grade is None:
            return None
        if grade == "A":
            return t("更正 {0} 处警告，可升为 {1} 级。", count, grade)
        return t("更正 {0} 处错误，至少可升为 {1} 级。", count, grade)

    def through_years(self, labels: Labels, t: Texts) -> str | None:
        """Return the grades of all years, the oldest first; null where there is but one."""
        if len(self.years) < 2:
            return None
        years = (t("{0}年 {1}", row["fiscal_year"], _name(row, labels, t)) for row in self.years)
        return t("各年：{0}", t("；").join(years))


def _name(row: Row, labels: Labels, t: Texts) -> str:
    if row["grade"] is not None:
        return str(row["grade"])
    reason = labels.of("not_graded_because", row["not_graded_because"])
    return t("未评级（{0}）", reason)


def read_grades(connection: duckdb.DuckDBPyConnection) -> dict[str, Grade]:
    """Return the grade of each disclosure by its name; none of a version that had no grades."""
    if not has_table(connection, "marts", "fct_disclosure_grades"):
        return {}  # a version that was published before there were grades
    rows = list(rows_of(connection, _GRADES))
    years = defaultdict(list)
    for row in rows:
        if row["is_current"]:
            years[_series(row)].append(row)
    return {row["disclosure_id"]: Grade(row, years[_series(row)]) for row in rows}


def _series(row: Row) -> tuple[str, str, str]:
    return row["organization_id"], row["stage"], row["scope"]
