"""Conditions on which Excel opens a workbook without offering to repair it.

Read as the XML that is in the file, not by the library that wrote it.
"""

import math
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from lxml import etree
from openpyxl.utils import range_boundaries
from warehouses import Built

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
# The elements of a sheet in the order that the standard gives them (ECMA-376, CT_Worksheet).
ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "autoFilter"),
    *("mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions"),
    *("pageMargins", "pageSetup", "headerFooter", "drawing", "legacyDrawing", "tableParts"),
)
LONGEST_TEXT, LONGEST_HEADING, ROWS, COLUMNS = 32_767, 255, 1_048_576, 16_384


@dataclass
class Sheet:
    """A sheet as its part of the file has it."""

    name: str
    root: Any
    tables: list[Any]
    texts: list[str]

    @cached_property
    def cells(self) -> dict[str, Any]:
        return {cell.get("r"): cell for cell in self.root.iter(f"{MAIN}c")}

    def text(self, cell: Any) -> str:
        value = cell.findtext(f"{MAIN}v")
        if cell.get("t") == "s":
            return self.texts[int(value)]
        return "".join(cell.itertext())


class Parts:
    """The parts of a workbook, and what they say of each other."""

    def __init__(self, file: Path) -> None:
        with zipfile.ZipFile(file) as archive:
            assert archive.testzip() is None
            self.parts = {name: archive.read(name) for name in archive.namelist()}

    def root(self, name: str) -> Any:
        return etree.fromstring(self.parts[name])

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """List what a part leads to inside the file: by number, its kind and its name."""
        path = PurePosixPath(name)
        relations = f"{path.parent}/_rels/{path.name}.rels"
        if relations not in self.parts:
            return {}
        related = {}
        for one in self.root(relations):
            assert one.get("TargetMode") != "External", (name, one.get("Target"))
            target = one.get("Target")
            whole = target[1:] if target.startswith("/") else str(path.parent / target)
            kind = one.get("Type").rsplit("/", 1)[1]
            related[one.get("Id")] = (kind, re.sub(r"[^/]+/\.\./", "", whole))
        return related

    @property
    def sheets(self) -> Iterator[Sheet]:
        shared = "xl/sharedStrings.xml"
        texts = (
            ["".join(one.itertext()) for one in self.root(shared)] if shared in self.parts else []
        )
        related = self.related("xl/workbook.xml")
        for one in self.root("xl/workbook.xml").iter(f"{MAIN}sheet"):
            _, part = related[one.get(RELATION)]
            of_sheet = self.related(part)
            tables = [self.root(name) for kind, name in of_sheet.values() if kind == "table"]
            yield Sheet(one.get("name"), self.root(part), tables, texts)


@pytest.fixture(scope="module")
def parts(places_warehouse: Built) -> Parts:
    return Parts(places_warehouse.warehouse / "exports" / "budget.xlsx")


@pytest.fixture(scope="module")
def sheets(parts: Parts) -> list[Sheet]:
    return list(parts.sheets)


def test_every_part_is_there_and_has_its_type(parts: Parts) -> None:
    types = parts.root("[Content_Types].xml")
    named = {one.get("PartName")[1:] for one in types.iter(f"{PACKAGE}Override")}
    endings = {one.get("Extension") for one in types.iter(f"{PACKAGE}Default")}
    assert named <= set(parts.parts)
    for name in parts.parts:
        assert name in named or name.rsplit(".", 1)[1] in endings or name == "[Content_Types].xml"
        for _, target in parts.related(name).values():
            assert target in parts.parts, (name, target)


def test_sheets_have_names_and_order_as_the_standard_asks(sheets: list[Sheet]) -> None:
    names = [sheet.name.casefold() for sheet in sheets]
    assert len(set(names)) == len(names) > 10
    for sheet in sheets:
        assert len(sheet.name) <= 31
        assert not re.search(r"[\[\]:*?/\\]|^'|'$", sheet.name)
        order = [etree.QName(one).localname for one in sheet.root]
        assert order == sorted(set(order), key=ORDER.index), sheet.name


def test_cells_stand_once_in_their_order_and_hold_no_formula_or_error(sheets: list[Sheet]) -> None:
    for sheet in sheets:
        places = [range_boundaries(place)[1::-1] for place in sheet.cells]
        assert places == sorted(places), sheet.name
        assert sum(1 for _ in sheet.root.iter(f"{MAIN}c")) == len(places)
        assert all(row <= ROWS and column <= COLUMNS for row, column in places)
        assert sheet.root.find(f".//{MAIN}f") is None
        for place, cell in sheet.cells.items():
            kind = cell.get("t", "n")
            assert kind in ("n", "s", "inlineStr", "b"), (sheet.name, place)
            if kind == "n" and (value := cell.findtext(f"{MAIN}v")) is not None:
                assert math.isfinite(float(value)), (sheet.name, place)
            elif kind in ("s", "inlineStr"):
                assert len(sheet.text(cell)) <= LONGEST_TEXT, (sheet.name, place)


def test_tables_have_their_own_names_places_and_headings(sheets: list[Sheet]) -> None:
    tables = [(sheet, table) for sheet in sheets for table in sheet.tables]
    assert len(tables) > 10
    for attribute in ("id", "name", "displayName"):
        values = [table.get(attribute).casefold() for _, table in tables]
        assert len(set(values)) == len(values), attribute
    for sheet, table in tables:
        # A name that could be a cell, such as ABC12 or R1C1, is none.
        assert re.fullmatch(r"[A-Za-z_\\][\w.\\]*", table.get("displayName"))
        assert not re.fullmatch(r"(?i)[a-z]{1,3}\d+|r\d*c\d*", table.get("displayName"))
        left, top, right, bottom = range_boundaries(table.get("ref"))
        rows = {range_boundaries(place)[1] for place in sheet.cells}
        assert (left, top, bottom) == (1, 1, max(rows))
        assert bottom > top, "a table has a row at least"
        assert table.find(f"{MAIN}autoFilter").get("ref") == table.get("ref")
        assert sheet.root.find(f"{MAIN}autoFilter") is None
        columns = [one.get("name") for one in table.iter(f"{MAIN}tableColumn")]
        assert len({name.casefold() for name in columns}) == len(columns) == right
        headings = [
            cell
            for place, cell in sheet.cells.items()
            if place.strip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "1"
        ]
        assert all(cell.get("t") in ("s", "inlineStr") for cell in headings)
        assert [sheet.text(cell) for cell in headings] == columns
        assert all(len(name) <= LONGEST_HEADING for name in columns)
    assert all(len(sheet.tables) <= 1 for sheet in sheets)  # so that none overlap


def test_links_lead_to_sheets_of_the_workbook(sheets: list[Sheet]) -> None:
    names = {sheet.name for sheet in sheets}
    links = [link for sheet in sheets for link in sheet.root.iter(f"{MAIN}hyperlink")]
    assert len(links) > 10
    for link in links:
        sheet, _, place = link.get("location").rpartition("!")
        assert sheet.strip("'") in names
        assert place == "A1"
