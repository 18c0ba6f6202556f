"""Figures claimed in the prose of final accounts (决算): outturns, and what they are compared with.

A paragraph is read from left to right. An amount belongs to the subject named before it and is a
budget, an outturn or last year's outturn by the words that stand before it. An amount that no words
tell is left to the reading report.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.claims import Claims
from budget_warehouse.reader.parsing.comparisons import Base, Outturn, Subject
from budget_warehouse.reader.parsing.outturn_wording import (
    ACCOUNT_CODED,
    ACCOUNT_PATH,
    ACCOUNT_QUOTED,
    ASIDE,
    BARE_LINES,
    BEFORE_ACCOUNT,
    BUDGET_BEFORE,
    CHANGE,
    COMPARISON,
    COMPLETION,
    FIGURE_AHEAD,
    FUNDS,
    LAST_YEAR,
    LINES,
    LINK,
    MEASURES,
    MONEY,
    NO_BUDGET,
    OF_FUNDS,
    OUTTURN_BEFORE,
    PERCENT_CHANGE,
    PLANNED,
    REASON,
    SELF_EVALUATION,
    SENTENCE_END,
    SHARE,
    STAGES,
    UNCHANGED,
)
from budget_warehouse.reader.parsing.record import Fields
from budget_warehouse.reader.parsing.wording import ordinal, squeezed
from budget_warehouse.settings import ROOT

FUNCTIONS = ROOT / "seeds" / "reference" / "functions.csv"

_FUND = "|".join(f"(?P<{name}>{words})" for name, words in FUNDS)
_LINE = "|".join(f"(?P<line{index}>{words})" for index, (_, words) in enumerate(LINES))
_MEASURE = "|".join(f"(?P<measure{index}>{words})" for index, (_, words) in enumerate(MEASURES))
_BARE = "|".join(BARE_LINES)
_PROJECT, _DEPARTMENT = "self_evaluated_project", "self_evaluated_department"
_TOTALS = ("total_revenue", "total_expenditure")
_OF_FUNDS = {"revenue_subtotal": "revenue", "expenditure_subtotal": "expenditure"}
_LIST_NUMBER = re.compile(r"^[（(]?(\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[、.．]")
_AFTER_LEVEL = re.compile(r"(?<=[类款项][)）])支出$|(?<=[)）])[-—]$")
_HEADING_LENGTH = 100
_CLAUSE = re.compile(r"[，,。；;]")
_OPEN = re.compile(r"[^。；;：:！!？?]$")


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


def over_pages(prose: Sequence[Paragraph]) -> list[Paragraph]:
    """Join paragraphs that a page break cut in two."""
    joined: list[Paragraph] = []
    for paragraph in prose:
        before = joined[-1] if joined else None
        if (
            before
            and _page(before) != _page(paragraph)
            and len(before.text) > _HEADING_LENGTH // 2
            and _OPEN.search(before.text.strip())
            and not ordinal(paragraph.text)
            and not paragraph.text.strip().startswith("第")
        ):
            joined[-1] = Paragraph(before.text + paragraph.text, before.place)
        else:
            joined.append(paragraph)
    return joined


def _page(paragraph: Paragraph) -> str:
    return paragraph.place.split(" ", maxsplit=1)[0]


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
        found = _LIST_NUMBER.match(self._text)
        self._list_number = found.group(1) if found else ""
        self._start = len(ordinal(self._text))
        self._subject = heading
        self._subject_start = self._subject_end = -1
        self._statement: Outturn | None = None
        self._statements: list[Outturn] = []
        self._account = heading if heading and heading.is_account else None
        self.fund = heading.fund if heading and heading.fund else fund
        self._is_list = False  # of a fund: carried in, revenue, expenditure, carried out
        self._compared: tuple[str, str, bool] | None = None  # year, stage, whether it is said which
        self._stage = ""  # the budget that the paragraph last called by name
        self._role = ""
        self._whole: Subject | None = None  # that the amounts after 其中 are parts of
        self._ended = 0
        self._sentence_start = 0
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
        if not is_short or not (self._list_number or self._subject is not None):
            return None
        named = {
            subject
            for token in _tokens().finditer(self._text, self._start)
            if (subject := self._named(token.groupdict())) is not None
        }
        return named.pop() if len(named) == 1 else None

    def carries_on(self, fund: str) -> bool:
        """Return whether the paragraph states lines of a fund that one before it names."""
        return any(statement.subject.fund == fund for statement in self._statements)

    def read(self) -> None:
        """Read the paragraph; its rows and what they are made of are known then."""
        for token in _tokens().finditer(self._text, self._start):
            parts = token.groupdict()
            if parts["end"]:
                self._end_sentence(token.end(), token.group() == "。")
            elif parts["reason"]:
                self._is_reason, self._compared = True, None
            elif self._is_reason:
                continue
            elif parts["among"]:
                self._whole = self._subject
            elif parts["share"] or parts["aside"]:
                self._ended = token.end()
            elif parts["no_budget"]:
                self._take_no_budget(token.group())
            elif parts["completion"] or parts["completion_rate"]:
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
            self._subject = self._before_sentence
        if is_full_stop and not self._text.startswith("其中", end):
            self._compared, self._role, self._whole = None, "", None
        self._is_reason = self._has_value = False
        self._before_sentence = self._subject
        self._sentence_start = self._ended = end

    def _take_subject(self, token: re.Match[str]) -> None:
        subject = None if self._is_evaluated() else self._named(token.groupdict())
        if subject is None:
            return
        statement = self._statement
        if subject.fund and token.start() == self._subject_end and not self._is_of_fund():
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
            self._account = subject
            self.used.append(token.group())
        elif subject.fund:
            self._account = None
            self.fund = subject.fund
            self._is_list = self._is_list or subject.line == "carried_in"
        self._subject, self._subject_start, self._subject_end = subject, *token.span()

    def _named_last(self) -> Subject | None:
        """Return the subject that figures belong to now, None where it is none of the contract's.

        After a list of parts a segment that names nothing is about the whole again.
        """
        if self._whole is not None and self._subject_start < self._sentence_start:
            self._subject = self._whole
        return self._subject if self._subject is not None and self._subject.measures else None

    def _is_evaluated(self) -> bool:
        return self._subject is not None and self._subject.measures == (_PROJECT,)

    def _is_of_fund(self) -> bool:
        return self._subject is not None and bool(self._subject.fund)

    def _named(self, parts: dict[str, str | None]) -> Subject | None:
        """Return the subject that a token names, as what has been read before completes it."""
        if parts["project"]:
            name = _LIST_NUMBER.sub("", parts["project"])
            if name.endswith("整体"):
                return Subject((_DEPARTMENT,))
            return Subject((_PROJECT,), name=name)
        for kind in ("path", "quoted", "coded", "account_class"):
            if parts[kind]:
                name = BEFORE_ACCOUNT.sub("", parts["quoted_name"] or parts[kind] or "")
                name = _AFTER_LEVEL.sub("", name)
                is_path = kind == "path" and re.search(r"[类款].*[款项]", name)
                path = name if is_path else ""
                return Subject(("function_item",), name=name, account_path=path)
        for index, (measure, _) in enumerate(MEASURES):
            if parts[f"measure{index}"]:
                return Subject((measure,))
        fund = next((name for name, _ in FUNDS if parts[name]), "")
        for index, (lines, _) in enumerate(LINES):
            if parts[f"line{index}"]:
                return self._line(lines, fund)
        if parts["bare"]:
            return self._bare(fund, BARE_LINES[parts["bare"]])
        return None

    def _line(self, lines: tuple[str, ...], fund: str) -> Subject:
        """Return a line of all funds, or of the fund that stands before it or in the list above."""
        if self._account is not None and not fund:
            return self._account if lines == ("expenditure_subtotal",) else Subject(())
        if not fund and lines[0] in (*_TOTALS, *_OF_FUNDS):
            subject = self._subject
            is_of_fund = self._is_list or (self._compared and subject and subject.line == lines[0])
            fund = self.fund if is_of_fund else ""
            self.fund = fund
        fund = fund or self.fund
        measures = tuple(_measure(fund, line) for line in lines)
        if fund and not OF_FUNDS.issuperset(measures):
            return Subject(())
        return Subject(measures, fund, _OF_FUNDS.get(lines[0], lines[0]) if fund else lines[0])

    def _bare(self, fund: str, line: str) -> Subject | None:
        """Return revenue or expenditure of a fund, named with it or in a list of its lines."""
        if fund:
            return Subject((f"{fund}_{line}",), fund, line)
        subject = self._subject
        if subject is not None and subject.fund and self._is_list:
            return Subject((f"{subject.fund}_{line}",), subject.fund, line)
        return None

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
        if not role:
            return
        if role == "budget":
            if is_qualified:
                self._stage = stage
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
        base.columns["completion_percent"] = parts["completion"] or parts["completion_rate"] or ""
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
        if subject.measures[0] in (_PROJECT, _DEPARTMENT):
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


def _measure(fund: str, line: str) -> str:
    if not fund:
        return line
    return f"{fund}_{_OF_FUNDS.get(line, line)}"


@lru_cache(maxsize=1)
def _classes() -> str:
    """Return the names of the functional classes, as a class may be called by its name alone."""
    with FUNCTIONS.open(encoding="utf-8", newline="") as file:
        names = [
            row["function_name"] for row in csv.DictReader(file) if len(row["function_code"]) == 3
        ]
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@lru_cache(maxsize=1)
def _tokens() -> re.Pattern[str]:
    return re.compile(
        "|".join(
            (
                f"(?P<end>{SENTENCE_END})",
                SELF_EVALUATION,
                f"(?P<reason>{REASON})",
                "(?P<among>其中)",
                f"(?P<share>{SHARE})",
                f"(?P<aside>{ASIDE})",
                NO_BUDGET,
                COMPLETION,
                f"(?P<comparison>{COMPARISON})",
                CHANGE,
                PERCENT_CHANGE,
                UNCHANGED,
                f"(?P<path>{ACCOUNT_PATH})",
                f"(?P<quoted>{ACCOUNT_QUOTED})",
                f"(?P<coded>{ACCOUNT_CODED})",
                _MEASURE,
                rf"(?P<account_class>{_classes()})(?={FIGURE_AHEAD})",
                rf"(?:{_FUND})?(?:{_LINE}|(?P<bare>{_BARE}))",
                MONEY,
            )
        )
    )
