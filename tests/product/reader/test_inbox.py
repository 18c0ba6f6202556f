"""The inbox: what is read is put aside, what is refused too, and what is on its way is left."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import specimen

from budget_warehouse.reader.intake import folder_store
from budget_warehouse.reader.intake import inbox as inbox_module
from budget_warehouse.reader.intake.inbox import InboxReading, read_inbox


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


def test_what_is_no_document_is_named_and_stays(inbox: Path, disclosures: Path) -> None:
    os.mkfifo(inbox / "pipe.pdf")
    (inbox / "dangling.pdf").symlink_to("nowhere.pdf")
    (inbox / "circle.pdf").symlink_to("circle.pdf")
    (inbox / "device.pdf").symlink_to("/dev/zero")
    (inbox / "linked").symlink_to(inbox, target_is_directory=True)
    (inbox / "more").mkdir()
    (inbox / "read").mkdir()
    outcome = read_inbox(inbox, disclosures)
    assert outcome == InboxReading()
    reasons = {path.name: reason for path, reason in outcome.left_aside.items()}
    assert reasons.keys() == {
        *("pipe.pdf", "dangling.pdf", "circle.pdf", "device.pdf", "linked", "more")
    }
    assert "is a pipe" in reasons["pipe.pdf"]
    assert "is a link to nothing" in reasons["dangling.pdf"]
    assert "is a folder" in reasons["more"]
    assert "is a link to a folder" in reasons["linked"]


def test_a_link_to_a_document_is_read(inbox: Path, disclosures: Path, tmp_path: Path) -> None:
    document = _drop(tmp_path / "elsewhere.html")
    (inbox / "budget.html").symlink_to(document)
    assert list(read_inbox(inbox, disclosures).read) == [inbox / "read" / "budget.html"]
    assert document.exists()


@pytest.mark.parametrize(
    ("name", "moved", "why"),
    [
        (os.fsdecode(b"\xb1\xed.html"), r"\xb1\xed.html", "is not written in UTF-8"),
        ("new\nline.html", r"new\nline.html", "holds a control character"),
        ("预" * 80 + ".html", "预" * 66 + ".html", "is longer than"),
        ("what?.html", "what?.html", "holds one of"),
    ],
)
def test_a_document_whose_name_no_disclosure_can_have_is_refused(
    inbox: Path, disclosures: Path, name: str, moved: str, why: str
) -> None:
    _drop(inbox / name)
    outcome = read_inbox(inbox, disclosures)
    ((path, reason),) = outcome.refused.items()
    assert path == inbox / "refused" / moved
    assert "cannot be placed under the name" in reason
    assert why in reason
    assert reason.encode()


def test_a_document_that_is_closed_is_refused(
    inbox: Path, disclosures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(bounds: object, subject: str, work: object, *arguments: Any) -> None:
        monkeypatch.setattr(folder_store, "admit", closed)
        folder_store._read(*arguments)

    def closed(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(folder_store, "within", refuse)
    _drop(inbox / "budget.html")
    outcome = read_inbox(inbox, disclosures)
    sentence = (
        "budget.html cannot be opened (Permission denied): make it readable, and read it again."
    )
    assert outcome.refused == {inbox / "refused" / "budget.html": sentence}


def test_a_document_taken_away_while_it_is_read_is_left(
    inbox: Path, disclosures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = _drop(inbox / "a.html")
    _drop(inbox / "b.html")
    place = folder_store.FolderStore.place

    def taken_away(store: folder_store.FolderStore, document: Path) -> object:
        gone.unlink(missing_ok=True)
        return place(store, document)

    monkeypatch.setattr(folder_store.FolderStore, "place", taken_away)
    outcome = read_inbox(inbox, disclosures)
    assert [path.name for path in outcome.read] == ["b.html"]
    assert outcome.left == (gone,)
    assert outcome.refused == {}


def test_a_document_that_cannot_be_moved_does_not_stop_the_others(
    inbox: Path, disclosures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.pdf", "b.html"):
        _drop(inbox / name, b"" if name == "a.pdf" else None)

    def rename(path: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as closed:
        closed.setattr("pathlib.Path.rename", _only_inside(disclosures, Path.rename, rename))
        outcome = read_inbox(inbox, disclosures)
    assert list(outcome.read) == [inbox / "b.html"]
    assert outcome.refused == {inbox / "a.pdf": "a.pdf is empty: download it again."}
    assert outcome.left_aside == {
        inbox / "a.pdf": "cannot be moved to refused/ (Permission denied)",
        inbox / "b.html": "cannot be moved to read/ (Permission denied)",
    }


def _only_inside(
    folder: Path, real: Callable[[Path, Path], Path], other: Callable[[Path, Path], Path]
) -> Callable[[Path, Path], Path]:
    """Return the real function for paths inside a folder, and another one for all others."""
    return lambda path, target: (real if path.is_relative_to(folder) else other)(path, target)


def test_an_inbox_that_is_closed_is_named(
    inbox: Path, disclosures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(path: object) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", closed)
    outcome = read_inbox(inbox, disclosures)
    assert outcome == InboxReading()
    assert outcome.left_aside == {inbox: "cannot be listed (Permission denied)"}
