"""Reading again: the program's own readings are replaced, a person's work stays."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import specimen
from warehouses import REPOSITORY

from budget_warehouse.cli import budget
from budget_warehouse.reader import second_reading
from budget_warehouse.reader.command import ExitStatus
from budget_warehouse.reader.intake.folder_store import FolderStore
from budget_warehouse.reader.intake.writing import is_as_written, write_sums
from budget_warehouse.storage.folders import replace_folder
from budget_warehouse.storage.scan import scan

Run = Callable[[], tuple[object, str]]
TABLE = "expenditure_by_function.csv"
PRINTED = REPOSITORY / "tests" / "documents" / "beijing-major-projects-2026-budget.pdf"


@pytest.fixture
def disclosures(tmp_path: Path) -> Path:
    return tmp_path / "seeds" / "disclosures"


@pytest.fixture
def budget_folder(tmp_path: Path, disclosures: Path) -> Path:
    """Read a disclosure, and take its document away."""
    return _read(tmp_path / "budget.html", disclosures)


@pytest.fixture
def run(disclosures: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `budget read --again`; give its exit code and its output."""

    def run_again() -> tuple[object, str]:
        with pytest.raises(SystemExit) as ended:
            budget.main(["read", "--again", "--into", str(disclosures)])
        return ended.value.code, capsys.readouterr().out

    return run_again


def _read(page: Path, disclosures: Path, year: str = "2021") -> Path:
    specimen.write_html(page)
    page.write_text(page.read_text(encoding="utf-8").replace("2021", year), encoding="utf-8")
    folder = FolderStore(disclosures).place(page).folder
    page.unlink()
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def _change(folder: Path, name: str = TABLE, old: str = "35,667,021.23", new: str = "") -> None:
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def _as_a_poorer_reader_wrote(folder: Path) -> None:
    _change(folder)
    write_sums(folder)


def _differences(disclosures: Path) -> list[dict[str, str]]:
    file = disclosures / "reading-differences.csv"
    with file.open(encoding="utf-8", newline="") as content:
        return list(csv.DictReader(content))


def test_the_same_reader_changes_nothing(run: Run, disclosures: Path, budget_folder: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in budget_folder.iterdir()}
    status, text = run()
    assert status == ExitStatus.ALL_READ
    assert text.startswith("Read 1 disclosure as before.\n")
    assert {file: file.stat().st_mtime_ns for file in budget_folder.iterdir()} == before
    (row,) = _differences(disclosures)
    assert (row["disclosure_id"], row["action"]) == ("budget", "unchanged")
    assert row["numbers_placed_before"] == row["numbers_placed_after"] != ""


def test_what_only_the_program_wrote_is_replaced(
    run: Run, disclosures: Path, budget_folder: Path
) -> None:
    read = _files(budget_folder)
    _as_a_poorer_reader_wrote(budget_folder)
    status, text = run()
    assert status == ExitStatus.ALL_READ
    assert "Replaced 1 disclosure:\n  budget: " in text
    assert "expenditure_by_function: rows +0 ~3 -0, values +3 ~0 -0" in text
    assert _files(budget_folder) == read
    assert not (budget_folder / "reading-again").exists()
    (row,) = _differences(disclosures)
    assert (row["action"], row["table_name"]) == ("replaced", "expenditure_by_function")
    assert (row["rows_changed"], row["values_added"]) == ("3", "3")
    assert list(disclosures.parent.rglob(".*")) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("disclosure.csv", "by_program", "reviewed", "reviewed by a person"),
        (TABLE, "35,667,021.23", "35,667,021.24", "changed by a person"),
    ],
)
def test_the_work_of_a_person_stays(
    name: str, old: str, new: str, reason: str, run: Run, disclosures: Path, budget_folder: Path
) -> None:
    read = _files(budget_folder)
    _change(budget_folder, name, old, new)
    changed = _files(budget_folder)
    for _ in range(2):
        status, text = run()
        assert status == ExitStatus.ALL_READ
        assert f"  budget ({reason}): " in text
        assert _files(budget_folder) == changed
        assert _files(budget_folder / "reading-again" / "budget") == read
        assert {row["action"] for row in _differences(disclosures)} == {"both_kept"}
    assert list(scan(disclosures)) == ["budget"], "a second reading is no second disclosure"


def test_boxes_are_new_where_the_work_of_a_person_stays(run: Run, disclosures: Path) -> None:
    folder = FolderStore(disclosures).place(PRINTED).folder
    before = _files(folder)
    _change(folder, "disclosure.csv", "by_program", "reviewed")
    (folder / "boxes.csv").unlink()
    reviewed = _files(folder)
    assert run()[0] == ExitStatus.ALL_READ
    assert _files(folder) == reviewed | {"boxes.csv": before["boxes.csv"]}
    assert "expenditure_by_function,1,total," in before["boxes.csv"].decode()


