"""The audit page of a disclosure: what is wrong in it, what passes, and what could not be checked.

It is one file in Chinese that can be printed and sent to the organization that published.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from budget_warehouse.contract.labels import Labels
from budget_warehouse.outputs.printable import shortened
from budget_warehouse.outputs.selection import select_asked, select_most_pressing, selected
from budget_warehouse.storage.progress import progress
from budget_warehouse.storage.rows import Row, rows_of

_DISCLOSURES = """
    select
        disclosure_id, organization_name, fiscal_year, stage, scope, revision, is_current, is_stale,
        published_on, source_document, source_url, source_sha256, has_untied_total,
        counted_spending_yuan, printed_spending_yuan
    from marts.dim_disclosures
    inner join marts.dim_organizations using (organization_id)
    where disclosure_id in (select unnest(?))
    order by disclosure_id
"""

_TITLED = """
    select disclosure_id, organization_name, fiscal_year, stage, scope
    from marts.dim_disclosures
    inner join marts.dim_organizations using (organization_id)
    where disclosure_id in (select disclosure_id from selection)
"""

_RECONCILIATIONS = """
    select
        reconciliations.*,
        coalesce(rules.statement_zh, rules.statement) as statement,
        coalesce(rules.basis, '未注明') as basis,
        coalesce(rules.tolerance, '未注明') as tolerance
    from marts.fct_reconciliations as reconciliations
    inner join marts.dim_reconciliation_rules as rules using (rule_code)
    left join reference.labels
        on labels.kind = 'family' and reconciliations.family = labels.name
    where disclosure_id in (select unnest(?))
    order by
        disclosure_id, labels.rowid nulls last, family, rule_code, outcome, not_executed_reason,
        subject, stated_source, stated_yuan
"""


# Beside a budget of its year; what the tree holds below the total, the explorer shows.
_STAGES = """
    select
        disclosure_id, base_stage, basis, base_disclosure_id, nature, expense, amount_yuan,
        base_yuan, change_yuan, execution_ratio
    from marts.fct_stage_changes
    where
        disclosure_id in (select unnest(?)) and stage = 'final_accounts' and basis <> 'none'
        and base_fiscal_year = fiscal_year
        and (function_code = 'total' or function_code is null)
    order by disclosure_id, basis, base_stage, base_disclosure_id, expense nulls first, nature desc
"""


@dataclass(frozen=True)
class Rule:
    """One rule in one disclosure: its rows of `fct_reconciliations`, at least one."""

    rows: list[Row]

    @property
    def about(self) -> Row:
        """What is the same in every row, such as `rule_code`, `family` and `basis`."""
        return self.rows[0]

    @property
    def worst_outcome(self) -> str | None:
        """The worst outcome of what was checked; null where nothing was."""
        return next((outcome for outcome in ("fail", "hint", "pass") if self.of(outcome)), None)

    @property
    def checked_count(self) -> int:
        return sum(row["checked_count"] for row in self.rows)

    @property
    def passed_count(self) -> int:
        return sum(row["checked_count"] for row in self.of("pass"))

    def of(self, outcome: str) -> list[Row]:
        """Return the rows with one outcome."""
        return [row for row in self.rows if row["outcome"] == outcome]

    def unchecked(self, outcome: str) -> list[tuple[str, list[str]]]:
        """Return each reason for not having been checked, with its subjects; none if it is all."""
        subjects = defaultdict(list)
        for row in self.of(outcome):
            subjects[row["not_executed_reason_zh"]].append(row["subject_zh"])
        return [(why, [one for one in which if one]) for why, which in subjects.items()]


@dataclass(frozen=True)
class Section:
    """The rules of one disclosure that stand under one heading."""

    heading: str
    outcome: str
    rules: list[Rule]

    @property
    def row_count(self) -> int:
        return sum(len(rule.of(self.outcome)) for rule in self.rules)

    @property
    def checked_count(self) -> int:
        return sum(rule.checked_count for rule in self.rules)


@dataclass(frozen=True)
class Audit:
    """What came of all rules in one disclosure, in the order in which the page says it."""

    rules: list[Rule]
    labels: Labels

    def judged(self, worst_outcome: str) -> list[Rule]:
        """Return the rules of which this is the worst outcome."""
        return [rule for rule in self.rules if rule.worst_outcome == worst_outcome]

    @property
    def executed(self) -> list[Rule]:
        return [rule for rule in self.rules if rule.worst_outcome]

    @property
    def found(self) -> list[Section]:
        """Findings by severity, then the gaps that rounding explains."""
        severities = [
            self._section("severity", severity, "fail", self._where("severity", severity, "fail"))
            for severity in self.labels.names("severity")
        ]
        hints = [rule for rule in self.rules if rule.of("hint")]
        return [
            section
            for section in (*severities, self._section("outcome", "hint", "hint", hints))
            if section.rules
        ]

    @property
    def passed(self) -> list[Section]:
        """The rules that pass wherever they were checked, by family."""
        families = dict.fromkeys(rule.about["family"] for rule in self.judged("pass"))
        return [
            self._section("family", family, "pass", self._where("family", family, "pass"))
            for family in families
        ]

    @property
    def unchecked(self) -> list[Section]:
        """The rules that could not be checked at all or somewhere, by outcome."""
        sections = [
            self._section("outcome", outcome, outcome, [r for r in self.rules if r.of(outcome)])
            for outcome in ("insufficient_data", "not_applicable")
        ]
        return [section for section in sections if section.rules]

    def _where(self, column: str, value: str, worst_outcome: str) -> list[Rule]:
        return [rule for rule in self.judged(worst_outcome) if rule.about[column] == value]

    def _section(self, kind: str, name: str, outcome: str, rules: list[Rule]) -> Section:
        return Section(self.labels.of(kind, name), outcome, rules)


def file_name(disclosure_id: str) -> str:
    """Return the name of a disclosure's page in the folder of reports."""
    return disclosure_id.replace("/", "%2F") + ".html"


