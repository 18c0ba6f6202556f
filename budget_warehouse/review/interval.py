"""A share with its interval: what few cases can tell of many."""

from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True)
class Share:
    """A part of a whole, such as the errors found of those that were listed.

    `z` says how wide the interval is: 1.96 for 95 %.
    """

    z: float
    part: int
    whole: int

    @property
    def ratio(self) -> float | None:
        """The part over the whole; null of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval of Wilson, as `fct_rule_precision` has it; null of nothing."""
        if not self.whole:
            return None
        z, p, n = self.z, self.part / self.whole, self.whole
        middle = p + z * z / (2 * n)
        half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        scale = 1 + z * z / n
        return max(0.0, (middle - half) / scale), min(1.0, (middle + half) / scale)

    def __str__(self) -> str:
        """Return the share in percent with its interval, and a dash for nothing."""
        if self.ratio is None or self.interval is None:
            return "–"
        lower, upper = self.interval
        return f"{self.ratio:.1%} ({lower:.1%} to {upper:.1%})"
