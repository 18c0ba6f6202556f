"""Whether two published files hold the same marts: python -m benchmarks.same ONE OTHER."""

import sys
from pathlib import Path

import duckdb

# What one of two files may lack: the log, which only publishing writes, and what the script by
# hand leaves to dbt alone, the marks of totals that do not tie and the rules about misprints.
_NOT_COMPUTED = ("publications", "fct_table_totals", "fct_rule_coverage")
_MARKS = ("has_untied_total", "counted_spending_yuan", "printed_spending_yuan")
_RULES = "rule_code not in ('CC-10', 'UC-08')"


def differences(
    one: Path, other: Path, without: tuple[str, ...] = ()
) -> dict[str, tuple[int, int]]:
    """The marts that differ, with how many rows only the one and only the other has.

    A mart or column that one of them lacks raises DuckDB's error, which names it.
    """
    different = {}
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one}' as one (read_only)")
        connection.execute(f"attach '{other}' as other (read_only)")
        columns: dict[str, list[str]] = {}
        for mart, column in connection.execute(
            "select distinct table_name, column_name from duckdb_columns()"
            " where database_name in ('one', 'other') and schema_name = 'marts' order by all"
        ).fetchall():
            if mart in _NOT_COMPUTED or column in _MARKS:
                continue
            if f"{mart}.{column}" not in without:
                columns.setdefault(mart, []).append(f'"{column}"')
        assert columns, "neither file has a mart"
        for mart, names in columns.items():
            listed = ", ".join(names)
            which = f"where {_RULES}" if '"rule_code"' in names else ""
            counts = [
                connection.execute(
                    f"select count(*) from (select {listed} from {left}.marts.{mart} {which}"
                    f" except all select {listed} from {right}.marts.{mart} {which})"
                ).fetchall()[0][0]
                for left, right in (("one", "other"), ("other", "one"))
            ]
            if any(counts):
                different[mart] = (counts[0], counts[1])
    return different


def main() -> None:
    """Name what differs; the exit status says whether anything does."""
    different = differences(Path(sys.argv[1]), Path(sys.argv[2]))
    for mart, (one, other) in different.items():
        print(f"{mart}: {one} rows only in the first, {other} only in the second")
    print(f"{len(different)} marts differ")
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
