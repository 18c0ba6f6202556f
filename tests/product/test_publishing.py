"""Only a warehouse that passed is published, in one step, and readers never notice the change."""

import os
import shutil
import signal
import subprocess
import sys
import time
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest
from warehouses import (
    REPOSITORY,
    SEEDS,
    SONGJIANG,
    Built,
    build,
    copied,
    copied_warehouse,
    edit,
    environment,
)

CLIENTS = ["1.4.5", "1.5.6"]  # the last releases before 2.0, which analysts still have

QUESTIONS_OF_A_CLIENT = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1], read_only=True)
connection.execute("set enable_progress_bar = false")  # a busy machine would show it
print(duckdb.__version__)
print(connection.execute(
    "select sum(amount_yuan) from marts.expenditures"
    " where organization_name = '上海市松江区城市运行管理中心'"
).fetchone()[0])
print(connection.execute(
    "select count(*) from reconciliations.rec_within_table where outcome = 'fail'"
).fetchone()[0] > 0)
print(connection.execute(
    "select comment from duckdb_tables() where table_name = 'fct_expenditures'"
).fetchone()[0].splitlines()[0])
for name, in connection.execute(sys.argv[2]).fetchall():
    print(name, len(connection.execute(f"from {name}").fetchall()))
"""

RELATIONS = """
    select schema_name || '.' || table_name from duckdb_tables()
    union all
    select schema_name || '.' || view_name from duckdb_views() where not internal
    order by 1
