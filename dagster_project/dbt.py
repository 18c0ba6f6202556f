"""dbt as a child process: started once for a command, never outliving the run that started it."""

import shutil
from collections.abc import Mapping
from functools import cached_property
from importlib.metadata import version
from typing import Any

from dagster_dbt import DbtCliResource, DbtProject
from packaging.version import Version

from budget_warehouse.build.dbt import link_project
from budget_warehouse.engines import engine
from budget_warehouse.storage.warehouse import DBT_PROJECT, Warehouse

VARIABLES = ("--vars", "only_affected: true")  # the same for parse and build, or dbt parses twice
BUILD = ("build", "--exclude-resource-type", "unit_test", *VARIABLES)


class Dbt(DbtCliResource):
    """dbt without the second process and the connection that dagster-dbt would add.

    Both cost seconds and nothing here uses them: the version is that of the installed package, and
    rows are counted by models, not through an adapter.
    """

    @cached_property
    def _cli_version(self) -> Version:
        return Version(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Any) -> Any:
        return None


def linked_project(warehouse: Warehouse) -> DbtProject:
    """Return the dbt project as dagster-dbt knows it: linked into the warehouse, with its lists."""
    chosen = engine()
    target = chosen.target(warehouse)
    return DbtProject(
        link_project(warehouse, target),
        profiles_dir=DBT_PROJECT,
        target_path=target,
        target=chosen.name,
    )


def dbt_of(project: DbtProject, environment: Mapping[str, str]) -> Dbt:
    """Return the dbt of a project; where the system can, it ends with its parent.

    A dbt left behind would hold the files of the warehouse against the next build.
    """
    setpriv = shutil.which("setpriv")
    command = [setpriv, "--pdeathsig", "KILL"] if setpriv else []
    # Not in this process's own environment, which says with other paths where the warehouse is.
    command += ["env", *(f"{name}={value}" for name, value in environment.items())]
    command += engine().dbt_command
    return Dbt(
        project_dir=str(project.project_dir),
        profiles_dir=str(project.profiles_dir),
        target=project.target,
        dbt_executable=str(shutil.which(command[0])),
        global_config_flags=command[1:],
    )
