"""The marts as readers meet them: columns, descriptions, Chinese names and keys."""

from dataclasses import dataclass

import duckdb
import yaml

from dagster_project.labels import Labels
from dagster_project.warehouse import DBT_PROJECT

# Where a column's values are labelled under another kind than the column's own name.
_KINDS = {"table_name": "table", "expense": "measure", "base_stage": "stage"}

_COLUMNS = """
    select table_name, column_name, data_type, not is_nullable, coalesce(comment, '')
    from duckdb_columns()
    where schema_name = 'marts'
    order by table_name, column_index
"""
_DESCRIPTIONS = """
    select table_name, coalesce(comment, '')
    from duckdb_tables()
    where schema_name = 'marts'
    order by table_name
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
        """Whether it holds exact decimals."""
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
    def primary_key(self) -> tuple[str, ...]:
        """The grain, where none of its columns may be null."""
        required = {column.name for column in self.columns if column.is_required}
        return self.grain if required.issuperset(self.grain) else ()


def read_marts(connection: duckdb.DuckDBPyConnection) -> list[Mart]:
    """Every mart of a published warehouse, with the keys that dbt tested before publishing it."""
    labels = Labels.read(connection)
    grains, foreign_keys = _tested_keys()
    columns: dict[str, list[Column]] = {}
    for mart, name, data_type, is_required, description in connection.execute(_COLUMNS).fetchall():
        kind = _KINDS.get(name, name)
        columns.setdefault(mart, []).append(
            Column(
                name,
                data_type,
                is_required,
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
            grains[name],
            foreign_keys[name],
        )
        for name, description in connection.execute(_DESCRIPTIONS).fetchall()
    ]


def labelled(column: Column) -> str:
    """The SQL of a column with the Chinese labels of its values; one without a label stands."""
    if not column.labels:
        return f'"{column.name}"'
    cases = " ".join(
        f"when {literal(name)} then {literal(label)}" for name, label in column.labels.items()
    )
    return f'case "{column.name}" {cases} else "{column.name}" end'


def literal(text: str) -> str:
    """A text as SQL, in DuckDB and in PostgreSQL."""
    return "'" + text.replace("'", "''") + "'"


def _tested_keys() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[ForeignKey, ...]]]:
    """The grain and the foreign keys of each mart, from the tests in `_marts.yml`.

    A relation that holds for some of the rows only, or to a table outside the marts, is no key.
    """
    text = (DBT_PROJECT / "models" / "marts" / "_marts.yml").read_text(encoding="utf-8")
    models = yaml.safe_load(text)["models"]
    names = {model["name"] for model in models}
    grains, foreign_keys = {}, {}
    for model in models:
        keys = []
        for test in model["data_tests"]:
            arguments = next(iter(test.values()))["arguments"]
            if "unique_by" in test:
                grains[model["name"]] = tuple(arguments["columns"])
            elif "known_in" in test and "where_known" not in arguments:
                columns = tuple(arguments["columns"])
                keys.append(ForeignKey(columns, _model(arguments["to"]), columns))
        for column in model["columns"]:
            for test in column.get("data_tests", ()):
                if isinstance(test, dict) and "relationships" in test:
                    arguments = test["relationships"]["arguments"]
                    referred = (arguments["field"],)
                    keys.append(ForeignKey((column["name"],), _model(arguments["to"]), referred))
        foreign_keys[model["name"]] = tuple(key for key in keys if key.mart in names)
    return grains, foreign_keys


def _model(reference: str) -> str:
    """The model that `ref('…')` names."""
    return reference.split("'")[1]
