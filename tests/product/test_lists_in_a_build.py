"""A build loads untidy lists whole, and publishes nothing where one has a fault."""

import csv
import shutil
from pathlib import Path

import pytest
from reference_lists import REGIONS, mistakable, typed, untidy
from warehouses import SEEDS, SONGJIANG, Built, build, copied

LABELS, RULES, SIDES = "labels", "reconciliation_rules", "reconciliation_sides"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """One disclosure with untidy own lists."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(SEEDS / "reference", folder / "seeds" / "reference")
    copied(SONGJIANG, folder / "seeds")
    untidy(folder / "seeds" / "reference")
    return build(folder / "seeds", folder / "warehouse")


def test_untidy_lists_are_loaded_whole(built: Built) -> None:
    assert built.status == 0, built.output
    for name in (REGIONS, SIDES):
        file = SEEDS / "reference" / f"{name}.csv"
        with file.open(encoding="utf-8", newline="") as source:
            expected = [tuple(value or None for value in row) for row in csv.reader(source)][1:]
        assert built.rows(f"select * from reference.{name} order by rowid") == expected


def test_a_fault_publishes_nothing_and_keeps_what_was(built: Built) -> None:
    seeds, warehouse = built.warehouse.parent / "seeds", built.warehouse
    kept = {name: (warehouse / name).read_bytes() for name in ("budget.duckdb", "landing.duckdb")}
    sound = (seeds / "reference" / f"{RULES}.csv").read_bytes()
    line = typed(seeds / "reference", RULES, "WT-01", {"severity": "eror"})
    (seeds / "disclosures" / SONGJIANG / "projects.csv").unlink()
    refused = build(seeds, warehouse)
    assert refused.status == 1
    assert "\x1b" not in refused.output and "Traceback" not in refused.output
    assert refused.output.splitlines()[-3:] == [
        "Nothing was published.",
        f"The reference lists in {seeds / 'reference'} have a fault; mend that and build again.",
        f"{RULES}.csv:{line} severity: 'eror' is none of error, warning and info;"
        " did you mean 'error'?",
    ]
    assert kept == {name: (warehouse / name).read_bytes() for name in kept}
    (seeds / "reference" / f"{RULES}.csv").write_bytes(sound)


def test_a_list_that_dbt_cannot_parse_is_said_in_a_new_warehouse_too(
    tmp_path: Path,
) -> None:
    folder = mistakable(tmp_path / "seeds")
    (folder / f"{LABELS}.csv").write_bytes("kind,name,label_zh\nstage,x,决算\n".encode("gbk"))
    refused = build(folder.parent, tmp_path / "warehouse")
    assert refused.status == 1
    assert "\x1b" not in refused.output and "Traceback" not in refused.output
    assert refused.output.splitlines()[-3:] == [
        "Nothing was published.",
        f"The reference lists in {folder} have a fault; mend that and build again.",
        f"{LABELS}.csv:2: the file is not UTF-8; save it as UTF-8.",
    ]
