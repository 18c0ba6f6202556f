"""Chinese, and English for readers, for the names that the warehouse uses."""

import re

import duckdb

_LABELS = "select kind, name, label_zh from reference.labels order by rowid"
_ENGLISH = "select kind, name, label_en from reference.labels where label_en is not null"
_HAS_ENGLISH = """
    select count(*) > 0
    from duckdb_columns()
    where database_name = current_database()
        and schema_name = 'reference'
        and table_name = 'labels'
        and column_name = 'label_en'
"""

# A printed table is called by its first title, a measure by its first heading.
_LABELS_OF_LISTS = (
    """
    select 'table', table_name, arg_min(title, rowid)
    from reference.raw_tables
    group by table_name
    order by min(rowid)
    """,
    """
    select 'measure', column_name, arg_min(heading, rowid)
    from reference.raw_columns
    where role = 'measure'
    group by column_name
    order by min(rowid)
    """,
)
_HAS_LISTS = """
    select count(*) = 2
    from duckdb_tables()
    where database_name = current_database()
        and schema_name = 'reference'
        and table_name in ('raw_tables', 'raw_columns')
"""

_TABLE_NUMBER = re.compile(r" ?\b(T\d+)\b ?")
# A name in a text is one with a line below, or a table's before a place in it.
_NAME = re.compile(
    r"\b(?:[a-z]+(?:_[a-z0-9]+)+|(?:projects|statements|tables)(?= (?:page|row|line) \d))\b"
)
_NAMED_IN_TEXTS = ("table", "passage", "measure", "stage")  # the kinds whose names texts use
_PLACES = (
    (re.compile(r"\bp\.(\d+)"), r"page \1"),
    (re.compile(r"\br\.(\d+)"), r"row \1"),
)


class Labels:
    """The labels of `seeds/reference/labels.csv`; a name without one stands as it is.

    A printed table or a measure without one is called as it is printed.
    """

    def __init__(self, rows: list[tuple[str, str, str]]) -> None:
        """Take rows of (kind, name, label)."""
        self._labels = {(kind, name): label for kind, name, label in rows}
        self._numbered = {label: name for kind, name, label in rows if kind == "table_number"}

    @classmethod
    def read_english(cls, connection: duckdb.DuckDBPyConnection) -> "EnglishLabels":
        """Return the English labels that a warehouse was built with; one of old has none."""
        (has_english,) = connection.execute(_HAS_ENGLISH).fetchall()
        rows = connection.execute(_ENGLISH).fetchall() if has_english[0] else []
        numbers = connection.execute(_LABELS).fetchall()
        return EnglishLabels(rows + [row for row in numbers if row[0] == "table_number"])

    @classmethod
    def read(cls, connection: duckdb.DuckDBPyConnection) -> "Labels":
        """Return the labels that a warehouse was built with."""
        rows = connection.execute(_LABELS).fetchall()
        named = {(kind, name) for kind, name, _ in rows}
        # A version that was published before there were such lists has none.
        if connection.execute(_HAS_LISTS).fetchall() == [(True,)]:
            for query in _LABELS_OF_LISTS:
                rows += [
                    (kind, name, label)
                    for kind, name, label in connection.execute(query).fetchall()
                    if (kind, name) not in named
                ]
        return cls(rows)

    def of(self, kind: str, name: str) -> str:
        """Return the label of one name."""
        return self._labels.get((kind, name), name)

    def names(self, kind: str) -> list[str]:
        """Return the names of one kind, in the order in which a reader expects them."""
        return [name for labelled_kind, name in self._labels if labelled_kind == kind]

    def table(self, name: str, stage: str) -> str:
        """Return what a document of a stage calls a table."""
        return self._labels.get((f"{stage}_table", name)) or self.of("table", name)

    def statement(self, text: str, stage: str) -> str:
        """Return a rule's statement with titles of a stage's tables in place of their numbers."""

        def title(match: re.Match[str]) -> str:
            name = self._numbered.get(match[1])
            return self._quoted(self.table(name, stage)) if name else match[0]

        return _TABLE_NUMBER.sub(title, text)

    def _quoted(self, title: str) -> str:
        return f"《{title}》"


class EnglishLabels(Labels):
    """The English labels; a name without one is its words."""

    def of(self, kind: str, name: str) -> str:
        """Return the label of one name."""
        return self._labels.get((kind, name), name.replace("_", " "))

    def sentence(self, text: str | None) -> str | None:
        """Return a text of the warehouse with words in place of names and of short places."""
        if text is None:
            return None
        for place, words in _PLACES:
            text = place.sub(words, text)
        return _NAME.sub(self._label, text)

    def _label(self, match: re.Match[str]) -> str:
        labels = (self._labels.get((kind, match[0])) for kind in _NAMED_IN_TEXTS)
        label = next(filter(None, labels), match[0])
        return label if match.start() == 0 else label[0].lower() + label[1:]

    def _quoted(self, title: str) -> str:
        return f" “{title}” "
