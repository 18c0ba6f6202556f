"""Made-up budgets as printed: rows of the raw CSV contract, cells quoted where CSV asks for it."""

from collections import Counter
from dataclasses import dataclass

from benchmarks.accounts import Accounts
from benchmarks.budgets import HUNDRED_YUAN, Budget, Form, Organization

TITLES = {
    "revenue_expenditure_summary": "部门财务收支预算总表",
    "revenue_by_function": "部门收入预算总表",
    "expenditure_by_function": "部门支出预算总表",
    "fiscal_appropriation_summary": "部门财政拨款收支预算总表",
    "general_public_budget_by_function": "部门一般公共预算支出功能分类预算表",
    "government_funds_by_function": "部门政府性基金预算支出功能分类预算表",
    "state_capital_by_function": "部门国有资本经营预算支出功能分类预算表",
    "basic_expenditure_by_economic": "部门一般公共预算基本支出部门预算经济分类预算表",
    "three_public_expenses": "部门“三公”经费和机关运行经费预算表",
}
_NUMERALS = ["", *"一二三四五六七八九"]
_TARGETS = (
    ("产出指标", "数量指标", "开展活动场次", ">=12场"),
    ("", "质量指标", "验收合格率", ">=95%"),
    ("", "时效指标", "按时完成率", "=100%"),
    ("效益指标", "社会效益指标", "服务覆盖率", ">=90%"),
    ("", "可持续影响指标", "长效管理机制", "健全"),
    ("满意度指标", "服务对象满意度指标", "服务对象满意度", ">=90%"),
)
Rows = list[list[str]]


@dataclass
class Disclosure:
    """One printed document: per table its rows without the columns that every table has."""

    disclosure_id: str
    organization: Organization
    form: Form
    fiscal_year: int
    has_earlier: bool
    published_on: str
    compiling_entities: dict[str, str]
    titles: dict[str, str]
    remarks: dict[str, str]
    units: dict[str, str]
    tables: dict[str, Rows]
    notes: dict[tuple[str, int], str]


def amount_text(fen: int, form: Form) -> str:
    """Return an amount with separators, in the unit of the form; nil as the form prints it."""
    if not fen:
        return "" if form.blank_nil else "0.00" if form.quantum != 100 else "0"
    if form.unit == "万元":
        return in_ten_thousands(fen)
    text = f"{fen // 100:,}" if form.quantum == 100 else f"{fen // 100:,}.{fen % 100:02d}"
    return f'"{text}"' if fen >= 100_000 else text


