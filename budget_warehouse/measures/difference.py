"""The corpus difference: what a change of code or lists does to figures and findings."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from budget_warehouse.measures.readings import Readings
from budget_warehouse.measures.sides import Side, named_commit, side_of
from budget_warehouse.reader.differences import TableDifference, numbers_placed, table_differences
from budget_warehouse.settings import ROOT

_GONE, _NEW, _CHANGED = "gone", "new", "changed"

_Row = dict[str, str]


@dataclass(frozen=True)
class FindingChange:
    """One failure of a rule that is gone, new, or says other figures than before."""

    change: str
    disclosure_id: str
    rule_code: str
    severity: str
    subject: str
    before: str
    after: str


@dataclass(frozen=True)
class DocumentChange:
    """One document: what is read otherwise, and what rules did not say of it before."""

    disclosure_id: str
    placed: tuple[int | None, int | None]
    tables_whole: tuple[int, int]
    tables: Sequence[TableDifference]
    findings: Sequence[FindingChange]

    @property
    def is_empty(self) -> bool:
        """True where nothing differs."""
        return not self.tables and not self.findings


@dataclass(frozen=True)
class RuleChange:
    """The comparisons and failures of a rule, before and after."""

    rule_code: str
    compared: tuple[int, int]
    failed: tuple[int, int]


@dataclass(frozen=True)
class Difference:
    """The two sides of a difference, and what differs between them."""

    before: str
    after: str
    document_count: int
    documents: Sequence[DocumentChange]
    rules: Sequence[RuleChange]


def difference(documents: Sequence[Path], against: str, folder: Path) -> Difference:
    """Read and judge documents with the code of a commit and as it stands, and compare.

    Args:
        documents: the documents.
        against: a commit; empty for the one at which this work left `main`.
        folder: where readings and judgements are kept for the next time.

    Raises:
        UnknownCommitError: there is no such commit.
        SideFailedError: one side could not read or judge.
    """
    readings = Readings(folder)
    commit = named_commit(against)
    with side_of(commit) as side:
        before = readings.seeds(side, documents)
        judged_before = readings.judged(side, before)
    working_tree = Side("working tree", ROOT)
    after = readings.seeds(working_tree, documents)
    judged_after = readings.judged(working_tree, after)
    return compare(commit, before, judged_before, after, judged_after)


def compare(
    commit: str, before: Path, judged_before: Path, after: Path, judged_after: Path
) -> Difference:
    """Compare two readings of the same documents, and what was judged of each.

    Args:
        commit: the name of the earlier side.
        before: the seeds that it read.
        judged_before: the folder with its findings.
        after: the seeds that the working tree read.
        judged_after: the folder with its findings.
    """
    names = sorted({*_names(before), *_names(after)})
    findings: dict[str, list[FindingChange]] = {name: [] for name in names}
    for change in _finding_changes(
        _rows(judged_before / "findings.csv"), _rows(judged_after / "findings.csv")
    ):
        findings.setdefault(change.disclosure_id, []).append(change)
    changes = []
    for name in names:
        former, following = (seeds / "disclosures" / name for seeds in (before, after))
        changes.append(
            DocumentChange(
                name,
                (numbers_placed(former), numbers_placed(following)),
                (_tables_whole(former), _tables_whole(following)),
                [] if before == after else table_differences(former, following),
                findings[name],
            )
        )
    return Difference(
        commit,
        "working tree",
        len(names),
        [one for one in changes if not one.is_empty],
        list(_rule_changes(judged_before / "rules.csv", judged_after / "rules.csv")),
    )


def _finding_changes(before: Sequence[_Row], after: Sequence[_Row]) -> Iterator[FindingChange]:
    former, following = ({_key(row): row for row in rows} for rows in (before, after))
    for key in sorted(former.keys() | following.keys()):
        one, other = former.get(key), following.get(key)
        if one == other:
            continue
        change = _NEW if one is None else _GONE if other is None else _CHANGED
        row = other or one or {}
        yield FindingChange(
            change,
            row["disclosure_id"],
            row["rule_code"],
            row["severity"],
            row["subject"],
            _figures(one),
            _figures(other),
        )


def _rule_changes(before: Path, after: Path) -> Iterator[RuleChange]:
    former, following = ({row["rule_code"]: row for row in _rows(file)} for file in (before, after))
    for rule_code in sorted(former.keys() | following.keys()):
        rows = [one.get(rule_code, {}) for one in (former, following)]
        compared, failed = (
            tuple(int(row.get(column, "0")) for row in rows) for column in ("compared", "failed")
        )
        yield RuleChange(rule_code, (compared[0], compared[1]), (failed[0], failed[1]))


def _key(row: Mapping[str, str]) -> tuple[str, ...]:
    return (row["disclosure_id"], row["rule_code"], row["subject"])


def _figures(row: Mapping[str, str] | None) -> str:
    """Return what a failure says of both sides, each with its place."""
    if row is None:
        return ""
    sides = (
        " ".join(
            part
            for part in (row[f"{side}_yuan"], row[f"{side}_text"], f"({row[f'{side}_source']})")
            if part.strip("()")
        )
        for side in ("stated", "computed")
    )
    return " against ".join(side for side in sides if side)


def _tables_whole(folder: Path) -> int:
    """Return how many tables of a disclosure were read without a number left over."""
    return sum(
        row.get("numbers_printed", "").isdecimal()
        and row.get("numbers_printed") == row.get("numbers_placed")
        for row in _rows(folder / "tables.csv")
    )


def _names(seeds: Path) -> list[str]:
    return [folder.name for folder in (seeds / "disclosures").iterdir() if folder.is_dir()]


def _rows(file: Path) -> list[_Row]:
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as content:
        return list(csv.DictReader(content))
