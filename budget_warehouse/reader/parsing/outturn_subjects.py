"""Names that the prose of final accounts gives its figures: accounts, funds, expenses, projects."""

import csv
import re
from functools import lru_cache

from budget_warehouse.reader.parsing.comparisons import Subject
from budget_warehouse.reader.parsing.outturn_wording import (
    ACCOUNT_CODED,
    ACCOUNT_PATH,
    ACCOUNT_QUOTED,
    ASIDE,
    BARE_LINES,
    BEFORE_ACCOUNT,
    CHANGE,
    COMPARISON,
    COMPLETION,
    FIGURE_AHEAD,
    FUNDS,
    LINES,
    MEASURES,
    MONEY,
    NO_BUDGET,
    OF_FUNDS,
    PERCENT_CHANGE,
    REASON,
    SELF_EVALUATION,
    SENTENCE_END,
    SHARE,
    UNCHANGED,
)
from budget_warehouse.settings import ROOT

FUNCTIONS = ROOT / "seeds" / "reference" / "functions.csv"
CHANGES = ROOT / "seeds" / "reference" / "classification_changes.csv"

_FUND = "|".join(f"(?P<{name}>{words})" for name, words in FUNDS)
_LINE = "|".join(f"(?P<line{index}>{words})" for index, (_, words) in enumerate(LINES))
_MEASURE = "|".join(f"(?P<measure{index}>{words})" for index, (_, words) in enumerate(MEASURES))
_BARE = "|".join(BARE_LINES)
PROJECT, DEPARTMENT = "self_evaluated_project", "self_evaluated_department"
_TOTALS = ("total_revenue", "total_expenditure")
_OF_FUNDS = {"revenue_subtotal": "revenue", "expenditure_subtotal": "expenditure"}
LIST_NUMBER = re.compile(r"^[（(]?(\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[、.．]")
_AFTER_LEVEL = re.compile(r"(?<=[类款项][)）])支出$|(?<=[)）])[-—]$")


class Naming:
    """The subjects of one paragraph: what is named now, and what completes the next name."""

    def __init__(self, heading: Subject | None, fund: str) -> None:
        self.subject = heading
        self.fund = heading.fund if heading and heading.fund else fund
        self._account = heading if heading and heading.is_account else None
        self._is_list = False  # of a fund: carried in, revenue, expenditure, carried out

    def take(self, subject: Subject) -> None:
        """Take a subject as the one that figures belong to from here on."""
        if subject.is_account:
            self._account = subject
        elif subject.fund:
            self._account = None
            self.fund = subject.fund
            self._is_list = self._is_list or subject.line == "carried_in"
        self.subject = subject

    @property
    def is_of_fund(self) -> bool:
        """Return whether the subject is a line of a fund."""
        return self.subject is not None and bool(self.subject.fund)

    @property
    def is_evaluated(self) -> bool:
        """Return whether the paragraph is the self-evaluation of a project."""
        return self.subject is not None and self.subject.measures == (PROJECT,)

    def named(self, parts: dict[str, str | None], is_compared: bool = False) -> Subject | None:
        """Return the subject that a token names, as what has been read before completes it."""
        if parts["project"]:
            name = LIST_NUMBER.sub("", parts["project"])
            if name.endswith("整体"):
                return Subject((DEPARTMENT,))
            return Subject((PROJECT,), name=name)
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
                return self._line(lines, fund, is_compared)
        if parts["bare"]:
            return self._bare(fund, BARE_LINES[parts["bare"]])
        return None

    def _line(self, lines: tuple[str, ...], fund: str, is_compared: bool) -> Subject:
        """Return a line of all funds, or of the fund that stands before it or in the list above."""
        if self._account is not None and not fund:
            return self._account if lines == ("expenditure_subtotal",) else Subject(())
        if not fund and lines[0] in (*_TOTALS, *_OF_FUNDS):
            subject = self.subject
            is_of_fund = self._is_list or (is_compared and subject and subject.line == lines[0])
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
        subject = self.subject
        if subject is not None and subject.fund and self._is_list:
            return Subject((f"{subject.fund}_{line}",), subject.fund, line)
        return None


def _measure(fund: str, line: str) -> str:
    if not fund:
        return line
    return f"{fund}_{_OF_FUNDS.get(line, line)}"


@lru_cache(maxsize=1)
def _classes() -> str:
    """Return the names of the functional classes, as a class may be called by its name alone.

    Former names are among them, and within quotes a name may do without 支出.
    """
    with FUNCTIONS.open(encoding="utf-8", newline="") as file:
        names = {
            row["function_name"] for row in csv.DictReader(file) if len(row["function_code"]) == 3
        }
    with CHANGES.open(encoding="utf-8", newline="") as file:
        names |= {
            row["from_name"]
            for row in csv.DictReader(file)
            if row["classification"] == "function" and len(row["from_code"]) == 3
        }
    quoted = {name.removesuffix("支出") for name in names}
    return rf"{_either(names)}|(?<=[“\"])(?:{_either(quoted)})"


def _either(names: set[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


@lru_cache(maxsize=1)
def outturn_tokens() -> re.Pattern[str]:
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
