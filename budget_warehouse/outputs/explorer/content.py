"""What the explorer shows, read from a published warehouse: rows as they stand, nothing computed.

An amount is a string of fen, since a number of JavaScript is a float; a table is its columns and
its rows, which keeps the files short.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

import duckdb

from budget_warehouse.contract.labels import Labels
from budget_warehouse.outputs.reports.audit_page import read_titles

Row = dict[str, Any]
Table = dict[str, list[Any]]

BATCH = 50  # disclosures held in memory at a time

# What pages show of a disclosure: held in temporary tables, so that each mart is read through once.
_HELD = (
    "fct_budget_splits",
    "fct_expenditure_changes",
    "fct_narrative_claims",
    "fct_performance_targets",
    "fct_projects",
    "fct_published_amounts",
    "fct_published_tables",
    "fct_reconciliations",
    "fct_statements",
)

OUTCOMES = "fhpin"  # fail, hint, pass, insufficient data, not applicable: worst first
_RANKED = "['fail', 'hint', 'pass', 'insufficient_data', 'not_applicable']"

_DISCLOSURES = f"""
    with findings as (
        select
            disclosure_id,
            count(*) filter (where severity = 'error') as error_count,
            count(*) filter (where severity = 'warning') as warning_count,
            count(*) filter (where severity = 'info') as info_count
        from fct_reconciliations
        where outcome = 'fail'
        group by disclosure_id
    ),

    outcomes as (
        select
            disclosure_id, rule_code,
            '{OUTCOMES}'[min(array_position({_RANKED}, outcome))] as outcome
        from fct_reconciliations
        group by all
    ),

    every_rule as (
        select disclosure_id, string_agg(coalesce(outcome, '-'), '' order by rule_code) as outcomes
        from shown
        cross join marts.dim_reconciliation_rules
        left join outcomes using (disclosure_id, rule_code)
        group by disclosure_id
    )

    select
        disclosures.disclosure_id, disclosures.organization_id, organization_name,
        disclosures.fiscal_year,
        disclosures.stage, scope, revision, is_current, disclosures.is_counted, is_stale,
        disclosures.has_untied_total, printed_spending_yuan,
        department_disclosure_id, published_on, source_document, source_url, source_sha256,
        basic_yuan, project_yuan, total_yuan,
        coalesce(error_count, 0) as error_count, coalesce(warning_count, 0) as warning_count,
        coalesce(info_count, 0) as info_count, outcomes
    from marts.dim_disclosures as disclosures
    inner join marts.dim_organizations as organizations
        on disclosures.organization_id = organizations.organization_id
    inner join every_rule using (disclosure_id)
    left join findings using (disclosure_id)
    left join fct_budget_splits as splits
        on disclosures.disclosure_id = splits.disclosure_id and splits.level = 'total'
    order by
        organization_name, scope, disclosures.fiscal_year, disclosures.stage, revision,
        disclosures.disclosure_id
"""

_ORGANIZATIONS = """
    select organization_id, organization_name, organization_type, region_name
    from marts.dim_organizations
    where organization_id in (
        select organization_id from marts.dim_disclosures
        where disclosure_id in (select disclosure_id from shown)
    )
    order by organization_name, organization_id
"""

_RULES = """
    select
        rule_code, family, severity, coalesce(statement_zh, statement) as statement, tolerance,
        basis, from_fiscal_year
    from marts.dim_reconciliation_rules
    order by rule_code
"""

# Spending that sums count, as the warehouse adds it up.
_YEARS = """
    with untied as (
        select fiscal_year, stage, count(*) as untied_count
        from marts.dim_disclosures
        where is_counted and has_untied_total
        group by all
    )

    select
        fiscal_year, stage, nature, cast(sum(amount_yuan) as decimal(18, 2)) as amount_yuan,
        count(distinct organization_id) as organization_count,
        coalesce(any_value(untied_count), 0) as untied_count
    from marts.expenditures
    left join untied using (fiscal_year, stage)
    group by all
    order by all
