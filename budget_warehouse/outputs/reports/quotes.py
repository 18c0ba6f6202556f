"""Quotes: the printed row or the words of the prose where a finding stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import duckdb

from budget_warehouse.contract.labels import Labels
from budget_warehouse.outputs.texts import IN_CHINESE, Texts
from budget_warehouse.storage.rows import Row, rows_of

Place = tuple[str, str, int]  # disclosure, table, row or number of the claim

_PLACES = """
    create or replace temp table quoted_places as
    select disclosure_id, stated_table_name as table_name, stated_row_number as row_number
    from marts.fct_reconciliations
    where outcome in ('fail', 'hint') and disclosure_id in (select unnest($1))
    union
    select coalesce(computed_disclosure_id, disclosure_id), computed_table_name, computed_row_number
    from marts.fct_reconciliations
    where outcome in ('fail', 'hint') and disclosure_id in (select unnest($1))
"""

_AMOUNTS = """
    select
        disclosure_id, table_name, row_number, unit, account_code,
        coalesce(account_name, unit_name) as name, measure, printed_text, amount_yuan
    from marts.fct_published_amounts
    inner join quoted_places using (disclosure_id, table_name, row_number)
    where printed_text is not null
    order by disclosure_id, table_name, row_number, account_code, name, measure
"""

_CLAIMS = """
    select claims.*, 'narrative_claims' as table_name, claim_number as row_number
    from marts.fct_narrative_claims as claims
    inner join quoted_places as places
        on
            claims.disclosure_id = places.disclosure_id
            and places.table_name = 'narrative_claims'
            and claims.claim_number = places.row_number
"""

_STATEMENTS = """
    select statements.*, 'statements' as table_name, statement_number as row_number
    from marts.fct_statements as statements
    inner join quoted_places as places
        on
            statements.disclosure_id = places.disclosure_id
            and places.table_name = 'statements'
            and statements.statement_number = places.row_number
"""

_TITLES = """
    select disclosure_id, table_name, any_value(title) as title
    from marts.fct_published_tables
    where (disclosure_id, table_name) in (select disclosure_id, table_name from quoted_places)
    group by all
"""

# Of a claim: its figures in yuan, and the words that it prints for them.
_FIGURES = (
    ("amount_yuan", "amount_text"),
    ("base_amount_yuan", "base_amount_text"),
    ("change_yuan", "change_text"),
)

_IN_FIGURES = re.compile("[ ,，]")

YUAN = {"千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000}


@dataclass(frozen=True)
class Quote:
    """One printed row or claim: its words, its unit, and the amounts in it as they are printed."""

    words: str
    unit: str | None = None
    title: str | None = None
    amounts: dict[Decimal, str] = field(default_factory=dict)

    def printed(self, amount: Decimal | None) -> str | None:
        """Return an amount of yuan as it is printed here, with its unit; null where it is not."""
        text = None if amount is None else self.amounts.get(abs(amount))
        return f"{text} {self.unit or ''}".rstrip() if text else None


class Quotes:
    """The quotes of some disclosures, by the places of their findings."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        disclosure_ids: list[str],
        labels: Labels,
        t: Texts = IN_CHINESE,
    ) -> None:
        """Read every place that a finding of the disclosures names."""
        connection.execute(_PLACES, [disclosure_ids])
        titles = {
            (row["disclosure_id"], row["table_name"]): row["title"]
            for row in rows_of(connection, _TITLES)
        }
        self._quotes: dict[Place, Quote] = {}
        cells: dict[Place, list[Row]] = {}
        for row in rows_of(connection, _AMOUNTS):
            cells.setdefault(_place(row), []).append(row)
        for place, of_row in cells.items():
            self._quotes[place] = quote_of_row(of_row, labels, titles.get(place[:2]), t)
        for claim in rows_of(connection, _CLAIMS):
            self._quotes[_place(claim)] = quote_of_claim(claim, labels, t)
        for statement in rows_of(connection, _STATEMENTS):
            words = _joined(statement["note"], statement["value_text"], statement["unit"])
            self._quotes[_place(statement)] = Quote(words)

    def of(self, failure: Row, side: str) -> Quote | None:
        """Return what stands at a side of a failure, `stated` or `computed`; null if nothing."""
        other = failure["computed_disclosure_id"] if side == "computed" else None
        table, number = failure[f"{side}_table_name"], failure[f"{side}_row_number"]
        quote = self._quotes.get((other or failure["disclosure_id"], table, number))
        return quote if quote and quote.words else None

    def text(self, failure: Row, side: str) -> str | None:
        """Return the amount of a side as it is printed, without its unit; null if it is not."""
        amount, quote = failure[f"{side}_yuan"], self.of(failure, side)
        return quote.amounts.get(abs(amount)) if quote and amount is not None else None

    def printed(self, failure: Row, side: str) -> str | None:
        """Return the amount of a side as the page prints it; a sum in the unit of the figures.

        It is null where the page prints yuan, or where nothing is known of what it prints.
        """
        amount, quote = failure[f"{side}_yuan"], self.of(failure, side)
        printed = quote.printed(amount) if quote else None
        if quote and printed:
            return None if quote.unit in (None, "元") else printed
        beside = (self.of(failure, "stated"), self.of(failure, "computed"))
        return in_unit(amount, [quote.unit for quote in beside if quote])