def in_ten_thousands(fen: int) -> str:
    """Return an amount in 万元 with two decimals, rounded half up."""
    hundredths = (fen + HUNDRED_YUAN // 2) // HUNDRED_YUAN
    text = f"{hundredths // 100:,}.{hundredths % 100:02d}"
    return f'"{text}"' if "," in text else text


def numeral(number: int) -> str:
    """Return the number of a line in a summary: 一, 二, … 十一, … 二十一."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else _NUMERALS[tens] + "十") + _NUMERALS[ones]


def _tree(columns: list[Counter[str]]) -> dict[str, list[int]]:
    """Return the amounts of items, sections and classes, with `""` for the total, as printed."""
    sums: dict[str, list[int]] = {"": [0] * len(columns)}
    for position, column in enumerate(columns):
        for item, fen in column.items():
            for code in ("", item[:3], item[:5], item):
                sums.setdefault(code, [0] * len(columns))[position] += fen
    total = sums.pop("")
    return {code: sums[code] for code in sorted(sums)} | {"": total}


def _function_rows(tree: dict[str, list[int]], form: Form, accounts: Accounts) -> Rows:
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


def _change(now: int, before: int) -> list[str]:
    """Return direction and change in 万元, as the prose says them."""
    if abs(now - before) * 2 < HUNDRED_YUAN:
        return ["持平", ""]
    return ["增加" if now > before else "减少", in_ten_thousands(abs(now - before))]


def _percent(now: int, before: int) -> str:
    """Return the change over the base in per cent with two decimals, rounded half up."""
    hundredths = (abs(now - before) * 20_000 + before) // (before * 2)
    return f"{hundredths // 100}.{hundredths % 100:02d}%" if hundredths else ""


def _three_public(budget: Budget) -> dict[str, int]:
    visits, hospitality = budget.economic["30212"], budget.economic["30217"]
    purchase, operation = budget.economic["31013"], budget.economic["30231"]
    return {
        "three_public_total": visits + hospitality + purchase + operation,
        "overseas_visits": visits,
        "official_hospitality": hospitality,
        "vehicle_total": purchase + operation,
        "vehicle_purchase": purchase,
        "vehicle_operation": operation,
        "agency_operating_expenses": budget.agency_operating_expenses,
    }


def _totals(budget: Budget) -> dict[str, int]:
    general = budget.basic.total() + budget.project.total()
    funds, capital = budget.government_funds.total(), budget.state_capital.total()
    own = budget.own_revenue.total()
    return {
        "total_revenue": general + funds + capital + own,
        "fiscal_appropriation_revenue": general + funds + capital,
        "institution_revenue": own,
        "business_revenue": 0,
        "other_revenue": 0,
        "total_expenditure": general + funds + capital + own,
        "fiscal_appropriation_expenditure": general + funds + capital,
        "general_public_budget_expenditure": general,
        "government_funds_expenditure": funds,
        "state_capital_expenditure": capital,
    }


def _claims(year: int, budget: Budget, before: Budget, accounts: Accounts) -> Rows:
    base = [str(year - 1), "initial_budget"]
    rows = []
    earlier = _totals(before)
    for measure, fen in _totals(budget).items():
        compared = measure not in ("institution_revenue", "business_revenue", "other_revenue")
        change = _change(fen, earlier[measure])
        rows.append(
            ["", measure, "", in_ten_thousands(fen)]
            + ([*base, "", *change, ""] if compared else [""] * 6)
        )
    listed = budget.basic + budget.project + budget.government_funds + budget.state_capital
    for ordinal, item in enumerate(sorted(listed), start=1):
        claim = [str(ordinal), "function_item", accounts.path(item), in_ten_thousands(listed[item])]
        rows.append([*claim, "", "", "", "", "", ""])
        base_fen = before.basic[item]
        # Below a hundredth of a per cent, or of 万元, the prose says that nothing changed.
        if item in budget.basic and base_fen:
            direction, _ = _change(listed[item], base_fen)
            percent = _percent(listed[item], base_fen) if direction != "持平" else ""
            rows.append([*claim, *base, in_ten_thousands(base_fen), direction, "", percent])
    earlier = _three_public(before)
    for measure, fen in _three_public(budget).items():
        change = _change(fen, earlier[measure])
        rows.append(["", measure, "", in_ten_thousands(fen), *base, "", *change, ""])
    goods, works, services = budget.procurement
    total = goods + works + services
    reserved = total * 2 // 5 // HUNDRED_YUAN * HUNDRED_YUAN
    small = reserved * 7 // 10 // HUNDRED_YUAN * HUNDRED_YUAN
    for measure, fen in (
        ("procurement_total", total),
        ("procurement_goods", goods),
        ("procurement_works", works),
        ("procurement_services", services),
        ("sme_reserved", reserved),
        ("small_micro_reserved", small),
        ("performance_project_amount", sum(fen for _, _, fen in budget.forms)),
    ):
        if fen or measure != "performance_project_amount":
            rows.append(["", measure, "", in_ten_thousands(fen), *[""] * 6])
    return rows


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
    budget: Budget, tree: dict[str, list[int]], splits: bool, form: Form, accounts: Accounts
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


def _fiscal_appropriation_summary(
    trees: list[dict[str, list[int]]], form: Form, accounts: Accounts
) -> Rows:
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


def _project_rows(year: int, budget: Budget, supervising: str, form: Form) -> tuple[Rows, Rows]:
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


def disclosure(
    organization: Organization,
    form: Form,
    year: int,
    budget: Budget,
    before: Budget,
    has_earlier: bool,
    accounts: Accounts,
) -> Disclosure:
    """Return the document that publishes a budget."""
    project = budget.project + budget.government_funds + budget.state_capital + budget.own_revenue
    spent = _tree([budget.basic, project])
    general = _tree([budget.basic, budget.project])
    funds = _tree([Counter(), budget.government_funds])
    capital = _tree([Counter(), budget.state_capital])
    appropriated = budget.basic + budget.project + budget.government_funds + budget.state_capital
    revenue = _tree([appropriated, budget.own_revenue, Counter(), Counter()])
    heads, targets = _project_rows(year, budget, organization.department or organization.name, form)
    claims = _claims(year, budget, before, accounts)
    name = organization.name
    statements = [
        ["performance_fiscal_year", str(year)],
        ["performance_project_count", str(len(heads))],
        ["vehicles_kept", str(budget.vehicles)],
        ["calculation", '"每月3,000元*12=36,000元"'],
    ]
    splits = form.is_shanghai and organization.scope == "unit"
    remarks = {}
    for table, noun, tree in (
        ("government_funds_by_function", "政府性基金", funds),
        ("state_capital_by_function", "国有资本经营", capital),
    ):
        if not sum(tree[""]):
            remarks[table] = f"注：{year}年无{noun}预算财政拨款安排的预算，故本表为空表。"
    three_public = [in_ten_thousands(fen) for fen in _three_public(budget).values()]
    if set(three_public) == {"0.00"}:
        remarks["three_public_expenses"] = f"注：{year}年无此项经费，故本表为空表。"
    return Disclosure(
        f"synthetic-{organization.number:07d}-{year}",
        organization,
        form,
        year,
        has_earlier,
        f"{year}-02-{organization.number % 20 + 1:02d}",
        dict.fromkeys(TITLES, name),
        {table: f"{year}年{title}" for table, title in TITLES.items()},
        remarks,
        dict.fromkeys(TITLES, form.unit) | {"three_public_expenses": "万元"},
        {
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
            "projects": heads,
            "performance_targets": targets,
            "narrative_claims": claims,
            "statements": statements,
        },
        {},
    )
