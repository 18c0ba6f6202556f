"""The judge's word on each rule, without importing Great Expectations, which takes seconds."""

from dataclasses import dataclass, field
from typing import Any

INTEGRITY = "pipeline_integrity"

TWO_SIDES = "Every check that was executed has two sides"


@dataclass(frozen=True)
class Places:
    """Failures of a rule: the first places, and how many there are."""

    rows: list[dict[str, Any]]
    count: int

    def __str__(self) -> str:
        listed = f", of which {len(self.rows):,} are listed" if self.count > len(self.rows) else ""
        return f"{self.count:,} place{'s' if self.count > 1 else ''}{listed}"


@dataclass(frozen=True)
class Outcome:
    """The judge's word on one rule: whether it passes, and where it fails.

    Of `failed_count` places `failed` lists the first.
    """

    rule: str
    severity: str
    passes: bool
    failed_count: int = 0
    failed: list[dict[str, Any]] = field(default_factory=list)
    error: str | None = None  # an exception in the judge itself, which says nothing about the rule


@dataclass(frozen=True)
class Judgement:
    """The outcomes of one suite: a family of rules, or the pipeline's own integrity."""

    suite: str
    outcomes: list[Outcome]

    @property
    def errors(self) -> list[Outcome]:
        """The rules that could not be judged because the judge failed."""
        return [outcome for outcome in self.outcomes if outcome.error]


class JudgeError(Exception):
    """The judge itself failed, which says nothing about any rule."""


def sound(judgements: list[Judgement]) -> list[Judgement]:
    """Return judgements of a judge that did not fail.

    Raises:
        JudgeError: Great Expectations raised an error over what it was to judge.
    """
    errors = [outcome for judgement in judgements for outcome in judgement.errors]
    if errors:
        reasons = "; ".join(f"{outcome.rule}: {outcome.error}" for outcome in errors)
        raise JudgeError(
            f"Great Expectations itself failed, which says nothing of the rules: {reasons}"
        )
    return judgements


def failed_places(judgements: list[Judgement]) -> dict[str, Places]:
    """Return where rules fail, by the rule, or by the sentence that stands for a whole suite."""
    return {
        TWO_SIDES if outcome.rule == judgement.suite else outcome.rule: Places(
            outcome.failed, outcome.failed_count
        )
        for judgement in judgements
        for outcome in judgement.outcomes
        if outcome.failed
    }
