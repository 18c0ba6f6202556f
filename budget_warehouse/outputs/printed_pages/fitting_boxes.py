"""The boxes that still fit: those whose text is the printed text of the published warehouse."""

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

import duckdb

from budget_warehouse.contract.boxes import PrintedBox, read_boxes

CLAIMS, STATEMENTS = "narrative_claims", "statements"

_OF_CLAIMS = {
    "amount_text": "amount",
    "base_amount_text": "base_amount",
    "change_text": "change",
    "change_percent_text": "change_percent",
    "completion_percent_text": "completion_percent",
}
_AMOUNTS = """
    select disclosure_id, table_name, row_number, measure, printed_text
    from marts.fct_published_amounts
    where disclosure_id in (select unnest(?)) and printed_text <> ''
"""
_CLAIM_COLUMNS = """
    select column_name
    from information_schema.columns
    where table_schema = 'marts' and table_name = 'fct_narrative_claims'
"""
_STATEMENTS = """
    select disclosure_id, statement_number, value_text
    from marts.fct_statements
    where disclosure_id in (select unnest(?)) and value_text <> ''
"""

Value = tuple[str, int, str]


def fitting_boxes(
    connection: duckdb.DuckDBPyConnection, disclosures: Path, names: Collection[str]
) -> dict[str, list[PrintedBox]]:
    """Return the boxes of the published figures of some disclosures, by disclosure.

    Those of a disclosure lie in the folder of `disclosures` that has its name. A value that was
    changed since has none.
    """
    published = _published(connection, list(names))
    return {
        name: [
            box
            for box in read_boxes(disclosures / name, name)
            if published[name].get((box.table_name, box.row_number, box.column_name)) == box.text
        ]
        for name in names
    }


def _published(
    connection: duckdb.DuckDBPyConnection, names: list[str]
) -> dict[str, dict[Value, str]]:
    """Return the printed text of each published figure, by disclosure and place in the raw CSVs."""
    texts: dict[str, dict[Value, str]] = defaultdict(dict)
    for name, table_name, number, measure, text in connection.execute(_AMOUNTS, [names]).fetchall():
        texts[name][table_name, number, measure] = text
    columns = {column for (column,) in connection.execute(_CLAIM_COLUMNS).fetchall()}
    printed = [column for column in _OF_CLAIMS if column in columns]
    claims = connection.execute(
        f"select disclosure_id, claim_number, {', '.join(printed)} from marts.fct_narrative_claims"
        " where disclosure_id in (select unnest(?))",
        [names],
    )
    for name, number, *values in claims.fetchall():
        for column, text in zip(printed, values, strict=True):
            if text:
                texts[name][CLAIMS, number, _OF_CLAIMS[column]] = text
    for name, number, text in connection.execute(_STATEMENTS, [names]).fetchall():
        texts[name][STATEMENTS, number, "value"] = text
    return texts
