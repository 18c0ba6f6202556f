"""The documents that were read, kept by their content: each can be shown, and read again."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from budget_warehouse.reader.intake.file_type import SUFFIXES
from budget_warehouse.storage.inbox import content_sum, sidecar_of


@dataclass(frozen=True)
class DocumentStore:
    """A folder of documents, each called `<SHA-256><suffix>`."""

    folder: Path

    @classmethod
    def beside(cls, disclosures: Path) -> "DocumentStore":
        """Return the store of the documents that a folder of disclosures was read from."""
        return cls(disclosures.absolute().parent / "documents")

    def keep(self, document: Path) -> Path:
        """Keep a document whole, once, and return where it is kept."""
        kept = self.find(content_sum(document))
        if kept:
            return kept
        self.folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".keeping-", dir=self.folder) as beside:
            # A copy: what is kept under a link would change with the document.
            copy = shutil.copyfile(document, Path(beside) / "copy")
            return copy.replace(self.folder / f"{content_sum(copy)}{document.suffix.lower()}")

    def keep_sidecar(self, document: Path, kept: Path) -> None:
        """Keep what says where a document was published beside the kept document."""
        sidecar = sidecar_of(document)
        if sidecar is not None:
            with TemporaryDirectory(prefix=".keeping-", dir=self.folder) as beside:
                copy = shutil.copyfile(sidecar, Path(beside) / "copy")
                copy.replace(kept.with_name(f"{kept.name}{sidecar.suffix.lower()}"))

    def find(self, sha256: str) -> Path | None:
        """Return where the document of a sum is kept."""
        places = (self.folder / f"{sha256}{suffix}" for suffix in SUFFIXES)
        return next((place for place in places if place.is_file()), None)
