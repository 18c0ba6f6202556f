"""Files beside the raw CSVs: nothing waits on them, none is passed over in silence."""

import builtins
import csv
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from warehouses import SONGJIANG, copied

from budget_warehouse.contract.raw_csv import raw_tables
from budget_warehouse.landing.landing import NothingToLandError, land
from budget_warehouse.landing.noted_input import note_input, take_scan
from budget_warehouse.outputs.reports.summary import ignored
from budget_warehouse.storage.scan import csv_names, scan
from budget_warehouse.storage.warehouse import Warehouse

NOT_UTF8 = os.fsdecode(b"\xb1\xed.csv")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copied(SONGJIANG, tmp_path / "seeds")


@pytest.fixture
def landing(tmp_path: Path) -> Path:
    return tmp_path / "landing.duckdb"


def rows(landing: Path, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(landing), read_only=True) as connection:
        return connection.execute(query).fetchall()


def left_aside(landing: Path) -> dict[str, str]:
    return {path: reason for path, reason in rows(landing, "from left_aside")}


def put_odd_things(folder: Path) -> dict[str, str]:
    """Put into a folder what is no CSV, and return a word of the reason that each is to get."""
    os.mkfifo(folder / "pipe.csv")
    with socket.socket(socket.AF_UNIX) as one:
        here = Path.cwd()
        os.chdir(folder)  # the path of a socket may have 108 bytes
        one.bind("socket.csv")
        os.chdir(here)
    (folder / "device.csv").symlink_to("/dev/zero")
    (folder / "dangling.csv").symlink_to("nowhere.csv")
    (folder / "circle.csv").symlink_to("circle.csv")
    (folder / "folder.csv").mkdir()
    (folder / "linked").symlink_to(folder.parent, target_is_directory=True)
    for name in (
        "TABLES.CSV",
        "tables.csv.txt",
        "budget.xlsx",
        "budget.xls",
        "budget.pdf",
        "a.txt",
    ):
        (folder / name).write_bytes(b"a")
    (folder / NOT_UTF8).write_bytes(b"a")
    (folder / "new\nline.csv").write_bytes(b"a")
    reasons = {
        "pipe.csv": "pipe",
        "socket.csv": "socket",
        "device.csv": "device",
        "dangling.csv": "link to nothing",
        "circle.csv": "cannot be looked at",
        "folder.csv": "is a folder",
        "linked": "link to a folder",
        "TABLES.CSV": "small letters",
        "tables.csv.txt": "does not end in .csv",
        "budget.xlsx": "save each table",
        "budget.xls": "save each table",
        "budget.pdf": "inbox/",
        "a.txt": "is no CSV",
        r"\xb1\xed.csv": "UTF-8",
        r"new\nline.csv": "control characters",
    }
    return {f"{folder.name}/{name}": reason for name, reason in reasons.items()}


def put_harmless_things(folder: Path) -> None:
    (folder / ".#tables.csv").symlink_to("somebody@somewhere.123:456")
    for name in (
        ".hidden.csv",
        "~$budget.xlsx",
        "tables.csv~",
        "#tables.csv#",
        "reading-report.txt",
        "boxes.csv",
        "reading-sums.txt",
        "reading-scorecard.csv",
        "reading-differences.csv",
    ):
        (folder / name).write_text("a", encoding="utf-8")
    for name in ("README", "README.txt", "notes.md", "Thumbs.db"):
        (folder / name).write_text("a", encoding="utf-8")
    for name in (".git", "reading-again"):
        (folder / name).mkdir()
        (folder / name / "tables.csv").write_text("a", encoding="utf-8")


def test_a_folder_is_read_whatever_lies_beside_its_csvs(folder: Path, landing: Path) -> None:
    seeds = folder.parent.parent
    sums = dict(scan(seeds / "disclosures"))
    expected = put_odd_things(folder)
    put_harmless_things(folder)
    scanned = scan(seeds / "disclosures")
    assert scanned == sums, "a folder looks the same whatever is no CSV"
    landed = land(seeds, landing, scanned)
    assert (landed.loaded, landed.rejected) == (1, 0)
    others = left_aside(landing)
    assert others.keys() == expected.keys()
    for path, reason in expected.items():
        assert reason in others[path], path

    for name in os.listdir(folder):  # noqa: PTH208 names that are not UTF-8
        if name.removesuffix(".csv") not in raw_tables():
            odd = folder / name
            if odd.name == "folder.csv":
                odd.rmdir()
            elif odd.name not in (".git", "reading-again"):
                odd.unlink()
    land(seeds, landing)
    assert left_aside(landing) == {}


