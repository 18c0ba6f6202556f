"""Figures claimed in the prose: amounts, what they are compared with, and by how much they changed.

A paragraph is read from left to right: an amount opens a claim, a comparison belongs to the claim
before it, or to what is named right before it. The wordings are data: `claim_wording`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.account_lists import Fund
from budget_warehouse.reader.parsing.claim_wording import (
    ACCOUNTS,
    AGAIN,
    EXPENSES,
    MEASURE,
    NAMED_LAST,
    NUMBER,
    OF_A_FUND,
    OF_GENERAL_PUBLIC_BUDGET,
    PAIRS,
    PARTS,
    STATED_AGAIN,
    TOKEN,
    UNDER_HEADING,
    UNIT,
    WHOLES,
    measure_of,
)
from budget_warehouse.reader.parsing.record import Fields
from budget_warehouse.reader.parsing.scopes import (
    is_of_a_kind,
    is_of_the_whole,
    is_part_of_another,
)
from budget_warehouse.reader.parsing.wording import squeezed

_AMOUNT = re.compile(rf"(?P<number>{NUMBER}){UNIT}")
_ITEM_MARK = re.compile(r"^[)）]+")
_CLAUSE_END = re.compile(r"^$|[，,。；;：:、（(]$")
_YEAR = re.compile(r"(20\d{2})年")
_PERFORMANCE_OF = re.compile(r"(项目)|(?:政策|整体)(?:类|支出)?(?:纳入|实行)?(?:绩效|共?\d)")
_SENTENCE_END = re.compile(r"[。；;]")
_HEADING_LENGTH = 40
_PROCURED = re.compile("采购|购买")
_CLASS_DIGITS = 3
_ORDINAL = re.compile(r"^[（(]?(\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[、.．]")


@dataclass
class Claims:
    """The claims of a document in reading order, with the text of each that a claim was made of."""

    rows: list[Fields] = field(default_factory=list)
    used: list[tuple[Paragraph, str]] = field(default_factory=list)


def read_claims(
    prose: Sequence[Paragraph], fiscal_year: str, organization_name: str = ""
) -> Claims:
    """Return the rows of narrative_claims.csv, without `disclosure_id` and `row_number`.

    The base year of "last year" is the one before `fiscal_year`. A comparison names the stage of
    its base, budget or execution, only where the prose does. A part of what a measure means, or
    another organization's amount, is no claim.
    """
    claims = Claims()
    fund = Fund()
    heading = ""
    for paragraph in prose:
        reader = _Reader(paragraph, fiscal_year, organization_name, fund, heading)
        reader.read()
        claims.rows.extend(reader.rows())
        claims.used.extend((paragraph, text) for text in reader.used)
        fund.pass_over(reader.text)
        heading = _heading(reader.text)
    return claims


class _Reader:
    """Reads one paragraph from left to right."""

    def __init__(
        self,
        paragraph: Paragraph,
        fiscal_year: str,
        organization_name: str,
        fund: Fund,
        heading: str,
    ) -> None:
        self.text = squeezed(paragraph.text)
        self.used: list[str] = []
        self._place = paragraph.place
        self._year = fiscal_year
        self._organization = organization_name
        self._fund = fund
        self._heading = heading if heading and UNDER_HEADING.match(self.text) else ""
        self._claims: list[Fields] = []
        self._account: Fields | None = None
        self._held: Fields = {}
        self._held_in = ""
        self._compared: Fields | None = None  # the claim that a comparison belongs to
        self._outer: list[Fields | None] = []  # the claims that brackets stand behind
        self._parted_at = -1  # where a part of the procurement is named, with parts of its own

    def rows(self) -> Iterator[Fields]:
        """Yield the rows of the paragraph in reading order."""
        found = _ORDINAL.match(self.text)
        list_number = found.group(1) if found else ""
        unit = next((claim["unit"] for claim in self._claims if claim["unit"]), "万元")
        for claim in self._claims:
            claim["unit"] = claim["unit"] or unit
            claim["source_ref"] = self._place
            if claim["measure"] == "function_item":
                claim["ordinal"] = list_number
            for measure in PAIRS.get(claim["measure"], (claim["measure"],)):
                yield claim | {"measure": measure}

    def read(self) -> None:
        """Read the paragraph; its rows and what they are made of are known then."""
        text = self._heading + self.text
        ended = 0
        for token in TOKEN.finditer(text):
            parts = token.groupdict()
            between, before = text[ended : token.start()], text[: token.start()]
            ended = token.end()
            is_comparison = any(
                parts[name] for name in ("unchanged", "direction", "percent_direction")
            )
            behind = self._behind_brackets(between)
            if is_comparison:
                is_taken = self._take_comparison(parts, between, before, behind)
            elif parts["held_year"]:
                self._take_held(token.group(), parts)
                continue
            elif not _is_claimable(token.group(), parts, self._year):
                self._compared = None
                continue
            elif any(parts[words] for words in ACCOUNTS):
                is_taken = self._take_account(parts, before)
            elif parts["planned"]:
                is_taken = self._take_planned(parts)
            else:
                is_taken = self._take_amount(parts, before, text[:ended])
            if is_taken:
                self.used.append(text[max(token.start(), len(self._heading)) : ended])
                self._compared = behind if is_comparison and behind else self._claims[-1]

    def _behind_brackets(self, between: str) -> Fields | None:
        """Return the claim that brackets stand behind which end right before a token."""
        closed: Fields | None = None
        for at, character in enumerate(between):
            if character in "（(":
                self._outer.append(self._claims[-1] if self._claims and not at else None)
                closed = None
            elif character in "）)" and self._outer:
                closed = self._outer.pop()
            elif character not in "，,":
                closed = None
        return closed

    def _take_comparison(
        self, parts: dict[str, str | None], between: str, before: str, behind: Fields | None
    ) -> bool:
        """Give a comparison to its claim, unless it compares what its own clause names."""
        named = self._named_before(before)
        again = _stated_again(between, self._claims)
        claim = self._compared
        if named:
            claim = {"measure": named, "amount": "", "unit": ""}
        elif again is not None or behind is not None:
            claim = behind if again is None else again
        elif not _CLAUSE_END.search(between) or _names_another(between, claim):
            return False
        if claim is None or claim.get("direction") or _is_of_another(parts, claim):
            return False
        if named:
            self._claims.append(claim)
        claim.update(_comparison(parts, self._year, claim["unit"] or "万元"))
        return True

    def _named_before(self, before: str) -> str:
        """Return the expense that is named right before a comparison and has no claim yet."""
        found = NAMED_LAST.search(before)
        measure = measure_of(found.groupdict()) if found else ""
        is_new = measure in EXPENSES and all(one["measure"] != measure for one in self._claims)
        return (
            measure if found and is_new and self._is_own(measure, before[: found.start()]) else ""
        )

    def _take_held(self, wording: str, parts: dict[str, str | None]) -> None:
        self._held = {
            "base_year": parts["held_year"] or "",
            "base_stage": _stage(parts["held_kind"] or ""),
            "base_amount": parts["held_amount"] or "",
        }
        self._held_in = wording

    def _take_account(self, parts: dict[str, str | None], before: str) -> bool:
        if is_of_a_kind(before):
            self._account = self._compared = None
            return False
        wording = next(words for words in ACCOUNTS if parts[words])
        self._account = {"measure": "function_item", **_named(wording, parts)}
        amount = _amount(parts[f"{wording}_amount"], parts[f"{wording}_unit"])
        self._claims.append(self._account | amount)
        self._held, self._held_in = {}, ""
        return True

    def _take_planned(self, parts: dict[str, str | None]) -> bool:
        if self._account is None:
            return False
        planned = _amount(parts["planned_amount"], parts["planned_unit"])
        self._claims.append(self._account | planned | self._held)
        self.used.append(self._held_in)
        return True

    def _take_amount(self, parts: dict[str, str | None], before: str, text: str) -> bool:
        measure = measure_of(parts)
        if measure == "performance_project_amount" and not _is_of_projects(text):
            self._compared = None
            return False
        if measure in OF_GENERAL_PUBLIC_BUDGET and not self._fund.is_general(before):
            self._compared = None
            return False
        if measure in PARTS:
            measure = self._part(measure)
        is_of_procurement = measure.startswith("procurement_")
        is_parted = is_of_procurement and self._parted_at > before.rfind("。")
        is_loose = (
            is_of_procurement
            and not _PROCURED.search(text[len(before) :])
            and "procurement_total" not in self._stated()
        )
        if not measure or is_parted or is_loose or not self._is_own(measure, before):
            if measure == "procurement_total":
                self._parted_at = len(before)
            self._compared = None
            return False
        amount = _amount(parts["amount"], parts["unit"])
        compared_before = next(
            (one for one in self._claims if one["measure"] == measure and not one["amount"]), None
        )
        if compared_before is not None:
            self._claims.remove(compared_before)
            amount = compared_before | amount
        self._claims.append({"measure": measure} | amount)
        return True

    def _part(self, measure: str) -> str:
        """Return the measure of a part of the expenditure stated last, or nothing."""
        kinds = [claim["measure"] for claim in self._claims]
        whole = next((kind for kind in reversed(kinds) if kind in WHOLES), "")
        part = WHOLES[whole] + measure if whole and "function_item" not in kinds else ""
        return "" if part in kinds else part

    def _is_own(self, measure: str, before: str) -> bool:
        return is_of_the_whole(measure, before, self._organization) and not is_part_of_another(
            measure, before, self._stated()
        )

    def _stated(self) -> list[str]:
        """Return the measures that the paragraph has stated so far."""
        return [
            measure
            for claim in self._claims
            for measure in PAIRS.get(claim["measure"], (claim["measure"],))
        ]


def _heading(text: str) -> str:
    """Return the words of the one expense that a heading is about."""
    named = [found for found in MEASURE.finditer(text) if measure_of(found.groupdict())]
    is_heading = len(text) <= _HEADING_LENGTH and not _SENTENCE_END.search(text.rstrip("。"))
    if not is_heading or len(named) != 1 or measure_of(named[0].groupdict()) not in EXPENSES:
        return ""
    return named[0].group()


def _named(wording: str, parts: dict[str, str | None]) -> Fields:
    """Return the name of an account; a code that stands before it stands behind it here."""
    if wording != "leading":
        return {"name": _ITEM_MARK.sub("", parts[wording] or "")}
    code, name = (parts["leading"] or "").rstrip("-—－–"), parts["leading_name"] or ""
    is_class = len(code) == _CLASS_DIGITS
    return {
        "name": name if is_class else f"{name}（{code}）",
        "account_path": f"{parts['leading']}{name}",
    }


def _is_of_another(parts: dict[str, str | None], claim: Fields) -> bool:
    """Return whether a comparison names another figure than the claim's."""
    base = parts["base_kind"] or ""
    named = {measure_of(found.groupdict()) for found in MEASURE.finditer(base)}
    measure, words = claim["measure"], parts["again"] or ""
    return (bool(named & EXPENSES) and measure not in named) or any(
        re.search(word, words) and not re.match(measures, measure) for word, measures in AGAIN
    )


