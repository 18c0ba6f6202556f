"""A document dropped into the inbox is read, built and published by the next run."""

import dataclasses
import hashlib
import os
import shutil
import time
from decimal import Decimal
from pathlib import Path

from warehouses import REPOSITORY, SONGJIANG, build, copied, edit

from budget_warehouse.build.refusals import refuse_rejected
from budget_warehouse.landing.landing import land
from budget_warehouse.storage.warehouse import Warehouse

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
    again = shutil.copy(DOCUMENTS / "putuo-wanli-2023-budget.pdf", tmp_path / "the-same-again.pdf")
    drop(Path(again), inbox)

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
    reason = (inbox / "refused" / "the-same-again.pdf.reason.txt").read_text(encoding="utf-8")
    assert "is the same document as putuo-wanli-2023-budget" in reason


def test_a_document_whose_disclosure_is_rejected_is_moved_to_the_refused(tmp_path: Path) -> None:
    folders = Warehouse(tmp_path / "seeds", tmp_path / "warehouse")
    folder = copied(SONGJIANG, folders.seeds)
    document = folders.inbox / "read" / "budget-2.txt"
    document.parent.mkdir(parents=True)
    document.write_text("the document", encoding="utf-8")
    sha256 = hashlib.sha256(document.read_bytes()).hexdigest()
    edit(
        folder / "disclosure.csv",
        lambda row: row.update(source_document="budget.txt", source_sha256=sha256, fiscal_year=""),
    )
    land(folders.seeds, folders.landing)
    refuse_rejected(folders)
    assert not document.exists()
    reason = folders.inbox / "refused" / "budget-2.txt.reason.txt"
    assert "fiscal_year: is empty" in reason.read_text(encoding="utf-8")


def test_of_two_claims_to_one_revision_the_one_that_stands_stays(tmp_path: Path) -> None:
    folders = Warehouse(tmp_path / "seeds", tmp_path / "warehouse")
    copied(SONGJIANG, folders.seeds)
    land(folders.seeds, folders.landing)
    newer = copied(SONGJIANG, folders.seeds, "newer")
    edit(
        newer / "disclosure.csv",
        lambda row: row.update(organization_name="上海市松江区城市运行管理中心", source_url="x"),
    )
    landed = land(folders.seeds, folders.landing)
    assert (landed.disclosures, landed.stale, landed.rejected) == (1, 0, 1)
    assert land(folders.seeds, folders.landing) == dataclasses.replace(landed, loaded=0)
