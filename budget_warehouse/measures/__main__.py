"""The measures of the rules on the command line, for those who change rules or review them.

`python -m budget_warehouse.measures`, which the Makefile calls; it ends with 0, or with 1 where
nothing could be measured.
"""

import sys
from pathlib import Path

import click

from budget_warehouse.build.dbt import DbtFailedError
from budget_warehouse.commands import look_or_exit
from budget_warehouse.measures import difference_text, judging_again, score_text
from budget_warehouse.measures.difference import difference as difference_of
from budget_warehouse.measures.mutation_score import UnmeasuredError, scores
from budget_warehouse.measures.readings import SideFailedError
from budget_warehouse.measures.sides import UnknownCommitError
from budget_warehouse.reader.command import documents_in
from budget_warehouse.storage import terminal
from budget_warehouse.storage.progress import show
from budget_warehouse.storage.warehouse import Warehouse


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def measures() -> None:
    """Measure the rules."""


@measures.result_callback()
def _end(status: int) -> None:
    sys.exit(status)


@measures.command("mutation-score")
@click.argument("documents", metavar="[DOCUMENT]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--disclosures", default="", help="Names of the seeds, with commas between.")
def mutation_score(documents: tuple[Path, ...], disclosures: str) -> int:
    """Measure which wrong figures the rules notice.

    Every printed figure is changed by one digit, in one copy each; a copy is noticed where a rule
    of severity error fails that the document itself does not break. Nothing of it stays but a CSV.

    DOCUMENT is a document to read first, or a folder of some.
    """
    names = [name.strip() for name in disclosures.replace(",", " ").split()]
    given = {"DISCLOSURE": " ".join(names), "DOCUMENT": str(documents[0]) if documents else ""}
    look_or_exit("mutation-score", given)
    show(sys.stderr)

    warehouse = Warehouse.from_environment()
    try:
        measured = list(scores(names, documents_in(documents)[0], warehouse))
    except (UnmeasuredError, DbtFailedError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    warehouse.measures.mkdir(parents=True, exist_ok=True)
    file = warehouse.measures / "mutation-score.csv"
    score_text.write_csv(measured, file)
    sys.stdout.write(f"{score_text.text(measured)}Every figure, in {file}\n")
    return 0


@measures.command("judge-again")
@click.argument("rules", metavar="RULE...", nargs=-1, required=True)
def judge_again(rules: tuple[str, ...]) -> int:
    """Judge all published disclosures again by rules as they stand now.

    Read the published facts; land, build and publish nothing. Tell the outcomes of each rule beside
    the published ones. The next build publishes them.

    RULE is the code of a rule, such as NT-16.
    """
    codes = " ".join(rules).split()
    look_or_exit("judge-again", {"RULE": " ".join(codes)})
    show(sys.stderr)
    try:
        for rule_code in codes:
            judged = judging_again.judge_again(rule_code.upper(), Warehouse.from_environment())
            sys.stdout.write(judging_again.text(judged))
    except (judging_again.NotJudgedError, DbtFailedError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


@measures.command()
@click.argument("documents", metavar="DOCUMENT...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--against", default="", help="A commit; default: where this work left main.")
def difference(documents: tuple[Path, ...], against: str) -> int:
    """Tell what a change of code or lists does to figures and findings.

    Every document is read and judged with the code of another commit and with the code as it
    stands. DOCUMENT is a document or a folder of some.
    """
    look_or_exit("difference", {"DOCUMENTS": str(documents[0]) if documents else ""})
    show(sys.stderr)

    folder = Warehouse.from_environment().measures
    named = [document.absolute() for document in documents_in(documents)[0]]
    try:
        compared = difference_of(named, against, folder)
    except (UnknownCommitError, SideFailedError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    file = folder / "difference.csv"
    difference_text.write_csv(compared, file)
    sys.stdout.write(difference_text.text(compared, file))
    return 0


if __name__ == "__main__":
    terminal.prepare()
    measures(prog_name="python -m budget_warehouse.measures")
