"""The findings of a disclosure as its page tells them: a fact, and what follows from it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budget_warehouse.storage.rows import Row

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Fact:
    """One thing that does not agree: the failure that stands for it, then all that follow."""

    failures: list[Row]

    @property
    def first(self) -> Row:
        return self.failures[0]

    @property
    def following(self) -> list[Row]:
        """The other failures that follow from it."""
        return self.failures[1:]

    @property
    def severity(self) -> str:
        """The gravest of its failures."""
        return min((row["severity"] for row in self.failures), key=SEVERITIES.index)

    @property
    def amount_yuan(self) -> Decimal:
        """The amount at stake, as `fct_findings` has it; 0 for words and percentages."""
        return Decimal(self.first["amount_yuan"] or 0)

    @property
    def known_reasons(self) -> list[str]:
        """The results of looking it up, each text once."""
        reasons = (
            row["known_finding_reason_zh"] or row["known_finding_reason"] for row in self.failures
        )
        return list(dict.fromkeys(reason for reason in reasons if reason))

    @property
    def is_reviewed(self) -> bool:
        """True where a person looked at every failure of it."""
        return all(row["known_finding_reason"] for row in self.failures)


def facts_of(rows: Iterable[Row]) -> list[Fact]:
    """Return the facts of rows of `fct_reconciliations`, the gravest and largest first.

    A failure that belongs to no finding is a fact alone; what did not fail is left out.
    """
    of_findings: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        if row["outcome"] == "fail":
            of_findings[row["finding_id"] or (row["rule_code"], row["subject"])].append(row)
    facts = [
        Fact(sorted(failures, key=lambda row: row["rank_in_finding"] or 1))
        for failures in of_findings.values()
    ]
    return sorted(facts, key=lambda fact: (SEVERITIES.index(fact.severity), -fact.amount_yuan))
