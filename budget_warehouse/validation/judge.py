"""The judge: Great Expectations over what dbt computed, one expectation per rule.

For each rule it sees the largest excess over the tolerance, in fen, and decides on that. It never
sees the outcome that dbt wrote, so each checks the other. The places where a rule fails are read
separately and decide nothing. Importing this module takes four seconds: import it where it is used.
"""

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.core import RunIdentifier
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.row_conditions import Column
from great_expectations.validator.exception_info import ExceptionInfo

from budget_warehouse.storage.database import open_database
from budget_warehouse.validation.outcomes import INTEGRITY, TWO_SIDES, Judgement, Outcome

_SEVERITIES = {"error": "critical", "warning": "warning", "info": "info"}

_SHOWN = [
    "disclosure_id",
    "subject",
    "stated",
    "computed",
    "gap",
    "tolerance",
    "stated_source",
    "computed_source",
]

_PLACES_LISTED = 200  # of one rule: who mends more than that at once asks the database

_JUDGED = [
    "suite",
    "rule",
    "severity",
    "statement",
    "checked_count",
    "excess_fen",
    "failed_count",
    "one_sided_count",
]

# One row per rule, whatever came of it: every comparison goes into the largest excess.
_JUDGEMENTS = f"""
    select
        rules.family, rules.rule_code, rules.severity, rules.statement,
        cast(sum(checked_count) as bigint), max(excess_fen),
        count(*) filter (where excess_fen > 0), count(*) filter (where excess_fen is null)
    from reconciliations.rec_judgements as judgements
    inner join marts.dim_reconciliation_rules as rules
        on judgements.rule_code = rules.rule_code
    group by rules.family, rules.rule_code, rules.severity, rules.statement
    union all
    select
        '{INTEGRITY}', guard, 'error', guard, count(*),
        max(cast(abs(actual - expected) * 100 as bigint)),
        count(*) filter (where actual <> expected),
        count(*) filter (where actual is null or expected is null)
    from reconciliations.rec_integrity
    group by guard
    order by 1, 2
"""

# Places of failures; a comparison with one side only fails no rule: its suite lists it.
_PLACES = f"""
    with places as (
        select
            case when excess_fen is null then rules.family else rules.rule_code end as rule,
            {", ".join(f"judgements.{column}" for column in _SHOWN)}
        from reconciliations.rec_judgements as judgements
        inner join marts.dim_reconciliation_rules as rules
            on judgements.rule_code = rules.rule_code
        where excess_fen > 0 or excess_fen is null
        union all
        select
            case when actual <> expected then guard else '{INTEGRITY}' end, disclosure_id, subject,
            cast(actual as string), cast(expected as string), cast(actual - expected as string),
            null, null, null
        from reconciliations.rec_integrity
        where actual <> expected or actual is null or expected is null
    ),

    ranked as (
        select
            *,
            row_number() over (
                partition by rule order by disclosure_id nulls first, subject nulls first
            ) as place
        from places
    )

    select rule, {", ".join(_SHOWN)}
    from ranked
    where place <= {_PLACES_LISTED}
    order by rule, disclosure_id nulls first, subject nulls first
"""


def judge(warehouse: Path, reports: Path) -> list[Judgement]:
    """Judge every rule that was executed in a warehouse and write the report as Data Docs."""
    with open_database(warehouse, read_only=True) as connection:
        rows, places = judged(lambda query: connection.execute(query).fetchall())
    return judge_rows(rows, reports, places)


def judged(
    ask: Callable[[str], Iterable[Any]],
) -> tuple[pd.DataFrame, dict[str, list[dict[str, Any]]]]:
    """Return a row for each rule, and where it fails, as DuckDB or Spark answers."""
    rows = pd.DataFrame([tuple(row) for row in ask(_JUDGEMENTS)], columns=_JUDGED, dtype=object)
    rows["excess_fen"] = rows["excess_fen"].astype("Int64")  # NaN would turn whole fen into floats
    places: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for rule, *place in ask(_PLACES):
        places[rule].append(dict(zip(_SHOWN, place, strict=True)))
    return rows, places


