"""Content of the explorer, read from a published warehouse: rows as they stand, nothing computed.

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
from budget_warehouse.contract.rule_pages import unit_test_of
from budget_warehouse.outputs.explorer import (
    comparison_queries,
    finding_queries,
    listing,
    place_queries,
)
from budget_warehouse.outputs.explorer.queries import (
    ACCOUNTS,
    ADDED,
    ADDED_COLUMNS,
    COLUMNS,
    DISCLOSURES,
    ECONOMIC_ITEMS_THROUGH_YEARS,
    FUNCTIONS_THROUGH_YEARS,
    HELD,
    OF_DISCLOSURES,
    ORGANIZATIONS,
    PRECISIONS,
    PROJECTS,
    READING,
    RULES,
    RULES_OF_DISCLOSURES,
    YEARS,
)
from budget_warehouse.outputs.explorer.rule_queries import (
    NOT_IN_FORCE,
    RULE_FIELDS,
    RULE_FINDINGS,
    RULE_OUTCOMES,
)
from budget_warehouse.outputs.findings import hold_findings
from budget_warehouse.outputs.reports.audit_page import read_titles
from budget_warehouse.storage.rows import Row, rows_of
from budget_warehouse.storage.tables import has_table

Table = dict[str, list[Any]]

BATCH = 50  # disclosures held in memory at a time
CLAIMS = "narrative_claims"

# The columns of a finding that the page of a disclosure shows as they stand.
_OF_FINDING = (
    "rule_code",
    "outcome",
    "severity",
    "stated_yuan",
    "computed_yuan",
    "gap_yuan",
    "tolerance_yuan",
    "reason",
    "verdict",
    "reviewer",
    "reviewed_on",
    "reopened_because",
    "lowered_because",
)


class Content:
    """The pages' data, each part alone so that a page loads no more than it shows.

    Pages are those of the disclosures that were chosen; lists have all that are listed, and the
    sums of years and places are those of all that are published.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Read what every part needs of the disclosures that are shown: labels, list and titles."""
        self._connection = connection
        for mart in HELD:
            connection.execute(
                f"create or replace temp table {mart} as from marts.{mart}"
                " where disclosure_id in (select disclosure_id from selection)"
            )
        for mart, added in ADDED_COLUMNS.items():
            for column, kind in added.items():
                connection.execute(f"alter table {mart} add column if not exists {column} {kind}")
        listing.name_reconciliations(connection)
        hold_findings(connection)
        self._labels = Labels.read(connection)
        self._english = Labels.read_english(connection)
        self._disclosures = self._rows(DISCLOSURES)
        self._titles = read_titles(connection, self._labels)
        columns = set(connection.execute(COLUMNS).fetchall())
        self._missing = {part for part, needed in ADDED.items() if not columns.issuperset(needed)}
        readings = {} if "reading" in self._missing else self._readings()
        for row in self._disclosures:
            row["reading"] = readings.get(row["disclosure_id"])
        names = (row["disclosure_id"] for row in self._disclosures)
        self._positions = {name: position for position, name in enumerate(names)}

    @property
    def listed_count(self) -> int:
        """Number of disclosures that the index lists."""
        return len(self._disclosures)

    @property
    def disclosure_ids(self) -> list[str]:
        """Every disclosure that has pages, in the order of the index."""
        return [row["disclosure_id"] for row in self._disclosures if row["has_pages"]]

    def index(self) -> dict[str, Any]:
        """Return what every page needs: a short row for each disclosure, the rules and words."""
        organizations = self._organizations()
        position = {row["organization_id"]: at for at, row in enumerate(organizations)}
        words: dict[str, list[str]] = {
            column: sorted({row[column] for row in self._disclosures if row[column]})
            for column in listing.WORDS
        }
        disclosures = [
            listing.short(row, position, self._positions, words) for row in self._disclosures
        ]
        rules = self._rows(RULES)
        for rule in rules:
            text = rule["statement"]
            rule["statement"] = self._labels.statement(text, "initial_budget")
            rule["final_accounts_statement"] = self._labels.statement(text, "final_accounts")
            text = rule["statement_en"]
            rule["statement_en"] = self._english.statement(text, "initial_budget")
            rule["final_accounts_statement_en"] = self._english.statement(text, "final_accounts")
        labels = self._rows(
            "select kind, name, label_zh from reference.labels"
            " where kind not in ('phrase', 'table_number') order by rowid"
        )
        for row in labels:
            row["label_en"] = self._english.of(row["kind"], row["name"])
        return {
            "disclosures": _table(disclosures),
            "words": words,
            "flags": listing.FLAGS,
            "organizations": _table(
                [listing.short_organization(row, position) for row in organizations]
            ),
            "context": _table(self._context_figures()),
            "regions": _table(
                self._rows(place_queries.regions(has_expected="expected" not in self._missing))
            ),
            "rules": _table(rules),
            "precisions": _table([] if "precisions" in self._missing else self._rows(PRECISIONS)),
            "years": _table(self._rows(YEARS)),
            "labels": _table(labels),
            "project_years": [
                row["fiscal_year"]
                for row in self._rows(
                    "select distinct fiscal_year from fct_projects order by all desc"
                )
            ],
        }

    def disclosures(self, disclosure_ids: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield everything about each of some disclosures, under its name."""
        rows = {row["disclosure_id"]: row for row in self._disclosures}
        for start in range(0, len(disclosure_ids), BATCH):
            batch = disclosure_ids[start : start + BATCH]
            parts = {
                part: {} if part in self._missing else self._by_disclosure(query, batch)
                for part, query in OF_DISCLOSURES.items()
            }
            for name in batch:
                of_it = {part: rows_by.get(name, []) for part, rows_by in parts.items()}
                figures = _Figures(of_it["amounts"], of_it["claims"])
                of_it["findings"] = [self._finding(row, figures) for row in of_it["findings"]]
                yield (
                    name,
                    {"title": self._titles[name], "disclosure": _table([dict(rows[name])])}
                    | {part: _table(content) for part, content in of_it.items()},
                )

    def accounts(self) -> Iterator[tuple[str, Table]]:
        """Yield each account through the years, by class and by section: `function-20805`."""
        for kind, query in (
            ("function", FUNCTIONS_THROUGH_YEARS),
            ("economic", ECONOMIC_ITEMS_THROUGH_YEARS),
        ):
            rows = rows_of(self._connection, query)  # too many to be held
            for section_code, of_section in groupby(rows, lambda row: row["account_code"][:5]):
                if re.fullmatch("[0-9]{3}([0-9]{2})?", section_code):
                    yield f"{kind}-{section_code}", _table(self._numbered(of_section))

    def reading(self) -> Table:
        """Return how whole each disclosure was read, worst first; nothing where nobody counted."""
        return _table([] if "reading" in self._missing else self._numbered(self._rows(READING)))

    def expected(self) -> Table:
        """Return the disclosures that a list expects, those that are not loaded first."""
        return _table([] if "expected" in self._missing else self._rows(place_queries.EXPECTED))

    def findings(self) -> Iterator[tuple[str, Table]]:
        """Yield the facts on which documents do not agree, those with most at stake first.

        `findings` has what a list of all is sorted by; the rest follows in parts of so many each.
        """
        rows = [] if "facts" in self._missing else self._rows(finding_queries.FINDINGS)
        facts = self._numbered(rows)
        texts = (
            [name for name in facts[0] if name not in finding_queries.SORTED_BY] if facts else []
        )
        yield "findings", _table(_columns(facts, finding_queries.SORTED_BY))
        for number, start in enumerate(range(0, len(facts), finding_queries.SHARD)):
            shard = facts[start : start + finding_queries.SHARD]
            yield f"findings/{number}", _table(_columns(shard, texts))

    def places(self) -> Iterator[tuple[str, Table]]:
        """Yield what each place spends by class, all of its organizations together."""
        rows = self._rows(place_queries.CLASSES_OF_PLACES)
        for code, of_place in groupby(rows, itemgetter("region_code")):
            yield code or "none", _table(list(of_place))

    def organizations(self) -> Iterator[tuple[str, dict[str, Table]]]:
        """Yield what organizations spend by class, which units they name, and their grades."""
        organizations = self._organizations()
        positions = {row["organization_id"]: at for at, row in enumerate(organizations)}
        classes = self._rows(place_queries.CLASSES_OF_DISCLOSURES)
        units = [] if "units" in self._missing else self._rows(place_queries.NAMED_UNITS)
        grades = [] if "grades" in self._missing else self._rows(place_queries.GRADES)
        parts: dict[int, dict[str, list[Row]]] = {
            number: {"classes": [], "units": [], "grades": []}
            for number in range(-(-len(organizations) // place_queries.SHARD))
        }
        for name, rows in (("classes", classes), ("units", units), ("grades", grades)):
            for row in self._numbered(rows):
                row["organization_id"] = positions[row["organization_id"]]
                parts[row["organization_id"] // place_queries.SHARD][name].append(row)
        for number, part in parts.items():
            yield str(number), {name: _table(rows) for name, rows in part.items()}

    def classification_changes(self) -> Table:
        """Return the functional codes that were given up or taken, by which years are aligned."""
        return _table(self._rows(comparison_queries.CLASSIFICATION_CHANGES))

    def outcomes(self) -> Table:
        """Return the worst outcome of every rule in each disclosure that is listed."""
        return _table(self._numbered(self._rows(RULES_OF_DISCLOSURES)))

    def rules(self) -> Iterator[tuple[str, dict[str, Table]]]:
        """Yield what the page of each rule shows beside the index, under the rule's code."""
        fields = [] if "rules" in self._missing else self._rows(RULE_FIELDS)
        for row in fields:
            row["unit_test"], row["is_shared_test"] = unit_test_of(row["rule_code"])
        parts = {
            "fields": fields,
            "outcomes": self._rows(RULE_OUTCOMES),
            "findings": self._numbered(self._rows(RULE_FINDINGS)),
        }
        of_rules = {part: _by_rule(rows) for part, rows in parts.items()}
        for rule in self._rows(RULES):
            code = rule["rule_code"]
            yield code, {part: _table(rows.get(code, [])) for part, rows in of_rules.items()}

    def rules_not_in_force(self) -> Table:
        """Return the numbers without a rule and the duties that none covers; none of old."""
        has_list = has_table(self._connection, "reference", "rules_not_in_force")
        return _table(self._rows(NOT_IN_FORCE) if has_list else [])

    def search(self) -> Iterator[tuple[str, Table]]:
        """Yield what is searched beside the index: accounts, and the projects of each year."""
        yield "accounts", _table(self._rows(ACCOUNTS))
        for year, projects in groupby(self._rows(PROJECTS), itemgetter("fiscal_year")):
            yield f"projects-{year}", _table(self._numbered(projects))

    def _organizations(self) -> list[Row]:
        """Return the organizations in the order of the index."""
        return self._rows(ORGANIZATIONS)

    def _context_figures(self) -> list[Row]:
        """Return the figures that amounts may be set against; none of a version without them."""
        has_list = has_table(self._connection, "reference", "context_figures")
        return self._rows(comparison_queries.CONTEXT_FIGURES) if has_list else []

    def _readings(self) -> dict[str, str]:
        """Return by whom each disclosure was read: by the program, or reviewed by a person."""
        rows = self._rows(place_queries.READINGS)
        return {row["disclosure_id"]: row["reading"] for row in rows}

    def _numbered(self, rows: Iterable[Row]) -> list[Row]:
        """Return rows with a disclosure's position in the index in place of its name."""
        return [row | {"disclosure_id": self._positions[row["disclosure_id"]]} for row in rows]

    def _finding(self, row: Row, figures: "_Figures") -> Row:
        """Return a finding in Chinese with the figures that it is about."""
        texts = {
            "subject": row["subject_zh"],
            "stated_text": row["stated_text_zh"],
            "computed_text": row["computed_text_zh"],
            "stated_place": row["stated_source_zh"],
            "computed_place": row["computed_source_zh"],
            "table_name": row["stated_table_name"],
            "row_number": row["stated_row_number"],
            "amounts": figures.amounts(row),
            "claims": figures.claims(row),
            "subject_en": row["subject_en"],
            "stated_text_en": row["stated_text_en"],
            "computed_text_en": row["computed_text_en"],
            "stated_place_en": row["stated_source_en"],
            "computed_place_en": row["computed_source_en"],
            "reason_en": row["reason_en"],
        }
        return {name: row[name] for name in _OF_FINDING} | texts

    def _by_disclosure(self, query: str, disclosure_ids: list[str]) -> dict[str, list[Row]]:
        rows: dict[str, list[Row]] = defaultdict(list)
        for row in self._rows(query, disclosure_ids):
            rows[row.pop("disclosure_id")].append(row)
        return rows

    def _rows(self, query: str, *values: Any) -> list[Row]:
        """Return rows, those of their texts that are English as an English reader reads them."""
        rows = list(rows_of(self._connection, query, *values))
        for column in [name for name in (rows[0] if rows else ()) if name.endswith("_en")]:
            for row in rows:
                row[column] = self._english.sentence(row[column])
        return rows


class _Figures:
    """The figures of one disclosure by the place where they are printed."""

    def __init__(self, amounts: list[Row], claims: list[Row]) -> None:
        self._amounts: dict[tuple[str, int], list[tuple[int, Row]]] = defaultdict(list)
        for position, row in enumerate(amounts):
            self._amounts[row["table_name"], row["row_number"]].append((position, row))
        self._claims = {claim["claim_number"] for claim in claims}

    def amounts(self, finding: Row) -> list[int]:
        """Return the printed amounts on either side, as positions in the disclosure's list."""
        return sorted(
            position
            for side in _own_sides(finding)
            for position, row in self._amounts.get(_place(finding, side), ())
            if row["amount_yuan"] == finding[f"{side}_yuan"] is not None
        )

    def claims(self, finding: Row) -> list[int]:
        """Return the numbers of the statements in the prose on either side."""
        places = {_place(finding, side) for side in _own_sides(finding)}
        return sorted(
            number for table, number in places if table == CLAIMS and number in self._claims
        )


def _own_sides(finding: Row) -> Iterator[str]:
    """Yield the sides of a finding that stand in the disclosure itself."""
    yield "stated"
    if not finding["computed_disclosure_id"]:
        yield "computed"


def _place(finding: Row, side: str) -> tuple[str, int]:
    return finding[f"{side}_table_name"], finding[f"{side}_row_number"]


def _by_rule(rows: list[Row]) -> dict[str, list[Row]]:
    """Return rows by their rule, which they then no longer name."""
    of_rules: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        of_rules[row.pop("rule_code")].append(row)
    return of_rules


def _columns(rows: list[Row], names: Iterable[str]) -> list[Row]:
    """Return some columns of rows."""
    return [{name: row[name] for name in names} for row in rows]


def _table(rows: list[Row]) -> Table:
    """Return rows as their columns and values, every amount of yuan as a string of fen."""
    columns = list(rows[0]) if rows else []
    for column in columns:
        if column.endswith("_yuan"):
            for row in rows:
                row[column] = _fen(row[column])
    return {"columns": columns, "rows": [list(row.values()) for row in rows]}


def _fen(yuan: Decimal | None) -> str | None:
    """Return an amount of yuan in fen; the context's 28 digits hold every decimal(18,2)."""
    return None if yuan is None else str(int(yuan.scaleb(2)))
