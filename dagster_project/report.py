"""The front page of the validation report: what was judged and found, and what was not checked."""

from pathlib import Path

import duckdb

from dagster_project import data_docs

_TABLES = {
    "Disclosures": """
        select
            disclosure_id as "Disclosure", organization_name as "Organization",
            fiscal_year as "Year", stage as "Stage", scope as "Scope",
            case
                when is_stale then 'stale: its newest files were rejected'
                when is_counted then 'counted'
                else 'not counted'
            end as "Status"
        from marts.dim_disclosures
        inner join marts.dim_organizations using (organization_id)
        order by all
    """,
    "Rules by family": """
        select
            family as "Family", count(distinct rule_code) as "Rules",
            coalesce(sum(checked_count), 0) as "Checks",
            count(*) filter (where outcome = 'fail') as "Findings",
            count(*) filter (where outcome = 'hint') as "Hints",
            count(distinct rule_code) filter (where checked_count > 0) as "Rules executed"
        from marts.fct_reconciliations
        group by family
        order by family
    """,
    "Findings": """
        select
            severity as "Severity", rule_code || ' · ' || statement as "Rule",
            disclosure_id || ' · ' || subject as "Subject",
            format('{:,}', stated_yuan) as "Stated (yuan)",
            format('{:,}', computed_yuan) as "Computed (yuan)",
            format('{:,}', gap_yuan) as "Gap (yuan)",
            concat_ws(' / expected: ', stated_text, computed_text) as "In words",
            concat_ws(' / ', stated_source, computed_source) as "Where",
            coalesce(known_finding_reason, 'NEW') as "Looked up"
        from marts.fct_reconciliations
        inner join marts.dim_reconciliation_rules using (rule_code, severity)
        where outcome in ('fail', 'hint')
        order by
            array_position(['error', 'warning', 'info'], severity),
            rule_code, disclosure_id, subject
    """,
    "Not executed": """
        select
            rule_code as "Rule", outcome as "Outcome", disclosure_id as "Disclosure",
            string_agg(subject, ', ' order by subject) as "Subjects",
            not_executed_reason as "Why"
        from marts.fct_reconciliations
        where outcome in ('not_applicable', 'insufficient_data')
        group by all
        order by all
    """,
    "Rejected values": """
        select
            source_file as "File", line_number as "Line", column_name as "Column", value as "Value",
            reason as "Why"
        from marts.fct_rejected_rows
        order by all
    """,
}


def write_front_page(connection: duckdb.DuckDBPyConnection, reports: Path) -> None:
    """Write `index.html` beside the Data Docs, from what the warehouse holds."""
    tables = []
    for heading, query in _TABLES.items():
        cursor = connection.execute(query)
        columns = [column[0] for column in cursor.description or ()]
        rows = [["" if value is None else str(value) for value in row] for row in cursor.fetchall()]
        tables.append((heading, columns, rows))
    data_docs.write_front_page(reports, "Validation report", tables)
