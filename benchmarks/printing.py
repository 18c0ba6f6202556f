"""Made-up amounts as printed: cells quoted where CSV asks for it, and the trees of accounts."""

from collections import Counter
from collections.abc import Iterable

from benchmarks.budgets import HUNDRED_YUAN, Budget, Form

_NUMERALS = ["", *"一二三四五六七八九"]

Rows = list[list[str]]
Tree = dict[str, list[int]]


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


def tree(columns: Iterable[Counter[str]]) -> Tree:
    """Return the amounts of items, sections and classes, with `""` for the total, as printed."""
    columns = list(columns)
    sums: Tree = {"": [0] * len(columns)}
    for position, column in enumerate(columns):
        for item, fen in column.items():
            for code in dict.fromkeys(("", item[:3], item[:5], item)):
                sums.setdefault(code, [0] * len(columns))[position] += fen
    total = sums.pop("")
    return {code: sums[code] for code in sorted(sums)} | {"": total}


def three_public_expenses(budget: Budget) -> dict[str, int]:
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
