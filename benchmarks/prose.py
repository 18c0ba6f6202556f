"""The claims of made-up prose: what a budget comes to, and how it changed since the last one."""

from benchmarks.accounts import Accounts
from benchmarks.budgets import HUNDRED_YUAN, Budget, Published
from benchmarks.printing import Rows, in_ten_thousands, three_public_expenses


def change_text(now: int, before: int) -> list[str]:
    """Return direction and change in 万元, as the prose says them."""
    if abs(now - before) * 2 < HUNDRED_YUAN:
        return ["持平", ""]
    return ["增加" if now > before else "减少", in_ten_thousands(abs(now - before))]


def percent_text(now: int, before: int) -> str:
    """Return the change over the base in per cent with two decimals, rounded half up."""
    hundredths = (abs(now - before) * 20_000 + before) // (before * 2)
    return f"{hundredths // 100}.{hundredths % 100:02d}%" if hundredths else ""


def totals(budget: Budget) -> dict[str, int]:
    """Return what a budget comes to, by the measure of a claim."""
    general = budget.basic.total() + budget.project.total()
    funds, capital = budget.government_funds.total(), budget.state_capital.total()
    own, carried = budget.own_revenue.total(), budget.carried_in.total()
    return {
        "total_revenue": general + funds + capital + own,
        "fiscal_appropriation_revenue": general + funds + capital - carried,
        "institution_revenue": own,
        "business_revenue": 0,
        "other_revenue": 0,
        "total_expenditure": general + funds + capital + own,
        "fiscal_appropriation_expenditure": general + funds + capital,
        "general_public_budget_expenditure": general,
        "government_funds_expenditure": funds,
        "state_capital_expenditure": capital,
    }


def claims(published: Published, accounts: Accounts) -> Rows:
    """Return the claims of a budget: totals, each account, three public expenses, procurement."""
    budget, before = published.budget, published.before
    base = [str(published.fiscal_year - 1), "initial_budget"]
    rows = []
    earlier = totals(before)
    for measure, fen in totals(budget).items():
        compared = measure not in ("institution_revenue", "business_revenue", "other_revenue")
        change = change_text(fen, earlier[measure])
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
            direction, _ = change_text(listed[item], base_fen)
            percent = percent_text(listed[item], base_fen) if direction != "持平" else ""
            rows.append([*claim, *base, in_ten_thousands(base_fen), direction, "", percent])
    earlier = three_public_expenses(before)
    for measure, fen in three_public_expenses(budget).items():
        if measure == "agency_operating_expenses" and not published.form.is_shanghai:
            continue  # of the other forms it is a table
        change = change_text(fen, earlier[measure])
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
        if measure != "performance_project_amount" or (fen and published.form.is_shanghai):
            rows.append(["", measure, "", in_ten_thousands(fen), *[""] * 6])
    return rows


def claims_of_final_accounts(executed: Budget) -> Rows:
    """Return the claims of final accounts: what was spent."""
    whole = totals(executed)
    spent = {
        "total_expenditure": whole["total_expenditure"] + executed.opening,
        "fiscal_appropriation_revenue": whole["fiscal_appropriation_revenue"],
        "general_public_budget_expenditure": whole["general_public_budget_expenditure"],
    }
    spent |= {
        measure: fen
        for measure, fen in three_public_expenses(executed).items()
        if measure != "agency_operating_expenses"
    }
    return [["", measure, "", in_ten_thousands(fen), *[""] * 6] for measure, fen in spent.items()]
