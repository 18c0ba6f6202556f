"""The values of rows as JSON and CSV hold them, exactly."""

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from budget_warehouse.outputs.printable import FORMULA

_FORMULA = re.compile(FORMULA)


def plain(value: Any) -> Any:
    """Return a value as JSON holds it: an exact decimal is a text, since readers make floats."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return str(value)


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return plain values as CSV; a text that a spreadsheet would run has an apostrophe before it.

    Args:
        columns: names of the columns.
        rows: plain values, with None for an empty cell.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(map(_cell, row))
    return target.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and _FORMULA.match(value) and not _is_number(value):
        return f"'{value}"
    return value


def _is_number(text: str) -> bool:
    """Return whether a text is a decimal: an amount keeps its minus."""
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None
