"""The second reading: every kept document read again by the present reader.

What only the program wrote is replaced. Where a person reviewed or changed a folder it stays, and
the new reading is written into `reading-again/` there; only the boxes are new in either.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from budget_warehouse.build.plan import making_sum
from budget_warehouse.build.refusals import declared_disclosures
from budget_warehouse.contract.boxes import write_boxes
from budget_warehouse.reader.differences import numbers_placed, table_differences
from budget_warehouse.reader.document import SEPARATOR, UnreadableDocumentError
from budget_warehouse.reader.intake.document_store import DocumentStore
from budget_warehouse.reader.intake.folder_store import read_within, write_folder
from budget_warehouse.reader.intake.sandbox import DOCUMENT, Bounds
from budget_warehouse.reader.intake.writing import is_as_written, sums
from budget_warehouse.reader.journal import Action, Journal, Renewal
from budget_warehouse.reader.threads import in_threads
from budget_warehouse.storage.folders import replace_folder
from budget_warehouse.storage.inbox import sidecar_of
from budget_warehouse.storage.reading_files import AGAIN
from budget_warehouse.storage.scan import scan
from budget_warehouse.storage.warehouse import Warehouse

_WORK = ".reading-"  # begins the names of folders that a killed run leaves behind
_FORMER = ".former-"  # begins the name of a folder while another takes its place


@dataclass(frozen=True)
class _Standing:
    """A disclosure that stands: its folder, whether shared with others, and its documents."""

    folder: Path
    disclosure_id: str
    is_alone: bool
    is_reviewed: bool
    names: tuple[str, ...]
    kept: tuple[Path, ...]

    def why_it_stays(self) -> str:
        """Return why a new reading does not replace the folder; nothing if it does."""
        if self.is_reviewed:
            return "reviewed by a person"
        as_written = is_as_written(self.folder) if self.is_alone else False
        if as_written is None:
            return "nothing tells whether a person changed it"
        return "" if as_written else "changed by a person"


def read_again(disclosures: Path, bounds: Bounds = DOCUMENT) -> Journal:
    """Read the kept documents of a folder of disclosures again, and return what became of each.

    A run that was interrupted is gone on with, unless the code or the lists changed since.
    """
    _clear(disclosures)
    journal = Journal.opened(disclosures, making_sum(Warehouse.from_environment()))
    waiting: list[_Standing] = []
    for standing in _standing(disclosures):
        if not standing.kept:
            journal.without_document.append(standing.disclosure_id)
        elif not journal.holds(standing.folder, standing.disclosure_id):
            waiting.append(standing)

    def renew(standing: _Standing) -> None:
        journal.add(_renewal(standing, disclosures, bounds))

    in_threads(renew, waiting, "Reading again", "disclosure")
    journal.close()
    return journal


def _clear(disclosures: Path) -> None:
    """Put back the folder that a killed run took away, and remove what it left behind."""
    for folder in list(disclosures.rglob(f"{_FORMER}*")):
        place = folder.with_name(folder.name.removeprefix(_FORMER))
        if place.exists():
            shutil.rmtree(folder)
        else:
            folder.rename(place)
    for folder in disclosures.glob(f"{_WORK}*/"):
        shutil.rmtree(folder)


def _standing(disclosures: Path) -> Iterator[_Standing]:
    store = DocumentStore.beside(disclosures)
    for name in sorted(scan(disclosures)):
        declared = declared_disclosures(disclosures / name)
        for row in declared:
            sums_of_files = (row.get("source_sha256") or "").split(SEPARATOR)
            found = [store.find(sha256) for sha256 in sums_of_files]
            kept = tuple(file for file in found if file)
            is_whole = len(kept) == len(found)
            yield _Standing(
                disclosures / name,
                row.get("disclosure_id") or name,
                len(declared) == 1,
                row.get("reading") == "reviewed",
                _names(row.get("source_document") or "", kept),
                kept if is_whole else (),
            )


def _names(source_document: str, kept: Sequence[Path]) -> tuple[str, ...]:
    """Return what the kept documents were called, or are called where that is not known."""
    names = source_document.split(SEPARATOR) if len(kept) > 1 else [source_document]
    are_known = len(names) == len(kept) and all(
        name == Path(name).name and Path(name).suffix.lower() == file.suffix
        for name, file in zip(names, kept, strict=True)
    )
    return tuple(names if are_known else (file.name for file in kept))


def _renewal(standing: _Standing, disclosures: Path, bounds: Bounds) -> Renewal:
    """Read a disclosure again, and put the new reading in its place or beside it."""
    folder, disclosure_id = standing.folder, standing.disclosure_id
    before = numbers_placed(folder)
    with TemporaryDirectory(prefix=_WORK, dir=disclosures) as beside:
        try:
            documents = [
                _called(name, file, Path(beside) / str(number))
                for number, (name, file) in enumerate(
                    zip(standing.names, standing.kept, strict=True)
                )
            ]
            read, _ = read_within(bounds, documents[0], disclosure_id, documents[1:])
        except UnreadableDocumentError as error:
            return Renewal(folder, disclosure_id, Action.REFUSED, str(error), before, None)
        written = Path(beside) / "written"
        write_folder(read, written)
        after = numbers_placed(written)
        differences = tuple(table_differences(folder, written))
        former = folder.with_name(_FORMER + folder.name)
        reason = standing.why_it_stays()
        if standing.is_alone:
            write_boxes(folder, disclosure_id, read.boxes)  # whose text says whether they still fit
        if sums(folder) == sums(written) or (reason and not differences):
            return Renewal(folder, disclosure_id, Action.UNCHANGED, "", before, after)
        if reason:
            place = folder / AGAIN / disclosure_id
            place.parent.mkdir(exist_ok=True)
            replace_folder(place, written)
            action = Action.BOTH_KEPT
        else:
            replace_folder(folder, written, former)
            action = Action.REPLACED
        return Renewal(folder, disclosure_id, action, reason, before, after, differences)


def _called(name: str, file: Path, folder: Path) -> Path:
    """Return a kept document, its sidecar beside it, under the name that it was published under."""
    folder.mkdir()
    document = folder / name
    document.symlink_to(file)
    sidecar = sidecar_of(file)
    if sidecar is not None:
        document.with_name(f"{name}{sidecar.suffix}").symlink_to(sidecar)
    return document
