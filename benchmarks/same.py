"""Compares the rows of two DuckDB files: python -m benchmarks.same ONE OTHER."""

import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from budget_warehouse.storage.sql import literal

# Tables of publishing, not of dbt.
_WRITTEN_BY_PUBLISHING = ("publications", "content_sums")

# The tables of the script by hand, with the columns that it leaves out: comparisons of printed
# amounts have no texts and stay within one disclosure, so these are null in all of them.
_BY_HAND: Mapping[str, tuple[str, ...]] = {
    "marts.fct_published_amounts": (),
    "reconciliations.rec_compared_amounts": (
        "stated_text",
        "computed_text",
        "computed_disclosure_id",
    ),
}

_FILES = ("one", "other")
_COMPARED = "compared_disclosures"
_EXAMPLES = 3


@dataclass(frozen=True)
class Difference:
    """The numbers of rows that only one of two files holds, and the first of these rows."""

    only_in_one: int
    only_in_other: int
    examples: tuple[str, ...] = ()


def differences(
    one: Path, other: Path, disclosures: Collection[str] | None = None
) -> dict[str, Difference]:
    """Compare every table that dbt builds; of those that name disclosures only some, or all.

    Raises:
        ValueError: they do not have the same tables and columns.
    """
    with _both(one, other, disclosures) as connection:
        here, there = (_tables(connection, name) for name in _FILES)
        if here != there or not here:
            lacking = sorted(map(str, here.items() ^ there.items()))
            raise ValueError(f"They do not have the same tables: {lacking}")
        return _different(connection, here, disclosures is None)


def differences_by_hand(
    published: Path, by_hand: Path, disclosures: Collection[str] | None = None
) -> dict[str, Difference]:
    """Compare what the script by hand computes with what is published, of some or all."""
    with _both(published, by_hand, disclosures) as connection:
        relations = {
            relation: tuple(
                column
                for column, *_ in connection.execute(f"describe one.{relation}").fetchall()
                if column not in left_out
            )
            for relation, left_out in _BY_HAND.items()
        }
        return _different(connection, relations, disclosures is None)


def print_differences(different: Mapping[str, Difference]) -> None:
    """Print a line for each relation that differs, and its first rows below it."""
    for relation, difference in different.items():
        print(
            f"{relation}: {difference.only_in_one:,} rows only in the first,"
            f" {difference.only_in_other:,} only in the second"
        )
        for example in difference.examples:
            print(f"    {example}")
    print(f"{len(different)} relations differ")


def _both(one: Path, other: Path, disclosures: Collection[str] | None) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for name, file in zip(_FILES, (one, other), strict=True):
        connection.execute(f"attach {literal(file)} as {name} (read_only)")
    if disclosures is not None:
        connection.execute(
            f"create temp table {_COMPARED} as select unnest(?::text[]) as disclosure_id",
            [sorted(disclosures)],
        )
    return connection


def _tables(connection: duckdb.DuckDBPyConnection, name: str) -> dict[str, tuple[str, ...]]:
    """Return the tables of a file with their columns in alphabetical order."""
    rows = connection.execute(
        "select schema_name || '.' || table_name, list(column_name order by column_name)"
        " from duckdb_columns() inner join duckdb_tables()"
        " using (database_name, schema_name, table_name)"
        " where database_name = ? and not list_contains(?, table_name) group by all order by all",
        [name, list(_WRITTEN_BY_PUBLISHING)],
    ).fetchall()
    return {table: tuple(columns) for table, columns in rows}


def _different(
    connection: duckdb.DuckDBPyConnection,
    relations: Mapping[str, Sequence[str]],
    compares_all: bool,
) -> dict[str, Difference]:
    different = {}
    for relation, columns in relations.items():
        listed = ", ".join(f'"{column}"' for column in columns)
        which = (
            ""
            if compares_all or "disclosure_id" not in columns
            else f" where disclosure_id in (select disclosure_id from {_COMPARED})"
        )
        rows = [f"select {listed} from {name}.{relation}{which}" for name in _FILES]
        # Equal rows have equal sums of hashes; only where these differ, rows are held side by side.
        sums = {
            connection.execute(
                f"select count(*), sum(hash(row)::hugeint) from ({query}) as row"
            ).fetchall()[0]
            for query in rows
        }
        if len(sums) == 1:
            continue
        counts, examples = [], []
        for name, query, others in zip(_FILES, rows, rows[::-1], strict=True):
            surplus = connection.sql(f"{query} except all {others}")
            counts.append(len(surplus))
            examples += [
                f"{name}: "
                + ", ".join(f"{column}={value}" for column, value in zip(columns, row, strict=True))
                for row in surplus.limit(_EXAMPLES).fetchall()
            ]
        if any(counts):
            different[relation] = Difference(counts[0], counts[1], tuple(examples))
    return different


def main() -> None:
    """Name what differs; the exit status says whether anything does."""
    different = differences(Path(sys.argv[1]), Path(sys.argv[2]))
    print_differences(different)
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