def quote_of_row(
    cells: list[Row], labels: Labels, title: str | None = None, t: Texts = IN_CHINESE
) -> Quote:
    """Return the printed row of a table from its amounts: account, then each heading and figure."""
    order = {name: position for position, name in enumerate(labels.names("measure"))}
    cells = sorted(cells, key=lambda cell: order.get(cell["measure"], len(order)))
    first = cells[0]
    figures = [f"{labels.of('measure', c['measure'])} {c['printed_text']}" for c in cells]
    name = _joined(first["account_code"], first["name"])
    amounts = {
        abs(cell["amount_yuan"]): cell["printed_text"]
        for cell in cells
        if cell["amount_yuan"] is not None
    }
    words = t("，").join([name, *figures] if name else figures)
    return Quote(words, first["unit"], title, amounts)


def quote_of_claim(claim: Row, labels: Labels, t: Texts = IN_CHINESE) -> Quote:
    """Return what the prose says, in its own figures: amount, base, change and percentages."""
    unit = claim["unit"] or ""
    name = claim["account_name"] or labels.of("measure", claim["measure"])
    parts = [f"{name} {claim['amount_text']} {unit}" if claim["amount_text"] else name]
    if claim["base_amount_text"]:
        parts.append(t("基数 {0} {1}", claim["base_amount_text"], unit))
    if claim["change_text"] or claim["direction_text"]:
        change = f"{claim['change_text']} {unit}" if claim["change_text"] else None
        parts.append(_joined(claim["direction_text"], change))
    if claim["change_percent_text"]:
        parts.append(t("增减 {0}%", claim["change_percent_text"].rstrip("%")))
    if claim["completion_percent_text"]:
        parts.append(t("完成 {0}%", claim["completion_percent_text"].rstrip("%")))
    amounts = {
        abs(claim[yuan]): claim[text]
        for yuan, text in _FIGURES
        if claim[yuan] is not None and claim[text]
    }
    return Quote(t("，").join(part.strip() for part in parts), claim["unit"], None, amounts)


def in_unit(amount: Decimal, units: Iterable[str | None]) -> str | None:
    """Return an amount of yuan in the first of some units that is not the yuan; else null."""
    unit = next((unit for unit in units if unit in YUAN), None)
    if not unit:
        return None
    value = amount / YUAN[unit]
    return f"{value.normalize():,f} {unit}"


def is_same_figure(text: str, other: str | None) -> bool:
    """Tell whether two texts are one figure, but for spaces and separators."""
    return other is not None and _IN_FIGURES.sub("", text) == _IN_FIGURES.sub("", other)


def _place(row: Row) -> Place:
    return row["disclosure_id"], row["table_name"], row["row_number"]


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
