"""The checks that Great Expectations decides: the pipeline's integrity and each family of rules."""

import csv
from collections.abc import Iterator
from typing import Any

import dagster as dg
from dagster_dbt.errors import DagsterDbtCliRuntimeError

from budget_warehouse.build.computing import BrokenBuildError, judge
from budget_warehouse.build.dbt import DbtFailedError
from budget_warehouse.engines import engine
from budget_warehouse.storage.progress import stage
from budget_warehouse.storage.warehouse import Warehouse
from budget_warehouse.validation.outcomes import INTEGRITY as INTEGRITY_SUITE
from budget_warehouse.validation.outcomes import Outcome
from dagster_project.dbt import BUILD, Dbt
from dagster_project.resources import WarehouseResource

RECONCILIATIONS = dg.AssetKey(["marts", "fct_reconciliations"])
INTEGRITY = dg.AssetKey(["reconciliations", "rec_integrity"])
JUDGEMENTS = dg.AssetKey(["reconciliations", "rec_judgements"])

_RULES_WITH_NEW_ERRORS = """
    select distinct rule_code
    from marts.fct_reconciliations
    where outcome = 'fail' and severity = 'error' and known_finding_reason is null and is_counted
"""

# One fact that several rules break is one error.
_NEW_ERRORS = """
    select rule_code, disclosure_id, subject
    from marts.fct_findings
    where severity = 'error' and not is_reviewed and is_counted
    order by all
"""

_ERRORS_SAID = 50  # more would fill a screen and Dagster's records


def families() -> list[str]:
    """Return the families of the reconciliation rules, in the order of their first mention."""
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
    """Judge every rule by Great Expectations, with the report as Data Docs."""
    stage("Judging")
    folders, chosen = warehouse.warehouse, engine()

    def run_dbt(_: bool) -> list[Any]:
        try:
            dbt.cli(BUILD, target_path=chosen.target(folders)).wait()
        except DagsterDbtCliRuntimeError as error:
            raise DbtFailedError(str(error)) from error
        return []

    with warehouse.retried(context):
        try:
            judgements = judge(folders, chosen, run_dbt, warehouse.full, warehouse.strict)
        except BrokenBuildError as error:
            raise dg.Failure(str(error), allow_retries=False) from error
    judged = {judgement.suite: judgement.outcomes for judgement in judgements}
    new_errors = [" ".join(map(str, row)) for row in chosen.built_rows(folders, _NEW_ERRORS)]
    yield dg.AssetCheckResult(
        check_name="no_new_errors_if_strict",
        asset_key=RECONCILIATIONS,
        passed=not (warehouse.strict and new_errors),
        description="; ".join(new_errors[:_ERRORS_SAID])
        + (f"; and {more:,} more" if (more := len(new_errors) - _ERRORS_SAID) > 0 else "")
        or "No finding of severity error is new.",
        metadata={"new_errors": len(new_errors), "strict": warehouse.strict},
    )
    new_error_rules = {rule for (rule,) in chosen.built_rows(folders, _RULES_WITH_NEW_ERRORS)}
    yield _result(INTEGRITY, INTEGRITY_SUITE, judged[INTEGRITY_SUITE], is_severe=True)
    for family in families():
        outcomes = judged.get(family, [])
        is_severe = any(one.rule in new_error_rules for one in outcomes if not one.passes)
        yield _result(RECONCILIATIONS, family, outcomes, is_severe)


def _result(
    asset: dg.AssetKey, name: str, outcomes: list[Outcome], is_severe: bool
) -> dg.AssetCheckResult:
    """Return the outcomes of one suite as a check; a suite without any has not passed."""
    failed = [outcome for outcome in outcomes if not outcome.passes]
    sentences = [f"{one.rule} fails in {one.failed_count} places" for one in failed]
    return dg.AssetCheckResult(
        check_name=name,
        asset_key=asset,
        passed=bool(outcomes) and not failed,
        severity=dg.AssetCheckSeverity.ERROR if is_severe else dg.AssetCheckSeverity.WARN,
        description="; ".join(sentences)
        or ("Every rule that was executed passes." if outcomes else "No rule was executed."),
        metadata={
            "rules_judged": len(outcomes),
            "failed_rules": dg.MetadataValue.json([outcome.rule for outcome in failed]),
            "failures": dg.MetadataValue.json([outcome.failed for outcome in failed]),
        },
    )
