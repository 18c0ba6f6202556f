"""The columns of a table that hold a row's total, and those that hold its parts."""

from collections import defaultdict

from benchmarks.by_hand.documents import Row, Table
from benchmarks.by_hand.lists import Lists
from benchmarks.by_hand.values import fen, half_of_last_digit


def tell_columns(table: Table, lists: Lists) -> None:
    """Give each column with a figure its role: `total`, `subtotal` or `leaf`."""
    printed: defaultdict[str, set[str]] = defaultdict(set)
    for row in table.rows:
        for cell in row.cells:
            if cell.figure is not None:
                printed[row["side"] or ""].add(cell.measure)
    for side, measures in printed.items():
        known = {measure: lists.measures[measure] for measure in measures}
        above = {
            measure: [known[whole] for whole in meaning.wholes if whole in known]
            for measure, meaning in known.items()
        }
        with_parts = {whole for meaning in known.values() for whole in meaning.wholes}
        adding = {
            measure
            for measure, meaning in known.items()
            if not meaning.period and not meaning.is_total and "total" in meaning.wholes
        }
        natures = {
            measure
            for measure in adding
            if known[measure].has_nature
            and not any(one.has_nature and not one.is_total for one in above[measure])
        }
        sources = {
            measure
            for measure in adding
            if known[measure].has_source
            and not any(one.has_source and not one.is_total for one in above[measure])
        }
        table.parts |= {(side, measure) for measure in natures or sources}
        for measure, meaning in known.items():
            is_whole = meaning.is_total and not meaning.period
            if is_whole:
                table.wholes.add((side, measure))
            table.roles[side, measure] = (
                "leaf" if measure not in with_parts else "total" if is_whole else "subtotal"
            )


def row_fen(table: Table, row: Row, side: str = "") -> int:
    """Return a row's total in fen, or the sum of its parts where the total is blank."""
    totals = [
        cell.figure
        for cell in row.cells
        if (side, cell.measure) in table.wholes and cell.figure is not None
    ]
    if totals:
        total = fen(max(totals), row.unit)
    else:
        parts = [
            cell.figure
            for cell in row.cells
            if (side, cell.measure) in table.parts and cell.figure is not None
        ]
        total = fen(sum(parts), row.unit) if parts else None
    return total or 0


def row_half(table: Table, row: Row, side: str = "") -> int | None:
    """Return half of the last digit of a row's total."""
    texts = [cell.text for cell in row.cells if (side, cell.measure) in table.wholes]
    return half_of_last_digit(max(texts) if texts else None, row.unit)


def row_figures(row: Row) -> tuple[str | None, frozenset[tuple[str, int]]]:
    """Return all that a row says in figures; nil and blank are the same."""
    return row.unit, frozenset((cell.measure, cell.figure) for cell in row.cells if cell.figure)
