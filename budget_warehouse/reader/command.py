"""Documents named on a command line: which are read, and what became of each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from budget_warehouse.commands import look_at_disclosures, look_at_document
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


def look_at_paths(paths: Sequence[Path], into: Path) -> str:
    """Say what is wrong where there is nothing to read, or no place for it; else nothing."""
    try:
        look_at_disclosures(into)
    except SettingError as error:
        return str(error)
    sentence = ""
    for path in paths:
        try:
            look_at_document(path)
        except SettingError as error:
            sentence = str(error)
        else:
            return ""
    return sentence


def read_documents(
    documents: Sequence[Path], passed_over: Sequence[Path], into: Path, disclosure_id: str | None
) -> Summary:
    """Read documents into folders of raw CSVs, whatever becomes of each."""
    from tqdm import tqdm

    from budget_warehouse.reader.intake.folder_store import (
        FolderStore,  # the libraries of all formats: a second
    )

    summary = Summary(passed_over=passed_over)
    store = FolderStore(into)
    for document in tqdm(documents, desc="Reading", unit="document", disable=None):
        try:
            summary.placed[document] = store.place(document, disclosure_id)
        except UnreadableDocumentError as error:
            summary.refused[document] = str(error)
    return summary


def documents_in(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
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
