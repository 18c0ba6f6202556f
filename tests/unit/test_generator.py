"""Made-up disclosures: the same from the same seed, with exactly the errors planted in them."""

import csv
from collections import defaultdict
from itertools import islice
from pathlib import Path

import pytest
from synthetic import write_synthetic

from benchmarks.generator import MANIFEST, disclosures, raw_text, write


def texts(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    entries = {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }
    assert len(entries) > 10
    return entries


def rows(folder: Path) -> dict[str, list[dict[str, str]]]:
    """The rows of each raw CSV, of all folders together and in one order."""
    entries: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for file in sorted(folder.glob("disclosures/*/*.csv")):
        with file.open(encoding="utf-8", newline="") as source:
            entries[file.stem] += csv.DictReader(source)
    for table in entries.values():
        table.sort(key=lambda row: (row["disclosure_id"], int(row.get("row_number") or 0)))
    return entries


def test_the_same_seed_writes_the_same_bytes(synthetic: Path, tmp_path: Path) -> None:
    write_synthetic(tmp_path / "again")
    assert texts(tmp_path / "again") == texts(synthetic)
    write_synthetic(tmp_path / "other", seed=8)
    assert texts(tmp_path / "other") != texts(synthetic)


def test_both_layouts_hold_the_same_rows(synthetic: Path, tmp_path: Path) -> None:
    write_synthetic(tmp_path, layout="folders")
    assert len(list((tmp_path / "disclosures").iterdir())) == 48
    assert len(list((synthetic / "disclosures").iterdir())) == 1
    assert rows(tmp_path) == rows(synthetic)
    assert (tmp_path / MANIFEST).read_bytes() == (synthetic / MANIFEST).read_bytes()


def test_a_batch_holds_a_thousand_disclosures(tmp_path: Path) -> None:
    write(tmp_path, 1004, 1, seed=7, layout="batches")
    sizes = [
        len((batch / "disclosure.csv").read_text(encoding="utf-8").splitlines()) - 1
        for batch in sorted((tmp_path / "disclosures").iterdir())
    ]
    assert sizes == [1000, 4]


def test_what_comes_first_does_not_wait_for_the_rest() -> None:
    """The first of a number that no memory could hold are those of a small one."""
    small = [dict(raw_text(document)) for document, _ in disclosures(8, 2, seed=7)]
    endless = disclosures(10**15, 2, seed=7)
    assert [dict(raw_text(document)) for document, _ in islice(endless, 16)] == small


def test_an_error_changes_no_disclosure_but_its_own(manifest: list[dict[str, str]]) -> None:
    faulty = {row["disclosure_id"] for row in manifest}
    clean = disclosures(16, 3, seed=7)
    planted = disclosures(16, 3, seed=7, error_share=800)
    changed = {
        one.disclosure_id
        for (one, _), (other, _) in zip(clean, planted, strict=True)
        if dict(raw_text(one)) != dict(raw_text(other))
    }
    assert changed == faulty
    assert 0 < len(faulty) < 48


def test_everything_says_that_it_is_made_up(synthetic: Path) -> None:
    raw = rows(synthetic)
    assert len(raw["disclosure"]) == 48
    for row in raw["disclosure"]:
        assert row["disclosure_id"].startswith("synthetic-")
        assert row["organization_name"].startswith("合成第")
        assert row["source_document"] == "synthetic"


def test_written_once_only(synthetic: Path) -> None:
    with pytest.raises(FileExistsError):
        write(synthetic, 4, 1, seed=7, layout="folders")
