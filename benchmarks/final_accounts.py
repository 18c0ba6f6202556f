"""Made-up final accounts: the nine tables that all places print."""

from collections import Counter
from collections.abc import Mapping

from benchmarks.accounts import Accounts
from benchmarks.budgets import Budget, Form
from benchmarks.forms import COLUMNS_OF_FORMS, FINAL_ACCOUNTS
from benchmarks.printing import (
    Rows,
    Tree,
    amount_text,
    in_ten_thousands,
    numeral,
    three_public_expenses,
    tree,
)

_COLUMNS = COLUMNS_OF_FORMS[FINAL_ACCOUNTS]
_FUNDS = ("general_public_budget", "government_funds", "state_capital")


def final_accounts_tables(
    executed: Budget, budget: Budget, form: Form, accounts: Accounts
) -> dict[str, Rows]:
    """Return the tables of final accounts, with the three public expenses of the budget."""
    other = executed.government_funds + executed.state_capital
    project = executed.project + other + executed.own_revenue + executed.spent_balance
    appropriated = executed.basic + executed.project + other
    by_function = {
        "revenue_by_function": {
            "total": appropriated + executed.own_revenue,
            "fiscal_appropriation": appropriated,
            "institution_revenue": executed.own_revenue,
        },
        "expenditure_by_function": {
            "total": executed.basic + project,
            "basic": executed.basic,
            "project": project,
        },
        "general_public_budget_by_function": {
            "total": executed.basic + executed.project,
            "basic": executed.basic,
            "project": executed.project,
        },
        "government_funds_by_function": _balances(executed.government_funds, form),
        "state_capital_by_function": _balances(executed.state_capital, form),
    }
    tables = {
        table: _by_function(table, columns, form, accounts)
        for table, columns in by_function.items()
    }
    tables["revenue_expenditure_summary"] = _summary(executed, project, form, accounts)
    tables["fiscal_appropriation_summary"] = _appropriation(executed, form, accounts)
    tables["basic_expenditure_by_economic"] = _economic(executed.economic, form, accounts)
    tables["three_public_expenses"] = [_three_public(executed, budget)]
    return {table: tables[table] for table in _COLUMNS}


def _balances(spent: Counter[str], form: Form) -> dict[str, Counter[str]]:
    """Return what a fund carries in, receives, spends and carries out: a twentieth stays over."""
    carried = _carried(spent, form)
    return {
        "carried_in_total": carried,
        "revenue": spent,
        "total": spent,
        "project": spent,
        "carried_out_total": carried,
    }


def _carried(spent: Counter[str], form: Form) -> Counter[str]:
    return Counter(
        {item: max(fen // 20 // form.quantum, 1) * form.quantum for item, fen in spent.items()}
    )


def _by_function(
    table: str, columns: Mapping[str, Counter[str]], form: Form, accounts: Accounts
) -> Rows:
    rows = []
    sums: Tree = tree(columns.values())
    whole = sums.pop("")
    for code, amounts in [("", whole), *sums.items()]:
        cells = {
            measure: amount_text(fen, form) for measure, fen in zip(columns, amounts, strict=True)
        }
        name = accounts.functions[code] if code else "合计"
        account = [code[:3], code[3:5], code[5:], name]
        rows.append([*account, *(cells.get(column, "") for column in _COLUMNS[table][4:])])
    return rows


def _summary(executed: Budget, project: Counter[str], form: Form, accounts: Accounts) -> Rows:
    general = executed.basic.total() + executed.project.total()
    funds, capital = executed.government_funds.total(), executed.state_capital.total()
    own = executed.own_revenue.total()
    current = general + funds + capital + own
    spent = tree([executed.basic + project])
    revenue = [
        ("一、一般公共预算财政拨款收入", general),
        ("二、政府性基金预算财政拨款收入", funds),
        ("三、国有资本经营预算财政拨款收入", capital),
        ("四、上级补助收入", 0),
        ("五、事业收入", own),
        ("六、经营收入", 0),
        ("七、附属单位上缴收入", 0),
        ("八、其他收入", 0),
        ("本年收入合计", current),
        ("使用非财政拨款结余", 0),
        ("年初结转和结余", executed.opening),
        ("总计", current + executed.opening),
    ]
    expenditure = [
        *(
            (f"{numeral(number)}、{name}", spent[code][0] if code in spent else 0)
            for number, (code, name) in enumerate(_classes(accounts), start=1)
        ),
        ("本年支出合计", spent[""][0]),
        ("结余分配", 0),
        ("年末结转和结余", executed.closing),
        ("总计", spent[""][0] + executed.closing),
    ]
    return [
        [side, label, amount_text(fen, form)]
        for side, lines in (("revenue", revenue), ("expenditure", expenditure))
        for label, fen in lines
    ]


def _appropriation(executed: Budget, form: Form, accounts: Accounts) -> Rows:
    by_fund = (
        executed.basic + executed.project,
        executed.government_funds,
        executed.state_capital,
    )
    totals = [amounts.total() for amounts in by_fund]
    # The general public budget has no table that prints what is carried.
    carried = [0, *(_carried(amounts, form).total() for amounts in by_fund[1:])]
    labels = (
        *("一、一般公共预算财政拨款", "二、政府性基金预算财政拨款"),
        "三、国有资本经营预算财政拨款",
    )
    rows = [
        ["revenue", label, amount_text(fen, form), "", "", ""]
        for label, fen in [
            *zip(labels, totals, strict=True),
            ("本年收入合计", sum(totals)),
            ("年初财政拨款结转和结余", sum(carried)),
            *zip(labels, carried, strict=True),
            ("总计", sum(totals) + sum(carried)),
        ]
    ]
    spent = tree(by_fund)
    lines = [
        *(
            (f"{numeral(number)}、{name}", spent.get(code, [0, 0, 0]))
            for number, (code, name) in enumerate(_classes(accounts), start=1)
        ),
        ("本年支出合计", totals),
        ("年末财政拨款结转和结余", carried),
        ("总计", [sum(pair) for pair in zip(totals, carried, strict=True)]),
    ]
    for label, amounts in lines:
        cells = [amount_text(fen, form) for fen in (sum(amounts), *amounts)]
        rows.append(["expenditure", label, *cells])
    return rows


def _classes(accounts: Accounts) -> list[tuple[str, str]]:
    return sorted((code, name) for code, name in accounts.functions.items() if len(code) == 3)


def _economic(economic: Counter[str], form: Form, accounts: Accounts) -> Rows:
    """Return the rows of economic accounts, the sums of both components below them."""
    sums = tree([economic])
    whole = sums.pop("")[0]
    personnel = sum(fen for code, fen in economic.items() if code[:3] in ("301", "303"))
    rows = [
        [code[:3], code[3:], accounts.economic_items[code], amount_text(amounts[0], form)]
        for code, amounts in sums.items()
    ]
    for name, fen in (("人员经费合计", personnel), ("公用经费合计", whole - personnel)):
        rows.append(["", "", name, amount_text(fen, form)])
    return [*rows, ["", "", "合计", amount_text(whole, form)]]


def _three_public(executed: Budget, budget: Budget) -> list[str]:
    """Return one row: what was spent, and what was budgeted."""
    spent, budgeted = (list(three_public_expenses(one).values())[:6] for one in (executed, budget))
    return [in_ten_thousands(fen) for fen in (*spent, *budgeted)]
