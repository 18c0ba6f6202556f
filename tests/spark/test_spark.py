"""The same disclosures on DuckDB and on a real cluster: the same rows in every table."""

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from broken_stages import cloned, inject
from pyspark.sql.connect.session import SparkSession
from warehouses import REPOSITORY, SEEDS, SONGJIANG, Built, build, copied, edit, environment

from benchmarks.comparison import differences_of_spark
from benchmarks.spark_cluster import Cluster, running_cluster
from benchmarks.waiting import wait_for

DISCLOSURES = "select count(*) from marts.dim_disclosures"


@dataclass(frozen=True)
class Both:
    """One input and its warehouses on both engines."""

    cluster: Cluster
    seeds: Path
    on_spark: Path
    on_duckdb: Path

    def build_on_spark(self, **more: str) -> Built:
        return build(self.seeds, self.on_spark, SPARK_REMOTE=self.cluster.remote, **more)

    def build_on_duckdb(self) -> Built:
        return build(self.seeds, self.on_duckdb)

    @contextmanager
    def session(self) -> Iterator[SparkSession]:
        """A new one: an old one looks for the files of the tables as it first read them.

        One that outlived the cluster would look for it for minutes.
        """
        session = SparkSession.builder.remote(self.cluster.remote).create()
        try:
            yield session
        finally:
            session.stop()

    def value(self, query: str) -> Any:
        """The one value of a query over what the cluster has published."""
        with self.session() as spark:
            ((value,),) = spark.sql(query).collect()
        return value


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """The seeds of the repository and a generated set, built on both engines."""
    folder = tmp_path_factory.mktemp("spark")
    seeds = folder / "seeds"
    shutil.copytree(SEEDS / "disclosures", seeds / "disclosures")
    generate = ["--organizations", "8", "--years", "3", "--seed", "8", "--errors", "300"]
    subprocess.run(
        [sys.executable, "-m", "benchmarks.generator", *generate, "--into", folder / "made"],
        cwd=REPOSITORY,
        check=True,
    )
    for made in (folder / "made" / "disclosures").iterdir():
        shutil.copytree(made, seeds / "disclosures" / made.name)
    with running_cluster() as cluster:
        both = Both(cluster, seeds, folder / "on_spark", folder / "on_duckdb")
        built = both.build_on_spark()
        assert built.status == 0, built.output
        built = both.build_on_duckdb()
        assert built.status == 0, built.output
        yield both


def differences(both: Both) -> dict[str, Any]:
    """List differences between the published tables, those of the cluster read by Spark."""
    with both.session() as spark:
        return differences_of_spark(
            lambda connection, schema, table: connection.from_arrow(
                spark.table(f"{schema}.{table}").toArrow()
            ),
            both.on_duckdb / "budget.duckdb",
        )


def test_every_table_is_the_same_row_by_row(both: Both) -> None:
    assert both.value(DISCLOSURES) == 7 + 8 * 3
    assert both.value("select count(*) from marts.fct_reconciliations where outcome = 'fail'")
    assert differences(both) == {}


def test_great_expectations_says_the_same(both: Both) -> None:
    judged = {
        name: Built(0, "", folder).judged_outcomes()
        for name, folder in (("spark", both.on_spark), ("duckdb", both.on_duckdb))
    }
    assert len(judged["duckdb"]) > 100
    assert not all(judged["duckdb"].values())
    assert judged["spark"] == judged["duckdb"]


def test_what_changed_while_a_worker_is_killed(both: Both) -> None:
    """One changed, one withdrawn; a worker dies in the middle: still the same as on DuckDB."""
    file = both.seeds / "disclosures" / SONGJIANG / "expenditure_by_function.csv"
    edit(file, lambda row: row.update(project=row["project"] and "1234567.89"))
    made = sorted(path for path in (both.seeds / "disclosures").iterdir() if "synth" in path.name)
    shutil.rmtree(made[0])
    before = _created(both)
    killed = threading.Thread(target=_kill_a_worker, args=[both, before + 25])
    killed.start()
    built = both.build_on_spark()
    killed.join()
    assert built.status == 0, built.output
    assert "worker-1" not in both.cluster.processes
    both.cluster.start_worker("worker-3")
    assert both.build_on_duckdb().status == 0
    assert both.value(DISCLOSURES) == 7 + 8 * 3 - 1
    computed = "select max_by(computed_count, publication_number) from marts.publications"
    # The changed one, and the department of the withdrawn one with its units, in every year.
    assert both.value(computed) == 1 + 4 * 3
    assert differences(both) == {}
    again = both.build_on_spark()
    assert "Unchanged" in again.output, again.output


def _kill_a_worker(both: Both, created: int) -> None:
    wait_for(lambda: _created(both) >= created)
    both.cluster.kill("worker-1")


def _created(both: Both) -> int:
    """Count the models dbt has built so far; of its log, which grows, it keeps several files."""
    logs = (both.on_spark / "target-spark").glob("dbt.log*")
    return sum(log.read_text(encoding="utf-8").count("OK created") for log in logs)


def test_whoever_breaks_the_build_is_set_aside(both: Both, tmp_path: Path) -> None:
    """A model raises an error over one disclosure, and a data test fails over another."""
    broken = ("cast", "grain-test")
    clone = cloned(tmp_path / "clone")
    inject(clone, *broken)
    before = both.value(DISCLOSURES)
    for name in broken:
        copied(SONGJIANG, both.seeds, name)
    built = build(both.seeds, both.on_spark, clone, SPARK_REMOTE=both.cluster.remote)
    assert built.status == 3, built.output
    assert both.value(DISCLOSURES) == before
    reasons = "select count(*) from marts.fct_rejected_rows where reason like '{}'"
    assert both.value(reasons.format("Set aside: the model stg_statements%")) == 1
    assert both.value(reasons.format("Set aside: the test unique_by_stg_performance_targets%")) == 1


def test_a_value_that_cannot_be_read_stops_the_build(both: Both) -> None:
    """Landing refuses such a value; this one was put behind its back."""
    with both.session() as spark:
        spark.sql(
            "insert into landing.statements by name"
            " select * except (row_number), 'twelve' as row_number from landing.statements limit 1"
        )
    command = [
        sys.executable,
        "-P",
        str(REPOSITORY / "budget_warehouse/engines/spark/dbt_on_spark.py"),
    ]
    for dbt, words in (
        (command, "twelve"),
        ([str(Path(sys.executable).with_name("dbt"))], "leaves ANSI mode on"),
    ):
        run = subprocess.run(
            [*dbt, "run", "--target", "spark", "--select", "stg_statements"],
            cwd=REPOSITORY / "dbt_project",
            env=environment(both.seeds, both.on_spark, SPARK_REMOTE=both.cluster.remote),
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode != 0
        assert words in run.stdout
