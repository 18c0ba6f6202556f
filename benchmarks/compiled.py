"""The product's own SQL with nothing around it: what the engine takes for it, at the least.

After a build, the target folder of its warehouse holds every statement as dbt compiled it. They run
here on one DuckDB connection, in the order of that build and batch after batch, within the same
MEMORY_LIMIT, into scratch files: without contracts, tests, comments, or a process that decides what
comes next. What comes of them is compared with what is published, so that they cannot be others.
"""

import argparse
import csv
import json
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
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
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import Warehouse, without

COSTS = "costs.json"

# The last models of what `by_hand` computes too; all that they read belongs to it. Of the
# disclosures they read only which there are, not whether their totals tie.
_HOT_PATH = ("model.budget.fct_published_amounts", "model.budget.int_checks_of_compared_amounts")
_NOT_READ_BY = "model.budget.dim_disclosures"

_CREATED = ("table", "view")


class UnknownMaterializationError(Exception):
    """dbt built a model in a way that this module does not repeat."""


@dataclass(frozen=True)
class Model:
    """A model or reference list of a build: its relation, and the statement that makes it."""

    name: str
    relation: str
    statement: str
    is_on_hot_path: bool  # whether by_hand computes it too, or something in its place


def compiled_models(warehouse: Warehouse) -> list[Model]:
    """Return what the last build of a warehouse built, in that order."""
    manifest = json.loads((warehouse.target / "manifest.json").read_bytes())
    results = json.loads((warehouse.target / "run_results.json").read_bytes())["results"]
    hot_path = _with_ancestors(_HOT_PATH, manifest["parent_map"])
    models = []
    for result in results:
        name = result["unique_id"]
        node = manifest["nodes"].get(name)
        if node is None or node["resource_type"] not in ("model", "seed"):
            continue
        relation = node["relation_name"]
        statement = (
            _list_statement(node, relation, reference_lists(warehouse))
            if node["resource_type"] == "seed"
            else _model_statement(node, relation, result["compiled_code"])
        )
        models.append(Model(node["name"], relation, statement, name in hot_path))
    return models


def compute(
    models: Sequence[Model], warehouse: Warehouse, batch: Collection[str], into: Path
) -> list[Cost]:
    """Execute the models over one batch into a folder; return what each cost."""
    schemas = dict.fromkeys(model.relation.rpartition(".")[0] for model in models)
    working = into / warehouse.working.name
    without(working)
    # dbt's relations name these files as their databases.
    with open_scratch(into / warehouse.build.name) as connection:
        connection.execute(f"attach {literal(working)} as {working.stem}")
        attach_landing(connection, warehouse, batch)
        for schema in schemas:
            connection.execute(f"create schema {schema}")
        return [executed(connection, model.name, model.statement) for model in models]


def _model_statement(node: Any, relation: str, code: str) -> str:
    materialization = node["config"]["materialized"]
    if materialization not in _CREATED:
        raise UnknownMaterializationError(f"{node['name']} is built as {materialization}.")
    return f"create {materialization} {relation} as (\n{code}\n)"


def _list_statement(node: Any, relation: str, lists: Path) -> str:
    """Read a reference list; lines that a spreadsheet leaves blank are no rows."""
    file = lists / Path(node["original_file_path"]).name
    with file.open(encoding="utf-8-sig", newline="") as source:
        names = next(csv.reader(source))
    types = node["config"]["column_types"]
    columns = ", ".join(f"{literal(name)}: {literal(types[name])}" for name in names)
    return (
        f"create table {relation} as from read_csv({literal(file)}, header = true,"
        " auto_detect = false, strict_mode = false, null_padding = true, delim = ',',"
        f" quote = '\"', escape = '\"', columns = {{{columns}}})"
        f" where concat({', '.join(names)}) <> ''"
    )


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
    models, planned = compiled_models(warehouse), batches(warehouse)
    costs: list[Cost] = []
    is_different = False
    for number, batch in enumerate(planned):
        if given.batch in (None, number):
            costs += compute(models, warehouse, batch, given.into)
        if given.batch is None:
            different = differences(warehouse.published, given.into / warehouse.build.name, batch)
            print_differences(different)
            is_different = is_different or bool(different)
    hot_path = {model.name for model in models if model.is_on_hot_path}
    hot = total("what by_hand computes too", (cost for cost in costs if cost.name in hot_path))
    print_costs([*summed(costs), total("in all", costs), hot])
    (given.into / COSTS).write_text(
        json.dumps({"hot_path_cpu_seconds": round(hot.cpu_seconds, 2)}), encoding="utf-8"
    )
    sys.exit(is_different)


if __name__ == "__main__":
    main()
