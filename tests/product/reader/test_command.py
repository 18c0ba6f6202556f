"""The command: documents and folders in, one folder of raw CSVs for each out, and a summary."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
import specimen

from budget_warehouse.cli import budget
from budget_warehouse.contract.raw_csv import raw_tables
from budget_warehouse.reader.command import ExitStatus
from budget_warehouse.reader.document import UnreadableDocumentError
from budget_warehouse.reader.intake import folder_store, writing
from budget_warehouse.reader.intake.folder_store import FolderStore
from budget_warehouse.reader.parsing.reading import Reading


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as content:
        return list(csv.DictReader(content))


def _printed(table: specimen.PrintedTable) -> list[tuple[str, ...]]:
    """Return the amounts of each row of the table, in printed order."""
    return [tuple(cell for cell in row if specimen.is_amount(cell)) for row in table.rows]


def _read_amounts(table_name: str, file: Path) -> list[tuple[str, ...]]:
    """Return the amounts of each row of a CSV, in its order."""
    amounts = [name for name, kind in raw_tables()[table_name].items() if kind == "amount"]
    return [tuple(row[name] for name in amounts if row.get(name)) for row in _rows(file)]


def main(arguments: list[str]) -> object:
    """Run `budget read`; give its exit code."""
    with pytest.raises(SystemExit) as ended:
        budget.main(["read", *arguments])
    return ended.value.code


@pytest.fixture
def disclosures(tmp_path: Path) -> Path:
    return tmp_path / "disclosures"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Write a disclosure as a web page, the format that is read fastest."""
    path = tmp_path / "budget.html"
    specimen.write_html(path)
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"")
    return path


