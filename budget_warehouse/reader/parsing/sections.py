"""The sections of a document: its official tables, its project forms, the prose between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from budget_warehouse.reader.document import Document, Grid, Paragraph, Row
from budget_warehouse.reader.parsing.amounts import is_one_amount
from budget_warehouse.reader.parsing.scopes import names_an_organization
from budget_warehouse.reader.parsing.titles import FORM, is_about_performance, table_titled
from budget_warehouse.reader.parsing.wording import (
    is_unknown_unit,
    opening_unit,
    plain,
    without_unit,
)

_CAPTION = re.compile(
    r"^(?:编制|编报|填报|填制|预算|公开)?(?:部门|单位|机构)(?:\((?:部门|单位)\)|/(?:部门|单位))?"
    r"(?:名称)?(?:\([公盖]章\))?:(?P<entity>.*)$"
)
# A narrow page breaks the caption of a table: 单位：万 and below it 元.
_CUT_UNIT = re.compile(r"^\(?(?:金额|计量|货币)?单位:(?:人民币)?(?P<unit>百万|万|千|亿)$")
_REST_OF_UNIT = re.compile(r"^元\)?$")
_REST_OF_NAME = re.compile(r"^[一-龥()]{1,10}$")
_APART = re.compile(r"\s{3,}|\s+(?=(?:金额|计量|货币)?单位\s*[:：])")
_TITLE_LENGTH = 60
_CONTINUED = re.compile(r"\(?续表?\)?$")
_REMARK = re.compile(r"^[*(]?(?:注|备注|说明)[:：]|^\((?:无|没有|未安排|不涉及)[^()]{3,}\)$")
_MARK = re.compile(
    r"^\(?(?:部门|单位)?(?:预算)?(?:公开|附)?表?[\d一二三四五六七八九十-]+表?\)?$"
    r"|^\(?\d{4}年度?\)?$|^第?\d+页?$|^\(?续表?\)?$"
)
_SENTENCE = re.compile(r"[。;]|,.*,|^[一二三四五六七八九十]+、")


@dataclass
class Section:
    """A titled table: what stands above and below it, and its grids, one for each page.

    `table_name` is a file of the raw contract, FORM for a project form, '' for any other table.
    """

    table_name: str
    title: str
    place: str
    subtitle: str = ""
    compiling_entity: str = ""
    unit: str = ""
    unknown_unit: str = ""
    remarks: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    strays: list[Paragraph] = field(default_factory=list)

    @property
    def pages(self) -> str:
        """The pages that the table stands on: `7`, or `7-9`."""
        pages = sorted({grid.page for grid in self.grids})
        return "-".join(str(page) for page in dict.fromkeys((pages[0], pages[-1])))


@dataclass(frozen=True)
class Sections:
    """A document cut into its titled tables and its prose, both in reading order.

    `titles_alone` are titles under which no table stands, as in a list of contents.
    """

    tables: tuple[Section, ...]
    prose: tuple[Paragraph, ...]
    titles_alone: tuple[Section, ...] = ()


def sections(document: Document) -> Sections:
    """Cut a document into its tables, found by their titles, and its prose."""
    cutter = _Cutter()
    for block in document.blocks:
        if isinstance(block, Grid):
            cutter.take_rows(block)
        elif isinstance(block, Paragraph):
            cutter.take_text(block)
    return Sections(
        tuple(section for section in cutter.tables if section.grids),
        tuple(cutter.prose),
        tuple(section for section in cutter.tables if not section.grids),
    )


def tells_of_goals(section: Section) -> bool:
    """Return whether the cells of a table hold sentences: a form does, and a list of goals."""
    head = section.grids[0].rows[0].cells if section.grids else ()
    return (
        section.table_name == FORM
        or is_about_performance(section.title)
        or any(is_about_performance(cell) for cell in head)
    )


class _Cutter:
    """Reads on block by block, keeping the section that is open."""

    def __init__(self) -> None:
        self.tables: list[Section] = []
        self.prose: list[Paragraph] = []
        self._open: Section | None = None
        self._last: Section | None = None
        self._before: Paragraph | None = None  # prose that the next line may carry on
        self._cut_unit = False  # whether the rest of a unit is still to come
        self._cut_name = False  # whether the line before was a name that ends as none does

    def take_rows(self, grid: Grid) -> None:
        """Take a grid apart into the table's own rows and the lines of text set among them."""
        rows: list[Row] = []
        for row in grid.rows:
            texts = _aside(row, self._is_in_form())
            if texts:
                self._take_grid(rows, grid)
                rows = []
                for text in texts:
                    self.take_text(text)
            else:
                rows.append(row)
        self._take_grid(rows, grid)

    def take_text(self, paragraph: Paragraph) -> None:
        """Take titles, captions, notes, or a piece of prose; a caption may share its line."""
        parts = [text for text in _APART.split(paragraph.text.strip()) if text.strip()]
        for _, text in _with_entities(list(enumerate(parts))):
            self._take_line(Paragraph(text.strip(), paragraph.place))

    def _take_line(self, paragraph: Paragraph) -> None:
        text, unit = without_unit(plain(paragraph.text))
        section = self._open
        if section and self._is_rest(section, text):
            return
        if section and (cut := _CUT_UNIT.match(text)):
            section.unit, self._cut_unit = section.unit or f"{cut['unit']}元", True
        elif section and not unit and (opening := opening_unit(text)):
            section.unit = section.unit or opening
        elif section and is_unknown_unit(text):
            section.unknown_unit = section.unknown_unit or paragraph.text
        elif (owner := section or self._last) and unit and not text:
            owner.unit = owner.unit or unit
        elif self._take_title(paragraph, text):
            assert self._open is not None
            self._open.unit = self._open.unit or unit
        elif section and (caption := _CAPTION.match(text)):
            section.unit = section.unit or unit
            printed = re.split(r"[:：]", paragraph.text, maxsplit=1)[-1].strip()
            if unit:  # it stands in one line with the entity, and no space between
                printed = caption["entity"]
            section.compiling_entity = section.compiling_entity or printed or caption["entity"]
            self._cut_name = not names_an_organization(section.compiling_entity)
        elif section and section.grids and _REMARK.match(text):
            section.remarks.append(paragraph.text)
        elif section and section.grids and is_one_amount(text):
            section.strays.append(paragraph)
        elif section and _MARK.match(text):
            section.subtitle = section.subtitle or paragraph.text
        else:
            if _SENTENCE.search(text):
                self._open = self._last = None
            elif section and section.grids:
                self._open = None
            self.prose.append(paragraph)
            self._before = paragraph
            return
        self._before = None

    def _is_rest(self, section: Section, text: str) -> bool:
        """Take what a line break has cut off the unit or the name above a table, if the text is."""
        is_cut, self._cut_name = self._cut_name, False
        if self._cut_unit and _REST_OF_UNIT.match(text):
            self._cut_unit = False
            return True
        whole = section.compiling_entity + text
        if is_cut and _REST_OF_NAME.match(text) and names_an_organization(whole):
            section.compiling_entity = whole
            return True
        return False

    def _take_title(self, paragraph: Paragraph, text: str) -> bool:
        """Open a section if the text is a title, alone or as the end of the line before."""
        name = table_titled(text)
        before = self._before
        if before and len(before.text) + len(text) < _TITLE_LENGTH:
            whole = table_titled(plain(before.text) + text)
            if whole and whole != name:
                self.prose.pop()
                self._begin(whole, Paragraph(before.text + paragraph.text, before.place))
                return True
        if name is not None:
            self._begin(name, paragraph)
        return name is not None

    def _begin(self, name: str, paragraph: Paragraph) -> None:
        title = paragraph.text
        before = self._open or self._last
        if before and before.grids and name != FORM and _own(before.title) == _own(title):
            self._open = before
            return
        self._open = self._last = Section(name, title, paragraph.place)
        self._cut_unit = False
        self.tables.append(self._open)

    def _take_grid(self, rows: Sequence[Row], whole: Grid) -> None:
        kept = _without_blank_edges(rows)
        if not kept:
            return
        if not self._is_in_form() and all(len(_filled(row)) < 2 for row in kept):
            for row in kept:
                for column, cell in _filled(row):
                    self.take_text(Paragraph(cell, row.place_of(column)))
            return
        self._before = None
        grid = Grid(kept, whole.page, whole.edges)
        if self._open is None and self._last and _carries_on(self._last, grid):
            self._open = self._last
        if self._open is None:
            self._open = self._last = Section("", "", kept[0].place)
            self.tables.append(self._open)
        self._open.grids.append(grid)

    def _is_in_form(self) -> bool:
        return self._open is not None and tells_of_goals(self._open)


