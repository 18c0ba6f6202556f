"""A document dropped into the inbox is read, built and published by the next run."""

import os
import shutil
import time
from decimal import Decimal
from pathlib import Path

from warehouses import REPOSITORY, SONGJIANG, build, copied

DOCUMENTS = REPOSITORY / "tests" / "documents"


def drop(document: Path, inbox: Path) -> None:
    """Put a document there as if it had arrived a minute ago."""
    inbox.mkdir(exist_ok=True)
    arrived = time.time() - 60
    os.utime(shutil.copy(document, inbox), (arrived, arrived))


def test_a_dropped_document_is_published_and_a_broken_one_moved_aside(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    copied(SONGJIANG, tmp_path / "seeds")
    drop(DOCUMENTS / "putuo-wanli-2023-budget.pdf", inbox)
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 and nothing else")
    drop(tmp_path / "broken.pdf", inbox)

    built = build(tmp_path / "seeds", tmp_path / "warehouse")
    assert built.status == 3, built.output
    assert "broken.pdf" in built.output
    amount = built.value(
        "select sum(amount_yuan) from marts.expenditures"
        " where source_document = 'putuo-wanli-2023-budget.pdf'"
    )
    assert amount == Decimal("164978640")
    assert (inbox / "read" / "putuo-wanli-2023-budget.pdf").exists()
    assert (inbox / "refused" / "broken.pdf").exists()
    assert (inbox / "refused" / "broken.pdf.reason.txt").read_text(encoding="utf-8").strip()
