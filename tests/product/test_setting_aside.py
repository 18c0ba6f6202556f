"""A disclosure that breaks a stage of the build is set aside; the others are published."""

import shutil
from dataclasses import dataclass

import pytest
from broken_stages import FAULTS, UNNAMED_TEST, cloned, inject
from warehouses import SONGJIANG, Built, build, copied, edit

T9 = "three_public_expenses.csv"
STANDING = {"cast", "guard", "explorer"}  # published before their stage breaks
PUBLISHED = {SONGJIANG, "explorer", "files"}  # what goes with the warehouse unpublishes nothing
SET_ASIDE = {UNNAMED_TEST, *FAULTS} - PUBLISHED


@dataclass(frozen=True)
class Nights:
    """A night of sound code, and the next one, of broken code."""

    before: Built
    after: Built


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    """Four disclosures published; then the code breaks over three of them and over new ones."""
    folder = tmp_path_factory.mktemp("setting-aside")
    seeds, warehouse = folder / "seeds", folder / "warehouse"
    clone = cloned(folder / "clone")
    copied(SONGJIANG, seeds)
    for name in STANDING:
        copied(SONGJIANG, seeds, name)
    first = build(seeds, warehouse, clone)
    assert first.status == 0, first.output
    shutil.copytree(warehouse, folder / "before")
    inject(clone)
    for name in (SET_ASIDE | PUBLISHED) - {SONGJIANG, *STANDING}:
        copied(SONGJIANG, seeds, name)
    edit(seeds / "disclosures" / "guard" / T9, lambda row: row.update(note="changed"))
    return Nights(
        Built(first.status, first.output, folder / "before"),
        build(seeds, warehouse, clone),
    )


def test_the_others_are_published_in_the_same_run(nights: Nights) -> None:
    assert nights.after.status == 3, nights.after.output
    published = nights.after.rows("select disclosure_id, is_stale from marts.dim_disclosures")
    assert dict(published) == dict.fromkeys(PUBLISHED, False) | dict.fromkeys(
        STANDING & SET_ASIDE, True
    )
    assert nights.after.value("select count(*) from marts.publications") == 2


@pytest.mark.parametrize("table", ["fct_expenditures", "fct_reconciliations", "fct_projects"])
def test_what_was_published_stays_as_it_was(nights: Nights, table: str) -> None:
    """Of the sound one, computed by the new code, and of the stale ones: held, or computed."""
    query = f"select * from marts.{table} where disclosure_id in (?, 'cast', 'guard') order by all"
    before = nights.before.rows(query, SONGJIANG)
    assert len(before) > 10
    assert nights.after.rows(query, SONGJIANG) == before


def test_whoever_is_set_aside_is_named_with_what_broke(nights: Nights) -> None:
    rejected = nights.after.rows("select disclosure_id, reason from marts.fct_rejected_rows")
    reasons = dict(rejected)
    assert len(rejected) == len(reasons)
    assert reasons.keys() == SET_ASIDE
    for name, words in {
        "cast": "the model stg_statements",
        "contract": "the model fct_published_tables cannot be computed with it (Constraint Error",
        "grain-test": "unique_by_stg_performance_targets",
        "guard": "leaf sums are the same from staging to mart",
        "judge": "the report cannot be written with it (ValueError: judge)",
        "report-page": "the report cannot be written with it (KeyError: 'page')",
        UNNAMED_TEST: "the test no_such_name",
    }.items():
        assert words in reasons[name]
        assert f"{name}/" in nights.after.output
    assert "\x1b" not in nights.after.output


def test_explorer_and_files_are_written_without_what_breaks_them(nights: Nights) -> None:
    lines = [line for line in nights.after.output.splitlines() if line.startswith("Failed")]
    assert len(lines) == 2
    for name, place in (("explorer", "site/data/disclosures"), ("files", "exports/csv")):
        assert any(f"{name}: the" in line for line in lines)
        assert any((nights.after.warehouse / place).iterdir())
    pages = {page.stem for page in (nights.after.warehouse / "site/data/disclosures").iterdir()}
    assert pages == {SONGJIANG, "files", *STANDING} - {"explorer"}
    exported = (nights.after.warehouse / "exports/csv/dim_disclosures.csv").read_text("utf-8-sig")
    assert "explorer" in exported
    assert "files" not in exported
