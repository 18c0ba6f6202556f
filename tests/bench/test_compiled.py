"""The SQL that dbt compiled, without dbt: it comes to what is published, or is named for it."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from warehouses import REPOSITORY, SEEDS, Built

from benchmarks.compiled import COSTS, compute, statements
from benchmarks.same import differences
from benchmarks.scratch import batches
from budget_warehouse.build.compiled import Statement, UnknownMaterializationError
from budget_warehouse.storage.warehouse import Warehouse


def test_real_documents_come_to_the_same(repository_warehouse: Built, tmp_path: Path) -> None:
    """As a user starts it; the page of costs names every model and list of the project."""
    warehouse = Warehouse(SEEDS, repository_warehouse.warehouse)
    run = subprocess.run(
        [
            *(sys.executable, "-m", "benchmarks.compiled"),
            *("--warehouse", str(warehouse.folder), "--into", str(tmp_path)),
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, ""), run.stdout + run.stderr
    assert run.stdout.startswith("0 relations differ\n")
    assert json.loads((tmp_path / COSTS).read_bytes())["hot_path_cpu_seconds"] > 0
    nodes = json.loads((warehouse.target / "manifest.json").read_bytes())["nodes"].values()
    assert {model.name for model in statements(warehouse)} == {
        node["name"]
        for node in nodes
        if node["resource_type"] in ("model", "seed")
        and node["config"]["materialized"] != "ephemeral"
    }


def test_each_batch_comes_to_the_same(synthetic: Path, built: Built, tmp_path: Path) -> None:
    warehouse = Warehouse(synthetic, built.warehouse)
    models, planned = statements(warehouse), batches(warehouse)
    assert len(planned) == 2
    for batch in planned:
        costs = compute(models, warehouse, batch, tmp_path)
        assert [cost.name for cost in costs] == [model.name for model in models]
        assert differences(warehouse.published, tmp_path / warehouse.build.name, batch) == {}


def test_a_model_that_computes_something_else_is_named(
    synthetic: Path, built: Built, tmp_path: Path
) -> None:
    """And so are those that read it; the batches beside the one computed are left alone."""
    warehouse = Warehouse(synthetic, built.warehouse)
    batch = batches(warehouse)[0]

    def changed(model: Statement) -> Statement:
        if model.name != "fct_revenues":
            return model
        return replace(model, text=f"{model.text} limit 5")

    compute([*map(changed, statements(warehouse))], warehouse, batch, tmp_path)
    different = differences(warehouse.published, tmp_path / warehouse.build.name, batch)
    published = built.value(
        "select count(*) from marts.fct_revenues where disclosure_id in (select unnest(?))",
        sorted(batch),
    )
    revenues = different["marts.fct_revenues"]
    assert (revenues.only_in_one, revenues.only_in_other) == (published - 5, 0)
    assert "source=fiscal_appropriation" in revenues.examples[0]
    assert "marts.fct_published_amounts" not in different


def test_a_model_that_is_left_out_is_named(synthetic: Path, built: Built, tmp_path: Path) -> None:
    warehouse = Warehouse(synthetic, built.warehouse)
    batch = batches(warehouse)[0]
    models = [model for model in statements(warehouse) if model.name != "fct_performance_targets"]
    with pytest.raises(Exception, match="fct_performance_targets"):
        compute(models, warehouse, batch, tmp_path)
        differences(warehouse.published, tmp_path / warehouse.build.name, batch)


def test_another_materialization_is_refused(repository_warehouse: Built, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir()
    for name in ("manifest.json", "run_results.json"):
        text = (repository_warehouse.warehouse / "target" / name).read_bytes()
        (target / name).write_bytes(
            text.replace(b'"materialized": "table"', b'"materialized": "incremental"')
        )
    with pytest.raises(UnknownMaterializationError, match="is built as incremental"):
        statements(Warehouse(SEEDS, tmp_path))
