"""The page of results says of Spark and DuckDB what was measured, and draws it out correctly."""

from typing import Any

from benchmarks.results import printed_of_spark


def size(disclosures: int, duckdb: float, spark: float, different: dict[str, Any]) -> Any:
    build = {
        "name": "from nothing",
        "computed": disclosures,
        "amounts": disclosures * 840,
        "duckdb": {
            "cpu_seconds": duckdb + 7,
            "wall_seconds": duckdb,
            "peak_mebibytes": 500 + disclosures,
            "others_cpu_seconds": 1.0,
            "stored_bytes": disclosures * 1_000_000,
            "steps": [
                {"name": "dbt", "cpu_seconds": duckdb},
                {"name": "explorer", "cpu_seconds": 3},
                {"name": "exports", "cpu_seconds": 4},
            ],
        },
        "spark": {
            "cpu_seconds": 50.0,
            "cluster_cpu_seconds": spark - 50,
            "cluster_resident_mebibytes": 2_000,
            "wall_seconds": spark,
            "peak_mebibytes": 400,
            "others_cpu_seconds": 2.0,
            "stored_bytes": disclosures * 2_000_000,
        },
    }
    return {
        "disclosures": disclosures,
        "measured_at": "2026-01-01T00:00:00+00:00",
        "commit": "abcdef0",
        "machine": {
            "cores": 2,
            "memory_gibibytes": 24,
            "system": "Linux x86_64",
            "duckdb": "2.0.0",
            "spark": "4.3.0",
        },
        "cluster": {"workers": 2, "memory": "3g"},
        "input_bytes": disclosures * 50_000,
        "builds": [build],
        "different_rows": different,
    }


def test_ratios_are_of_the_same_work() -> None:
    page = printed_of_spark([size(1_000, 100.0, 600.0, {})])
    assert "| from nothing | 1,000 | 1,000 | 100.0 | 600.0 | 50.0 | 6.0 | 100.0 | 600.0 |" in page
    assert "they used 3 CPU s in the 700 s" in page
    assert "1,000 disclosures: after the night both have published the same rows." in page
    assert "it needs two sizes" in page


def test_the_country_is_drawn_out_from_the_two_largest_sizes() -> None:
    sizes = [
        size(100, 999.0, 999.0, {}),
        size(1_000, 100.0, 600.0, {}),
        size(11_000, 1_100.0, 2_600.0, {"fct_reconciliations": [1, 1]}),
    ]
    page = printed_of_spark(sizes)
    assert "300,000 disclosures, 252 million amounts" in page
    assert "| CPU s of each disclosure | measured growth | 0.100 | 0.200 |" in page
    assert "| CPU s whatever their number | the rest | 0 | 400 |" in page
    assert "| CPU hours | their sum | 8.3 | 16.8 |" in page
    assert "| cores for 8 hours | hours by hours | 1.0 | 2.1 |" in page
    assert " | 4 | 9 |" in page
    assert "| stored, GB | measured growth | 300 | 600 |" in page
    assert "takes Spark 2.0 times the CPU seconds" in page
    assert "other rows in {'fct_reconciliations': [1, 1]}" in page
