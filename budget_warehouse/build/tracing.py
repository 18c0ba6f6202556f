"""Tracing: which disclosures a model, test, guard or page breaks over, by asking again over fewer.

What breaks over no disclosure at all, or over every one of them, is nobody's fault but the
pipeline's: nothing is traced then.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from budget_warehouse.build.reduction import disclosures_in, reduced
from budget_warehouse.build.set_aside import SetAside
from budget_warehouse.contract.printed_tables import reference_folder
from budget_warehouse.contract.raw_csv import DISCLOSURE, FILES, raw_tables
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import Warehouse

_GUARDS = """
    select disclosure_id, guard, subject, expected, actual
    from reconciliations.rec_integrity
    where disclosure_id is not null
        and (actual <> expected or actual is null or expected is null)
    order by all
"""

# Errors of the machine or of a query as such, whatever the rows say.
_NOT_OF_ROWS = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.IOException,
    duckdb.OutOfMemoryException,
    duckdb.ParserException,
)

_LONGEST = 200  # characters of a row or an error in a sentence


@dataclass(frozen=True)
class Node:
    """A dbt node as its run left it: a model, seed or test, with its compiled query."""

    kind: str
    name: str
    relation: tuple[str, str, str]  # database, schema, name
    query: str
    status: str
    message: str
    columns: dict[str, str]  # of an enforced contract, with their types and constraints
    raw_table: str  # of a staging model, or of the one that a test looks at


def broken_over(fails: Callable[[Collection[str]], bool], disclosures: Sequence[str]) -> list[str]:
    """Find the disclosures over which something fails, one way or another.

    Halves are asked until single ones are left. Where something fails only over several together,
    the last of them is named: put those last that came last.

    Args:
        fails: whether it fails over some disclosures and no others.
        disclosures: all of them, over which it fails.

    Returns:
        Those without which it does not fail; none where it fails over no disclosure at all.
    """
    if fails([]) or not fails(disclosures):
        return []
    broken = _broken_alone(fails, disclosures)
    while fails(others := [name for name in disclosures if name not in broken]):
        sound, failing = 0, len(others)  # so many from the start do not fail, and do
        while failing - sound > 1:
            middle = (sound + failing) // 2
            if fails(others[:middle]):
                failing = middle
            else:
                sound = middle
        broken.append(others[failing - 1])
    return broken


def _broken_alone(
    fails: Callable[[Collection[str]], bool], disclosures: Sequence[str]
) -> list[str]:
    """Return those of some disclosures over which something fails without any other."""
    if not disclosures or not fails(disclosures):
        return []
    if len(disclosures) == 1:
        return [*disclosures]
    middle = len(disclosures) // 2
    return _broken_alone(fails, disclosures[:middle]) + _broken_alone(fails, disclosures[middle:])


def broken_in_dbt(warehouse: Warehouse) -> list[SetAside]:
    """Find the disclosures over which models and tests of the last dbt run failed."""
    nodes = nodes_of_run(warehouse.target)
    broken: dict[str, SetAside] = {}
    for node in nodes:
        if node.kind == "test" and node.status in ("fail", "error"):
            for case in _broken_in_test(warehouse, nodes, node):
                broken.setdefault(case.disclosure_id, case)
        elif node.kind == "model" and node.status == "error":
            for case in _broken_in_model(warehouse, nodes, node):
                broken.setdefault(case.disclosure_id, case)
    return list(broken.values())


def dbt_failure(target: Path) -> str:
    """Say in one sentence what dbt could not build and which tests failed, and where its log is."""
    failed = [node for node in nodes_of_run(target) if node.status in ("error", "fail")]
    sentence = "; ".join(
        f"the {node.kind} {node.name} failed ({first_line(node.message)})" for node in failed[:5]
    )
    more = f"; and {len(failed) - 5:,} more" if len(failed) > 5 else ""
    return f"In dbt {sentence or 'nothing was built'}{more}. The whole log is {target / 'dbt.log'}."


def broken_guards(warehouse: Warehouse) -> list[SetAside]:
    """Find the disclosures of which the build lost or doubled something."""
    with open_database(warehouse.build, read_only=True) as connection:
        rows = connection.execute(_GUARDS).fetchall()
    broken: dict[str, SetAside] = {}
    for disclosure_id, guard, subject, expected, actual in rows:
        reason = (
            f"the guard “{guard}” fails for it ({subject}: {expected} expected, {actual} built)"
        )
        broken.setdefault(disclosure_id, SetAside(disclosure_id, DISCLOSURE, reason))
    return list(broken.values())


def broken_by_writing(
    file: Path, write: Callable[[Path], object], what: str, error: Exception
) -> list[SetAside]:
    """Find the disclosures over which something cannot be written from a warehouse.

    Args:
        file: the warehouse.
        write: writes it from the file of a warehouse that it is given, into the folder of that.
        what: what is written, in words.
        error: what was raised when it was written from the whole file.
    """
    raised: dict[str, Exception] = {}

    def fails(disclosures: Collection[str]) -> bool:
        with reduced(file, disclosures) as copy:
            try:
                write(copy)
            except (OSError, MemoryError, *_NOT_OF_ROWS):
                return False
            except Exception as error_of_part:
                raised.update(dict.fromkeys(disclosures, error_of_part))
                return True
        return False

    return [
        SetAside(
            name,
            DISCLOSURE,
            f"{what} cannot be written with it ({named(raised.get(name, error))})",
        )
        for name in broken_over(fails, disclosures_in(file))
    ]


def named(error: Exception) -> str:
    """Return an exception in one line, with its kind."""
    return first_line(f"{type(error).__name__}: {error}")


def _broken_in_test(warehouse: Warehouse, nodes: list[Node], test: Node) -> list[SetAside]:
    """Name the disclosures by a test's rows; run one without names again over fewer."""
    with suppress(duckdb.Error), _attached(warehouse) as connection:
        cursor = connection.execute(test.query)
        columns = [column[0] for column in cursor.description or ()]
        if "disclosure_id" in columns:
            rows = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
            files = raw_tables(reference_folder(warehouse.seeds))
            return [
                SetAside(
                    row["disclosure_id"],
                    row["table_name"] if row.get("table_name") in files else test.raw_table,
                    f"the test {test.name} fails for it ({description_of(row)})",
                )
                for row in rows
                if row["disclosure_id"] is not None
            ]
    return _traced(warehouse, nodes, test, f"the test {test.name} fails with it", _has_rows)


