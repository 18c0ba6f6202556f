"""Count of a document's figures that an executed rule compared, and a list of the others."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb

from budget_warehouse.outputs.tied_figures import KEPT, hold_tied_figures, keep_tied_figures
from budget_warehouse.storage.rows import Row, rows_of

LISTED = 60  # figures of one document; all of them are in the explorer

_FIGURES = """
    select
        disclosure_id, kind, table_name, row_number, measure, printed_text, source_ref,
        count(rule_code) > 0 as is_tied
    from tied_figures
    group by disclosure_id, kind, table_name, row_number, measure, printed_text, source_ref
    order by
        disclosure_id, array_position(['tables', 'prose', 'forms'], kind), table_name, row_number,
        measure
"""


@dataclass(frozen=True)
class TiedFigures:
    """The figures of one document: how many are tied, and the others."""

    figure_count: int
    tied_count: int
    untied: list[Row]

    @property
    def ratio(self) -> float:
        """The share of tied figures."""
        return self.tied_count / self.figure_count

    @property
    def listed(self) -> list[Row]:
        """The untied figures that the page lists."""
        return self.untied[:LISTED]


def tied_figures(
    connection: duckdb.DuckDBPyConnection, names: Collection[str], reports: Path
) -> dict[str, TiedFigures]:
    """Return the tied figures of each of some disclosures, kept in the folder of reports as well.

    There are none in a version without the view.
    """
    if not names or not hold_tied_figures(connection, names):
        return {}
    keep_tied_figures(connection, reports / KEPT)
    of_disclosures = {}
    for name, rows in groupby(rows_of(connection, _FIGURES), itemgetter("disclosure_id")):
        figures = list(rows)
        untied = [row for row in figures if not row["is_tied"]]
        of_disclosures[name] = TiedFigures(len(figures), len(figures) - len(untied), untied)
    return of_disclosures