"""

_OF_DISCLOSURES = {
    "tables": """
        select disclosure_id, table_name, title, compiling_entity, unit, remark, source_ref
        from fct_published_tables
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "amounts": """
        select
            disclosure_id, table_name, row_number, measure, row_role, null_kind, printed_text,
            unit, amount_yuan, level, account_code, account_name, row_key, side, source_ref
        from fct_published_amounts
        where disclosure_id in (select unnest(?))
        order by disclosure_id, table_name, row_number, measure, account_code
    """,
    "splits": """
        select disclosure_id, function_code, level, basic_yuan, project_yuan, total_yuan
        from fct_budget_splits
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "changes": """
        select
            disclosure_id, last_year_disclosure_id, function_code, level, nature, amount_yuan,
            last_year_amount_yuan, change_yuan, change_ratio, contribution_ratio, change_kind, basis
        from fct_expenditure_changes
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "names": """
        select disclosure_id, function_code, max_by(function_name, names.fiscal_year) as name
        from marts.dim_disclosures as disclosures
        inner join marts.dim_functions as names
            on names.fiscal_year in (disclosures.fiscal_year, disclosures.fiscal_year - 1)
        where
            disclosure_id in (select unnest($1))
            and (disclosure_id, function_code) in (
                select disclosure_id, function_code from fct_budget_splits
                where disclosure_id in (select unnest($1))
                union all
                select disclosure_id, function_code from fct_expenditure_changes
                where disclosure_id in (select unnest($1))
            )
        group by all
        order by all
    """,
    "projects": """
        select
            disclosure_id, project_number, project_name, project_kind, project_kind_text,
            form_fiscal_year, supervising_organization_name, implementing_organization_name,
            starts_on, ends_on, total_yuan, annual_yuan, fiscal_yuan, carryover_yuan, other_yuan,
            source_ref
        from fct_projects
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "targets": """
        select
            disclosure_id, indicator_number, project_name, indicator_level_1, indicator_level_2,
            indicator_name, target_text, source_ref
        from fct_performance_targets
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "claims": """
        select
            disclosure_id, claim_number, ordinal, measure, account_name, amount_yuan, base_year,
            base_stage, direction, change_yuan, amount_text, base_amount_text, direction_text,
            change_text, change_percent_text, unit, source_ref
        from fct_narrative_claims
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "statements": """
        select disclosure_id, statement_number, subject, value_text, unit, note, source_ref
        from fct_statements
        where disclosure_id in (select unnest(?))
        order by all
    """,
    "checks": """
        select
            disclosure_id, rule_code, outcome, sum(checked_count) as checked_count,
            count(*) as row_count, not_executed_reason
        from fct_reconciliations
        where disclosure_id in (select unnest(?))
        group by all
        order by all
    """,
    "findings": """
        select
            disclosure_id, rule_code, subject, outcome, severity, stated_yuan, computed_yuan,
            gap_yuan, tolerance_yuan, stated_text, computed_text, stated_source, computed_source,
            coalesce(known_finding_reason_zh, known_finding_reason) as reason
        from fct_reconciliations
        where outcome in ('fail', 'hint') and disclosure_id in (select unnest(?))
        order by
            disclosure_id, outcome, array_position(['error', 'warning', 'info'], severity),
            rule_code, subject, stated_source, stated_yuan
    """,
}

# A row of a table is disputed where a rule that is broken names its place.
_DISPUTED = """
    disputed as (
        select
            amounts.disclosure_id, table_name, account_code,
            string_agg(distinct rule_code, ' ' order by rule_code) as disputed_by
        from fct_reconciliations as findings
        inner join fct_published_amounts as amounts
            on
                findings.disclosure_id = amounts.disclosure_id
                and findings.stated_source = amounts.table_name || ' ' || amounts.source_ref
        where outcome = 'fail' and severity in ('error', 'warning')
        group by all
    )
"""

_FUNCTIONS_THROUGH_YEARS = f"""
    with {_DISPUTED}

    select
        splits.function_code as account_code, splits.disclosure_id, basic_yuan, project_yuan,
        total_yuan, disputed_by
    from fct_budget_splits as splits
    left join disputed
        on
            splits.disclosure_id = disputed.disclosure_id
            and splits.function_code = disputed.account_code
            and disputed.table_name = 'expenditure_by_function'
    where splits.level <> 'total'
    order by all
"""

_ECONOMIC_ITEMS_THROUGH_YEARS = f"""
    with {_DISPUTED}

    select
        account_code, disclosure_id, row_number,
        max(amount_yuan) filter (where measure = 'personnel') as personnel_yuan,
        max(amount_yuan) filter (where measure = 'public_use') as public_use_yuan,
        max(amount_yuan) filter (where measure = 'total') as total_yuan,
        max(disputed_by) as disputed_by
    from fct_published_amounts
    left join disputed using (disclosure_id, table_name, account_code)
    where
        table_name = 'basic_expenditure_by_economic' and account_code is not null
        and row_role in ('leaf', 'subtotal')
    group by all
    order by all
