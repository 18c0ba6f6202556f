"""The front page of the report, in two languages: what is wrong, the gravest first."""

from pathlib import Path
from typing import Any

import duckdb

from budget_warehouse.contract.labels import EnglishLabels, Labels
from budget_warehouse.outputs.reports import data_docs
from budget_warehouse.outputs.reports.audit_page import rejected_disclosures
from budget_warehouse.outputs.reports.data_docs import Labelled, Table
from budget_warehouse.outputs.reports.facts import SEVERITIES
from budget_warehouse.outputs.reports.grades import Grade, read_grades
from budget_warehouse.outputs.reports.languages import (
    CHINESE,
    LANGUAGES,
    Language,
    other_than,
)
from budget_warehouse.outputs.selection import select_most_pressing, selected
from budget_warehouse.storage.rows import Row, rows_of

_DISCLOSURES = """
    select
        disclosure_id, organization_name, disclosures.fiscal_year, disclosures.stage,
        disclosures.scope,
        case
            when disclosures.is_stale then 'stale'
            when disclosures.is_counted then 'counted'
            else 'not_counted'
        end as status,
        coalesce(checks.checked_count, 0) as checked_count, coalesce(errors, 0) as errors,
        coalesce(warnings, 0) as warnings, coalesce(infos, 0) as infos, coalesce(new, 0) as new
    from marts.dim_disclosures as disclosures
    inner join marts.dim_organizations using (organization_id)
    left join (
        select disclosure_id, sum(checked_count) as checked_count
        from marts.fct_reconciliations
        group by disclosure_id
    ) as checks using (disclosure_id)
    left join (
        select
            disclosure_id, count(*) filter (where severity = 'error') as errors,
            count(*) filter (where severity = 'warning') as warnings,
            count(*) filter (where severity = 'info') as infos,
            count(*) filter (where not is_reviewed) as new
        from findings
        group by disclosure_id
    ) as counts using (disclosure_id)
    where disclosure_id in (select disclosure_id from selection)
    order by all
"""

_FAMILIES = """
    with facts as (
        select rules.family, count(*) as finding_count
        from marts.fct_findings as findings
        inner join marts.dim_reconciliation_rules as rules using (rule_code)
        where to_json(findings) ->> 'verdict' is distinct from 'unfounded'
        group by rules.family
    )

    select
        family, count(distinct rule_code) as rule_count,
        count(distinct rule_code) filter (where checked_count > 0) as executed_count,
        cast(coalesce(sum(checked_count), 0) as bigint) as checked_count,
        coalesce(any_value(finding_count), 0) as finding_count,
        count(*) filter (where outcome = 'hint') as hint_count
    from marts.fct_reconciliations
    left join facts using (family)
    group by family
    order by family
"""

_ROWS_SHOWN = 1_000  # a page of more is read by nobody and takes a browser seconds

# One row per fact, the gravest first and of those what has most at stake. A version that was
# published before there were verdicts has no such columns.
_FINDINGS = """
    select
        findings.disclosure_id, findings.severity, findings.amount_yuan, findings.rule_code,
        coalesce(rules.statement_zh, rules.statement) as statement_zh, rules.statement,
        failures.family, failures.subject, failures.subject_zh, failures.stated_yuan,
        failures.stated_text, failures.stated_text_zh, failures.stated_source,
        failures.stated_source_zh, failures.computed_yuan, failures.computed_text,
        failures.computed_text_zh, failures.computed_source, failures.computed_source_zh,
        failures.gap_yuan, failures.tolerance_yuan, findings.rule_codes, findings.is_reviewed,
        failures.known_finding_reason,
        coalesce(failures.known_finding_reason_zh, failures.known_finding_reason)
            as known_finding_reason_zh,
        to_json(failures) ->> 'verdict' as verdict,
        to_json(failures) ->> 'reopened_because' as reopened_because
    from marts.fct_findings as findings
    inner join marts.fct_reconciliations as failures
        on
            findings.disclosure_id = failures.disclosure_id
            and findings.rule_code = failures.rule_code
            and findings.subject = failures.subject
            and failures.outcome = 'fail'
    inner join marts.dim_reconciliation_rules as rules on findings.rule_code = rules.rule_code
    order by
        array_position(['error', 'warning', 'info'], findings.severity),
        findings.amount_yuan desc, findings.disclosure_id, findings.finding_id
    limit ?
"""

