"""Figures claimed in the prose: amounts, what they are compared with, and by how much they changed.

A paragraph is read from left to right: an amount opens a claim, a comparison belongs to the claim
before it. What the wordings are is data; see `_MEASURES` and `_TOKEN`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from budget_warehouse.reader.document import Paragraph
from budget_warehouse.reader.parsing.account_lists import Fund
from budget_warehouse.reader.parsing.record import Fields
from budget_warehouse.reader.parsing.scopes import (
    is_of_a_kind,
    is_of_the_whole,
    is_part_of_another,
)
from budget_warehouse.reader.parsing.wording import squeezed

_NUMBER = r"(?>\d(?:[\d,，]*\d)?(?:\.\d+)?)"  # whole: 3.55% is no 3
_UNIT = r"(?:亿元|万元|元)"
_LINK = (
    r"(?:\d{4}年度?|财政拨款|总预算|年初|预算|支出|安排|金额|总额|总计|合计|数|共计|共|为|是|：|:"
    r"|。(?=\d{4}年))*"
)
_DIVIDED = rf"{_LINK}{_NUMBER}{_UNIT}[，,。；;]?(?:其中|主要|具体)*包括"

# Longer wordings stand before the shorter ones that they contain.
_MEASURES: tuple[tuple[str, str], ...] = (
    ("sme_reserved", r"面向中小(?:微)?企业预留(?:的)?政府采购(?:项目)?"),
    ("small_micro_reserved", r"预留给小型(?:、|和)微型企业(?:的)?(?:政府采购)?(?:项目)?"),
    ("procurement_goods", r"(?:拟采购货物|政府采购货物|货物类?采购)"),
    ("procurement_works", r"(?:拟采购工程|政府采购工程|工程类?采购)"),
    ("procurement_services", r"(?:拟购买服务|拟采购服务|政府采购服务|服务类?采购)"),
    ("procurement_total", r"政府采购(?!货物|工程|服务|项目)"),
    ("fiscal_appropriation_revenue", r"财政拨款收入"),
    ("fiscal_appropriation_expenditure", r"(?<!一般公共预算)财政拨款支出"),
    ("general_public_budget_expenditure", r"一般公共预算(?:(?:财政|当年)?(?:拨款)?支出|当年拨款)"),
    ("government_funds_expenditure", r"政府性基金(?:预算)?(?:财政)?(?:拨款)?支出"),
    ("state_capital_expenditure", r"国有资本经营预算(?:财政)?(?:拨款)?支出"),
    ("institution_revenue", r"(?<!附属)事业收入"),
    ("business_revenue", r"(?:事业单位)?经营收入"),
    ("other_revenue", r"其他收入"),
    ("total_revenue", r"(?<![款资营业他助])收入预算"),
    ("total_revenue", r"(?:部门|单位)预算收入"),
    ("total_expenditure", r"(?:部门|单位)预算支出"),
    ("total_expenditure", r"(?<![款营目本金费购业])支出(?:总额|预算总额|总计|预算总计)"),
    ("total_expenditure", r"(?<![款算营目本金费购业])支出预算"),
    ("three_public_total", r"[“\"]?三公[”\"]?经费(?!合计的|的)"),
    ("overseas_visits", r"因公出国[（(]境[）)](?:经费|费用?)?"),
    ("vehicle_total", r"公务(?:用)?车购置[及和]运行(?:维护)?费"),
    ("vehicle_purchase", r"公务(?:用)?车(?:用车)?购置费?"),
    ("vehicle_operation", r"公务(?:用)?车(?:用车)?运行(?:维护)?费"),
    ("official_hospitality", r"公务接待费+"),
    ("agency_operating_expenses", r"机关运行经费"),
    ("performance_project_amount", r"涉及(?:项目)?(?:预算|财政性)?资金"),
    ("general_public_budget_personnel", rf"人员(?:经费|支出)(?={_DIVIDED})"),
    ("general_public_budget_public_use", rf"(?:日常)?公用(?:经费|支出)(?={_DIVIDED})"),
)
_BASIC = frozenset({"general_public_budget_personnel", "general_public_budget_public_use"})

_MEASURE = "|".join(f"(?P<measure{index}>{words})" for index, (_, words) in enumerate(_MEASURES))
_STATED = rf"(?:{_MEASURE}){_LINK}(?P<amount>{_NUMBER})(?P<unit>{_UNIT})?(?![%％\d年辆个])"

# An account is quoted, or called an item (项), or followed by its code.
_ACCOUNTS = {
    "account": r"[“\"](?P<account>[^“”\"]{2,90})[”\"](?:科目)?(?:支出)?(?:预算)?",
    "named": r"(?P<named>[^“”。，,；;：:、.．\d][^“”。，,；;：:、\d]{1,60}[（(]项[）)])"
    r"(?:科目|支出|预算|安排|为|年初|数|\d{4}年度?)*",
    "coded": r"(?P<coded>[^“”。，,；;：:、.．①-⑳\d（()）]{2,40}[（(]2\d{4,6}[）)])"
    r"(?:支出|预算|为)*",
}
_LISTED = "|".join(
    rf"{words}(?P<{name}_amount>{_NUMBER})(?P<{name}_unit>{_UNIT})"
    for name, words in _ACCOUNTS.items()
)

# What the account had a year ago, and what is planned for it: 2022年当年预算执行数为1.48万元，
# 2023年预算安排2.63万元.
_HELD = (
    r"(?P<held_year>\d{4})年(?:当年)?(?P<held_kind>预算执行数?|执行数|年初预算数?|预算数?)为?"
    rf"(?P<held_amount>{_NUMBER})(?P<held_unit>{_UNIT})"
)
_PLANNED = (
    rf"(?P<planned>\d{{4}}年预算安排|本年预算安排)(?P<planned_amount>{_NUMBER})"
    rf"(?P<planned_unit>{_UNIT})"
)

_DIRECTION = r"增加|减少|增长|下降|降低|上升"
_COMPARISON = (
    r"(?:(?:比|与|较|同)(?:(?P<base_year>\d{4})年度?|上年度?|上一年度?|去年)|同比)"
    r"(?:[（(][^）)]*[）)])?(?P<base_kind>[^，,。；;增减持一上下降]{0,10})(?:相比)?[各均数]?"
    r"(?:(?P<unchanged>持平|一致|相同|无变化|不变)"
    rf"|(?P<direction>{_DIRECTION})了?(?P<change>{_NUMBER})(?P<change_unit>{_UNIT})"
    rf"(?:[，,（(]?(?:(?:{_DIRECTION}|增幅|降幅)(?:约|为|达)?)?了?(?P<percent>{_NUMBER}[%％]))?"
    rf"|(?P<percent_direction>{_DIRECTION})了?(?P<percent_only>{_NUMBER}[%％]))"
)
_TOKEN = re.compile("|".join((_LISTED, _HELD, _PLANNED, _COMPARISON, _STATED)))
_AMOUNT = re.compile(rf"(?P<number>{_NUMBER}){_UNIT}")
_ITEM_MARK = re.compile(r"^[)）]+")
_CLAUSE_END = re.compile(r"^$|[，,。；;：:、（(]$")
_YEAR = re.compile(r"(20\d{2})年")
_PERFORMANCE_OF = re.compile(r"(项目)|(?:政策|整体)(?:类|支出)?(?:纳入|实行)?(?:绩效|共?\d)")
# A sentence of its own may compare what was stated before: 。收入较去年增加24.17万元.
_STATED_AGAIN = re.compile(
    rf"(?:^|[。；;])(?:\d{{4}}年度?)?(?:本年|本部门|本单位)?"
    rf"(?:(?P<revenue>收入)|(?P<expenditure>支出)|{_MEASURE})(?:总?预算|支出|总额)*$"
)
_SENTENCE_END = re.compile(r"[。；;]")
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
    for paragraph in prose:
        rows = _of_paragraph(paragraph, fiscal_year, organization_name, fund, claims.used)
        claims.rows.extend(rows)
        fund.pass_over(squeezed(paragraph.text))
    return claims


def _of_paragraph(
    paragraph: Paragraph,
    fiscal_year: str,
    organization_name: str,
    fund: Fund,
    used: list[tuple[Paragraph, str]],
) -> Iterator[Fields]:
    text = squeezed(paragraph.text)
    found = _ORDINAL.match(text)
    claims: list[Fields] = []
    held: dict[str, str] = {}
    held_in = ""
    account: Fields | None = None
    compared: Fields | None = None  # the claim that a comparison belongs to
    parted_at = -1  # where a part of the procurement is named, with parts of its own
    ended = 0
    for token in _TOKEN.finditer(text):
        parts = token.groupdict()
        between, ended = text[ended : token.start()], token.end()
        is_comparison = bool(parts["unchanged"] or parts["direction"] or parts["percent_direction"])
        stated_again = _stated_again(between, claims) if is_comparison else None
        if stated_again is not None:
            compared = stated_again
        elif is_comparison and (
            not _CLAUSE_END.search(between) or _names_another(between, compared)
        ):
            continue  # it compares what its own clause names, not the claim before
        is_claim = not is_comparison and not parts["held_year"]
        if is_claim and not _is_claimable(token.group(), parts, fiscal_year):
            compared = None
            continue
        wording = next((words for words in _ACCOUNTS if parts[words]), "")
        if wording and is_of_a_kind(text[: token.start()]):
            account = compared = None
            continue
        if wording:
            account = {
                "ordinal": found.group(1) if found else "",
                "measure": "function_item",
                "name": _ITEM_MARK.sub("", parts[wording] or ""),
            }
            claims.append(account | _amount(parts[f"{wording}_amount"], parts[f"{wording}_unit"]))
            held, held_in = {}, ""
        elif parts["held_year"]:
            held = {
                "base_year": parts["held_year"],
                "base_stage": _stage(parts["held_kind"]),
                "base_amount": parts["held_amount"],
            }
            held_in = token.group()
            continue
        elif parts["planned"]:
            if account is None:
                continue
            planned = _amount(parts["planned_amount"], parts["planned_unit"])
            claims.append(account | planned | held)
            used.append((paragraph, held_in))
        elif parts["amount"]:
            measure = next(
                name for index, (name, _) in enumerate(_MEASURES) if parts[f"measure{index}"]
            )
            if measure == "performance_project_amount" and not _is_of_projects(text[:ended]):
                compared = None
                continue
            before = text[: token.start()]
            if measure in _BASIC and not fund.is_general(before):
                compared = None
                continue
            is_parted = measure.startswith("procurement_") and parted_at > before.rfind("。")
            if (
                is_parted
                or not is_of_the_whole(measure, before, organization_name)
                or is_part_of_another(measure, before, [claim["measure"] for claim in claims])
            ):
                parted_at = token.start() if measure == "procurement_total" else parted_at
                compared = None
                continue
            claims.append({"measure": measure} | _amount(parts["amount"], parts["unit"]))
        elif compared is not None and not compared.get("direction"):
            compared.update(_comparison(parts, fiscal_year, compared["unit"] or "万元"))
        else:
            continue
        used.append((paragraph, token.group()))
        compared = claims[-1]
    unit = next((claim["unit"] for claim in claims if claim["unit"]), "万元")
    for claim in claims:
        claim["unit"] = claim["unit"] or unit
        claim["source_ref"] = paragraph.place
    yield from claims


def _is_claimable(wording: str, parts: dict[str, str | None], fiscal_year: str) -> bool:
    """Return whether an amount is the budget's own, in a unit of the contract."""
    years = _YEAR.findall(wording)
    is_own = not (fiscal_year and years) or fiscal_year in years
    return is_own and not any(
        words == "亿元" for name, words in parts.items() if name.endswith("unit")
    )


def _stated_again(between: str, claims: Sequence[Fields]) -> Fields | None:
    """Return the claim before whose subject opens the sentence of a comparison."""
    found = _STATED_AGAIN.search(between)
    if not found:
        return None
    named = {
        name for index, (name, _) in enumerate(_MEASURES) if found.group(f"measure{index}")
    } | {f"total_{side}" for side in ("revenue", "expenditure") if found[side]}
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
    if parts["change_unit"] and parts["change_unit"] != unit:
        comparison["note"] = f"{comparison.pop('change')}{parts['change_unit']}"
    return comparison


def _stage(words: str) -> str:
    """Tell a base by its wording: last year's execution, its adjusted or its first budget."""
    if "执行" in words or "决算" in words:
        return "executed"
    if "调整" in words:
        return "adjusted_budget"
    return "initial_budget" if "预算" in words else ""
