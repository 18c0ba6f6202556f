"""Made-up documents: what each prints, row by row, in the columns of its form."""

from collections import Counter
from dataclasses import dataclass, field

from benchmarks.accounts import Accounts
from benchmarks.budgets import Form, Organization, Published
from benchmarks.final_accounts import final_accounts_tables
from benchmarks.forms import COLUMNS_OF_FORMS, FINAL_ACCOUNTS, TITLES_OF_FORMS
from benchmarks.national import national_tables
from benchmarks.printing import Rows
from benchmarks.prose import claims, claims_of_final_accounts
from benchmarks.shanghai import project_rows, shanghai_tables
from budget_warehouse.contract.printed_tables import KEYS

_IN_TEN_THOUSANDS = "three_public_expenses"  # whatever the unit of the other tables
_NOUNS = {
    "government_funds_by_function": "政府性基金预算财政拨款安排的预算",
    "state_capital_by_function": "国有资本经营预算财政拨款安排的预算",
}


@dataclass
class Disclosure:
    """One printed document: per table its rows without the columns that every table has.

    `lost` are the figures of a table that are printed and were not read.
    """

    disclosure_id: str
    organization: Organization
    form: Form
    fiscal_year: int
    stage: str
    has_earlier: bool
    published_on: str
    compiling_entities: dict[str, str]
    titles: dict[str, str]
    remarks: dict[str, str]
    units: dict[str, str]
    columns: dict[str, tuple[str, ...]]
    tables: dict[str, Rows]
    files: dict[str, Rows]
    notes: dict[tuple[str, int], str] = field(default_factory=dict)
    lost: Counter[str] = field(default_factory=Counter)

    @property
    def form_name(self) -> str:
        """Return the form in which it is printed."""
        return FINAL_ACCOUNTS if self.stage == "final_accounts" else self.form.name

    def lose_a_figure(self, table: str) -> None:
        """Leave out the last figure of the first row that has one beside its total."""
        columns = self.columns[table]
        first = columns.index("total") + 1
        for row in self.tables[table]:
            filled = [place for place in range(first, len(row)) if row[place].strip('"0.')]
            if filled:
                row[filled[-1]] = ""
                self.lost[table] += 1
                return


def _figures(row: list[str], columns: tuple[str, ...]) -> list[str]:
    """Return the figures of a row that are not nil."""
    cells = zip(row, columns, strict=True)
    return [cell for cell, column in cells if column not in KEYS and cell.strip('"0.')]


def disclosure(published: Published, has_earlier: bool, accounts: Accounts) -> Disclosure:
    """Return the document that publishes a budget, or final accounts."""
    executed = published.final_accounts
    organization, form, year = published.organization, published.form, published.fiscal_year
    name = FINAL_ACCOUNTS if executed else form.name
    stage = "final_accounts" if executed else "initial_budget"
    budget = executed or published.budget
    files: dict[str, Rows] = {"statements": [["vehicles_kept", str(budget.vehicles)]]}
    if executed:
        tables = final_accounts_tables(executed, published.budget, form, accounts)
        files["narrative_claims"] = claims_of_final_accounts(executed)
    else:
        tables = (
            shanghai_tables(organization, form, budget, accounts)
            if form.is_shanghai
            else national_tables(organization, form, budget, accounts)
        )
        files["narrative_claims"] = claims(published, accounts)
        if form.is_shanghai:
            supervising = organization.department or organization.name
            heads, targets = project_rows(year, budget, supervising, form)
            files |= {"projects": heads, "performance_targets": targets}
            files["statements"] = [
                ["performance_fiscal_year", str(year)],
                ["performance_project_count", str(len(heads))],
                ["vehicles_kept", str(budget.vehicles)],
                ["calculation", '"每月3,000元*12=36,000元"'],
            ]
    titles = {table: title for table, title in TITLES_OF_FORMS[name].items() if table in tables}
    columns = {table: COLUMNS_OF_FORMS[name][table] for table in tables}
    remarks = {
        table: f"注：{year}年无{_NOUNS.get(table, '此项经费')}，故本表为空表。"
        for table, rows in tables.items()
        if not any(_figures(row, columns[table]) for row in rows)
    }
    month, following = ("08", year + 1) if executed else ("02", year)
    return Disclosure(
        f"synthetic-{organization.number:07d}-{year}" + ("-final-accounts" if executed else ""),
        organization,
        form,
        year,
        stage,
        has_earlier,
        f"{following}-{month}-{organization.number % 20 + 1:02d}",
        dict.fromkeys(titles, organization.name),
        {table: f"{year}年{title}" for table, title in titles.items()},
        remarks,
        dict.fromkeys(titles, form.unit) | {_IN_TEN_THOUSANDS: "万元"},
        columns,
        tables,
        files,
    )
