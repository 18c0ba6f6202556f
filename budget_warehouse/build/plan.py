"""The plan of a build: what changed since the last publication and must be computed again.

The published warehouse itself says what it was made from, so that a killed build, a restored backup
or an older version brought back needs no memory beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import duckdb

from budget_warehouse.build.comparison_groups import (
    Standing,
    comparison_groups,
    landed_standings,
    standings,
)
from budget_warehouse.build.engine import Engine
from budget_warehouse.build.publications import Publication
from budget_warehouse.contract.reference_lists.known_findings import passed_verdicts
from budget_warehouse.landing.judging_day import land_judging_day
from budget_warehouse.settings import Settings
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.rows import rows_of
from budget_warehouse.storage.warehouse import ROOT, Warehouse

_PLAN = """
    create or replace table plan (
        input_sha256 text, reference_sha256 text, code_sha256 text, is_unchanged boolean,
        is_everything boolean
    );
    create or replace table planned (disclosure_id text, batch_number integer);
"""

# Code and packages that compute a warehouse: others may come to other figures.
_CODE = (
    "uv.lock",
    "budget_warehouse/**/*.*",
    "dagster_project/**/*.*",
    "dbt_project/*.yml",
    "dbt_project/macros/**/*.*",
    "dbt_project/models/**/*.*",
    "dbt_project/tests/**/*.*",
)


_DISCLOSURES = (
    "select disclosure_id, content_sha256, is_stale, organization_id, department_id"
    " from marts.dim_disclosures"
)


@dataclass(frozen=True)
class Plan:
    """The work of a build, and the sums of what it starts from.

    `affected` are the disclosures to compute again, with those that are gone. They are everything
    where code or reference lists changed, or where nothing readable is published yet. Of very many
    one batch is computed after the other, comparison groups whole.
    """

    input_sha256: str
    reference_sha256: str
    code_sha256: str
    is_unchanged: bool
    is_everything: bool
    batches: tuple[frozenset[str], ...]

    @property
    def affected(self) -> frozenset[str]:
        """All disclosures to compute again, with those that are gone."""
        return frozenset().union(*self.batches)

    @property
    def fingerprint(self) -> str:
        """One sum over input, reference lists and code."""
        return _sum([self.input_sha256, self.reference_sha256, self.code_sha256])


def plan_build(
    warehouse: Warehouse, engine: Engine, is_full: bool = False, is_strict: bool = False
) -> Plan:
    """Compare what was landed with what is published, and leave the plan in the landing file.

    A full build computes everything, changed or not. So does a strict one over new errors that
    were published before, and one after a run that was cut off between publishing the warehouse
    and its report.
    """
    last = engine.last_publication(warehouse)
    is_forced = is_full or (
        last is not None
        and ((is_strict and last.new_error_count > 0) or not engine.has_report_of(warehouse, last))
    )
    day = Settings.from_environment().judging_day
    lists_and_code = (reference_sha256, code_sha256) = _lists_and_code(warehouse, day)
    with open_database(warehouse.landing) as connection:
        land_judging_day(connection, day)
        landed = landed_standings(connection)
        held = {name for (name,) in connection.execute("select disclosure_id from held").fetchall()}
        input_sha256 = _input_sum(connection)
        fingerprint = _sum([input_sha256, *lists_and_code])
        is_everything = (
            is_forced or last is None or (last.reference_sha256, last.code_sha256) != lists_and_code
        )
        is_unchanged = not is_forced and last is not None and last.fingerprint == fingerprint
        published = (
            {} if is_everything else standings(engine.published_rows(warehouse, _DISCLOSURES))
        )
        groups = [group - held for group in _affected_groups(landed, published)]
        batches = _batches(groups, engine.batch_size)
        plan = Plan(
            input_sha256, reference_sha256, code_sha256, is_unchanged, is_everything, batches
        )
        connection.execute("begin")
        connection.execute(_PLAN)
        connection.execute(
            "insert into plan values (?, ?, ?, ?, ?)",
            [input_sha256, *lists_and_code, is_unchanged, is_everything],
        )
        for number, batch in enumerate(batches):
            connection.execute("insert into planned select unnest(?), ?", [sorted(batch), number])
        _take(connection, 0)
        connection.execute("commit")
    return plan


def making_sum(warehouse: Warehouse) -> str:
    """Return one sum over the reference lists and the code, which compute what is landed."""
    return _sum(_lists_and_code(warehouse, Settings.from_environment().judging_day))


def is_made_alike(warehouse: Warehouse, publication: Publication) -> bool:
    """Return whether a publication was made by the lists and the code as they are now."""
    day = Settings.from_environment().judging_day
    made_by = (publication.reference_sha256, publication.code_sha256)
    return made_by == _lists_and_code(warehouse, day)


def take_batch(warehouse: Warehouse, number: int) -> None:
    """Have dbt compute one batch of the plan, counted from 0."""
    with open_database(warehouse.landing) as connection:
        _take(connection, number)


def _take(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    connection.execute(
        "create or replace table affected as"
        " select disclosure_id from planned where batch_number = ?",
        [number],
    )


def planned_build(warehouse: Warehouse) -> Plan:
    """Return the plan that `plan_build` left in the landing file."""
    with open_database(warehouse.landing, read_only=True) as connection:
        (plan,) = rows_of(connection, "from plan")
        batches = connection.execute(
            "select list(disclosure_id) from planned group by batch_number order by batch_number"
        ).fetchall()
    return Plan(
        **plan,
        batches=tuple(frozenset(batch) for (batch,) in batches) or (frozenset(),),
    )


def _batches(groups: Iterable[set[str]], size: int | None) -> tuple[frozenset[str], ...]:
    """Put comparison groups together up to a size; one that is larger is its own batch.

    Without any there is one batch of nothing: what was refused may have changed.
    """
    batches: list[set[str]] = [set()]
    for group in groups:
        if not batches[-1] or size is None or len(batches[-1]) + len(group) <= size:
            batches[-1] |= group
        else:
            batches.append(set(group))
    return tuple(map(frozenset, batches))


def _affected_groups(landed: dict[str, Standing], published: dict[str, Standing]) -> list[set[str]]:
    """Return the comparison groups in which a disclosure changed, with all that stand in them."""
    return [
        group
        for group in comparison_groups(landed, published)
        if any(landed.get(name) != published.get(name) for name in group)
    ]


def _input_sum(connection: duckdb.DuckDBPyConnection) -> str:
    """Return one sum over what was landed and what was rejected."""
    landed = connection.execute(
        "select disclosure_id, content_sha256, is_stale from disclosures order by all"
    ).fetchall()
    rejected = connection.execute("select * from rejected_rows order by all").fetchall()
    return _sum([repr(landed), repr(rejected)])


def _lists_and_code(warehouse: Warehouse, day: date) -> tuple[str, str]:
    return _reference_sum(warehouse.reference, day), _code_sum()


def _reference_sum(reference: Path, day: date) -> str:
    """Return one sum over the reference lists and the verdicts in them that passed before a day.

    A verdict that passes changes what a list says, and how loud its rule speaks everywhere.
    """
    lists = _files_sum(reference, reference.glob("[!.~]*.csv"))  # none that an editor keeps beside
    return _sum([lists, *passed_verdicts(reference, day)])


def _code_sum() -> str:
    """Return one sum over the code and the locked packages."""
    files = (file for pattern in _CODE for file in ROOT.glob(pattern))
    return _files_sum(ROOT, (file for file in files if file.suffix != ".pyc" and file.is_file()))


def _files_sum(root: Path, files: Iterable[Path]) -> str:
    """Return one sum over files, by their names below a root and their content."""
    return _sum(
        part
        for file in sorted(files)
        for part in (str(file.relative_to(root)), sha256(file.read_bytes()).hexdigest())
    )


def _sum(parts: Iterable[str]) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()
