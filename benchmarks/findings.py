"""The planted errors against what the published file reports."""

import csv
from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.generator import MANIFEST


@dataclass(frozen=True)
class Findings:
    """The numbers of planted errors, of those found, and of what else was reported.

    A consequence is a rule that a planted error cannot help breaking as well.
    """

    planted: int
    found: int
    consequences: int
    consequences_found: int
    unexplained: int


def findings(seeds: Path, published: Path) -> Findings:
    """Compare by disclosure and rule, and by subject where the manifest names one."""
    with (seeds / MANIFEST).open(encoding="utf-8", newline="") as file:
        manifest = list(csv.DictReader(file))
    with duckdb.connect(str(published), read_only=True) as connection:
        failed = connection.execute(
            "select disclosure_id, rule_code, subject from marts.fct_reconciliations"
            " where outcome = 'fail'"
        ).fetchall()
    reported = {(disclosure_id, rule) for disclosure_id, rule, _ in failed} | set(failed)
    lines: dict[str, list[tuple[str, ...]]] = {"planted": [], "consequence": []}
    for row in manifest:
        subject = (row["subject"],) if row["subject"] else ()
        lines[row["kind"]].append((row["disclosure_id"], row["rule_code"], *subject))
    explained = {line[:2] for kind in lines.values() for line in kind}
    return Findings(
        planted=len(lines["planted"]),
        found=sum(line in reported for line in lines["planted"]),
        consequences=len(lines["consequence"]),
        consequences_found=sum(line in reported for line in lines["consequence"]),
        unexplained=sum(row[:2] not in explained for row in failed),
    )
