"""The page of results: its ratios are of what was measured, and earlier records stay readable."""

import json
from typing import Any

import pytest

from benchmarks.results import BY_HAND, COMPILED, DBT_PART, RESULTS, goals, printed

SIZES = ("small", "medium", "large")


def record(size: str) -> Any:
    return json.loads((RESULTS / f"{size}.json").read_bytes())


def measured(name: str, cpu_seconds: float, **more: float) -> dict[str, Any]:
    figures = {"cpu_seconds": cpu_seconds, "wall_seconds": 1.0, "peak_mebibytes": 100}
    return {"name": name, "disclosures": 1_000, **figures, **more}


def test_ratios_are_of_the_compiled_sql_and_the_script_by_hand() -> None:
    results = record("small") | {
        "contestants": [
            measured("whole build", 90.0),
            measured(DBT_PART, 30.0, parsing_cpu_seconds=6.0),
            measured(COMPILED, 20.0, hot_path_cpu_seconds=8.0),
            measured(BY_HAND, 5.0),
        ]
    }
    rows = {name: (aim, figure) for name, aim, figure in goals(results)}
    assert rows["dbt part to the compiled SQL"] == ("1.25", "1.50")
    assert rows["whole build to the compiled SQL"] == ("2", "4.50")
    assert rows["hot path of the compiled SQL to the hot path by hand"] == ("none", "1.60")
    assert not any("earlier script" in name for name in rows)
    assert "| dbt part | 1,000 | 30.0 | 1.0 | 100 | and 6.0 CPU s to parse" in printed(results)


@pytest.mark.parametrize("size", SIZES)
def test_a_ratio_that_a_record_lacks_was_not_measured(size: str) -> None:
    """Ratios to the earlier script stand in the records that have it, and in no other."""
    results = record(size)
    rows = {name: figure for name, _, figure in goals(results)}
    names = {entry["name"] for entry in results["contestants"] if "cpu_seconds" in entry}
    assert (rows["dbt part to the compiled SQL"] == "not measured") == (COMPILED not in names)
    assert ("dbt part to the earlier script" in rows) == ("by hand from landing" in names)


def test_the_page_is_drawn_from_the_records() -> None:
    page = (RESULTS / "README.md").read_text(encoding="utf-8")
    for size in SIZES:
        for name, aim, figure in goals(record(size)):
            assert f"| {name} | {aim} | {figure} |" in page
