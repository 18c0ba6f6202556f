"""The measures of the rules: recall on verified errors, precision on what people judged."""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

import duckdb

from budget_warehouse.review.interval import Share
from budget_warehouse.review.matching import ToldFailure, telling
from budget_warehouse.review.verified_errors import KINDS, UnreadableErrorsError, VerifiedError
from budget_warehouse.storage.database import open_database
from budget_warehouse.storage.rows import rows_of

FOUND, MISSED, NOT_JUDGED = "found", "missed", "not judged"  # of a defect
ACCUSED, SILENT = "accused", "silent"  # of what is none

ANY_RULE = ""

Shares = Callable[[int, int], Share]

_DOCUMENTS = "select disclosure_id, source_document, source_sha256 from marts.dim_disclosures"
_FAILURES = """
    select
        disclosure_id, rule_code, fingerprint, verdict, stated_yuan, computed_yuan, stated_text,
        computed_text, stated_source_ref, computed_source_ref, computed_disclosure_id
    from marts.fct_reconciliations
    where outcome = 'fail'
    order by disclosure_id, rule_code, subject
"""
_EXECUTED = """
    select distinct disclosure_id, rule_code
    from marts.fct_reconciliations
    where checked_count > 0
"""
_Z = "select cast(value as double) from reference.thresholds where threshold = 'precision_z'"


@dataclass(frozen=True)
class Result:
    """The outcome of one row of the list: what the rules made of it."""

    error: VerifiedError
    result: str
    failures: list[ToldFailure]

    @property
    def rule_codes(self) -> list[str]:
        return list(dict.fromkeys(one.rule_code for one in self.failures))


@dataclass(frozen=True)
class Measure:
    """One measure of one rule, or of all: a share, and how many cases nobody or nothing judged."""

    measure: str
    kind: str
    rule_code: str
    share: Share
    not_judged: int


@dataclass(frozen=True)
class Trust:
    """The measures of a list over a published warehouse."""

    results: list[Result]
    measures: list[Measure]

    def of(self, measure: str, kind: str = "", by_rule: bool = False) -> list[Measure]:
        """Return the measures of one sort: of all rules together, or of each."""
        return [
            one
            for one in self.measures
            if one.measure == measure
            and one.kind == (kind or one.kind)
            and (one.rule_code != ANY_RULE) == by_rule
        ]


def measured(published: Path, errors: Iterable[VerifiedError]) -> Trust:
    """Hold a list of verified errors against the findings of a published warehouse.

    A defect of a document that is not loaded, or of a rule that was not executed in it, was not
    judged, and counts as not found. What was not listed and not reviewed says nothing.

    Raises:
        UnreadableErrorsError: the warehouse was published before there were fingerprints.
    """
    with open_database(published, read_only=True) as connection:
        names: dict[str, str] = {}
        for disclosure_id, *others in connection.execute(_DOCUMENTS).fetchall():
            names |= {one: disclosure_id for one in (*others, disclosure_id) if one}
        try:
            failures = defaultdict(list)
            for row in rows_of(connection, _FAILURES):
                failures[row["disclosure_id"]].append(ToldFailure(row))
            ((z,),) = connection.execute(_Z).fetchall()
        except (duckdb.BinderException, duckdb.CatalogException) as older:
            raise UnreadableErrorsError(
                f"{published} was published before findings had fingerprints; run make build first."
            ) from older
        executed = set(connection.execute(_EXECUTED).fetchall())
    results = []
    for error in errors:
        disclosure_id = names.get(error.disclosure)
        told = telling(error, failures.get(disclosure_id or "", ()))
        results.append(Result(error, _result(error, disclosure_id, told, executed), told))
    every = [one for of_disclosure in failures.values() for one in of_disclosure]
    share = partial(Share, z)
    measures = (
        _recalls(results, share),
        _silences(results, share),
        _precisions(results, every, share),
    )
    return Trust(results, [one for of_sort in measures for one in of_sort])


