"""Made-up budgets in the form of Shanghai: nine tables, and the forms of projects."""

from collections import Counter

from benchmarks.accounts import Accounts
from benchmarks.budgets import Budget, Form, Organization
from benchmarks.printing import (
    Rows,
    Tree,
    amount_text,
    in_ten_thousands,
    numeral,
    three_public_expenses,
    tree,
)

_TARGETS = (
    ("产出指标", "数量指标", "开展活动场次", ">=12场"),
    ("", "质量指标", "验收合格率", ">=95%"),
    ("", "时效指标", "按时完成率", "=100%"),
    ("效益指标", "社会效益指标", "服务覆盖率", ">=90%"),
    ("", "可持续影响指标", "长效管理机制", "健全"),
    ("满意度指标", "服务对象满意度指标", "服务对象满意度", ">=90%"),
)


def _function_rows(tree: Tree, form: Form, accounts: Accounts) -> Rows:
    """Return rows of class, section and item code, name, the sum of the columns, the columns."""
    rows = []
    for code, amounts in tree.items():
        name = accounts.functions[code] if code else "合计"
        cells = [amount_text(fen, form) for fen in (sum(amounts), *amounts)]
        rows.append([code[:3], code[3:5], code[5:], name, *cells])
    return rows


def _economic_rows(economic: Counter[str], form: Form, accounts: Accounts) -> Rows:
    sums: Counter[str] = Counter(economic)
    for code, fen in economic.items():
        sums[code[:3]] += fen
    personnel = sum(fen for code, fen in economic.items() if code[:3] in ("301", "303"))
    public_use = economic.total() - personnel
    rows = []
    for code in sorted(sums):
        fen = sums[code]
        is_personnel = code[:3] in ("301", "303")
        amounts = (fen, fen if is_personnel else 0, 0 if is_personnel else fen)
        cells = [amount_text(amount, form) for amount in amounts]
        rows.append([code[:3], code[3:], accounts.economic_items[code], *cells])
    cells = [amount_text(fen, form) for fen in (personnel + public_use, personnel, public_use)]
    return [*rows, ["", "", "合计", *cells]]


def _revenue_lines(budget: Budget) -> list[tuple[str, int]]:
    funds, capital = budget.government_funds.total(), budget.state_capital.total()
    general, own = budget.basic.total() + budget.project.total(), budget.own_revenue.total()
    return [
        ("一、财政拨款收入", general + funds + capital),
        ("1.一般公共预算资金", general),
        ("2.政府性基金", funds),
        ("3.国有资本经营预算", capital),
        ("二、事业收入", own),
        ("三、事业单位经营收入", 0),
        ("四、其他收入", 0),
        ("收入总计", general + funds + capital + own),
    ]


def _revenue_expenditure_summary(
    budget: Budget, tree: Tree, splits: bool, form: Form, accounts: Accounts
) -> Rows:
    """Return revenue, then the classes, split by personnel, public use and project if `splits`."""
    rows = [
        ["revenue", label, amount_text(fen, form), "", "", ""]
        for label, fen in _revenue_lines(budget)
    ]
    public_use = sum(fen for code, fen in budget.economic.items() if code[:3] in ("302", "310"))
    operating = max(budget.basic, key=lambda item: (budget.basic[item], item))[:3]
    classes = [code for code in tree if len(code) == 3]
    for number, code in enumerate([*classes, ""], start=1):
        basic, project = tree[code]
        public = public_use if code in (operating, "") else 0
        parts = (basic - public, public, project)
        rows.append(
            [
                "expenditure",
                f"{numeral(number)}、{accounts.functions[code]}" if code else "支出总计",
                amount_text(basic + project, form),
                *([amount_text(fen, form) for fen in parts] if splits else ["", "", ""]),
            ]
        )
    return rows


def _fiscal_appropriation_summary(trees: list[Tree], form: Form, accounts: Accounts) -> Rows:
    totals = [sum(tree[""]) for tree in trees]
    labels = ("一、一般公共预算资金", "二、政府性基金", "三、国有资本经营预算")
    lines = [*zip(labels, totals, strict=True), ("收入总计", sum(totals))]
    rows = [["revenue", label, amount_text(fen, form), "", "", ""] for label, fen in lines]
    classes = sorted({code for tree in trees for code in tree if len(code) == 3})
    for number, code in enumerate([*classes, ""], start=1):
        amounts = [sum(tree.get(code, ())) for tree in trees]
        label = f"{numeral(number)}、{accounts.functions[code]}" if code else "支出总计"
        cells = [amount_text(fen, form) for fen in (sum(amounts), *amounts)]
        rows.append(["expenditure", label, *cells])
    return rows


def project_rows(year: int, budget: Budget, supervising: str, form: Form) -> tuple[Rows, Rows]:
    """Return the heads of the forms, and their targets."""
    heads, targets = [], []
    for name, implementing, fen in budget.forms:
        text = f"{fen // 100}.{fen % 100:02d}"
        if form.unit == "万元":
            text = f"{fen // 1_000_000}.{fen % 1_000_000:06d}"
        heads.append(
            [
                *(str(year), name, "经常性项目", supervising, implementing),
                *(f"{year}-01-01", f"{year}-12-31"),
                *(text, text, "0", text, text, "0", "0"),
            ]
        )
        targets += [[name, *target] for target in _TARGETS]
    return heads, targets


def shanghai_tables(
    organization: Organization, form: Form, budget: Budget, accounts: Accounts
) -> dict[str, Rows]:
    """Return the nine tables of a budget."""
    project = budget.project + budget.government_funds + budget.state_capital + budget.own_revenue
    spent = tree([budget.basic, project])
    general = tree([budget.basic, budget.project])
    funds = tree([Counter(), budget.government_funds])
    capital = tree([Counter(), budget.state_capital])
    appropriated = budget.basic + budget.project + budget.government_funds + budget.state_capital
    revenue = tree([appropriated, budget.own_revenue, Counter(), Counter()])
    three_public = [in_ten_thousands(fen) for fen in three_public_expenses(budget).values()]
    splits = organization.scope == "unit"
    return {
        "revenue_expenditure_summary": _revenue_expenditure_summary(
            budget, spent, splits, form, accounts
        ),
        "revenue_by_function": _function_rows(revenue, form, accounts),
        "expenditure_by_function": _function_rows(spent, form, accounts),
        "fiscal_appropriation_summary": _fiscal_appropriation_summary(
            [general, funds, capital], form, accounts
        ),
        "general_public_budget_by_function": _function_rows(general, form, accounts),
        "government_funds_by_function": _function_rows(funds, form, accounts),
        "state_capital_by_function": _function_rows(capital, form, accounts),
        "basic_expenditure_by_economic": _economic_rows(budget.economic, form, accounts),
        "three_public_expenses": [three_public],
    }
