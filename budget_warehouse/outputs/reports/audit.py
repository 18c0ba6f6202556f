"""The audit of one disclosure: the results of all rules, in the parts of its page."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby

from budget_warehouse.contract.labels import Labels
from budget_warehouse.outputs.reports.facts import Fact, facts_of, verdict_on
from budget_warehouse.outputs.texts import IN_CHINESE, Texts
from budget_warehouse.storage.rows import Row


@dataclass(frozen=True)
class Rule:
    """One rule in one disclosure: its rows of `fct_reconciliations`, at least one."""

    rows: list[Row]

    @property
    def about(self) -> Row:
        """The values that every row shares, such as `rule_code`, `family` and `basis`."""
        return self.rows[0]

    @property
    def worst_outcome(self) -> str | None:
        """The worst outcome of what was checked; null where nothing was.

        A failure that a person found unfounded is none.
        """
        outcomes = {
            "pass" if verdict_on(row) == "unfounded" else row["outcome"] for row in self.rows
        }
        return next((outcome for outcome in ("fail", "hint", "pass") if outcome in outcomes), None)

    @property
    def checked_count(self) -> int:
        return sum(row["checked_count"] for row in self.rows)

    @property
    def passed_count(self) -> int:
        return sum(row["checked_count"] for row in self.of("pass"))

    def of(self, outcome: str) -> list[Row]:
        """Return the rows with one outcome."""
        return [row for row in self.rows if row["outcome"] == outcome]

    def unchecked(self, outcome: str) -> list[tuple[str, list[str]]]:
        """Return each reason for not having been checked, with its subjects; none if it is all."""
        subjects = defaultdict(list)
        for row in self.of(outcome):
            subjects[row["not_executed_reason_zh"]].append(row["subject_zh"])
        return [(why, [one for one in which if one]) for why, which in subjects.items()]


@dataclass(frozen=True)
class Section:
    """The rules of one disclosure that stand under one heading."""

    heading: str
    outcome: str
    rules: list[Rule]

    @property
    def checked_count(self) -> int:
        return sum(rule.checked_count for rule in self.rules)


@dataclass(frozen=True)
class Audit:
    """The results of all rules in one disclosure, in the order of its page."""

    rules: list[Rule]
    labels: Labels
    t: Texts = IN_CHINESE

    def judged(self, worst_outcome: str) -> list[Rule]:
        """Return the rules of which this is the worst outcome."""
        return [rule for rule in self.rules if rule.worst_outcome == worst_outcome]

    def rule(self, rule_code: str) -> Rule:
        """Return what came of one rule."""
        return next(rule for rule in self.rules if rule.about["rule_code"] == rule_code)

    @property
    def executed(self) -> list[Rule]:
        return [rule for rule in self.rules if rule.worst_outcome]

    @property
    def facts(self) -> list[Fact]:
        """Return what does not agree, the gravest and largest first, each fact once."""
        return [fact for fact in self._every_fact if not fact.is_unfounded]

    @property
    def unfounded(self) -> list[Fact]:
        """Return the facts that a person found to be none."""
        return [fact for fact in self._every_fact if fact.is_unfounded]

    @property
    def _every_fact(self) -> list[Fact]:
        return facts_of((row for rule in self.rules for row in rule.rows), self.t)

    @property
    def found(self) -> list[tuple[str, list[Fact]]]:
        """Return the facts of each severity under its label."""
        return [
            (self.labels.of("severity", severity), list(of_severity))
            for severity, of_severity in groupby(self.facts, lambda fact: fact.severity)
        ]

    @property
    def hints(self) -> list[Row]:
        """Return the gaps that rounding explains, the largest first."""
        rows = [row for rule in self.rules for row in rule.of("hint")]
        return sorted(rows, key=lambda row: -abs(row["gap_yuan"] or 0))

    @property
    def passed(self) -> list[Section]:
        """The rules that pass wherever they were checked, by family."""
        families = dict.fromkeys(rule.about["family"] for rule in self.judged("pass"))
        return [
            self._section("family", family, "pass", self._where("family", family, "pass"))
            for family in families
        ]

    @property
    def unchecked(self) -> list[Section]:
        """The rules that could not be checked at all or somewhere, by outcome."""
        sections = [
            self._section("outcome", outcome, outcome, [r for r in self.rules if r.of(outcome)])
            for outcome in ("insufficient_data", "not_applicable")
        ]
        return [section for section in sections if section.rules]

    def _where(self, column: str, value: str, worst_outcome: str) -> list[Rule]:
        return [rule for rule in self.judged(worst_outcome) if rule.about[column] == value]

    def _section(self, kind: str, name: str, outcome: str, rules: list[Rule]) -> Section:
        return Section(self.labels.of(kind, name), outcome, rules)
