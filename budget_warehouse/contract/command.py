"""The commands `budget rule-pages` and `budget check-lists`, over the reference lists."""

import sys
from pathlib import Path

import click


@click.command("rule-pages")
@click.option(
    "--into",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    help="Where the pages go; default: docs/rules of the repository.",
)
def rule_pages(into: Path | None) -> int:
    """Write a page for each family of rules, with a section for each rule.

    They are those of the reference lists of SEEDS, or else those of the repository.
    """
    from budget_warehouse.contract.rule_pages import write_rule_pages
    from budget_warehouse.settings import ROOT
    from budget_warehouse.storage.warehouse import Warehouse

    folder = into or ROOT / "docs" / "rules"
    write_rule_pages(Warehouse.from_environment().reference, folder)
    sys.stdout.write(f"Rules: {folder}\n")
    return 0


@click.command("check-lists")
def check_lists() -> int:
    """Check the reference lists before a build.

    They are those of SEEDS, or else those of the repository.
    """
    from budget_warehouse.contract.reference_lists.check import (
        UnsoundListsError,
        require_sound_lists,
    )
    from budget_warehouse.storage.warehouse import Warehouse

    folder = Warehouse.from_environment().reference
    try:
        require_sound_lists(folder)
    except UnsoundListsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"The reference lists in {folder} are sound.\n")
    return 0
