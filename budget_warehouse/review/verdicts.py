"""A verdict on a finding: who says what of it and why, written as a row of `known_findings.csv`."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from budget_warehouse.contract.reference_lists.contract import reference_lists
from budget_warehouse.contract.reference_lists.known_findings import (
    KEY,
    known_findings,
    rule_versions,
    write_verdicts,
)
from budget_warehouse.contract.reference_lists.values import faults_of_values
from budget_warehouse.review.findings import Finding, ReviewError

VERDICTS = ("confirmed", "unfounded")
LIST = "known_findings"


@dataclass(frozen=True)
class Verdict:
    """The decision of a person who looked a finding up in the document."""

    verdict: str
    reason: str
    reason_zh: str
    source_ref: str
    reviewer: str
    reviewed_on: date
    until: date | None = None


def chosen(
    findings: Iterable[Finding], fingerprint: str = "", rule_code: str = "", subject: str = ""
) -> Finding:
    """Return the one finding that a fingerprint names, or a rule and a subject.

    The beginning of a fingerprint will do; so will a rule that fails once.

    Raises:
        ReviewError: there is none such, or several.
    """
    asked = f"fingerprint {fingerprint}" if fingerprint else " ".join((rule_code, subject)).strip()
    matching = [
        one
        for one in findings
        if (
            one.fingerprint.startswith(fingerprint.lower())
            if fingerprint
            else one.rule_code == rule_code.upper() and subject in ("", one.subject)
        )
    ]
    if not matching:
        raise ReviewError(f"The disclosure has no finding {asked}; budget review lists them.")
    if len(matching) > 1:
        names = "; ".join(f"{one.fingerprint} {one.rule_code} {one.subject}" for one in matching)
        raise ReviewError(f"{len(matching)} findings are meant by {asked}: {names}. Name one.")
    return matching[0]


def record(reference: Path, findings: Iterable[Finding], verdict: Verdict) -> None:
    """Write a verdict on findings into the list in a folder of reference lists, in one step.

    Raises:
        ReviewError: a value cannot stand in the list, a verdict stands already, or a rule has
            another version by now; then nothing is written.
    """
    versions = rule_versions(reference)
    rows = [_row(finding, verdict, versions.get(finding.rule_code)) for finding in findings]
    for row in rows:
        _require_sound(row)
        for standing in _standing(reference, row, verdict.reviewed_on):
            raise ReviewError(
                f"{row['rule_code']} {row['subject']} is judged already: {standing['verdict']} by"
                f" {standing['reviewer']} on {standing['reviewed_on']}; change the row of"
                f" {LIST}.csv by hand."
            )
    write_verdicts(reference, rows)


def _row(finding: Finding, verdict: Verdict, version: str | None) -> dict[str, str]:
    if version != str(finding.rule_version):
        raise ReviewError(
            f"{finding.rule_code} has version {version} by now, and the finding is one of version"
            f" {finding.rule_version}; run make build and review again."
        )
    return {
        "rule_code": finding.rule_code,
        "disclosure_id": finding.disclosure_id,
        "subject": finding.subject,
        "reason": verdict.reason,
        "reason_zh": verdict.reason_zh,
        "source_ref": verdict.source_ref,
        "verdict": verdict.verdict,
        "reviewer": verdict.reviewer,
        "reviewed_on": verdict.reviewed_on.isoformat(),
        "until": verdict.until.isoformat() if verdict.until else "",
        "rule_version": version,
        "document_hash": finding.document_hash,
    }


def _standing(reference: Path, row: dict[str, str], day: date) -> Iterator[dict[str, str]]:
    """Yield the row of the list whose verdict on the same finding stands on a day."""
    for one in known_findings(reference):
        is_of_it = all(one.get(column) == row[column] for column in KEY)
        is_of_document = one["document_hash"] in ("", row["document_hash"])
        is_current = one["rule_version"] == row["rule_version"] and is_of_document
        if is_of_it and is_current and (not one["until"] or one["until"] >= day.isoformat()):
            yield one


def _require_sound(row: dict[str, str]) -> None:
    """Refuse a value that the check of the reference lists would refuse."""
    for column, value in row.items():
        if any(unicodedata.category(sign) in ("Cc", "Cf", "Zl", "Zp") for sign in value):
            raise ReviewError(f"The {column} has a line break or another sign that nobody sees.")
    for fault in faults_of_values(f"{LIST}.csv", [(0, row)], reference_lists()[LIST], {}):
        raise ReviewError(f"The {fault.column} {fault.reason}.")
    if row["until"] and row["until"] < row["reviewed_on"]:
        raise ReviewError(f"until {row['until']} is before {row['reviewed_on']}, today.")
