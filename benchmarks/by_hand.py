"""The printed amounts and their comparisons by another algorithm: second opinion and speed limit.

The product computes both with some twenty dbt models. `by_hand/` holds one script in their place,
around one wide table of printed rows that knows each row's place in its table's tree. What else the
product does (contracts, tests, comments, a landing that refuses bad input) is left out on purpose.
`benchmarks/same.py` says whether both come to the same rows.
"""

import argparse
import sys
from collections.abc import Collection
from pathlib import Path

import duckdb

from benchmarks.columns import COLUMNS
from benchmarks.same import differences_by_hand, print_differences
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
from budget_warehouse.contract.reference_lists.printed import NAMED
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import ROOT, Warehouse

SCRIPT = Path(__file__).with_name("by_hand")


def compute_landed(warehouse: Warehouse, disclosures: Collection[str], into: Path) -> list[Cost]:
    """Compute some of the disclosures that a warehouse landed; return what each statement cost."""
    with open_scratch(into) as connection:
        attach_landing(connection, warehouse, disclosures, only_these=True)
        _widen(connection)
        return _compute(connection, reference_lists(warehouse))


def _widen(connection: duckdb.DuckDBPyConnection) -> None:
    """Show the landed rows of each of the nine tables with their amounts beside them."""
    for table, measures in NAMED.items():
        columns = ", ".join(
            f"coalesce(any_value(printed_text) filter (measure = '{column}'), '') as {column}"
            if column in measures
            else f"rows_of_table.{column}"
            for column in COLUMNS[table]
        )
        connection.execute(
            f"create view landing.{table} as select {columns}"
            " from landing.printed_rows as rows_of_table left join landing.printed_amounts"
            " using (disclosure_id, table_name, row_number)"
            f" where table_name = '{table}' group by all"
        )


def compute_csvs(seeds: Path, into: Path) -> list[Cost]:
    """Compute all raw CSVs below a folder; return what each statement cost."""
    with open_scratch(into) as connection:
        connection.execute("attach ':memory:' as landing")
        for table, columns in COLUMNS.items():
            texts = ", ".join(f"'{column}': 'varchar'" for column in columns)
            files = literal(f"{seeds}/disclosures/**/{table}.csv")
            connection.execute(
                f"create view landing.{table} as from read_csv({files},"
                f" columns = {{{texts}}}, header = true, auto_detect = false, nullstr = '\\N',"
                " delim = ',', quote = '\"', escape = '\"')"
            )
        own = seeds / "reference"
        return _compute(connection, own if own.is_dir() else ROOT / "seeds" / "reference")


def _compute(connection: duckdb.DuckDBPyConnection, reference: Path) -> list[Cost]:
    connection.execute("set variable reference = ?", [str(reference)])
    return [
        executed(connection, _first_line(statement.query), statement.query)
        for script in sorted(SCRIPT.glob("*.sql"))
        for statement in duckdb.extract_statements(script.read_text(encoding="utf-8"))
    ]


def _first_line(statement: str) -> str:
    return next(line for line in statement.splitlines() if line[:2] not in ("", "--"))


def main() -> None:
    """Print what each statement cost, the highest first, and whether the rows are the product's."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.by_hand", description=__doc__)
    parser.add_argument("--warehouse", type=Path, required=True, help="folder of a built warehouse")
    parser.add_argument("--into", type=Path, required=True, help="folder for scratch files")
    parser.add_argument("--batch", type=int, help="only this one, counted from 0; compare nothing")
    given = parser.parse_args()
    warehouse, into = Warehouse(Path(), given.warehouse.absolute()), given.into / "by_hand.duckdb"
    planned = batches(warehouse)
    if given.batch is not None:
        print_costs(summed(compute_landed(warehouse, planned[given.batch], into)))
        return
    costs: list[Cost] = []
    is_different = False
    for batch in planned:
        costs += compute_landed(warehouse, batch, into)
        different = differences_by_hand(warehouse.published, into, batch)
        print_differences(different)
        is_different = is_different or bool(different)
    print_costs([*summed(costs), total("in all", costs)])
    sys.exit(is_different)


if __name__ == "__main__":
    main()
