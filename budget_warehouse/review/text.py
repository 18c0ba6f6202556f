"""The findings that wait for a person, on the screen."""

from collections.abc import Iterable, Iterator

from budget_warehouse.review.findings import Finding


def text(disclosure_id: str, findings: list[Finding]) -> str:
    """Return the findings of a disclosure without a standing verdict, and how to judge one."""
    waiting = [one for one in findings if not one.verdict]
    return "".join(f"{line}\n" for line in _lines(disclosure_id, findings, waiting))


def _lines(
    disclosure_id: str, findings: Iterable[Finding], waiting: list[Finding]
) -> Iterator[str]:
    judged = [one.verdict for one in findings if one.verdict]
    yield (
        f"{disclosure_id}: {len(waiting)} findings wait for a verdict,"
        f" {judged.count('confirmed')} are confirmed, {judged.count('unfounded')} unfounded."
    )
    for one in waiting:
        yield ""
        yield f"{one.fingerprint}  {one.severity}  {one.rule_code}  {one.statement}"
        for head, words in (
            ("of", one.subject),
            ("printed", one.stated),
            ("computed", one.computed),
            ("again", f"{one.reopened_because or ''}".replace("_", " ")),
            ("follows", "" if one.is_first else "from the finding above"),
        ):
            if words:
                yield f"    {head:<9} {words}"
