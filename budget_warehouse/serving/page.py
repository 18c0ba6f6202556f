"""One page of a table: filters, columns, order and place, read from the parameters of a question.

A filter is `column=value`, or `column.operator=value`; all of them must hold.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from budget_warehouse.contract.marts import Column
from budget_warehouse.serving.catalogue import Table
from budget_warehouse.serving.errors import UnknownNameError, WrongValueError
from budget_warehouse.serving.publication import DATABASE

DEFAULT_ROWS = 1_000
MOST_ROWS = 10_000

OPERATORS = {
    "eq": "equal to the value, as without an operator",
    "ne": "other than the value; an empty cell is other",
    "gt": "greater",
    "gte": "greater or equal",
    "lt": "less",
    "lte": "less or equal",
    "in": "one of several values, with commas between",
    "contains": "a text that has the value in it",
    "null": "true: the cell is empty; false: it is not",
}
PARAMETERS = {
    "columns": "The columns wanted, with commas between; by default all.",
    "order": "Columns to sort by, with commas between, - before one that falls.",
    "limit": f"The most rows of a page, up to {MOST_ROWS:,}.",
    "offset": "How many rows come before the page.",
    "publication": "The number of the publication that is paged through; another is refused.",
}

_COMPARED = {"eq": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


@dataclass(frozen=True)
class Page:
    """A statement for the rows of a page and one for how many rows there are in all."""

    table: Table
    columns: tuple[Column, ...]
    condition: str
    values: tuple[Any, ...]
    order: str
    limit: int
    offset: int
    publication: int | None

    @property
    def statement(self) -> str:
        """The SQL of its rows, in an order that leaves nothing open."""
        names = ", ".join(f'"{column.name}"' for column in self.columns)
        return (
            f"select {names} from {self._source} where {self.condition}"
            f" order by {self.order} limit {self.limit} offset {self.offset}"
        )

    @property
    def count_statement(self) -> str:
        """The SQL of the number of rows on all pages."""
        return f"select count(*) from {self._source} where {self.condition}"

    @property
    def _source(self) -> str:
        return f'{DATABASE}.{self.table.schema}."{self.table.name}"'


def read_page(table: Table, parameters: Iterable[tuple[str, str]]) -> Page:
    """Return the page of a table that parameters ask for.

    Raises:
        UnknownNameError: they name a column, a parameter or an operator that does not exist.
        WrongValueError: a value cannot be compared with its column.
    """
    filters, options = [], {}
    for name, text in parameters:
        if name in PARAMETERS:
            options[name] = text
        else:
            filters.append(_filter(table, name, text))
    columns = tuple(map(table.column, _listed(options.get("columns", ""))))
    publication = options.get("publication")
    return Page(
        table,
        columns or table.columns,
        " and ".join(condition for condition, _ in filters) or "true",
        tuple(value for _, values in filters for value in values),
        _order(table, options.get("order", "")),
        _number("limit", options.get("limit", str(DEFAULT_ROWS)), MOST_ROWS, least=1),
        _number("offset", options.get("offset", "0")),
        None if publication is None else _number("publication", publication),
    )


def _filter(table: Table, parameter: str, text: str) -> tuple[str, list[Any]]:
    """Return a condition and its values."""
    name, _, operator = parameter.partition(".")
    if not operator and name not in table.named_columns:
        raise UnknownNameError(
            f"column or parameter of {table.name} called", name, [*table.named_columns, *PARAMETERS]
        )
    column = table.column(name)
    operator = operator or "eq"
    if operator not in OPERATORS:
        raise UnknownNameError("operator called", operator, OPERATORS)
    quoted = f'"{column.name}"'
    if operator == "null":
        return f"({quoted} is null) = ?", [_boolean(parameter, text)]
    if operator == "contains":
        if column.type != "VARCHAR":
            raise WrongValueError(
                f"{name} is no text: write {name}.gte or another comparison in place of contains."
            )
        return f"contains({quoted}, ?)", [text]
    if operator == "in":
        values = [_value(column, parameter, part) for part in text.split(",")]
        return f"{quoted} in ({', '.join('?' * len(values))})", values
    value = _value(column, parameter, text)
    if operator == "ne":
        return f"{quoted} is distinct from ?", [value]
    return f"{quoted} {_COMPARED[operator]} ?", [value]


def _order(table: Table, text: str) -> str:
    """Return the columns to sort by, and after them what tells every row from every other."""
    directions: dict[str, str] = {}
    for part in _listed(text):
        column = table.column(part.removeprefix("-"))
        directions.setdefault(column.name, "desc" if part.startswith("-") else "asc")
    for name in table.grain or table.named_columns:
        directions.setdefault(name, "asc")
    return ", ".join(f'"{name}" {direction} nulls last' for name, direction in directions.items())


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _number(name: str, text: str, most: int = 10**12, least: int = 0) -> int:
    if not (text.isascii() and text.isdecimal() and least <= int(text[:20]) <= most):
        raise WrongValueError(f"{name} is {text!r}: write a number from {least} to {most}.")
    return int(text)


def _value(column: Column, parameter: str, text: str) -> Any:
    """Return a text as a value of a column's type.

    Raises:
        WrongValueError: it is none.
    """
    kind = column.type.partition("(")[0]
    if kind == "VARCHAR":
        return text
    read, example = _READERS[kind]
    try:
        return read(text)
    except (ValueError, InvalidOperation) as error:
        raise WrongValueError(
            f"{parameter} is {text!r}, and {column.name} holds {column.type}: write a value such as"
            f" {example}."
        ) from error


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


def _whole(text: str) -> int:
    number = int(text)
    if abs(number) >= 2**63:
        raise ValueError(text)
    return number


def _truth(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


def _boolean(parameter: str, text: str) -> bool:
    try:
        return _truth(text)
    except ValueError as error:
        raise WrongValueError(f"{parameter} is {text!r}: write true or false.") from error


_READERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "BIGINT": (_whole, "2026"),
    "BOOLEAN": (_truth, "true"),
    "DATE": (date.fromisoformat, "2026-01-31"),
    "DECIMAL": (_decimal, "1000.50"),
    "HUGEINT": (_whole, "2026"),
    "INTEGER": (_whole, "2026"),
    "TIMESTAMP": (datetime.fromisoformat, "2026-01-31T02:00:00"),
}
