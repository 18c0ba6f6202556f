"""The mutation score: every printed figure changed by one digit, and which changes rules notice."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from budget_warehouse.build.compiled import compute
from budget_warehouse.build.statements import statements_folder
from budget_warehouse.drafts.comparison_group import attach, comparison_group
from budget_warehouse.landing.landing import land
from budget_warehouse.measures.copies import write_copies
from budget_warehouse.measures.failures import Notice, failures
from budget_warehouse.measures.figures import Figure, figures
from budget_warehouse.reader.document import UnreadableDocumentError
from budget_warehouse.reader.intake.folder_store import FolderStore
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.progress import stage
from budget_warehouse.storage.sql import literal
from budget_warehouse.storage.warehouse import Warehouse

_BATCH = 500  # copies that are judged at once


class UnmeasuredError(Exception):
    """A disclosure cannot be measured; one sentence tells the user what to do."""


@dataclass(frozen=True)
class MutationScore:
    """The outcome of every figure of one disclosure."""

    disclosure_id: str
    beside: Sequence[str]
    notices: Sequence[Notice]


def scores(
    names: Iterable[str], documents: Iterable[Path], standing: Warehouse
) -> Iterator[MutationScore]:
    """Yield the scores of disclosures of the seeds, and of documents that are read first.

    Args:
        names: folders of the seeds.
        documents: files.
        standing: the warehouse whose seeds the disclosures are of, and are compared with.

    Raises:
        UnmeasuredError: there is no such folder, or a document cannot be read.
    """
    for name in names:
        yield score_disclosure(name, standing)
    for document in documents:
        try:
            yield score_document(document, standing)
        except UnreadableDocumentError as error:
            raise UnmeasuredError(str(error)) from error


def score_disclosure(name: str, standing: Warehouse, target: Path | None = None) -> MutationScore:
    """Change every figure of a disclosure of the seeds.

    Args:
        name: the folder of the disclosure.
        standing: the warehouse whose seeds it is of; they are compared with it.
        target: the compiled statements, which are compiled or taken from the warehouse without it.

    Raises:
        UnmeasuredError: there is no such folder.
    """
    folder = standing.disclosures / name
    if not folder.is_dir():
        raise UnmeasuredError(f"There is no {folder}; name a folder of {standing.disclosures}.")
    with _scratch(standing) as (scratch, draft):
        into = draft.disclosures / name
        into.mkdir(parents=True)
        for file in folder.glob("*.csv"):  # a scan follows links to files, none to folders
            (into / file.name).symlink_to(file.absolute())
        return _score(scratch, draft, standing, target)


def score_document(document: Path, standing: Warehouse) -> MutationScore:
    """Read a document and change every figure of it.

    Raises:
        UnreadableDocumentError: it cannot be read.
    """
    with _scratch(standing) as (scratch, draft):
        stage(f"Reading {document.name}")
        FolderStore(draft.disclosures).place(document)
        return _score(scratch, draft, standing, None)


@contextmanager
def _scratch(standing: Warehouse) -> Iterator[tuple[Path, Warehouse]]:
    """Make a folder that is thrown away, and in it a warehouse with the same lists."""
    with tempfile.TemporaryDirectory(prefix="budget-mutations-") as scratch:
        draft = Warehouse(Path(scratch, "seeds"), Path(scratch, "draft"))
        draft.disclosures.mkdir(parents=True)
        (draft.seeds / "reference").symlink_to(standing.reference.absolute())
        yield Path(scratch), draft


def _score(
    scratch: Path, draft: Warehouse, standing: Warehouse, target: Path | None
) -> MutationScore:
    """Judge the copies alone, and once more, with what they are compared with, the survivors."""
    land(draft.seeds, draft.landing)
    others = scratch / "landed.duckdb"
    land(standing.seeds, others)
    names = comparison_group(draft.landing, others)
    target = target or statements_folder(standing, draft)
    with open_database() as connection:
        attach(connection, draft.landing, others, [])
        landed = connection.execute("from landing.affected").fetchall()
        if not landed:
            raise UnmeasuredError(
                f"{', '.join(folder.name for folder in draft.disclosures.iterdir())} cannot be"
                " judged: a value in its CSVs cannot be read; build, and see what was refused."
            )
        ((disclosure_id,),) = landed
        printed = list(figures(connection, disclosure_id))
    copies = dict(enumerate(printed, 1))
    notices: dict[int, Notice] = {}
    for beside in ([], names):
        left = [number for number in copies if not notices or not notices[number].is_noticed]
        if notices and not beside:
            break
        for start in range(0, len(left), _BATCH):
            batch = left[start : start + _BATCH]
            stage(f"Judging {len(batch)} of {len(copies)} copies of {disclosure_id}")
            changes = [(number, copies[number]) for number in batch]
            with open_database() as connection:
                attach(connection, draft.landing, others, beside)
                batch_folder = Warehouse(draft.seeds, scratch / "batch")
                batch_folder.folder.mkdir()
                write_copies(connection, disclosure_id, changes, batch_folder.landing)
            notices |= _judged(batch_folder, target, disclosure_id, changes)
            shutil.rmtree(batch_folder.folder)
    return MutationScore(disclosure_id, names, [notices[number] for number in copies])


def _judged(
    batch: Warehouse, target: Path, disclosure_id: str, changes: Sequence[tuple[int, Figure]]
) -> dict[int, Notice]:
    with open_database(batch.build) as connection:
        connection.execute(f"attach {literal(batch.landing)} as landing (read_only)")
        compute(connection, batch, target)
        outcome = failures(connection, disclosure_id)
    return {number: outcome.notice(number, figure, disclosure_id) for number, figure in changes}
