"""The disclosures that have their own pages, in the report and in the explorer.

All of them up to a limit; of more, those that most ask to be looked at. Which ones they are stands
in the temporary table `selection` of a connection, and which ones an index lists in `listed`.
"""

import duckdb

from budget_warehouse.outputs.findings import hold_findings
from budget_warehouse.settings import Settings

_MOST_PRESSING = """
    with counts as (
        select
            disclosure_id,
            count(*) filter (where severity = 'error' and not is_reviewed) as new_error_count,
            count(*) filter (where severity = 'error') as error_count,
            count(*) filter (where severity = 'warning') as warning_count,
            max(amount_yuan) filter (where severity = 'error') as error_yuan
        from findings
        group by disclosure_id
    )

    select disclosure_id
    from marts.dim_disclosures as disclosures
    inner join marts.dim_organizations as organizations
        on disclosures.organization_id = organizations.organization_id
    left join counts using (disclosure_id)
    order by
        coalesce(new_error_count, 0) desc, coalesce(error_count, 0) desc,
        coalesce(warning_count, 0) desc, coalesce(error_yuan, 0) desc,
        disclosures.fiscal_year desc, organization_name, disclosure_id
    limit $limit
"""

_ASKED = """
    select disclosure_id
    from marts.dim_disclosures as disclosures
    inner join marts.dim_organizations as organizations
        on disclosures.organization_id = organizations.organization_id
    where
        disclosure_id in (select unnest($disclosures))
        or (organization_name like '%' || $organization || '%' and $organization <> '')
"""

LISTED = 20_000  # an index of more is slow to open: 0.15 KB each


class NotPublishedError(Exception):
    """Raised when a disclosure asked for is not in the published warehouse."""


def select_most_pressing(connection: duckdb.DuckDBPyConnection) -> None:
    """Choose by new errors, errors, warnings, what is most at stake, the newest year, the name."""
    hold_findings(connection)
    limit = Settings.from_environment().shown_disclosures
    for table, count in (("selection", limit), ("listed", max(limit, LISTED))):
        connection.execute(
            f"create or replace temp table {table} as {_MOST_PRESSING}", {"limit": count}
        )


def select_asked(
    connection: duckdb.DuckDBPyConnection, organization: str, disclosures: list[str]
) -> None:
    """Choose those of the organizations whose names hold a text, and some by their own names.

    Raises:
        NotPublishedError: there is no such organization, or no such disclosure.
    """
    asked = {"organization": organization, "disclosures": disclosures}
    for table in ("selection", "listed"):
        connection.execute(f"create or replace temp table {table} as {_ASKED}", asked)
    missing = set(disclosures) - set(selected(connection))
    if missing:
        raise NotPublishedError(f"No disclosure is named {', '.join(sorted(missing))}.")
    if not selected(connection):
        raise NotPublishedError(f"No organization with {organization!r} in its name has published.")


def selected(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the names of those that were chosen."""
    rows = connection.execute("select disclosure_id from selection order by all").fetchall()
    return [name for (name,) in rows]


def published_count(connection: duckdb.DuckDBPyConnection) -> int:
    """Return how many disclosures there are to choose from."""
    ((count,),) = connection.execute("select count(*) from marts.dim_disclosures").fetchall()
    return int(count)
