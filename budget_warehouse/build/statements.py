"""The compiled statements of the code and lists as they are: those of a build, or new ones."""

import shutil
from pathlib import Path

from budget_warehouse.build.compiled import compile_project, is_complete
from budget_warehouse.build.plan import is_made_alike, making_sum
from budget_warehouse.build.publications import last_publication
from budget_warehouse.storage.progress import stage
from budget_warehouse.storage.warehouse import Warehouse

_MADE_BY = "made_by.txt"  # beside the compiled statements: the code and lists they are of


def statements_folder(standing: Warehouse, landed: Warehouse) -> Path:
    """Return a folder with the statements of the code and lists, compiled if needed.

    Args:
        standing: the warehouse whose last build may have left them; it keeps them.
        landed: a warehouse with the same lists whose landing file is there.

    Raises:
        DbtFailedError: dbt could not compile them; its last lines say why.
    """
    published = last_publication(standing.published)
    if published and is_made_alike(standing, published) and is_complete(standing.target):
        return standing.target
    target, made_by = standing.drafts / "target", making_sum(standing)
    mark = target / _MADE_BY
    if not (mark.exists() and mark.read_text() == made_by and is_complete(target)):
        stage("Compiling the rules, once for this version of code and lists")
        shutil.rmtree(target, ignore_errors=True)
        compile_project(landed, target)
        mark.write_text(made_by)
    return target
