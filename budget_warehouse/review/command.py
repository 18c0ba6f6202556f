"""The commands `budget review` and `budget trust`, which ask in a terminal for what is missing."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from budget_warehouse.commands import look_or_exit

if TYPE_CHECKING:
    from budget_warehouse.review.findings import Finding
    from budget_warehouse.storage.warehouse import Warehouse

_VERDICTS = click.Choice(["confirmed", "unfounded"])


def _day(_: click.Context, parameter: click.Parameter, text: str) -> str:
    """Refuse what is no day."""
    try:
        return text and date.fromisoformat(text).isoformat()
    except ValueError:
        raise click.BadParameter(
            f"{text!r} is no day such as 2027-12-31", param=parameter
        ) from None


@click.command()
@click.argument("disclosure", metavar="DISCLOSURE")
@click.option("--finding", default="", help="The finding by its fingerprint, or how that begins.")
@click.option("--rule", default="", help="The finding by its rule, in place of the fingerprint.")
@click.option("--subject", default="", help="And by its subject, where the rule fails twice.")
@click.option("--verdict", type=_VERDICTS, help="Whether the page says what the rule found.")
@click.option("--reason", default="", help="What the page says, in English.")
@click.option("--reason-zh", default="", help="The same in Chinese; default: the same words.")
@click.option("--page", default="", help="Where: p.12, or lines 27 and 138.")
@click.option("--reviewer", envvar="REVIEWER", default="", help="Your name.")
@click.option("--until", metavar="DAY", default="", callback=_day, help="Its last day: 2027-12-31.")
@click.option("--whole", is_flag=True, help="Judge also what follows from the finding.")
def review(disclosure: str, finding: str, rule: str, subject: str, whole: bool, **said: str) -> int:
    """List findings without a verdict, or judge one.

    DISCLOSURE is one of the published warehouse. Without --finding or --rule its findings are
    listed that have no standing verdict; in a terminal it then asks for one. A verdict is a row of
    known_findings.csv in the reference lists of SEEDS; the next build publishes it.

    Ends with 1 where there is no such finding, or it is judged already.
    """
    if not disclosure.strip():
        raise click.UsageError("name a DISCLOSURE of the published warehouse")
    look_or_exit("review")
    from budget_warehouse.review.findings import ReviewError, findings_of
    from budget_warehouse.review.text import text
    from budget_warehouse.review.verdicts import chosen
    from budget_warehouse.storage.warehouse import Warehouse

    warehouse = Warehouse.from_environment()
    try:
        findings = findings_of(warehouse.published, disclosure)
        if not finding and not rule:
            sys.stdout.write(text(disclosure, findings))
            if not sys.stdin.isatty() or all(one.verdict for one in findings):
                return 0
            finding = _asked("Fingerprint of the finding, or nothing to end", is_required=False)
            if not finding:
                return 0
        first = chosen(findings, finding, rule, subject)
        meant = [first]
        if whole:
            meant += [
                one
                for one in findings
                if one.finding_id == first.finding_id and one != first and not one.verdict
            ]
        sys.stdout.write(_recorded(warehouse, meant, said))
    except ReviewError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _recorded(warehouse: "Warehouse", findings: "list[Finding]", said: dict[str, str]) -> str:
    """Write a verdict on findings, and return the sentence that says so."""
    from budget_warehouse.review.verdicts import LIST, Verdict, record
    from budget_warehouse.settings import Settings

    missing = [name for name in ("verdict", "reason", "page", "reviewer") if not said[name]]
    if missing and not sys.stdin.isatty():
        raise click.UsageError(f"say also {', '.join(f'--{name}' for name in missing)}")
    verdict = said["verdict"] or click.prompt("Verdict", type=_VERDICTS)
    reason = said["reason"] or _asked("Reason, in English")
    reason_zh = said["reason_zh"]
    if not reason_zh and missing:
        reason_zh = _asked("The same in Chinese, or nothing for the same words", is_required=False)
    given = Verdict(
        verdict=verdict,
        reason=reason,
        reason_zh=reason_zh or reason,
        source_ref=said["page"] or _asked("Page or line"),
        reviewer=said["reviewer"] or _asked("Your name"),
        reviewed_on=Settings.from_environment().judging_day,
        until=date.fromisoformat(said["until"]) if said["until"] else None,
    )
    record(warehouse.reference, findings, given)
    lines = [f"{one.fingerprint} {one.rule_code} {one.subject}: {verdict}" for one in findings]
    lines.append(f"Written to {warehouse.reference / LIST}.csv; the next build publishes it.")
    return "".join(f"{line}\n" for line in lines)


def _asked(question: str, is_required: bool = True) -> str:
    answer: str = click.prompt(
        question, default=None if is_required else "", show_default=False, type=str
    )
    return answer.strip()


@click.command()
@click.argument("errors", metavar="LIST", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--into",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the two CSVs go; default: beside LIST.",
)
def trust(errors: Path, into: Path | None) -> int:
    """Measure the rules by errors that people verified.

    LIST is a CSV of errors and of clean facts of published documents: disclosure_id or document,
    page, kind (defect, clean, rounding, undecidable), stated, computed, and where they are known
    rule_code, found_by (reading, finding) and note.

    Printed are the recall by rule and kind, the precision by rule with the reviewed findings, each
    with its 95 % interval, and the share that was not judged. Beside LIST stand the measures as
    NAME.trust.csv, and the result of each row as NAME.results.csv.
    """
    look_or_exit("trust")
    from budget_warehouse.review.measures import measured, write_measures, write_results
    from budget_warehouse.review.trust_text import text
    from budget_warehouse.review.verified_errors import UnreadableErrorsError, read_errors
    from budget_warehouse.storage.warehouse import Warehouse

    warehouse = Warehouse.from_environment()
    try:
        trusted = measured(warehouse.published, read_errors(errors))
    except UnreadableErrorsError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    folder = into or errors.parent
    folder.mkdir(parents=True, exist_ok=True)
    files = (folder / f"{errors.stem}.trust.csv", folder / f"{errors.stem}.results.csv")
    write_measures(trusted, files[0])
    write_results(trusted, files[1])
    sys.stdout.write(text(trusted, files))
    return 0
