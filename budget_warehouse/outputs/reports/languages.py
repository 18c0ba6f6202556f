"""The two languages of a report: its texts, its labels and its rows."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from budget_warehouse.contract.labels import EnglishLabels, Labels
from budget_warehouse.outputs.texts import Texts
from budget_warehouse.storage.rows import Row

_TEXTS = Path(__file__).with_name("texts.csv")

# Columns of `fct_reconciliations` in both languages.
_IN_BOTH = (
    "subject",
    "stated_text",
    "computed_text",
    "stated_source",
    "computed_source",
    "not_executed_reason",
    "known_finding_reason",
)


@dataclass(frozen=True)
class Language:
    """One language: what it is called, how HTML names it, and what pages in it are called."""

    own_name: str
    tag: str
    ending: str
    t: Texts

    @property
    def front_page(self) -> str:
        return f"index{self.ending}.html"

    def page(self, disclosure_id: str) -> str:
        """Return the name of a disclosure's page in the folder of reports."""
        return disclosure_id.replace("/", "%2F") + f"{self.ending}.html"

    def labels(self, connection: duckdb.DuckDBPyConnection) -> Labels:
        """Return the labels that a warehouse was built with."""
        return Labels.read(connection)

    def row(self, row: Row, labels: Labels) -> Row:
        """Return a row of what came of a rule as a page in this language reads it."""
        return row


class _English(Language):
    def labels(self, connection: duckdb.DuckDBPyConnection) -> Labels:
        return Labels.read_english(connection)

    def row(self, row: Row, labels: Labels) -> Row:
        assert isinstance(labels, EnglishLabels)
        texts = {f"{name}_zh": labels.sentence(row[name]) for name in _IN_BOTH}
        return row | texts | {"statement": row["statement_en"], "remedy": row["remedy_en"]}


CHINESE = Language("中文", "zh-CN", "", Texts())
ENGLISH = _English("English", "en", ".en", Texts.read_english(_TEXTS))
LANGUAGES = (CHINESE, ENGLISH)


def other_than(language: Language) -> Language:
    """Return the other one of the two languages."""
    return ENGLISH if language is CHINESE else CHINESE
