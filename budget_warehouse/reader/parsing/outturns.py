"""Figures claimed in the prose of final accounts (决算): outturns, and what they are compared with.

A paragraph is read from left to right. An amount belongs to the subject named before it and is a
budget, an outturn or last year's outturn by the words that stand before it. An amount that no words
tell is left to the reading report.
"""

import re
from collections.abc import Iterator, Sequence

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.claims import Claims
from budget_warehouse.reader.parsing.comparisons import Base, Outturn, Subject
from budget_warehouse.reader.parsing.outturn_subjects import (
    DEPARTMENT,
    LIST_NUMBER,
    PROJECT,
    Naming,
    outturn_tokens,
)
from budget_warehouse.reader.parsing.outturn_wording import (
    BUDGET_AHEAD,
    BUDGET_BEFORE,
    COMPLETIONS,
    LAST_YEAR,
    LINK,
    MONEY,
    OUTTURN_AHEAD,
    OUTTURN_BEFORE,
    PLANNED,
    STAGES,
)
from budget_warehouse.reader.parsing.record import Fields
from budget_warehouse.reader.parsing.wording import ordinal, squeezed

_HEADING_LENGTH = 100
_CLAUSE = re.compile(r"[，,。；;]")


def read_outturns(prose: Sequence[Paragraph], fiscal_year: str) -> Claims:
    """Return the rows of narrative_claims.csv that the prose of final accounts states.

    `amount` is the outturn of `fiscal_year`. A budget that it is compared with is a base of the
    same year, last year's outturn one of the year before. A base whose stage is not said has none.
    """
    claims = Claims()
    heading: Subject | None = None
    fund = ""
    for paragraph in prose:
        reader = _Reader(paragraph, fiscal_year, heading, fund)
        reader.read()
        claims.rows.extend(reader.rows())
        claims.used.extend((paragraph, text) for text in reader.used)
        heading = reader.heading()
        is_carried = reader.fund and (
            paragraph.text.rstrip().endswith((":", "：")) or reader.carries_on(fund)
        )
        fund = reader.fund if is_carried else ""
    return claims


