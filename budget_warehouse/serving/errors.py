"""The errors of a question: what cannot be asked, and what cannot be answered in time."""

from collections.abc import Iterable
from difflib import get_close_matches


class QuestionError(Exception):
    """A question cannot be answered; the message is one sentence that says what to do."""


class UnknownNameError(QuestionError):
    """Something is named that does not exist."""

    def __init__(self, kind: str, name: str, names: Iterable[str]) -> None:
        """Say which kind of thing is missing, and the nearest name that exists."""
        known = list(names)
        nearest = get_close_matches(name, known, n=1)
        advice = f"did you mean {nearest[0]}?" if nearest else f"it is one of {_listed(known)}."
        super().__init__(f"There is no {kind} {name}: {advice}")


class WrongValueError(QuestionError):
    """A value is not of the type that is wanted."""


class ReplacedError(QuestionError):
    """The publication that was being paged through is no longer the newest."""


class BusyError(QuestionError):
    """Too many questions are being answered."""


class TooLongError(QuestionError):
    """The answer takes too long."""


class TooLargeError(QuestionError):
    """The answer takes too much memory."""


class UnpublishedError(QuestionError):
    """There is no published warehouse that can be opened."""


def _listed(names: list[str], most: int = 8) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")