def _broken_in_model(warehouse: Warehouse, nodes: list[Node], model: Node) -> list[SetAside]:
    sentence = f"the model {model.name} cannot be computed with it ({first_line(model.message)})"
    return _traced(warehouse, nodes, model, sentence, _cannot_be_computed)


def _traced(
    warehouse: Warehouse,
    nodes: list[Node],
    node: Node,
    sentence: str,
    is_broken: Callable[[duckdb.DuckDBPyConnection, Node], bool],
) -> list[SetAside]:
    with _subsets(warehouse, nodes) as connection:

        def fails(disclosures: Collection[str]) -> bool:
            connection.execute("delete from memory.main.kept")
            connection.execute(
                "insert into memory.main.kept select unnest(cast(? as text[]))", [[*disclosures]]
            )
            return is_broken(connection, node)

        # Published disclosures come first, so that a new or changed one is named.
        disclosures = [
            name
            for (name,) in connection.execute(
                "select disclosure_id from whole_landing.main.landed order by"
                " disclosure_id in (select disclosure_id from whole_landing.main.affected),"
                " disclosure_id in (select disclosure_id from whole_landing.main.landed"
                " anti join whole_landing.earlier.landed using (disclosure_id)), disclosure_id"
            ).fetchall()
        ]
        names = broken_over(fails, disclosures)
    return [SetAside(name, node.raw_table, sentence) for name in names]


def _has_rows(connection: duckdb.DuckDBPyConnection, test: Node) -> bool:
    """Return whether a test finds anything, or cannot be asked because of what some row says."""
    try:
        return bool(connection.execute(f"select exists ({test.query})").fetchall()[0][0])
    except _NOT_OF_ROWS:
        return False
    except duckdb.Error:
        return True


def _cannot_be_computed(connection: duckdb.DuckDBPyConnection, model: Node) -> bool:
    """Return whether a model's query raises an error, or its contract refuses its rows."""
    contract = ", ".join(f'"{name}" {kind}' for name, kind in model.columns.items())
    columns = ", ".join(f'"{name}"' for name in model.columns) or "*"
    rows = f"select {columns} from ({model.query}) as rows_of_model"
    try:
        if contract:
            connection.execute(f"create or replace temp table computed ({contract})")
            connection.execute(f"insert into computed {rows}")
        else:
            connection.execute(f"create or replace temp table computed as {rows}")
    except _NOT_OF_ROWS:
        return False
    except duckdb.Error:
        return True
    return False


