"""The limit of the engine: every mart and check by one DuckDB script with nothing around it.

What the product does besides (contracts, tests, comments, a landing that refuses bad input, guards
of its own work) is left out on purpose; benchmarks/same.py says whether the marts are equal.
"""

import argparse
import resource
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from budget_warehouse.contract.raw_csv import RAW_TABLES

SCRIPT = Path(__file__).with_name("by_hand")
REFERENCE = Path(__file__).parent.parent / "seeds" / "reference"


def compute(
    into: Path,
    seeds: Path | None = None,
    landing: Path | None = None,
    memory_limit: str | None = None,
    threads: int | None = None,
) -> Iterator[tuple[str, float, float]]:
    """Run the script and say of each statement its first line, CPU and wall seconds."""
    into.unlink(missing_ok=True)
    with duckdb.connect(str(into)) as connection:
        connection.execute("set preserve_insertion_order = false")
        if memory_limit:
            connection.execute("set memory_limit = ?", [memory_limit])
        if threads:
            connection.execute("set threads = ?", [threads])
        connection.execute("set variable reference = ?", [str(REFERENCE)])
        if landing:
            _read_landing(connection, landing)
        else:
            _read_csv(connection, Path(seeds or "seeds", "disclosures"))
        for script in sorted(SCRIPT.glob("*.sql")):
            for statement in duckdb.extract_statements(script.read_text(encoding="utf-8")):
                cpu, wall = _cpu_seconds(), time.monotonic()
                connection.execute(statement)
                said = next(
                    line for line in statement.query.splitlines() if line[:2] not in ("", "--")
                )
                yield said, _cpu_seconds() - cpu, time.monotonic() - wall
        connection.execute("drop schema landing cascade")


def _read_landing(connection: duckdb.DuckDBPyConnection, landing: Path) -> None:
    """Views over the product's landing tables: what it planned to compute at once."""
    connection.execute(f"attach '{landing}' as landed (read_only)")
    connection.execute("create schema landing")
    for table in (*RAW_TABLES, "disclosures"):
        connection.execute(
            f"create view landing.{table} as from landed.{table}"
            " where disclosure_id in (select disclosure_id from landed.affected)"
        )
    connection.execute("create view landing.rejected_rows as from landed.rejected_rows")


def _read_csv(connection: duckdb.DuckDBPyConnection, disclosures: Path) -> None:
    """Views over the CSVs in the shape of the product's landing tables."""
    connection.execute("create schema landing")
    for table, columns in RAW_TABLES.items():
        texts = ", ".join(f"'{column}': 'varchar'" for column in columns)
        connection.execute(
            f"create view landing.{table} as from read_csv('{disclosures}/**/{table}.csv',"
            f" columns = {{{texts}}}, header = true, auto_detect = false, nullstr = '\\N',"
            " delim = ',', quote = '\"', escape = '\"')"
        )
    connection.execute(
        "create view landing.disclosures as select disclosure_id, false as is_stale,"
        " null::text as content_sha256 from landing.disclosure"
    )
    connection.execute(
        "create view landing.rejected_rows as select null::text as disclosure_id,"
        " null::text as source_file, null::integer as line_number, null::text as column_name,"
        " null::text as value, null::text as reason where false"
    )


def _cpu_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Say what each statement cost, the dearest first, and the sum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=Path, help="folder that holds disclosures/")
    parser.add_argument("--into", type=Path, required=True)
    parser.add_argument("--from-landing", type=Path, help="the product's landing.duckdb instead")
    parser.add_argument("--memory-limit", help="such as 8GB")
    parser.add_argument("--threads", type=int)
    asked = parser.parse_args()
    costs = list(
        compute(asked.into, asked.seeds, asked.from_landing, asked.memory_limit, asked.threads)
    )
    for said, cpu, wall in sorted(costs, key=lambda cost: -cost[1]):
        print(f"{cpu:9.2f} CPU s {wall:9.2f} s  {said}")
    cpu, wall = sum(cost[1] for cost in costs), sum(cost[2] for cost in costs)
    print(f"{cpu:9.2f} CPU s {wall:9.2f} s  in all")


if __name__ == "__main__":
    main()
