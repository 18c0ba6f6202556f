"""The words of `make build` at its end: what is in the warehouse now, and what was ignored."""

from collections.abc import Sequence
from typing import Any

from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.rows import rows_of
from budget_warehouse.storage.warehouse import Warehouse

_COUNTS = """
    select
        (select count(*) from marts.dim_disclosures) as disclosures,
        (select count(*) from marts.dim_disclosures where is_stale) as stale,
        (select count(amount_yuan) from marts.fct_published_amounts) as amounts,
        (select coalesce(sum(amount_yuan), 0) from marts.expenditures) as spending,
        untied.*,
        (select count(*) from marts.fct_rejected_rows) as rejected
    from (
        select
            count(*) as untied, coalesce(sum(counted_spending_yuan), 0) as untied_spending,
            coalesce(sum(printed_spending_yuan), 0) as untied_printed
        from marts.dim_disclosures
        where is_counted and has_untied_total
    ) as untied
"""

# A rule counts once, by the worst that came of it in any disclosure.
_OUTCOMES = """
    with worst_outcomes as (
        select
            family, rule_code, sum(checked_count) as checks,
            ['fail', 'hint', 'pass', 'insufficient_data', 'not_applicable'][
                min(array_position(
                    ['fail', 'hint', 'pass', 'insufficient_data', 'not_applicable'], outcome
                ))
            ] as outcome
        from marts.fct_reconciliations
        group by family, rule_code
    )

    select family, outcome, count(*) as rules, sum(checks) as checks
    from worst_outcomes
    group by all
    order by all
"""

_FINDINGS = """
    select
        severity,
        count(*) as findings,
        count(*) filter (where not is_reviewed) as new
    from marts.fct_findings
    where verdict is distinct from 'unfounded'
    group by all
"""

_JUDGED = """
    select
        (
            select count(*) from marts.fct_findings where verdict = 'unfounded'
        ) as unfounded,
        (
            select count(*) from marts.fct_findings where reopened_because is not null
        ) as reopened,
        (
            select string_agg(rule_code, ', ' order by rule_code)
            from marts.fct_rule_precision where is_doubted
        ) as doubted
"""

# Rules that fall under nothing in a document are not asked of it.
_COVERAGE = """
    select
        disclosure_id, sum(executed_count) as executed,
        sum(rule_count - not_applicable_count) as applicable, sum(failed_count) as failed
    from marts.fct_rule_coverage
    group by disclosure_id
    order by executed / applicable, disclosure_id
    limit 12
"""

# One line a disclosure, or a file that names none: the first of what was refused of it.
_REJECTS = """
    select
        min_by(source_file, place) as source_file, min_by(line_number, place) as line_number,
        min_by(column_name, place) as column_name, min_by(reason, place) as reason,
        count(*) as value_count
    from (
        select *, row_number() over (order by source_file, line_number, column_name) as place
        from marts.fct_rejected_rows
    )
    group by coalesce(disclosure_id, source_file)
    order by min(place)
"""

_REJECTS_LISTED = 50  # disclosures: more would fill a screen

_QUESTION = (
    "select class_name, nature, sum(amount_yuan) from marts.expenditures group by all order by all"
)


