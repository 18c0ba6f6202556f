"""The figures that a disclosure prints, each with the same figure but for one digit."""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from budget_warehouse.contract.raw_csv import FILES, PRINTED_AMOUNTS, Kind
from budget_warehouse.storage.rows import rows_of

TABLES, PROSE, FORMS = "tables", "prose", "forms"
KINDS = (TABLES, PROSE, FORMS)

_TABLE_FIGURES = f"""
    select table_name, row_number, measure as column_name, printed_text as printed, source_ref
    from landing.{PRINTED_AMOUNTS}
    inner join landing.printed_rows using (disclosure_id, table_name, row_number)
    where disclosure_id = ?
    order by table_name, try_cast(row_number as integer), measure
"""

_FILE_FIGURES = """
    select '{file}' as table_name, row_number, '{column}' as column_name, "{column}" as printed,
        source_ref
    from landing.{file}
    where disclosure_id = ?
    order by try_cast(row_number as integer)
"""

_COLUMNS = {
    PROSE: {
        "narrative_claims": tuple(
            column
            for column, kind in FILES["narrative_claims"].items()
            if kind in (Kind.AMOUNT, Kind.PERCENT)
        ),
        "statements": ("value",),
    },
    FORMS: {
        "projects": (
            *(column for column, kind in FILES["projects"].items() if kind is Kind.AMOUNT),
            "score",
        ),
        "performance_targets": ("score",),
    },
}
_SIGNS = set("-+−－,，.．%％()（）▲△ ")


@dataclass(frozen=True)
class Figure:
    """One printed figure: where it stands in the raw CSVs, and itself with one digit changed."""

    kind: str
    table_name: str
    row_number: str
    column_name: str
    printed: str
    changed: str
    source_ref: str

    @property
    def is_zero(self) -> bool:
        """True where nothing but zeros is printed."""
        return not any(sign.isdecimal() and int(sign) for sign in self.printed)


def with_one_digit_changed(text: str) -> str | None:
    """Return a figure with its middle digit changed; None where the text is no single figure.

    The digit becomes the next one, and a nine of several digits a zero. A first digit does not
    become zero.
    """
    places = [place for place, sign in enumerate(text) if sign.isdecimal()]
    if not places or any(not sign.isdecimal() and sign not in _SIGNS for sign in text):
        return None
    place = places[len(places) // 2]
    digit = int(text[place])
    following = (digit + 1) % 10
    if not following and place == places[0]:
        following = 8
    return text[:place] + chr(ord(text[place]) - digit + following) + text[place + 1 :]


def figures(connection: duckdb.DuckDBPyConnection, disclosure_id: str) -> Iterator[Figure]:
    """Yield the figures of a disclosure in the order of the tables, of the prose, of the forms.

    Args:
        connection: a connection to which what was landed is attached as `landing`.
        disclosure_id: the disclosure.
    """
    queries = [(TABLES, _TABLE_FIGURES)]
    for kind, files in _COLUMNS.items():
        for file, columns in files.items():
            queries += [
                (kind, _FILE_FIGURES.format(file=file, column=column)) for column in columns
            ]
    for kind, query in queries:
        for row in rows_of(connection, query, disclosure_id):
            changed = with_one_digit_changed(row["printed"] or "")
            if changed is not None:
                yield Figure(kind=kind, changed=changed, **row)