_HINTS = """
    select
        disclosure_id, rule_code, coalesce(statement_zh, statement) as statement_zh, statement,
        subject, subject_zh, stated_yuan, computed_yuan, gap_yuan, tolerance_yuan
    from marts.fct_reconciliations
    inner join marts.dim_reconciliation_rules using (rule_code)
    where outcome = 'hint'
    order by abs(gap_yuan) desc, disclosure_id, rule_code, subject
    limit ?
"""

_NOT_EXECUTED = """
    select
        rule_code, coalesce(statement_zh, statement) as statement_zh, statement, outcome,
        not_executed_reason, not_executed_reason_zh,
        count(distinct disclosure_id) as disclosure_count, count(subject) as subject_count
    from marts.fct_reconciliations
    inner join marts.dim_reconciliation_rules using (rule_code)
    where outcome in ('not_applicable', 'insufficient_data')
    group by all
    order by rule_code, outcome, not_executed_reason, not_executed_reason_zh
"""

_REJECTED = """
    select
        disclosure_id, source_file, line_number, column_name, value, reason
    from marts.fct_rejected_rows
    order by all
    limit ?
"""


def write_front_page(connection: duckdb.DuckDBPyConnection, reports: Path) -> None:
    """Write `index.html` and its English beside the Data Docs, from what the warehouse holds.

    Wherever a disclosure is named that has an audit page, the page links there. A list that is too
    long says how much is missing and how to ask for it.
    """
    select_most_pressing(connection)
    names = (*selected(connection), *rejected_disclosures(connection))
    for language in LANGUAGES:
        page = _FrontPage(connection, language)
        data_docs.write_front_page(
            reports / language.front_page,
            language.t("核对报告"),
            page.tables(),
            {name: language.page(name) for name in names},
            language.tag,
            other_than(language),
        )