def write_audit_pages(
    connection: duckdb.DuckDBPyConnection,
    reports: Path,
    changed: Collection[str] | None = None,
    before: Path | None = None,
) -> None:
    """Write a page for each disclosure that is shown into the folder of reports.

    Where `changed` says of which anything changed since the report `before`, the pages of all
    others are taken from there.
    """
    select_most_pressing(connection)
    names = [
        name
        for name in selected(connection)
        if changed is None or name in changed or not _keep(file_name(name), before, reports)
    ]
    for name, page in _pages(connection, names, has_front_page=True):
        (reports / file_name(name)).write_text(page, encoding="utf-8")


def write_audit_page(connection: duckdb.DuckDBPyConnection, disclosure_id: str, file: Path) -> None:
    """Write the page of one disclosure, which stands alone."""
    select_asked(connection, "", [disclosure_id])
    for _, page in _pages(connection, [disclosure_id], has_front_page=False):
        file.write_text(page, encoding="utf-8")


def _pages(
    connection: duckdb.DuckDBPyConnection, names: list[str], has_front_page: bool
) -> Iterator[tuple[str, str]]:
    """Yield the page of each of some disclosures that are shown."""
    labels = Labels.read(connection)
    titles = read_titles(connection, labels)
    stages: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(connection, _STAGES, names):
        stages[row["disclosure_id"]].append(row)
    template = _environment(labels).get_template("audit_page.html.jinja")
    disclosures = {row["disclosure_id"]: row for row in rows_of(connection, _DISCLOSURES, names)}
    for disclosure_id, rules in progress(_rules(connection, names), "Pages", "page", len(names)):
        yield (
            disclosure_id,
            template.render(
                title=titles[disclosure_id],
                disclosure=disclosures[disclosure_id],
                audit=Audit(rules, labels),
                stages=stages[disclosure_id],
                has_front_page=has_front_page,
            ),
        )


def read_titles(connection: duckdb.DuckDBPyConnection, labels: Labels) -> dict[str, str]:
    """Return the title of each disclosure that is shown."""
    return {row["disclosure_id"]: title(row, labels) for row in rows_of(connection, _TITLED)}


def title(disclosure: Row, labels: Labels) -> str:
    """Return organization, year, scope and stage: 上海市财政局2025年度单位年初预算."""
    scope, stage = labels.of("scope", disclosure["scope"]), labels.of("stage", disclosure["stage"])
    return f"{disclosure['organization_name']}{disclosure['fiscal_year']}年度{scope}{stage}"


def _environment(labels: Labels) -> Environment:
    """Return Jinja with the template's filters; every text is shortened and escaped."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=lambda value: shortened(value) if type(value) is str else value,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., str]] = {
        "label": lambda name, kind: labels.of(kind, name),
        "statement": labels.statement,
        "thousands": lambda count: f"{count:,}",
        "yuan": _yuan,
        "percent": lambda ratio: f"{ratio:.2%}",
    }
    environment.filters.update(filters)
    return environment


def _yuan(amount: Decimal, sign: str = "") -> str:
    """Return an amount to the fen, with thousands separators; with `+`, signed."""
    return format(amount, f"{sign if amount else ''},.2f")


def _rules(
    connection: duckdb.DuckDBPyConnection, disclosure_ids: list[str]
) -> Iterator[tuple[str, list[Rule]]]:
    """Yield each of some disclosures, in their order, with what came of every rule in it."""
    groups = groupby(
        rows_of(connection, _RECONCILIATIONS, disclosure_ids), itemgetter("disclosure_id")
    )
    name, rows = next(groups, (None, iter(())))
    for disclosure_id in disclosure_ids:
        rules = []
        if name == disclosure_id:
            rules = [Rule(list(of_rule)) for _, of_rule in groupby(rows, itemgetter("rule_code"))]
            name, rows = next(groups, (None, iter(())))
        yield disclosure_id, rules


def _keep(name: str, before: Path | None, reports: Path) -> bool:
    """Link a page of the report before, if it is there."""
    if before is None or not (before / name).exists():
        return False
    (reports / name).hardlink_to(before / name)
    return True
