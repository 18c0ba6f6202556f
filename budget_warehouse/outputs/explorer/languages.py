"""The explorer's two languages: its texts, and the English of its data apart.

A column `…_en` of a part is the English of `…_zh`, or of the column without an ending.
"""

import csv
from pathlib import Path
from typing import Any

_TEXTS = Path(__file__).with_name("texts.csv")
_ENGLISH = "_en"


def texts() -> dict[str, list[Any]]:
    """Return the texts of the pages as a table, each in Chinese and in English."""
    with _TEXTS.open(encoding="utf-8", newline="") as file:
        rows = [(row["chinese"], row["english"]) for row in csv.DictReader(file)]
    return {"columns": ["chinese", "english"], "rows": [list(row) for row in rows]}


def split_languages(part: Any) -> tuple[Any, dict[str, Any] | None]:
    """Return a part without its English, and the English of its tables, if it has any."""
    if not isinstance(part, dict):
        return part, None
    if _is_table(part):
        return _split_table(part)
    chinese, english = {}, {}
    for name, table in part.items():
        chinese[name], of_table = _split_table(table) if _is_table(table) else (table, None)
        if of_table:
            english[name] = of_table
    return chinese, english or None


def _is_table(part: Any) -> bool:
    return isinstance(part, dict) and part.keys() == {"columns", "rows"}


def _split_table(table: dict[str, list[Any]]) -> tuple[dict[str, list[Any]], dict[str, Any] | None]:
    columns, rows = table["columns"], table["rows"]
    english = [at for at, name in enumerate(columns) if name.endswith(_ENGLISH)]
    if not english:
        return table, None
    own = [at for at in range(len(columns)) if at not in english]
    said_of = [columns[at].removesuffix(_ENGLISH) for at in english]
    chinese = [name if name in columns else f"{name}_zh" for name in said_of]
    return (
        {"columns": [columns[at] for at in own], "rows": [[row[at] for at in own] for row in rows]},
        {"columns": chinese, "rows": [[row[at] for at in english] for row in rows]},
    )
