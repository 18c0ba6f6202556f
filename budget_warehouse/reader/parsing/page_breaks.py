"""Paragraphs of the prose that a page break cut in two, joined again."""

import re
from collections.abc import Sequence

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.wording import ordinal

_LINE_LENGTH = 50  # a shorter paragraph is a heading, or ends a list
_OPEN = re.compile(r"[^。；;：:！!？?]$")


def over_pages(prose: Sequence[Paragraph]) -> list[Paragraph]:
    """Join paragraphs that a page break cut in two."""
    joined: list[Paragraph] = []
    for paragraph in prose:
        before = joined[-1] if joined else None
        if (
            before
            and _page(before) != _page(paragraph)
            and len(before.text) > _LINE_LENGTH
            and _OPEN.search(before.text.strip())
            and not ordinal(paragraph.text)
            and not paragraph.text.strip().startswith("第")
        ):
            joined[-1] = Paragraph(before.text + paragraph.text, before.place)
        else:
            joined.append(paragraph)
    return joined


def _page(paragraph: Paragraph) -> str:
    return paragraph.place.split(" ", maxsplit=1)[0]
