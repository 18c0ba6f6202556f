"""Made-up disclosures: the same from the same seed, with exactly the errors planted in them."""

import csv
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path

import pytest
from synthetic import write_synthetic

from benchmarks.forms import COLUMNS_OF_FORMS, SHARES, TITLES_OF_FORMS
from benchmarks.generator import (
    MANIFEST,
    columns_of_batches,
    disclosures,
    raw_files,
    raw_text,
    write,
)
from budget_warehouse.contract.printed_tables import KEYS, printed_tables
from budget_warehouse.contract.raw_csv import raw_tables, required_columns


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
    """The rows of each raw CSV, of all folders together and in one order, without blank cells."""
    entries: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for file in sorted(folder.glob("disclosures/*/*.csv")):
        with file.open(encoding="utf-8", newline="") as source:
            entries[file.stem] += (
                {column: value for column, value in row.items() if value}
                for row in csv.DictReader(source)
            )
    for table in entries.values():
        table.sort(key=lambda row: (row["disclosure_id"], int(row.get("row_number") or 0)))
    return entries


@pytest.mark.parametrize("form", COLUMNS_OF_FORMS)
def test_forms_have_only_columns_of_the_lists(form: str) -> None:
    lists = printed_tables()
    assert COLUMNS_OF_FORMS[form].keys() == TITLES_OF_FORMS[form].keys()
    for table, columns in COLUMNS_OF_FORMS[form].items():
        assert table in lists.names
        assert {*columns} <= {*KEYS, *lists.measures(table)}, table
        assert len({*columns}) == len(columns), table


def test_files_have_the_columns_of_the_contract_in_its_order() -> None:
    contract = raw_tables()
    printed = [
        (file.table, file.columns)
        for document, _ in disclosures(80, 2, seed=7)
        for file in raw_files(document)
    ]
    assert {table for table, _ in printed} == columns_of_batches().keys()
    for table, columns in [*printed, *columns_of_batches().items()]:
        assert {*columns} <= contract[table].keys(), table
        assert required_columns(table) <= {*columns}, table


def test_forms_have_about_their_shares() -> None:
    """Of 100 departments, each with three units."""
    forms = Counter(document.form.name for document, _ in disclosures(1_600, 1, seed=7))
    assert sum(SHARES.values()) == 100
    for form, share in SHARES.items():
        assert abs(forms[form] / 16 - share) < 8, form


def test_final_accounts_follow_a_budget_of_their_organization() -> None:
    documents = [document for document, _ in disclosures(200, 4, seed=7)]
    budgets = {
        (one.organization, one.fiscal_year) for one in documents if one.stage == "initial_budget"
    }
    final = [one for one in documents if one.stage == "final_accounts"]
    assert 0 < len(final) < len(documents) / 4
    assert all((one.organization, one.fiscal_year) in budgets for one in final)


def test_a_half_read_table_prints_more_numbers_than_were_placed() -> None:
    lost = [
        (row[columns["numbers_printed"]], row[columns["numbers_placed"]])
        for document, _ in disclosures(200, 4, seed=7)
        for file in raw_files(document)
        if file.table == "tables"
        for columns in [{column: place for place, column in enumerate(file.columns)}]
        for row in file.rows
        if row[columns["numbers_printed"]] != row[columns["numbers_placed"]]
    ]
    assert 4 <= len(lost) <= 40
    assert all(int(printed) == int(placed) + 1 for printed, placed in lost)


def test_the_same_seed_writes_the_same_bytes(synthetic: Path, tmp_path: Path) -> None:
    write_synthetic(tmp_path / "again")
    assert texts(tmp_path / "again") == texts(synthetic)
    write_synthetic(tmp_path / "other", seed=8)
    assert texts(tmp_path / "other") != texts(synthetic)


def test_both_layouts_hold_the_same_rows(synthetic: Path, tmp_path: Path) -> None:
    write_synthetic(tmp_path, layout="folders")
    assert len(list((tmp_path / "disclosures").iterdir())) == 48
    assert len(list((synthetic / "disclosures").iterdir())) == 1
    printed = {table: of_table for table, of_table in rows(synthetic).items() if of_table}
    assert rows(tmp_path) == printed
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
    clean = disclosures(16, 3, seed=28)
    planted = disclosures(16, 3, seed=28, error_share=800)
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
