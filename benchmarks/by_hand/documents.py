"""A document as the script by hand holds it: its tables, their rows, and what each row is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from benchmarks.by_hand.values import amount, is_total, text, word
from budget_warehouse.contract.printed_tables import KEYS

_KEYS = frozenset(KEYS)
_NO_CELLS: Mapping[str, str] = {}


@dataclass(slots=True)
class Cell:
    """A printed cell: its text, and its figure in millionths of the unit."""

    measure: str
    text: str
    figure: int | None


@dataclass(slots=True)
class Row:
    """A printed row. What it says comes first, then its place in the tree of its table."""

    number: int
    keys: Mapping[str, str | None]
    unit: str | None
    note: str | None
    source_ref: str | None
    cells: list[Cell]
    side: str | None = None
    row_role: str = ""  # of its cells where their columns say none
    level: str | None = None
    account_code: str | None = None
    account_name: str | None = None
    class_code: str | None = None
    line: str | None = None
    row_key: str = ""
    parent_row_key: str | None = None
    has_valid_code: bool | None = None
    unit_name: str | None = None
    detail_key: str = ""
    is_named_only: bool = False  # its code is known by its name alone
    is_repeat: bool = False

    def __getitem__(self, key: str) -> str | None:
        return self.keys.get(key)


@dataclass
class Table:
    """A printed table, its rows in order, and what each column is in it."""

    name: str
    kind: str
    rows: list[Row]
    roles: dict[tuple[str, str], str] = field(default_factory=dict)  # by side and measure
    wholes: set[tuple[str, str]] = field(default_factory=set)
    parts: set[tuple[str, str]] = field(default_factory=set)


@dataclass
class Document:
    """One disclosure."""

    disclosure_id: str
    organization_name: str | None
    is_final_accounts: bool
    is_counted: bool
    tables: dict[str, Table]
    projects: list[Mapping[str, str]]
    printed_tables: list[Mapping[str, str]]  # what tables.csv says of them


def printed_row(values: Mapping[str, str], cells: Mapping[str, str] = _NO_CELLS) -> Row:
    """Return a row of its raw values."""
    keys = {
        key: (word if key.endswith("_code") or key == "side" else text)(value)
        for key, value in values.items()
        if value and key in _KEYS
    }
    return Row(
        int(values["row_number"]),
        keys,
        word(values.get("unit", "")),
        text(values.get("note", "")),
        text(values.get("source_ref", "")),
        [Cell(measure, printed, amount(printed)) for measure, printed in cells.items()],
    )


def with_units(rows: list[Row]) -> Iterator[tuple[Row, str | None]]:
    """Yield each row with the unit that it stands below, or is itself."""
    unit: str | None = None
    for row in rows:
        organization = row["organization_name"]
        if organization is not None and not is_total(organization):
            unit = organization
        yield row, unit
