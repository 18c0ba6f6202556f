"""The judge: Great Expectations over what dbt computed, one expectation per rule.

It sees by how many fen each claim misses its tolerance and decides on that; it never sees the
outcome that dbt wrote, so that each checks the other. Importing this module costs four seconds:
import it where it is used.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
from great_expectations.core import RunIdentifier
from great_expectations.core.expectation_validation_result import ExpectationValidationResult
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.row_conditions import Column
from great_expectations.validator.exception_info import ExceptionInfo

from dagster_project.data_docs import make_readable_offline

INTEGRITY = "pipeline_integrity"

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

# In words that Spark knows as well.
JUDGEMENTS = """
    select
        rules.family as suite, rules.rule_code as rule, rules.severity, rules.statement,
        judgements.disclosure_id, judgements.subject, judgements.checked_count,
        judgements.excess_fen, judgements.stated, judgements.computed, judgements.gap,
        judgements.tolerance, judgements.stated_source, judgements.computed_source
    from reconciliations.rec_judgements as judgements
    inner join marts.dim_reconciliation_rules as rules
        on judgements.rule_code = rules.rule_code
    union all
    select
        'pipeline_integrity', guard, 'error', guard, null, null, count(*),
        max(cast(abs(actual - expected) * 100 as bigint)), null, null, null, null, null, null
    from reconciliations.rec_integrity
    where actual = expected
    group by guard
    union all
    select
        'pipeline_integrity', guard, 'error', guard, disclosure_id, subject, 1,
        cast(abs(actual - expected) * 100 as bigint), cast(actual as string),
        cast(expected as string), cast(actual - expected as string), null, null, null
    from reconciliations.rec_integrity
    where actual is distinct from expected
    order by suite, rule, disclosure_id nulls first, subject nulls first
"""


@dataclass(frozen=True)
class Verdict:
    """What the judge says of one rule: whether it holds, and where it does not."""

    rule: str
    severity: str
    holds: bool
    broken: list[dict[str, Any]] = field(default_factory=list)
    error: str | None = None  # an exception in the judge itself, which says nothing about the rule


@dataclass(frozen=True)
class Judgement:
    """The verdicts of one suite: a family of rules, or the pipeline's own integrity."""

    suite: str
    verdicts: list[Verdict]

    @property
    def errors(self) -> list[Verdict]:
        """The rules that could not be judged because the judge failed."""
        return [verdict for verdict in self.verdicts if verdict.error]


def judge(warehouse: Path, reports: Path) -> list[Judgement]:
    """Judge every rule that was executed in a warehouse and write the report as Data Docs."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        cursor = connection.execute(JUDGEMENTS)
        columns = [column[0] for column in cursor.description or ()]
        rows = cursor.fetchall()
    return judge_rows(framed(rows, columns), reports)


def framed(rows: list[Any], columns: list[str]) -> pd.DataFrame:
    """The rows of JUDGEMENTS, wherever they come from, as the judge takes them."""
    frame = pd.DataFrame(rows, columns=columns, dtype=object)
    frame["excess_fen"] = frame["excess_fen"].astype("Int64")  # NaN would turn whole fen to floats
    return frame


def judge_rows(rows: pd.DataFrame, reports: Path) -> list[Judgement]:
    """Judge rows of (suite, rule, severity, statement, excess_fen, …), one suite at a time."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    context.delete_data_docs_site("local_site")
    context.add_data_docs_site(
        "reports",
        {
            "class_name": "SiteBuilder",
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str(reports),
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
            result_format={
                "result_format": "COMPLETE",
                "unexpected_index_column_names": _SHOWN,
                "include_unexpected_rows": False,
            },
        )
        run = checkpoint.run({"dataframe": suite_rows}, run_id=RunIdentifier(run_name=str(name)))
        (result,) = run.run_results.values()
        judgements.append(Judgement(str(name), [_verdict(one) for one in result.results]))
    context.build_data_docs()
    broken = {
        verdict.rule: verdict.broken
        for judgement in judgements
        for verdict in judgement.verdicts
        if verdict.broken
    }
    make_readable_offline(reports, broken)
    return judgements


def _suite(name: str, rows: pd.DataFrame) -> gx.ExpectationSuite:
    """One expectation for each rule, and two that the suite was not asked about nothing."""
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
            gxe.ExpectColumnValuesToNotBeNull(
                column="excess_fen",
                severity="critical",
                description="Every check that was executed has two sides",
                meta=guards,
            ),
            *(
                gxe.ExpectColumnValuesToBeBetween(
                    column="excess_fen",
                    max_value=0,
                    row_condition=Column("rule") == rule,
                    severity=_SEVERITIES[severity],
                    description=f"{rule} · {severity} · {statement}" if rule != statement else rule,
                    meta={"rule": rule, "severity": severity},
                )
                for rule, severity, statement in rows[["rule", "severity", "statement"]]
                .drop_duplicates()
                .itertuples(index=False)
            ),
        ],
    )


def _verdict(result: ExpectationValidationResult) -> Verdict:
    """What one validation result says; an exception inside the judge is never a broken rule."""
    meta = (result.expectation_config.meta if result.expectation_config else None) or {}
    return Verdict(
        rule=meta["rule"],
        severity=meta["severity"],
        holds=bool(result.success),
        broken=[
            {column: row[column] for column in _SHOWN}
            for row in (not result.success and result.result.get("unexpected_index_list")) or []
        ],
        error=_exception(result.exception_info),
    )


def _exception(information: ExceptionInfo | dict[str, Any]) -> str | None:
    """The message of an exception raised inside the judge, however deep it reports it."""
    if not isinstance(information, dict):
        return str(information.exception_message) if information.raised_exception else None
    if "raised_exception" in information:
        raised = information["raised_exception"]
        return str(information["exception_message"]) if raised else None
    nested = [_exception(inner) for inner in information.values() if isinstance(inner, dict)]
    return next((message for message in nested if message), None)