class _Reader:
    """Reads one paragraph from left to right."""

    def __init__(
        self, paragraph: Paragraph, fiscal_year: str, heading: Subject | None, fund: str
    ) -> None:
        self.used: list[str] = []
        self._place = paragraph.place
        self._text = squeezed(paragraph.text)
        self._year = fiscal_year
        self._last_year = str(int(fiscal_year) - 1) if fiscal_year else ""
        found = LIST_NUMBER.match(self._text)
        self._list_number = found.group(1) if found else ""
        self._start = len(ordinal(self._text))
        self._naming = Naming(heading, fund)
        self._subject_start = self._subject_end = -1
        self._statement: Outturn | None = None
        self._statements: list[Outturn] = []
        self._compared: tuple[str, str, bool] | None = None  # year, stage, whether it is said which
        self._stage = ""  # the budget that the paragraph last called by name
        self._role = ""
        self._whole: Subject | None = None  # that the amounts after 其中 are parts of
        self._ended = 0
        self._sentence_start = self._stated_at = 0
        self._before_sentence: Subject | None = heading
        self._has_value = False
        self._is_reason = False

    def rows(self) -> Iterator[Fields]:
        """Yield the rows of the paragraph in reading order."""
        for statement in self._statements:
            for row in statement.rows(self._list_number):
                yield row | {"source_ref": self._place}

    def heading(self) -> Subject | None:
        """Return what the paragraph names for those below it, where it states nothing itself."""
        is_short = len(self._text) <= _HEADING_LENGTH and not re.search(MONEY, self._text)
        if not is_short or not (self._list_number or self._naming.subject is not None):
            return None
        named = {
            subject
            for token in outturn_tokens().finditer(self._text, self._start)
            if (subject := self._naming.named(token.groupdict())) is not None
        }
        return named.pop() if len(named) == 1 else None

    @property
    def fund(self) -> str:
        """Return the fund that the paragraph is about last."""
        return self._naming.fund

    def carries_on(self, fund: str) -> bool:
        """Return whether the paragraph states lines of a fund that one before it names."""
        return any(statement.subject.fund == fund for statement in self._statements)

    def read(self) -> None:
        """Read the paragraph; its rows and what they are made of are known then."""
        for token in outturn_tokens().finditer(self._text, self._start):
            parts = token.groupdict()
            if parts["end"]:
                self._end_sentence(token.end(), token.group() == "。")
            elif parts["reason"]:
                self._is_reason, self._compared = True, None
            elif self._is_reason:
                continue
            elif parts["among"]:
                self._whole = self._naming.subject
            elif parts["share"] or parts["aside"]:
                self._ended = token.end()
            elif parts["no_budget"]:
                self._take_no_budget(token.group())
            elif any(parts[kind] for kind in COMPLETIONS):
                self._take_completion(token.group(), parts)
            elif parts["comparison"]:
                self._take_comparison(token.group(), parts)
            elif parts["change"] or parts["beyond"]:
                self._take_change(token.group(), parts)
            elif parts["percent"]:
                self._take_percent(token.group(), parts)
            elif parts["equals"] or parts["unchanged"]:
                self._take_unchanged(parts)
            elif parts["money"]:
                self._take_money(token)
            else:
                self._take_subject(token)
                continue
            if not parts["comparison"]:
                self._ended = token.end()

    def _end_sentence(self, end: int, is_full_stop: bool) -> None:
        """Forget what holds within a sentence; a subject of which nothing was said gives way."""
        if not self._has_value and self._statement is not None:
            self._naming.subject = self._before_sentence
        if is_full_stop and not self._text.startswith("其中", end):
            self._compared, self._role, self._whole = None, "", None
        self._is_reason = self._has_value = False
        self._before_sentence = self._naming.subject
        self._sentence_start = self._ended = end

    def _take_subject(self, token: re.Match[str]) -> None:
        naming = self._naming
        if naming.is_evaluated:
            return
        subject = naming.named(token.groupdict(), self._compared is not None)
        if subject is None:
            return
        statement = self._statement
        if subject.fund and token.start() == self._subject_end and not naming.is_of_fund:
            self._subject_end = token.end()  # “三公”经费财政拨款支出: the fund of what is named
            return
        if (
            self._compared
            and statement is not None
            and subject.fund == "fiscal_appropriation"
            and subject.line == statement.subject.line
        ):
            subject = statement.subject  # it is called by its short name
        if subject.is_account:
            self.used.append(token.group())
        naming.take(subject)
        self._subject_start, self._subject_end = token.span()

    def _named_last(self) -> Subject | None:
        """Return the subject that figures belong to now, None where it is none of the contract's.

        After a list of parts a segment that names nothing is about the whole again.
        """
        if self._whole is not None and self._subject_start < self._sentence_start:
            self._naming.subject = self._whole
        subject = self._naming.subject
        return subject if subject is not None and subject.measures else None

    def _take_money(self, token: re.Match[str]) -> None:
        parts = token.groupdict()
        amount, unit = parts["money"] or "", _unit(parts["unit"])
        subject = self._named_last()
        if subject is None:
            return
        clause_start = max(
            [self._ended, self._sentence_start]
            + [found.end() for found in _CLAUSE.finditer(self._text, 0, token.start())]
        )
        is_beside = self._subject_end >= clause_start
        lead = self._text[max(clause_start, self._subject_end) : token.start()]
        before = self._text[clause_start : token.start()]
        if is_beside:
            before = self._text[clause_start : max(clause_start, self._subject_start)] + lead
        role, stage, is_qualified = self._role_of(lead, before, is_beside)
        if role == "budget" and not is_qualified and BUDGET_AHEAD.match(self._text, token.end()):
            role = "outturn"
        if not role:
            return
        if role == "budget":
            if is_qualified:
                self._stage = stage
            if self._is_restated(subject, token.end()):
                self._begin(subject)
            statement = self._open(subject, stage)
            base = statement.base(self._year, stage)
            base.amount, base.unit = amount, unit
        elif role == "last_year":
            base = self._current(subject).base(self._last_year, "executed")
            base.amount, base.unit = amount, unit
            self._compared = (self._last_year, "executed", True)
            self.used.append(stage)
        else:
            statement = self._open(subject, None)
            statement.amount, statement.unit = amount, unit
            self._stated_at = self._sentence_start
        if role != "last_year":
            self._role = role
        self._has_value = True
        self.used.append(amount)

    def _role_of(self, lead: str, before: str, is_beside: bool) -> tuple[str, str, bool]:
        """Return what an amount is by the words before it: its role, its stage, whether it is said.

        The stage of last year's outturn is the year as printed.
        """
        years = [year for year in LAST_YEAR.finditer(before) if year["year"] != self._year]
        if years:
            is_last = years[-1]["year"] in (None, self._last_year)
            is_said = OUTTURN_BEFORE.search(lead) or LINK.match(before[years[-1].end() :])
            if is_last and is_said and not BUDGET_BEFORE.search(lead):
                return "last_year", years[-1]["year"] or "", True
            return "", "", False
        budget = BUDGET_BEFORE.search(lead)
        if budget:
            kind = budget["kind"]
            return "budget", STAGES[kind] if kind else self._stage, bool(kind)
        if OUTTURN_BEFORE.search(lead):
            return "outturn", "", True
        if not is_beside or not LINK.match(lead) or PLANNED.search(before):
            return "", "", False
        if self._role == "budget":
            return "budget", self._stage, False
        return "outturn", "", True

    def _open(self, subject: Subject, stage: str | None) -> Outturn:
        """Return the statement that takes a budget of `stage`, or an outturn where it is None."""
        statement = self._statement
        is_taken = statement is None or statement.subject != subject
        if statement is not None and not is_taken:
            if stage is None:
                is_taken = bool(statement.amount)
            else:
                is_taken = any(
                    base.amount and base.stage == stage and base.year == self._year
                    for base in statement.bases
                )
        return self._begin(subject) if statement is None or is_taken else statement

    def _is_restated(self, subject: Subject, end: int) -> bool:
        """Tell whether a budget opens a statement beside the amount that heads the paragraph.

        …20.04万元，主要用于…。年初预算为77.59万元，支出决算为20.04万元: it is stated twice.
        """
        statement = self._statement
        return (
            statement is not None
            and statement.subject == subject
            and bool(statement.amount)
            and not statement.bases
            and self._stated_at < self._sentence_start
            and OUTTURN_AHEAD.search(self._text, end) is not None
        )

    def _current(self, subject: Subject) -> Outturn:
        statement = self._statement
        if statement is None or statement.subject != subject:
            return self._begin(subject)
        return statement

    def _begin(self, subject: Subject) -> Outturn:
        self._statement = Outturn(subject)
        self._statements.append(self._statement)
        return self._statement

    def _take_no_budget(self, wording: str) -> None:
        subject = self._named_last()
        if subject is None:
            return
        base = self._open(subject, "initial_budget").base(self._year, "initial_budget")
        base.columns["note"] = wording
        self._stage = "initial_budget"
        self._has_value = True

    def _take_completion(self, wording: str, parts: dict[str, str | None]) -> None:
        subject = self._named_last()
        if subject is None:
            return
        kind = parts["completed_kind"]
        stage = STAGES[kind] if kind else self._stage
        statement = self._current(subject)
        base = statement.base(self._year, stage, bool(kind))
        if parts["completed_amount"]:
            base.amount = parts["completed_amount"]
            base.unit = _unit(parts["completed_unit"])
        base.columns["completion_percent"] = next(
            printed for kind in COMPLETIONS if (printed := parts[kind])
        )
        self._has_value = True
        self.used.append(wording)

    def _take_comparison(self, wording: str, parts: dict[str, str | None]) -> None:
        year, kind = parts["base_year"], parts["base_budget_kind"]
        named = parts["base_kind"] or ""
        if parts["last_year"] or parts["same_period"] or (year and year != self._year):
            stage = {"年初预算": "initial_budget", "预算": ""}.get(named, "executed")
            self._compared = (year or self._last_year, stage, True)
        elif year and not named:
            self._compared = None
        else:
            kind = kind or ("年初" if named == "年初预算" else "")
            self._compared = (self._year, STAGES[kind] if kind else self._stage, bool(kind))
        self.used.append(wording)

    def _target(self) -> Base | None:
        """Return the base that a comparison is with, of the statement that it belongs to."""
        subject = self._named_last()
        if self._compared is None or subject is None:
            return None
        if subject.measures[0] in (PROJECT, DEPARTMENT):
            return None  # what its prose compares is its work, not its money
        year, stage, is_qualified = self._compared
        self._has_value = True
        return self._current(subject).base(year, stage, is_qualified)

    def _take_change(self, wording: str, parts: dict[str, str | None]) -> None:
        if parts["beyond"]:
            kind = parts["beyond_kind"]
            self._compared = (self._year, STAGES[kind] if kind else self._stage, bool(kind))
        base = self._target()
        if base is None or base.columns.get("change"):
            return
        change = parts["change"] or parts["beyond_change"] or ""
        unit = _unit(parts["change_unit"] or parts["beyond_unit"])
        statement = self._statement
        assert statement is not None
        base.columns["direction"] = parts["direction"] or parts["beyond"] or ""
        if statement.unit and unit != statement.unit:
            base.columns["note"] = f"{change}{unit}"
        else:
            base.columns["change"] = change
            base.unit = base.unit or unit
        self.used.append(wording)

    def _take_percent(self, wording: str, parts: dict[str, str | None]) -> None:
        if not self._has_value and self._subject_end < self._sentence_start:
            return
        percent = parts["percent"] or ""
        base = self._target()
        if base is None or base.columns.get("change_percent"):
            return
        if percent[-1] not in "%％" and not base.columns.get("change"):
            return
        base.columns.setdefault("direction", parts["percent_direction"] or "")
        base.columns["change_percent"] = percent
        self.used.append(wording)

    def _take_unchanged(self, parts: dict[str, str | None]) -> None:
        if parts["equals"]:
            kind = parts["equal_kind"]
            self._compared = (self._year, STAGES[kind] if kind else self._stage, bool(kind))
        base = self._target()
        if base is not None:
            base.columns.setdefault("direction", parts["unchanged"] or "持平")


def _unit(printed: str | None) -> str:
    return "万元" if printed == "万" else printed or ""