def test_a_link_to_a_csv_is_read(folder: Path, landing: Path) -> None:
    elsewhere = folder.parent.parent / "statements.csv"
    (folder / "statements.csv").rename(elsewhere)
    (folder / "statements.csv").symlink_to(elsewhere)
    assert land(folder.parent.parent, landing).loaded == 1
    assert rows(landing, "select count(*) from statements") == [(20,)]


def test_what_is_left_aside_is_told(folder: Path, tmp_path: Path) -> None:
    folders = Warehouse(tmp_path / "seeds", tmp_path / "warehouse")
    for number in range(30):
        (folder / f"{number:02}.xlsx").write_bytes(b"a")
    note_input(folders)
    scanned = take_scan(folders)
    assert scanned is not None
    assert len(scanned.left_aside) == 30
    land(folders.seeds, folders.landing, scanned)
    lines = ignored(folders, ["inbox/pipe: is a pipe, not a file"])
    assert lines[0].startswith(f"Ignored       {SONGJIANG}/00.xlsx: ")
    assert len(lines) == 21
    assert lines[-1].strip() == "and 11 more"


def test_where_there_is_no_csv_what_is_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "disclosures").mkdir()
    (tmp_path / "disclosures" / "budget.xlsx").write_bytes(b"a")
    with pytest.raises(NothingToLandError, match=r"budget\.xlsx: is no CSV"):
        land(tmp_path, tmp_path / "landing.duckdb")


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """The paths that the system does not let us read: root, who runs some tests, may read all."""
    paths: set[str] = set()
    opened, scanned = builtins.open, os.scandir

    def refusing(function: Any) -> Any:
        def refuse(path: Any, *arguments: Any, **more: Any) -> Any:
            if str(path) in paths:
                raise PermissionError(13, "Permission denied", str(path))
            return function(path, *arguments, **more)

        return refuse

    monkeypatch.setattr(builtins, "open", refusing(opened))
    monkeypatch.setattr(os, "scandir", refusing(scanned))
    yield paths


@pytest.mark.parametrize("what", ["tables.csv", ""])
def test_what_is_closed_rejects_its_own_folder_only(
    folder: Path, landing: Path, closed: set[str], what: str
) -> None:
    seeds = folder.parent.parent
    copied(SONGJIANG, seeds, "another")
    land(seeds, landing)
    closed.add(str(folder / what) if what else str(folder))
    (folder / "tables.csv").touch()
    landed = land(seeds, landing)
    assert (landed.disclosures, landed.stale, landed.rejected) == (2, 1, 1)
    rejects = rows(landing, "select disclosure_id, source_file, reason from rejected_rows")
    assert rejects[0][:2] == (None, f"{SONGJIANG}/{what}".rstrip("/"))
    assert "Permission denied" in rejects[0][2]
    assert land(seeds, landing).stale == 1

    closed.clear()  # nothing about the folder looks different from outside
    landed = land(seeds, landing)
    assert (landed.stale, landed.rejected) == (0, 0)


def test_a_closed_root_stops_the_landing(folder: Path, landing: Path, closed: set[str]) -> None:
    closed.add(str(folder.parent))
    with pytest.raises(NothingToLandError, match="Permission denied"):
        land(folder.parent.parent, landing)


