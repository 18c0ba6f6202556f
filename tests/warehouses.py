"""Warehouses that tests build: the main job run as a user runs it, and what it published."""

import csv
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from forked import run_command
from lxml import html

from budget_warehouse.build.compiled import compile_project, compute
from budget_warehouse.drafts.comparison_group import attach
from budget_warehouse.landing.landing import land
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.warehouse import Warehouse

REPOSITORY = Path(__file__).parent.parent
SONGJIANG = "songjiang-city-operations-2021"
# The disclosures that tests build, count and change; the repository may hold more.
DISCLOSURES = (
    "putuo-commerce-2025-budget-department",
    "putuo-commerce-2025-budget-unit",
    "putuo-wanli-2023-budget",
    "putuo-wanli-2024-budget",
    "putuo-wanli-2025-budget",
    "shanghai-finance-2025-budget-unit",
    SONGJIANG,
)

_CACHE = REPOSITORY / ".pytest_cache"
_PARSED = _CACHE / "parsed"


def _linked_seeds(folder: Path) -> Path:
    """Link the reference lists and the files of those disclosures into a folder.

    Processes that do so at once come to the same; a scan follows links to files, none to folders.
    """
    seeds = REPOSITORY / "seeds"
    originals = [seeds / "reference"]
    for name in DISCLOSURES:
        originals += (seeds / "disclosures" / name).iterdir()
    links = {folder / original.relative_to(seeds): original for original in originals}
    for link, original in links.items():
        link.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            link.symlink_to(original)
    for link in folder.glob("disclosures/*/*"):
        if link not in links:
            link.unlink(missing_ok=True)
    return folder


SEEDS = _linked_seeds(_CACHE / "seeds")

Row = dict[str, str]


@dataclass(frozen=True)
class Built:
    """One run of the main job: its exit status, what it said, where it wrote, how long it took."""

    status: int
    output: str
    warehouse: Path
    seconds: float = 0

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a query over the published file."""
        published, judged = (self.warehouse / name for name in ("budget.duckdb", "build.duckdb"))
        file = published if published.exists() else judged
        with duckdb.connect(str(file), read_only=True) as connection:
            return connection.execute(query, values).fetchall()

    def value(self, query: str, *values: Any) -> Any:
        """Return the one value of a query over the published file."""
        ((value,),) = self.rows(query, *values)
        return value

    def judged_outcomes(self) -> dict[str, bool]:
        """Return whether each rule passes, as the pages of the report say."""
        judged = {}
        for page in (self.warehouse / "reports" / "validations").rglob("*.html"):
            for row in html.parse(page).xpath("//tr[td//i]"):
                rule = row.xpath("string(./td[2])").strip().split(" · ")[0]
                judged[rule] = bool(row.xpath("./td[1]//i[contains(@class, 'fa-check-circle')]"))
        return judged

    def outcomes(self) -> dict[str, bool]:
        """Return whether each rule that was executed passes, as dbt says in the published file."""
        query = (
            "select rule_code, bool_or(outcome = 'fail') from marts.fct_reconciliations"
            " where checked_count > 0 group by rule_code"
        )
        return {rule: not is_failed for rule, is_failed in self.rows(query)}


def environment(seeds: Path, warehouse: Path, **more: str) -> dict[str, str]:
    """Return the environment of a build from a folder of seeds into its own folder."""
    folders = {"SEEDS": str(seeds), "WAREHOUSE": str(warehouse)}
    own = ("DAGSTER", "POSTGRES", "SPARK")  # a test writes to nothing of the user's
    clean = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return clean | folders | more


def build(seeds: Path, warehouse: Path, repository: Path = REPOSITORY, /, **more: str) -> Built:
    """Run the main job and wait for it.

    A new warehouse takes over what dbt parsed for another; what is older than the models in it, the
    job parses again.
    """
    target = warehouse / "target"
    if not target.exists() and os.access(warehouse.parent, os.W_OK):
        _copy_parsed(_PARSED, target)
    started = time.monotonic()
    own = environment(seeds, warehouse, **more)
    if repository == REPOSITORY:
        status, output = run_command(repository, own, "build")
    else:  # its code is another, which no process that has ours would import
        run = subprocess.run(
            [sys.executable, "-m", "budget_warehouse", "build"],
            cwd=repository,
            env=own,
            capture_output=True,
            text=True,
            check=False,
        )
        status, output = run.returncode, run.stdout + run.stderr
    _copy_parsed(target, _PARSED)
    return Built(status, output, warehouse, time.monotonic() - started)


def compiled(folder: Path) -> Path:
    """Have dbt compile the project, once for all that is judged by it; return the folder."""
    warehouse = Warehouse(SEEDS, folder / "warehouse")
    land(warehouse.seeds, warehouse.landing)
    _copy_parsed(_PARSED, warehouse.target)
    compile_project(warehouse, folder)
    return folder


def judged(seeds: Path, folder: Path, target: Path) -> Built:
    """Compute and judge seeds by compiled statements, as the check of a draft does.

    It takes a sixth of a build: there is no job, no report and no page.
    """
    started = time.monotonic()
    warehouse = Warehouse(seeds, folder)
    land(seeds, warehouse.landing)
    with open_database(warehouse.build) as connection:
        attach(connection, warehouse.landing, warehouse.landing, [])
        compute(connection, warehouse, target)
    return Built(0, "", folder, time.monotonic() - started)


def copied_warehouse(built: Built, folder: Path) -> Path:
    """Copy a warehouse as a build left it, for what comes after."""
    return Path(shutil.copytree(built.warehouse, folder, symlinks=True))


def _copy_parsed(source: Path, target: Path) -> None:
    """Copy what dbt parsed, each file in one step, where the target has nothing as new."""
    for name in ("manifest.json", "partial_parse.msgpack"):
        if _changed_at(source / name) > _changed_at(target / name):
            target.mkdir(parents=True, exist_ok=True)
            copy = target / f"{name}.{os.getpid()}"
            shutil.copy2(source / name, copy)
            os.replace(copy, target / name)


def _changed_at(file: Path) -> float:
    return file.stat().st_mtime if file.exists() else 0


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a target of the Makefile, as a user calls it."""
    return subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )


def copied(disclosure: str, seeds: Path, name: str | None = None) -> Path:
    """Copy a disclosure of the repository into other seeds, under its own or another name.

    Under another name it is another organization's, so that the two do not stand for one document.
    """
    folder = seeds / "disclosures" / (name or disclosure)
    shutil.copytree(REPOSITORY / "seeds" / "disclosures" / disclosure, folder)
    if name:
        for file in folder.glob("*.csv"):
            edit(file, lambda row: row.update(disclosure_id=name))
        edit(folder / "disclosure.csv", lambda row: row.update(organization_name=name))
    return folder


def edit(file: Path, change: Callable[[Row], Any], keep: Callable[[Row], bool] = bool) -> None:
    """Change the rows of a raw CSV one by one, and keep only some of them."""
    columns, rows = read_csv(file)
    for row in rows:
        change(row)
    write_csv(file, columns, rows, keep)


def read_csv(file: Path) -> tuple[list[str], list[Row]]:
    """Return the columns and the rows of a raw CSV."""
    with file.open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        rows = list(reader)
        return list(reader.fieldnames or ()), rows


def write_csv(
    file: Path, columns: list[str], rows: list[Row], keep: Callable[[Row], bool] = bool
) -> None:
    """Write rows of a raw CSV: its columns, and behind them those that only the rows have."""
    named = dict.fromkeys((*columns, *(column for row in rows for column in row)))
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, list(named), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in rows if keep(row))
