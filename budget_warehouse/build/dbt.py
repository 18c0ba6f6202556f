"""The dbt project as a build runs it: a folder of links, with one warehouse's reference lists."""

import os
import shutil
import sys
from pathlib import Path

from budget_warehouse.contract.reference_lists.contract import list_file, reference_lists
from budget_warehouse.storage.warehouse import DBT_PROJECT, Warehouse

DBT: tuple[str, ...] = (
    sys.executable,
    "-P",
    str(Path(__file__).with_name("dbt_process.py")),
)

_WRITTEN = ("logs", "target")  # by dbt, when it is run by hand in the project


class DbtFailedError(Exception):
    """dbt could not build a model, or a test failed; its log says which."""


def link_project(warehouse: Warehouse, target: Path) -> Path:
    """Link the dbt project below its target, with a warehouse's reference lists; return the folder.

    What dbt runs for a seed it also writes below its target, at the seed's path in the project. A
    path that leads out of the project would lead out of the target, even onto the list itself.
    The lists are linked one by one: dbt would stumble over what editors keep beside them.
    """
    os.umask(0o022)  # the first to make the warehouse's folder, which is for readers
    folder = target / "project"
    lists = folder / "reference"
    if lists.is_symlink():
        lists.unlink()
    lists.mkdir(parents=True, exist_ok=True)
    links = {
        folder / path.name: path for path in DBT_PROJECT.iterdir() if path.name not in _WRITTEN
    }
    links |= {
        lists / f"{name}.csv": list_file(warehouse.reference, name) for name in reference_lists()
    }
    for other in set(lists.iterdir()) - links.keys():
        other.unlink()  # a list of an earlier version
    for link, path in links.items():
        if link.is_dir() and not link.is_symlink():
            shutil.rmtree(link)  # the warehouse was copied by what follows links
        if not link.is_symlink() or link.readlink() != path:
            link.unlink(missing_ok=True)
            link.symlink_to(path)
    return folder
