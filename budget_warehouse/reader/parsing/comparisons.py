"""An outturn of final accounts with everything that it is compared with, and the rows it makes."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from budget_warehouse.reader.parsing.record import Fields


@dataclass(frozen=True)
class Subject:
    """The subject of an amount: one measure, or two that one amount is the total of."""

    measures: tuple[str, ...]
    fund: str = ""
    line: str = ""
    name: str = ""
    account_path: str = ""

    @property
    def is_account(self) -> bool:
        """Return whether it is a functional account."""
        return self.measures == ("function_item",)


@dataclass
class Base:
    """The base that an amount is compared with, and how it compares."""

    year: str
    stage: str
    amount: str = ""
    unit: str = ""
    columns: Fields = field(default_factory=dict)


@dataclass
class Outturn:
    """One outturn of a subject, and everything it is compared with."""

    subject: Subject
    amount: str = ""
    unit: str = ""
    bases: list[Base] = field(default_factory=list)

    def base(self, year: str, stage: str, is_qualified: bool = True) -> Base:
        """Return the base of a year and stage; one not qualified is the only one of its year."""
        same_year = [base for base in self.bases if base.year == year]
        found = [base for base in same_year if base.stage == stage]
        if not found and not is_qualified and len(same_year) == 1:
            found = same_year
        if not found:
            found = [Base(year, stage)]
            self.bases.extend(found)
        return found[0]

    def rows(self, list_number: str) -> Iterator[Fields]:
        """Yield a row of narrative_claims.csv for each measure and base."""
        for measure in self.subject.measures:
            for base in self.bases or [Base("", "")]:
                unit = self.unit or base.unit
                row = {
                    "ordinal": list_number if self.subject.is_account else "",
                    "measure": measure,
                    "name": self.subject.name,
                    "account_path": self.subject.account_path,
                    "amount": self.amount,
                    "base_year": base.year,
                    "base_stage": base.stage,
                    "base_amount": base.amount,
                    "unit": unit,
                } | base.columns
                if base.amount and base.unit != unit:
                    yield row | {"base_year": "", "base_stage": "", "base_amount": ""}
                    row |= {"amount": "", "unit": base.unit}
                yield row
