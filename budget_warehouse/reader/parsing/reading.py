"""Reading a published disclosure: from the document's blocks to the rows of the raw contract."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from budget_warehouse.contract.boxes import PrintedBox
from budget_warehouse.contract.raw_csv import DISCLOSURE, FILES, raw_tables
from budget_warehouse.reader.document import (
    Document,
    Paragraph,
    Picture,
    ProseWithoutTablesError,
    Remark,
    UnreadableDocumentError,
    joined,
)
from budget_warehouse.reader.formats.opening import open_document
from budget_warehouse.reader.parsing.boxes import Boxes
from budget_warehouse.reader.parsing.claims import Claims, read_claims
from budget_warehouse.reader.parsing.contents import read_contents
from budget_warehouse.reader.parsing.counts import read_years_and_counts
from budget_warehouse.reader.parsing.disclosure import (
    Region,
    doubts,
    fiscal_year,
    read_disclosure,
    read_regions,
)
from budget_warehouse.reader.parsing.divisions import read_divisions
from budget_warehouse.reader.parsing.forms import (
    FormReading,
    is_form,
    is_score_list,
    read_forms,
    read_score_list,
)
from budget_warehouse.reader.parsing.goals import goals_header, read_goals
from budget_warehouse.reader.parsing.grids import printed_amounts
from budget_warehouse.reader.parsing.notices import read_rounding_note, read_unread_forms
from budget_warehouse.reader.parsing.outturns import read_outturns
from budget_warehouse.reader.parsing.page_breaks import over_pages
from budget_warehouse.reader.parsing.passages import read_passages
from budget_warehouse.reader.parsing.record import Fields, Leftover
from budget_warehouse.reader.parsing.report import Report
from budget_warehouse.reader.parsing.sections import Sections, sections, tells_of_goals
from budget_warehouse.reader.parsing.statements import read_calculations, read_statements
from budget_warehouse.reader.parsing.tables import TableReading, read_table
from budget_warehouse.reader.parsing.target_lists import is_target_list, read_target_list
from budget_warehouse.reader.parsing.titles import FORM
from budget_warehouse.reader.parsing.wording import numbers, ordinal, squeezed
from budget_warehouse.settings import ROOT

_OPENING = 60  # paragraphs in which a document names whom it is about
_OF_EVERY_ROW = frozenset({"disclosure_id", "row_number", "unit", "note", "source_ref"})
REGIONS = ROOT / "seeds" / "reference" / "regions.csv"
OFFICIAL_TABLES = (
    "revenue_expenditure_summary",
    "revenue_by_function",
    "expenditure_by_function",
    "fiscal_appropriation_summary",
    "general_public_budget_by_function",
    "government_funds_by_function",
    "state_capital_by_function",
    "basic_expenditure_by_economic",
    "three_public_expenses",
)
"""The tables that every disclosure of the country prints."""


@dataclass(frozen=True)
class Reading:
    """A document read: rows by table of the raw contract, every column in each, and the report.

    `boxes` are where their values are printed, in formats that draw.
    """

    disclosure_id: str
    rows: dict[str, list[Fields]]
    report: Report
    boxes: list[PrintedBox]


def read(
    path: Path, disclosure_id: str = "", regions_path: Path = REGIONS, others: Sequence[Path] = ()
) -> Reading:
    """Read the disclosure in a file, whose prose may be in other files.

    Without `disclosure_id` it is called as the file is. Raises UnreadableDocumentError when the
    file cannot be read, or holds no official table.
    """
    document = joined([open_document(file) for file in (path, *others)])
    return read_document(document, disclosure_id or path.stem, read_regions(regions_path))


def read_document(document: Document, disclosure_id: str, regions: list[Region]) -> Reading:
    """Read a document already opened.

    Raises UnreadableDocumentError when no table of it is an official one.
    """
    parts = sections(document)
    year = fiscal_year(parts)
    tables: dict[str, TableReading] = {}
    forms: list[FormReading] = []
    report = Report(document.names)
    for section in parts.tables:
        if section.table_name in (FORM, "") and is_target_list(section):
            projects, leftovers = read_target_list(section, forms)
            forms.extend(projects)
            report.leftovers.extend(leftovers)
            continue
        if section.table_name in (FORM, "") and is_form(section):
            named = [form for form in read_forms(section) if form.project.get("project_name")]
            forms.extend(named)
            if not named:  # a form printed blank, or one that asks for something else
                report.unplaced.append(section)
            continue
        if section.table_name == "" and is_score_list(section):
            forms.extend(read_score_list(section))
            continue
        header = goals_header(section) if section.table_name == "" else None
        if header is not None:
            projects, leftovers = read_goals(section, header)
            forms.extend(projects)
            report.leftovers.extend(leftovers)
            continue
        table = read_table(section, year) if section.table_name not in (FORM, "") else None
        if table is None or not table.is_recognised:
            report.unplaced.append(section)
            continue
        before = tables.get(table.table_name)
        if before is None or (not before.placed and table.placed):
            tables[table.table_name] = table
        if before is not None:
            second = before if tables[table.table_name] is table else table
            report.unplaced.append(second.section)
            report.doubts.append(
                f"{second.section.place}: {second.section.title} is a second"
                f" {second.table_name}: it was not read"
            )
    if not tables:
        raise _without_tables(document, parts, year, regions)
    if not any(table.placed for table in tables.values()):
        losses = [one for one in document.blocks if isinstance(one, Remark) and one.is_loss]
        if losses:
            raise UnreadableDocumentError(
                f"{document.path.name} cannot be read: {losses[0].text}; print it to a new PDF, or"
                " ask the publisher for another file."
            )
        raise UnreadableDocumentError(
            f"{document.path.name} is a blank form: no table of it holds a figure."
        )
    rows, claims = _rows(document, parts, list(tables.values()), forms, regions, report)
    return Reading(
        disclosure_id,
        _completed(rows, list(tables.values()), disclosure_id),
        report,
        _boxes(document, list(tables.values()), rows, claims),
    )


def _without_tables(
    document: Document, parts: Sections, year: str, regions: list[Region]
) -> UnreadableDocumentError:
    """Return the error of a document without official tables, and say what it is instead."""
    name = document.path.name
    pictures = [
        one.page for one in document.blocks if isinstance(one, Picture) and one.is_whole_page
    ]
    disclosure = read_disclosure(document, parts, regions)
    if pictures:
        return UnreadableDocumentError(
            f"{name} prints its tables as pictures (p.{pictures[0]}): run text recognition (OCR)"
            " on it, or ask the publisher for the document itself."
        )
    if any(is_form(one) or tells_of_goals(one) for one in parts.tables):
        return UnreadableDocumentError(
            f"{name} holds performance targets and no official budget table: read it together"
            " with the disclosure that it belongs to."
        )
    if year and _tells_of_a_budget(parts):
        return ProseWithoutTablesError(
            f"{name} explains a budget and prints no table of it: put the file of its tables into"
            " the same folder.",
            disclosure["organization_name"],
            year,
            "".join(paragraph.text for paragraph in parts.prose[:_OPENING]),
        )
    return UnreadableDocumentError(
        f"{name} holds no official budget table: check that it is the disclosure "
        "itself and not a notice about it or a part of it."
    )


def _tells_of_a_budget(parts: Sections) -> bool:
    """Return whether the first lines of the prose are the cover of a budget or final account."""
    return any(
        "预算" in paragraph.text or "决算" in paragraph.text for paragraph in parts.prose[:4]
    )


def _rows(
    document: Document,
    parts: Sections,
    tables: list[TableReading],
    forms: list[FormReading],
    regions: list[Region],
    report: Report,
) -> tuple[dict[str, list[Fields]], Claims]:
    disclosure = read_disclosure(document, parts, regions)
    report.doubts.extend(doubts(disclosure, parts, regions))
    report.doubts.extend(_unread(document, parts, tables))
    report.doubts.extend(filter(None, [document.origin.doubt]))
    rows: dict[str, list[Fields]] = {DISCLOSURE: [disclosure], "tables": []}
    report.doubts.extend(_settle_units(tables))
    for table in tables:
        section = table.section
        rows["tables"].append(
            {
                "table_name": table.table_name,
                "title": section.title,
                "compiling_entity": section.compiling_entity,
                "remark": " ".join(section.remarks),
                "pages": section.pages,
                "numbers_printed": str(table.printed),
                "numbers_placed": str(table.placed),
                "unit": section.unit,
                "source_ref": section.place,
            }
        )
        rows[table.table_name] = [row | {"unit": section.unit} for row in table.rows]
        report.leftovers.extend(table.leftovers)
        report.doubts.extend(table.doubts)
        report.number_counts[table.table_name] = table.placed
        report.printed_counts[table.table_name] = table.printed
    unplaced = [
        printed_amounts(section.grids) for section in report.unplaced if not tells_of_goals(section)
    ]
    report.unplaced_numbers = sum(unplaced)
    report.unplaced_tables = sum(numbers > 0 for numbers in unplaced)
    rows["projects"] = [form.project | {"unit": form.unit} for form in forms]
    rows["performance_targets"] = [target for form in forms for target in form.targets]
    is_final = disclosure["stage"] == "final_accounts"
    prose = over_pages(parts.prose) if is_final else parts.prose
    claims = (
        read_outturns(prose, disclosure["fiscal_year"])
        if is_final
        else read_claims(prose, disclosure["fiscal_year"], disclosure["organization_name"])
    )
    rows["narrative_claims"] = claims.rows
    statements = read_statements(prose, is_final)
    rows["statements"] = statements.rows
    years_and_counts = read_years_and_counts(prose)
    used = [*claims.used, *statements.used, *years_and_counts.used]
    for form in forms:
        calculations = read_calculations(form.prose, form.project.get("project_name", ""))
        rows["statements"].extend(calculations.rows)
        report.leftovers.extend(
            _unused_numbers(form.prose, calculations.used, "a project form's prose")
        )
    rows["statements"].extend(years_and_counts.rows)
    for passages in read_passages(prose, over_pages(parts.prose), is_final):
        rows["statements"].extend(passages.rows)
        used.extend(passages.used)
    divisions = [read_divisions(form.prose) for form in forms]
    unread_forms = read_unread_forms(report.unplaced)
    for notices in (
        *divisions,
        read_contents(document),
        read_rounding_note(document),
        unread_forms,
    ):
        rows["statements"].extend(notices.rows)
    report.prose.extend(_unused_numbers(prose, used, "prose"))
    report.missing.extend(name for name in OFFICIAL_TABLES if name not in rows)
    report.row_counts.update({name: len(found) for name, found in rows.items() if found})
    return rows, claims


def _boxes(
    document: Document,
    tables: Sequence[TableReading],
    rows: dict[str, list[Fields]],
    claims: Claims,
) -> list[PrintedBox]:
    boxes = Boxes(document)
    return [
        *(value for table in tables for value in boxes.of_table(table)),
        *boxes.of_rows("projects", rows["projects"]),
        *boxes.of_rows("performance_targets", rows["performance_targets"]),
        *boxes.of_claims(claims),
        *boxes.of_statements(rows["statements"]),
    ]


def _unread(document: Document, parts: Sections, tables: list[TableReading]) -> Iterator[str]:
    """Say what a person can see on the pages and the program could not read."""
    read_names = {table.table_name for table in tables}
    for block in document.blocks:
        if isinstance(block, Remark):
            yield block.text
        elif isinstance(block, Picture) and block.is_whole_page:
            yield f"p.{block.page} is a picture without text: what it shows was not read"
        elif isinstance(block, Picture):
            for section in parts.titles_alone:
                name = section.table_name
                is_official = name in OFFICIAL_TABLES and name not in read_names
                if section.place == f"p.{block.page}" and is_official:
                    yield f"p.{block.page}: {name} is a picture, cannot be read"


def _settle_units(tables: list[TableReading]) -> Iterator[str]:
    """Give a table that prints no unit the unit of the document's other tables.

    One that prints a unit which is not understood has none; yields a doubt about each.
    """
    for table in tables:
        if table.section.unknown_unit and not table.section.unit:
            yield (
                f"{table.section.place}: the unit of {table.table_name} is not understood"
                f" ({table.section.unknown_unit.strip()}): its amounts have none"
            )
    units = Counter(table.section.unit for table in tables if table.section.unit)
    for table in tables:
        if not table.section.unit and not table.section.unknown_unit and units:
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


def _completed(
    rows: dict[str, list[Fields]], tables: Sequence[TableReading], disclosure_id: str
) -> dict[str, list[Fields]]:
    """Return the rows numbered as printed, with every column that their table prints."""
    printed = {table.table_name: table.columns for table in tables}
    completed: dict[str, list[Fields]] = {}
    for table_name, columns in raw_tables().items():
        kept = list(columns)
        if table_name not in FILES:
            kept = _printed_columns(columns, printed.get(table_name, {}))
        completed[table_name] = [
            dict.fromkeys(kept, "")
            | {column: value for column, value in row.items() if column in kept}
            | {"disclosure_id": disclosure_id}
            | ({"row_number": str(number)} if "row_number" in kept else {})
            for number, row in enumerate(rows.get(table_name, []), start=1)
        ]
    return completed


def _printed_columns(columns: Iterable[str], printed: Container[str]) -> list[str]:
    """Return the columns of a printed table that its document prints, and those of every row."""
    return [column for column in columns if column in _OF_EVERY_ROW or column in printed]
