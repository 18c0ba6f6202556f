"""The checks that Great Expectations decides: the pipeline's integrity and each family of rules."""

import csv
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import dagster as dg

from budget_warehouse.build.computing import BrokenBuildError, write_judged
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.progress import stage
from budget_warehouse.storage.warehouse import Warehouse, is_on_spark
from dagster_project.dbt import BUILD, Dbt
from dagster_project.resources import WarehouseResource

if (
    TYPE_CHECKING
):  # Great Expectations takes four seconds to import, and a definition needs none of it
    from budget_warehouse.validation.judge import Verdict

RECONCILIATIONS = dg.AssetKey(["marts", "fct_reconciliations"])
INTEGRITY = dg.AssetKey(["reconciliations", "rec_integrity"])
JUDGEMENTS = dg.AssetKey(["reconciliations", "rec_judgements"])

_NEW = """
    select rule_code, severity, disclosure_id, subject
    from {}.fct_reconciliations
    where outcome = 'fail' and known_finding_reason is null and is_counted
    order by all
"""


_ERRORS_SAID = 50  # more would fill a screen and Dagster's records


def families() -> list[str]:
    """The families of the reconciliation rules, in the order in which they are first named."""
    rules = Warehouse.from_environment().reference / "reconciliation_rules.csv"
    with rules.open(encoding="utf-8", newline="") as file:
        return list(dict.fromkeys(row["family"] for row in csv.DictReader(file)))


@dg.multi_asset_check(
    name="judgements",
    specs=[
        dg.AssetCheckSpec(
            "pipeline_integrity",
            asset=INTEGRITY,
            blocking=True,
            description="No row is lost or doubled and every leaf sum survives from raw to mart.",
            additional_deps=[JUDGEMENTS, RECONCILIATIONS],
        ),
        dg.AssetCheckSpec(
            "no_new_errors_if_strict",
            asset=RECONCILIATIONS,
            blocking=True,
            description="In strict mode, no finding of severity error is new.",
        ),
        *(
            dg.AssetCheckSpec(
                family,
                asset=RECONCILIATIONS,
                description=f"The reconciliation rules of the family {family}.",
            )
            for family in families()
        ),
    ],
)
def judgements(
    context: dg.AssetCheckExecutionContext, dbt: Dbt, warehouse: WarehouseResource
) -> Iterator[dg.AssetCheckResult]:
    """Every rule judged by Great Expectations, with the report as Data Docs."""
    from budget_warehouse.outputs.reports.report import sound, write_report
    from budget_warehouse.validation.judge import INTEGRITY as INTEGRITY_SUITE

    stage("Judging")
    where = warehouse.warehouse

    def run_dbt(_: bool) -> list[Any]:
        dbt.cli(BUILD, target_path=where.target).wait()
        return []

    with warehouse.retried(context):
        if is_on_spark():
            from budget_warehouse.engines.spark.spark import judge_on_spark

            written = sound(judge_on_spark(where.next_reports))
        else:
            try:
                written = write_judged(
                    where, write_report, run_dbt, warehouse.full, warehouse.strict
                )
            except BrokenBuildError as error:
                raise dg.Failure(str(error), allow_retries=False) from error
    judged = {suite.suite: suite for suite in written}
    if is_on_spark():
        from budget_warehouse.engines.spark.spark import built_rows

        new = built_rows(_NEW.format("built_marts"))
    else:
        with open_database(where.build, read_only=True) as connection:
            new = connection.execute(_NEW.format("marts")).fetchall()
    new_errors = [
        f"{rule} {disclosure} {subject}"
        for rule, severity, disclosure, subject in new
        if severity == "error"
    ]
    yield dg.AssetCheckResult(
        check_name="no_new_errors_if_strict",
        asset_key=RECONCILIATIONS,
        passed=not (warehouse.strict and new_errors),
        description="; ".join(new_errors[:_ERRORS_SAID])
        + (f"; and {more:,} more" if (more := len(new_errors) - _ERRORS_SAID) > 0 else "")
        or "No finding of severity error is new.",
        metadata={"new_errors": len(new_errors), "strict": warehouse.strict},
    )
    new_rules = {rule for rule, *_ in new}
    yield _result(INTEGRITY, INTEGRITY_SUITE, judged[INTEGRITY_SUITE].verdicts, is_severe=True)
    for family in families():
        verdicts = judged[family].verdicts if family in judged else []
        broken = {verdict.rule: verdict.severity for verdict in verdicts if not verdict.holds}
        is_severe = any(broken[rule] == "error" for rule in broken.keys() & new_rules)
        yield _result(RECONCILIATIONS, family, verdicts, is_severe)


def _result(
    asset: dg.AssetKey, name: str, verdicts: "list[Verdict]", is_severe: bool
) -> dg.AssetCheckResult:
    """The verdicts of one suite as a check; a suite that was asked nothing has not passed."""
    broken = [verdict for verdict in verdicts if not verdict.holds]
    said = [f"{verdict.rule} does not hold in {verdict.broken_count} places" for verdict in broken]
    return dg.AssetCheckResult(
        check_name=name,
        asset_key=asset,
        passed=bool(verdicts) and not broken,
        severity=dg.AssetCheckSeverity.ERROR if is_severe else dg.AssetCheckSeverity.WARN,
        description="; ".join(said)
        or ("Every rule that was executed holds." if verdicts else "No rule was executed."),
        metadata={
            "rules_judged": len(verdicts),
            "rules_broken": dg.MetadataValue.json([verdict.rule for verdict in broken]),
            "broken": dg.MetadataValue.json([verdict.broken for verdict in broken]),
        },
    )
