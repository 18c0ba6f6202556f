"""The product's own SQL with nothing around it: what the engine takes for it, at the least.

After a build, the target folder of its warehouse holds every statement as dbt compiled it. They run
here on one DuckDB connection, in the order of that build and batch after batch, within the same
MEMORY_LIMIT, into scratch files: without contracts, tests, comments, or a process that decides what
comes next. What comes of them is compared with what is published, so that they cannot be others.
"""

import argparse
import json
import sys
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.same import differences, print_differences
from benchmarks.scratch import (
    Cost,
    attach_landing,
    batches,
    executed,
    open_scratch,
    print_costs,
    reference_lists,
    summed,
    total,
)
from budget_warehouse.build.compiled import Statement, compiled_statements, create_schemas
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import Warehouse, without

COSTS = "costs.json"

# The last models of what `by_hand` computes too; all that they read belongs to it. Of the
# disclosures they read only which there are, not whether their totals tie.
_HOT_PATH = ("model.budget.fct_published_amounts", "model.budget.int_checks_of_compared_amounts")
_NOT_READ_BY = "model.budget.dim_disclosures"


def statements(warehouse: Warehouse) -> list[Statement]:
    """Return what the last build of a warehouse executed, in that order."""
    return compiled_statements(warehouse.target, reference_lists(warehouse))


def hot_path(warehouse: Warehouse) -> set[str]:
    """Return the identifiers of the models that `by_hand` computes, or something in their place."""
    manifest = json.loads((warehouse.target / "manifest.json").read_bytes())
    return _with_ancestors(_HOT_PATH, manifest["parent_map"])


def compute(
    models: Sequence[Statement], warehouse: Warehouse, batch: Collection[str], into: Path
) -> list[Cost]:
    """Execute the models over one batch into a folder; return what each cost."""
    working = into / warehouse.working.name
    without(working)
    # dbt's relations name these files as their databases.
    with open_scratch(into / warehouse.build.name) as connection:
        connection.execute(f"attach {literal(working)} as {working.stem}")
        attach_landing(connection, warehouse, batch)
        create_schemas(connection, models)
        return [executed(connection, model.name, model.text) for model in models]


def _with_ancestors(names: Iterable[str], parents: Any) -> set[str]:
    seen: set[str] = set()
    open_names = list(names)
    while open_names:
        name = open_names.pop()
        if name not in seen:
            seen.add(name)
            open_names += parents[name] if name != _NOT_READ_BY else ()
    return seen


def main() -> None:
    """Print what each model cost, the highest first, and whether the rows are those published."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compiled", description=__doc__)
    parser.add_argument("--warehouse", type=Path, required=True, help="folder of a built warehouse")
    parser.add_argument("--into", type=Path, required=True, help="folder for scratch files")
    parser.add_argument("--batch", type=int, help="only this one, counted from 0; compare nothing")
    given = parser.parse_args()
    warehouse = Warehouse(Path(), given.warehouse.absolute())
    models, planned = statements(warehouse), batches(warehouse)
    costs: list[Cost] = []
    is_different = False
    for number, batch in enumerate(planned):
        if given.batch in (None, number):
            costs += compute(models, warehouse, batch, given.into)
        if given.batch is None:
            different = differences(warehouse.published, given.into / warehouse.build.name, batch)
            print_differences(different)
            is_different = is_different or bool(different)
    identifiers = hot_path(warehouse)
    names = {model.name for model in models if model.unique_id in identifiers}
    hot = total("what by_hand computes too", (cost for cost in costs if cost.name in names))
    print_costs([*summed(costs), total("in all", costs), hot])
    (given.into / COSTS).write_text(
        json.dumps({"hot_path_cpu_seconds": round(hot.cpu_seconds, 2)}), encoding="utf-8"
    )
    sys.exit(is_different)


if __name__ == "__main__":
    main()
