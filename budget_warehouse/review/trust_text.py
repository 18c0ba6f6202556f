"""The measures of the rules on the screen."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from budget_warehouse.review.measures import ACCUSED, MISSED, NOT_JUDGED, Measure, Result, Trust


def text(trust: Trust, files: Sequence[Path]) -> str:
    """Return recall and precision with their intervals, then what was missed or wrongly accused."""
    return "".join(f"{line}\n" for line in _lines(trust, files))


def _lines(trust: Trust, files: Sequence[Path]) -> Iterator[str]:
    kinds = Counter(one.error.kind for one in trust.results)
    counts = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    yield f"Listed        {len(trust.results)}: {counts}"
    for recall in trust.of("recall"):
        yield f"Recall        {recall.kind}: {_said(recall, 'found', 'not judged')}"
    for silence in trust.of("silence"):
        if silence.share.whole or silence.not_judged:
            words = _said(silence, "without a finding", "not loaded")
            yield f"No error      {silence.kind}: {words}"
    for precision in trust.of("precision"):
        yield f"Precision     {_said(precision, 'true', 'judged by nobody')}"
    yield ""
    yield f"{'Rule':<14}{'found':>10}{'not judged':>12}  recall (95 % interval)"
    yield from map(_row, trust.of("recall", by_rule=True))
    yield ""
    yield f"{'Rule':<14}{'true':>10}{'not judged':>12}  precision (95 % interval)"
    yield from map(_row, trust.of("precision", by_rule=True))
    for heading, result in (
        ("Missed", MISSED),
        ("Not judged", NOT_JUDGED),
        ("Accused", ACCUSED),
    ):
        rows = [one for one in trust.results if one.result == result]
        if rows:
            yield ""
            yield f"{heading}: {len(rows)}"
            yield from map(_listed, rows)
    yield ""
    yield f"Measures      {files[0]}"
    yield f"Results       {files[1]}"


def _said(measure: Measure, part: str, rest: str) -> str:
    share = measure.share
    return f"{share.part} of {share.whole} {part}, {share}; {measure.not_judged} {rest}"


def _row(measure: Measure) -> str:
    share = measure.share
    count = f"{share.part} of {share.whole}"
    return f"{measure.rule_code:<14}{count:>10}{measure.not_judged:>12}  {share}"


def _listed(result: Result) -> str:
    error = result.error
    figures = " against ".join(figure for figure in (error.stated, error.computed) if figure)
    parts = (error.disclosure, error.page, error.rule_code, figures, error.note)
    return "  " + ", ".join(part for part in (*parts, *result.rule_codes) if part)
