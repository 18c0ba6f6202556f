"""The command `python -m budget_warehouse.reader`: reads documents and says what became of them."""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from budget_warehouse.commands import look_at_document, look_at_shelf
from budget_warehouse.reader.document import UnreadableDocumentError
from budget_warehouse.reader.intake.file_type import SUFFIXES
from budget_warehouse.settings import SettingError

if TYPE_CHECKING:
    from budget_warehouse.reader.intake.folder_store import Placement


class ExitStatus(IntEnum):
    """What the command ends with, so that a script can tell."""

    ALL_READ = 0
    NONE_READ = 1
    SOME_REFUSED = 3  # 2 is a wrong command line


@dataclass
class Summary:
    """What became of the documents: where they were placed, or the sentence that refused them."""

    placed: dict[Path, "Placement"] = field(default_factory=dict)
    refused: dict[Path, str] = field(default_factory=dict)
    passed_over: Sequence[Path] = ()

    @property
    def status(self) -> ExitStatus:
        """The exit status that the summary amounts to."""
        if not self.placed:
            return ExitStatus.NONE_READ
        return ExitStatus.SOME_REFUSED if self.refused else ExitStatus.ALL_READ

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterable[str]:
        if self.placed:
            from budget_warehouse.reader.intake.writing import REPORT_NAME

            yield f"Read {_counted(len(self.placed), 'document')}:"
            for document, placement in self.placed.items():
                rows = sum(placement.row_counts.values())
                yield f"  {document.name} → {placement.folder}, {_counted(rows, 'row')}"
            yield "Rows per table:"
            row_counts = sum((Counter(one.row_counts) for one in self.placed.values()), Counter())
            width = max(map(len, row_counts), default=0)
            for table, count in row_counts.items():
                yield f"  {table:<{width}}  {count:>7,}"
            of_tables = sum(one.table_leftovers for one in self.placed.values())
            of_prose = sum(one.prose_leftovers for one in self.placed.values())
            yield (
                f"Numbers in no CSV: {of_tables:,} of the tables, {of_prose:,} of the prose "
                f"(listed in each {REPORT_NAME})"
            )
        if self.refused:
            yield f"Refused {_counted(len(self.refused), 'document')}:"
            for sentence in self.refused.values():
                yield f"  {sentence}"
        if self.passed_over:
            yield f"Passed over {_counted(len(self.passed_over), 'file')} of another kind:"
            for path in self.passed_over:
                yield f"  {path}"
        if not self.placed and not self.refused:
            yield "Found no document: name a file, or a folder that holds some."


def main(arguments: Sequence[str] | None = None) -> ExitStatus:
    """Read the documents that the command line names, print the summary, return the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        _look_at(options.paths, options.into)
    except SettingError as error:
        print(error)
        return ExitStatus.NONE_READ
    documents, passed_over = _documents(options.paths)
    if options.id is not None and len(documents) != 1:
        parser.error("--id names one disclosure: name one document with it")
    summary = Summary(passed_over=passed_over)
    from tqdm import tqdm

    from budget_warehouse.reader.intake.folder_store import (
        Shelf,  # the libraries of all formats: a second
    )

    shelf = Shelf(options.into)
    for document in tqdm(documents, desc="Reading", unit="document", disable=None):
        try:
            summary.placed[document] = shelf.place(document, options.id)
        except UnreadableDocumentError as error:
            summary.refused[document] = str(error)
    print(summary)
    return summary.status


def _look_at(paths: Sequence[Path], into: Path) -> None:
    """Stop before the libraries are imported where there is nothing to read, or no place for it.

    Raises:
        SettingError: of no path a document can be read, or the folder cannot be written to.
    """
    look_at_shelf(into)
    for path in paths:
        try:
            return look_at_document(path)
        except SettingError as error:
            said = error
    raise said


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m budget_warehouse.reader",
        description="Read published budgets (PDF, Word, Excel, web page, text) into raw CSVs.",
        epilog="Ends with 0 if all documents were read, 3 if some were refused, 1 if none was.",
    )
    parser.add_argument(
        "paths",
        metavar="PATH",
        nargs="+",
        type=Path,
        help="a document, or a folder whose documents are read, those in its folders included",
    )
    parser.add_argument(
        "--into",
        metavar="FOLDER",
        type=Path,
        default=Path("seeds/disclosures"),
        help="where each disclosure gets its folder (default: %(default)s)",
    )
    parser.add_argument(
        "--id",
        metavar="ID",
        help="the disclosure's name, in place of the document's",
    )
    return parser


def _documents(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Return the documents, each once, and the files in folders that are of another kind."""
    documents: dict[Path, None] = {}
    passed_over: list[Path] = []
    for path in paths:
        if not path.is_dir():
            documents[path] = None
            continue
        for file in sorted(path.rglob("*")):
            if not file.is_file() or _is_hidden(file.relative_to(path)):
                continue
            if file.suffix.lower() in SUFFIXES:
                documents[file] = None
            else:
                passed_over.append(file)
    return list(documents), passed_over


def _is_hidden(file: Path) -> bool:
    """Tell whether the file is hidden, in a hidden folder, or the lock of an open document."""
    return any(part.startswith((".", "~$")) for part in file.parts)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