def _is_claimable(wording: str, parts: dict[str, str | None], fiscal_year: str) -> bool:
    """Return whether an amount is the budget's own, in a unit of the contract."""
    years = _YEAR.findall(wording)
    is_own = not (fiscal_year and years) or fiscal_year in years
    return is_own and not any(
        words == "亿元" for name, words in parts.items() if name.endswith("unit")
    )


def _stated_again(between: str, claims: Sequence[Fields]) -> Fields | None:
    """Return the claim before whose subject opens the sentence of a comparison."""
    found = STATED_AGAIN.search(between)
    if not found:
        return None
    named = {measure_of(found.groupdict())} | {
        f"total_{side}" for side in ("revenue", "expenditure") if found[side]
    }
    return next((claim for claim in reversed(claims) if claim["measure"] in named), None)


def _names_another(between: str, claim: Fields | None) -> bool:
    """Return whether another amount than the claim's stands in a comparison's own sentence."""
    *_, sentence = _SENTENCE_END.split(between)
    return claim is not None and any(
        found["number"] != claim["amount"] for found in _AMOUNT.finditer(sentence)
    )


def _is_of_projects(text: str) -> bool:
    """Return whether the amount that ends a text belongs to projects, not policies or the whole."""
    *_, sentence = _SENTENCE_END.split(text)
    named = _PERFORMANCE_OF.findall(sentence)
    return not named or bool(named[-1])