def test_boxes_are_no_work_of_a_person(run: Run, disclosures: Path) -> None:
    folder = FolderStore(disclosures).place(PRINTED).folder
    (folder / "boxes.csv").write_text("", encoding="utf-8")
    assert is_as_written(folder)
    _, told = run()
    assert "Read 1 disclosure as before." in told


def test_a_folder_that_nothing_tells_about_stays(run: Run, budget_folder: Path) -> None:
    _change(budget_folder)
    (budget_folder / "reading-sums.txt").unlink()
    changed = _files(budget_folder)
    assert "nothing tells whether a person changed it" in run()[1]
    assert _files(budget_folder) == changed


def test_a_file_that_a_person_added_is_work_of_a_person(run: Run, budget_folder: Path) -> None:
    _as_a_poorer_reader_wrote(budget_folder)
    (budget_folder / "notes.md").write_text("p.3 asked the office", encoding="utf-8")
    assert "changed by a person" in run()[1]
    assert (budget_folder / "notes.md").exists()


def test_disclosures_without_a_document_are_named(
    run: Run, tmp_path: Path, disclosures: Path, budget_folder: Path
) -> None:
    _read(tmp_path / "other.html", disclosures, "2022")
    (kept,) = [
        file
        for file in (disclosures.parent / "documents").iterdir()
        if file.stem in (budget_folder / "disclosure.csv").read_text(encoding="utf-8")
    ]
    kept.unlink()
    status, text = run()
    assert status == ExitStatus.ALL_READ
    assert "Read 1 disclosure as before.\nNo document is kept of 1 disclosure: budget\n" in text
    shutil.rmtree(disclosures.parent / "documents")
    assert run()[0] == ExitStatus.NONE_READ


def test_what_is_refused_today_stays_as_it_was(
    run: Run, tmp_path: Path, disclosures: Path, budget_folder: Path
) -> None:
    (kept,) = (disclosures.parent / "documents").iterdir()
    kept.write_bytes(b"")
    read = _files(budget_folder)
    status, text = run()
    assert status == ExitStatus.NONE_READ
    assert "budget: budget.html is empty: download it again." in text
    assert _files(budget_folder) == read
    _read(tmp_path / "other.html", disclosures, "2022")
    assert run()[0] == ExitStatus.SOME_REFUSED


def test_two_files_of_one_disclosure_are_read_again_as_one(
    run: Run, tmp_path: Path, disclosures: Path
) -> None:
    tables, prose = tmp_path / "tables.html", tmp_path / "prose.html"
    specimen.write_html(tables)
    text = tables.read_text(encoding="utf-8")
    for paragraph in specimen.PROSE:
        text = text.replace(paragraph, "")
    tables.write_text(text, encoding="utf-8")
    lines = "".join(f"<p>{line}</p>" for line in (*specimen.COVER, *specimen.PROSE))
    prose.write_text(f"<html><body>{lines}</body></html>", encoding="utf-8")
    folder = FolderStore(disclosures).place(tables, "budget", [prose]).folder
    read = _files(folder)
    _as_a_poorer_reader_wrote(folder)
    assert run()[0] == ExitStatus.ALL_READ
    assert _files(folder) == read


def test_an_interrupted_run_is_gone_on_with(
    run: Run,
    tmp_path: Path,
    disclosures: Path,
    budget_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = _read(tmp_path / "other.html", disclosures, "2022")
    for folder in (budget_folder, other):
        _as_a_poorer_reader_wrote(folder)
    replaced: list[Path] = []

    def replace_one(place: Path, following: Path, former: Path | None = None) -> None:
        replaced.append(place)
        if len(replaced) > 1:
            raise OSError("no space left on device")
        replace_folder(place, following, former)

    with monkeypatch.context() as context:
        context.setattr(second_reading, "replace_folder", replace_one)
        with pytest.raises(OSError, match="no space left"):
            budget.main(["read", "--again", "--into", str(disclosures)])
    assert not (disclosures / "reading-differences.csv").exists()
    assert "Replaced 2 disclosures:" in run()[1]
    assert [row["action"] for row in _differences(disclosures)] == ["replaced", "replaced"]


def test_a_folder_that_a_killed_run_took_away_comes_back(
    run: Run, disclosures: Path, budget_folder: Path
) -> None:
    read = _files(budget_folder)
    budget_folder.rename(disclosures / ".former-budget")
    (disclosures / ".reading-left" / "written").mkdir(parents=True)
    assert run()[1].startswith("Read 1 disclosure as before.")
    assert _files(budget_folder) == read
    assert list(disclosures.glob(".*")) == []


def test_reading_again_takes_no_path(disclosures: Path, budget_folder: Path) -> None:
    for arguments in (["read"], ["read", "--again", str(disclosures)]):
        with pytest.raises(SystemExit) as ended:
            budget.main(arguments)
        assert ended.value.code == 2


def test_nothing_to_read_again_says_so(run: Run, disclosures: Path) -> None:
    status, text = run()
    assert (status, text) == (
        ExitStatus.NONE_READ,
        f"{disclosures} is not there; point SEEDS to a folder with disclosures/.\n",
    )
