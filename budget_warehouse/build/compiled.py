"""The statements that dbt compiled, executed on one DuckDB connection without dbt around them.

A build leaves them in its target folder. A draft is judged by them in seconds, and a benchmark
measures them.
"""

import csv
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from budget_warehouse.build.dbt import DBT, DbtFailedError, link_project
from budget_warehouse.contract.reference_lists.contract import list_file
from budget_warehouse.storage.progress import progress
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import DBT_PROJECT, Warehouse

_MANIFEST, _RESULTS = "manifest.json", "run_results.json"
_DONE = ("success", "pass")
_CREATED = ("table", "view")


class UnknownMaterializationError(Exception):
    """dbt built a model in a way that this module does not repeat."""


@dataclass(frozen=True)
class Statement:
    """A model or reference list: its relation, and the statement that makes it."""

    unique_id: str
    name: str
    relation: str
    text: str


def compiled_statements(target: Path, lists: Path) -> list[Statement]:
    """Return the statements in the order in which dbt ran or compiled them.

    Args:
        target: the folder in which dbt left its manifest and the results of its last run.
        lists: the folder of the reference lists, of which each statement reads its own.

    Raises:
        OSError: the folder holds no run.
        UnknownMaterializationError: a model is neither table nor view.
    """
    nodes = _nodes(target)
    return [_statement(nodes[name], code, lists) for name, code in _compiled_codes(target)]


def is_complete(target: Path) -> bool:
    """Return whether dbt's last run there came to its end and left every statement."""
    try:
        nodes, results = _nodes(target), _results(target)
    except (OSError, ValueError):
        return False
    built = {
        name
        for name, node in nodes.items()
        if node["resource_type"] == "seed"
        or (node["resource_type"] == "model" and node["config"]["materialized"] in _CREATED)
    }
    return built <= {one["unique_id"] for one in results if one["status"] in _DONE}


def compile_project(warehouse: Warehouse, into: Path) -> None:
    """Have dbt compile the project for a warehouse whose landing file is there.

    Args:
        warehouse: the warehouse, which has the reference lists.
        into: the folder that gets the statements, to be read by `compiled_statements`.

    Raises:
        DbtFailedError: dbt could not; its last lines say why.
    """
    target = warehouse.target
    project = link_project(warehouse, target)
    run = subprocess.run(
        [
            *(*DBT, "--quiet", "compile", "--vars", "only_affected: true"),
            *("--select", "resource_type:model", "--select", "resource_type:seed"),
            *("--indirect-selection", "empty", "--no-populate-cache", "--no-introspect"),
            *("--profiles-dir", DBT_PROJECT, "--target", "duckdb", "--target-path", target),
        ],
        cwd=project,
        env=os.environ | warehouse.dbt_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise DbtFailedError((run.stdout + run.stderr).strip()[-2_000:])
    into.mkdir(parents=True, exist_ok=True)
    for name in (_MANIFEST, _RESULTS):
        shutil.copyfile(target / name, into / name)


def compute(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse, target: Path) -> None:
    """Execute the statements of a target in the build file of a warehouse.

    Args:
        connection: the open build file, with what was landed attached as `landing`.
        warehouse: the warehouse; its reference lists are read.
        target: the folder of the compiled statements.
    """
    statements = compiled_statements(target, warehouse.reference)
    connection.execute(f"attach {literal(warehouse.working)} as {warehouse.working.stem}")
    create_schemas(connection, statements)
    for statement in progress(statements, "Judging", "model"):
        connection.execute(statement.text)


def create_schemas(connection: duckdb.DuckDBPyConnection, statements: Iterable[Statement]) -> None:
    """Create the schemas of the statements' relations."""
    for schema in dict.fromkeys(one.relation.rpartition(".")[0] for one in statements):
        connection.execute(f"create schema if not exists {schema}")


def _nodes(target: Path) -> dict[str, Any]:
    nodes: dict[str, Any] = json.loads((target / _MANIFEST).read_bytes())["nodes"]
    return nodes


def _results(target: Path) -> list[Any]:
    results: list[Any] = json.loads((target / _RESULTS).read_bytes())["results"]
    return results


def _compiled_codes(target: Path) -> Iterator[tuple[str, str]]:
    """Yield each table, view and list with its compiled code, which a list does not have."""
    nodes = _nodes(target)
    for result in _results(target):
        name = result["unique_id"]
        node = nodes.get(name)
        if node is None or node["resource_type"] not in ("model", "seed"):
            continue
        if node["config"]["materialized"] != "ephemeral":
            yield name, result["compiled_code"] or ""


def _statement(node: Any, code: str, lists: Path) -> Statement:
    relation = node["relation_name"]
    text = (
        _list_text(node, relation, lists)
        if node["resource_type"] == "seed"
        else _model_text(node, relation, code)
    )
    return Statement(node["unique_id"], node["name"], relation, text)


def _model_text(node: Any, relation: str, code: str) -> str:
    materialization = node["config"]["materialized"]
    if materialization not in _CREATED:
        raise UnknownMaterializationError(f"{node['name']} is built as {materialization}.")
    return f"create {materialization} {relation} as (\n{code}\n)"


def _list_text(node: Any, relation: str, lists: Path) -> str:
    """Read a reference list; lines that a spreadsheet leaves blank are no rows."""
    file = list_file(lists, Path(node["original_file_path"]).stem)
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
