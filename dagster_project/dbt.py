"""dbt as a child process: started once for a command, never outliving the run that started it."""

import os
import shutil
import sys
from collections.abc import Mapping
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dagster_dbt import DbtCliResource, DbtProject
from packaging.version import Version

from budget_warehouse.contract.reference_lists.contract import reference_lists
from budget_warehouse.storage.warehouse import DBT_PROJECT, ROOT, Warehouse, is_on_spark

VARIABLES = ("--vars", "only_affected: true")  # the same for parse and build, or dbt parses twice
BUILD = ("build", "--exclude-resource-type", "unit_test", *VARIABLES)

_WRITTEN = ("logs", "target")  # by dbt, when it is run by hand in the project

DBT = [str(Path(sys.executable).with_name("dbt"))]

_DBT_ON_SPARK = [sys.executable, "-P", str(ROOT / "budget_warehouse/engines/spark/dbt_on_spark.py")]


class Dbt(DbtCliResource):
    """dbt without the second process and the connection of its own that dagster-dbt would add.

    Both cost seconds and nothing here uses them: the version is that of the installed package, and
    rows are counted by models, not through an adapter.
    """

    @cached_property
    def _cli_version(self) -> Version:
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Any) -> Any:
        return None


def linked_project(warehouse: Warehouse) -> DbtProject:
    """The dbt project as a folder of links in the warehouse, with that warehouse's reference lists.

    What dbt runs for a seed it also writes below its target, at the seed's path in the project. A
    path that leads out of the project would lead out of the target, even onto the list itself.
    The lists are linked one by one: dbt would stumble over what editors keep beside them.
    """
    os.umask(0o022)  # the first to make the warehouse's folder, which is for readers
    folder = warehouse.target / "project"
    lists = folder / "reference"
    if lists.is_symlink():
        lists.unlink()
    lists.mkdir(parents=True, exist_ok=True)
    links = {
        folder / path.name: path for path in DBT_PROJECT.iterdir() if path.name not in _WRITTEN
    }
    files = [f"{name}.csv" for name in reference_lists()]
    links |= {lists / file: warehouse.reference / file for file in files}
    for other in set(lists.iterdir()) - links.keys():
        other.unlink()  # a list of an earlier version
    for link, path in links.items():
        if link.is_dir() and not link.is_symlink():
            shutil.rmtree(link)  # the warehouse was copied by what follows links
        if not link.is_symlink() or link.readlink() != path:
            link.unlink(missing_ok=True)
            link.symlink_to(path)
    return DbtProject(
        folder,
        profiles_dir=DBT_PROJECT,
        target_path=warehouse.target,
        target="spark" if is_on_spark() else "duckdb",
    )


def dbt_of(project: DbtProject, environment: Mapping[str, str]) -> Dbt:
    """The dbt of a project; where the system can, it ends the child when its parent is killed.

    A dbt left behind would hold the files of the warehouse against the next build.
    """
    setpriv = shutil.which("setpriv")
    command = [setpriv, "--pdeathsig", "KILL"] if setpriv else []
    # Not in this process's own environment, which says with other paths where the warehouse is.
    command += ["env", *(f"{name}={value}" for name, value in environment.items())]
    command += _DBT_ON_SPARK if is_on_spark() else DBT
    return Dbt(
        project_dir=str(project.project_dir),
        profiles_dir=str(project.profiles_dir),
        target=project.target,
        dbt_executable=str(shutil.which(command[0])),
        global_config_flags=command[1:],
    )
