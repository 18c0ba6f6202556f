"""The mutation score on the screen and as a CSV: shares by kind and table, and the survivors."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from budget_warehouse.measures.failures import Notice
from budget_warehouse.measures.figures import KINDS
from budget_warehouse.measures.mutation_score import MutationScore

_COLUMNS = (
    *("disclosure_id", "kind", "table_name", "row_number", "column_name", "source_ref", "printed"),
    *("changed", "is_noticed", "is_at_place", "rules", "reason"),
)
_HEAD = f"{'':44} {'figures':>8} {'noticed':>8} {'share':>8} {'at the place':>13}"


def text(scores: Sequence[MutationScore]) -> str:
    """Return the account of some disclosures, and of all of them where there are several."""
    return "".join(f"{line}\n" for line in _lines(scores))


def write_csv(scores: Iterable[MutationScore], file: Path) -> None:
    """Write a row for each figure: whether it was noticed, by which rules, and else why not."""
    with file.open("w", encoding="utf-8", newline="") as content:
        writer = csv.writer(content, lineterminator="\n")
        writer.writerow(_COLUMNS)
        for score in scores:
            for notice in score.notices:
                figure = notice.figure
                writer.writerow(
                    [
                        *(score.disclosure_id, figure.kind, figure.table_name, figure.row_number),
                        *(figure.column_name, figure.source_ref, figure.printed, figure.changed),
                        *(int(notice.is_noticed), int(notice.is_at_place)),
                        *(notice.rules, notice.reason),
                    ]
                )


def _lines(scores: Sequence[MutationScore]) -> Iterator[str]:
    for score in scores:
        yield score.disclosure_id
        yield f"  beside {', '.join(score.beside) or 'nothing: no other is known of it'}"
        yield from _shares(score.notices)
        yield from _survivors(score.notices)
        yield ""
    if len(scores) > 1:
        yield f"All {len(scores)} disclosures"
        notices = [notice for score in scores for notice in score.notices]
        yield from _shares(notices)
        yield from _reasons(notices)


def _shares(notices: Sequence[Notice]) -> Iterator[str]:
    yield _HEAD
    for kind in KINDS:
        of_kind = [one for one in notices if one.figure.kind == kind]
        tables = dict.fromkeys(one.figure.table_name for one in of_kind)
        yield _share(kind, of_kind)
        if len(tables) > 1:
            for table in tables:
                yield _share(
                    f"  {table}", [one for one in of_kind if one.figure.table_name == table]
                )
    yield _share("all", notices)


def _share(name: str, notices: Sequence[Notice]) -> str:
    noticed = sum(one.is_noticed for one in notices)
    at_place = sum(one.is_at_place for one in notices)
    share = f"{noticed / len(notices):.1%}" if notices else "–"
    return f"  {name:42} {len(notices):8,} {noticed:8,} {share:>8} {at_place:13,}"


def _survivors(notices: Sequence[Notice]) -> Iterator[str]:
    survivors = [one for one in notices if not one.is_noticed]
    if survivors:
        yield f"  Nobody noticed {len(survivors):,}:"
    for one in survivors:
        figure = one.figure
        place = f"{figure.table_name} row {figure.row_number} {figure.column_name}"
        yield f"    {place}  {figure.printed} → {figure.changed}  {figure.source_ref}: {one.reason}"


def _reasons(notices: Sequence[Notice]) -> Iterator[str]:
    counts = Counter(
        (one.figure.kind, one.figure.table_name, one.figure.column_name, one.reason)
        for one in notices
        if not one.is_noticed
    )
    for (kind, table, column, reason), count in counts.most_common():
        yield f"  {count:5,}  {kind}  {table}.{column}: {reason}"