def _result(
    error: VerifiedError,
    disclosure_id: str | None,
    failures: list[ToldFailure],
    executed: set[tuple[str, str]],
) -> str:
    if error.kind != "defect":
        accusing = [one for one in failures if one.verdict != "unfounded"]
        return NOT_JUDGED if disclosure_id is None else ACCUSED if accusing else SILENT
    if failures:
        return FOUND
    if disclosure_id is None:
        return NOT_JUDGED
    is_executed = not error.rule_code or (disclosure_id, error.rule_code) in executed
    return MISSED if is_executed else NOT_JUDGED


def _recalls(results: list[Result], share: Shares) -> list[Measure]:
    """Return the share of the defects that was found: of all, as people found them, by rule."""
    defects = [one for one in results if one.error.kind == "defect"]
    groups: dict[tuple[str, str], list[str]] = {("defect", ANY_RULE): []}
    for one in sorted(defects, key=lambda result: (result.error.found_by, result.error.rule_code)):
        by = f"defect found by {one.error.found_by}" if one.error.found_by else "defect"
        rule = one.error.rule_code or "no rule named"
        for group in dict.fromkeys([("defect", ANY_RULE), (by, ANY_RULE), ("defect", rule)]):
            groups.setdefault(group, []).append(one.result)
    return [
        Measure("recall", kind, rule, share(of.count(FOUND), len(of)), of.count(NOT_JUDGED))
        for (kind, rule), of in groups.items()
    ]


def _silences(results: list[Result], share: Shares) -> list[Measure]:
    """Return the share of what is no error of which the rules say nothing, by kind."""
    measures = []
    for kind in KINDS[1:]:
        of = [one.result for one in results if one.error.kind == kind]
        judged = len(of) - of.count(NOT_JUDGED)
        silent = share(of.count(SILENT), judged)
        measures.append(Measure("silence", kind, ANY_RULE, silent, of.count(NOT_JUDGED)))
    return measures


def _precisions(results: list[Result], failures: list[ToldFailure], share: Shares) -> list[Measure]:
    """Return the share of the judged findings that are true, of all and by rule.

    A person's standing verdict decides; without one, a defect of the list makes a finding true and
    anything else makes it untrue.
    """
    is_true = {
        failure.fingerprint: one.error.kind == "defect"
        for one in sorted(results, key=lambda result: result.error.kind == "defect")
        for failure in one.failures
    }
    for failure in failures:
        if failure.verdict:
            is_true[failure.fingerprint] = failure.verdict == "confirmed"
    counts: dict[str, Counter[bool | None]] = defaultdict(Counter)
    for failure in failures:
        for rule in (ANY_RULE, failure.rule_code):
            counts[rule][is_true.get(failure.fingerprint)] += 1
    return [
        Measure("precision", "finding", rule, share(of[True], of[True] + of[False]), of[None])
        for rule, of in sorted(counts.items())
    ]


def write_measures(trust: Trust, file: Path) -> None:
    """Write a row for each measure."""
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(
            (
                "measure",
                "kind",
                "rule_code",
                "part",
                "whole",
                "ratio",
                "lower",
                "upper",
                "not_judged",
            )
        )
        for one in trust.measures:
            figures = (one.share.ratio, *(one.share.interval or (None, None)))
            texts = ("" if figure is None else f"{figure:.6f}" for figure in figures)
            writer.writerow(
                (
                    *(one.measure, one.kind, one.rule_code, one.share.part, one.share.whole),
                    *texts,
                    one.not_judged,
                )
            )


def write_results(trust: Trust, file: Path) -> None:
    """Write a row for each row of the list: what came of it, and which findings tell of it."""
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, lineterminator="\n")
        columns = [field.name for field in fields(VerifiedError)]
        writer.writerow((*columns, "result", "rule_codes", "fingerprints"))
        for one in trust.results:
            writer.writerow(
                (
                    *(getattr(one.error, column) for column in columns),
                    one.result,
                    "|".join(one.rule_codes),
                    "|".join(failure.fingerprint for failure in one.failures),
                )
            )
