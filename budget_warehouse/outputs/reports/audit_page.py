"""The audit page of a disclosure: what is wrong in it, what passes, and what could not be checked.

It is one file in Chinese, and one in English, that can be printed and sent to the organization
that published.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from budget_warehouse.contract.labels import Labels
from budget_warehouse.outputs.printable import shortened
from budget_warehouse.outputs.printed_pages.printed_pages import PageSource, PrintedPages
from budget_warehouse.outputs.printed_pages.strips import Strips, printed_pages
from budget_warehouse.outputs.reports.audit import Audit, Rule
from budget_warehouse.outputs.reports.grades import read_grades
from budget_warehouse.outputs.reports.languages import CHINESE, LANGUAGES, Language, other_than
from budget_warehouse.outputs.reports.quotes import Quotes, is_same_figure
from budget_warehouse.outputs.reports.reading import Reading
from budget_warehouse.outputs.reports.tied import TiedFigures, tied_figures
from budget_warehouse.outputs.selection import select_asked, select_most_pressing, selected
from budget_warehouse.outputs.texts import Texts, mark_chinese
from budget_warehouse.storage.progress import progress
from budget_warehouse.storage.rows import Row, rows_of

_AMOUNT = re.compile(r"(?<![\d.,])\d{4,16}\.\d{2}(?![\d.%])元?")
_REJECTED_SHOWN = 50  # values of one disclosure; all of them stand in `fct_rejected_rows`
_REJECTED_PAGES = 200  # disclosures that have nothing but a page of reasons
_LONGEST_NAME = 255  # bytes, of most file systems

_DISCLOSURES = """
    select
        disclosure_id, organization_name, fiscal_year, stage, scope, revision, is_current, is_stale,
        published_on, source_document, source_url, source_sha256, reading, has_untied_total,
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
        rules.statement as statement_en,
        rules.basis,
        rules.tolerance,
        coalesce(rules.remedy_zh, rules.remedy) as remedy,
        rules.remedy as remedy_en,
        failures.finding_id,
        failures.rank_in_finding,
        findings.amount_yuan
    from marts.fct_reconciliations as reconciliations
    inner join marts.dim_reconciliation_rules as rules using (rule_code)
    left join marts.fct_finding_failures as failures
        on
            reconciliations.disclosure_id = failures.disclosure_id
            and reconciliations.rule_code = failures.rule_code
            and reconciliations.subject = failures.subject
            and reconciliations.outcome = 'fail'
    left join marts.fct_findings as findings
        on
            failures.disclosure_id = findings.disclosure_id
            and failures.finding_id = findings.finding_id
    left join reference.labels
        on labels.kind = 'family' and reconciliations.family = labels.name
    where reconciliations.disclosure_id in (select unnest(?))
    order by
        reconciliations.disclosure_id, labels.rowid nulls last, reconciliations.family,
        rule_code, outcome, not_executed_reason, reconciliations.subject, stated_source,
        reconciliations.stated_yuan
"""


# A figure under no heading has no column and was read all the same: a rule asks about it.
_TABLES = """
    with strays as (
        select disclosure_id, table_name, count(*) as stray_count
        from marts.fct_published_amounts
        where row_role = 'stray' and disclosure_id in (select unnest($1))
        group by all
    )

    select
        disclosure_id, table_name, title, pages, numbers_printed,
        numbers_placed + coalesce(stray_count, 0) as numbers_placed
    from marts.fct_published_tables
    left join strays using (disclosure_id, table_name)
    where disclosure_id in (select unnest($1))
    order by disclosure_id, table_name
"""

# Of values that could not be read, whether or not an earlier version of the disclosure stands.
_REJECTED = f"""
    select disclosure_id, source_file, line_number, column_name, value, reason
    from marts.fct_rejected_rows
    where disclosure_id is not null
    qualify row_number() over (
        partition by disclosure_id order by source_file, line_number, column_name
    ) <= {_REJECTED_SHOWN}
    order by disclosure_id, source_file, line_number, column_name
