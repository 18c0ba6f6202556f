"""The validation report: the judge's pages, a page per disclosure, and the front page."""

from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dagster_project import data_docs
from dagster_project.audit_page import file_name, write_audit_pages
from dagster_project.data_docs import Table
from dagster_project.database import open_database
from dagster_project.warehouse import Warehouse

if TYPE_CHECKING:
    from dagster_project.judge import Judgement  # Great Expectations takes four seconds to import

_DISCLOSURES = """
    select
        disclosure_id as "Disclosure", organization_name as "Organization",
        disclosures.fiscal_year as "Year", disclosures.stage as "Stage",
        disclosures.scope as "Scope",
        case
            when disclosures.is_stale then 'stale: its newest files were rejected'
            when disclosures.is_counted then 'counted'
            else 'not counted'
        end as "Status",
        coalesce(sum(checked_count), 0) as "Checks",
        count(*) filter (where outcome = 'fail' and severity = 'error') as "Errors",
        count(*) filter (where outcome = 'fail' and severity = 'warning') as "Warnings",
        count(*) filter (where outcome = 'fail' and severity = 'info') as "Info",
        count(*) filter (where outcome = 'fail' and known_finding_reason is null) as "New"
    from marts.dim_disclosures as disclosures
    inner join marts.dim_organizations using (organization_id)
    left join marts.fct_reconciliations using (disclosure_id)
    group by all
    order by all
"""

_FAMILIES = """
    select
        family as "Family", count(distinct rule_code) as "Rules",
        count(distinct rule_code) filter (where checked_count > 0) as "Rules executed",
        coalesce(sum(checked_count), 0) as "Checks",
        count(*) filter (where outcome = 'fail') as "Findings",
        count(*) filter (where outcome = 'hint') as "Hints"
    from marts.fct_reconciliations
    group by family
    order by family
"""

# The first two columns are the heading that a finding stands under.
_FINDINGS = """
    select
        rules.family, disclosure_id,
        case outcome when 'hint' then 'hint' else rules.severity end as "Severity",
        rule_code || ' · ' || statement as "Rule", subject as "Subject",
        {'amount': stated_yuan, 'text': stated_text, 'place': stated_source} as "Stated (yuan)",
        {'amount': computed_yuan, 'text': computed_text, 'place': computed_source}
            as "Computed (yuan)",
        gap_yuan as "Gap", tolerance_yuan as "Tolerance",
        coalesce(known_finding_reason, 'NEW') as "Looked up"
    from marts.fct_reconciliations
    inner join marts.dim_reconciliation_rules as rules using (rule_code)
    where outcome in ('fail', 'hint')
    order by
        disclosure_id, rules.family, outcome,
        array_position(['error', 'warning', 'info'], rules.severity), rule_code, subject
"""

_NOT_EXECUTED = """
    select
        rule_code || ' · ' || statement as "Rule", outcome as "Outcome",
        not_executed_reason as "Why", count(distinct disclosure_id) as "Disclosures",
        count(subject) as "Subjects"
    from marts.fct_reconciliations
    inner join marts.dim_reconciliation_rules using (rule_code)
    where outcome in ('not_applicable', 'insufficient_data')
    group by all
    order by all
"""

_REJECTED = """
    select
        source_file as "File", line_number as "Line", column_name as "Column", value as "Value",
        reason as "Why"
    from marts.fct_rejected_rows
    order by all
"""


def write_report(warehouse: Warehouse) -> "list[Judgement]":
    """Judge the warehouse being built and write its report; what the judge says is returned."""
    from dagster_project.judge import judge

    judgements = judge(warehouse.build, warehouse.next_reports)
    with open_database(warehouse.build, read_only=True) as connection:
        write_audit_pages(connection, warehouse.next_reports)
        write_front_page(connection, warehouse.next_reports)
    return judgements


def write_front_page(connection: duckdb.DuckDBPyConnection, reports: Path) -> None:
    """Write `index.html` beside the Data Docs, from what the warehouse holds.

    Wherever a disclosure is named, the page links to its audit page.
    """
    disclosures = _table(connection, "Disclosures", _DISCLOSURES)
    tables = [
        disclosures,
        _table(connection, "Rules by family", _FAMILIES),
        *_by_family(_table(connection, "Findings", _FINDINGS)),
        _table(connection, "Not executed", _NOT_EXECUTED),
        _table(connection, "Rejected values", _REJECTED),
    ]
    pages = {row[0]: file_name(row[0]) for row in disclosures.rows}
    data_docs.write_front_page(reports, "Validation report", tables, pages)


def _table(connection: duckdb.DuckDBPyConnection, heading: str, query: str) -> Table:
    """The rows of a query under a heading."""
    cursor = connection.execute(query)
    columns = [column[0] for column in cursor.description or ()]
    return Table(heading, columns, cursor.fetchall())


def _by_family(findings: Table) -> list[Table]:
    """A table for each disclosure and family, which move from the columns into its heading."""
    parts = [
        Table(" · ".join((findings.heading, *names)), findings.columns[2:], [r[2:] for r in rows])
        for names, rows in groupby(findings.rows, key=itemgetter(0, 1))
    ]
    return parts or [findings]
