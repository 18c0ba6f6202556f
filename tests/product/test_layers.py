"""The layers of the dbt project point one way, and each rule has its unit test beside it."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from warehouses import REPOSITORY, Built

LAYERS = ("reference", "staging", "intermediate", "marts", "reconciliations", "findings")
RULES = REPOSITORY / "dbt_project" / "models" / "reconciliations"
PREFIXES = {
    "staging": ("stg_",),
    "intermediate": ("int_",),
    "marts": ("dim_", "fct_", "int_", "expenditures", "publications"),
    "reconciliations": ("rec_", "int_"),
    "findings": ("dim_", "fct_", "int_", "rec_"),
}


@pytest.fixture(scope="module")
def manifest(repository_warehouse: Built) -> dict[str, Any]:
    """The manifest that dbt parsed for the warehouse of the repository."""
    manifest = repository_warehouse.warehouse / "target" / "manifest.json"
    return dict(json.loads(manifest.read_bytes()))


def models(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (node for node in manifest["nodes"].values() if node["resource_type"] == "model")


def layer(node: dict[str, Any]) -> int:
    return LAYERS.index("reference" if node["resource_type"] == "seed" else node["fqn"][1])


def test_no_reference_climbs_back(manifest: dict[str, Any]) -> None:
    climbing = [
        f"{model['name']} reads {manifest['nodes'][read]['name']}"
        for model in models(manifest)
        for read in model["depends_on"]["nodes"]
        if not read.startswith("source.") and layer(manifest["nodes"][read]) > layer(model)
    ]
    assert climbing == []
    assert {layer(model) for model in models(manifest)} == {1, 2, 3, 4, 5}


def test_only_staging_and_guards_read_the_landing_tables(manifest: dict[str, Any]) -> None:
    readers = {
        model["name"]
        for model in models(manifest)
        if LAYERS[layer(model)] in ("marts", "findings")
        and any(read.startswith("source.") for read in model["depends_on"]["nodes"])
    }
    # A verdict ends on a day that only the landing knows.
    assert readers <= {"dim_disclosures", "fct_rejected_rows", "int_verdicts"}


def is_rule(model: str) -> bool:
    return bool(re.match(r"[a-z]{2}_\d{2}_", model))


def rule_of(stem: str) -> str:
    return "-".join(stem.split("_")[:2]).upper()


def test_each_rule_has_a_unit_test_beside_it_that_bears_its_code(manifest: dict[str, Any]) -> None:
    tested = {
        (test["model"], test["name"])
        for test in manifest["unit_tests"].values()
        if is_rule(test["model"])
    }
    names = {model for model, _ in tested}
    for path in RULES.glob("*/[a-z][a-z]_[0-9][0-9]_*.sql"):
        assert path.with_suffix(".yml").exists(), f"{path.stem} has no unit test beside it"
        assert path.stem in names
    for model, name in tested:
        assert rule_of(name) == rule_of(model), name


def test_each_unit_test_of_a_rule_expects_that_it_passes_and_that_it_fails(
    manifest: dict[str, Any],
) -> None:
    outcomes: dict[str, set[str]] = {}
    for test in manifest["unit_tests"].values():
        if is_rule(test["model"]):
            rows = test["expect"]["rows"]
            outcomes.setdefault(test["model"], set()).update(row["outcome"] for row in rows)
    for model, seen in outcomes.items():
        assert {"pass", "fail"} <= seen, model


def test_names_begin_with_their_layer(manifest: dict[str, Any]) -> None:
    for model in models(manifest):
        name, prefixes = model["name"], PREFIXES[model["fqn"][1]]
        is_rule = re.match(r"[a-z]{2}_\d{2}_", name) and model["fqn"][1] == "reconciliations"
        assert is_rule or name.startswith(prefixes), name
