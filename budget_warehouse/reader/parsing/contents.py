"""The table of contents of a document: which tables it names, and which it calls empty."""

import re
from collections.abc import Sequence

from budget_warehouse.reader.document import Block, Document, Grid, Paragraph, Picture
from budget_warehouse.reader.parsing.statements import Statements
from budget_warehouse.reader.parsing.titles import is_about_performance, title_of
from budget_warehouse.reader.parsing.wording import plain

_HEADING = re.compile(r"^目录:?$")
_LEADERS = re.compile(r"[.…·]{3,}(?:-?\d+-?)?")
_PAGE = re.compile(r"\d{1,3}$")
_ORDINAL = re.compile(
    r"^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+[、.]"
    r"|\([一二三四五六七八九十\d]+\)[、.]?|\d{1,2}[、.])"
)
_FIGURES = re.compile(r"\d+|[一二三四五六七八九十]+")
_PART = re.compile(r"^第[一二三四五六七八九十]+部分")
_TABLE = re.compile(r"表(?:\([^()]*\))?$")
_LENGTH = 60
_FOOTER = re.compile(r"^[-—–]*\d+[-—–]*$")
_YEAR = re.compile(r"^\d{4}年?度?")
_IS_EMPTY = "是否空表"


def read_contents(document: Document) -> Statements:
    """Return the tables that the contents name, each with the table that it is in `note`.

    Nothing is returned of contents that were not read to their end, or that name a table which the
    lists do not know, or that may stand in a picture: nobody then knows what is missing or too
    much. A table whose title stands nowhere else in the document is `only_in_contents`; one that a
    list of tables calls empty, `empty_in_contents`.
    """
    blocks = document.blocks
    start, end, titles = _of_a_page(blocks)
    statements = Statements()
    if titles:
        others = blocks[:start] + blocks[end:]
        printed, titled = _printed(others), _titled(others)
        alone = [
            not any(words in printed for words in _words(title.text))
            and _table_name(title) not in titled
            for title in titles
        ]
        may_be_pictured = any(alone) and any(isinstance(block, Picture) for block in blocks)
        for title, is_alone in zip([] if may_be_pictured else titles, alone, strict=False):
            _add(statements, title, "only_in_contents" if is_alone else "in_contents")
    for title, is_empty in _of_a_list(blocks):
        _add(statements, title, "empty_in_contents" if is_empty else "filled_in_contents")
    return statements


def _add(statements: Statements, title: Paragraph, subject: str) -> None:
    found = title_of(plain(title.text))
    if found:
        row = {"subject": subject, "value": title.text, "note": found.table_name}
        statements.add(title, row)


def _of_a_page(blocks: Sequence[Block]) -> tuple[int, int, list[Paragraph]]:
    """Return where the contents begin and end, and the titles of tables in them."""
    start = next(
        (
            index
            for index, block in enumerate(blocks)
            if isinstance(block, Paragraph) and _HEADING.match(plain(block.text))
        ),
        None,
    )
    if start is None:
        return 0, 0, []
    entries: list[Paragraph] = []
    for index in range(start + 1, len(blocks)):
        block = blocks[index]
        if not isinstance(block, Paragraph):
            break
        entry_lines = _entries(block)
        if entries and entry_lines and _is_behind(entries, entry_lines[0]):
            return start, index, _titles(entries)
        if any(len(plain(line.text)) > _LENGTH for line in entry_lines):
            break
        for line in entry_lines:
            if entries and not _kind(line):
                last = entries.pop()
                line = Paragraph(last.text + line.text, last.place)
            entries.append(line)
    return 0, 0, []


def _is_behind(entries: Sequence[Paragraph], line: Paragraph) -> bool:
    """Return whether a line stands behind the contents: words of theirs again, or a new page.

    Contents that break off within a list of tables may go on there.
    """
    words = [_bare(entry.text) for entry in entries]
    kinds = [_kind(entry) for entry in entries if _TABLE.search(_bare(entry.text))]
    is_after_tables = bool(kinds) and kinds[-1] != _kind(entries[-1])
    is_new_page = line.place != entries[-1].place and not _kind(line)
    return _bare(line.text) in words or (is_new_page and is_after_tables)


def _entries(paragraph: Paragraph) -> list[Paragraph]:
    """Return the entries of a paragraph, which lines of dots part and end."""
    texts = [text.strip() for text in _LEADERS.split(paragraph.text)]
    return [
        Paragraph(text, paragraph.place)
        for text in texts
        if text and not _FOOTER.match(plain(text))
    ]


def _titles(entries: Sequence[Paragraph]) -> list[Paragraph]:
    """Return the entries that are titles of tables; none where one of them is not known."""
    titles: list[Paragraph] = []
    kinds: set[str] = set()
    for entry, after in zip(entries, [*entries[1:], None], strict=True):
        text = _bare(entry.text)
        kinds.add(_kind(entry))
        # The first entry of a new numbering stands below one that is a heading.
        is_heading = _is_part(entry) or (after is not None and _kind(after) not in kinds)
        if is_heading or not _TABLE.search(text) or is_about_performance(text):
            continue
        if title_of(text) is None:
            return []
        titles.append(entry)
    return titles


def _is_part(entry: Paragraph) -> bool:
    return bool(_PART.match(plain(entry.text)))


def _kind(entry: Paragraph) -> str:
    """Return how an entry is numbered: its number with one figure for all."""
    found = _ORDINAL.match(plain(entry.text))
    return _FIGURES.sub(_figure, found.group()) if found else ""


def _figure(found: re.Match[str]) -> str:
    return "1" if found.group().isdecimal() else "一"


def _bare(text: str) -> str:
    """Return the words of an entry: without its number, its page and its full stop."""
    words = _ORDINAL.sub("", plain(text))
    return _PAGE.sub("", words).rstrip("。")


def _words(title: str) -> tuple[str, ...]:
    """Return what would be printed of a title: its words, and those that the lists give it."""
    words = _bare(title)
    found = title_of(words)
    listed = (plain(found.title),) if found else ()
    return (words, _YEAR.sub("", words), *listed)


def _printed(blocks: Sequence[Block]) -> str:
    """Return all that is printed, plainly."""
    texts = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts.append(block.text)
        elif isinstance(block, Grid):
            texts.extend(cell for row in block.rows for cell in row.cells)
    return plain("\n".join(texts))


def _titled(blocks: Sequence[Block]) -> set[str]:
    """Return the tables that paragraphs are titles of, in whatever words."""
    return {_table_name(block) for block in blocks if isinstance(block, Paragraph)} - {""}


def _table_name(title: Paragraph) -> str:
    found = title_of(plain(title.text))
    return found.table_name if found else ""


def _of_a_list(blocks: Sequence[Block]) -> list[tuple[Paragraph, bool]]:
    """Return the tables of a list that says of each whether it is empty, where it marks any."""
    titles: list[tuple[Paragraph, bool]] = []
    for block in blocks:
        if not isinstance(block, Grid):
            continue
        heads = [list(map(plain, row.cells)) for row in block.rows[:2]]
        head = next((cells for cells in heads if _IS_EMPTY in cells), None)
        if head is None:
            continue
        column = head.index(_IS_EMPTY)
        for row in block.rows:
            cells = list(map(plain, row.cells))
            title = next((cell for cell in cells[:column] if title_of(cell)), "")
            if title:
                titles.append((Paragraph(title, row.place), cells[column] == "是"))
    return titles if any(is_empty for _, is_empty in titles) else []