def _own(title: str) -> str:
    """Return a title without its unit and without the mark of a continued table."""
    return _CONTINUED.sub("", without_unit(plain(title))[0])


def _carries_on(section: Section, grid: Grid) -> bool:
    """Return whether an untitled grid continues a table: its head again, or its next rows."""
    if not section.grids:
        return False
    first, last = section.grids[0], section.grids[-1]
    heads = [tuple(map(plain, part.rows[0].cells)) for part in (first, grid)]
    is_next = grid.page == last.page + 1 and grid.width == last.width
    return heads[0] == heads[1] or is_next


def _filled(row: Row) -> list[tuple[int, str]]:
    return [(column, cell) for column, cell in enumerate(row.cells) if cell.strip()]


def _without_blank_edges(rows: Sequence[Row]) -> tuple[Row, ...]:
    filled = [index for index, row in enumerate(rows) if _filled(row)]
    return tuple(rows[filled[0] : filled[-1] + 1]) if filled else ()


def _with_entities(filled: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Put an entity that stands apart from its caption behind it."""
    joined: list[tuple[int, str]] = []
    for column, cell in filled:
        caption = _CAPTION.match(plain(joined[-1][1])) if joined else None
        text = plain(cell)
        if caption and not caption["entity"] and not (_is_caption(text) or _MARK.match(text)):
            joined[-1] = (joined[-1][0], joined[-1][1] + cell)
        else:
            joined.append((column, cell))
    return joined


def _is_caption(text: str) -> bool:
    return bool(_CAPTION.match(text) or without_unit(text)[1]) or is_unknown_unit(text)


def _aside(row: Row, is_in_form: bool) -> list[Paragraph]:
    """Return what a row says beside the table, nothing when it is a row of the table."""
    filled = _with_entities(_filled(row))
    texts = [plain(cell) for _, cell in filled]
    is_caption = any(map(_is_caption, texts)) and all(
        _is_caption(text) or _MARK.match(text) for text in texts
    )
    is_line = len(texts) == 1 and (
        table_titled(without_unit(texts[0])[0]) is not None
        or bool(_REMARK.match(texts[0]))
        or ("。" in texts[0] and len(texts[0]) > 30 and not is_in_form)
    )
    if not (is_line or (is_caption and not is_in_form)):
        return []
    return [Paragraph(cell, row.place_of(column)) for column, cell in filled]
