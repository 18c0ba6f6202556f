"""The lineage and the data dictionary, as dbt documents them, on one page."""

import os
import shutil
import subprocess
from pathlib import Path

from budget_warehouse.build.dbt import DBT, link_project
from budget_warehouse.storage.warehouse import DBT_PROJECT, Warehouse


def write_documentation(warehouse: Warehouse) -> Path | None:
    """Document copies of the published warehouse, so that readers and builds go on meanwhile."""
    project = link_project(warehouse, warehouse.target)
    folder = warehouse.folder / "docs"
    target = folder / "target"
    target.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(warehouse.published, folder / "build.duckdb")
        shutil.copyfile(warehouse.landing, folder / "landing.duckdb")
        ended = subprocess.run(
            [*DBT, "--quiet", "docs", "generate", "--static", "--target-path", target],
            cwd=project,
            env={
                **os.environ,
                **warehouse.dbt_environment(),
                "WAREHOUSE": "../../docs",  # as seen from the linked project
                "DBT_PROFILES_DIR": str(DBT_PROJECT),
            },
            check=False,
        )
        if ended.returncode:
            return None
        os.replace(target / "static_index.html", folder / "index.html")
    finally:
        shutil.rmtree(target, ignore_errors=True)
        for copy in folder.glob("*.duckdb*"):
            copy.unlink()
    return folder / "index.html"
