"""Chinese for the names that the warehouse uses, and for the short texts that are made of them."""

import re
from collections.abc import Mapping

import duckdb

_LABELS = "select kind, name, label_zh from reference.labels order by rowid"

_WORDS = ("table", "passage", "measure", "stage", "phrase")  # the kinds that stand in texts

_NUMBERED = (
    (re.compile(r"\bprojects (\d+)\b"), r"projects 第\1个项目"),
    (re.compile(r"\bproject (\d+)\b"), r"第\1个项目"),
    (re.compile(r"^project (?=[^a-z])"), "项目："),
    (re.compile(r"\bindicator (\d+)\b"), r"第\1项指标"),
    (re.compile(r"(?<![\w.])(\d+) projects\b"), r"\1 个项目"),
    (re.compile(r"\bp\.(\d+)"), r"第\1页"),
    (re.compile(r" ?\br\.(\d+)"), r"第\1行"),
    (re.compile(r"\blines (\d+)-(\d+)"), r"第\1至\2行"),
    (re.compile(r"\bline (\d+)"), r"第\1行"),
    (re.compile(r"\brows (\d+) to (\d+)"), r"第\1至\2行"),
    (re.compile(r"\brow (\d+)"), r"第\1行"),
    (re.compile(r"\bclaim (\d+)"), r"（第\1条表述）"),
    (re.compile(r" and (\d+) more\b"), r"及另外\1处"),
)
_PUNCTUATION = (
    (re.compile(r", (?=[《“一-鿿])"), "、"),
    (re.compile(r"(?<=》) | (?=《)| (?=（)|(?<=：) "), ""),
)
_ACCOUNT_CODE = re.compile(r"(?<![\w.,])\d{3}(?:\d{2}){0,2}(?![\w.,])")
_TABLE_NUMBER = re.compile(r" ?\b(T\d+)\b ?")
_ENGLISH = re.compile(r"[a-z]{3,}")


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
        self._words = {
            name: f"《{label}》" if kind == "table" else label
            for kind, name, label in rows
            if kind in _WORDS
        }
        longest_first = sorted(map(re.escape, self._words), key=len, reverse=True)
        words = "|".join(longest_first)
        self._word = re.compile(rf"(?<![A-Za-z0-9_])(?:{words})(?![A-Za-z0-9_])")

    @classmethod
    def read(cls, connection: duckdb.DuckDBPyConnection) -> "Labels":
        """The labels that a warehouse was built with."""
        return cls(connection.execute(_LABELS).fetchall())

    def of(self, kind: str, name: str) -> str:
        """The label of one name."""
        return self._labels.get((kind, name), name)

    def names(self, kind: str) -> list[str]:
        """The names of one kind, in the order in which a reader expects them."""
        return [name for labelled_kind, name in self._labels if labelled_kind == kind]

    def statement(self, text: str) -> str:
        """A rule's statement with the titles of the tables in place of their numbers."""
        return _TABLE_NUMBER.sub(lambda match: self._tables.get(match[1], match[0]), text)

    def subject(self, text: str, accounts: Mapping[str, str]) -> str:
        """What a rule checked, with the names of its accounts beside their codes."""

        def named(match: re.Match[str]) -> str:
            name = accounts.get(match[0], "")
            return match[0] if name in text else f"{match[0]} {name}"

        return _ACCOUNT_CODE.sub(named, self._translated(text))

    def place(self, text: str, titles: Mapping[str, str]) -> str:
        """Where a figure stands; in another disclosure, that one's title comes first."""
        first, _, rest = text.partition(" ")
        if first in titles:
            return titles[first] + self._translated(rest)
        return self._translated(text)

    def text(self, text: str) -> str:
        """A text in Chinese where every word of it has a label, and otherwise as it stands."""
        translated = self._translated(text)
        return text if _ENGLISH.search(translated) else translated

    def _translated(self, text: str) -> str:
        """A text with every name and number in it that has a Chinese form."""
        for pattern, form in _NUMBERED:
            text = pattern.sub(form, text)
        text = self._word.sub(lambda match: self._words[match[0]], text)
        for pattern, form in _PUNCTUATION:
            text = pattern.sub(form, text)
        return text