"""


def checksum(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    copied(SONGJIANG, tmp_path / "seeds")
    return tmp_path / "seeds"


@pytest.fixture
def published(songjiang_warehouse: Built, tmp_path: Path) -> Path:
    """The warehouse of the seeds, published."""
    return copied_warehouse(songjiang_warehouse, tmp_path / "warehouse")


def test_readers_go_on_reading_while_a_build_replaces_the_file(
    seeds: Path, published: Path
) -> None:
    warehouse = published
    before = checksum(warehouse / "budget.duckdb")
    with duckdb.connect(str(warehouse / "budget.duckdb"), read_only=True) as reader:
        count = "select count(*) from marts.dim_disclosures"
        copied(SONGJIANG, seeds, "another")
        running = subprocess.Popen(
            [sys.executable, "-m", "budget_warehouse", "build"],
            cwd=REPOSITORY,
            env=environment(seeds, warehouse),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        reads = 0
        while running.poll() is None:
            assert reader.execute(count).fetchone() == (1,)
            with duckdb.connect(str(warehouse / "budget.duckdb"), read_only=True) as newcomer:
                assert newcomer.execute(count).fetchone() in [(1,), (2,)]
            reads += 1
            time.sleep(0.2)
        assert running.returncode == 0
        assert reads
        assert reader.execute(count).fetchone() == (1,)
    with duckdb.connect(str(warehouse / "budget.duckdb"), read_only=True) as newcomer:
        assert newcomer.execute(count).fetchone() == (2,)
    (version,) = (warehouse / "versions").glob("budget-*Z.duckdb")
    assert checksum(version) == before


def test_a_killed_build_leaves_the_published_file_whole(
    seeds: Path, published: Path, songjiang_warehouse: Built
) -> None:
    warehouse = published
    before = checksum(warehouse / "budget.duckdb")
    copied(SONGJIANG, seeds, "another")
    for part in (0.4, 0.85):
        running = subprocess.Popen(
            [sys.executable, "-m", "budget_warehouse", "build"],
            cwd=REPOSITORY,
            env=environment(seeds, warehouse),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(songjiang_warehouse.seconds * part)
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        if checksum(warehouse / "budget.duckdb") != before:
            break  # the machine was fast, and the whole new warehouse was already out
    after = build(seeds, warehouse)
    assert after.status == 0, after.output
    assert after.value("select count(*) from marts.dim_disclosures") == 2
    assert not (warehouse / "build.duckdb").exists()
    for version in (warehouse / "versions").glob("*.duckdb"):
        with duckdb.connect(str(version), read_only=True) as connection:
            count = connection.execute("select sum(amount_yuan) from marts.expenditures")
            assert count.fetchone() in [(Decimal("38993676.17"),), (Decimal("77987352.34"),)]


def test_one_build_at_a_time(seeds: Path, tmp_path: Path) -> None:
    from budget_warehouse.storage.warehouse import Warehouse

    with Warehouse(seeds, tmp_path / "warehouse").exclusively():
        second = build(seeds, tmp_path / "warehouse")
    assert second.status == 1
    assert "Another build is writing" in second.output


def test_a_pipeline_that_loses_money_publishes_nothing(
    seeds: Path, published: Path, tmp_path: Path
) -> None:
    """A clone of the code in which one model drops the project expenditure."""
    clone = tmp_path / "clone"
    for folder in ("budget_warehouse", "dagster_project", "dbt_project", "seeds/reference"):
        left = shutil.ignore_patterns("target", "logs", "__pycache__")
        shutil.copytree(REPOSITORY / folder, clone / folder, ignore=left)
    before = checksum(published / "budget.duckdb")
    model = clone / "dbt_project" / "models" / "marts" / "fct_expenditures.sql"
    sound = model.read_text(encoding="utf-8")
    lossy = sound.replace("counted_nature is not null", "counted_nature = 'basic'")
    assert lossy != sound
    model.write_text(lossy, encoding="utf-8")
    broken = build(seeds, published, clone)
    assert broken.status == 1
    assert "leaf sums are the same from staging to mart" in broken.output
    assert checksum(published / "budget.duckdb") == before


def test_a_known_finding_that_disappears_publishes_nothing(seeds: Path, tmp_path: Path) -> None:
    shutil.copytree(SEEDS / "reference", seeds / "reference")
    mend = seeds / "disclosures" / SONGJIANG / "general_public_budget_by_function.csv"
    edit(mend, lambda row: row.update(note=""))
    gone = build(seeds, tmp_path / "warehouse")
    assert gone.status == 1
    assert "known_findings_are_still_found" in gone.output
    edit(
        seeds / "reference" / "known_findings.csv",
        lambda row: None,
        lambda row: row["rule_code"] != "WT-19",
    )
    assert build(seeds, tmp_path / "warehouse").status == 0


def test_strict_refuses_a_new_error(seeds: Path, tmp_path: Path) -> None:
    file = seeds / "disclosures" / SONGJIANG / "expenditure_by_function.csv"
    edit(file, lambda row: row["item_code"] == "02" and row.update(total="841,683.79"))
    strict = build(seeds, tmp_path / "warehouse", STRICT="1")
    assert strict.status == 1
    assert f"WT-07 {SONGJIANG} expenditure_by_function 2101102" in strict.output
    assert not (tmp_path / "warehouse" / "budget.duckdb").exists()
    lenient = build(seeds, tmp_path / "warehouse")
    assert lenient.status == 0, lenient.output


def test_what_goes_with_the_warehouse_cannot_unpublish_it(seeds: Path, tmp_path: Path) -> None:
    """Something is in the way of the explorer and the files; the next run writes only them."""
    warehouse = tmp_path / "warehouse"
    warehouse.mkdir()
    for name in ("site.next", "exports"):
        (warehouse / name).write_text("in the way")
    hindered = build(seeds, warehouse)
    assert hindered.status == 3, hindered.output
    assert hindered.output.count("Failed  ") == 2
    assert f"{warehouse / 'exports'} is not the link that a publication makes" in hindered.output
    assert hindered.value("select count(*) from marts.dim_disclosures") == 1
    for name in ("site.next", "exports"):
        (warehouse / name).unlink()
    mended = build(seeds, warehouse)
    assert mended.status == 0, mended.output
    assert "Unchanged" in mended.output
    assert mended.value("select count(*) from marts.publications") == 1
    assert (warehouse / "site" / "index.html").exists()
    assert (warehouse / "exports" / "datapackage.json").exists()


@pytest.mark.parametrize("client", CLIENTS)
def test_older_clients_read_the_published_file(client: str, repository_warehouse: Built) -> None:
    run = subprocess.run(
        [
            str(REPOSITORY / ".uv" / "bin" / "uv"),
            *("run", "--no-project", "--isolated", "--python", sys.executable),
            *("--with", f"duckdb=={client}", "python", "-c", QUESTIONS_OF_A_CLIENT),
            *(str(repository_warehouse.warehouse / "budget.duckdb"), RELATIONS),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    version, total, has_findings, comment, *rows = run.stdout.splitlines()
    assert version == client
    assert total == "38993676.17"
    assert has_findings == "True"
    assert comment == (
        "One row per disclosure, fund, functional item, nature and unit where rows are a unit's."
    )
    names = [name for (name,) in repository_warehouse.rows(RELATIONS)]
    assert "reconciliations.rec_narrative" in names
    assert rows == [
        f"{name} {repository_warehouse.value(f'select count(*) from {name}')}" for name in names
    ]
