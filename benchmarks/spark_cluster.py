"""A real Spark cluster on loopback: a standalone master, two workers of one core, Spark Connect."""

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measurement import look
from benchmarks.waiting import free_port, listens, wait_for

WORKERS = 2

# A few hundred rows are computed before they are compiled to the last.
_FOR_FEW_ROWS = {
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": WORKERS,
}
_FOR_MANY_ROWS = {
    "spark.sql.shuffle.partitions": 8 * WORKERS,  # Spark joins those that turn out small
}


class NoSparkError(Exception):
    """Spark or Java is not installed; the message says how to get them."""


@dataclass
class Cluster:
    """A running cluster, and where Spark Connect listens."""

    folder: Path
    master: str
    port: int
    memory: str
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def remote(self) -> str:
        return f"sc://127.0.0.1:{self.port}"

    @property
    def warehouse(self) -> Path:
        """The folder of its tables, with one for each schema."""
        return self.folder / "warehouse"

    def start(self, name: str, program: str, *arguments: str) -> None:
        """Start a server of Spark, with its log in the folder."""
        home = Path(importlib.util.find_spec("pyspark").origin).parent  # type: ignore[union-attr,arg-type]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [home / "bin" / program, *arguments],
                cwd=self.folder,
                env={
                    **{n: v for n, v in os.environ.items() if not n.startswith("SPARK")},
                    "SPARK_HOME": str(home),
                    "SPARK_LOCAL_IP": "127.0.0.1",
                    "SPARK_LOCAL_DIRS": str(self.folder / "scratch"),
                },
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_worker(self, name: str) -> None:
        """Start a worker and wait until the master knows it."""
        known = self.said("master", "Registering worker")
        self.start(
            name,
            "spark-class",
            "org.apache.spark.deploy.worker.Worker",
            *("--host", "127.0.0.1", "--cores", "1", "--memory", self.memory),
            *("--webui-port", "0"),
            *("--work-dir", str(self.folder / name), self.master),
        )
        wait_for(lambda: self.said("master", "Registering worker") > known)

    def kill(self, name: str) -> None:
        """Kill a server and all that it started, as a machine that loses its power would."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def cpu_seconds(self) -> float:
        """Return what all of it has used since it was started."""
        return sum(look(process.pid).cpu_seconds for process in self.processes.values())

    def resident_bytes(self) -> int:
        """Return the memory that all of it holds now; a Java machine hardly gives any back."""
        return sum(look(process.pid).resident_bytes for process in self.processes.values())

    def said(self, name: str, words: str) -> int:
        """Return how often the log of a server says something."""
        return (self.folder / f"{name}.log").read_text(encoding="utf-8").count(words)


@contextmanager
def running_cluster(
    scratch: Path | None = None, memory: str = "1g", is_for_few_rows: bool = True
) -> Iterator[Cluster]:
    """Set up a cluster with an empty catalog, run it while the block lasts, and remove it.

    Args:
        scratch: where its folder goes; among the temporary files where this is None.
        memory: of each worker, and of the driver.
        is_for_few_rows: whether starting fast matters more than computing fast.

    Raises:
        NoSparkError: Spark or Java is not installed.
    """
    if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
        raise NoSparkError(
            "Spark is not installed, so nothing was run on it: apt-get install"
            " default-jre-headless, and make .venv/installed-spark"
        )
    folder = Path(tempfile.mkdtemp(prefix="spark-", dir=scratch))
    port = free_port()
    cluster = Cluster(folder, f"spark://127.0.0.1:{port}", free_port(), memory)
    try:
        cluster.start(
            "master",
            "spark-class",
            "org.apache.spark.deploy.master.Master",
            *("--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"),
        )
        wait_for(lambda: listens(port))
        for number in range(WORKERS):
            cluster.start_worker(f"worker-{number + 1}")
        settings = {
            "spark.connect.grpc.binding.address": "127.0.0.1",
            "spark.connect.grpc.binding.port": cluster.port,
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.memory": memory,
            "spark.executor.memory": memory,
            "spark.hadoop.javax.jdo.option.ConnectionURL": (
                f"jdbc:derby:;databaseName={folder / 'catalog'};create=true"
            ),
            "spark.sql.catalogImplementation": "hive",
            "spark.sql.warehouse.dir": cluster.warehouse,
            "spark.ui.enabled": "false",
            **(_FOR_FEW_ROWS if is_for_few_rows else _FOR_MANY_ROWS),
        }
        cluster.start(
            "connect",
            "spark-submit",
            *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer"),
            *("--master", cluster.master),
            *(part for name, value in settings.items() for part in ("--conf", f"{name}={value}")),
            "spark-internal",
        )
        wait_for(lambda: listens(cluster.port))
        yield cluster
    finally:
        for name in list(cluster.processes):
            cluster.kill(name)
        time.sleep(0.5)  # what the killed still had open
        shutil.rmtree(folder, ignore_errors=True)