"""

_ACCOUNTS = """
    select distinct 'function' as kind, function_code as code, function_name as name
    from marts.dim_functions
    where function_code in (select function_code from fct_budget_splits)
    union all
    select distinct 'economic', account_code, account_name
    from fct_published_amounts
    where
        table_name = 'basic_expenditure_by_economic' and account_code is not null
        and row_role in ('leaf', 'subtotal')
    order by all
"""

_PROJECTS = """
    select fiscal_year, project_name, disclosure_id, project_number, annual_yuan
    from fct_projects
    order by all
"""

_CLAIM = re.compile(r"\bclaim (\d+)$")
_MORE = re.compile(r" and \d+ more$")


class Content:
    """The pages' data, each part by itself so that a page loads no more than it shows.

    It holds the disclosures that were chosen, but the sums of each year are those of all.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read what every part needs of the disclosures that are shown: labels, list and titles."""
        self._connection = connection
        for mart in _HELD:
            connection.execute(
                f"create or replace temp table {mart} as from marts.{mart}"
                " where disclosure_id in (select disclosure_id from shown)"
            )
        self._labels = Labels.read(connection)
        self._disclosures = self._rows(_DISCLOSURES)
        self._titles = read_titles(connection, self._labels)
        names = (row["disclosure_id"] for row in self._disclosures)
        self._positions = {name: position for position, name in enumerate(names)}

    @property
    def disclosure_ids(self) -> list[str]:
        """Every disclosure, in the order of the index."""
        return list(self._positions)

    def index(self) -> dict[str, Any]:
        """What every page needs: a short row for each disclosure, the rules and the words."""
        organizations = self._rows(_ORGANIZATIONS)
        position = {row["organization_id"]: at for at, row in enumerate(organizations)}
        left_out = {"organization_name", "source_document", "source_url", "source_sha256"}
        disclosures = [
            {name: value for name, value in row.items() if name not in left_out}
            | {"organization_id": position[row["organization_id"]]}
            for row in self._disclosures
        ]
        rules = self._rows(_RULES)
        for rule in rules:
            rule["statement"] = self._labels.statement(rule["statement"])
        labels = self._rows(
            "select kind, name, label_zh from reference.labels"
            " where kind not in ('phrase', 'table_number') order by rowid"
        )
        return {
            "disclosures": _table(disclosures),
            "organizations": _table(organizations),
            "rules": _table(rules),
            "years": _table(self._rows(_YEARS)),
            "labels": _table(labels),
            "project_years": [
                row["fiscal_year"]
                for row in self._rows(
                    "select distinct fiscal_year from fct_projects order by all desc"
                )
            ],
        }

    def disclosures(self, disclosure_ids: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Everything about each of some disclosures, under its name."""
        rows = {row["disclosure_id"]: row for row in self._disclosures}
        for start in range(0, len(disclosure_ids), BATCH):
            batch = disclosure_ids[start : start + BATCH]
            parts = {
                part: self._by_disclosure(query, batch) for part, query in _OF_DISCLOSURES.items()
            }
            for name in batch:
                of_it = {part: by_disclosure[name] for part, by_disclosure in parts.items()}
                accounts = {
                    row["account_code"]: row["account_name"] or ""
                    for row in of_it["amounts"]
                    if row["account_code"]
                }
                figures = _Figures(of_it["amounts"], of_it["claims"])
                of_it["findings"] = [
                    self._finding(row, figures, accounts) for row in of_it["findings"]
                ]
                for row in of_it["checks"]:
                    row["not_executed_reason"] = self._said(row["not_executed_reason"])
                yield (
                    name,
                    {"title": self._titles[name], "disclosure": _table([dict(rows[name])])}
                    | {part: _table(content) for part, content in of_it.items()},
                )

    def accounts(self) -> Iterator[tuple[str, Table]]:
        """Each account through the years, a part for each class: `function-208`."""
        for kind, query in (
            ("function", _FUNCTIONS_THROUGH_YEARS),
            ("economic", _ECONOMIC_ITEMS_THROUGH_YEARS),
        ):
            rows = self._rows(query)
            for class_code, of_class in groupby(rows, lambda row: row["account_code"][:3]):
                if re.fullmatch("[0-9]{3}", class_code):
                    yield f"{kind}-{class_code}", _table(self._numbered(of_class))

    def search(self) -> Iterator[tuple[str, Table]]:
        """What is searched besides the index: accounts, and the projects of each year."""
        yield "accounts", _table(self._rows(_ACCOUNTS))
        for year, projects in groupby(self._rows(_PROJECTS), itemgetter("fiscal_year")):
            yield f"projects-{year}", _table(self._numbered(projects))

    def _numbered(self, rows: Iterable[Row]) -> list[Row]:
        """Rows with a disclosure's position in the index in place of its name."""
        return [row | {"disclosure_id": self._positions[row["disclosure_id"]]} for row in rows]

    def _finding(self, row: Row, figures: "_Figures", accounts: dict[str, str]) -> Row:
        """A finding in Chinese, and the figures that it is about."""
        subject = row["subject"] or ""
        shown = {
            "subject": self._labels.subject(subject, accounts),
            "stated_text": self._said(row["stated_text"]),
            "computed_text": self._said(row["computed_text"]),
            "stated_place": self._placed(row["stated_source"]),
            "computed_place": self._placed(row["computed_source"]),
            "table_name": (row["stated_source"] or "").split(" ")[0],
            "amounts": figures.amounts(row),
            "claims": figures.claims(row),
        }
        hidden = {"stated_source", "computed_source", "disclosure_id"}
        return {name: value for name, value in row.items() if name not in hidden} | shown

    def _said(self, text: str | None) -> str | None:
        return self._labels.text(text) if text else text

    def _placed(self, text: str | None) -> str | None:
        return self._labels.place(text, self._titles) if text else text

    def _by_disclosure(self, query: str, disclosure_ids: list[str]) -> dict[str, list[Row]]:
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows(query, disclosure_ids):
            rows[row.pop("disclosure_id")].append(row)
        return rows

    def _rows(self, query: str, *values: Any) -> list[Row]:
        cursor = self._connection.execute(query, values)
        columns = [column[0] for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


class _Figures:
    """The figures of one disclosure by the place where they are printed."""

    def __init__(self, amounts: list[Row], claims: list[Row]) -> None:
        self._amounts: dict[str, list[tuple[int, Row]]] = defaultdict(list)
        for position, row in enumerate(amounts):
            self._amounts[f"{row['table_name']} {row['source_ref']}"].append((position, row))
        self._claims = claims

    def amounts(self, finding: Row) -> list[int]:
        """The printed amounts on either side of a finding, as positions in the disclosure's list.

        On the row that a side names it is the amount that the side gives, or the column that the
        subject ends in.
        """
        measure = (finding["subject"] or "").rpartition(" ")[2]
        found = set()
        for side in ("stated", "computed"):
            place = _MORE.sub("", finding[f"{side}_source"] or "")
            amount = finding[f"{side}_yuan"]
            for position, row in self._amounts.get(place, []):
                given = amount is not None and row["amount_yuan"] == amount
                if given or (side == "stated" and row["measure"] == measure):
                    found.add(position)
        return sorted(found)

    def claims(self, finding: Row) -> list[int]:
        """The numbers of the statements in the prose that a finding is about."""
        named = _CLAIM.search(finding["subject"] or "")
        if named:
            return [int(named[1])]
        found = set()
        for side in ("stated", "computed"):
            amount = finding[f"{side}_yuan"]
            for claim in self._claims:
                if (
                    amount is not None
                    and finding[f"{side}_source"] == f"narrative_claims {claim['source_ref']}"
                    and abs(amount) in (claim["amount_yuan"], claim["change_yuan"])
                ):
                    found.add(claim["claim_number"])
        return sorted(found)


def _table(rows: list[Row]) -> Table:
    """Rows as their columns and values, every amount of yuan as a string of fen."""
    columns = list(rows[0]) if rows else []
    for column in columns:
        if column.endswith("_yuan"):
            for row in rows:
                row[column] = _fen(row[column])
    return {"columns": columns, "rows": [list(row.values()) for row in rows]}


def _fen(yuan: Decimal | None) -> str | None:
    """An amount of yuan in fen; the context's 28 digits hold every decimal(18,2)."""
    return None if yuan is None else str(int(yuan.scaleb(2)))
