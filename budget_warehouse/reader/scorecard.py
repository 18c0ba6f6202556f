"""The scorecard of a reading: how whole each document was read, for whoever decides what to review.

It is written where several documents were read at once.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from budget_warehouse.reader.parsing.reading import Reading
from budget_warehouse.reader.parsing.sums import sums_of
from budget_warehouse.storage.reading_files import SCORECARD

_WHOLE = 1.0


@dataclass(frozen=True)
class Score:
    """The parts of one document that were read.

    `tables_printed` counts its tables of figures, forms about performance apart; a table is
    `tables_whole` where every figure found a column. `totals_tie` of `totals_checked` printed
    totals are the sums of their parts.
    """

    disclosure_id: str
    region_code: str
    fiscal_year: str
    stage: str
    tables_printed: int
    tables_recognised: int
    tables_whole: int
    numbers_printed: int
    numbers_placed: int
    totals_checked: int
    totals_tie: int
    doubts: int
    seconds: float
    refused: str = ""


def score_of(reading: Reading, seconds: float) -> Score:
    """Return the score of a document that was read."""
    report = reading.report
    disclosure = reading.rows["disclosure"][0]
    sums = [one for table in report.number_counts for one in sums_of(table, reading.rows[table])]
    return Score(
        disclosure_id=reading.disclosure_id,
        region_code=disclosure["region_code"],
        fiscal_year=disclosure["fiscal_year"],
        stage=disclosure["stage"],
        tables_printed=len(report.number_counts) + report.unplaced_tables,
        tables_recognised=len(report.number_counts),
        tables_whole=sum(
            placed == report.printed_counts[table] for table, placed in report.number_counts.items()
        ),
        numbers_printed=sum(report.printed_counts.values()) + report.unplaced_numbers,
        numbers_placed=sum(report.number_counts.values()),
        totals_checked=len(sums),
        totals_tie=sum(one.ties for one in sums),
        doubts=len(report.doubts),
        seconds=round(seconds, 2),
    )


def refused(name: str, sentence: str, seconds: float) -> Score:
    """Return the score of a document that was not read."""
    return Score(name, "", "", "", 0, 0, 0, 0, 0, 0, 0, 0, round(seconds, 2), sentence)


def write_scorecard(scores: Iterable[Score], folder: Path) -> Path:
    """Write the scores into the folder of disclosures and return the file's path."""
    path = folder / SCORECARD
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [one.name for one in fields(Score)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(score) for score in scores)
    return path


def lines(scores: Sequence[Score]) -> Iterable[str]:
    """Yield the scorecard in plain lines, the documents that need a person most first."""
    read = [score for score in scores if not score.refused]
    if not read:
        return
    width = max(len(score.disclosure_id) for score in read)
    yield (
        f"  {'disclosure':<{width}}  region  year  tables read whole   numbers placed"
        "      totals tie  doubts  seconds"
    )
    for score in sorted(read, key=_need):
        yield (
            f"  {score.disclosure_id:<{width}}  {score.region_code or '?':<6}"
            f"  {score.fiscal_year or '?':<4}"
            f"  {score.tables_whole:>5} of {score.tables_printed:<6}"
            f"  {score.numbers_placed:>7,} of {score.numbers_printed:<7,}"
            f"  {score.totals_tie:>5,} of {score.totals_checked:<5,}"
            f"  {score.doubts:>6}  {score.seconds:>7.2f}"
        )
    printed = sum(score.numbers_printed for score in read)
    placed = sum(score.numbers_placed for score in read)
    checked = sum(score.totals_checked for score in read)
    tie = sum(score.totals_tie for score in read)
    yield (
        f"  {len(read):,} documents: {_share(placed, printed)} of {printed:,} numbers placed,"
        f" {_share(tie, checked)} of {checked:,} totals tie"
    )


def _need(score: Score) -> tuple[float, float, int]:
    return (
        _part(score.numbers_placed, score.numbers_printed),
        _part(score.totals_tie, score.totals_checked),
        -score.doubts,
    )


def _part(part: int, whole: int) -> float:
    return part / whole if whole else _WHOLE


def _share(part: int, whole: int) -> str:
    return f"{100 * _part(part, whole):.1f} %"
