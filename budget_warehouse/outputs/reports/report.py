"""The validation report: the judge's pages, a page per disclosure, and the front page."""

from collections.abc import Collection
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb

from budget_warehouse.outputs.reports import data_docs
from budget_warehouse.outputs.reports.audit_page import (
    file_name,
    rejected_disclosures,
    write_audit_pages,
)
from budget_warehouse.outputs.reports.data_docs import Table, make_readable_offline
from budget_warehouse.outputs.selection import select_most_pressing, selected
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.warehouse import Warehouse
from budget_warehouse.validation.outcomes import Judgement, failed_places, sound

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
        coalesce(checks.checked_count, 0) as "Checks", coalesce(errors, 0) as "Errors",
        coalesce(warnings, 0) as "Warnings", coalesce(infos, 0) as "Info",
        coalesce(new, 0) as "New"
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
        family as "Family", count(distinct rule_code) as "Rules",
        count(distinct rule_code) filter (where checked_count > 0) as "Rules executed",
        coalesce(sum(checked_count), 0) as "Checks",
        coalesce(any_value(finding_count), 0) as "Findings",
        count(*) filter (where outcome = 'hint') as "Hints"
    from marts.fct_reconciliations
    left join facts using (family)
    group by family
    order by family
"""

_ROWS_SHOWN = 1_000  # a page of more is read by nobody and takes a browser seconds

# The first two columns are the heading that a finding stands under. One row per fact, the gravest
# first and of those what has most at stake.
_FINDINGS = """
    with listed as (
        select
            findings.disclosure_id, findings.severity, findings.amount_yuan,
            findings.rule_codes, findings.is_reviewed, findings.finding_id, failures.family,
            failures.rule_code, failures.subject, failures.stated_yuan, failures.stated_text,
            failures.stated_source, failures.computed_yuan, failures.computed_text,
            failures.computed_source, failures.gap_yuan, failures.tolerance_yuan,
            failures.known_finding_reason,
            -- A version that was published before there were verdicts has no such columns.
            to_json(failures) as failure
        from marts.fct_findings as findings
        inner join marts.fct_reconciliations as failures
            on
                findings.disclosure_id = failures.disclosure_id
                and findings.rule_code = failures.rule_code
                and findings.subject = failures.subject
                and failures.outcome = 'fail'
        order by
            array_position(['error', 'warning', 'info'], findings.severity),
            findings.amount_yuan desc, findings.disclosure_id, findings.finding_id
        limit $limit
    )

    select
        listed.family, disclosure_id, listed.severity as "Severity",
        amount_yuan as "At stake (yuan)", rule_code || ' · ' || statement as "Rule",
        subject as "Subject",
        {'amount': stated_yuan, 'text': stated_text, 'place': stated_source} as "Stated (yuan)",
        {'amount': computed_yuan, 'text': computed_text, 'place': computed_source}
            as "Computed (yuan)",
        gap_yuan as "Gap", tolerance_yuan as "Tolerance",
        replace(rule_codes, '|', ' ') as "Rules that fail",
        case
            when is_reviewed
                then concat_ws(': ', failure ->> 'verdict', coalesce(known_finding_reason, 'yes'))
            when failure ->> 'reopened_because' is not null
                then 'OPEN AGAIN: ' || replace(failure ->> 'reopened_because', '_', ' ')
            else 'NEW'
        end as "Looked up"
    from listed
    inner join marts.dim_reconciliation_rules as rules using (rule_code)
    order by
        disclosure_id, listed.family,
        array_position(['error', 'warning', 'info'], listed.severity), amount_yuan desc, finding_id
"""

_HINTS = """
    select
        disclosure_id as "Disclosure", rule_code || ' · ' || statement as "Rule",
        subject as "Subject", stated_yuan as "Stated (yuan)", computed_yuan as "Computed (yuan)",
        gap_yuan as "Gap", tolerance_yuan as "Tolerance"
    from marts.fct_reconciliations
    inner join marts.dim_reconciliation_rules using (rule_code)
    where outcome = 'hint'
    order by abs(gap_yuan) desc, disclosure_id, rule_code, subject
    limit $limit
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
        disclosure_id as "Disclosure", source_file as "File", line_number as "Line",
        column_name as "Column", value as "Value", reason as "Why"
    from marts.fct_rejected_rows
    order by all
    limit $limit
"""


def write_report(warehouse: Warehouse, changed: Collection[str] | None = None) -> list[Judgement]:
    """Judge the warehouse being built and write its report; what the judge says is returned.

    Where `changed` says of which disclosures anything changed since the report that stands, only
    their pages are written again.

    Raises:
        JudgeError: Great Expectations raised an error over what it was to judge.
    """
    from budget_warehouse.validation.judge import judge  # Great Expectations: four seconds

    judgements = sound(judge(warehouse.build, warehouse.next_reports))
    with open_database(warehouse.build, read_only=True) as connection:
        select_most_pressing(connection)
        pages = set(selected(connection))
        make_readable_offline(warehouse.next_reports, failed_places(judgements), pages)
        write_audit_pages(connection, warehouse.next_reports, changed, warehouse.reports)
        write_front_page(connection, warehouse.next_reports)
    return judgements


def write_front_page(connection: duckdb.DuckDBPyConnection, reports: Path) -> None:
    """Write `index.html` beside the Data Docs, from what the warehouse holds.

    Wherever a disclosure is named that has an audit page, the page links there. A list that is too
    long says how much is missing and how to ask for it.
    """
    select_most_pressing(connection)
    tables = [
        _table(connection, "Disclosures", _DISCLOSURES, "marts.dim_disclosures"),
        _table(connection, "Rules by family", _FAMILIES),
        *_by_family(_table(connection, "Findings", _FINDINGS, "marts.fct_findings")),
        _table(connection, "Hints", _HINTS, "marts.fct_reconciliations where outcome = 'hint'"),
        _table(connection, "Not executed", _NOT_EXECUTED),
        _table(connection, "Rejected values", _REJECTED, "marts.fct_rejected_rows"),
    ]
    names = (*selected(connection), *rejected_disclosures(connection))
    pages = {name: file_name(name) for name in names}
    data_docs.write_front_page(reports, "Validation report", tables, pages)


def _table(
    connection: duckdb.DuckDBPyConnection, heading: str, query: str, whole: str | None = None
) -> Table:
    """Return the rows of a query under a heading; `whole` is where all of them stand."""
    values = {"limit": _ROWS_SHOWN} if "$limit" in query else {}
    cursor = connection.execute(query, values)
    columns = [column[0] for column in cursor.description or ()]
    rows = cursor.fetchall()
    rest = None
    if whole:
        ((count,),) = connection.execute(f"select count(*) from {whole}").fetchall()
        if count > len(rows):
            rest = f"{len(rows):,} of {count:,} are listed here. In the database: from {whole}"
    return Table(heading, columns, rows, rest)


def _by_family(findings: Table) -> list[Table]:
    """Return a table for each disclosure and family, which move from columns into its heading."""
    parts = [
        Table(" · ".join((findings.heading, *names)), findings.columns[2:], [r[2:] for r in rows])
        for names, rows in groupby(findings.rows, key=itemgetter(0, 1))
    ]
    if not findings.rest:
        return parts or [findings]
    return [Table(findings.heading, [], [], findings.rest), *parts]