"""

_ONLY_REJECTED = f"""
    select distinct disclosure_id
    from marts.fct_rejected_rows
    where
        disclosure_id is not null
        and disclosure_id not in (select disclosure_id from marts.dim_disclosures)
    order by disclosure_id
    limit {_REJECTED_PAGES}
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


def file_name(disclosure_id: str) -> str:
    """Return the name of a disclosure's page in Chinese in the folder of reports."""
    return CHINESE.page(disclosure_id)


def write_audit_pages(
    connection: duckdb.DuckDBPyConnection,
    reports: Path,
    changed: Collection[str] | None = None,
    before: Path | None = None,
    source: PageSource | None = None,
) -> None:
    """Write a page in each language for each disclosure shown into the folder of reports.

    Where `changed` says of which anything changed since the report `before`, the pages of all
    others are taken from there. Without a `source` of printed pages no finding shows its own.
    """
    select_most_pressing(connection)
    names = [
        name
        for name in selected(connection)
        if changed is None or name in changed or not _keep(name, before, reports)
    ]
    printed = printed_pages(connection, source if names else None)
    tied = tied_figures(connection, names, reports)
    for language in LANGUAGES:
        for name, page in _pages(connection, names, language, printed, tied, has_front_page=True):
            (reports / language.page(name)).write_text(page, encoding="utf-8")
        for name, page in _rejected_pages(connection, language):
            (reports / language.page(name)).write_text(page, encoding="utf-8")


def write_audit_page(
    connection: duckdb.DuckDBPyConnection,
    disclosure_id: str,
    into: Path,
    source: PageSource | None = None,
) -> None:
    """Write the pages of one disclosure, in each language, each of which stands alone."""
    select_asked(connection, "", [disclosure_id])
    printed = printed_pages(connection, source)
    for language in LANGUAGES:
        pages = _pages(connection, [disclosure_id], language, printed, {}, has_front_page=False)
        for _, page in pages:
            (into / language.page(disclosure_id)).write_text(page, encoding="utf-8")


def _pages(
    connection: duckdb.DuckDBPyConnection,
    names: list[str],
    language: Language,
    printed: Mapping[str, PrintedPages],
    tied: Mapping[str, TiedFigures],
    has_front_page: bool,
) -> Iterator[tuple[str, str]]:
    """Yield the page of each of some disclosures that are shown."""
    labels = language.labels(connection)
    titles = read_titles(connection, labels, language.t)
    stages = _by_disclosure(rows_of(connection, _STAGES, names))
    tables = _by_disclosure(rows_of(connection, _TABLES, names))
    rejected = _by_disclosure(rows_of(connection, _REJECTED))
    quotes = Quotes(connection, names, labels, language.t)
    template = _environment(labels, language).get_template("audit_page.html.jinja")
    disclosures = {row["disclosure_id"]: row for row in rows_of(connection, _DISCLOSURES, names)}
    grades = read_grades(connection)
    judged = _rules(connection, names, language, labels)
    for disclosure_id, rules in progress(judged, "Pages", "page", len(names)):
        yield (
            disclosure_id,
            template.render(
                title=titles[disclosure_id],
                disclosure=disclosures[disclosure_id],
                audit=Audit(rules, labels, language.t),
                stages=stages[disclosure_id],
                reading=Reading(disclosures[disclosure_id]["reading"], tables[disclosure_id]),
                rejected=rejected[disclosure_id],
                grade=grades.get(disclosure_id),
                quotes=quotes,
                strips=Strips(printed.get(disclosure_id)),
                tied=tied.get(disclosure_id),
                has_front_page=has_front_page,
                other_language=_address(other_than(language).page(disclosure_id)),
            ),
        )


