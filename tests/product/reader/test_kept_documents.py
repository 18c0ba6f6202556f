"""Documents kept by their content beside the disclosures: whole, once, whatever they are called."""

import csv
import hashlib
import os
import time
from pathlib import Path

import pytest
import specimen

from budget_warehouse.landing.landing import land
from budget_warehouse.reader.command import read_documents
from budget_warehouse.reader.document import UnreadableDocumentError
from budget_warehouse.reader.intake.folder_store import FolderStore
from budget_warehouse.reader.intake.inbox import read_inbox
from budget_warehouse.storage.database import open_database


@pytest.fixture
def disclosures(tmp_path: Path) -> Path:
    return tmp_path / "seeds" / "disclosures"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    return tmp_path / "seeds" / "documents"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "budget.HTML"
    specimen.write_html(path)
    return path


def test_a_document_is_kept_under_the_sum_that_its_disclosure_names(
    disclosures: Path, documents: Path, page: Path
) -> None:
    content = page.read_bytes()
    folder = FolderStore(disclosures).place(page).folder
    with (folder / "disclosure.csv").open(encoding="utf-8") as file:
        (disclosure,) = csv.DictReader(file)
    (kept,) = documents.iterdir()
    assert kept.name == f"{disclosure['source_sha256']}.html"
    page.write_text("edited where it lay", encoding="utf-8")
    assert kept.read_bytes() == content
    assert hashlib.sha256(content).hexdigest() == kept.stem


def test_a_document_is_kept_once_whatever_it_is_called(
    disclosures: Path, documents: Path, page: Path
) -> None:
    other = page.with_name("other.htm")
    other.write_bytes(page.read_bytes())
    store = FolderStore(disclosures)
    store.place(page)
    (kept,) = documents.iterdir()
    before = kept.stat()
    store.place(other)
    assert list(documents.iterdir()) == [kept]
    assert kept.stat() == before


def test_what_is_refused_is_not_kept(tmp_path: Path, disclosures: Path, documents: Path) -> None:
    news = tmp_path / "news.html"
    news.write_text("<p>今天天气很好。</p>", encoding="utf-8")
    with pytest.raises(UnreadableDocumentError):
        FolderStore(disclosures).place(news)
    assert not documents.exists()


def test_the_inbox_keeps_what_it_reads(
    tmp_path: Path, disclosures: Path, documents: Path, page: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    page.rename(inbox / "budget.html")
    os.utime(inbox / "budget.html", (time.time() - 60,) * 2)
    read_inbox(inbox, disclosures)
    assert len(list(documents.iterdir())) == 1


def test_a_landing_passes_over_documents_and_scorecard(
    tmp_path: Path, disclosures: Path, documents: Path, page: Path
) -> None:
    other = tmp_path / "other.html"
    specimen.write_html(other)
    other.write_text(other.read_text(encoding="utf-8").replace("2021", "2022"), encoding="utf-8")
    summary = read_documents([page, other], [], disclosures, None)
    assert summary.scorecard == disclosures / "reading-scorecard.csv"
    assert len(list(documents.iterdir())) == 2
    landing_file = tmp_path / "warehouse" / "landing.duckdb"
    landing = land(disclosures.parent, landing_file)
    assert (landing.disclosures, landing.rejected) == (2, 0)
    with open_database(landing_file, read_only=True) as connection:
        assert connection.execute("from left_aside").fetchall() == []
