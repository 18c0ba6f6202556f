"""The disclosures that the index lists: short rows, since there are many and all are loaded."""

from collections.abc import Mapping
from typing import Any

import duckdb

from budget_warehouse.outputs.explorer.queries import ADDED_COLUMNS, COLUMNS
from budget_warehouse.storage.rows import Row

WORDS = ("stage", "scope", "reading")
"""The columns of few values, of which a row has the position in their list."""

FLAGS = ("is_current", "is_counted", "is_stale", "has_untied_total", "has_pages")
"""The columns that are true or not: bits of one number, the first the lowest."""

_AS_THEY_ARE = (
    *("disclosure_id", "fiscal_year", "revision", "basic_yuan", "project_yuan", "total_yuan"),
    *("error_count", "warning_count", "info_count"),
)


def short(
    row: Row,
    organizations: Mapping[str, int],
    disclosures: Mapping[str, int],
    words: Mapping[str, list[str]],
) -> dict[str, Any]:
    """Return the short row of a disclosure: other rows by their positions, words and flags too."""
    return {
        **{name: row[name] for name in _AS_THEY_ARE},
        "organization_id": organizations[row["organization_id"]],
        "department_disclosure_id": disclosures.get(row["department_disclosure_id"]),
        "printed_spending_yuan": row["printed_spending_yuan"] if row["has_untied_total"] else None,
        **{name: words[name].index(row[name]) if row[name] else None for name in WORDS},
        "flags": sum(bool(row[name]) << bit for bit, name in enumerate(FLAGS)),
    }


def short_organization(row: Row, organizations: Mapping[str, int]) -> dict[str, Any]:
    """Return the short row of an organization: mostly its number is its place and name."""
    code, name = row["region_code"], row["organization_name"]
    return {
        "organization_id": (
            None if row["organization_id"] == f"{code or ''}-{name}" else row["organization_id"]
        ),
        "organization_name": name,
        "organization_type": row["organization_type"],
        "parent_organization_id": organizations.get(row["parent_organization_id"]),
        "region_code": code,
    }


def name_reconciliations(connection: duckdb.DuckDBPyConnection) -> None:
    """Name what rules came to in the disclosures that are listed, with the columns added since."""
    mart = "fct_reconciliations"
    known = {column for table, column in connection.execute(COLUMNS).fetchall() if table == mart}
    added = "".join(
        f", cast(null as {kind}) as {column}"
        for column, kind in ADDED_COLUMNS[mart].items()
        if column not in known
    )
    connection.execute(
        f"create or replace temp view listed_reconciliations as select *{added}"
        f" from marts.{mart} where disclosure_id in (select disclosure_id from listed)"
    )
