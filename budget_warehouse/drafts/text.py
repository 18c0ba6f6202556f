"""The account of a draft on the screen: how much of it was checked, and its findings."""

from collections import Counter
from collections.abc import Iterator

from budget_warehouse.drafts.check import Check, Finding

_SEVERITIES = ("error", "warning", "info")


def text(check: Check) -> str:
    """Return the account of a check, the gravest findings first."""
    return "".join(f"{line}\n" for line in _lines(check))


def _lines(check: Check) -> Iterator[str]:
    score = check.placement.score
    yield f"Checked       {check.title}"
    yield (
        f"Read          {score.tables_whole} of {score.tables_printed} tables whole,"
        f" {score.numbers_placed:,} of {score.numbers_printed:,} numbers placed,"
        f" {score.doubts} {'doubt' if score.doubts == 1 else 'doubts'}"
    )
    yield f"Beside        {', '.join(check.beside) or 'nothing: no other is loaded of it'}"
    left = check.rule_count - check.executed_count
    yield (
        f"Rules         {check.executed_count} of {check.rule_count} executed,"
        f" {check.checked_count:,} comparisons; the report says why {left} were not"
    )
    counts = Counter(finding.severity for finding in check.findings)
    yield "Findings      " + (
        ", ".join(f"{counts[one]} {one}" for one in _SEVERITIES if counts[one]) or "none"
    )
    for number, finding in enumerate(check.findings, 1):
        yield ""
        yield from _finding(number, finding)
    yield ""
    yield f"Report        {check.report}"
    yield f"Reading       {check.reading_report}"


def _finding(number: int, finding: Finding) -> Iterator[str]:
    yield f"{number:>3} {finding.severity}  {finding.rule_code}  {finding.statement}"
    if finding.lowered_because:
        yield "    hint      people found this rule wrong elsewhere: look at the page first"
    if finding.subject:
        yield f"    of        {finding.subject}"
    for head, place, figure in (
        ("printed", finding.stated_place, finding.stated),
        ("computed", finding.computed_place, finding.computed),
    ):
        if place or figure:
            yield f"    {head:<9} {figure}{'  ' if figure and place else ''}{place}"
    if finding.remedy:
        yield f"    to do     {finding.remedy}"
