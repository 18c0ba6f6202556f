"""The metrics of dbt's semantic layer come to what the published file holds."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from warehouses import Built


@pytest.fixture(scope="module")
def layer(repository_warehouse: Built) -> dict[str, Any]:
    """The file that dbt wrote of the layer when it built the warehouse."""
    manifest = repository_warehouse.warehouse / "target" / "semantic_manifest.json"
    return dict(json.loads(manifest.read_bytes()))


def relation(model: dict[str, Any]) -> str:
    """The published table that a semantic model reads."""
    return f"marts.{model['node_relation']['alias']}"


def test_each_expression_can_be_computed(
    layer: dict[str, Any], repository_warehouse: Built
) -> None:
    assert len(layer["semantic_models"]) == 4
    for model in layer["semantic_models"]:
        for kind in ("dimensions", "entities", "measures"):
            for one in model[kind]:
                expression = one["expr"] or one["name"]
                assert repository_warehouse.rows(
                    f"select {expression} from {relation(model)} limit 1"
                ), one["name"]


def test_the_metrics_are_the_figures_of_the_documents(
    layer: dict[str, Any], repository_warehouse: Built
) -> None:
    measures = {
        measure["name"]: (measure["agg"], measure["expr"], relation(model), model)
        for model in layer["semantic_models"]
        for measure in model["measures"]
    }
    metrics = {metric["name"]: metric for metric in layer["metrics"]}
    assert set(metrics) == {
        *("spending", "basic_spending", "project_spending", "basic_share", "project_share"),
        *("change", "last_year_spending", "change_share", "counted_disclosures"),
    }

    def value(name: str, condition: str) -> Any:
        """Compute a metric as its tools do."""
        parameters = metrics[name]["type_params"]
        if metrics[name]["type"] == "ratio":
            parts = (parameters[side]["name"] for side in ("numerator", "denominator"))
            numerator, denominator = (value(part, condition) for part in parts)
            return numerator / denominator
        aggregate, expression, table, _ = measures[parameters["measure"]["name"]]
        assert aggregate == "sum"
        return repository_warehouse.value(
            f"select sum({expression}) from {table} where {condition}"
        )

    of_2021 = "fiscal_year = 2021"
    assert value("spending", of_2021) == Decimal("38993676.17")
    assert value("project_spending", of_2021) == Decimal("16563266.00")
    assert value("basic_spending", of_2021) == Decimal("22430410.17")
    assert value("project_share", of_2021) == pytest.approx(
        Decimal("0.424768"), abs=Decimal("1e-6")
    )
    wanli = "organization_id like '%万里街道%' and fiscal_year = 2025"
    assert value("change", wanli) == Decimal("33556428.00")
    assert value("last_year_spending", wanli) == Decimal("156211123.00")
    assert value("counted_disclosures", "true") == 6


def test_the_time_spine_has_every_day_once(repository_warehouse: Built) -> None:
    working = repository_warehouse.warehouse / "working.duckdb"
    with duckdb.connect(str(working), read_only=True) as connection:
        ((count, distinct, first, last),) = connection.execute(
            "select count(*), count(distinct day), min(day), max(day) from intermediate.int_days"
        ).fetchall()
    assert count == distinct == (last - first).days + 1
    assert (first, last) == (date(1990, 1, 1), date(2099, 12, 31))
