"""Tied figures of the explorer: every figure, and the figures it was compared with."""

from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb

from budget_warehouse.outputs.tied_figures import hold_tied_figures
from budget_warehouse.storage.rows import Row, rows_of

_FIGURE = ("kind", "table_name", "row_number", "measure", "printed_text", "source_ref")
_TIE = (
    *("rule_code", "addend_count", "other_disclosure_id", "other_table_name"),
    *("other_row_number", "other_row_count", "other_fen"),
)

_TIES = """
    select
        disclosure_id, kind, table_name, row_number, measure, printed_text, source_ref, rule_code,
        addend_count, other_disclosure_id, other_table_name, other_row_number, other_row_count,
        cast(cast(other_yuan * 100 as hugeint) as text) as other_fen
    from tied_figures
    order by
        disclosure_id, array_position(['tables', 'prose', 'forms'], kind), table_name, row_number,
        measure, rule_code, other_table_name, other_row_number
"""


def ties_of(
    connection: duckdb.DuckDBPyConnection, names: Collection[str], kept: Path | None = None
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the figures of each of some disclosures, and the ties of each by its position."""
    if not names or not hold_tied_figures(connection, names, kept):
        return
    for name, rows in groupby(rows_of(connection, _TIES), itemgetter("disclosure_id")):
        yield name, _part(rows)


def _part(rows: Iterator[Row]) -> dict[str, Any]:
    figures: list[list[Any]] = []
    ties: list[list[Any]] = []
    for figure, compared in groupby(rows, itemgetter(*_FIGURE)):
        ties += [
            [len(figures), *(row[column] for column in _TIE)]
            for row in compared
            if row["rule_code"]
        ]
        figures.append(list(figure))
    return {
        "figures": {"columns": list(_FIGURE), "rows": figures},
        "ties": {"columns": ["figure", *_TIE], "rows": ties},
    }
