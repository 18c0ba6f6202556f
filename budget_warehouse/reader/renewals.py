"""The report of a second reading: each disclosure that reads differently, and how."""

from collections.abc import Iterable

from budget_warehouse.reader.command import ExitStatus, counted
from budget_warehouse.reader.journal import Action, Journal, Renewal
from budget_warehouse.storage.reading_files import AGAIN


def status(journal: Journal) -> ExitStatus:
    """Return the exit status that a second reading amounts to."""
    refused = len(_with(journal, Action.REFUSED))
    return ExitStatus.of(len(journal.renewals) - refused, refused)


def text(journal: Journal) -> str:
    """Return the plain lines for the screen."""
    return "".join(f"{line}\n" for line in _lines(journal))


def _lines(journal: Journal) -> Iterable[str]:
    unchanged = len(_with(journal, Action.UNCHANGED))
    if unchanged:
        yield f"Read {counted(unchanged, 'disclosure')} as before."
    replaced, both_kept = _with(journal, Action.REPLACED), _with(journal, Action.BOTH_KEPT)
    if replaced:
        yield f"Replaced {counted(len(replaced), 'disclosure')}:"
        for renewal in replaced:
            yield from _difference(renewal, "")
    if both_kept:
        yield f"Kept both readings of {counted(len(both_kept), 'disclosure')}, see {AGAIN}/ there:"
        for renewal in both_kept:
            yield from _difference(renewal, f" ({renewal.reason})")
    refused = _with(journal, Action.REFUSED)
    if refused:
        yield f"Refused {counted(len(refused), 'document')}, whose disclosures stay as they are:"
        for renewal in refused:
            yield f"  {renewal.disclosure_id}: {renewal.reason}"
    if journal.without_document:
        count = counted(len(journal.without_document), "disclosure")
        yield f"No document is kept of {count}: {', '.join(journal.without_document)}"
    if journal.renewals:
        yield f"Differences, in {journal.file}"
    elif not journal.without_document:
        yield f"There is no disclosure in {journal.folder}: read documents first."


def _difference(renewal: Renewal, remark: str) -> Iterable[str]:
    before, after = (
        "?" if count is None else f"{count:,}"
        for count in (renewal.placed_before, renewal.placed_after)
    )
    yield f"  {renewal.disclosure_id}{remark}: {before} → {after} numbers placed"
    for difference in renewal.differences:
        yield f"    {difference}"


def _with(journal: Journal, action: Action) -> list[Renewal]:
    return [one for one in journal.renewals.values() if one.action is action]
