"""The marts as readers meet them: columns, descriptions, Chinese names and keys."""

from dataclasses import dataclass

import duckdb

from budget_warehouse.contract.labels import Labels
from budget_warehouse.contract.reference_lists.contract import declared_marts
from budget_warehouse.storage.sql import literal

# The kind under which a column's values are labelled, if it is not the column's own name.
_KINDS = {
    "table_name": "table",
    "expense": "measure",
    "base_stage": "stage",
    "spoken_severity": "severity",
}

_COLUMNS = """
    select table_name, column_name, data_type, coalesce(comment, '')
    from duckdb_columns()
    where schema_name = 'marts'
    order by table_name, column_index
"""
_DESCRIPTIONS = """
    select table_name, coalesce(comment, '') from duckdb_tables() where schema_name = 'marts'
    union all
    select view_name, coalesce(comment, '') from duckdb_views() where schema_name = 'marts'
    order by 1
"""


@dataclass(frozen=True)
class Column:
    """A column; `labels` holds the Chinese label of each value that has one."""

    name: str
    type: str
    is_required: bool
    description: str
    label: str
    labels: dict[str, str]

    @property
    def is_decimal(self) -> bool:
        """True where it holds exact decimals."""
        return self.type.startswith("DECIMAL")


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a mart that stand in another mart."""

    columns: tuple[str, ...]
    mart: str
    referred: tuple[str, ...]


@dataclass(frozen=True)
class Mart:
    """A table of the published warehouse; its `grain` may hold nulls, a primary key may not."""

    name: str
    label: str
    description: str
    columns: tuple[Column, ...]
    grain: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]

    @property
    def rows(self) -> str:
        """Its rows as SQL."""
        return f"from marts.{self.name}"

    @property
    def primary_key(self) -> tuple[str, ...]:
        """The grain, where none of its columns may be null."""
        required = {column.name for column in self.columns if column.is_required}
        return self.grain if required.issuperset(self.grain) else ()


@dataclass(frozen=True)
class _Promise:
    """The tests of a mart by dbt: its grain, the columns without nulls, the foreign keys."""

    grain: tuple[str, ...]
    required: frozenset[str]
    foreign_keys: tuple[ForeignKey, ...]


_NO_PROMISE = _Promise((), frozenset(), ())  # of a mart that only an earlier version published


def read_marts(connection: duckdb.DuckDBPyConnection) -> list[Mart]:
    """Return every mart of a published warehouse, with the keys that dbt tested."""
    labels = Labels.read(connection)
    promises = _promises()
    columns: dict[str, list[Column]] = {}
    for mart, name, data_type, description in connection.execute(_COLUMNS).fetchall():
        kind = _KINDS.get(name, name)
        columns.setdefault(mart, []).append(
            Column(
                name,
                data_type,
                name in promises.get(mart, _NO_PROMISE).required,
                description.strip(),
                labels.of("column", name),
                {value: labels.of(kind, value) for value in labels.names(kind)},
            )
        )
    return [
        Mart(
            name,
            labels.of("mart", name),
            description.strip(),
            tuple(columns[name]),
            promises.get(name, _NO_PROMISE).grain,
            promises.get(name, _NO_PROMISE).foreign_keys,
        )
        for name, description in connection.execute(_DESCRIPTIONS).fetchall()
    ]


def labelled(column: Column) -> str:
    """Return the SQL of a column with Chinese labels for its values; one without a label stands."""
    if not column.labels:
        return f'"{column.name}"'
    cases = " ".join(
        f"when {literal(name)} then {literal(label)}" for name, label in column.labels.items()
    )
    return f'case "{column.name}" {cases} else "{column.name}" end'


def _promises() -> dict[str, _Promise]:
    """Return what the constraints and tests that dbt declares say of each mart.

    A relation that holds for some of the rows only, or to a table outside the marts, is no key.
    """
    models = declared_marts()
    marts = {model["name"] for model in models}
    promises = {}
    for model in models:
        grain: tuple[str, ...] = ()
        required, foreign_keys = set(), []
        for test in model["data_tests"]:
            arguments = next(iter(test.values()))["arguments"]
            if "unique_by" in test:
                grain = tuple(arguments["columns"])
            elif "known_in" in test and "where_known" not in arguments:
                columns = tuple(arguments["columns"])
                foreign_keys.append(ForeignKey(columns, _model(arguments["to"]), columns))
        for column in model["columns"]:
            tests = column.get("data_tests", ())
            if "not_null" in tests or {"type": "not_null"} in column.get("constraints", ()):
                required.add(column["name"])
            for test in tests:
                if "relationships" in test:
                    arguments = test["relationships"]["arguments"]
                    referred = (arguments["field"],)
                    mart = _model(arguments["to"])
                    foreign_keys.append(ForeignKey((column["name"],), mart, referred))
        promises[model["name"]] = _Promise(
            grain, frozenset(required), tuple(key for key in foreign_keys if key.mart in marts)
        )
    return promises


def _model(reference: str) -> str:
    """Return the model that `ref('…')` names."""
    return reference.split("'")[1]
