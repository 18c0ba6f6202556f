"""The findings of a disclosure as its page tells them: a fact, and what follows from it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from budget_warehouse.outputs.texts import IN_CHINESE, Texts
from budget_warehouse.storage.rows import Row

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Fact:
    """One thing that does not agree: the failure that stands for it, then all that follow."""

    failures: list[Row]
    t: Texts = IN_CHINESE

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
        """The results of looking it up, each text once, under the verdict and who gave it."""
        return list(dict.fromkeys(filter(None, (_known(row, self.t) for row in self.failures))))

    @property
    def is_reviewed(self) -> bool:
        """True where a verdict of a person stands on every failure of it."""
        return all(map(verdict_on, self.failures))

    @property
    def is_unfounded(self) -> bool:
        """True where a person found every failure of it unfounded."""
        return all(verdict_on(row) == "unfounded" for row in self.failures)

    @property
    def reopened_because(self) -> str | None:
        """Reason an earlier verdict stands no more; null where none was given or it stands."""
        return next(filter(None, (row.get("reopened_because") for row in self.failures)), None)

    @property
    def lowered_because(self) -> str | None:
        """Reason it is told less loudly than its rule is."""
        reason: str | None = self.first.get("lowered_because")
        return reason


def verdict_on(failure: Row) -> str | None:
    """Return the standing verdict; before there were verdicts, a reason confirmed a finding."""
    verdict: str | None = failure.get("verdict")
    return verdict or ("confirmed" if failure["known_finding_reason"] else None)


def _known(failure: Row, t: Texts) -> str | None:
    """Return what a person decided, who and when, and why; null where nobody did."""
    verdicts = {"confirmed": t("经人工核实属实"), "unfounded": t("经人工核实不成立")}
    verdict = verdicts.get(verdict_on(failure) or "")
    if not verdict:
        return None
    by = [str(failure[one]) for one in ("reviewer", "reviewed_on") if failure.get(one)]
    reason = failure["known_finding_reason_zh"] or failure["known_finding_reason"]
    return t("{0}{1}：{2}", verdict, t("（{0}）", t("，").join(by)) if by else "", reason)


def facts_of(rows: Iterable[Row], t: Texts = IN_CHINESE) -> list[Fact]:
    """Return the facts of rows of `fct_reconciliations`, the gravest and largest first.

    A failure that belongs to no finding is a fact alone; what did not fail is left out.
    """
    of_findings: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        if row["outcome"] == "fail":
            of_findings[row["finding_id"] or (row["rule_code"], row["subject"])].append(row)
    facts = [
        Fact(sorted(failures, key=lambda row: row["rank_in_finding"] or 1), t)
        for failures in of_findings.values()
    ]
    return sorted(facts, key=lambda fact: (SEVERITIES.index(fact.severity), -fact.amount_yuan))
