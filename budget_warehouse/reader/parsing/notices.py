"""Notices on a document: that its figures are rounded, that it withholds one, what is unread."""

import re
from collections.abc import Iterator, Sequence

from budget_warehouse.reader.document import Block, Document, Grid, Paragraph
from budget_warehouse.reader.parsing.sections import Section, tells_of_goals
from budget_warehouse.reader.parsing.statements import Statements
from budget_warehouse.reader.parsing.wording import numbers, squeezed

_ROUNDING = re.compile(r"[^。；;]*(?:四舍五入|尾差|尾数|舍入|取整)[^。；;]*")
_WITHHELD = re.compile(r"[^。；;]*(?:不予|不对外|不宜|不)公开(?!透明|招标)[^。；;]*")
# Only what is secret is withheld then, or what another publishes: the rest is published.
_IN_PART = re.compile(r"部分|涉密(?:项目|事项|信息)|除[^，,。]*外|重复|不再|统一|出国|接待|购置")
_TABLES: tuple[tuple[str, str], ...] = (
    ("三公", "three_public_expenses"),
    ("政府性基金", "government_funds_by_function"),
    ("国有资本经营", "state_capital_by_function"),
    ("政府采购", "procurements"),
    ("绩效目标", "projects"),
    ("基本支出", "basic_expenditure_by_economic"),
    ("项目支出", "expenditure_by_project"),
)
"""Tables that a notice may withhold, by the words that name them there."""
_ROWS_OF_A_FORM = 3  # with a number beside words, from which on a form is filled in
_HEADING_LENGTH = 40
_LENGTH = 200


def read_rounding_note(document: Document) -> Statements:
    """Return the first sentence, in the prose or a table, which says that figures are rounded."""
    statements = Statements()
    for paragraph in _texts(document.blocks):
        found = _ROUNDING.search(squeezed(paragraph.text))
        if found:
            row = {"subject": "rounding_note", "value": found.group()[:_LENGTH]}
            statements.add(paragraph, row)
            break
    return statements


def read_withheld_tables(prose: Sequence[Paragraph]) -> Statements:
    """Return the sentences which say that one table is not published, with the table in `note`.

    The heading above names it where the sentence speaks of 此项内容.
    """
    statements = Statements()
    heading = ""
    for paragraph in prose:
        text = squeezed(paragraph.text)
        for found in _WITHHELD.finditer(text):
            named = {table for words, table in _TABLES if words in heading + found.group()}
            if len(named) == 1 and not _IN_PART.search(found.group()):
                row = {"subject": "withheld_table", "value": found.group()[:_LENGTH]}
                statements.add(paragraph, row | {"note": named.pop()})
        heading = text if len(text) < _HEADING_LENGTH and "。" not in text else ""
    return statements


def read_unread_forms(unplaced: Sequence[Section]) -> Statements:
    """Return the forms about performance that are filled in and of which nothing was read."""
    statements = Statements()
    for section in filter(tells_of_goals, unplaced):
        rows = [
            row
            for grid in section.grids
            for row in grid.rows
            if any(numbers(cell) for cell in row.cells) and sum(map(bool, row.cells)) > 1
        ]
        if len(rows) >= _ROWS_OF_A_FORM:
            title = Paragraph(section.title or _first_words(section), section.place)
            row = {"subject": "unread_form", "value": title.text[:_LENGTH]}
            statements.add(title, row | {"note": "performance_targets"})
    return statements


def _first_words(section: Section) -> str:
    return next(cell for grid in section.grids for row in grid.rows for cell in row.cells if cell)


def _texts(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        elif isinstance(block, Grid):
            for row in block.rows:
                for column, cell in enumerate(row.cells):
                    yield Paragraph(cell, row.place_of(column))