class _FrontPage:
    """The tables of the front page in one language."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, language: Language) -> None:
        self._connection = connection
        self._language = language
        self._t = language.t
        self._labels: Labels = language.labels(connection)

    def tables(self) -> list[Table]:
        """Return the tables in the order of the page: what is wrong stands first."""
        return [
            *self._findings(),
            self._disclosures(),
            self._families(),
            self._hints(),
            self._not_executed(),
            self._rejected(),
        ]

    def _findings(self) -> list[Table]:
        t = self._t
        rows = self._rows(_FINDINGS)
        columns = [
            *(t("文件"), t("涉及金额（元）"), t("规则"), t("类别"), t("对象"), t("文中数（元）")),
            *(t("核算数（元）"), t("差额"), t("允许误差"), t("所违反的规则"), t("人工核实")),
        ]
        tables = []
        for severity in SEVERITIES:
            cells = [self._finding(row) for row in rows if row["severity"] == severity]
            heading = Labelled(t("发现：{0}", self._labels.of("severity", severity)), severity)
            if cells:
                tables.append(Table(heading, columns, cells))
        rest = self._rest(rows, "marts.fct_findings")
        if not tables or rest:
            tables.insert(0, Table(t("发现"), [], [], rest))
        return tables

    def _finding(self, row: Row) -> tuple[Any, ...]:
        return (
            row["disclosure_id"],
            row["amount_yuan"],
            self._rule(row),
            self._label("family", row),
            self._said(row, "subject") or self._t("全文"),
            self._side(row, "stated"),
            self._side(row, "computed"),
            row["gap_yuan"],
            row["tolerance_yuan"],
            row["rule_codes"].replace("|", " "),
            self._looked_up(row),
        )

    def _looked_up(self, row: Row) -> str:
        if row["is_reviewed"]:
            verdict = self._labels.of("verdict", row["verdict"] or "confirmed")
            reason = self._said(row, "known_finding_reason")
            return self._t("{0}：{1}", verdict, reason) if reason else verdict
        if row["reopened_because"]:
            why = self._labels.of("reopened_because", row["reopened_because"])
            return self._t("重新待核实：{0}", why)
        return self._t("新发现，尚未人工核实")

    def _disclosures(self) -> Table:
        t = self._t
        statuses = {
            "stale": t("较新的数据未能读取"),
            "counted": t("计入汇总"),
            "not_counted": t("不计入汇总"),
        }
        columns = [
            *(t("文件"), t("单位"), t("年度"), t("阶段"), t("公开范围"), t("状态")),
            *(t("核对处数"), t("错误"), t("警告"), t("提示信息"), t("未核实")),
        ]
        grades = read_grades(self._connection)
        if grades:
            columns.append(t("公开质量等级"))
        rows = self._rows(_DISCLOSURES)
        cells = [
            (
                *(row["disclosure_id"], row["organization_name"], str(row["fiscal_year"])),
                *(self._label("stage", row), self._label("scope", row), statuses[row["status"]]),
                *(row["checked_count"], row["errors"], row["warnings"], row["infos"], row["new"]),
                *([self._grade(grades.get(row["disclosure_id"]))] if grades else []),
            )
            for row in rows
        ]
        return Table(t("公开文件"), columns, cells, self._rest(rows, "marts.dim_disclosures"))

    def _grade(self, grade: Grade | None) -> dict[str, str | None]:
        """Return a grade with what would lift it and those of the other years, a line each."""
        if grade is None:
            return {}
        return {
            "grade": grade.name(self._labels, self._t),
            "lifting": grade.lifting(self._t),
            "place": grade.through_years(self._labels, self._t),
        }

    def _families(self) -> Table:
        t = self._t
        columns = [
            *(t("类别"), t("规则数"), t("已执行"), t("核对处数"), t("发现"), t("四舍五入差异"))
        ]
        counts = ("rule_count", "executed_count", "checked_count", "finding_count", "hint_count")
        cells = [
            (self._label("family", row), *(row[count] for count in counts))
            for row in self._rows(_FAMILIES)
        ]
        return Table(t("各类规则"), columns, cells)

    def _hints(self) -> Table:
        t = self._t
        columns = [
            *(t("文件"), t("规则"), t("对象"), t("文中数（元）"), t("核算数（元）"), t("差额")),
            t("允许误差"),
        ]
        rows = self._rows(_HINTS)
        amounts = ("stated_yuan", "computed_yuan", "gap_yuan", "tolerance_yuan")
        cells = [
            (
                *(row["disclosure_id"], self._rule(row), self._said(row, "subject")),
                *(row[amount] for amount in amounts),
            )
            for row in rows
        ]
        whole = "marts.fct_reconciliations where outcome = 'hint'"
        return Table(t("四舍五入差异"), columns, cells, self._rest(rows, whole))

    def _not_executed(self) -> Table:
        t = self._t
        columns = [t("规则"), t("结果"), t("原因"), t("文件数"), t("对象数")]
        cells = [
            (
                *(self._rule(row), self._label("outcome", row)),
                self._said(row, "not_executed_reason"),
                *(row["disclosure_count"], row["subject_count"]),
            )
            for row in self._rows(_NOT_EXECUTED)
        ]
        return Table(t("未执行"), columns, cells)

    def _rejected(self) -> Table:
        t = self._t
        columns = [t("文件"), t("数据文件"), t("行"), t("列"), t("内容"), t("原因")]
        rows = self._rows(_REJECTED)
        cells = [tuple(row.values()) for row in rows]
        return Table(t("未能读取"), columns, cells, self._rest(rows, "marts.fct_rejected_rows"))

    def _rows(self, query: str) -> list[Row]:
        values = (_ROWS_SHOWN,) if "limit ?" in query else ()
        return list(rows_of(self._connection, query, *values))

    def _rest(self, rows: list[Row], whole: str) -> str | None:
        """Return what a list leaves out; `whole` is where all of it stands."""
        ((count,),) = self._connection.execute(f"select count(*) from {whole}").fetchall()
        if count <= len(rows):
            return None
        return self._t("共 {1} 项，此处列 {0} 项。数据库中：from {2}", *_counts(rows, count), whole)

    def _label(self, kind: str, row: Row) -> Labelled:
        return Labelled(self._labels.of(kind, row[kind]), row[kind])

    def _rule(self, row: Row) -> str:
        return f"{row['rule_code']} · {self._said(row, 'statement')}"

    def _said(self, row: Row, column: str) -> str | None:
        """Return a text of a row in the language of the page, tables by their titles."""
        if self._language is CHINESE:
            text: str | None = row[f"{column}_zh"]
        else:
            text = row[column]
        if text and column == "statement":
            return self._labels.statement(text, "initial_budget")
        return self._labels.sentence(text) if isinstance(self._labels, EnglishLabels) else text

    def _side(self, row: Row, side: str) -> dict[str, Any]:
        return {
            "amount": row[f"{side}_yuan"],
            "text": self._said(row, f"{side}_text"),
            "place": self._said(row, f"{side}_source"),
        }


def _counts(rows: list[Row], count: int) -> tuple[str, str]:
    return f"{len(rows):,}", f"{count:,}"
