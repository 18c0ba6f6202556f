"""Setting aside: disclosures that a build broke over leave the landing tables, with the reason.

What stood before them comes back, marked as stale. They are accepted again once they, the
reference lists or the code change. Which disclosures broke a build is what `tracing` finds out.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from budget_warehouse.contract.raw_csv import LANDED_TABLES
from budget_warehouse.storage.database import open_database

_LANDED = ("landed", *LANDED_TABLES)


@dataclass(frozen=True)
class SetAside:
    """A disclosure that a build broke over, and what of it."""

    disclosure_id: str
    table_name: str  # the raw table that it broke in, as far as that is known
    reason: str  # a clause in which the disclosure is “it”

    def __str__(self) -> str:
        return f"{self.disclosure_id}: {self.reason}"

    @property
    def sentence(self) -> str:
        """The sentence that tells of it."""
        return (
            f"Set aside: {self.reason}; compare it with the document and correct it, or report"
            " this if the document says so"
        )


def set_aside(
    landing_file: Path, broken: Sequence[SetAside], made_by: str, held: Collection[str] = ()
) -> None:
    """Take disclosures out of the landing tables, and bring back what stood there before them.

    Args:
        landing_file: the DuckDB file of the landing tables.
        broken: what a build broke over.
        made_by: the sum of the lists and the code that broke, as `land` is told of it.
        held: those that are published as they are landed; without an earlier text they stay.
    """
    with open_database(landing_file) as connection:
        connection.execute("begin")
        connection.execute(
            "create temp table broken (disclosure_id text, table_name text, reason text)"
        )
        connection.executemany(
            "insert into broken values (?, ?, ?)",
            [[one.disclosure_id, one.table_name, one.sentence] for one in broken],
        )
        connection.execute(
            "delete from set_aside where (disclosure_id, content_sha256) in (select"
            " (disclosure_id, content_sha256) from landed semi join broken using (disclosure_id))"
        )
        connection.execute(
            "insert into set_aside"
            " select disclosure_id, content_sha256, ?, table_name, reason"
            " from broken inner join landed using (disclosure_id)",
            [made_by],
        )
        connection.execute(
            "create temp table leaving as select disclosure_id from broken"
            " where disclosure_id in (select disclosure_id from earlier.landed)"
            " or disclosure_id not in (select unnest(cast(? as text[])))",
            [[*held]],
        )
        leaving = "where disclosure_id in (select disclosure_id from leaving)"
        for table in _LANDED:
            connection.execute(f'delete from "{table}" {leaving}')
            connection.execute(f'insert into "{table}" from earlier."{table}" {leaving}')
            connection.execute(f'delete from earlier."{table}" {leaving}')
        connection.execute("commit")
        connection.execute("checkpoint")


def release(landing_file: Path) -> None:
    """Take out of the landing tables what was held as published, and cannot be held any more."""
    with open_database(landing_file) as connection:
        connection.execute("create temp table leaving as from held")
        for table in _LANDED:
            connection.execute(
                f'delete from "{table}" where disclosure_id in (select disclosure_id from leaving)'
            )


def forget_earlier(landing_file: Path) -> None:
    """Let go of what stood before the last changes, when these are about to be published."""
    with open_database(landing_file) as connection:
        for table in _LANDED:
            connection.execute(f'delete from earlier."{table}"')
