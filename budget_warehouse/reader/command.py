"""Documents named on a command line: which are read, and what became of each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING

from budget_warehouse.commands import look_at_disclosures, look_at_document
from budget_warehouse.reader.document import ProseWithoutTablesError, UnreadableDocumentError
from budget_warehouse.reader.intake.file_type import SUFFIXES
from budget_warehouse.reader.threads import in_threads
from budget_warehouse.settings import SettingError
from budget_warehouse.storage.inbox import is_sidecar

if TYPE_CHECKING:
    from budget_warehouse.reader.intake.folder_store import FolderStore, Placement


class ExitStatus(IntEnum):
    """Exit codes of the command, so that a script can tell."""

    ALL_READ = 0
    NONE_READ = 1
    SOME_REFUSED = 3  # 2 is a wrong command line

    @classmethod
    def of(cls, read: int, refused: int) -> "ExitStatus":
        """Return the status where so many documents were read and refused."""
        if not read:
            return cls.NONE_READ
        return cls.SOME_REFUSED if refused else cls.ALL_READ


@dataclass
class Summary:
    """The fate of the documents: their place, or the sentence that refused them.

    `parts` maps a file read as part of another's disclosure to that other.
    """

    placed: dict[Path, "Placement"] = field(default_factory=dict)
    refused: dict[Path, str] = field(default_factory=dict)
    parts: dict[Path, Path] = field(default_factory=dict)
    scorecard: Path | None = None
    passed_over: Sequence[Path] = ()

    @property
    def status(self) -> ExitStatus:
        """The exit status that the summary amounts to."""
        return ExitStatus.of(len(self.placed), len(self.refused))

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterable[str]:
        if self.placed:
            from budget_warehouse.reader.intake.writing import REPORT_NAME

            yield f"Read {counted(len(self.placed), 'document')}:"
            for document, placement in self.placed.items():
                rows = sum(placement.row_counts.values())
                yield f"  {document.name} → {placement.folder}, {counted(rows, 'row')}"
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
            unknown = sum(not one.source_url for one in self.placed.values())
            if unknown:
                yield (
                    f"Where they were published is not known of {counted(unknown, 'document')}:"
                    " write the address into a file <document>.url beside each, and read it again"
                )
        if self.parts:
            yield f"Read {counted(len(self.parts), 'file')} as part of another's disclosure:"
            for part, document in self.parts.items():
                yield f"  {part.name} with {document.name}"
        if self.scorecard:
            from budget_warehouse.reader import scorecard

            yield f"Scorecard, in {self.scorecard}:"
            yield from scorecard.lines([one.score for one in self.placed.values()])
        if self.refused:
            yield f"Refused {counted(len(self.refused), 'document')}:"
            for sentence in self.refused.values():
                yield f"  {sentence}"
        if self.passed_over:
            yield f"Passed over {counted(len(self.passed_over), 'file')} of another kind:"
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
    from budget_warehouse.reader import scorecard
    from budget_warehouse.reader.intake.folder_store import (
        FolderStore,  # the libraries of all formats: a second
    )

    summary = Summary(passed_over=passed_over)
    store = FolderStore(into)
    without_tables = _read_all(store, documents, disclosure_id, summary)
    for document, error in without_tables.items():
        tables = _file_of_tables(document, error, summary)
        if tables is None:
            continue
        others = [part for part, whole in summary.parts.items() if whole == tables]
        try:
            placement = store.place(tables, disclosure_id, [*others, document])
        except UnreadableDocumentError:
            continue  # each of them alone was read, or refused, before
        summary.placed[tables] = placement
        summary.parts[document] = tables
        del summary.refused[document]
    if len(documents) > 1 and summary.placed:
        scores = [placement.score for placement in summary.placed.values()]
        scores += [scorecard.refused(path.stem, text, 0) for path, text in summary.refused.items()]
        summary.scorecard = scorecard.write_scorecard(scores, into)
    return summary


def _read_all(
    store: "FolderStore", documents: Sequence[Path], disclosure_id: str | None, summary: Summary
) -> dict[Path, ProseWithoutTablesError]:
    """Read each document in a process, as many at a time as there are cores.

    Returns the documents that were refused because their tables are elsewhere.
    """

    def place(document: Path) -> "Placement | UnreadableDocumentError":
        try:
            return store.place(document, disclosure_id)
        except UnreadableDocumentError as error:
            return error

    without_tables: dict[Path, ProseWithoutTablesError] = {}
    for document, placed in in_threads(place, documents, "Reading", "document").items():
        if isinstance(placed, UnreadableDocumentError):
            summary.refused[document] = str(placed)
            if isinstance(placed, ProseWithoutTablesError):
                without_tables[document] = placed
        else:
            summary.placed[document] = placed
    return without_tables


def _file_of_tables(
    document: Path, error: ProseWithoutTablesError, summary: Summary
) -> Path | None:
    """Return the one file in a document's folder that prints the tables it tells of."""
    found = [
        path
        for path, placement in summary.placed.items()
        if path.parent == document.parent
        and error.tells_of(placement.organization)
        and placement.fiscal_year in ("", error.fiscal_year)
        and not placement.row_counts.get("narrative_claims")
    ]
    return found[0] if len(found) == 1 else None


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
            elif not is_sidecar(file):
                passed_over.append(file)
    return list(documents), passed_over


def _is_hidden(file: Path) -> bool:
    """Tell whether the file is hidden, in a hidden folder, or the lock of an open document."""
    return any(part.startswith((".", "~$")) for part in file.parts)


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless it is one."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
