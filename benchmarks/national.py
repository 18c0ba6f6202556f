"""Made-up budgets as other places than Shanghai print them: one content in three forms."""

from collections import Counter
from collections.abc import Mapping, Sequence

from benchmarks.accounts import Accounts
from benchmarks.budgets import Budget, Form, Organization
from benchmarks.forms import BY_NAME, BY_UNIT, COLUMNS_OF_FORMS, OWN_LEVELS
from benchmarks.printing import (
    Rows,
    amount_text,
    in_ten_thousands,
    numeral,
    three_public_expenses,
    tree,
)

_PURCHASES = (  # the catalogue, what is bought, its share in 10
    ("货物", (("台式计算机", 7), ("复印纸", 3))),
    ("工程", (("修缮工程", 10),)),
    ("服务", (("物业管理服务", 6), ("印刷服务", 4))),
)

# The measures of a row by name; a table prints those that it names.
Figures = Mapping[str, int]


class _Printer:
    """Rows in the columns of a form, with the amounts of its unit."""

    def __init__(self, form: Form, accounts: Accounts) -> None:
        self.form = form
        self.accounts = accounts

    def row(self, table: str, keys: Mapping[str, str], figures: Figures) -> list[str]:
        """Return a row; a column that neither names is blank."""
        return [
            keys[column]
            if column in keys
            else amount_text(figures[column], self.form)
            if column in figures
            else ""
            for column in COLUMNS_OF_FORMS[self.form.name][table]
        ]

    def by_account(
        self, table: str, names: Mapping[str, str], columns: Mapping[str, Counter[str]]
    ) -> Rows:
        """Return the total and the rows of a tree whose leaves have these amounts by measure."""
        rows = []
        sums = tree(columns.values())
        whole = sums.pop("")
        for code, amounts in [("", whole), *sums.items()]:
            figures = dict(zip(columns, amounts, strict=True))
            rows.append(self.row(table, self._account(table, code, names), figures))
        return rows

    def _account(self, table: str, code: str, names: Mapping[str, str]) -> dict[str, str]:
        """Return the keys of an account's row, as the form prints them."""
        if not code:
            return {"name": "合计"}
        level = str((len(code) - 1) // 2)
        parts = {"class_code": code[:3], "section_code": code[3:5], "item_code": code[5:]}
        if "section_code" not in COLUMNS_OF_FORMS[self.form.name][table]:
            parts = {"class_code": code[:3], "item_code": code[3:]}
        elif self.form.name == OWN_LEVELS and level == "2":
            parts["class_code"] = ""
        return {"level": level, "name": names[code], **parts}


def national_tables(
    organization: Organization, form: Form, budget: Budget, accounts: Accounts
) -> dict[str, Rows]:
    """Return the tables of a budget."""
    printer = _Printer(form, accounts)
    other = budget.government_funds + budget.state_capital
    project = budget.project + other + budget.own_revenue
    personnel, public_use = _split(budget)
    functions = accounts.functions
    printed = COLUMNS_OF_FORMS[form.name]
    tables = {
        "revenue_expenditure_summary": _summary(budget, project, printer),
        "revenue_by_function": _revenue(organization, budget, printer),
        "expenditure_by_function": printer.by_account(
            "expenditure_by_function",
            functions,
            {
                "total": budget.basic + project,
                "basic": budget.basic,
                "personnel": personnel,
                "public_use": public_use,
                "project": project,
            },
        ),
        "fiscal_appropriation_summary": _appropriation(budget, printer),
    }
    for table, basic, of_table in (
        ("fiscal_appropriation_by_function", budget.basic, budget.project + other),
        ("general_public_budget_by_function", budget.basic, budget.project),
        ("government_funds_by_function", Counter[str](), budget.government_funds),
        ("state_capital_by_function", Counter[str](), budget.state_capital),
    ):
        if table not in printed:
            continue
        tables[table] = printer.by_account(
            table,
            functions,
            {
                "total": basic + of_table,
                "basic": basic,
                "personnel": personnel if basic else Counter(),
                "public_use": public_use if basic else Counter(),
                "project": of_table,
            },
        )
    of_persons = Counter({c: fen for c, fen in budget.economic.items() if c[:3] in ("301", "303")})
    for table in ("basic_expenditure_by_economic", "fiscal_appropriation_basic_by_economic"):
        if table not in printed:
            continue
        tables[table] = printer.by_account(
            table,
            accounts.economic_items,
            {
                "total": budget.economic,
                "personnel": of_persons,
                "public_use": budget.economic - of_persons,
            },
        )
    tables["three_public_expenses"] = _three_public(budget, form)
    if form.name == BY_UNIT:
        tables["procurements"] = _procurements(budget, printer)
        tables["agency_operating_expenses_by_economic"] = printer.by_account(
            "agency_operating_expenses_by_economic",
            accounts.economic_items,
            {"total": budget.agency_economic},
        )
    if form.name == BY_NAME:
        tables["expenditure_by_project"] = _projects(budget, printer)
    return {table: tables[table] for table in printed}


def _split(budget: Budget) -> tuple[Counter[str], Counter[str]]:
    """Return personnel and public use by function: all public use is in the largest item."""
    operating = max(budget.basic, key=lambda item: (budget.basic[item], item))
    public_use = sum(fen for code, fen in budget.economic.items() if code[:3] in ("302", "310"))
    of_item = Counter({operating: public_use})
    return budget.basic - of_item, of_item


def _sources(budget: Budget) -> dict[str, int]:
    """Return what is received, by source; a nil that no table totals is left to be blank."""
    carried = budget.carried_in.total()
    general = budget.basic.total() + budget.project.total() - carried
    funds, capital = budget.government_funds.total(), budget.state_capital.total()
    own = budget.own_revenue.total()
    current = general + funds + capital + own
    return {
        "total": current + carried,
        "current_year_revenue": current,
        "general_public_budget": general,
        "government_funds": funds,
        "state_capital": capital,
        "special_account": 0,
        "institution_revenue": own,
        "business_revenue": 0,
        "carried_in": carried,
        "carried_in_general_public_budget": carried,
    }


def _revenue(organization: Organization, budget: Budget, printer: _Printer) -> Rows:
    table = "revenue_by_function"
    if printer.form.name == OWN_LEVELS:
        appropriated = budget.basic + budget.project
        appropriated += budget.government_funds + budget.state_capital
        return printer.by_account(
            table,
            printer.accounts.functions,
            {
                "total": appropriated + budget.own_revenue,
                "fiscal_appropriation": appropriated - budget.carried_in,
                "institution_revenue": budget.own_revenue,
                "carried_in": budget.carried_in,
            },
        )
    code = f"{organization.number % 1_000:03d}"
    rows = [printer.row(table, {"organization_name": "合计"}, _sources(budget))]
    if organization.scope == "department":
        keys = {"organization_code": code, "organization_name": organization.name}
        rows.append(printer.row(table, keys, _sources(budget)))
    for number, (name, of_unit) in enumerate(budget.units, start=1):
        keys = {"organization_code": f"{code}{number:03d}", "organization_name": name}
        rows.append(printer.row(table, keys, _sources(of_unit)))
    return rows


def _summary(budget: Budget, project: Counter[str], printer: _Printer) -> Rows:
    received = _sources(budget)
    revenue = [
        ("一、一般公共预算拨款收入", received["general_public_budget"]),
        ("二、政府性基金预算拨款收入", received["government_funds"]),
        ("三、国有资本经营预算拨款收入", received["state_capital"]),
        ("四、财政专户管理资金收入", 0),
        ("五、事业收入", received["institution_revenue"]),
        ("六、事业单位经营收入", 0),
        ("七、上级补助收入", 0),
        ("八、附属单位上缴收入", 0),
        ("九、其他收入", 0),
        ("本年收入合计", received["current_year_revenue"]),
        ("上年结转结余", received["carried_in"]),
        ("收入总计", received["total"]),
    ]
    spent = tree([budget.basic + project])
    expenditure = [
        (f"{numeral(number)}、{name}", spent[code][0] if code in spent else 0)
        for number, (code, name) in enumerate(_classes(printer.accounts), start=1)
    ]
    whole = received["total"]
    expenditure += [("本年支出合计", whole), ("年终结转结余", 0), ("支出总计", whole)]
    return _lines("revenue_expenditure_summary", "amount", revenue, expenditure, printer)


def _appropriation(budget: Budget, printer: _Printer) -> Rows:
    received = _sources(budget)
    carried = received["carried_in"]
    funds = ("general_public_budget", "government_funds", "state_capital")
    labels = ("（一）一般公共预算拨款", "（二）政府性基金预算拨款", "（三）国有资本经营预算拨款")
    current = [received[fund] for fund in funds]
    whole = sum(current) + carried
    revenue = [
        ("一、本年收入", sum(current)),
        *zip(labels, current, strict=True),
        ("二、上年结转", carried),
        *zip(labels, (carried, 0, 0), strict=True),
        ("收入总计", whole),
    ]
    spent = tree([budget.basic + budget.project + budget.government_funds + budget.state_capital])
    expenditure = [
        ("一、本年支出", whole),
        *(
            (f"（{numeral(number)}）{name}", spent[code][0] if code in spent else 0)
            for number, (code, name) in enumerate(_classes(printer.accounts), start=1)
        ),
        ("二、年终结转结余", 0),
        ("支出总计", whole),
    ]
    return _lines("fiscal_appropriation_summary", "total", revenue, expenditure, printer)


def _classes(accounts: Accounts) -> list[tuple[str, str]]:
    """Return every class of expenditure: the form prints them all."""
    return sorted((code, name) for code, name in accounts.functions.items() if len(code) == 3)


def _lines(
    table: str,
    measure: str,
    revenue: Sequence[tuple[str, int]],
    expenditure: Sequence[tuple[str, int]],
    printer: _Printer,
) -> Rows:
    return [
        printer.row(table, {"side": side, "label": label}, {measure: fen})
        for side, lines in (("revenue", revenue), ("expenditure", expenditure))
        for label, fen in lines
    ]


def _three_public(budget: Budget, form: Form) -> Rows:
    columns = COLUMNS_OF_FORMS[form.name]["three_public_expenses"]
    listed = [("合计", budget)]
    if "organization_name" in columns:
        listed += budget.units
    rows = []
    for name, of_row in listed:
        expenses = three_public_expenses(of_row)
        figures = {"total": expenses.pop("three_public_total"), **expenses}
        figures |= {"meetings": of_row.economic["30215"], "trainings": of_row.economic["30216"]}
        rows.append(
            [
                name if column == "organization_name" else in_ten_thousands(figures[column])
                for column in columns
            ]
        )
    return rows


def _procurements(budget: Budget, printer: _Printer) -> Rows:
    table = "procurements"

    def row(catalogue: str, item: str, fen: int) -> list[str]:
        keys = {"procurement_catalogue": catalogue, "procurement_item": item}
        return printer.row(table, keys, {"total": fen, "general_public_budget": fen})

    rows = [row("合计", "", sum(budget.procurement))]
    for (catalogue, items), fen in zip(_PURCHASES, budget.procurement, strict=True):
        rows.append(row(catalogue, "", fen))
        quantum = max(printer.form.quantum, 1)
        parts = [fen * share // 10 // quantum * quantum for _, share in items[1:]]
        for (item, _), part in zip(items, [fen - sum(parts), *parts], strict=True):
            rows.append(row("", item, part))
    return rows


def _projects(budget: Budget, printer: _Printer) -> Rows:
    """Return the projects of each unit by source; what is carried in counts to its fund."""
    table = "expenditure_by_project"
    names = printer.accounts.functions
    rows = []
    for unit, of_unit in budget.units:
        sources = {
            "general_public_budget": of_unit.project,
            "government_funds": of_unit.government_funds,
            "state_capital": of_unit.state_capital,
            "unit_funds": of_unit.own_revenue,
        }
        for item in sorted(set().union(*sources.values())):
            figures = {source: amounts[item] for source, amounts in sources.items()}
            keys = {"organization_name": unit, "project_name": f"{names[item]}项目"}
            rows.append(printer.row(table, keys, {"total": sum(figures.values()), **figures}))
    whole = {
        "general_public_budget": budget.project.total(),
        "government_funds": budget.government_funds.total(),
        "state_capital": budget.state_capital.total(),
        "unit_funds": budget.own_revenue.total(),
    }
    total = {"total": sum(whole.values()), **whole}
    return [printer.row(table, {"organization_name": "合计"}, total), *rows]
