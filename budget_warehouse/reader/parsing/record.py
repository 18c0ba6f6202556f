"""A row of the raw contract as it is read, and a number that has no place in one."""

from dataclasses import dataclass

Fields = dict[str, str]
"""One row's values by column of the contract, as printed; a column left out is blank."""


@dataclass(frozen=True)
class Leftover:
    """A number on the page that ended in no CSV: where it stands, the printed text, and why."""

    place: str
    text: str
    reason: str
