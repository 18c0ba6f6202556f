"""Comparison groups: which disclosures are judged together.

A comparison group is an organization over the years, and a department with its units, directly or
through others.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import duckdb

from budget_warehouse.contract.printed_values import comparable_name, rendered


class Standing(NamedTuple):
    """A disclosure as it was landed or published: its text, and whom its figures touch."""

    content_sha256: str
    is_stale: bool
    organization: str
    department: str


def landed_standings(connection: duckdb.DuckDBPyConnection) -> dict[str, Standing]:
    """Return the disclosures of a landing file."""
    rows = connection.execute(
        "select disclosure_id, content_sha256, is_stale, region_code || '-' || organization_name,"
        f" region_code || '-' || coalesce("
        f"{rendered('text_or_null', 'supervising_organization_name')}, organization_name)"
        " from disclosures inner join disclosure using (disclosure_id)"
    ).fetchall()
    return standings(rows)


def standings(rows: Iterable[tuple[str, str, bool, str, str]]) -> dict[str, Standing]:
    """Return rows by disclosure, with names in a spelling that staging tells no further apart."""
    return {
        disclosure_id: Standing(content_sha256, is_stale, *map(comparable_name, names))
        for disclosure_id, content_sha256, is_stale, *names in rows
    }


def comparison_groups(*several: Mapping[str, Standing]) -> list[set[str]]:
    """Return the comparison groups of disclosures that stand in several places."""
    leaders: dict[str, str] = {}

    def leader(name: str) -> str:
        while leaders.setdefault(name, name) != name:
            leaders[name] = leaders[leaders[name]]
            name = leaders[name]
        return name

    for standing in (standing for one in several for standing in one.values()):
        leaders[leader(standing.organization)] = leader(standing.department)
    groups: dict[str, set[str]] = {}
    for one in several:
        for name, standing in one.items():
            groups.setdefault(leader(standing.organization), set()).add(name)
    return [group for _, group in sorted(groups.items())]
