"""The failures of copies of a disclosure that the unchanged one does not have."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from budget_warehouse.measures.copies import UNCHANGED, number_and_original, without_number
from budget_warehouse.measures.figures import Figure
from budget_warehouse.storage.rows import Row, rows_of

_FAILURES = """
    select
        judged.disclosure_id, judged.rule_code, judged.subject, judged.severity, judged.outcome,
        judged.stated_table_name, judged.stated_row_number, judged.stated_row_count,
        judged.computed_table_name, judged.computed_row_number, judged.computed_row_count,
        judged.computed_disclosure_id, failures.finding_id
    from marts.fct_reconciliations as judged
    left join marts.fct_finding_failures as failures
        using (disclosure_id, rule_code, subject)
    where judged.outcome in ('fail', 'hint')
"""

_UNFIT_TABLES = """
    select table_name, case when is_half_read then 'half_read' else 'other_form' end
    from reconciliations.int_unfit_tables
    where disclosure_id = ?
"""
_UNFIT = {
    "half_read": "the table was read in half",
    "other_form": "the table has another form than some of its rules know",
}


@dataclass(frozen=True)
class Place:
    """Rows of a table that a failure names: one, or the first of those that are added up."""

    disclosure_id: str
    table_name: str
    row_number: int
    row_count: int

    def is_of(self, figure: Figure, disclosure_id: str) -> bool:
        """Return whether a figure stands there, or among the rows that are added up there."""
        return (
            self.disclosure_id == disclosure_id
            and self.table_name == figure.table_name
            and (self.row_count > 1 or self.row_number == int(figure.row_number))
        )


@dataclass(frozen=True)
class Failure:
    """One failure or hint of a rule, in the words of the disclosure that was copied."""

    disclosure_id: str
    rule_code: str
    subject: str
    severity: str
    outcome: str
    finding_id: str | None
    places: tuple[Place, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The disclosure, rule, subject and outcome, which tell it from every other."""
        return (self.disclosure_id, self.rule_code, self.subject, self.outcome)

    @property
    def is_error(self) -> bool:
        """True where an error is shown to the reader."""
        return self.outcome == "fail" and self.severity == "error"


@dataclass(frozen=True)
class Notice:
    """The outcome of a changed figure: whether rules of severity error noticed, and where."""

    figure: Figure
    is_noticed: bool
    is_at_place: bool
    rules: str = ""
    reason: str = ""


@dataclass
class Failures:
    """The failures of all copies, by the number of the copy."""

    of_copies: Mapping[int, Sequence[Failure]] = field(default_factory=dict)
    unfit_tables: Mapping[str, str] = field(default_factory=dict)

    def notice(self, number: int, figure: Figure, disclosure_id: str) -> Notice:
        """Return what came of the figure that is changed in a copy."""
        before = self.of_copies.get(UNCHANGED, ())
        known = {one.key for one in before}
        new = [one for one in self.of_copies.get(number, ()) if one.key not in known]
        errors = [one for one in new if one.is_error]
        if not errors:
            reason = self._reason(figure, disclosure_id, new, before)
            return Notice(figure, False, False, reason=reason)
        findings = {one.finding_id for one in errors}
        is_at_place = any(
            place.is_of(figure, disclosure_id)
            for one in new
            if one.finding_id in findings
            for place in one.places
        )
        return Notice(figure, True, is_at_place, _codes(errors))

    def _reason(
        self,
        figure: Figure,
        disclosure_id: str,
        new: Sequence[Failure],
        before: Sequence[Failure],
    ) -> str:
        """Return why no error was noticed, as far as it is plain."""
        failed = [one for one in new if one.outcome == "fail"]
        if failed:
            return f"a rule of lower severity noticed: {_codes(failed)}"
        if new:
            return f"within the tolerance of {_codes(new)}"
        standing = [
            one for one in before if any(place.is_of(figure, disclosure_id) for place in one.places)
        ]
        errors = [one for one in standing if one.is_error]
        if errors:
            return f"the unchanged document fails there already: {_codes(errors)}"
        hints = [one for one in standing if one.outcome == "hint"]
        if hints:
            return f"within the tolerance of {_codes(hints)}"
        if figure.table_name in self.unfit_tables:
            return _UNFIT[self.unfit_tables[figure.table_name]]
        return "no rule compares it"


def failures(connection: duckdb.DuckDBPyConnection, disclosure_id: str) -> Failures:
    """Return the failures of the copies that were judged.

    Args:
        connection: the warehouse in which the copies were judged.
        disclosure_id: the disclosure whose figures were changed.
    """
    of_copies: dict[int, list[Failure]] = defaultdict(list)
    for row in rows_of(connection, _FAILURES):
        number, original = number_and_original(row["disclosure_id"])
        of_copies[number].append(
            Failure(
                original,
                row["rule_code"],
                without_number(row["subject"] or "", number),
                row["severity"],
                row["outcome"],
                row["finding_id"],
                tuple(_places(row, original)),
            )
        )
    unchanged = f"{UNCHANGED:05d}-{disclosure_id}"
    unfit = dict(connection.execute(_UNFIT_TABLES, [unchanged]).fetchall())
    return Failures(of_copies, unfit)


def _places(row: Row, disclosure_id: str) -> Iterator[Place]:
    for side in ("stated", "computed"):
        table, first = row[f"{side}_table_name"], row[f"{side}_row_number"]
        if table and first is not None:
            other = row["computed_disclosure_id"] if side == "computed" else None
            original = number_and_original(other)[1] if other else disclosure_id
            yield Place(original, table, first, row[f"{side}_row_count"] or 1)


def _codes(failed: Sequence[Failure]) -> str:
    return " ".join(sorted({one.rule_code for one in failed}))
