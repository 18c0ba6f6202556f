"""A fault of a reference list: one sentence with file, line, column, value and way out."""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches

_LONGEST = 80  # characters of a value that are shown
_FEW = 8  # words that a sentence can name


@dataclass(frozen=True)
class Fault:
    """A fault in a list; `known` are the names of which the value is to be one."""

    file: str
    line: int | None
    column: str | None
    reason: str
    value: str = ""
    known: Collection[str] = ()
    more_lines: int = 0  # on which the same is wrong

    def __str__(self) -> str:
        """Return the sentence; look the nearest name up only here, since that takes its time."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        nearest = nearest_name(self.value, self.known)
        return (
            (f"{place} {self.column}: " if self.column else f"{place}: ")
            + self.reason
            + (f" (and on {self.more_lines:,} more lines)" if self.more_lines else "")
            + (f"; did you mean {nearest!r}?" if nearest else ".")
        )


def unknown(
    file: str, line: int, column: str, value: str, noun: str, known: Collection[str]
) -> Fault:
    """Return a value that is none of the known names."""
    if not noun and len(known) <= _FEW:
        *first, last = known
        reason = f"is none of {', '.join(first)} and {last}"
    else:
        reason = f"is no {noun or column}"
    return Fault(file, line, column, f"{shown(value)} {reason}", value, known)


def shown(value: str) -> str:
    """Return a value in quotes, cut where it is very long."""
    return repr(value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…")


def narrow(text: str) -> str:
    """Return a text without spaces and in signs of one width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def nearest_name(value: str, names: Collection[str]) -> str | None:
    """Return the name that is most like a value, whatever its width, case and spacing."""
    plain = {narrow(name).casefold(): name for name in sorted(names, reverse=True)}
    sought = narrow(value).casefold()
    found = _nearest_codes(sought, plain) if any(map(str.isdigit, sought)) else []
    found = found or get_close_matches(sought, plain, 1) or get_close_matches(sought, plain, 1, 0)
    return plain[found[0]] if found else None


def _nearest_codes(sought: str, codes: Collection[str]) -> list[str]:
    """Return the code of the same length with most signs in place; by difflib all are alike.

    Two neighbours that changed places are one slip, as one wrong sign is.
    """

    def likeness(code: str) -> tuple[int, bool, list[bool]]:
        in_place = [one == other for one, other in zip(code, sought, strict=True)]
        wrong = [place for place, is_right in enumerate(in_place) if not is_right]
        is_swap = len(wrong) == 2 and wrong[1] - wrong[0] == 1 and sorted(code) == sorted(sought)
        return sum(in_place) + is_swap, is_swap, in_place

    same_length = sorted(code for code in codes if len(code) == len(sought))
    nearest = max(same_length, key=likeness, default=None)
    return [nearest] if nearest and likeness(nearest)[0] * 2 >= len(sought) else []