def judge_rows(
    rows: pd.DataFrame,
    reports: Path,
    places: Mapping[str, list[dict[str, Any]]],
) -> list[Judgement]:
    """Judge a row for each rule, one suite at a time, and keep the suites.

    `gx.get_context(mode="file", project_root_dir=reports)` loads them.

    Args:
        rows: suite, rule, severity, statement, and the largest excess_fen; failed_count and
            one_sided_count say how many checks have an excess, and how many have none at all.
        reports: the folder for the Data Docs.
        places: where each rule fails, for those that do.
    """
    shutil.rmtree(reports / "gx", ignore_errors=True)  # of a judgement that is made again
    context = gx.get_context(mode="file", project_root_dir=str(reports))
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    context.delete_data_docs_site("local_site")
    context.add_data_docs_site(
        "reports",
        {
            "class_name": "SiteBuilder",
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": "..",  # of the folder gx: the reports are renamed when published
            },
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        },
    )
    source = context.data_sources.add_pandas("warehouse")
    judgements = []
    for name, suite_rows in rows.groupby("suite"):
        suite = context.suites.add(_suite(str(name), suite_rows))
        batch = source.add_dataframe_asset(str(name)).add_batch_definition_whole_dataframe("all")
        definition = context.validation_definitions.add(
            gx.ValidationDefinition(name=str(name), data=batch, suite=suite)
        )
        checkpoint = gx.Checkpoint(
            name=str(name),
            validation_definitions=[definition],
            result_format="SUMMARY",
        )
        run = checkpoint.run({"dataframe": suite_rows}, run_id=RunIdentifier(run_name=str(name)))
        (result,) = run.run_results.values()
        counts = {
            str(name): int(suite_rows["one_sided_count"].sum()),
            **dict(zip(suite_rows["rule"], suite_rows["failed_count"], strict=True)),
        }
        outcomes = [_outcome(one, counts, places) for one in result.results]
        judgements.append(Judgement(str(name), outcomes))
    context.build_data_docs()
    return judgements


def _suite(name: str, rows: pd.DataFrame) -> gx.ExpectationSuite:
    """Return one expectation for each rule, and two that the suite was not asked about nothing."""
    guards = {"rule": name, "severity": "error", "is_guard": True}
    return gx.ExpectationSuite(
        name=name,
        expectations=[
            gxe.ExpectTableRowCountToBeBetween(
                min_value=1,
                severity="critical",
                description="There is something to judge",
                meta=guards,
            ),
            gxe.ExpectColumnValuesToBeBetween(
                column="one_sided_count",
                max_value=0,
                severity="critical",
                description=TWO_SIDES,
                meta=guards,
            ),
            *(
                gxe.ExpectColumnValuesToBeBetween(
                    column="excess_fen",
                    max_value=0,
                    row_condition=Column("rule") == rule,
                    severity=_SEVERITIES[severity],
                    description=rule
                    if rule == statement
                    else f"{rule} · {severity} · {escape(statement, quote=False)}",
                    meta={"rule": rule, "severity": severity},
                )
                for rule, severity, statement in rows[["rule", "severity", "statement"]]
                .drop_duplicates()
                .itertuples(index=False)
            ),
        ],
    )


def _outcome(
    result: ExpectationValidationResult,
    counts: Mapping[str, int],
    places: Mapping[str, list[dict[str, Any]]],
) -> Outcome:
    """Return what one validation result says; an exception inside the judge fails no rule."""
    meta = (result.expectation_config.meta if result.expectation_config else None) or {}
    rule, passes = meta["rule"], bool(result.success)
    error = _exception(result.exception_info)
    if passes or error:
        return Outcome(rule, meta["severity"], passes, error=error)
    return Outcome(rule, meta["severity"], passes, counts[rule], list(places.get(rule, ())))


def _exception(information: ExceptionInfo | dict[str, Any]) -> str | None:
    """Return the message of an exception raised inside the judge, however deep it reports it."""
    if not isinstance(information, dict):
        return str(information.exception_message) if information.raised_exception else None
    if "raised_exception" in information:
        raised = information["raised_exception"]
        return str(information["exception_message"]) if raised else None
    nested = [_exception(inner) for inner in information.values() if isinstance(inner, dict)]
    return next((message for message in nested if message), None)
