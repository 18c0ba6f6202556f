"""Made-up budgets: departments with their units over several years, in whole fen."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.accounts import Accounts
from benchmarks.forms import SHANGHAI, SHARES, WITH_FINAL_ACCOUNTS

FIRST_FISCAL_YEAR = 2020  # from then on the accounts bear their present names
ORGANIZATIONS_OF_DEPARTMENT = 4  # a department and three units
HUNDRED_YUAN = 10_000  # in fen: the finest amount that 万元 with two decimals can say

# The cost of a staff of one in a year, in fen.
_PERSONNEL = {
    "30101": 5_200_000,
    "30102": 6_100_000,
    "30103": 2_300_000,
    "30107": 4_400_000,
    "30108": 2_300_000,
    "30110": 1_500_000,
    "30112": 180_000,
    "30113": 1_900_000,
    "30199": 700_000,
    "30302": 900_000,
    "30309": 20_000,
}
_PUBLIC_USE = {
    "30201": 420_000,
    "30202": 60_000,
    "30205": 30_000,
    "30206": 110_000,
    "30207": 90_000,
    "30209": 340_000,
    "30211": 120_000,
    "30213": 80_000,
    "30214": 150_000,
    "30215": 40_000,
    "30216": 90_000,
    "30217": 20_000,
    "30226": 200_000,
    "30227": 310_000,
    "30228": 230_000,
    "30229": 180_000,
    "30239": 260_000,
    "30299": 140_000,
    "31002": 160_000,
}
_THREE_PUBLIC = ("30212", "30217", "30231", "31013")  # also in T9, in 万元


@dataclass(frozen=True)
class Form:
    """The habits of a department and its units in print: unit, finest fen, blanks or 0.00."""

    name: str
    has_final_accounts: bool
    region_code: str
    unit: str
    quantum: int
    blank_nil: bool

    @property
    def is_shanghai(self) -> bool:
        return self.name == SHANGHAI


@dataclass(frozen=True)
class Organization:
    """A publishing organization; `department` is the name of the supervising one, if any."""

    number: int
    name: str
    kind: str
    scope: str
    department: str


@dataclass
class Budget:
    """The amounts of one organization and year by account code, in fen.

    Part of the projects is paid by what was carried in. Of final accounts `opening` and `closing`
    are the balances beyond the appropriation; what they differ in was spent.
    """

    economic: Counter[str] = field(default_factory=Counter)
    basic: Counter[str] = field(default_factory=Counter)
    project: Counter[str] = field(default_factory=Counter)
    government_funds: Counter[str] = field(default_factory=Counter)
    state_capital: Counter[str] = field(default_factory=Counter)
    own_revenue: Counter[str] = field(default_factory=Counter)
    carried_in: Counter[str] = field(default_factory=Counter)
    spent_balance: Counter[str] = field(default_factory=Counter)
    agency_economic: Counter[str] = field(default_factory=Counter)
    opening: int = 0
    agency_operating_expenses: int = 0
    procurement: tuple[int, int, int] = (0, 0, 0)
    vehicles: int = 0
    forms: list[tuple[str, str, int]] = field(default_factory=list)
    units: list[tuple[str, "Budget"]] = field(default_factory=list)

    @property
    def closing(self) -> int:
        """Return the balance at the end of the year."""
        return self.opening - self.spent_balance.total()

    def add(self, unit: "Budget") -> None:
        """Take in the budget of a unit, with the first of its project forms."""
        for name in (
            "economic",
            "basic",
            "project",
            "government_funds",
            "state_capital",
            "own_revenue",
            "carried_in",
            "spent_balance",
            "agency_economic",
        ):
            getattr(self, name).update(getattr(unit, name))
        self.opening += unit.opening
        self.agency_operating_expenses += unit.agency_operating_expenses
        goods, works, services = self.procurement
        self.procurement = (
            goods + unit.procurement[0],
            works + unit.procurement[1],
            services + unit.procurement[2],
        )
        self.vehicles += unit.vehicles
        self.forms += unit.forms[:2]
        self.units += unit.units

    def has_equal_amounts(self) -> bool:
        """Say whether two accounts of a table are equal by chance, so that one looks like a copy.

        Round amounts may be equal.
        """
        return any(
            len(set(amounts)) < len(amounts)
            for table in (self.economic, self.basic + self.project)
            for amounts in [[fen for fen in table.values() if fen % HUNDRED_YUAN]]
        )


class _Unit:
    """A unit whose accounts stay and whose amounts grow from year to year."""

    def __init__(
        self,
        organization: Organization,
        form: Form,
        chance: random.Random,
        accounts: Accounts,
        operating_item: str,
        pool: list[str],
    ) -> None:
        self.organization = organization
        self.form = form
        self.chance = chance
        self.operating_item = operating_item
        staff = 8 + below(chance, 120)
        codes = _PERSONNEL | {
            code: amount for code, amount in _PUBLIC_USE.items() if below(chance, 8) or code < "302"
        }
        self.vehicles = below(chance, 4)
        if self.vehicles:
            codes["30231"] = 90_000
        if not below(chance, 12):
            codes["30212"] = 60_000
        if self.vehicles and not below(chance, 10):
            codes["31013"] = 150_000
        self.is_administrative = organization.kind == "行政单位"
        if self.is_administrative:
            codes["30111"] = 700_000
        self.economic = {
            code: self.rounded(code, staff * amount * (80 + below(chance, 40)) // 100 + 7)
            for code, amount in codes.items()
        }
        chosen = sorted(item for item in pool if below(chance, 3))
        self.project = {
            item: self.rounded(item, 3_000_000 + below(chance, 400_000_000)) for item in chosen
        }
        self.government_funds: dict[str, int] = {}
        self.state_capital: dict[str, int] = {}
        self.own_revenue: dict[str, int] = {}
        if not below(chance, 4):
            item = accounts.fund_items[below(chance, len(accounts.fund_items))]
            self.government_funds[item] = self.rounded(item, 900_000_000 + below(chance, 10**9))
        if not below(chance, 12):
            item = accounts.state_capital_items[below(chance, len(accounts.state_capital_items))]
            self.state_capital[item] = self.rounded(item, 200_000_000 + below(chance, 10**9))
        self.balance = self.rounded("", 50_000_000 + below(chance, 400_000_000))
        if not self.is_administrative and not below(chance, 3) and chosen:
            self.own_revenue[chosen[0]] = self.rounded("", 20_000_000 + below(chance, 90_000_000))

    def rounded(self, code: str, fen: int) -> int:
        """Return an amount that the form can print, at least one of its finest."""
        quantum = HUNDRED_YUAN if code in _THREE_PUBLIC else self.form.quantum
        return max(fen // quantum, 1) * quantum

    def grow(self) -> None:
        """Go on to the next year: every account changes by -4% to +8%."""
        for amounts in (
            self.economic,
            self.project,
            self.government_funds,
            self.state_capital,
            self.own_revenue,
        ):
            for code, fen in amounts.items():
                amounts[code] = self.rounded(code, fen * (960 + below(self.chance, 121)) // 1000)

    def set_apart(self) -> None:
        """Raise the accounts by different numbers of the finest amount that the form can print."""
        for amounts in (self.economic, self.project):
            for place, (code, fen) in enumerate(amounts.items(), start=1):
                amounts[code] = self.rounded(code, fen + place * self.form.quantum)

    def budget(self, accounts: Accounts) -> Budget:
        """Return this year's budget."""
        economic = dict(self.economic)
        economic["30109"] = self.rounded("30109", economic["30108"] // 2)
        goods = HUNDRED_YUAN * (100 + below(self.chance, 20_000))
        forms = [
            (
                f"{accounts.functions[item]}项目{self.organization.number}-{number}",
                self.organization.name,
                fen // 300 * 100,
            )
            for number, (item, fen) in enumerate(list(self.project.items())[:5], start=1)
        ]
        public_use = sum(_public_use(economic).values())
        carried = {} if self.form.is_shanghai else dict(list(self.project.items())[:3])
        return Budget(
            Counter(economic),
            self._basic(economic),
            Counter(self.project),
            Counter(self.government_funds),
            Counter(self.state_capital),
            Counter(self.own_revenue),
            Counter({item: self.rounded(item, fen // 9) for item, fen in carried.items()}),
            agency_economic=Counter(_public_use(economic) if self.is_administrative else {}),
            agency_operating_expenses=public_use * 4 // 5 // HUNDRED_YUAN * HUNDRED_YUAN
            if self.is_administrative
            else 0,
            procurement=(goods, goods // 3 // HUNDRED_YUAN * HUNDRED_YUAN, goods * 2),
            vehicles=self.vehicles,
            forms=forms,
        )

    def final_accounts(self) -> Budget:
        """Return what was spent of this year's budget, and of the balance of earlier years."""
        economic = {code: self._executed(code, fen) for code, fen in self.economic.items()}
        economic["30109"] = self.rounded("30109", economic["30108"] // 2)
        project, funds, capital, own = (
            Counter({item: self._executed(item, fen) for item, fen in amounts.items()})
            for amounts in (
                self.project,
                self.government_funds,
                self.state_capital,
                self.own_revenue,
            )
        )
        opening = self.balance
        spent = self.rounded("", opening // 10)
        self.balance = opening - spent
        return Budget(
            Counter(economic),
            self._basic(economic),
            project,
            funds,
            capital,
            own,
            spent_balance=Counter({next(iter(self.project), self.operating_item): spent}),
            opening=opening,
            vehicles=self.vehicles,
        )

    def _executed(self, code: str, fen: int) -> int:
        """Return between 94% and 104% of a budgeted amount."""
        return self.rounded(code, fen * (940 + below(self.chance, 101)) // 1000)

    def _basic(self, economic: dict[str, int]) -> Counter[str]:
        """Return the functional items of basic expenditure by economic accounts."""
        staff = {
            "2080501" if self.is_administrative else "2080502": economic["30302"],
            "2080505": economic["30108"],
            "2080506": economic["30109"],
            "2101101" if self.is_administrative else "2101102": economic["30110"],
            "2210201": economic["30113"],
        }
        if self.is_administrative:
            staff["2101103"] = economic["30111"]
        rest = sum(economic.values()) - sum(staff.values())
        return Counter(staff | {self.operating_item: rest})


def _public_use(economic: dict[str, int]) -> dict[str, int]:
    return {code: fen for code, fen in economic.items() if code[:3] in ("302", "310")}


def _whole(
    units: dict[Organization, Budget], department: Organization | None
) -> dict[Organization, Budget]:
    """Return the budgets of a year: the department, the sum of its units, comes first."""
    for organization, budget in units.items():
        budget.units = [(organization.name, budget)]
    if not department:
        return units
    whole = Budget()
    for budget in units.values():
        whole.add(budget)
    return {department: whole} | units


@dataclass(frozen=True)
class Published:
    """A budget, or final accounts with the budget that they execute, and the year before."""

    organization: Organization
    form: Form
    fiscal_year: int
    budget: Budget
    before: Budget
    final_accounts: Budget | None = None


def below(chance: random.Random, limit: int) -> int:
    """Return a whole number from 0 up to, and without, the limit."""
    return chance.getrandbits(40) % limit


def _department(
    first: int, count: int, years: int, seed: int, accounts: Accounts
) -> Iterator[Published]:
    chance = random.Random(f"{seed} {first}")
    form_name = _form_name(chance)
    in_shanghai = tuple(region for region in accounts.regions if region.startswith("31"))
    elsewhere = tuple(region for region in accounts.regions if not region.startswith("31"))
    is_shanghai = form_name == SHANGHAI
    regions = in_shanghai if is_shanghai else elsewhere
    region = regions[below(chance, len(regions))]
    unit = "元" if is_shanghai or not below(chance, 4) else "万元"
    quantum = HUNDRED_YUAN if unit == "万元" else (1, 1, 100)[below(chance, 3)]
    has_final_accounts = below(chance, 100) < WITH_FINAL_ACCOUNTS
    form = Form(form_name, has_final_accounts, region, unit, quantum, bool(below(chance, 3)))
    sections = sorted(accounts.project_items)
    pool: list[str] = []
    while len(pool) < 36:
        items = accounts.project_items[sections[below(chance, len(sections))]]
        pool = sorted({*pool, *items[:3]})
    operating = accounts.operating_items[below(chance, len(accounts.operating_items))]
    name = f"合成第{first:05d}号单位"
    units = [
        _Unit(
            Organization(
                number,
                f"合成第{number:05d}号单位",
                ("行政单位", "事业单位")[below(chance, 2)],
                "unit",
                name if count > 1 else "",
            ),
            form,
            chance,
            accounts,
            operating,
            pool,
        )
        for number in range(first + (count > 1), first + count)
    ]
    department = Organization(first, name, "行政单位", "department", "")
    whole = department if count > 1 else None
    earlier: dict[Organization, Budget] = {}
    years_of_budgets = (years + 1) // 2 if has_final_accounts else years
    for year in range(FIRST_FISCAL_YEAR - 1, FIRST_FISCAL_YEAR + years_of_budgets):
        budgets = _whole({one.organization: one.budget(accounts) for one in units}, whole)
        while any(map(Budget.has_equal_amounts, budgets.values())):
            for one in units:
                one.set_apart()
            budgets = _whole({one.organization: one.budget(accounts) for one in units}, whole)
        if year >= FIRST_FISCAL_YEAR:
            for organization, budget in budgets.items():
                yield Published(organization, form, year, budget, earlier[organization])
            is_last_alone = years % 2 == 1 and year == FIRST_FISCAL_YEAR + years_of_budgets - 1
            if has_final_accounts and not is_last_alone:
                executed = {one.organization: one.final_accounts() for one in units}
                for organization, spent in _whole(executed, whole).items():
                    budget, before = budgets[organization], earlier[organization]
                    yield Published(organization, form, year, budget, before, spent)
        earlier = budgets
        for one in units:
            one.grow()


def _form_name(chance: random.Random) -> str:
    place = below(chance, sum(SHARES.values()))
    for name, share in SHARES.items():
        if place < share:
            return name
        place -= share
    raise AssertionError(place)


def published_budgets(
    organizations: int, years: int, seed: int, accounts: Accounts
) -> Iterator[Published]:
    """Yield as many documents of every organization as there are years, a department at a time.

    They are budgets, each with last year's; or of half the years budgets and final accounts. A
    department is the sum of its units. An organization left over publishes alone.
    """
    for first in range(1, organizations + 1, ORGANIZATIONS_OF_DEPARTMENT):
        count = min(ORGANIZATIONS_OF_DEPARTMENT, organizations + 1 - first)
        yield from _department(first, count, years, seed, accounts)
