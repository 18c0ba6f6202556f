"""Chinese for the names that the warehouse uses."""

import re

import duckdb

_LABELS = "select kind, name, label_zh from reference.labels order by rowid"

_TABLE_NUMBER = re.compile(r" ?\b(T\d+)\b ?")


class Labels:
    """The labels of `seeds/reference/labels.csv`; a name without one stands as it is."""

    def __init__(self, rows: list[tuple[str, str, str]]) -> None:
        """Take rows of (kind, name, label)."""
        self._labels = {(kind, name): label for kind, name, label in rows}
        self._tables = {
            label: f"《{self.of('table', name)}》"
            for kind, name, label in rows
            if kind == "table_number"
        }

    @classmethod
    def read(cls, connection: duckdb.DuckDBPyConnection) -> "Labels":
        """Return the labels that a warehouse was built with."""
        return cls(connection.execute(_LABELS).fetchall())

    def of(self, kind: str, name: str) -> str:
        """Return the label of one name."""
        return self._labels.get((kind, name), name)

    def names(self, kind: str) -> list[str]:
        """Return the names of one kind, in the order in which a reader expects them."""
        return [name for labelled_kind, name in self._labels if labelled_kind == kind]

    def statement(self, text: str) -> str:
        """Return a rule's statement with the titles of the tables in place of their numbers."""
        return _TABLE_NUMBER.sub(lambda match: self._tables.get(match[1], match[0]), text)