def summary(warehouse: Warehouse) -> tuple[str, bool]:
    """Return a short account of the published warehouse, and whether anything was rejected."""
    with open_database(warehouse.published, read_only=True) as connection:
        (counts,) = rows_of(connection, _COUNTS)
        outcomes = list(rows_of(connection, _OUTCOMES))
        findings = {row["severity"]: row for row in rows_of(connection, _FINDINGS)}
        (judged,) = rows_of(connection, _JUDGED)
        coverage = list(rows_of(connection, _COVERAGE))
        rejects = list(rows_of(connection, _REJECTS))
    lines = [
        "",
        f"Disclosures   {counts['disclosures']:,}"
        + (f", of which {counts['stale']:,} stale" if counts["stale"] else ""),
        f"Amounts       {counts['amounts']:,} printed figures; counted spending"
        f" {counts['spending']:,} yuan" + _untied(counts),
        "Rules         " + "family".ljust(16) + "".join(name.rjust(10) for name in _HEADS),
    ]
    for family in dict.fromkeys(row["family"] for row in outcomes):
        by_outcome = {row["outcome"]: row for row in outcomes if row["family"] == family}
        checks = sum(row["checks"] for row in by_outcome.values())
        cells = [checks] + [
            by_outcome.get(outcome, {"rules": 0})["rules"] for outcome in _HEADS.values() if outcome
        ]
        lines.append(" " * 14 + family.ljust(16) + "".join(f"{cell:>10,}" for cell in cells))
    for position, row in enumerate(coverage):
        lines.append(
            ("" if position else "Coverage").ljust(14)
            + f"{row['disclosure_id']}: {row['executed']:,} of {row['applicable']:,} rules"
            f" executed, {row['failed']:,} failed"
        )
    if counts["disclosures"] > len(coverage):
        more = counts["disclosures"] - len(coverage)
        lines.append(f"              and {more:,} more, better covered")
    lines.append(
        "Findings      "
        + ", ".join(
            f"{findings[severity]['findings']} {severity}"
            + (f" ({findings[severity]['new']} new)" if findings[severity]["new"] else "")
            for severity in ("error", "warning", "info")
            if severity in findings
        )
        if findings
        else "Findings      none"
    )
    lines += _judged(judged)
    if counts["rejected"]:
        lines.append(
            f"Rejected      {len(rejects):,} disclosures or files, {counts['rejected']:,} values:"
        )
        for row in rejects[:_REJECTS_LISTED]:
            place = ":".join(str(part) for part in (row["source_file"], row["line_number"]) if part)
            column = f" {row['column_name']}" if row["column_name"] else ""
            more = f" (and {row['value_count'] - 1:,} more)" if row["value_count"] > 1 else ""
            lines.append(f"              {place}{column}: {row['reason']}{more}")
        if len(rejects) > _REJECTS_LISTED:
            more = f"{len(rejects) - _REJECTS_LISTED:,} more"
            lines.append(f"              and {more}, in marts.fct_rejected_rows")
    lines += [
        f"Warehouse     {warehouse.published}",
        f"Report        {warehouse.reports / 'index.html'}",
        f"Explorer      {warehouse.site / 'index.html'}",
        f"Files         {warehouse.exports}",
        f"Try           {_QUESTION}",
        "",
    ]
    return "\n".join(lines), bool(counts["rejected"])


_IGNORED_SHOWN = 20


def ignored(warehouse: Warehouse, left_in_inbox: Sequence[str]) -> list[str]:
    """Return what lies among the raw CSVs or in the inbox and is no input, each with a reason."""
    with open_database(warehouse.landing, read_only=True) as connection:
        paths = connection.execute("select path, reason from left_aside order by all").fetchall()
    left_aside = [*(f"{path}: {reason}" for path, reason in paths), *left_in_inbox]
    lines = [f"Ignored       {sentence}" for sentence in left_aside[:_IGNORED_SHOWN]]
    if len(left_aside) > _IGNORED_SHOWN:
        lines.append(f"              and {len(left_aside) - _IGNORED_SHOWN:,} more")
    return lines


def _judged(judged: dict[str, Any]) -> list[str]:
    """Return what verdicts did: findings taken away, findings open again, rules in doubt."""
    sentences = [
        judged["unfounded"] and f"{judged['unfounded']:,} more that a person found unfounded",
        judged["reopened"] and f"{judged['reopened']:,} with an earlier verdict are open again",
        judged["doubted"] and f"as hints, since people contradicted them: {judged['doubted']}",
    ]
    return [f"{' ' * 14}{sentence}" for sentence in sentences if sentence]


def _untied(counts: dict[str, Any]) -> str:
    """Return how much of the counted spending does not add up to its printed totals, if any."""
    if not counts["untied"]:
        return ""
    plural = "" if counts["untied"] == 1 else "s"
    return (
        f", of which {counts['untied_spending']:,} yuan of {counts['untied']:,} disclosure{plural}"
        f" do not add up to the printed totals ({counts['untied_printed']:,} yuan)"
    )


_HEADS = {
    "checks": "",
    "pass": "pass",
    "hint": "hint",
    "fail": "fail",
    "n/a": "not_applicable",
    "no data": "insufficient_data",
}
