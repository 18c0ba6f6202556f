"""The inbox: what is read is put aside, what is refused too, and what is on its way is left."""

import os
import time
from pathlib import Path

import pytest
import specimen

from dagster_project.reader import inbox as inbox_module
from dagster_project.reader.inbox import InboxReading, read_inbox


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def disclosures(tmp_path: Path) -> Path:
    return tmp_path / "disclosures"


def _aged(path: Path) -> Path:
    """Make the file look as if it had been there for a minute."""
    a_minute_ago = time.time() - 60
    os.utime(path, (a_minute_ago, a_minute_ago))
    return path


def _drop(path: Path, content: bytes | None = None) -> Path:
    """Put a file into the inbox, a disclosure unless told what."""
    if content is None:
        specimen.write_html(path)
    else:
        path.write_bytes(content)
    return _aged(path)


def _names(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_a_document_is_read_and_put_aside(inbox: Path, disclosures: Path) -> None:
    _drop(inbox / "budget.html")
    outcome = read_inbox(inbox, disclosures)
    placement = outcome.read[inbox / "read" / "budget.html"]
    assert placement.folder.parent == disclosures
    assert (placement.folder / "disclosure.csv").exists()
    assert placement.row_counts["expenditure_by_function"] == 7
    assert _names(inbox) == ["read/budget.html"]


def test_a_refused_document_lies_beside_the_reason(inbox: Path, disclosures: Path) -> None:
    _drop(inbox / "budget.pdf", b"")
    outcome = read_inbox(inbox, disclosures)
    sentence = "budget.pdf is empty: download it again."
    assert outcome.refused == {inbox / "refused" / "budget.pdf": sentence}
    assert _names(inbox) == ["refused/budget.pdf", "refused/budget.pdf.reason.txt"]
    reason = (inbox / "refused" / "budget.pdf.reason.txt").read_text(encoding="utf-8")
    assert reason == sentence + "\n"
    assert not disclosures.exists()


def test_a_refused_document_does_not_stop_the_others(inbox: Path, disclosures: Path) -> None:
    _drop(inbox / "a.pdf", b"")
    _drop(inbox / "b.html")
    outcome = read_inbox(inbox, disclosures)
    assert [path.name for path in outcome.read] == ["b.html"]
    assert [path.name for path in outcome.refused] == ["a.pdf"]


def test_a_file_changed_just_now_is_left(inbox: Path, disclosures: Path) -> None:
    fresh = inbox / "budget.html"
    specimen.write_html(fresh)
    assert read_inbox(inbox, disclosures) == InboxReading(left=(fresh,))
    _aged(fresh)
    assert list(read_inbox(inbox, disclosures).read) == [inbox / "read" / "budget.html"]


def test_a_file_that_grows_is_left(
    inbox: Path, disclosures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = _drop(inbox / "budget.html", b"<p>")

    def pause(seconds: float) -> None:
        with growing.open("ab") as content:
            content.write(b"more")
        _aged(growing)

    monkeypatch.setattr(inbox_module.time, "sleep", pause)
    assert read_inbox(inbox, disclosures).left == (growing,)
    assert growing.exists()


def test_a_file_that_is_taken_away_is_left(
    inbox: Path, disclosures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = _drop(inbox / "budget.html")
    monkeypatch.setattr(inbox_module.time, "sleep", lambda seconds: gone.unlink())
    assert read_inbox(inbox, disclosures) == InboxReading(left=(gone,))


def test_a_file_from_the_future_is_read(inbox: Path, disclosures: Path) -> None:
    path = _drop(inbox / "budget.html")
    os.utime(path, (time.time() + 3600,) * 2)
    assert list(read_inbox(inbox, disclosures).read) == [inbox / "read" / "budget.html"]


def test_hidden_files_and_folders_stay(inbox: Path, disclosures: Path) -> None:
    for name in (".gitkeep", "~$budget.docx", "more/budget.html"):
        (inbox / name).parent.mkdir(exist_ok=True)
        _drop(inbox / name, b"")
    assert read_inbox(inbox, disclosures) == InboxReading()
    assert _names(inbox) == [".gitkeep", "more/budget.html", "~$budget.docx"]


def test_a_document_of_the_same_name_is_not_overwritten(inbox: Path, disclosures: Path) -> None:
    for _ in range(2):
        _drop(inbox / "budget.pdf", b"")
        read_inbox(inbox, disclosures)
    assert _names(inbox / "refused") == [
        "budget-2.pdf",
        "budget-2.pdf.reason.txt",
        "budget.pdf",
        "budget.pdf.reason.txt",
    ]


def test_an_inbox_that_is_not_there_is_empty(tmp_path: Path, disclosures: Path) -> None:
    assert read_inbox(tmp_path / "nowhere", disclosures) == InboxReading()
    assert not (tmp_path / "nowhere").exists()