def rejected_disclosures(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the names of those that have nothing but a page of reasons."""
    rows = connection.execute(_ONLY_REJECTED).fetchall()
    return [name for (name,) in rows if len(file_name(name).encode()) <= _LONGEST_NAME]


def _rejected_pages(
    connection: duckdb.DuckDBPyConnection, language: Language
) -> Iterator[tuple[str, str]]:
    """Yield a page with the reasons for each disclosure of which nothing could be read."""
    template = _environment(language.labels(connection), language).get_template(
        "rejected_page.html.jinja"
    )
    rejected = _by_disclosure(rows_of(connection, _REJECTED))
    for name in rejected_disclosures(connection):
        other_language = _address(other_than(language).page(name))
        yield (
            name,
            template.render(title=name, rejected=rejected[name], other_language=other_language),
        )


def _by_disclosure(rows: Iterable[Row]) -> dict[str, list[Row]]:
    of_disclosures: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        of_disclosures[row["disclosure_id"]].append(row)
    return of_disclosures


def read_titles(
    connection: duckdb.DuckDBPyConnection, labels: Labels, t: Texts = CHINESE.t
) -> dict[str, str]:
    """Return the title of each disclosure that is shown."""
    return {row["disclosure_id"]: title(row, labels, t) for row in rows_of(connection, _TITLED)}


def title(disclosure: Row, labels: Labels, t: Texts = CHINESE.t) -> str:
    """Return organization, year, scope and stage: 上海市财政局2025年度单位年初预算."""
    scope, stage = labels.of("scope", disclosure["scope"]), labels.of("stage", disclosure["stage"])
    name, year = disclosure["organization_name"], disclosure["fiscal_year"]
    return t("{0}{1}年度{2}{3}", name, year, scope, stage)


def _environment(labels: Labels, language: Language) -> Environment:
    """Return Jinja with the template's filters; every text is shortened and escaped.

    On an English page the Chinese in a text is marked as Chinese.
    """

    def said(value: Any) -> Any:
        if type(value) is not str:
            return value
        return shortened(value) if language is CHINESE else mark_chinese(shortened(value))

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        finalize=said,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Callable[..., str | None]] = {
        "label": lambda name, kind: labels.of(kind, name) if name else language.t("未注明"),
        "statement": labels.statement,
        "thousands": lambda count: f"{count:,}",
        "yuan": _yuan,
        "percent": lambda ratio: f"{ratio:.2%}",
        "grouped": lambda text: grouped(text, language.t),
    }
    environment.globals.update(
        t=language.t,
        labels=labels,
        language=language,
        other=other_than(language),
        front_page=language.front_page,
    )
    environment.filters.update(filters)
    environment.tests["same_figure"] = is_same_figure
    return environment


def _yuan(amount: Decimal, sign: str = "") -> str:
    """Return an amount to the fen, with thousands separators; with `+`, signed."""
    return format(amount, f"{sign if amount else ''},.2f")


def grouped(text: str | None, t: Texts = CHINESE.t) -> str:
    """Return a text whose amounts of yuan, to the fen, have separators and their unit."""

    def amount(match: re.Match[str]) -> str:
        return t("{0} 元", f"{Decimal(match[0].rstrip('元')):,}")

    return _AMOUNT.sub(amount, text or "")


def _address(file: str) -> str:
    return quote(file, errors="replace")


def _rules(
    connection: duckdb.DuckDBPyConnection,
    disclosure_ids: list[str],
    language: Language,
    labels: Labels,
) -> Iterator[tuple[str, list[Rule]]]:
    """Yield each of some disclosures, in their order, with what came of every rule in it."""
    rows = rows_of(connection, _RECONCILIATIONS, disclosure_ids)
    groups = groupby((language.row(row, labels) for row in rows), itemgetter("disclosure_id"))
    name, rows = next(groups, (None, iter(())))
    for disclosure_id in disclosure_ids:
        rules = []
        if name == disclosure_id:
            rules = [Rule(list(of_rule)) for _, of_rule in groupby(rows, itemgetter("rule_code"))]
            name, rows = next(groups, (None, iter(())))
        yield disclosure_id, rules


def _keep(disclosure_id: str, before: Path | None, reports: Path) -> bool:
    """Link the pages of a disclosure in the report before, if all of them are there."""
    pages = [language.page(disclosure_id) for language in LANGUAGES]
    if before is None or not all((before / page).exists() for page in pages):
        return False
    for page in pages:
        (reports / page).hardlink_to(before / page)
    return True
