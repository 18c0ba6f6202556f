"""Completeness of a reading, as the head of the document's page says it."""

from dataclasses import dataclass

from budget_warehouse.storage.rows import Row


@dataclass(frozen=True)
class Reading:
    """By whom a document was read, and its tables with the numbers printed and placed."""

    reading: str | None
    tables: list[Row]

    @property
    def is_reviewed(self) -> bool:
        return self.reading == "reviewed"

    @property
    def counted(self) -> list[Row]:
        """The tables of which the printed numbers were counted."""
        return [row for row in self.tables if row["numbers_printed"] is not None]

    @property
    def partly_read(self) -> list[Row]:
        """The tables of which a number was left over, those that miss most first."""
        partly = [row for row in self.counted if _missing(row) > 0]
        return sorted(partly, key=lambda row: -_missing(row))

    @property
    def whole_count(self) -> int:
        return len(self.counted) - len(self.partly_read)

    @property
    def numbers_printed(self) -> int:
        return sum(row["numbers_printed"] for row in self.counted)

    @property
    def numbers_placed(self) -> int:
        """The printed numbers that have their place; one read twice counts once."""
        return sum(min(row["numbers_placed"] or 0, row["numbers_printed"]) for row in self.counted)


def _missing(row: Row) -> int:
    return int(row["numbers_printed"]) - int(row["numbers_placed"] or 0)