def _amount(amount: str | None, unit: str | None) -> Fields:
    return {"amount": amount or "", "unit": unit or ""}


def _comparison(parts: dict[str, str | None], fiscal_year: str, unit: str) -> Fields:
    """Return the columns of a comparison; a change in another unit than the claim's is a note."""
    comparison = {
        "base_year": parts["base_year"] or (str(int(fiscal_year) - 1) if fiscal_year else ""),
        "base_stage": _stage(parts["base_kind"] or ""),
        "direction": parts["unchanged"] or parts["direction"] or parts["percent_direction"] or "",
        "change": parts["change"] or "",
        "change_percent": parts["percent"] or parts["percent_only"] or "",
    }
    if parts["compared_amount"] and parts["compared_unit"] == unit:
        comparison["base_amount"] = parts["compared_amount"]
    if parts["change_unit"] and parts["change_unit"] != unit:
        comparison["note"] = f"{comparison.pop('change')}{parts['change_unit']}"
    return comparison


def _stage(words: str) -> str:
    """Tell a base by its wording: last year's execution, its adjusted or its first budget."""
    words = OF_A_FUND.sub("", words)
    if "执行" in words or "决算" in words:
        return "executed"
    if "调整" in words:
        return "adjusted_budget"
    return "initial_budget" if "预算" in words else ""
