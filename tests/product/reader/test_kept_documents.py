"""Documents kept by their content beside the disclosures: whole, once, whatever they are called."""

import csv
import hashlib
import os
import time
from pathlib import Path

import pytest
import specimen

from budget_warehouse.landing.landing import land
from budget_warehouse.reader.command import documents_in, read_documents
from budget_warehouse.reader.document import UnreadableDocumentError
from budget_warehouse.reader.intake.folder_store import FolderStore
from budget_warehouse.reader.intake.inbox import read_inbox
from budget_warehouse.reader.intake.writing import write_sums
from budget_warehouse.reader.second_reading import read_again
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


ADDRESS = "https://www.shsj.gov.cn/budget.html"


def _published(folder: Path) -> tuple[str, str]:
    with (folder / "disclosure.csv").open(encoding="utf-8") as file:
        (disclosure,) = csv.DictReader(file)
    return disclosure["source_url"], disclosure["published_on"]


def test_the_address_of_a_document_is_kept_with_it(disclosures: Path, page: Path) -> None:
    sidecar = page.with_name(f"{page.name}.url")
    sidecar.write_text(f"{ADDRESS}\n2021-03-01\n", encoding="utf-8")
    folder = FolderStore(disclosures).place(page).folder
    assert _published(folder) == (ADDRESS, "2021-03-01")
    sidecar.unlink()
    page.unlink()
    (folder / "tables.csv").unlink()
    write_sums(folder)  # as a poorer reader wrote it
    read_again(disclosures)
    assert (folder / "tables.csv").exists()
    assert _published(folder) == (ADDRESS, "2021-03-01")


def test_an_address_in_the_inbox_goes_with_its_document(
    disclosures: Path, page: Path, tmp_path: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    refused = inbox / "notes.txt"
    refused.write_text("nothing about money", encoding="utf-8")
    for file in (page.rename(inbox / page.name), refused):
        file.with_name(f"{file.stem}.url").write_text(
            f"[InternetShortcut]\nURL={ADDRESS}\n", encoding="utf-8"
        )
        os.utime(file, (time.time() - 60, time.time() - 60))
    reading = read_inbox(inbox, disclosures)
    (moved,) = reading.read
    assert moved.with_name(f"{moved.name}.url").exists()
    assert (inbox / "refused" / "notes.txt.url").exists()
    assert _published(disclosures / page.stem) == (ADDRESS, "")
    assert sorted(file.name for file in inbox.iterdir()) == ["read", "refused"]


def test_addresses_that_are_not_known_are_asked_for_once(
    disclosures: Path, page: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.html"
    specimen.write_html(other)
    other.write_text(other.read_text(encoding="utf-8").replace("2021", "2022"), encoding="utf-8")
    told = str(read_documents([page, other], [], disclosures, None))
    assert told.count("Where they were published is not known of 2 documents") == 1
    for document in (page, other):
        document.with_name(f"{document.name}.url").write_text(ADDRESS, encoding="utf-8")
    assert "Where they were published" not in str(
        read_documents([page, other], [], disclosures, None)
    )
    documents, passed_over = documents_in([tmp_path])
    assert {page, other} <= set(documents)
    assert [file for file in passed_over if file.suffix == ".url"] == []
