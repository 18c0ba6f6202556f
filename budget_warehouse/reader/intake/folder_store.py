"""A folder of disclosures: a folder of raw CSVs for each document, whole or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from budget_warehouse.contract.disclosure_id import fault
from budget_warehouse.contract.raw_csv import DISCLOSURE
from budget_warehouse.reader.document import UnreadableDocumentError
from budget_warehouse.reader.intake import writing
from budget_warehouse.reader.intake.document_store import DocumentStore
from budget_warehouse.reader.intake.file_type import admit
from budget_warehouse.reader.intake.sandbox import DOCUMENT, Bounds, within
from budget_warehouse.reader.parsing import reading
from budget_warehouse.reader.parsing.reading import Reading
from budget_warehouse.reader.scorecard import Score, score_of
from budget_warehouse.storage.folders import replace_folder
from budget_warehouse.storage.scan import printable_path


@dataclass(frozen=True)
class Placement:
    """The folder of a document's disclosure, and how much of the document it holds.

    `row_counts` has the rows of each CSV by its name. `table_leftovers` and `prose_leftovers` count
    the numbers of the recognised tables and of the prose that ended in no CSV; the report in the
    folder lists them.
    """

    folder: Path
    row_counts: Mapping[str, int]
    table_leftovers: int
    prose_leftovers: int
    organization: str
    fiscal_year: str
    source_url: str
    score: Score


@dataclass
class FolderStore:
    """A folder of disclosures, and the documents placed there so far by the disclosure's name."""

    folder: Path
    bounds: Bounds = DOCUMENT
    placed: dict[str, Path] = field(default_factory=dict)

    def place(
        self, document: Path, disclosure_id: str | None = None, others: Sequence[Path] = ()
    ) -> Placement:
        """Read the document, with other files of its disclosure, into the disclosure's own folder.

        The folder has the name of the disclosure, which is the document's unless one is given, and
        replaces one that was there before this store was opened. The files are kept beside the
        folder of disclosures. Nothing is written unless the whole document was read within the
        bounds.

        Raises:
            UnreadableDocumentError: The document cannot be read, has no table that is recognised,
                or has the name of a disclosure placed just before.
        """
        name = document.stem.strip() if disclosure_id is None else disclosure_id
        wrong = fault(name)
        if wrong:
            raise UnreadableDocumentError(
                f"{printable_path(document.name)} cannot be placed under the name"
                f" “{printable_path(name)}”, which {wrong}: rename it, or give it an"
                " --id of letters, digits and hyphens."
            )
        before = self.placed.setdefault(name, document)
        if before != document:
            raise UnreadableDocumentError(
                f"{document} has the same name, {name}, as {before}: rename it, or give "
                "it an --id of its own."
            )
        try:
            read, score = read_within(self.bounds, document, name, others)
        except UnreadableDocumentError:
            self.placed.pop(name)
            raise
        kept = DocumentStore.beside(self.folder)
        for file in (document, *others):
            kept.keep_sidecar(file, kept.keep(file))
        self._replace(self.folder / name, read)
        disclosure = read.rows[DISCLOSURE][0]
        return Placement(
            folder=self.folder / name,
            row_counts={table: len(rows) for table, rows in read.rows.items() if rows},
            table_leftovers=len(read.report.leftovers),
            prose_leftovers=len(read.report.prose),
            organization=disclosure["organization_name"],
            fiscal_year=disclosure["fiscal_year"],
            source_url=disclosure["source_url"],
            score=score,
        )

    def _replace(self, target: Path, read: Reading) -> None:
        """Write the folder beside its place, then put it there in one step."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".placing-", dir=self.folder) as beside:
            written, former = Path(beside) / "written", Path(beside) / "former"
            write_folder(read, written)
            replace_folder(target, written, former)


def read_within(
    bounds: Bounds, document: Path, disclosure_id: str, others: Sequence[Path] = ()
) -> tuple[Reading, Score]:
    """Read a document, with other files of its disclosure, in a sandbox.

    Raises:
        UnreadableDocumentError: it cannot be read within the bounds.
    """
    return within(bounds, document.name, _read, document, disclosure_id, others)


def write_folder(read: Reading, folder: Path) -> None:
    """Write a reading into a new folder, with the sums that tell later whether it was changed."""
    writing.write(read, folder)
    writing.write_sums(folder)


def _read(document: Path, disclosure_id: str, others: Sequence[Path]) -> tuple[Reading, Score]:
    started = monotonic()
    for file in (document, *others):
        try:
            admit(file)
        except PermissionError as error:
            raise UnreadableDocumentError(
                f"{file.name} cannot be opened ({error.strerror}): make it readable, and read it "
                "again."
            ) from error
    read = reading.read(document, disclosure_id, others=others)
    return read, score_of(read, monotonic() - started)
