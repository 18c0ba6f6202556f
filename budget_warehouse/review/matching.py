"""The findings that tell of a verified error: by its figures, or by its page and rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from budget_warehouse.review.verified_errors import VerifiedError, figures_in, numbers_of_place

_UNITS = tuple(map(Decimal, ("1", "1000", "10000", "1000000", "100000000")))  # 元 to 亿元
_TELLING_DIGITS = 3  # a shorter figure, such as 2 or 10, stands on every page


@dataclass(frozen=True)
class ToldFailure:
    """One failure of a rule as the published warehouse holds it."""

    row: dict[str, Any]

    @property
    def rule_code(self) -> str:
        return str(self.row["rule_code"])

    @property
    def fingerprint(self) -> str:
        return str(self.row["fingerprint"])

    @property
    def verdict(self) -> str | None:
        verdict: str | None = self.row["verdict"]
        return verdict

    @cached_property
    def figures(self) -> set[Decimal]:
        """The figures of both sides: in yuan, in every unit, and as its words have them."""
        yuan = [self.row[f"{side}_yuan"] for side in ("stated", "computed")]
        amounts = {abs(one) / unit for one in yuan if one is not None for unit in _UNITS}
        words = " ".join(self.row[f"{side}_text"] or "" for side in ("stated", "computed"))
        return amounts | figures_in(words)

    @cached_property
    def pages(self) -> set[int]:
        """The pages or lines on which either side stands in the document itself."""
        sides = ["stated"] if self.row["computed_disclosure_id"] else ["stated", "computed"]
        return set[int]().union(
            *(numbers_of_place(self.row[f"{side}_source_ref"] or "") for side in sides)
        )


def telling(error: VerifiedError, failures: Iterable[ToldFailure]) -> list[ToldFailure]:
    """Return the failures of the error's document that tell of it.

    A figure of fewer than three digits counts on the error's own page alone.
    """
    return [one for one in failures if _tells(error, one)]


def _tells(error: VerifiedError, failure: ToldFailure) -> bool:
    is_on_page = bool(error.pages & failure.pages)
    if is_on_page and error.rule_code == failure.rule_code:
        return True
    shared = error.figures & failure.figures
    return any(_is_telling(figure) or is_on_page for figure in shared if figure)


def _is_telling(figure: Decimal) -> bool:
    return len(figure.normalize().as_tuple().digits) >= _TELLING_DIGITS
