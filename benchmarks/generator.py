"""Writes made-up disclosures as raw CSVs, and a manifest of the errors planted in them."""

import argparse
import random
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from benchmarks.accounts import read_accounts
from benchmarks.budgets import FIRST_FISCAL_YEAR, below, published_budgets
from benchmarks.columns import COLUMNS
from benchmarks.disclosures import Disclosure, disclosure
from benchmarks.planted_errors import PLANTED_ERRORS

LAYOUTS = ("folders", "batches")
DISCLOSURES_OF_BATCH = 1_000
MANIFEST = "planted_errors.csv"

Manifest = list[tuple[str, str, str, str]]


def disclosures(
    organizations: int, years: int, seed: int, error_share: int = 0
) -> Iterator[tuple[Disclosure, Manifest]]:
    """Yield each disclosure with its lines of the manifest, one at a time.

    `error_share` of 1,000 disclosures carry one planted error each, of the rules in turn.
    """
    accounts = read_accounts()
    chance = random.Random(f"{seed} errors")
    waiting = list(PLANTED_ERRORS)
    for organization, form, year, budget, before in published_budgets(
        organizations, years, seed, accounts
    ):
        document = disclosure(
            organization, form, year, budget, before, year > FIRST_FISCAL_YEAR, accounts
        )
        manifest: Manifest = []
        is_chosen = below(chance, 1_000) < error_share
        for error in waiting if is_chosen else ():
            subject = error.plant(document)
            if subject is not None:
                manifest = [(document.disclosure_id, error.rule_code, subject, "planted")]
                manifest += [
                    (document.disclosure_id, rule_code, "", "consequence")
                    for rule_code in error.consequences
                ]
                waiting.remove(error)
                waiting.append(error)
                break
        yield document, manifest


def raw_text(document: Disclosure) -> Iterator[tuple[str, str]]:
    """Yield the lines of each raw CSV, by table."""
    disclosure_id = document.disclosure_id
    organization = document.organization
    yield (
        "disclosure",
        f"{disclosure_id},{organization.name},{organization.kind},{organization.department},"
        f"{document.form.region_code},{document.fiscal_year},initial_budget,{organization.scope},"
        f"1,{document.published_on},synthetic,,\n",
    )
    yield (
        "tables",
        "".join(
            f"{disclosure_id},{table},{title},{document.compiling_entities[table]},"
            f"{document.remarks.get(table, '')},{document.units[table]},,synthetic {table}\n"
            for table, title in document.titles.items()
        ),
    )
    units = dict.fromkeys(document.tables, document.form.unit) | {
        "three_public_expenses": "万元",
        "narrative_claims": "万元",
        "performance_targets": "",
        "statements": "",
    }
    for table, rows in document.tables.items():
        unit = units[table]
        if not any(noted == table for noted, _ in document.notes):
            yield (
                table,
                "".join(
                    f"{disclosure_id},{number},{','.join(row)},{unit},,synthetic r.{number}\n"
                    for number, row in enumerate(rows, start=1)
                ),
            )
        else:
            yield (
                table,
                "".join(
                    f"{disclosure_id},{number},{','.join(row)},{unit},"
                    f"{document.notes.get((table, number), '')},synthetic r.{number}\n"
                    for number, row in enumerate(rows, start=1)
                ),
            )


def write(
    into: Path, organizations: int, years: int, seed: int, layout: str, error_share: int = 0
) -> int:
    """Write `into`/disclosures and the manifest; how many disclosures there are.

    Raises:
        FileExistsError: `into` already holds disclosures.
    """
    folders = into / "disclosures"
    folders.mkdir(parents=True)
    headers = {table: ",".join(columns) + "\n" for table, columns in COLUMNS.items()}
    count = 0
    with (into / MANIFEST).open("w", encoding="utf-8") as manifest, ExitStack() as batch:
        manifest.write("disclosure_id,rule_code,subject,kind\n")
        files: dict[str, TextIO] = {}
        for document, lines in disclosures(organizations, years, seed, error_share):
            if layout == "folders":
                folder = folders / document.disclosure_id
                folder.mkdir()
                for table, text in raw_text(document):
                    (folder / f"{table}.csv").write_text(headers[table] + text, encoding="utf-8")
            else:
                if count % DISCLOSURES_OF_BATCH == 0:
                    batch.close()
                    folder = folders / f"synthetic-batch-{count // DISCLOSURES_OF_BATCH:05d}"
                    folder.mkdir()
                    for table, header in headers.items():
                        file = (folder / f"{table}.csv").open("w", encoding="utf-8")
                        files[table] = batch.enter_context(file)
                        file.write(header)
                for table, text in raw_text(document):
                    files[table].write(text)
            manifest.writelines(",".join(line) + "\n" for line in lines)
            count += 1
    return count


def main() -> None:
    """Parse the command line and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generator", description=__doc__)
    parser.add_argument("--organizations", type=int, required=True)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--layout", choices=LAYOUTS, default="folders")
    parser.add_argument("--errors", type=int, default=0, help="disclosures in 1,000 with an error")
    parser.add_argument("--into", type=Path, required=True, help="a folder without disclosures/")
    given = parser.parse_args()
    try:
        count = write(
            given.into, given.organizations, given.years, given.seed, given.layout, given.errors
        )
    except FileExistsError:
        parser.error(f"{given.into} already holds disclosures/: name another folder")
    print(f"{count:,} made-up disclosures in {given.into / 'disclosures'}")


if __name__ == "__main__":
    main()