@pytest.mark.parametrize("suffix", specimen.WRITERS)
def test_every_row_of_every_format_is_read(
    suffix: str, tmp_path: Path, disclosures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / f"budget{suffix}"
    specimen.WRITERS[suffix](document)
    assert main([str(document), "--into", str(disclosures), "--id", "budget"]) == 0
    summary = capsys.readouterr().out
    assert "Read 1 document:" in summary
    assert "Numbers in no CSV: " in summary
    for table in specimen.TABLES:
        file = disclosures / "budget" / f"{table.table_name}.csv"
        if table.table_name in ("revenue_expenditure_summary", "fiscal_appropriation_summary"):
            read = [amount for row in _read_amounts(table.table_name, file) for amount in row]
            printed = [amount for row in _printed(table) for amount in row]
            assert sorted(read) == sorted(printed)
        else:
            assert _read_amounts(table.table_name, file) == _printed(table)
        assert {row["unit"] for row in _rows(file)} == {table.unit}


@pytest.mark.parametrize("suffix", specimen.WRITERS)
def test_the_prose_of_every_format_is_read(suffix: str, tmp_path: Path, disclosures: Path) -> None:
    document = tmp_path / f"budget{suffix}"
    specimen.WRITERS[suffix](document)
    folder = FolderStore(disclosures).place(document).folder
    (disclosure,) = _rows(folder / "disclosure.csv")
    assert disclosure["organization_name"] == specimen.ORGANIZATION
    assert (disclosure["fiscal_year"], disclosure["scope"]) == ("2021", "unit")
    claims = _rows(folder / "narrative_claims.csv")
    assert [(claim["measure"], claim["amount"], claim["change"]) for claim in claims] == [
        ("total_expenditure", "3,694.96", ""),
        ("fiscal_appropriation_expenditure", "3,694.96", "1,258.38"),
        ("function_item", "3,566.70", ""),
    ]


def test_the_codes_and_names_of_a_row_stand_in_their_columns(disclosures: Path, page: Path) -> None:
    main([str(page), "--into", str(disclosures), "--id", "budget"])
    row = _rows(disclosures / "budget" / "expenditure_by_function.csv")[5]
    del row["source_ref"]
    assert row == {
        "disclosure_id": "budget",
        "row_number": "6",
        "class_code": "212",
        "section_code": "01",
        "item_code": "99",
        "name": "其他城乡社区管理事务支出",
        "total": "35,667,021.23",
        "basic": "19,103,755.23",
        "project": "16,563,266.00",
        "unit": "元",
        "note": "",
    }


def test_a_folder_is_read_whole(
    tmp_path: Path, disclosures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "documents"
    (folder / "2021").mkdir(parents=True)
    specimen.write_html(folder / "2021" / "budget.HTML")
    for name in ("~$budget.docx", ".budget.html", "notes.md"):
        (folder / name).write_text("预算", encoding="utf-8")
    assert main([str(folder), "--into", str(disclosures)]) == ExitStatus.ALL_READ
    summary = capsys.readouterr().out
    assert "Read 1 document:" in summary
    assert "Passed over 1 file of another kind:" in summary
    assert "notes.md" in summary
    assert len(list(disclosures.iterdir())) == 1


def test_a_refused_document_does_not_stop_the_others(
    disclosures: Path, page: Path, broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main([str(broken), str(page), "--into", str(disclosures)])
    assert status == ExitStatus.SOME_REFUSED == 3
    summary = capsys.readouterr().out
    assert "Refused 1 document:\n  broken.pdf is empty: download it again." in summary
    assert len(list(disclosures.glob("*/"))) == 1
    scores = {row["disclosure_id"]: row for row in _rows(disclosures / "reading-scorecard.csv")}
    assert scores["broken"]["refused"] == "broken.pdf is empty: download it again."
    read = scores["budget"]
    assert (read["region_code"], read["fiscal_year"], read["tables_whole"]) == (
        "310117",
        "2021",
        "9",
    )
    assert read["numbers_printed"] == read["numbers_placed"] != "0"
    assert read["totals_checked"] == read["totals_tie"] != "0"


def test_prose_and_tables_in_two_files_are_one_disclosure(
    tmp_path: Path, disclosures: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = page.read_text(encoding="utf-8")
    for prose in specimen.PROSE:
        text = text.replace(prose, "")
    page.write_text(text, encoding="utf-8")
    prose_file = tmp_path / "prose.html"
    paragraphs = "".join(f"<p>{line}</p>" for line in (*specimen.COVER, *specimen.PROSE))
    prose_file.write_text(f"<html><body>{paragraphs}</body></html>", encoding="utf-8")
    assert main([str(prose_file), str(page), "--into", str(disclosures)]) == ExitStatus.ALL_READ
    assert "prose.html with budget.html" in capsys.readouterr().out
    (disclosure,) = _rows(disclosures / "budget" / "disclosure.csv")
    assert disclosure["source_document"] == "budget.html; prose.html"
    assert len(disclosure["source_sha256"].split("; ")) == 2
    assert _rows(disclosures / "budget" / "narrative_claims.csv")


def test_nothing_read_is_a_failure(
    disclosures: Path, broken: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(broken), "--into", str(disclosures)]) == ExitStatus.NONE_READ == 1
    assert "Rows per table" not in capsys.readouterr().out
    assert not disclosures.exists()


def test_an_empty_folder_says_what_to_do(
    tmp_path: Path, disclosures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path), "--into", str(disclosures)]) == ExitStatus.NONE_READ
    assert "Found no document: name a file" in capsys.readouterr().out


def test_a_document_without_a_table_is_refused(tmp_path: Path, disclosures: Path) -> None:
    document = tmp_path / "news.html"
    document.write_text("<p>今天天气很好。</p>", encoding="utf-8")
    with pytest.raises(UnreadableDocumentError, match=r"news\.html"):
        FolderStore(disclosures).place(document)
    assert not disclosures.exists()


def test_one_name_is_for_one_document(disclosures: Path, page: Path, broken: Path) -> None:
    assert main([str(page), str(broken), "--into", str(disclosures), "--id", "budget"]) == 2


def test_two_documents_of_one_name_do_not_replace_each_other(
    tmp_path: Path, disclosures: Path, page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = tmp_path / "2022" / "budget.html"
    again.parent.mkdir()
    specimen.write_html(again)
    status = main([str(page), str(again), "--into", str(disclosures)])
    assert status == ExitStatus.SOME_REFUSED
    assert f"{again} has the same name, budget, as {page}: " in capsys.readouterr().out


@pytest.mark.parametrize("name", ["..", "../outside", ".hidden", "a/b", ""])
def test_a_name_stays_in_the_folder_store(name: str, disclosures: Path, page: Path) -> None:
    with pytest.raises(UnreadableDocumentError, match="cannot be placed under the name"):
        FolderStore(disclosures).place(page, name)
    assert not disclosures.exists()


def test_a_folder_is_replaced_whole(disclosures: Path, page: Path) -> None:
    folder = disclosures / "budget"
    folder.mkdir(parents=True)
    (folder / "projects.csv").write_text("stale", encoding="utf-8")
    assert FolderStore(disclosures).place(page, "budget").folder == folder
    assert (folder / "disclosure.csv").exists()
    assert not (folder / "projects.csv").exists()
    assert list(disclosures.iterdir()) == [folder]


def test_a_failure_to_write_leaves_what_was_there(
    disclosures: Path, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = disclosures / "budget"
    folder.mkdir(parents=True)
    (folder / "disclosure.csv").write_text("former", encoding="utf-8")

    def write_half(read: Reading, target: Path) -> None:
        target.mkdir()
        (target / "disclosure.csv").write_text("half", encoding="utf-8")
        raise OSError("no space left on device")

    monkeypatch.setattr(writing, "write", write_half)
    with pytest.raises(OSError, match="no space left"):
        FolderStore(disclosures).place(page, "budget")
    assert (folder / "disclosure.csv").read_text(encoding="utf-8") == "former"
    assert list(disclosures.iterdir()) == [folder]


def test_a_failure_to_replace_puts_back_what_was_there(
    disclosures: Path, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = disclosures / "budget"
    folder.mkdir(parents=True)
    (folder / "disclosure.csv").write_text("former", encoding="utf-8")
    rename = Path.rename

    def rename_but_not_into_place(self: Path, target: Path) -> Path:
        if self.name == "written":
            raise OSError("device gone")
        return rename(self, target)

    monkeypatch.setattr(folder_store.Path, "rename", rename_but_not_into_place)
    with pytest.raises(OSError, match="device gone"):
        FolderStore(disclosures).place(page, "budget")
    assert (folder / "disclosure.csv").read_text(encoding="utf-8") == "former"
    assert list(disclosures.iterdir()) == [folder]


def test_the_module_runs_as_a_command(disclosures: Path, page: Path, broken: Path) -> None:
    ended = subprocess.run(
        [
            *(sys.executable, "-m", "budget_warehouse", "read"),
            *(str(page), str(broken), "--into", str(disclosures)),
        ],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == ExitStatus.SOME_REFUSED
    assert "Read 1 document:" in ended.stdout
    assert ended.stderr == "", "a progress bar is for terminals"