def test_what_vanishes_after_the_walk_is_not_there(
    folder: Path, landing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = folder.parent.parent
    copied(SONGJIANG, seeds, "another")
    listed = csv_names

    def taken_away(path: Path) -> list[str]:
        names = listed(path)
        (path / "statements.csv").unlink(missing_ok=True)
        return names

    monkeypatch.setattr("budget_warehouse.landing.raw_folder.csv_names", taken_away)
    landed = land(seeds, landing)
    assert (landed.loaded, landed.rejected) == (2, 0)
    assert rows(landing, "select count(*) from statements") == [(0,)]
    scanned = scan(seeds / "disclosures")
    for file in (seeds / "disclosures" / "another").iterdir():
        file.unlink()
    (seeds / "disclosures" / "another").rmdir()
    landed = land(seeds, tmp_landing := landing.with_name("new.duckdb"), scanned)
    assert (landed.disclosures, landed.rejected) == (1, 0)
    assert rows(tmp_landing, "select count(*) from disclosure") == [(1,)]


def append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8", newline="") as opened:
        opened.write(text)


def test_blank_rows_of_a_spreadsheet_are_nothing(tmp_path: Path, landing: Path) -> None:
    rows_of = [",,,,,,", ", ,\u3000,\u00a0,,,", '"","",,,,,', "\ufeff,,,,,,", ",,,", ",,,,,,,,,"]
    for number, row in enumerate(rows_of):
        folder = copied(SONGJIANG, tmp_path / "seeds", f"copy-{number}")
        append(folder / "statements.csv", f"{row}\n{row}\r\n{row}")
    landed = land(tmp_path / "seeds", landing)
    assert (landed.loaded, landed.rejected) == (len(rows_of), 0)
    assert rows(landing, "select count(*) from statements") == [(20 * len(rows_of),)]


def test_blank_columns_of_a_spreadsheet_are_nothing(folder: Path, landing: Path) -> None:
    file = folder / "statements.csv"
    lines = file.read_text(encoding="utf-8").splitlines()
    lines = [f"{lines[0]},,", *(f"{line},, " for line in lines[1:])]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert land(folder.parent.parent, landing).loaded == 1
    assert rows(landing, "select count(*) from statements") == [(20,)]
    file.write_text("\n".join([*lines[:-1], f"{lines[-1]}1"]), encoding="utf-8")
    assert land(folder.parent.parent, landing).rejected == 1


@pytest.mark.parametrize("field_size_limit", [131_072, sys.maxsize])
def test_a_huge_value_is_refused_in_a_short_sentence(
    folder: Path, landing: Path, field_size_limit: int
) -> None:
    before = csv.field_size_limit(field_size_limit)  # agate, which dbt imports, lifts it
    try:
        refuse_huge_values(folder, landing)
    finally:
        csv.field_size_limit(before)


def refuse_huge_values(folder: Path, landing: Path) -> None:
    seeds = folder.parent.parent
    for number, (name, cells) in enumerate(
        {
            "huge-cell": f"huge-cell,99,{'9' * 10_000_000},,,,\n",
            "huge-row": "huge-row,99" + ",9" * 100_000 + "\n",
            "long-number": f"long-number,{'9' * 100_000},,,,,\n",
            "long-id": f"{'x' * 100_000},99,a,,,,\n",
        }.items()
    ):
        append(copied(SONGJIANG, seeds, name) / "statements.csv", cells)
        assert number < 4
    header = copied(SONGJIANG, seeds, "huge-header") / "statements.csv"
    header.write_text("y" * 100_000 + "," + header.read_text(encoding="utf-8"), encoding="utf-8")
    landed = land(seeds, landing)
    assert (landed.loaded, landed.rejected) == (1, 5)
    for file, value, reason in rows(
        landing, "select source_file, value, reason from rejected_rows"
    ):
        assert len(value or "") <= 80, file
        assert len(reason) < 400, file


BAD_NAMES = [
    "x" * 81,
    "预" * 70,
    "y" * 300,
    "a/b",
    "a\\b",
    "..",
    ".hidden",
    "a.",
    " a",
    "a\u3000",
    "a\x07b",
    "a\u202eb",
    "a\u200bb",
    "a:b",
    "a?",
    "CON",
    "nul.2021",
    "index",
]
GOOD_NAMES = ["x" * 80, "预算公开 2021（部门）", "a.b_c-d", "2021%#'&"]


def test_a_disclosure_is_named_as_a_page_can_be(tmp_path: Path, landing: Path) -> None:
    for number, name in enumerate([*BAD_NAMES, *GOOD_NAMES]):
        folder = copied(SONGJIANG, tmp_path / "seeds", f"copy-{number}-")
        for file in folder.glob("*.csv"):
            text = file.read_text(encoding="utf-8")
            renamed = text.replace(f"copy-{number}-,", f"{name},", 1)
            file.write_text(renamed.replace(f"\ncopy-{number}-,", f"\n{name},"), encoding="utf-8")
    landed = land(tmp_path / "seeds", landing)
    assert (landed.loaded, landed.rejected) == (len(GOOD_NAMES), len(BAD_NAMES))
    rejects = rows(landing, "select source_file, column_name, value, reason from rejected_rows")
    assert {int(file.split("-")[1]) for file, *_ in rejects} == set(range(len(BAD_NAMES)))
    for _, column, value, reason in rejects:
        assert column == "disclosure_id"
        assert len(value) <= 80
        assert "letters, digits and hyphens" in reason


def test_a_file_with_a_nul_is_refused(folder: Path, landing: Path) -> None:
    append(folder / "statements.csv", f"{SONGJIANG},99,a\0b,,,,\n")
    assert land(folder.parent.parent, landing).rejected == 1
    ((reason,),) = rows(landing, "select reason from rejected_rows")
    assert "control character" in reason