@contextmanager
def _attached(warehouse: Warehouse, prefix: str = "") -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the databases of a build as dbt sees them, under their names or other ones."""
    with open_database() as connection:
        for file in (warehouse.landing, warehouse.working, warehouse.build):
            connection.execute(f"attach {literal(file)} as {prefix}{file.stem}")
        yield connection


@contextmanager
def _subsets(warehouse: Warehouse, nodes: list[Node]) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the databases of a build as they would be of the disclosures in `kept` alone.

    What is stored by disclosure is looked at through views; all else is computed again from those.
    """
    with _attached(warehouse, "whole_") as connection:
        connection.execute("create table memory.main.kept (disclosure_id text)")
        for file in (warehouse.landing, warehouse.working, warehouse.build):
            connection.execute(f"attach ':memory:' as {file.stem}")
        stored = _stored_by_disclosure(connection)
        for schema, table in connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name ="
            " 'whole_landing' union all select schema_name, view_name from duckdb_views()"
            " where database_name = 'whole_landing' and not internal"
        ).fetchall():
            _look_through(connection, ("landing", schema, table), stored)
        for node in nodes:
            if node.kind == "seed":
                _look_through(connection, node.relation, {})
            elif node.kind == "model" and node.status == "success":
                if node.relation in stored and not stored[node.relation]:
                    _look_through(connection, node.relation, stored)
                else:
                    _create_view(connection, node.relation, node.query)
        yield connection


def _stored_by_disclosure(
    connection: duckdb.DuckDBPyConnection,
) -> dict[tuple[str, str, str], bool]:
    """Return the relations that have a column `disclosure_id`, and whether each is a view."""
    rows = connection.execute(
        "select database_name, schema_name, table_name, (database_name, schema_name, table_name)"
        " in (select (database_name, schema_name, view_name) from duckdb_views())"
        " from duckdb_columns() where column_name = 'disclosure_id'"
        " and database_name like 'whole%'"
    ).fetchall()
    return {
        (database.removeprefix("whole_"), schema, table): is_view
        for database, schema, table, is_view in rows
    }


def _look_through(
    connection: duckdb.DuckDBPyConnection,
    relation: tuple[str, str, str],
    stored: dict[tuple[str, str, str], bool],
) -> None:
    database, schema, name = relation
    kept = "where disclosure_id is null or disclosure_id in (from memory.main.kept)"
    query = f'select * from whole_{database}."{schema}"."{name}"'
    _create_view(connection, relation, f"{query} {kept}" if relation in stored else query)


def _create_view(
    connection: duckdb.DuckDBPyConnection, relation: tuple[str, str, str], query: str
) -> None:
    database, schema, name = relation
    connection.execute(f'create schema if not exists {database}."{schema}"')
    connection.execute(f'create view {database}."{schema}"."{name}" as {query}')


def nodes_of_run(target: Path) -> list[Node]:
    """Return the nodes of the last dbt run in the order in which they ran; none if it left none."""
    try:
        results = json.loads((target / "run_results.json").read_bytes())["results"]
        manifest = json.loads((target / "manifest.json").read_bytes())["nodes"]
    except (FileNotFoundError, ValueError):  # a disk that filled may have cut it short
        return []
    return [
        _node(result, manifest[result["unique_id"]], manifest)
        for result in results
        if result["unique_id"] in manifest
    ]


def _node(result: dict[str, Any], node: dict[str, Any], manifest: dict[str, Any]) -> Node:
    kind = node["resource_type"]
    columns = {}
    if kind == "model" and node["config"].get("contract", {}).get("enforced"):
        columns = {
            name: column["data_type"]
            + (
                " not null"
                if any(limit["type"] == "not_null" for limit in column.get("constraints", ()))
                else ""
            )
            for name, column in node["columns"].items()
        }
    model = node if kind == "model" else manifest.get(node.get("attached_node") or "", {})
    raw_table = str(model.get("name", "")).removeprefix("stg_")
    return Node(
        kind=kind,
        name=node["name"],
        relation=(node["database"], node["schema"], node.get("alias") or node["name"]),
        query=(result.get("compiled_code") or node.get("compiled_code") or "").strip().rstrip(";"),
        status=result["status"],
        message=result["message"] or "",
        columns=columns,
        raw_table=raw_table if raw_table in FILES else DISCLOSURE,
    )


def description_of(row: dict[str, Any]) -> str:
    """Return a row of a test in words, without what is said already."""
    values = {name: value for name, value in row.items() if name != "disclosure_id"}
    return _short(", ".join(f"{name} {value}" for name, value in values.items()))


def first_line(message: str) -> str:
    """Return what an error says, without where in a query and without the colours of a terminal."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", message)
    lines = [line.strip() for line in plain.splitlines() if line.strip()]
    named = [line for line in lines if "Error" in line and not line.startswith("Runtime Error in")]
    return _short((named or lines or ["no message"])[0])


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
