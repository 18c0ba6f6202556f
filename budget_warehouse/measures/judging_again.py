"""A rule as it stands now, judged again over the published facts: nothing is landed or built."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from budget_warehouse.build.compiled import Statement, compiled_statements
from budget_warehouse.build.statements import statements_folder
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.rows import Row, rows_of
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import Warehouse

_BARRED = "int_barred_rules"
_SHOWN = 40
_OF_BOTH = ("UC-04",)  # of sentences, and of every comparison of printed amounts

_HAS_SIDES = "select 1 from build.reference.reconciliation_sides where rule_code = ? limit 1"

_JUDGED = """
    create temp table judged as
    select
        checks.disclosure_id, checks.subject, checks.outcome, checks.stated_yuan,
        checks.computed_yuan
    from ({checks}) as checks
    anti join working.intermediate.int_barred_rules as barred
        on
            checks.rule_code = barred.rule_code
            and checks.disclosure_id = barred.disclosure_id
"""

_COUNTS = """
    select outcome, cast(sum(before) as bigint) as before, cast(sum(now) as bigint) as now
    from (
        select outcome, 0 as before, count(*) as now from judged group by outcome
        union all
        select outcome, sum(checked_count), 0
        from published.marts.fct_reconciliations
        where rule_code = ?
        group by outcome
    )
    where outcome in ('pass', 'hint', 'fail')
    group by outcome
    order by array_position(['fail', 'hint', 'pass'], outcome)
"""

_CHANGES = """
    with before as (
        select disclosure_id, subject, stated_yuan, computed_yuan
        from published.marts.fct_reconciliations
        where rule_code = ? and outcome = 'fail'
    ),

    now as (
        select disclosure_id, subject, stated_yuan, computed_yuan
        from judged
        where outcome = 'fail'
    )

    select 'new' as change, * from (from now except from before)
    union all
    select 'gone' as change, * from (from before except from now)
    order by disclosure_id, subject, change desc
"""


class NotJudgedError(Exception):
    """A rule cannot be judged again; one sentence tells the user what to do."""


@dataclass(frozen=True)
class JudgedAgain:
    """Outcomes of a rule, before and now: checks by outcome, and the failures that differ."""

    rule_code: str
    disclosure_count: int
    counts: Sequence[Row]
    changes: Sequence[Row]
    seconds: float
    cpu_seconds: float


def judge_again(rule_code: str, warehouse: Warehouse) -> JudgedAgain:
    """Judge every published disclosure by one rule as its SQL and the lists stand now.

    Args:
        rule_code: the rule.
        warehouse: the published warehouse, which is only read.

    Raises:
        NotJudgedError: nothing is published, or by another version of the program; or there is no
            such rule.
    """
    if not warehouse.published.exists():
        raise NotJudgedError(f"There is no {warehouse.published}; run make build.")
    with tempfile.TemporaryDirectory(prefix="budget-judge-") as scratch:
        landed = Warehouse(warehouse.seeds, Path(scratch, "warehouse"))
        landed.folder.mkdir()
        landed.landing.symlink_to(warehouse.landing.absolute())
        target = statements_folder(warehouse, landed)
    statements = compiled_statements(target, warehouse.reference)
    with open_database() as connection:
        started, cpu_started = time.monotonic(), time.process_time()
        try:
            _stand_in(connection, warehouse.published, statements)
        except duckdb.Error as error:
            raise NotJudgedError(
                f"{warehouse.published} is not of this version of the program; run make build."
            ) from error
        rows = connection.execute(
            "select family from build.reference.reconciliation_rules where rule_code = ?",
            [rule_code],
        ).fetchall()
        if not rows:
            raise NotJudgedError(
                f"There is no rule {rule_code} in reconciliation_rules.csv; write one of its codes."
            )
        _judge(connection, rule_code, [f"rec_{family}" for (family,) in rows])
        ((count,),) = connection.execute(
            "select count(*) from published.marts.dim_disclosures"
        ).fetchall()
        return JudgedAgain(
            rule_code,
            count,
            list(rows_of(connection, _COUNTS, rule_code)),
            list(rows_of(connection, _CHANGES, rule_code)),
            time.monotonic() - started,
            time.process_time() - cpu_started,
        )


def _stand_in(
    connection: duckdb.DuckDBPyConnection, published: Path, statements: Sequence[Statement]
) -> None:
    """Make a warehouse of the published facts, the lists as they are, and the rules' views."""
    connection.execute(f"attach {literal(published)} as published (read_only)")
    for database in ("build", "working"):
        connection.execute(f"attach ':memory:' as {database}")
    for schema in ("marts", "reference", "reconciliations"):
        connection.execute(f"create schema build.{schema}")
    connection.execute("create schema working.intermediate")
    kept = connection.execute(
        "select schema_name, table_name from duckdb_tables()"
        " where database_name = 'published' and schema_name in ('marts', 'reconciliations')"
    ).fetchall()
    for schema, name in kept:
        connection.execute(f"create view build.{schema}.{name} as from published.{schema}.{name}")
    connection.execute("use build")
    for statement in statements:
        relation = statement.relation.replace('"', "")
        is_view = statement.text.startswith("create view") and ".reconciliations." in relation
        if ".reference." in relation or is_view or statement.name == _BARRED:
            connection.execute(statement.text)
    connection.execute("use memory")


def _judge(connection: duckdb.DuckDBPyConnection, rule_code: str, relations: list[str]) -> None:
    """Make the temporary table `judged` of the checks of a rule in the views of its family."""
    has_sides = bool(connection.execute(_HAS_SIDES, [rule_code]).fetchall())
    if has_sides and rule_code not in _OF_BOTH:
        # Amounts are put on the sides of this rule alone.
        connection.execute(
            "delete from build.reference.reconciliation_sides where rule_code <> ?", [rule_code]
        )
    if has_sides or rule_code in _OF_BOTH:
        relations = [*relations, "rec_compared_amounts"]
    columns = "rule_code, disclosure_id, subject, outcome, stated_yuan, computed_yuan"
    checks = " union all ".join(
        f"select {columns} from build.reconciliations.{relation}"
        f" where rule_code = {literal(rule_code)}"
        for relation in relations
    )
    connection.execute(_JUDGED.format(checks=checks))


def text(judged: JudgedAgain) -> str:
    """Return the account on the screen: outcomes before and now, and the failures that differ."""
    lines = [
        f"{judged.rule_code} over {judged.disclosure_count:,} disclosures:"
        f" {judged.seconds:.1f} s, {judged.cpu_seconds:.1f} CPU s",
        f"  {'outcome':10} {'published':>12} {'now':>12}",
    ]
    lines += [
        f"  {row['outcome']:10} {row['before']:12,} {row['now']:12,}" for row in judged.counts
    ]
    if not judged.changes:
        lines.append("  No failure is new, gone or says another figure.")
    lines += [
        f"  {row['change']:5} {row['disclosure_id']} {row['subject'] or ''}"
        f" stated {row['stated_yuan']} computed {row['computed_yuan']}"
        for row in judged.changes[:_SHOWN]
    ]
    if len(judged.changes) > _SHOWN:
        lines.append(f"  and {len(judged.changes) - _SHOWN:,} more")
    return "".join(f"{line}\n" for line in lines)
