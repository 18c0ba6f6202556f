"""Texts for people: Chinese where they stand, English by a list of both."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

_PLACE = re.compile(r"\{(\d)\}")
_CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")


class Texts:
    """A text by its Chinese, in one language, with values in the place of {0}, {1} …."""

    def __init__(self, english: Mapping[str, str] | None = None) -> None:
        """Take the English of every Chinese text; without it texts stay Chinese."""
        self._english = english

    @classmethod
    def read_english(cls, file: Path) -> "Texts":
        """Return the English of a list with the columns `chinese` and `english`."""
        with file.open(encoding="utf-8", newline="") as rows:
            return cls({row["chinese"]: row["english"] for row in csv.DictReader(rows)})

    def __call__(self, chinese: str, *values: Any) -> str:
        """Return a text; a value that is missing or null leaves its place empty."""
        text = chinese if self._english is None else self._english.get(chinese, chinese)

        def value(match: re.Match[str]) -> str:
            at = int(match[1])
            return str(values[at]) if at < len(values) and values[at] is not None else ""

        return _PLACE.sub(value, text)


def mark_chinese(text: str) -> Markup:
    """Return a text as HTML with the Chinese in it marked as Chinese."""
    return Markup(
        _CHINESE.sub(lambda chinese: f'<span lang="zh">{chinese[0]}</span>', escape(text))
    )


IN_CHINESE = Texts()
