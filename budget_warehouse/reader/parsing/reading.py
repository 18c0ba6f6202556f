"""Reading a published disclosure: from the document's blocks to the rows of the raw contract."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from budget_warehouse.contract.raw_csv import DISCLOSURE, RAW_TABLES
from budget_warehouse.reader.document import Document, Paragraph, Picture, UnreadableDocumentError
from budget_warehouse.reader.formats.opening import open_document
from budget_warehouse.reader.parsing.claims import read_claims
from budget_warehouse.reader.parsing.disclosure import Region, doubts, read_disclosure, read_regions
from budget_warehouse.reader.parsing.forms import FormReading, is_form, read_forms
from budget_warehouse.reader.parsing.record import Fields, Leftover
from budget_warehouse.reader.parsing.report import Report
from budget_warehouse.reader.parsing.sections import Sections, sections
from budget_warehouse.reader.parsing.statements import read_calculations, read_statements
from budget_warehouse.reader.parsing.tables import TableReading, read_table
from budget_warehouse.reader.parsing.vocabulary import FORM, HEADS
from budget_warehouse.reader.parsing.wording import numbers, ordinal, squeezed
from budget_warehouse.settings import ROOT

REGIONS = ROOT / "seeds" / "reference" / "regions.csv"
OFFICIAL_TABLES = tuple(name for name in RAW_TABLES if name in HEADS)


@dataclass(frozen=True)
class Reading:
    """A document read: rows by table of the raw contract, every column in each, and the report."""

    disclosure_id: str
    rows: dict[str, list[Fields]]
    report: Report


def read(path: Path, disclosure_id: str = "", regions_path: Path = REGIONS) -> Reading:
    """Read the disclosure in a file; without `disclosure_id` it is called as the file is.

    Raises UnreadableDocumentError when the file cannot be read, or holds no official table.
    """
    return read_document(
        open_document(path), disclosure_id or path.stem, read_regions(regions_path)
    )


def read_document(document: Document, disclosure_id: str, regions: list[Region]) -> Reading:
    """Read a document already opened.

    Raises UnreadableDocumentError when no table of it is an official one.
    """
    parts = sections(document)
    tables: list[TableReading] = []
    forms: list[FormReading] = []
    report = Report(document.path.name)
    for section in parts.tables:
        if section.table_name in (FORM, "") and is_form(section):
            named = [form for form in read_forms(section) if form.project.get("project_name")]
            forms.extend(named)
            if not named:  # a form printed blank, or one that asks for something else
                report.unplaced.append(section)
            continue
        table = read_table(section) if section.table_name in OFFICIAL_TABLES else None
        is_second = any(section.table_name == other.section.table_name for other in tables)
        if table is None or not table.is_recognised or is_second:
            report.unplaced.append(section)
        else:
            tables.append(table)
    if not tables:
        raise UnreadableDocumentError(
            f"{document.path.name} holds no official budget table: check that it is the disclosure "
            "itself and not a notice about it or a part of it."
        )
    rows = _rows(document, parts, tables, forms, regions, report)
    return Reading(disclosure_id, _completed(rows, disclosure_id), report)


def _rows(
    document: Document,
    parts: Sections,
    tables: list[TableReading],
    forms: list[FormReading],
    regions: list[Region],
    report: Report,
) -> dict[str, list[Fields]]:
    disclosure = read_disclosure(document, parts, regions)
    report.doubts.extend(doubts(disclosure, regions))
    report.doubts.extend(
        f"p.{block.page} is a picture without text: what it shows was not read"
        for block in document.blocks
        if isinstance(block, Picture)
    )
    rows: dict[str, list[Fields]] = {DISCLOSURE: [disclosure], "tables": []}
    _settle_units(tables)
    for table in tables:
        section = table.section
        rows["tables"].append(
            {
                "table_name": section.table_name,
                "title": section.title,
                "compiling_entity": section.compiling_entity,
                "remark": " ".join(section.remarks),
                "unit": section.unit,
                "source_ref": section.place,
            }
        )
        rows[section.table_name] = [row | {"unit": section.unit} for row in table.rows]
        report.leftovers.extend(table.leftovers)
        report.number_counts[section.table_name] = table.number_count
    rows["projects"] = [form.project | {"unit": form.unit} for form in forms]
    rows["performance_targets"] = [target for form in forms for target in form.targets]
    claims = read_claims(parts.prose, disclosure["fiscal_year"])
    rows["narrative_claims"] = claims.rows
    statements = read_statements(parts.prose)
    rows["statements"] = statements.rows
    used = [*claims.used, *statements.used]
    for form in forms:
        calculations = read_calculations(form.prose, form.project.get("project_name", ""))
        rows["statements"].extend(calculations.rows)
        report.leftovers.extend(
            _unused_numbers(form.prose, calculations.used, "a project form's prose")
        )
    report.prose.extend(_unused_numbers(parts.prose, used, "prose"))
    report.missing.extend(name for name in OFFICIAL_TABLES if name not in rows)
    report.row_counts.update({name: len(found) for name, found in rows.items() if found})
    return rows


def _settle_units(tables: list[TableReading]) -> None:
    """Give a table that prints no unit the unit of the document's other tables."""
    units = Counter(table.section.unit for table in tables if table.section.unit)
    for table in tables:
        if not table.section.unit and units:
            table.section.unit = units.most_common(1)[0][0]


def _unused_numbers(
    prose: Sequence[Paragraph],
    used: Sequence[tuple[Paragraph, str]],
    where: str,
) -> list[Leftover]:
    """Return the numbers that no claim and no statement was made of, as often as printed."""
    leftovers: list[Leftover] = []
    for paragraph in prose:
        spent = [number for owner, text in used if owner is paragraph for number in numbers(text)]
        text = squeezed(paragraph.text)
        for number in numbers(text.removeprefix(ordinal(text))):
            if number in spent:
                spent.remove(number)
            else:
                leftovers.append(Leftover(paragraph.place, number, where))
    return leftovers


def _completed(rows: dict[str, list[Fields]], disclosure_id: str) -> dict[str, list[Fields]]:
    """Return the rows with every column of the contract, numbered as printed."""
    completed: dict[str, list[Fields]] = {}
    for table_name, columns in RAW_TABLES.items():
        completed[table_name] = [
            dict.fromkeys(columns, "")
            | {column: value for column, value in row.items() if column in columns}
            | {"disclosure_id": disclosure_id}
            | ({"row_number": str(number)} if "row_number" in columns else {})
            for number, row in enumerate(rows.get(table_name, []), start=1)
        ]
    return completed
